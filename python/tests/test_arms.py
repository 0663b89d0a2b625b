"""Estimators of Python as arms of studies."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor
from sklearn.linear_model import LinearRegression, LogisticRegression, Ridge
from sklearn.naive_bayes import GaussianNB
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC, LinearSVC
from sklearn.tree import DecisionTreeClassifier

import quartic
from quartic import Run, Study
from quartic.arms import PythonArm, arm

NUMBERS = """
sizes = [30, 60]
replicates = 4
[world]
kind = "sparse_linear"
candidates = 12
relevant = 3
[[arm]]
name = "ours"
model = "least_squares"
"""
CLASSES = """
sizes = [60, 120]
replicates = 3
[world]
kind = "logistic"
candidates = 8
relevant = 3
[[arm]]
name = "ours"
model = "logistic_regression"
"""
PARITY = ["excess_risk", "normalised_error", "error_se", "parameters"]


def of_arm(run: Run, name: str) -> Any:
    return run.records[run.records["arm"] == name].reset_index(drop=True)


def with_arms(text: str, **models: Any) -> Run:
    study = Study(text)
    for name, model in models.items():
        study = study.with_arm(name, model)
    return quartic.run(study)


class Mean:
    """One's own: no get_params, and no seed."""

    def __init__(self, shift: float = 0.0) -> None:
        self.shift = shift

    def fit(self, X: Any, y: Any) -> Mean:
        self.mean = y.mean()
        return self

    def predict(self, X: Any) -> Any:
        return np.full(len(X), self.mean + self.shift)


class Failing(Mean):
    """Fails for the smaller size."""

    def fit(self, X: Any, y: Any) -> Mean:
        if len(X) < 40:
            raise KeyError("too few rows for me, ü")
        return super().fit(X, y)


class FailingLater(Mean):
    def predict(self, X: Any) -> Any:
        raise ZeroDivisionError("no answer")


class Random(Mean):
    """Its answers are its seed's."""

    random_state: int | None = None

    def fit(self, X: Any, y: Any) -> Random:
        self.answer = np.random.default_rng(self.random_state).normal()
        return self

    def predict(self, X: Any) -> Any:
        return np.full(len(X), self.answer)


seen: list[tuple[Any, Any]] = []


class Remembers(Mean):
    """Tells what it was given."""

    def fit(self, X: Any, y: Any) -> Mean:
        seen.append((X, y))
        return super().fit(X, y)


class Silent(Mean):
    """Its fit returns nothing."""

    def fit(self, X: Any, y: Any) -> None:  # type: ignore[override]
        super().fit(X, y)


class Hashes(Mean):
    """Works without the interpreter's lock."""

    def fit(self, X: Any, y: Any) -> Mean:
        hashlib.pbkdf2_hmac("sha256", X.tobytes(), b"salt", 2000)
        return super().fit(X, y)


def test_a_linear_estimator_is_judged_exactly_and_agrees_with_ours() -> None:
    run = with_arms(NUMBERS, theirs=LinearRegression(fit_intercept=False))
    ours, theirs = of_arm(run, "ours"), of_arm(run, "theirs")
    assert (theirs["error_se"] == 0).all()
    np.testing.assert_allclose(theirs["excess_risk"], ours["excess_risk"], rtol=1e-8)
    assert (theirs["parameters"] == 12).all()


def test_a_ridge_of_theirs_agrees_with_ours() -> None:
    told = {"correct": 3, "wrong": 1}
    study = Study(NUMBERS).with_arm("30", Ridge(alpha=0.1 * 30, fit_intercept=False), expert=told)
    run = quartic.run(study.with_arm("ours 30", "ridge", penalty=0.1, expert=told))
    theirs, ours = of_arm(run, "30"), of_arm(run, "ours 30")
    at_30 = theirs["n"] == 30
    assert (theirs["parameters"] == 4).all()
    np.testing.assert_allclose(theirs["excess_risk"][at_30], ours["excess_risk"][at_30], rtol=1e-8)


def test_a_rule_that_is_not_linear_is_judged_on_fresh_rows() -> None:
    run = with_arms(NUMBERS, forest=RandomForestRegressor(n_estimators=5), mean=Mean())
    for name in ("forest", "mean"):
        records = of_arm(run, name)
        assert (records["error_se"] > 0).all() and (records["status"] == "converged").all()
    mean = of_arm(run, "mean")
    assert (abs(mean["normalised_error"] - 1) < 5 * mean["error_se"] + 10 / mean["n"]).all()
    assert (mean["parameters"] == -1).all() and (mean["iterations"] == -1).all()


