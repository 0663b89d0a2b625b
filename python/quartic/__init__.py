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

from . import arms
from ._comparison import Comparison, compare
from ._native import version as _version
from ._run import Run, merge, open, run  # noqa: A004
from ._study import Plan, Study, experiments, plan, seed_from
from .arms import arm

if TYPE_CHECKING:
    from . import laws, models, plots, theory, worlds
    from ._dask import map  # noqa: A004

__version__ = _version()

__all__ = [
    "Comparison", "Plan", "Run", "Study", "arm", "arms", "compare", "experiments", "laws", "map", "merge", "models",
    "open", "plan", "plots", "run", "seed_from", "theory", "worlds",
]

# Loaded when they are first asked for: they bring scikit-learn, matplotlib or Dask.
_MODULES = ("laws", "models", "plots", "theory", "worlds")


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return importlib.import_module("." + name, __name__)
    if name == "map":
        return importlib.import_module("._dask", __name__).map
    raise AttributeError(f"module 'quartic' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
