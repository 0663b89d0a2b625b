"""Worlds and models that a study may name: those that come with quartic, and objects of Python."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Any

from . import _native
from ._fingerprints import fingerprint
from .arms import PythonArm, PythonWorld, arm


class Kinds:
    """Built-in kinds, and those of Python that a study names."""

    def __init__(self, models: Mapping[str, Any], worlds: Mapping[str, Any]) -> None:
        self.models = {name: _wrapped(model) for name, model in models.items()}
        self.worlds = {name: _wrapped_world(world) for name, world in worlds.items()}
        self.native = _native.Kinds()
        for name, model in self.models.items():
            self.native = self.native.with_model(name, model, model.fingerprint, model.classifies)
        for name, world in self.worlds.items():
            self.native = self.native.with_world(name, world, world.fingerprint, world.classes)

    def taking_out(self, source: Mapping[str, Any]) -> tuple[dict[str, Any], Kinds]:
        """The mapping with names in the place of Python objects, and the kinds with these objects."""
        study, models, worlds = dict(source), dict(self.models), dict(self.worlds)
        if "world" in study:
            study["world"] = _table_of(study["world"], "kind", worlds)
        listed = study.get("arm", [])
        if isinstance(listed, Mapping) and "include" not in study:
            listed = [{"name": name, **_table_of(one, "model", models)} for name, one in listed.items()]
        if isinstance(listed, (list, tuple)) and listed:
            study["arm"] = [_table_of(one, "model", models) for one in listed]
        return study, Kinds(models, worlds)


def _table_of(thing: Any, kind: str, known: dict[str, Any]) -> Any:
    """The table of a world or an arm, from whatever stands there; a Python object goes to the known kinds."""
    if isinstance(thing, Mapping):
        rest = {key: value for key, value in thing.items() if key != kind}
        return {**_table_of(thing[kind], kind, known), **rest} if kind in thing else rest
    if isinstance(thing, (str, list, tuple)):
        return {kind: thing}
    table = getattr(thing, "_study_table", None)  # a world or a model that comes with quartic
    if table is not None and not isinstance(thing, type):
        return table()
    name = _name_of(thing, known)
    known[name] = thing
    return {kind: name}


def _wrapped(model: Any) -> PythonArm:
    """The arm itself, or one made of an estimator."""
    return model if isinstance(model, PythonArm) else arm(model)


def _wrapped_world(world: Any) -> PythonWorld:
    """The world itself, or one made of an object, whose first rows are tried."""
    if isinstance(world, PythonWorld):
        return world
    if isinstance(world, type):
        raise TypeError(f"{world.__name__} is a class (a world is an object of it). Write {world.__name__}().")
    told = getattr(world, "fingerprint", None)
    kind = PythonWorld(world, bool(getattr(world, "classes", False)),
                       told if isinstance(told, str) else fingerprint(world))
    _try_rows(kind)
    return kind


def _try_rows(kind: PythonWorld) -> None:
    """Draws the first rows twice: ValueError where they cannot be drawn, or are not the same."""
    from . import _hooks

    name = type(kind.world).__name__
    try:
        drawn = [_hooks.truth(kind, _hooks.generator(1, 1))["truth"] for _ in range(2)]
        first, again = (_hooks.rows(one, 0, 64, _hooks.generator(1, 2), kind.classes) for one in drawn)
    except (TypeError, ValueError):
        raise
    except Exception as error:
        raise ValueError(f"the world {name} cannot be drawn ({type(error).__name__}: {error}). Mend it; the exception "
                         "above says where.") from error
    if not all((one == other).all() for one, other in zip(first, again)):
        raise ValueError(f"the world {name} drew other rows from the same generator (rows have to be a function of "
                         "first, count and rng). Take all randomness from rng, and change nothing in rows.")


def _name_of(thing: Any, taken: Container[str]) -> str:
    """A name for a kind of Python, not yet taken: its class, in lower case."""
    if isinstance(thing, (PythonArm, PythonWorld)):
        thing = thing.estimator if isinstance(thing, PythonArm) else thing.world
    base = "python_" + type(thing).__name__.lower()
    name, count = base, 1
    while name in taken:
        count += 1
        name = f"{base}_{count}"
    return name
