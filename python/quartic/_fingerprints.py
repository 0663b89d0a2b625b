"""What tells one Python object from another, in every process alike."""

from __future__ import annotations

import hashlib
import json
import pickle
import sys
import types
from collections.abc import Mapping
from typing import Any

_deepest = 12


def fingerprint(thing: Any) -> str:
    """Class, version and parameters of an estimator or a world, as JSON.

    Of a class of a package this is the version of the package; of a class of one's own, which has none, the code of its
    methods, with the values that it holds and the functions, numbers and texts of its module that it names. Parameters are what get_params says, or all attributes. TypeError where one has nothing to be told by.
    """
    return json.dumps(_of(thing, type(thing).__name__, 0), sort_keys=True)


def _of(value: Any, where: str, depth: int) -> Any:
    if depth > _deepest:
        raise TypeError(f"{where} is nested more than {_deepest} deep (what it is has no end). Give fingerprint=.")
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return float.__repr__(value)
    if isinstance(value, (Mapping, list, tuple, set, frozenset)):
        return _of_container(value, where, depth + 1)
    if isinstance(value, type):
        return _of_class(value)
    if isinstance(value, types.FunctionType):
        return _of_function(value, where, depth + 1)
    if isinstance(value, types.MethodType):
        return [_of(value.__self__, where, depth + 1), value.__name__]
    if hasattr(value, "tobytes") and hasattr(value, "dtype") and not getattr(value.dtype, "hasobject", True):
        return {"array": [str(value.dtype), list(value.shape), _digest(value.tobytes())]}
    return _of_object(value, where, depth + 1)


def _of_container(value: Any, where: str, depth: int) -> Any:
    if isinstance(value, Mapping):
        return {"mapping": [[_of(key, where, depth), _of(one, f"{where}[{key!r}]", depth)]
                            for key, one in value.items()]}
    if isinstance(value, (set, frozenset)):
        return {"set": sorted(json.dumps(_of(one, where, depth), sort_keys=True) for one in value)}
    return [_of(one, f"{where}[{place}]", depth) for place, one in enumerate(value)]


def _of_object(value: Any, where: str, depth: int) -> dict[str, Any]:
    kind = type(value)
    about = _of_class(kind)
    if hasattr(value, "get_params"):
        parameters = dict(value.get_params(deep=False))
    elif _version_of(kind) is None and hasattr(value, "__dict__"):
        parameters = {**_slots_of(value), **vars(value)}
    else:
        return {**about, "pickle": _digest(_pickled(value, where))}
    shown = {str(name): _of(one, f"{where}.{name}", depth) for name, one in sorted(parameters.items())}
    return {**about, "parameters": shown}


def _slots_of(value: Any) -> dict[str, Any]:
    """What an object has in places that its classes reserve."""
    listed = [getattr(kind, "__slots__", ()) for kind in type(value).__mro__]
    names = [name for slots in listed for name in ([slots] if isinstance(slots, str) else slots)]
    return {name: getattr(value, name) for name in names
            if name not in ("__dict__", "__weakref__") and hasattr(value, name)}


def _version_of(kind: type) -> str | None:
    """Of the package that a class is from; None for one's own, and for those that are made in a function."""
    package, outermost = kind.__module__.split(".")[0], kind.__qualname__.split(".")[0]
    if "<locals>" in kind.__qualname__ or not hasattr(sys.modules.get(kind.__module__), outermost):
        return None
    if package != "__main__" and package in sys.stdlib_module_names:
        return sys.version.split()[0]
    version = getattr(sys.modules.get(package), "__version__", None)
    return None if version is None else str(version)


def _of_class(kind: type) -> dict[str, Any]:
    about: dict[str, Any] = {"class": f"{kind.__module__}.{kind.__qualname__}"}
    version = _version_of(kind)
    if version is not None:
        return {**about, "version": version}
    own = [one for one in kind.__mro__ if _version_of(one) is None]
    return {**about, "code": {f"{one.__qualname__}.{name}": _of_member(member, f"{one.__qualname__}.{name}")
                              for one in own for name, member in vars(one).items() if _decides(name)}}


def _decides(name: str) -> bool:
    return name in ("__init__", "__call__") or not (name.startswith("__") and name.endswith("__"))


def _of_member(member: Any, where: str) -> Any:
    """Of what a class holds under a name: code, or a value that all its objects share."""
    if isinstance(member, property):
        member = member.fget
    function = getattr(member, "__func__", getattr(member, "func", member))
    if isinstance(function, types.FunctionType):
        return _of_function(function, where, 1)
    return None if hasattr(member, "__get__") else _of(member, where, 1)


def _of_function(
    function: types.FunctionType, where: str, depth: int, seen: frozenset[types.CodeType] = frozenset()
) -> dict[str, Any]:
    """Its code, what it holds, and what it names of its module; `seen`: functions on the way to it."""
    about = {"function": f"{function.__module__}.{function.__qualname__}"}
    if function.__code__ in seen:
        return about
    seen = seen | {function.__code__}
    told = {**_held_by(function), **_named_by(function)}
    return {**about, "code": _of_code(function.__code__),
            "defaults": _of([function.__defaults__, function.__kwdefaults__], where, depth),
            "held": {name: _of_function(value, f"{where}, {name}", depth, seen)
                     if isinstance(value, types.FunctionType) else _of(value, f"{where}, {name}", depth)
                     for name, value in sorted(told.items())}}


def _held_by(function: types.FunctionType) -> dict[str, Any]:
    """The values of its closure, but for the class that super() looks up, those still unset, and modules."""
    held = {}
    for name, cell in zip(function.__code__.co_freevars, function.__closure__ or (), strict=True):
        try:
            value = cell.cell_contents
        except ValueError:
            continue
        if name != "__class__" and not isinstance(value, types.ModuleType):
            held[name] = value
    return held


def _named_by(function: types.FunctionType) -> dict[str, Any]:
    """Numbers, texts and functions of one's own among the names of its module that it uses."""
    names: set[str] = set()
    waiting = [function.__code__]
    while waiting:
        code = waiting.pop()
        names.update(code.co_names)
        waiting += [one for one in code.co_consts if isinstance(one, types.CodeType)]
    found = {name: function.__globals__[name] for name in names if name in function.__globals__}
    return {name: value for name, value in found.items()
            if isinstance(value, (bool, int, float, str))
            or (isinstance(value, types.FunctionType) and value.__module__ == function.__module__)}


def _of_code(code: types.CodeType) -> str:
    """A digest of what a function does, whatever its place in a file."""
    return _digest(code.co_code + repr(([_of_constant(one) for one in code.co_consts], code.co_names)).encode())


def _of_constant(constant: Any) -> str:
    if isinstance(constant, types.CodeType):
        return _of_code(constant)
    return repr(sorted(map(repr, constant)) if isinstance(constant, frozenset) else constant)


def _pickled(value: Any, where: str) -> bytes:
    try:
        return pickle.dumps(value, protocol=4)
    except Exception as error:
        raise TypeError(
            f"{where} of type {type(value).__name__} has nothing to be told by ({error}): records of this object could "
            "be taken for those of another. Give fingerprint=, a text that says what it is."
        ) from None


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]
