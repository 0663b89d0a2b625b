"""Studies: what one TOML file says, from a name, a file, text, a mapping or keywords."""

from __future__ import annotations

import json
import operator
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from . import _inputs, _native, _toml
from ._kinds import Kinds

if TYPE_CHECKING:
    from .arms import PythonArm, PythonWorld


def experiments() -> dict[str, str]:
    """The built-in experiments: name -> TOML.

    Returns
    -------
    dict
        Those that run, and "recorded", which judges published points.

    Examples
    --------
    >>> import quartic
    >>> "figure2" in quartic.experiments()
    True
    """
    return dict(_native.experiments())


def seed_from(word: str) -> int:
    """The seed that ``--seed-from`` of the program makes of a word: a name for a group is a seed of its own.

    Parameters
    ----------
    word : str
        Any; its bytes in UTF-8 are hashed.

    Returns
    -------
    int
        The 32-bit FNV-1a hash: s = 2166136261, then s = (s xor byte) 16777619 mod 2^32 for each byte.

    Examples
    --------
    >>> seed_from("Group 1")
    2727130447
    """
    return _native.seed_from(word)


@dataclass(frozen=True)
class _Recipe:
    """What a study was made of, so that it can be made again with other settings."""

    text: str
    file: str  # names the text in messages, and the study; what the text includes lies beside it
    effort: str = ""
    settings: Mapping[str, str] | None = None

    def changed(self, effort: str, settings: Mapping[str, str]) -> _Recipe:
        """The same with another effort, unless that is "", and more settings, of which the later counts."""
        kept = {key: text for key, text in (self.settings or {}).items() if key not in settings}
        return replace(self, effort=effort or self.effort, settings={**kept, **settings})

    def document(self) -> dict[str, Any] | None:
        """The text as a mapping; None where it says but how it differs from another that it includes."""
        import tomllib

        try:
            document = tomllib.loads(self.text)
        except tomllib.TOMLDecodeError:  # TOML of a kind that the program reads and Python does not
            return None
        return None if "include" in document or not isinstance(document.get("arm", []), list) else document


def _read(path: str) -> str:
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except (OSError, ValueError):
        raise ValueError(_complaint(path)) from None


def _complaint(source: str) -> str:
    """What the program says of a study that it refuses."""
    _, _, err = _native.program(["check", source], _native.Kinds())
    return str(err.decode()).removeprefix("quartic: ").strip() or f"{source} cannot be read. Check the file."


def _recipe_of(source: Any) -> _Recipe:
    if isinstance(source, Mapping):
        return _Recipe(_toml.document_text(source), "study.toml")
    if isinstance(source, os.PathLike) or (isinstance(source, str) and source.endswith(".toml") and "\n" not in source):
        path = str(os.fspath(source))
        return _Recipe(_read(path), path)
    if not isinstance(source, str):
        raise TypeError(
            f"a study was given as {type(source).__name__} (it is the name of an experiment, a path, TOML, a mapping, "
            "or keywords). Give one of these."
        )
    _inputs.sound_text(source, "the study")
    if "\n" in source or "=" in source:
        return _Recipe(source, "study.toml")
    texts = _native.experiments()
    if source not in texts or _is_of_tables(texts[source]):
        raise ValueError(_complaint(source) if source not in texts else
                         f'"{source}" judges published points (nothing runs in it). Give a study that runs; '
                         "quartic.laws.fit fits tables.")
    return _Recipe(texts[source], source)


def _is_of_tables(text: str) -> bool:
    return "\n[world]" not in text


def _text_of_setting(key: str, value: Any) -> str:
    """A value as --set takes it: texts as they are, all else as TOML."""
    return _inputs.sound_text(value, key) if isinstance(value, str) else _toml.value_text(value, key)


def _number_of_seed(seed: Any) -> int:
    if isinstance(seed, bool) or not hasattr(seed, "__index__"):
        raise TypeError(f"seed was given {seed!r} (it is a whole number from 0 to 2^63 - 1). Give for example seed=1.")
    return operator.index(seed)


