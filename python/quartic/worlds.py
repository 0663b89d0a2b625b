"""Every world of the catalogue, to draw truths and rows from.

>>> from quartic import worlds
>>> truth = worlds.xray(candidates=200, relevant=20).draw(seed=1)
>>> X, y = truth.rows(0, 100)
>>> X.shape, y.dtype.kind, truth.relevant.shape
((100, 200), 'i', (20,))

Names and options are those of studies: ``study.with_world(worlds.xray(candidates=200))``. Replicate r of a study with
this seed sees the rows of ``draw(seed, r)``.
"""

from __future__ import annotations

import operator
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from . import _inputs, _native
from ._catalogue import (
    Option, changed, docstring, missing, option_entry, options_of, plain, refuse_unknown, with_signature,
)
from ._inputs import Array

_KINDS = _native.Kinds()
_FINDINGS = "findings"


def _count(value: Any, name: str, most: int = 2**62) -> int:
    """A whole number from 0 to most."""
    try:
        number = operator.index(value)
    except TypeError:
        raise TypeError(f"{name} was given {value!r} (it is a whole number). Give one.") from None
    if isinstance(value, bool):
        raise TypeError(f"{name} was given {value!r} (it is a whole number). Give one.")
    if not 0 <= number < most:
        raise ValueError(f"{name} is {number} (it is a whole number of 0 or more, below {most}). Give one.")
    return number


class World:
    """A world with its options, from which truths are drawn; made by the functions of ``quartic.worlds``.

    Attributes
    ----------
    kind : str
        As in a study.

    Examples
    --------
    >>> from quartic import worlds
    >>> world = worlds.xray(candidates=200)
    >>> world, world.classes, world.options["prevalence"]
    (xray(candidates=200), True, 0.2)
    """

    kind: str
    _options: tuple[Option, ...]

    def __init__(self, **options: Any) -> None:
        refuse_unknown(self.kind, options, [one.name for one in self._options])
        self._values = {one.name: plain(options.get(one.name, one.default)) for one in self._options}
        self._native = _native.World(_KINDS, self.kind, dict(self._values))

    @property
    def options(self) -> dict[str, Any]:
        """All options, with their values."""
        return dict(self._values)

    @property
    def classes(self) -> bool:
        """Whether labels are the classes 0 and 1."""
        return bool(self._native.classes)

    def draw(self, seed: int = 1, replicate: int = 0) -> Truth:
        """What is true in one replicate.

        Parameters
        ----------
        seed : int
            Of the study: a whole number from 0 to 2^63 - 1.
        replicate : int
            Counted from 0.

        Returns
        -------
        Truth
            The same whenever it is drawn, and the one of that replicate in a study with this seed.

        Examples
        --------
        >>> from quartic import worlds
        >>> worlds.sparse_linear(candidates=50, relevant=3, support="first").draw(seed=7).relevant.tolist()
        [0, 1, 2]
        """
        return Truth(self._native.draw(_count(seed, "seed", 2**63), _count(replicate, "replicate", 2**63)), self)

    def _study_table(self) -> dict[str, Any]:
        """The table [world] of a study."""
        return {"kind": self.kind, **changed(self._options, self._values)}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, World) and self._study_table() == other._study_table()

    def __hash__(self) -> int:
        return hash(repr(self))

    def __reduce__(self) -> Any:
        return _made, (self.kind, changed(self._options, self._values))

    def __repr__(self) -> str:
        shown = (f"{name}={value!r}" for name, value in changed(self._options, self._values).items())
        return f"{self.kind}({', '.join(shown)})"


def _made(kind: str, options: Mapping[str, Any]) -> Any:
    return _CLASSES[kind](**options)


