"""Exponents read off tables: how data and computing grow with performance.

>>> import numpy
>>> from quartic import laws
>>> n = numpy.array([100, 200, 400, 800, 1600])
>>> found = laws.fit({"n": n, "error": 3 / n**0.5 * [1.01, 0.98, 1.02, 0.99, 1.0]})
>>> found[0].quantity, round(found[0].estimate, 1)
('data_exponent', 2.0)
"""

from __future__ import annotations

import csv
import html
import io
import json
import math
import os
import re
import tempfile
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, overload

import numpy as np

from . import _native
from ._catalogue import plain
from ._run import Run, _program

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True)
class Interval:
    """An estimate with its interval.

    Attributes
    ----------
    estimate, low, high : float
        Ends that are NaN: there is no interval; all NaN: nothing was estimated. An end may be infinite.

    Examples
    --------
    >>> from quartic import laws
    >>> print(laws.Interval(2.0, 1.9, 2.1))
    2 [1.9, 2.1]
    """

    estimate: float
    low: float
    high: float

    def __str__(self) -> str:
        if math.isnan(self.low):
            return "none" if math.isnan(self.estimate) else f"{self.estimate:.3g}, no interval"
        return f"{self.estimate:.3g} [{self.low:.3g}, {self.high:.3g}]"


@dataclass(frozen=True)
class Reading:
    """An exponent by one form of law.

    Attributes
    ----------
    form : str
        "power", "floor", "offset" or another.
    value : Interval
        The exponent.
    p : float
        How well the form agrees with the data.
    excluded : bool
        Whether the data exclude it.

    Examples
    --------
    >>> from quartic import laws
    >>> found = laws.fit({"n": [10, 30, 100, 300, 1000], "error": [0.31, 0.18, 0.1, 0.059, 0.031]})
    >>> [reading.form for reading in found[0].readings if not reading.excluded][0]
    'power'
    """

    form: str
    value: Interval
    p: float
    excluded: bool


@dataclass(frozen=True)
class Fit:
    """What one method's rows say of one exponent.

    Attributes
    ----------
    group : str
        The method, and what a sweep set: "lasso, world.noise = 2".
    settings : dict
        What a sweep set, of the records of a run.
    quantity : str
        "data_exponent" or "compute_exponent", or another of `quartic list laws`.
    law : str
        The form of law that stands; "" where there is none.
    estimate, low, high : float
        The exponent, and the interval of every law that the data do not exclude; NaN where there is none.
    readings : tuple of Reading
        The exponent by each form of law.
    line, reverse : Interval
        Of plain rows: the forward line, and the reverse one, which takes the noise to be in the computing.
    floor : float
        The error that no size gets below, as the law has it.
    bend, beyond : Interval
        Of a broken law: the size at which it bends, and the exponent beyond.
    two_causes : dict or None
        Of the law E + A/N^a + B/D^b: its numbers, and its frontier.
    r_squared : float
        Of the law, in logarithms.
    verdict, reason : str
        Whether what was expected agrees, and why; "" where nothing was expected.
    note : str
        What else there is to say.
    warnings : tuple of str
        What makes the exponent doubtful.
    rows, replicates, clusters : int
        How many there were.

    Examples
    --------
    >>> from quartic import laws
    >>> laws.fit({"n": [10, 30, 100, 300, 1000], "error": [0.31, 0.18, 0.1, 0.059, 0.031]})[0].rows
    5
    """

    group: str
    settings: dict[str, Any]
    quantity: str
    law: str
    estimate: float
    low: float
    high: float
    readings: tuple[Reading, ...]
    line: Interval
    reverse: Interval
    floor: float
    bend: Interval
    beyond: Interval
    two_causes: dict[str, Any] | None
    r_squared: float
    verdict: str
    reason: str
    note: str
    warnings: tuple[str, ...]
    rows: int
    replicates: int
    clusters: int

    @property
    def name(self) -> str:
        """The method, its settings, and the quantity."""
        return ", ".join(filter(None, [self.group, self.quantity.replace("_", " ")]))

    def __repr__(self) -> str:
        law = f", law {self.law}" if self.law else ""
        verdict = f", {self.verdict}" if self.verdict else ""
        return f"Fit({self.name}: {Interval(self.estimate, self.low, self.high)}{law}{verdict})"

    def _repr_html_(self) -> str:
        return _html([self], [self.reason, self.note, *self.warnings])