class Study:
    """A study, parsed and validated whole.

    Parameters
    ----------
    source : str, os.PathLike, mapping or Study, optional
        The name of a built-in experiment, the path of a .toml file, TOML itself, a mapping of the same form, in which
        models and worlds may be Python objects, or another study. Without, keywords are the study.
    effort : str
        One of the study's efforts, such as "classroom", "standard" or "paper".
    seed : int, optional
        In the place of the study's.
    models, worlds : mapping, optional
        Python objects by the names under which the study has them as kinds.
    **settings
        Lines of the study to change, by dotted keys, as ``--set`` of the program: ``**{"world.noise": 2}``. A list
        makes a sweep.

    Raises
    ------
    ValueError
        With the text that the program prints: file, line, key and remedy.
    TypeError
        For a value that no study has.

    Examples
    --------
    >>> import quartic
    >>> study = quartic.Study("figure2", effort="classroom", **{"world.noise": [1, 2]})
    >>> study.arms
    ['oracle', 'expert', 'flexible', 'regularised']
    >>> study.settings
    {'world.noise': [1, 2]}
    >>> quartic.Study(sizes=[20, 40], world={"kind": "sparse_linear", "candidates": 30},
    ...               arm={"all": {"model": "ridge"}, "some": {"model": "lasso"}}).arms
    ['all', 'some']
    """

    def __init__(
        self,
        source: Any = None,
        /,
        *,
        effort: str = "",
        seed: int | None = None,
        models: Mapping[str, Any] | None = None,
        worlds: Mapping[str, Any] | None = None,
        **settings: Any,
    ) -> None:
        if not isinstance(effort, str):
            raise TypeError(f'effort was given {effort!r} (it is a word, such as "classroom"). Give one.')
        if source is None:
            source = {key: value for key, value in settings.items() if "." not in key}
            settings = {key: value for key, value in settings.items() if "." in key}
        kinds = Kinds({**(source.models if isinstance(source, Study) else {}), **(models or {})},
                       {**(source.worlds if isinstance(source, Study) else {}), **(worlds or {})})
        if isinstance(source, Mapping):
            source, kinds = kinds.taking_out(source)
        recipe = source._recipe if isinstance(source, Study) else _recipe_of(source)
        texts = {key: _text_of_setting(key, value) for key, value in settings.items()}
        if seed is not None:
            texts["seed"] = str(_number_of_seed(seed))
        self._make(recipe.changed(effort, texts), kinds)

    def _make(self, recipe: _Recipe, kinds: Kinds) -> Study:
        self._recipe, self._kinds = recipe, kinds
        self._native = _native.Study(recipe.text, recipe.file, recipe.effort, list((recipe.settings or {}).items()),
                                     kinds.native)
        return self

    @classmethod
    def _made(cls, recipe: _Recipe, kinds: Kinds) -> Study:
        return cls.__new__(cls)._make(recipe, kinds)

    def __reduce__(self) -> tuple[Any, ...]:
        return _unpickled, (self._recipe, self.models, self.worlds)

    @property
    def name(self) -> str:
        """Of the experiment, or the file's without .toml."""
        return str(self._native.name)

    @property
    def title(self) -> str:
        """What it is called."""
        return str(self._native.title)

    @property
    def question(self) -> str:
        """What it asks."""
        return str(self._native.question)

    @property
    def toml(self) -> str:
        """The canonical text of the study as it runs, effort and settings applied."""
        return str(self._native.text)

    @property
    def effort(self) -> str:
        """The effort in force, "" where none was asked for."""
        return str(self._native.effort)

    @property
    def seed(self) -> int:
        """Of all its random numbers."""
        return int(self._native.seed)

    @property
    def arms(self) -> list[str]:
        """The names of its arms, in order."""
        return list(self._native.arms)

    @property
    def sizes(self) -> list[int]:
        """The sizes n, ascending."""
        return list(self._native.sizes)

    @property
    def replicates(self) -> int:
        """The replicates of each cell, arm and size; at the most, where they are adaptive."""
        return int(self._native.replicates)

    @property
    def settings(self) -> dict[str, list[Any]]:
        """What the sweep sets: key -> its value in each cell."""
        return dict(json.loads(self._native.settings_json()))

    @property
    def models(self) -> dict[str, PythonArm]:
        """The Python models among its kinds, by name."""
        return dict(self._kinds.models)

    @property
    def worlds(self) -> dict[str, PythonWorld]:
        """The Python worlds among its kinds, by name."""
        return dict(self._kinds.worlds)

    def to_dict(self) -> dict[str, Any]:
        """The study as a mapping, which ``Study`` takes.

        Returns
        -------
        dict
            What tomllib makes of `toml`.

        Examples
        --------
        >>> import quartic
        >>> quartic.Study("figure2").to_dict()["world"]["relevant"]
        10
        """
        import tomllib

        return tomllib.loads(self.toml)

    def with_arm(self, name: str, model: Any, **options: Any) -> Study:
        """This study with one more arm.

        Parameters
        ----------
        name : str
            Of the arm.
        model : str, estimator or quartic.arm
            The name of a kind, one of ``quartic.models``, or any Python estimator with fit and predict.
        **options
            Of the model and the arm, as in a study file: ``penalty=0.1``, ``expert={"correct": 9, "wrong": 1}``.

        Returns
        -------
        Study
            Adding an arm changes no other number.

        Examples
        --------
        >>> import quartic
        >>> quartic.Study("figure2").with_arm("shrunk", "ridge", penalty="cv").arms[-2:]
        ['regularised', 'shrunk']
        """
        recipe, study = self._document()
        study["arm"] = [*study.get("arm", []), {"name": name, "model": model, **options}]
        return self._with(recipe, study)

    def with_world(self, world: Any) -> Study:
        """This study in another world.

        Parameters
        ----------
        world : str, mapping, one of ``quartic.worlds``, or a world of Python
            Of whatever kind. What efforts and settings say of the world before is left out.

        Returns
        -------
        Study
            The same arms, sizes and claims.

        Examples
        --------
        >>> import quartic
        >>> quartic.Study("figure2").with_world({"kind": "sparse_linear", "candidates": 50}).to_dict()["world"]
        {'kind': 'sparse_linear', 'candidates': 50}
        """
        recipe, study = self._document()
        study["world"] = world
        for effort in study.get("effort", {}).values():
            effort.pop("world", None)
        settings = {key: text for key, text in (recipe.settings or {}).items() if not key.startswith("world.")}
        return self._with(replace(recipe, settings=settings), study)

    def _document(self) -> tuple[_Recipe, dict[str, Any]]:
        """How this study was made, and the mapping that it was made of; else that of the study as it runs."""
        document = self._recipe.document()
        if document is not None:
            return self._recipe, document
        return _Recipe(self.toml, self._recipe.file), self.to_dict()

    def as_it_runs(self) -> Study:
        """The same study made of its canonical text: it needs no other file, and knows no other effort.

        Returns
        -------
        Study
            With the same results.

        Examples
        --------
        >>> import quartic
        >>> study = quartic.Study("figure2", effort="classroom")
        >>> study.as_it_runs().toml == study.toml
        True
        """
        return Study._made(_Recipe(self.toml, self.name + ".toml"), self._kinds)

    def _with(self, recipe: _Recipe, study: Mapping[str, Any]) -> Study:
        study, kinds = self._kinds.taking_out(study)
        return Study._made(replace(recipe, text=_toml.document_text(study)), kinds)

    def __repr__(self) -> str:
        cells = self._native.cells
        return (f"Study({self.name!r}, arms={self.arms}, sizes={self.sizes[0]}..{self.sizes[-1]}, "
                f"replicates={self.replicates}, cells={cells})")

    def _repr_html_(self) -> str:
        import html

        question = f"<p>{html.escape(self.question)}</p>" if self.question else ""
        listed = ", ".join(html.escape(arm) for arm in self.arms)
        return (f"<h4>{html.escape(self.title)}</h4>{question}<p>{self._native.cells} cell(s); arms: {listed}; "
                f"n = {self.sizes[0]} to {self.sizes[-1]}; {self.replicates} replicates</p>"
                f"<details><summary>the study as TOML</summary><pre>{html.escape(self.toml)}</pre></details>")


