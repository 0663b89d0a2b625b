"""Threads: numpy's stay as they were, and other Python goes on while a study runs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import quartic
from quartic import Run, Study

POOLS = """
import json, numpy, os, threadpoolctl
def pools():
    return [[one["filepath"], one["num_threads"], one["architecture"]] for one in threadpoolctl.threadpool_info()
            if one["user_api"] == "blas"]
numpy.ones((300, 300)) @ numpy.ones((300, 300))
told = [pools()]
import quartic
told.append(pools())
quartic.run("figure2", sizes=[20, 600], replicates=2, **{"arm.oracle.replicates": 2})
numpy.ones((300, 300)) @ numpy.ones((300, 300))
told.append(pools())
print(json.dumps({"told": told, "kernels": quartic._native.better_blas_kernels(),
                  "choice": os.environ.get("OPENBLAS_CORETYPE")}))
"""


def told_by(code: str, **environment: str) -> dict[str, object]:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True,
                          env={**os.environ, **environment})
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_numpys_blas_keeps_its_threads_and_its_kernels() -> None:
    for environment in ({}, {"OPENBLAS_NUM_THREADS": "1"}):
        before, imported, ran = told_by(POOLS, **environment)["told"]  # type: ignore[misc]
        assert len(before) == 1 and (not environment or before[0][1] == 1)
        assert imported == ran == before


def test_the_kernels_are_those_of_the_processor_unless_others_are_asked_for() -> None:
    asked, told = os.environ.get("OPENBLAS_CORETYPE"), told_by(POOLS)
    assert told["choice"] == asked
    assert told["kernels"] == "" or asked is not None


def test_other_threads_go_on_while_a_study_runs() -> None:
    ticks: list[float] = []
    running = True

    def tick() -> None:
        while running:
            ticks.append(time.monotonic())
            time.sleep(0.005)

    thread = threading.Thread(target=tick)
    thread.start()
    begin = time.monotonic()
    quartic.run("figure2", effort="classroom", replicates=3)
    end = time.monotonic()
    running = False
    thread.join()
    assert sum(begin < moment < end for moment in ticks) > 10


def test_studies_run_at_once_in_threads_of_python(small: Study, small_run: Run) -> None:
    with ThreadPoolExecutor(3) as pool:
        runs = list(pool.map(lambda seed: quartic.run(small, seed=seed, threads=2), (1, 2, 1)))
    assert runs[0].records_csv == runs[2].records_csv == small_run.records_csv != runs[1].records_csv


def test_an_estimator_may_run_a_study_of_its_own(small: Study) -> None:
    class Nested:
        def fit(self, X: object, y: object) -> Nested:
            self.answer = len(quartic.run("figure2", sizes=[20], replicates=1, **{"arm.oracle.replicates": 1}))
            return self

        def predict(self, X: object) -> object:
            return [float(self.answer)] * len(X)  # type: ignore[arg-type]

    run = quartic.run(small.with_arm("nested", Nested()), sizes=[20])
    assert run.failed == 0
    assert set(run.records.query("arm == 'nested'")["status"]) == {"converged"}