class Fits(Sequence[Fit]):
    """What a table says of exponents: one fit a method and quantity. Made by ``fit``.

    Attributes
    ----------
    performance : str
        "inverse": k = 1/error; "inverse-root": k = 1/root of the error.
    confidence : float
        Of the intervals.
    rows_left_out : int
        Rows that could not be used.
    notes : tuple of str
        On the table as a whole.

    Examples
    --------
    >>> from quartic import laws
    >>> laws.fit({"n": [10, 30, 100, 300, 1000], "error": [0.31, 0.18, 0.1, 0.059, 0.031]}).performance
    'inverse'
    """

    def __init__(self, found: Mapping[str, Any]) -> None:
        self._fits = tuple(_fit_of(one) for one in found["fits"])
        self.performance = str(found["performance"])
        self.confidence = float(found["confidence"])
        self.rows_left_out = int(found["rows_left_out"])
        self.notes = tuple(_of_python(note) for note in found["notes"])

    @overload
    def __getitem__(self, index: int) -> Fit: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Fit]: ...

    def __getitem__(self, index: int | slice) -> Fit | Sequence[Fit]:
        return self._fits[index]

    def __len__(self) -> int:
        return len(self._fits)

    def __iter__(self) -> Iterator[Fit]:
        return iter(self._fits)

    def to_frame(self) -> pandas.DataFrame:
        """One row a fit.

        Returns
        -------
        pandas.DataFrame
            Group, settings, quantity, law, the exponent with its interval, the line and the reverse line, verdict.

        Examples
        --------
        >>> from quartic import laws
        >>> found = laws.fit({"n": [10, 100, 1000, 10000], "error": [0.3, 0.1, 0.03, 0.01]})
        >>> found.to_frame()["quantity"].tolist()
        ['data_exponent']
        """
        import pandas as pd

        plain_names = ["quantity", "law", "estimate", "low", "high", "floor", "r_squared", "verdict", "reason", "note",
                       "rows", "replicates", "clusters"]
        return pd.DataFrame([{
            "group": fit.group, **fit.settings, **{name: getattr(fit, name) for name in plain_names},
            **{f"{name}_{field.name}": getattr(getattr(fit, name), field.name) for name in ("line", "reverse")
               for field in fields(Interval)},
        } for fit in self])

    def __repr__(self) -> str:
        return "\n".join([f"Fits of {len(self)} exponent(s), k = 1/{_measure(self.performance)}",
                          *(f"  {fit!r}" for fit in self)])

    def _repr_html_(self) -> str:
        return _html(self, [f"Data and computing grow as k^q, k = 1/{_measure(self.performance)}.", *self.notes])


def _measure(performance: str) -> str:
    return "root of the error" if performance == "inverse-root" else "error"


def _number(value: Any) -> float:
    return math.nan if value is None else float(value)


def _interval(estimate: Any, low: Any, high: Any) -> Interval:
    """JSON has null for NaN and for infinity: both ends are NaN, or one of them without bound."""
    if low is None and high is None:
        return Interval(_number(estimate), math.nan, math.nan)
    return Interval(math.inf if estimate is None else float(estimate), -math.inf if low is None else float(low),
                    math.inf if high is None else float(high))