def test_an_expert_may_use_any_estimator() -> None:
    study = Study(NUMBERS).with_arm("told", LinearRegression(fit_intercept=False), expert={"correct": 3, "wrong": 0})
    study = study.with_arm("ours told", "least_squares", expert={"correct": 3, "wrong": 0})
    run = quartic.run(study)
    np.testing.assert_allclose(of_arm(run, "told")["excess_risk"], of_arm(run, "ours told")["excess_risk"], rtol=1e-8)


def test_the_numbers_of_a_fit_are_ours_read_only_and_double() -> None:
    seen.clear()
    with_arms(NUMBERS, it=Remembers())
    assert {X.shape for X, _ in seen} == {(30, 12), (60, 12)}
    for X, y in seen:
        assert X.dtype == y.dtype == float and X.flags.c_contiguous and y.shape == X.shape[:1]
        assert not X.flags.writeable and not y.flags.writeable
        assert np.isfinite(X).all()  # they live on


def test_an_estimator_that_was_given_is_left_as_it_was() -> None:
    mine, theirs = Mean(), Ridge()
    with_arms(NUMBERS, mine=mine, theirs=theirs)
    assert vars(mine) == {"shift": 0.0}
    assert not hasattr(theirs, "coef_")


def test_what_a_fit_returns_may_be_nothing() -> None:
    run = with_arms(NUMBERS, silent=Silent(), mean=Mean())
    np.testing.assert_array_equal(of_arm(run, "silent")["excess_risk"], of_arm(run, "mean")["excess_risk"])


def test_seeds_differ_by_fit_and_are_those_of_the_study() -> None:
    run, again, other = (quartic.run(Study(NUMBERS).with_arm("it", Random()), seed=seed) for seed in (1, 1, 2))
    risks = of_arm(run, "it")["excess_risk"]
    assert len(set(risks)) == len(risks)
    assert again.records_csv == run.records_csv != other.records_csv


def test_steps_of_a_pipeline_have_seeds() -> None:
    run, again = (with_arms(NUMBERS, it=make_pipeline(StandardScaler(), RandomForestRegressor(3))) for _ in range(2))
    assert run.records_csv == again.records_csv
    assert run.failed == 0


def test_an_exception_is_a_failed_fit_with_its_traceback_and_the_study_goes_on() -> None:
    run = with_arms(NUMBERS, fails=Failing(), later=FailingLater(), fine=Mean())
    assert run.failed == 4 + 8
    records = of_arm(run, "fails")
    assert list(records["status"]) == ["failed"] * 4 + ["converged"] * 4
    message = records["message"][0]
    assert "Traceback" in message and "raise KeyError(" in message and "too few rows for me, ü" in message
    assert "test_arms.py" in message and "_hooks.py" not in message
    assert "arm fails, n 30, replicate 0" in message
    assert of_arm(run, "later")["message"].str.contains("ZeroDivisionError: no answer").all()
    assert (of_arm(run, "ours")["status"] == "converged").all() and (of_arm(run, "fine")["status"] == "converged").all()


def test_a_failed_fit_is_kept_with_its_message(tmp_path: Path) -> None:
    study = Study(NUMBERS).with_arm("fails", Failing())
    run = quartic.run(study, out=tmp_path / "run")
    opened = quartic.open(tmp_path / "run", models=study.models)
    assert opened.records_csv == run.records_csv
    assert list(opened.records["message"]) == list(run.records["message"])
    quartic.run(study).save(tmp_path / "saved")
    assert quartic.open(tmp_path / "saved", models=study.models).records_csv == run.records_csv


@pytest.mark.parametrize("answer", [
    lambda X: np.zeros(len(X) + 1), lambda X: ["a"] * len(X), lambda X: None, lambda X: np.zeros((len(X), 2)),
])
def test_answers_of_a_wrong_form_are_failed_fits(answer: Any) -> None:
    class Wrong(Mean):
        def predict(self, X: Any) -> Any:
            return answer(X)

    run = with_arms(NUMBERS, wrong=arm(Wrong(), fingerprint="wrong"))
    assert (of_arm(run, "wrong")["status"] == "failed").all()
    assert (of_arm(run, "ours")["status"] == "converged").all()


def test_answers_that_are_not_finite_are_no_error_of_the_others() -> None:
    run = with_arms(NUMBERS, endless=arm(Mean(float("nan")), fingerprint="endless"))
    assert (of_arm(run, "ours")["status"] == "converged").all()
    assert not np.isfinite(of_arm(run, "endless")["excess_risk"]).any()