class Truth:
    """What is true in one replicate of a world, and its rows; made by ``World.draw``.

    Attributes
    ----------
    world : World
        Which one.

    Examples
    --------
    >>> from quartic import worlds
    >>> truth = worlds.sparse_linear(candidates=50, relevant=3).draw(seed=1)
    >>> truth.candidates, truth.facts["signal"]
    (50, 3.0)
    """

    def __init__(self, native: Any, world: World, view: str = "") -> None:
        self._native, self.world, self._view = native, world, view

    @property
    def candidates(self) -> int:
        """How many columns there are."""
        return int(self._native.candidates)

    @property
    def relevant(self) -> Array:
        """The columns that matter, most important first."""
        return np.array(self._native.relevant, dtype=np.int64)

    @property
    def facts(self) -> dict[str, float]:
        """Numbers that are known of it, such as signal, noise, bayes_error."""
        return dict(self._native.facts)

    @property
    def row_count(self) -> int | None:
        """How many rows there are; None where they go on without end."""
        count: int | None = self._native.row_count
        return count

    @property
    def names(self) -> list[str]:
        """A name for each column: of the worlds of x-rays that of the finding, such as "size_3"; else "column_3".

        Examples
        --------
        >>> from quartic import worlds
        >>> worlds.xray(candidates=10, relevant=2).draw().names[:3]
        ['size_0', 'density_0', 'margin_0']
        """
        if self.world.kind == "xray" or self._view == _FINDINGS:
            return list(self._native.finding_names())
        return [f"column_{number}" for number in range(self.candidates)]

    def rows(self, first: int, count: int, columns: Sequence[int] | Array | None = None, *,
             stream: str = "train") -> tuple[Array, Array]:
        """Some rows and their labels.

        Parameters
        ----------
        first : int
            The number of the first, counted from 0.
        count : int
            How many.
        columns : sequence of int, optional
            Which columns, in this order; all unless told.
        stream : str
            "train": what models of a study learn from, n of them the first n. "test": fresh ones, by which they are
            judged.

        Returns
        -------
        X : numpy.ndarray of shape (count, columns)
            The rows.
        y : numpy.ndarray of shape (count,)
            Numbers, or classes 0 and 1 as whole numbers.

        Raises
        ------
        ValueError
            For rows and columns that there are not.
        MemoryError
            Where the machine could not hold them.

        Examples
        --------
        >>> from quartic import worlds
        >>> truth = worlds.sparse_linear(candidates=50, relevant=3).draw()
        >>> X, y = truth.rows(0, 5, columns=truth.relevant)
        >>> X.shape, y.shape
        ((5, 3), (5,))
        """
        first, count, stream = self._place(first, count, stream)
        wanted = None if columns is None else [_count(column, "a column") for column in _listed(columns)]
        width = self.candidates if wanted is None else len(wanted)
        _inputs.require_memory(float(count) * width, f"{count} rows of {width} columns",
                               "Ask for fewer rows, or for some of the columns.")
        x, y = self._native.x(first, count, wanted, stream), self._native.y(first, count, stream)
        return x, y.astype(np.int64) if self.world.classes else y

    def mean(self, first: int, count: int, *, stream: str = "train") -> Array:
        """What the labels of rows are on average: the noiseless answer, of classes the chance of class 1.

        Parameters
        ----------
        first : int
            The number of the first, counted from 0.
        count : int
            How many.
        stream : str
            As of `rows`.

        Returns
        -------
        numpy.ndarray of shape (count,)
            One number a row.

        Examples
        --------
        >>> from quartic import worlds
        >>> truth = worlds.sparse_linear(noise=0.0).draw()
        >>> bool((truth.mean(0, 10) == truth.rows(0, 10, columns=[])[1]).all())
        True
        """
        first, count, stream = self._place(first, count, stream)
        _inputs.require_memory(float(count), f"{count} numbers", "Ask for fewer rows.")
        return np.asarray(self._native.mean(first, count, stream))

    def excess_risk(self, rule: Any, intercept: float = 0.0) -> float:
        """How much worse a linear rule is than the best one, in closed form.

        Parameters
        ----------
        rule : array-like of shape (candidates,), or a fitted estimator with `coef_` and `intercept_`
            One coefficient a column.
        intercept : float
            Of coefficients.

        Returns
        -------
        float
            E (score - mean)^2; of classes the rate of errors less that of the best rule. NaN where there is no closed
            form: measure it on fresh rows.

        Examples
        --------
        >>> import numpy
        >>> from quartic import worlds
        >>> truth = worlds.sparse_linear(candidates=50, relevant=3).draw()
        >>> truth.excess_risk(numpy.zeros(50))
        3.0
        """
        if hasattr(rule, "predict"):
            if not hasattr(rule, "coef_"):
                raise ValueError(f"{type(rule).__name__} has no coef_ (the excess risk is known of linear rules). "
                                 "Measure it on fresh rows: ((model.predict(X) - truth.mean(0, n, stream='test')) ** "
                                 "2).mean().")
            rule, intercept = rule.coef_, np.ravel(rule.intercept_)[0]
        coefficients = _inputs.vector_of(rule, "the rule")
        found = self._native.excess_risk(coefficients, _inputs.number_of(intercept, "intercept"))
        return float("nan") if found is None else float(found)

    def findings(self) -> Truth | None:
        """The same cases as experts read them, where columns are pixels.

        Returns
        -------
        Truth or None
            None where columns are what experts read.

        Examples
        --------
        >>> from quartic import worlds
        >>> worlds.xray_image(side=16).draw().findings().candidates
        50
        """
        return self._seen(self._native.findings(), _FINDINGS)

    def tested(self) -> Truth | None:
        """The law by which rules are judged, where it is not the one that training rows come from.

        Returns
        -------
        Truth or None
            None where it is.

        Examples
        --------
        >>> from quartic import worlds
        >>> worlds.shifted(strength=1.0).draw().tested() is None
        False
        """
        return self._seen(self._native.tested(), self._view)

    def pictures(self, first: int, count: int, *, stream: str = "train") -> tuple[Array, Array]:
        """Some rows as pictures, and their labels.

        Parameters
        ----------
        first : int
            The number of the first, counted from 0.
        count : int
            How many.
        stream : str
            As of `rows`.

        Returns
        -------
        pictures : numpy.ndarray of shape (count, side, side)
            Top line first; about -1 is black and 1.5 white.
        y : numpy.ndarray of shape (count,)
            As of `rows`.

        Raises
        ------
        ValueError
            Of worlds whose columns are no pixels.

        Examples
        --------
        >>> from quartic import worlds
        >>> worlds.xray_image(side=16).draw().pictures(0, 3)[0].shape
        (3, 16, 16)
        """
        side = int(self.facts.get("side", 0))
        if side * side != self.candidates:
            raise ValueError(f"columns of {self.world.kind} are no pixels (they are read one by one). Take "
                             "xray_image, or rows().")
        x, y = self.rows(first, count, stream=stream)
        return x.reshape(count, side, side), y

    def _seen(self, native: Any, view: str) -> Truth | None:
        return None if native is None else Truth(native, self.world, view)

    def _place(self, first: Any, count: Any, stream: Any) -> tuple[int, int, str]:
        if stream not in ("train", "test"):
            raise ValueError(f'stream is {stream!r} (rows are those that models learn from, or fresh ones). Give '
                             '"train" or "test".')
        return _count(first, "first"), _count(count, "count"), str(stream)

    def __repr__(self) -> str:
        return f"Truth({self.world!r}, candidates={self.candidates}, relevant={len(self._native.relevant)})"