def _fit_of(found: Mapping[str, Any]) -> Fit:
    def named(prefix: str, estimate: str) -> Interval:
        return _interval(found[estimate], found[prefix + "_low"], found[prefix + "_high"])

    value = _interval(found["estimate"], found["low"], found["high"])
    readings = tuple(Reading(one["form"], _interval(one["estimate"], one["low"], one["high"]), _number(one["p"]),
                             one["excluded"]) for one in found["readings"])
    return Fit(
        group=found["group"], settings=dict(found["settings"]), quantity=found["quantity"], law=found["law"] or "",
        estimate=value.estimate, low=value.low, high=value.high, readings=readings, line=named("line", "line"),
        reverse=named("reverse", "reverse"), floor=_number(found["floor"]), bend=named("break", "break"),
        beyond=named("beyond", "estimate_beyond"), two_causes=found["two_causes"],
        r_squared=_number(found["r_squared"]),
        verdict=found["verdict"] or "", reason=found["reason"] or "", note=_of_python(found["note"]),
        warnings=tuple(_of_python(one["text"]) for one in found["warnings"]), rows=found["rows"],
        replicates=found["replicates"], clusters=found["clusters"],
    )


def _html(fits: Sequence[Fit], lines: Sequence[str]) -> str:
    rows = "".join(
        "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in (
            fit.name, fit.law, str(Interval(fit.estimate, fit.low, fit.high)), str(fit.reverse), fit.verdict)) + "</tr>"
        for fit in fits
    )
    head = "".join(f"<th>{name}</th>" for name in ("", "law", "exponent", "reverse line", "verdict"))
    said = "".join(f"<p>{html.escape(line)}</p>" for line in lines if line)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>{said}"


def _of_python(text: str) -> str:
    """A message of the program, as it is to be said to those who call fit()."""
    text = re.sub(r"\s*See quartic fit --help\.", " See help(quartic.laws.fit).", text)
    text = text.replace("quartic fit has none of that name", "fit() has none of that name")

    def keyword(match: re.Match[str]) -> str:
        name, word, rest = _keyword(match[1]), match[2], match[3] or ""
        return f'{name}="{word}"' if word else f"{name}={rest}"

    return re.sub(r'--([a-z][a-z-]*)(?:[ =](?:(nd|free|none|huber)\b|("[^"]*"|[\d.]*\d)))?', keyword, text)


def _keyword(option: str) -> str:
    """The keyword for an option of the program: `from` is a word of Python."""
    return "from_" if option == "from" else option.replace("-", "_")


def _words(options: Mapping[str, Any]) -> list[str]:
    """The options as the program takes them."""
    words = []
    for name, value in options.items():
        flag, value = "--" + name.rstrip("_").replace("_", "-"), plain(value)
        if flag in ("--json", "--help"):
            raise TypeError(f"fit() has no option {name!r} (it returns what the program prints). Leave it out.")
        if value is None or value is False:
            continue
        if value is not True and not isinstance(value, (str, int, float)):
            raise TypeError(f"{name} was given {value!r} (an option is a text, a number, or True). Give one of these.")
        words += [flag] if value is True else [flag, value if isinstance(value, str) else repr(value)]
    return words


def _columns(table: Any) -> dict[str, list[Any]]:
    """Name -> values, of one length."""
    if not isinstance(table, Mapping) and not (hasattr(table, "columns") and hasattr(table, "__getitem__")):
        raise TypeError(f"the table was given as {type(table).__name__} (it is a data frame, a mapping of arrays, a "
                        "Run, the folder of one, or a .csv file). Give one of these.")
    names = list(table) if isinstance(table, Mapping) else list(table.columns)
    columns = {}
    for name in names:
        values = np.asarray(table[name])
        if values.ndim != 1:
            raise ValueError(f"column {name!r} has shape {values.shape} (a column is one value a row). Give a 1D "
                             "array.")
        columns[str(name)] = values.tolist()
    lengths = {name: len(values) for name, values in columns.items()}
    if len(set(lengths.values())) > 1:
        raise ValueError(f"columns have lengths {lengths} (each row has a value in each). Give as many.")
    if not columns:
        raise ValueError("the table has no columns (an exponent is read off errors and sizes). Give them.")
    return columns


