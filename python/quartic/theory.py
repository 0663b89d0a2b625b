"""Closed forms of learning curves, over sizes and parameters of any shape.

>>> from quartic import theory
>>> theory.oracle([100, 1000], relevant=10).round(4).tolist()
[0.0112, 0.001]

Each curve takes n and its parameters, numbers or arrays that numpy can broadcast together, and returns the normalised
error: the excess risk over that of answering the mean. With ``excess=True`` it returns the excess risk itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from . import _native
from ._catalogue import Option, docstring, entry, missing, option_entry, refuse_unknown, sentence, with_signature
from ._inputs import Array, numbers_like

Curve = Callable[..., Any]

_MOST = 1e15

_EXAMPLE = """\
>>> from quartic import theory
>>> theory.NAME([50, 100]).shape
(2,)"""


def _sizes(n: Any) -> Array:
    sizes = numbers_like(n, "n")
    if not ((sizes >= 1) & (sizes <= _MOST)).all():
        raise ValueError(f"n holds a number that is no size (a sample has at least one row, and at most {_MOST:g}). "
                         "Give numbers from 1 up.")
    return sizes


def _evaluated(name: str, n: Any, excess: Any, given: Mapping[str, Any]) -> Any:
    """At each point of what n and the parameters broadcast to."""
    if not isinstance(excess, (bool, np.bool_)):
        raise TypeError(f"excess was given {excess!r} (it is True or False). Give one.")
    arrays = {"n": _sizes(n), **{key: numbers_like(value, key) for key, value in given.items()}}
    try:
        points = dict(zip(arrays, np.broadcast_arrays(*arrays.values()), strict=True))
    except ValueError:
        shapes = ", ".join(f"{key} {array.shape}" for key, array in arrays.items())
        raise ValueError(f"shapes do not go together ({shapes}; numpy broadcasts them). Give arrays of one shape, or "
                         "numbers.") from None
    shape = points["n"].shape
    flat = {key: np.ascontiguousarray(array).reshape(-1) for key, array in points.items()}
    risks, errors = _native.theory(name, flat.pop("n"), flat)
    return (risks if excess else errors).reshape(shape)[()]


def _make(curve: Mapping[str, Any]) -> Curve:
    """The function of one curve."""
    name: str = curve["name"]
    parameters = [Option(*one) for one in curve["parameters"]]
    known = [one.name for one in parameters]

    def evaluate(n: Any, *, excess: bool = False, **given: Any) -> Any:
        refuse_unknown(name, given, known)
        return _evaluated(name, n, excess, given)

    entries = [
        entry("n", "array-like", "Sizes, from 1 up: rows unless told otherwise above."),
        *map(option_entry, parameters),
        entry("excess", "bool, default False", "Whether to return the excess risk in place of the normalised error."),
    ]
    returns = ["numpy.ndarray or float",
               "    Of the shape that n and the parameters broadcast to; NaN where the theory is not defined."]
    evaluate.__doc__ = docstring(sentence(curve["summary"]), f"{curve['citation']}.", Parameters=entries,
                                 Returns=returns, Examples=[_EXAMPLE.replace("NAME", name)])
    evaluate.__name__ = evaluate.__qualname__ = name
    shown = {**{one.name: one.default for one in parameters}, "excess": False}
    return with_signature(evaluate, shown, ["n"])


_CURVES = {curve["name"]: _make(curve) for curve in _native.theory_curves()}
globals().update(_CURVES)

__all__ = [*_CURVES]


def __dir__() -> list[str]:
    return sorted(__all__)


def __getattr__(name: str) -> Any:
    raise missing("curve", name, __all__, __name__)
