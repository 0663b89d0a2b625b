"""The compiled module, loaded with the kernels of this processor."""

from __future__ import annotations

import io
import itertools
import os


def _better_kernels() -> str | None:
    """Kernels for a processor with AVX-512 that OpenBLAS may not know, and would take for an older one."""
    try:
        with io.open("/proc/cpuinfo", encoding="ascii", errors="replace") as file:
            first = itertools.takewhile(str.strip, file)  # processor of several
            lines = [line.split(":", 1) for line in first if ":" in line]
    except OSError:
        return None
    about = {key.strip(): value.split() for key, value in lines}
    flags = set(about.get("flags", []))
    if not {"avx512f", "avx512bw", "avx512dq", "avx512vl"} <= flags:
        return None
    knows_better = "GenuineIntel" in about.get("vendor_id", []) and "avx512_bf16" in flags
    return None if knows_better else "SkylakeX"


def _load() -> None:
    """Imports _quartic, whose copy of OpenBLAS chooses its kernels at that moment; numpy has a copy of its own."""
    choice, better = "OPENBLAS_CORETYPE", _better_kernels()
    told = better is not None and choice not in os.environ
    if told:
        os.environ[choice] = str(better)
    try:
        from . import _quartic  # noqa: F401
    finally:
        if told:
            del os.environ[choice]


_load()

from ._quartic import (  # noqa: E402
    Fit, Kinds, Model, Run, Study, Truth, World, better_blas_kernels, experiments, fit_weighted_logistic_regression,
    main, merge, open, plan, program, run, seed_from, tables, theory, theory_curves, version,
)

__all__ = [
    "Fit", "Kinds", "Model", "Run", "Study", "Truth", "World", "better_blas_kernels", "experiments",
    "fit_weighted_logistic_regression", "main", "merge", "open", "plan", "program", "run", "seed_from",
    "tables", "theory", "theory_curves", "version",
]