def test_computing_and_parameters_are_told_by_functions() -> None:
    told = arm(Ridge(fit_intercept=False), flops=lambda fitted, rows, columns: rows * columns**2 + fitted.coef_.size,
               parameters=lambda fitted: 1 + fitted.coef_.size)
    run = with_arms(NUMBERS, told=told, untold=Ridge())
    records = of_arm(run, "told")
    assert list(records["fit_flops"]) == [n * 144 + 12 for n in records["n"]]
    assert (records["parameters"] == 13).all()
    assert of_arm(run, "untold")["fit_flops"].isna().all()
    assert (of_arm(run, "untold")["cpu_seconds"] > 0).all()


def test_classifiers_are_given_classes_and_tell_log_odds() -> None:
    run = with_arms(CLASSES, linear=LogisticRegression(penalty=None, fit_intercept=False, tol=1e-10, max_iter=1000),
                    tree=DecisionTreeClassifier(max_depth=2), forest=RandomForestClassifier(5), bayes=GaussianNB())
    assert run.failed == 0
    ours, linear = of_arm(run, "ours"), of_arm(run, "linear")
    np.testing.assert_allclose(linear[["auc", "brier", "log_loss"]], ours[["auc", "brier", "log_loss"]], rtol=1e-3)
    np.testing.assert_allclose(linear["excess_risk"], ours["excess_risk"], rtol=2e-2, atol=2e-3)
    for name in ("tree", "forest", "bayes"):
        records = of_arm(run, name)
        assert records["auc"].between(0.5, 1).all() and records["brier"].between(0, 0.5).all()
        assert np.isfinite(records["log_loss"]).all()


def test_classifiers_without_chances_are_judged_by_their_answers() -> None:
    run = with_arms(CLASSES, linear=LinearSVC(), kernel=SVC(), chances=SVC(probability=True))
    assert run.failed == 0
    for name in ("linear", "kernel", "chances"):
        assert of_arm(run, name)["auc"].between(0.5, 1).all()
        assert of_arm(run, name)["normalised_error"].max() < 1


def test_an_answer_alone_is_sure() -> None:
    class Sign:
        def fit(self, X: Any, y: Any) -> Sign:
            self.labels = set(y)
            return self

        def predict(self, X: Any) -> Any:
            assert self.labels <= {0, 1}
            return (X[:, 0] > 0).astype(int)

    run = with_arms(CLASSES, sign=arm(Sign(), classifies=True))
    records = of_arm(run, "sign")
    assert run.failed == 0
    np.testing.assert_allclose(records["log_loss"], -np.log(np.finfo(float).eps) * records["brier"], rtol=1e-6)


def test_one_class_alone_in_the_sample_is_an_answer_or_a_failed_fit() -> None:
    few = Study(CLASSES, sizes=[2], replicates=30)
    run = quartic.run(few.with_arm("tree", DecisionTreeClassifier()).with_arm("theirs", LogisticRegression()))
    tree, theirs = of_arm(run, "tree"), of_arm(run, "theirs")
    assert (tree["status"] == "converged").all()
    assert 0 < (theirs["status"] == "failed").sum() < 30
    assert theirs["message"].str.contains("at least 2 classes").sum() == (theirs["status"] == "failed").sum()


def test_a_regressor_in_a_world_of_classes_is_given_them_as_numbers() -> None:
    seen.clear()
    run = with_arms(CLASSES, it=Remembers(), ridge=Ridge())
    assert set(np.concatenate([y for _, y in seen])) == {-0.5, 0.5}
    assert of_arm(run, "ridge")["normalised_error"].max() < 1


def test_a_classifier_where_answers_are_numbers_is_refused() -> None:
    with pytest.raises(ValueError, match="arm.*python_logisticregression tells classes .*Use a regressor"):
        Study(NUMBERS).with_arm("x", LogisticRegression())


@pytest.mark.parametrize("model", [RandomForestRegressor(5), Random(), Ridge()])
def test_threads_shards_and_resumption_change_no_bit(model: Any, tmp_path: Path) -> None:
    study = Study(NUMBERS).with_arm("it", model)
    whole = quartic.run(study, threads=1)
    assert quartic.run(study, threads=2).records_csv == whole.records_csv
    folders = [tmp_path / "1", tmp_path / "2"]
    for number, folder in enumerate(folders, 1):
        quartic.run(study, out=folder, shard=(number, 2))
    assert quartic.merge(tmp_path / "all", folders, study).records_csv == whole.records_csv
    quartic.run(study, out=tmp_path / "half", replicates=2)
    assert quartic.run(study, out=tmp_path / "half", extend=True).records_csv == whole.records_csv


