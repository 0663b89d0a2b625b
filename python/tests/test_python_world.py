"""Worlds of Python in studies."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sklearn.linear_model import LinearRegression

import quartic
from quartic import Run, Study

Rows = tuple[Any, Any]


class Truth:
    """y = the sum of some columns, and noise: what sparse_linear draws."""

    def __init__(self, candidates: int, relevant: Any) -> None:
        self.candidates, self.relevant, self.signal, self.noise = candidates, relevant, float(len(relevant)), 1.0

    def rows(self, first: int, count: int, rng: np.random.Generator) -> Rows:
        X = rng.standard_normal((count, self.candidates))
        return X, self.mean(X) + self.noise * rng.standard_normal(count)

    def mean(self, X: Any) -> Any:
        return X[:, self.relevant].sum(axis=1)


class SparseLinear:
    def __init__(self, candidates: int = 30, relevant: int = 5) -> None:
        self.candidates, self.relevant = candidates, relevant

    def draw(self, rng: np.random.Generator) -> Truth:
        return Truth(self.candidates, rng.choice(self.candidates, self.relevant, replace=False))


class Coin:
    """Classes of which one column tells."""

    candidates, classes, relevant = 3, True, [1]

    def rows(self, first: int, count: int, rng: np.random.Generator) -> Rows:
        X = rng.standard_normal((count, 3))
        return X, (rng.random(count) < self.mean(X)).astype(int)

    def mean(self, X: Any) -> Any:
        return np.where(X[:, 1] > 0, 0.8, 0.3)


def study_in(world: Any, **settings: Any) -> Study:
    arms = {
        "expert": {"model": "least_squares", "expert": {"correct": 5, "wrong": 0}},
        "all": "least_squares",
        "few": {"model": "lasso", "penalty": "theory"},
    }
    return Study(**{"sizes": [60, 120], "replicates": 3, "world": world, "arm": arms, **settings})


def means(run: Run) -> Any:
    return run.records.groupby(["arm", "n"], observed=True)["normalised_error"]


def test_a_copy_of_sparse_linear_gives_the_errors_of_the_original() -> None:
    mine = quartic.run(study_in(SparseLinear(), replicates=60))
    ours = quartic.run(study_in({"kind": "sparse_linear", "candidates": 30, "relevant": 5}, replicates=60))
    assert (mine.records["error_se"] > 0).all() and (ours.records["error_se"] == 0).all()
    difference = means(mine).mean() - means(ours).mean()
    assert (difference.abs() < 5 * np.sqrt(means(mine).sem() ** 2 + means(ours).sem() ** 2)).all()


def test_an_exact_error_is_within_five_standard_errors_of_what_fresh_rows_tell() -> None:
    known: list[tuple[int, float]] = []

    class Told(LinearRegression):
        def fit(self, X: Any, y: Any) -> Told:
            super().fit(X, y)
            error = ((self.coef_ - (np.arange(30) < 5)) ** 2).sum() + self.intercept_**2
            known.append((len(y), float(error)))
            return self

    run = quartic.run(study_in(Truth(30, list(range(5)))).with_arm("told", quartic.arm(Told(), fingerprint="told")),
                      threads=1)
    told = run.records[run.records["arm"] == "told"]
    assert len(known) == len(told) == 6
    for n in (60, 120):
        exact = sorted(error for size, error in known if size == n)
        found = told[told["n"] == n].sort_values("normalised_error")
        assert (abs(found["normalised_error"] - np.array(exact) / 5) < 5 * found["error_se"]).all()


def test_rows_are_asked_for_in_blocks_of_which_each_has_its_generator() -> None:
    asked: set[tuple[int, int]] = set()

    class Listening(SparseLinear):
        def draw(self, rng: np.random.Generator) -> Truth:
            truth = super().draw(rng)
            draw = truth.rows
            truth.rows = lambda first, count, rng: asked.add((first, count)) or draw(first, count, rng)  # type: ignore
            return truth

    world = Listening()
    world.fingerprint = "listening"  # type: ignore[attr-defined]
    quartic.run(study_in(world, replicates=1))
    assert asked == {(first, 64) for first in range(0, 4096, 64)}


def test_results_depend_neither_on_other_sizes_nor_on_threads_shards_and_storage_of_others(tmp_path: Path) -> None:
    study = study_in(SparseLinear())
    whole = quartic.run(study, threads=1)
    assert quartic.run(study, threads=2).records_csv == whole.records_csv
    for size in (60, 120):
        alone = quartic.run(study, sizes=[size]).records
        np.testing.assert_array_equal(alone["excess_risk"], whole.records.query("n == @size")["excess_risk"])
    folders = [tmp_path / "1", tmp_path / "2"]
    for number, folder in enumerate(folders, 1):
        quartic.run(study, out=folder, shard=(number, 2))
    assert quartic.merge(tmp_path / "all", folders, study).records_csv == whole.records_csv
    assert quartic.run(study, seed=2).records_csv != whole.records_csv


def test_many_columns_do_not_fill_the_memory_and_change_nothing() -> None:
    study = study_in(SparseLinear(20000, 5), sizes=[130], replicates=1, arm={"few": {"model": "lasso", "penalty": 0.5},
                     "expert": {"model": "least_squares", "expert": {"correct": 5, "wrong": 2}}})
    run = quartic.run(study)  # 4,096 fresh rows of them all would take 655 MB
    assert run.failed == 0
    assert run.records_csv == quartic.run(study).records_csv


def test_experts_know_what_is_relevant() -> None:
    arms = {"right": {"model": "least_squares", "expert": {"correct": 5, "wrong": 0}},
            "wrong": {"model": "least_squares", "expert": {"correct": 1, "wrong": 4, "forgets": "least_important"}}}
    errors = means(quartic.run(study_in(SparseLinear(), arm=arms, replicates=20))).mean()
    assert errors["right"].max() < 0.05 < 0.7 < errors["wrong"].min()
    with pytest.raises(ValueError, match="the world has 5 relevant candidates"):
        study_in(SparseLinear(), arm={"x": {"model": "ridge", "expert": {"correct": 6, "wrong": 0}}})


def test_the_most_important_come_first() -> None:
    class Weighted(Truth):
        def mean(self, X: Any) -> Any:
            return X[:, self.relevant] @ np.array([4.0, 1.0])

    world = Weighted(10, [7, 2])
    world.signal = 17.0
    arms = {"one": {"model": "least_squares", "expert": {"correct": 1, "wrong": 0, "forgets": "least_important"}}}
    errors = quartic.run(study_in(world, arm=arms, sizes=[1000], replicates=2)).records["normalised_error"]
    np.testing.assert_allclose(errors, 1 / 17, rtol=0.15)


def test_a_signal_that_is_not_told_is_measured() -> None:
    class Untold(Truth):
        pass

    untold = Untold(30, list(range(5)))
    del untold.signal
    told, measured = (quartic.run(study_in(world)).records for world in (Truth(30, list(range(5))), untold))
    scale = measured["excess_risk"] / measured["normalised_error"]
    assert (abs(scale - 5) < 5 * 5 * np.sqrt(2 / 4096)).all()
    np.testing.assert_allclose(told["excess_risk"] / told["normalised_error"], 5)


def test_worlds_of_classes_have_the_error_of_the_best_rule_taken_off() -> None:
    arms = {"ours": "logistic_regression", "guess": "naive_bayes"}
    run = quartic.run(study_in(Coin(), arm=arms, sizes=[400], replicates=4))
    assert run.failed == 0
    records = run.records
    assert {"auc", "brier"} <= set(records.columns)
    assert records["auc"].between(0.6, 0.85).all()
    assert (records["excess_risk"] >= 0).all() and (records["normalised_error"] < 1).all()
    np.testing.assert_allclose(records["excess_risk"] / records["normalised_error"], 0.45 - 0.25, atol=5 * 0.5 / 64)


def test_facts_serve_formulas() -> None:
    world = Truth(30, list(range(5)))
    world.facts = {"signal": 5.0, "age": 7.0}  # type: ignore[attr-defined]
    study = study_in(world, theory=[{"arm": "expert", "curve": "age / n"}])
    records = quartic.run(study).records.query("arm == 'expert'")
    np.testing.assert_allclose(records["theory"], 7 / records["n"])


def test_a_world_and_an_estimator_of_python_stand_beside_ours() -> None:
    study = Study("figure2", sizes=[30, 60], replicates=2, **{"arm.oracle.replicates": 2})
    study = study.with_world(SparseLinear(40, 10)).with_arm("theirs", LinearRegression(fit_intercept=False))
    records = quartic.run(study).records
    assert (records["status"] == "converged").all()
    ours, theirs = (records[records["arm"] == arm]["excess_risk"].to_numpy() for arm in ("flexible", "theirs"))
    np.testing.assert_allclose(ours[2:], theirs[2:], rtol=1e-8)


class Bad(Truth):
    """Does one thing wrong."""

    def __init__(self, **wrong: Any) -> None:
        super().__init__(4, [0, 1])
        for name, value in wrong.items():
            setattr(self, name, value)


def x(count: int, columns: int = 4) -> Any:
    return np.zeros((count, columns))


def zeros(first: int, count: int, rng: np.random.Generator) -> Rows:
    return x(count), np.zeros(count)


@pytest.mark.parametrize(("wrong", "message"), [
    ({"rows": lambda first, count, rng: x(count)}, "it gives two arrays, X and y"),
    ({"rows": lambda first, count, rng: (x(count, 5), np.zeros(count))}, r"X of rows\(0, 64, rng\) has .*\(64, 5\)"),
    ({"rows": lambda first, count, rng: (x(count - 1), np.zeros(count - 1))}, r"\(63, 4\) \(it is to be \(64, 4\)"),
    ({"rows": lambda first, count, rng: (x(count), np.zeros((count, 1)))}, r"y of .* shape \(64, 1\)"),
    ({"rows": lambda first, count, rng: (x(count), ["a"] * count)}, "no array of numbers"),
    ({"rows": lambda first, count, rng: (x(count) + np.nan, np.zeros(count))}, "not finite"),
    ({"rows": lambda first, count, rng: {}[first]}, "Bad cannot be drawn .KeyError: 0"),
    ({"rows": lambda first, count, rng: (np.random.rand(count, 4), np.zeros(count))}, "Take all randomness from rng"),
    ({"mean": lambda X: 1.0, "rows": zeros}, r"mean\(X\) of 64 rows has shape \(\)"),
    ({"mean": lambda X: X, "rows": zeros}, r"mean\(X\) of 64 rows has shape \(64, 4\)"),
    ({"candidates": 0}, "candidates is 0"),
    ({"candidates": 2.5}, "candidates is 2.5"),
    ({"relevant": [0, 4]}, r"lists columns from 0 to 3"),
    ({"relevant": [1, 1]}, r"each once"),
    ({"classes": True}, "y is 0 or 1 there"),
])
def test_what_is_wrong_with_a_world_is_said_when_the_study_is_made(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        study_in(Bad(**wrong), arm={"a": "ridge"})


@pytest.mark.parametrize("world", [object(), 5, SparseLinear, Bad(rows=None), Bad(mean=5)])
def test_what_is_no_world_is_a_type_error(world: Any) -> None:
    with pytest.raises(TypeError, match=r"\(.*\)\. (Give|Write)"):
        study_in(world, arm={"a": "ridge"})


def test_an_exception_in_later_rows_fails_the_fits_that_need_them_with_its_traceback() -> None:
    class Tired(Truth):
        def rows(self, first: int, count: int, rng: np.random.Generator) -> Rows:
            if first == 64:
                raise RuntimeError("no more patients today")
            return super().rows(first, count, rng)

    run = quartic.run(study_in(Tired(30, list(range(5))), replicates=2))
    assert run.failed == len(run)
    message = run.records["message"][0]
    assert "Traceback" in message and "no more patients today" in message and "test_python_world.py" in message


def test_an_exception_of_a_world_that_tells_no_signal_refuses_the_study() -> None:
    class Tired(Truth):
        def rows(self, first: int, count: int, rng: np.random.Generator) -> Rows:
            if first == 640:
                raise RuntimeError("no more patients today")
            return super().rows(first, count, rng)

    world = Tired(30, list(range(5)))
    del world.signal
    with pytest.raises(ValueError, match="world: Traceback(.|\n)*no more patients today"):
        study_in(world)


def test_control_c_while_a_world_is_drawn_is_passed_on() -> None:
    class Interrupted(Truth):
        def rows(self, first: int, count: int, rng: np.random.Generator) -> Rows:
            if first == 640:
                raise KeyboardInterrupt
            return super().rows(first, count, rng)

    world = Interrupted(30, list(range(5)))
    del world.signal
    with pytest.raises(KeyboardInterrupt):
        study_in(world)


def test_worlds_that_differ_have_other_records(tmp_path: Path) -> None:
    first = quartic.run(study_in(SparseLinear(30, 5)), out=tmp_path / "run")
    second = quartic.run(study_in(SparseLinear(30, 6)), out=tmp_path / "run")
    assert first.records_csv != second.records_csv
    assert second.records_csv == quartic.run(study_in(SparseLinear(30, 6))).records_csv


def test_a_run_in_a_world_of_python_is_opened_with_it(tmp_path: Path) -> None:
    study = study_in(SparseLinear())
    run = quartic.run(study, out=tmp_path / "run")
    opened = quartic.open(tmp_path / "run", worlds=study.worlds)
    assert opened.records_csv == run.records_csv
    with pytest.raises(ValueError, match='world "python_sparselinear"'):
        quartic.open(tmp_path / "run")
