"""What tests of the package share."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import quartic

Program = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def program() -> Program:
    """Runs the program that was built beside the package; the package's own where there is none."""
    built = Path(quartic.__file__).parents[2] / "quartic"
    words = [str(built)] if built.is_file() else [sys.executable, "-m", "quartic"]

    def call(*arguments: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run([*words, *map(str, arguments)], capture_output=True, text=True, check=False)

    return call


@pytest.fixture(scope="session")
def small() -> quartic.Study:
    """figure2, and all its arms, in a tenth of a second."""
    return quartic.Study("figure2", replicates=3, sizes=[20, 60, 200, 600], **{"arm.oracle.replicates": 8})


@pytest.fixture(scope="session")
def small_run(small: quartic.Study) -> quartic.Run:
    return quartic.run(small)


@pytest.fixture(scope="session")
def numbers() -> Any:
    """Rows and their answers."""
    return quartic.worlds.sparse_linear(candidates=16, relevant=3).draw(seed=3).rows(0, 120)


@pytest.fixture(scope="session")
def classes() -> Any:
    """Rows and their classes."""
    return quartic.worlds.logistic(candidates=16, relevant=3, prevalence=0.4).draw(seed=3).rows(0, 120)


def labelled(name: str, numbers: Any, classes: Any) -> Any:
    """What the model of this name learns from."""
    kind = getattr(quartic.models, name)()
    return classes if getattr(kind, "_estimator_type") == "classifier" else numbers