def _write(table: Any, path: str) -> None:
    columns = _columns(table)
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        for row in zip(*columns.values(), strict=True):
            writer.writerow(["" if one is None or one != one else one for one in row])


def table(name: str) -> pandas.DataFrame:
    """A table of published facts that comes with the program.

    Parameters
    ----------
    name : str
        "imagenet": systems, their error and the operations of their training. "conversions": what operations take on
        hardware.

    Returns
    -------
    pandas.DataFrame
        One row a system, or a generation of hardware, and what each was taken from.

    Raises
    ------
    ValueError
        For another name.

    Examples
    --------
    >>> from quartic import laws
    >>> laws.fit(laws.table("imagenet"))[0].quantity
    'compute_exponent'
    """
    import pandas as pd

    texts = _native.tables()
    if name not in texts:
        raise ValueError(f"there is no table {name!r} (the tables are {', '.join(texts)}). Name one of these.")
    return pd.read_csv(io.StringIO(texts[name]))


def fit(table: Any, **options: Any) -> Fits:
    if isinstance(table, (str, os.PathLike)):
        return _fitted(os.fspath(table), options)
    with tempfile.TemporaryDirectory() as work:
        path = os.path.join(work, "table")
        if isinstance(table, Run):
            table.save(path)
        else:
            _write(table, path)
        return _fitted(path, options, path)


def _fitted(file: str, options: Mapping[str, Any], hidden: str = "") -> Fits:
    """What the program's verb says; `hidden` is a path that users do not know."""
    def unnamed(text: str) -> str:
        for path in filter(None, (hidden and os.path.join(hidden, "records.csv"), hidden)):
            text = text.replace(path, "the table")
        return text

    words = ["fit", os.path.join(".", file) if file.startswith("-") else file, "--json", *_words(options)]
    try:
        return Fits(json.loads(unnamed(_program(words))))
    except ValueError as error:
        raise ValueError(_of_python(unnamed(str(error)))) from None


def _options_of_the_program() -> Iterator[str]:
    """The options of the verb `fit`, from its help, in numpydoc form."""
    text = _program(["fit", "--help"]).partition("\nOptions\n")[2].partition("\nExamples\n")[0]
    option = r"^  (?:-\w, )?--([a-z-]+)(?: ([A-Z]+))? +(\S.*(?:\n {8,}\S.*)*)"
    for name, value, meaning in re.findall(option, text, re.MULTILINE):
        if name in ("json", "help"):
            continue
        meaning = _of_python(" ".join(meaning.split()))
        yield from textwrap.wrap(f"- {_keyword(name)} ({value.lower() or 'True'}): {meaning}", 112,
                                 initial_indent="    ", subsequent_indent="      ", break_on_hyphens=False)


fit.__doc__ = f"""How data and computing grow with performance, read off a table.

It is the verb `fit` of the program, with its options as keywords.

Parameters
----------
table : pandas.DataFrame, mapping, Run, str or os.PathLike
    Columns of one length; a run; the folder of one; or a .csv file.
**options
    Those of the program:

{chr(10).join(_options_of_the_program())}

Returns
-------
Fits
    One fit a method and exponent, with interval, readings and verdict.

Raises
------
ValueError
    For a table off which nothing can be read, and for options that there are not.
TypeError
    For a table that is none.

Examples
--------
>>> from quartic import laws
>>> table = {{"n": [10, 30, 100, 300, 1000, 3000], "e": [0.31, 0.18, 0.1, 0.059, 0.031, 0.018]}}
>>> laws.fit(table, error="e", expect=2, margin=0.2)[0].verdict
'supported'
"""

__all__ = ["Fit", "Fits", "Interval", "Reading", "fit", "table"]