def test_kept_fits_are_found_again_only_for_the_same_estimator(tmp_path: Path) -> None:
    seen.clear()
    quartic.run(Study(NUMBERS).with_arm("it", Remembers()), out=tmp_path / "run")
    fits = len(seen)
    quartic.run(Study(NUMBERS).with_arm("it", Remembers()), out=tmp_path / "run")
    assert len(seen) == fits
    quartic.run(Study(NUMBERS).with_arm("it", Remembers(1.0)), out=tmp_path / "run")
    assert len(seen) == 2 * fits


def fingerprint(estimator: Any) -> str:
    return arm(estimator).fingerprint


def test_fingerprints_tell_parameters_versions_and_code() -> None:
    import sklearn

    about = json.loads(fingerprint(Ridge(alpha=2.0)))
    assert about["class"] == "sklearn.linear_model._ridge.Ridge" and about["version"] == sklearn.__version__
    assert fingerprint(Ridge(alpha=2.0)) == fingerprint(Ridge(alpha=2.0)) != fingerprint(Ridge(alpha=2.5))
    assert fingerprint(Mean()) == fingerprint(Mean()) != fingerprint(Mean(1.0))
    pipelines = [fingerprint(make_pipeline(StandardScaler(), Ridge(alpha=alpha))) for alpha in (1.0, 1.0, 2.0)]
    assert pipelines[0] == pipelines[1] != pipelines[2]


def test_fingerprints_tell_large_arrays_functions_and_hidden_attributes_apart() -> None:
    def holding(value: Any) -> str:
        mean = Mean()
        mean._hidden = value  # type: ignore[attr-defined]
        return fingerprint(mean)

    arrays = [np.zeros(10**5), np.eye(1, 10**5, 50000)[0]]
    assert holding(arrays[0]) == holding(arrays[0].copy()) != holding(arrays[1])
    assert holding(lambda x: x + 1) != holding(lambda x: x + 2)
    assert holding({"a", "b", "c"}) == holding({"c", "b", "a"}) != holding({"a"})
    assert holding(np.random.default_rng(1)) == holding(np.random.default_rng(1)) != holding(np.random.default_rng(2))
    assert holding(Ridge(1.0)) != holding(Ridge(2.0))
    with pytest.raises(TypeError, match="Give fingerprint="):
        holding(iter(open(__file__, encoding="utf-8")))


def test_fingerprints_tell_the_code_of_ones_own_class() -> None:
    def made(answer: str) -> str:
        scope: dict[str, Any] = {"__name__": "__main__"}
        exec(f"class It:\n    scale = {answer}\n    def fit(self, X, y): return self\n"
             f"    def predict(self, X): return X[:, 0] * self.scale\n", scope)
        return fingerprint(scope["It"]())

    assert made("1") == made("1") != made("2")


def test_fingerprints_are_the_same_in_another_process() -> None:
    import subprocess
    import sys

    code = ("import sys; sys.path.insert(0, sys.argv[1]); import test_arms as t; "
            "print(t.fingerprint(t.Failing({'x', 'y', 'zz'})))")
    told = [subprocess.run([sys.executable, "-c", code, str(Path(__file__).parent)], capture_output=True, text=True,
                           check=True, env={**__import__("os").environ, "PYTHONHASHSEED": seed}).stdout
            for seed in ("1", "2")]
    assert told[0] == told[1] != ""


def test_the_same_estimator_has_the_same_name_in_every_session() -> None:
    study = Study(NUMBERS).with_arm("a", Ridge(1.0)).with_arm("b", Ridge(2.0))
    assert [one["model"] for one in study.to_dict()["arm"]] == ["least_squares", "python_ridge", "python_ridge_2"]
    assert all(isinstance(model, PythonArm) for model in study.models.values())


def test_two_threads_give_what_one_gives_where_the_lock_is_released() -> None:
    study = Study(NUMBERS).with_arm("it", Hashes())
    assert quartic.run(study, threads=2).records_csv == quartic.run(study, threads=1).records_csv


@pytest.mark.parametrize("make", [
    lambda: arm(Ridge), lambda: arm(None), lambda: arm(object()), lambda: arm(StandardScaler()),
    lambda: arm(Ridge(), flops=5), lambda: arm(Ridge(), parameters="many"),
])
def test_what_is_no_arm_is_a_type_error(make: Any) -> None:
    with pytest.raises(TypeError, match=r"\(.*\)\. (Give|Write)"):
        make()
