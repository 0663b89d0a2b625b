"""Ctrl-C: it is answered at once, and what is finished is kept."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import quartic

# Busy machines make it slow; in an idle one it is half a second.
patience = 5.0

BEGINNING = r"""
import os, sys, time
import quartic

class Slow:
    def __init__(self, seconds, sleeps=False):
        self.seconds, self.sleeps = seconds, sleeps
    def fit(self, X, y):
        tell()
        end = time.monotonic() + self.seconds
        while time.monotonic() < end:
            if self.sleeps:
                time.sleep(0.01)
        self.mean = y.mean()
        return self
    def predict(self, X):
        return 0 * X[:, 0] + self.mean

class Deaf(Slow):
    def fit(self, X, y):
        try:
            return super().fit(X, y)
        except BaseException:
            self.mean = 0.0
            return self

class World:
    candidates, signal, relevant = 4, 1.0, [0]
    def rows(self, first, count, rng):
        if first == 64:
            tell()
            while True:
                time.sleep(0.01)
        X = rng.standard_normal((count, 4))
        return X, X[:, 0]
    def mean(self, X):
        return X[:, 0]

def tell(done=1, *_):
    if done > 0:
        os.write(1, b"begun\n")

small = quartic.Study("figure2", sizes=[20, 40], replicates=40, **{"arm.oracle.replicates": 40})
"""
ENDING = """
def until_interrupted():
    try:
        work()
        print("ended", flush=True)
    except KeyboardInterrupt:
        print("interrupted", time.monotonic(), flush=True)
until_interrupted()
"""


def interrupted_after(code: str, fits: int, folder: Path) -> float:
    """Seconds from SIGINT to KeyboardInterrupt of a program that has begun so many fits."""
    process = subprocess.Popen([sys.executable, "-c", BEGINNING + code + ENDING], stdout=subprocess.PIPE, text=True,
                               cwd=folder)
    assert process.stdout is not None
    for _ in range(fits):
        assert process.stdout.readline() == "begun\n"
    time.sleep(0.2)
    asked = time.monotonic()
    os.kill(process.pid, signal.SIGINT)
    rest = process.stdout.read().split()
    assert process.wait() == 0
    assert "ended" not in rest
    return float(rest[rest.index("interrupted") + 1]) - asked


WORKS = {
    "native fits": """
def work():
    study = quartic.Study("figure2", effort="paper")
    quartic._native.run(study._native, progress=tell)
""",
    "a loop of Python": "def work(): quartic.run(small.with_arm('slow', Slow(30)))",
    "a sleeping estimator": "def work(): quartic.run(small.with_arm('slow', Slow(30, sleeps=True)))",
    "an estimator that catches everything": "def work(): quartic.run(small.with_arm('slow', Deaf(30)))",
    "a world of Python": "def work(): quartic.run(sizes=[200], replicates=2, world=World(), arm={'a': 'ridge'})",
    "a plan": """
def work():
    study = quartic.Study("networks", effort="paper")
    tell()
    quartic.plan(study)
    quartic.plan(quartic.Study("networks", effort="paper", seed=2))
""",
    "a run inside a fit of a run": """
class Within:
    def fit(self, X, y):
        quartic._native.run(quartic.Study("figure2", effort="paper")._native, progress=tell)
    def predict(self, X):
        return 0 * X[:, 0]
def work(): quartic.run(sizes=[20, 40], replicates=2, world="sparse_linear", arm={"within": Within()})
""",
    "a folder": """
def work():
    study = quartic.Study("figure2", effort="paper")
    quartic._native.run(study._native, "run", progress=tell)
""",
}


@pytest.mark.parametrize("work", WORKS)
def test_control_c_is_answered_at_once(work: str, tmp_path: Path,
                                       record_property: Callable[[str, float], None]) -> None:
    seconds = interrupted_after(WORKS[work], 1, tmp_path)
    record_property("seconds", seconds)
    assert seconds < patience


def test_control_c_leaves_the_runs_of_other_threads_alone(tmp_path: Path) -> None:
    other = """
import threading
runs = []
class Quiet(Slow):
    def fit(self, X, y):
        time.sleep(0.02)
        self.mean = y.mean()
        return self
beside = threading.Thread(target=lambda: runs.append(quartic.run(small.with_arm("quiet", Quiet(0)))))
beside.start()
def work(): quartic.run(small.with_arm("slow", Slow(30)))
"""
    script = BEGINNING + other + ENDING + """
beside.join()
records = runs[0].records
print((records.arm == "quiet").sum(), (records.status == "failed").sum())
"""
    process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, cwd=tmp_path)
    assert process.stdout is not None and process.stdout.readline() == "begun\n"
    os.kill(process.pid, signal.SIGINT)
    rest = process.stdout.read().split()
    assert process.wait() == 0 and "interrupted" in rest
    assert rest[-2:] == ["80", "0"]


def test_a_run_on_a_daemon_thread_ends_with_the_program(tmp_path: Path) -> None:
    script = BEGINNING + """
import threading
threading.Thread(target=lambda: quartic.run(small.with_arm("slow", Slow(30, sleeps=True))), daemon=True).start()
threading.Thread(target=lambda: quartic.run("figure2", effort="paper"), daemon=True).start()
time.sleep(1)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def study_of_folder(folder: Path) -> quartic.Run:
    scope: dict[str, object] = {"__name__": "__main__"}
    exec(BEGINNING, scope)
    slow = scope["Slow"]
    return quartic.open(folder, models={"python_slow": slow(0.05)})  # type: ignore[operator]


def test_finished_fits_are_kept_and_the_next_call_goes_on(tmp_path: Path) -> None:
    study = ("slow = quartic.Study('figure2', sizes=[20, 40], replicates=20, **{'arm.oracle.replicates': 20})"
             ".with_arm('slow', Slow(0.05))\n")
    interrupted_after(study + "def work(): quartic.run(slow, out='run', threads=1, progress=False)", 9, tmp_path)
    kept = study_of_folder(tmp_path / "run")
    assert kept.interrupted and 0 < len(kept) < 5 * 2 * 20
    assert kept.failed == 0
    code = study + """
run = quartic.run(slow, out='run', progress=False)
print(run.interrupted, run.records_csv == quartic.run(slow).records_csv)
"""
    done = subprocess.run([sys.executable, "-c", BEGINNING + code], capture_output=True, text=True, check=True,
                          cwd=tmp_path)
    assert done.stdout.splitlines()[-1] == "False True"
    assert done.stdout.count("begun") == 2 * 40 - (kept.records["arm"] == "slow").sum()  # the rest, and all of them


def test_an_exception_of_the_progress_ends_the_run_too(small: quartic.Study) -> None:
    def tell(done: int, total: int, share: float) -> None:
        raise RuntimeError("no more")

    with pytest.raises(RuntimeError, match="no more"):
        quartic._native.run(quartic.Study("figure2", effort="paper")._native, progress=tell)
    assert quartic.run(small).failed == 0