def _unpickled(recipe: _Recipe, models: Mapping[str, Any], worlds: Mapping[str, Any]) -> Study:
    return Study._made(recipe, Kinds(models, worlds))


def as_study(source: Any, **options: Any) -> Study:
    """A study as it is, or made of whatever Study takes."""
    return source if isinstance(source, Study) and not options else Study(source, **options)


@dataclass(frozen=True)
class Plan:
    """What a run would take.

    Attributes
    ----------
    cells, fits : int
        Points of the sweep; fits of all.
    flops : float
        Floating-point operations of all fits, each billed as if it ran alone; NaN where a model does not say.
    seconds : float
        Of the wall clock.
    memory_bytes, disk_bytes : float
        Of the process at its height; of a folder of the run.
    tasks_at_once : int
        Replicates that run together.
    basis : str
        How flops and seconds were found.
    """

    cells: int
    fits: int
    flops: float
    seconds: float
    memory_bytes: float
    disk_bytes: float
    tasks_at_once: int
    basis: str


def plan(source: Any = None, /, *, threads: int = 0, memory: float = 0.0, **options: Any) -> Plan:
    """What a run of the study would take, from a few real replicates.

    Parameters
    ----------
    source : Study, or whatever it takes
        The study.
    threads : int
        Cores; 0 for all.
    memory : float
        Bytes that the process may take; 0 for three quarters of the machine's.
    **options
        Of ``Study``.

    Returns
    -------
    Plan
        Cells, fits, flops, seconds, memory and disk.

    Examples
    --------
    >>> import quartic
    >>> quartic.plan("figure2", effort="classroom").cells
    1
    """
    found = _native.plan(as_study(source, **options)._native, count_of_threads(threads), count_of_bytes(memory))
    return Plan(**{name: found[name] for name in Plan.__dataclass_fields__})


def count_of_threads(threads: Any) -> int:
    """A number of cores, checked."""
    if isinstance(threads, bool) or not hasattr(threads, "__index__"):
        raise TypeError(f"threads was given {threads!r} (it is a number of cores, 0 for all). Give a whole number.")
    if not 0 <= threads <= 1 << 20:
        raise ValueError(f"threads is {threads} (a number of cores is not negative, and no machine has more than a "
                         "million). Give 0 for all cores, or how many.")
    return operator.index(threads)


def count_of_bytes(memory: Any) -> float:
    """A number of bytes, checked."""
    if isinstance(memory, bool) or not hasattr(memory, "__float__"):
        raise TypeError(f"memory was given {memory!r} (it is a number of bytes, 0 for three quarters of the "
                        "machine's). Give for example 4e9.")
    if not 0 <= float(memory) < float("inf"):
        raise ValueError(f"memory is {memory} (a number of bytes is finite and not negative). Give for example 4e9.")
    return float(memory)