def _listed(columns: Any) -> list[Any]:
    try:
        return list(columns)
    except TypeError:
        raise TypeError(f"columns was given {columns!r} (it is a list of columns). Write [{columns!r}].") from None


_EXAMPLE = """\
>>> from quartic import worlds
>>> truth = worlds.NAME().draw(seed=1)
>>> X, y = truth.rows(0, 5, columns=[0, 1])
>>> X.shape, y.shape
((5, 2), (5,))"""

# A table needs a file.
_TABLE_EXAMPLE = """\
>>> import pathlib, tempfile
>>> from quartic import worlds
>>> with tempfile.TemporaryDirectory() as folder:
...     path = pathlib.Path(folder, "cases.csv")
...     _ = path.write_text("age,dose,outcome\\n" + "".join(f"{k},{k % 7},{k / 2}\\n" for k in range(50)))
...     X, y = worlds.table(file=str(path), target="outcome").draw(seed=1).rows(0, 5)
>>> X.shape, y.shape
((5, 2), (5,))"""


def _make(kind: Mapping[str, Any]) -> type[World]:
    """The class of one world."""
    name, options = kind["name"], options_of(kind)

    def __init__(self: World, **given: Any) -> None:
        World.__init__(self, **given)

    example = _TABLE_EXAMPLE if name == "table" else _EXAMPLE.replace("NAME", name)
    text = docstring(f"{kind['summary'][0].upper()}{kind['summary'][1:]}.", f'The world "{name}" of studies.',
                     Parameters=map(option_entry, options), Examples=[example])
    shown = with_signature(__init__, {one.name: one.default for one in options}, ["self"])
    return type(name, (World,), {"__doc__": text, "__module__": __name__, "__qualname__": name, "__init__": shown,
                                 "kind": name, "_options": options})


_CLASSES = {kind["name"]: _make(kind) for kind in _KINDS.worlds()}
globals().update(_CLASSES)

__all__ = [*_CLASSES, "Truth", "World"]


def __dir__() -> list[str]:
    return sorted(__all__)


def __getattr__(name: str) -> Any:
    raise missing("world", name, __all__, __name__)
