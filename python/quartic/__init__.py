"""quartic measures what flexibility costs: data and compute exponents of learning models.

>>> import quartic
>>> run = quartic.run("figure2", effort="classroom", replicates=5)
>>> run.findings[["arm", "law", "verdict"]].shape[1]
3

``run``, ``open``, ``plan`` and ``compare`` work on studies; ``Study`` is one. ``worlds``, ``models``, ``laws`` and
``theory`` hold what studies are made of, for use on its own.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from ._native import version as _version
from ._run import Run, compare, merge, open, run  # noqa: A004
from ._study import Plan, Study, experiments, plan

if TYPE_CHECKING:
    from . import arms, laws, models, plots, theory, worlds
    from ._dask import map  # noqa: A004
    from .arms import arm

__version__ = _version()

__all__ = [
    "Plan", "Run", "Study", "arm", "arms", "compare", "experiments", "laws", "map", "merge", "models", "open", "plan",
    "plots", "run", "theory", "worlds",
]

# Loaded when they are first asked for: they bring scikit-learn, matplotlib or Dask.
_LATER = {"arm": "arms", "map": "_dask"}


def __getattr__(name: str) -> Any:
    if name in ("arms", "laws", "models", "plots", "theory", "worlds"):
        return importlib.import_module("." + name, __name__)
    if name in _LATER:
        return getattr(importlib.import_module("." + _LATER[name], __name__), name)
    raise AttributeError(f"module 'quartic' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
