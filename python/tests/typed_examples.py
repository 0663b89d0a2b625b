"""What users write, with the types that the package promises: mypy reads it, and a test runs it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import quartic
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


class Nearest:
    """An estimator of one's own."""

    def fit(self, X: Numbers, y: Numbers) -> Nearest:
        self.X, self.y = X, y
        return self

    def predict(self, X: Numbers) -> Numbers:
        nearest = [int(np.argmin(((self.X - x) ** 2).sum(axis=1))) for x in X]
        return np.asarray(self.y[nearest])


class Line:
    """A world of one's own."""

    candidates = 3
    relevant = [0]

    def rows(self, first: int, count: int, rng: np.random.Generator) -> tuple[Numbers, Numbers]:
        X = rng.standard_normal((count, self.candidates))
        return X, self.mean(X) + 0.1 * rng.standard_normal(count)

    def mean(self, X: Numbers) -> Numbers:
        return 2 * X[:, 0]


def with_noise(noise: float) -> quartic.Run:
    settings: dict[str, Any] = {"world.noise": noise}
    return quartic.run("figure2", effort="classroom", replicates=2, sizes=[20, 40], **settings)


def of_ones_own(folder: Path) -> quartic.Run:
    model = quartic.arm(Nearest(), flops=lambda fitted, rows, columns: 0.0)
    study = quartic.Study(sizes=[20, 40], replicates=2, world=Line(), arm={"ridge": {"model": "ridge"}})
    return quartic.run(study.with_arm("nearest", model), out=folder, threads=1)


def main(folder: Path) -> list[str]:
    quiet, noisy = with_noise(1.0), with_noise(2.0)
    cube: Numbers = quiet.cube
    plan: quartic.Plan = quartic.plan(quiet.study)
    seen = [str(quartic.compare(quiet, noisy)), quiet.report(), quiet.records_csv.decode(), plan.basis]
    run = of_ones_own(folder / "mine")
    again = quartic.open(folder / "mine", models=run.study.models, worlds=run.study.worlds)
    names: list[str] = again.study.arms
    return [*names, *(text for text in seen if text), str(cube.shape)]
