"""Models as estimators: what scikit-learn asks of them, what they learn, and what they refuse."""

from __future__ import annotations

import copy
import inspect
import pickle
import subprocess
import sys
import textwrap
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import scipy.sparse
from conftest import labelled
from numpy.testing import assert_allclose, assert_array_equal
from sklearn.base import clone, is_classifier, is_regressor
from sklearn.exceptions import SkipTestWarning
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import GridSearchCV, cross_val_score
from sklearn.neighbors import KNeighborsRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.estimator_checks import check_estimator

import quartic
from quartic import models, worlds

# What is asked of each: the checks that check_estimator of scikit-learn 1.2.1 makes of such an estimator. One that takes
# weights is asked for seven more, one that learns several answers, has sparse coefficients or weighs classes for one
# more each.
CHECKS = {
    "least_squares": 48, "ridge": 48, "lasso": 48, "forward_selection": 40, "linear_sgd": 40, "hybrid": 40,
    "relaxed_lasso": 40, "best_subset": 40,
    "boosted_stumps": 40, "random_features": 40, "mlp": 40, "hybrid_network": 40, "logistic_regression": 52,
    "logistic_lasso": 44, "hybrid_classifier": 44, "discriminant": 44, "naive_bayes": 44, "perceptron": 44,
    "rule_list": 43, "boosted_stumps_classifier": 43, "mlp_classifier": 43, "hybrid_network_classifier": 43,
    "pruned": 40, "pruned_network": 40, "pruned_network_classifier": 43, "searched": 40, "searched_classifier": 43,
}
OPTIONS: dict[str, dict[str, Any]] = {
    "logistic_regression": {"intercept": True},  # without one no weight of a class moves a rule off the origin
    # the default takes long
    "logistic_lasso": {"penalty": 0.01}, "hybrid_classifier": {"penalty": 0.01, "trust": 0.5},
}
PICTURES = ["convnet", "convnet_classifier"]
# These begin with source tasks, of which scikit-learn knows nothing: they are arms of studies, and fit refuses.
TRANSFERS = ["fine_tuned", "shared_subspace", "fine_tuned_network", "fine_tuned_network_classifier", "meta_learned",
             "meta_learned_classifier"]
KINDS = [name for name in models.__all__ if name not in ("Cost", "Report", "expert")]
FITTED = [name for name in KINDS if name not in TRANSFERS]
NONLINEAR = ["boosted_stumps", "random_features", "mlp", "hybrid_network", "convnet", "pruned_network", "searched"]


# What scikit-learn asks.


@pytest.mark.parametrize("name", CHECKS)
def test_scikit_learn_finds_nothing_wrong(name: str) -> None:
    estimator = getattr(models, name)(**OPTIONS.get(name, {}))
    assert "_xfail_checks" not in estimator._get_tags() or not estimator._get_tags()["_xfail_checks"]
    checks = list(check_estimator(estimator, generate_only=True))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for asked, check in checks:
            check(asked)
    assert len(checks) == CHECKS[name]


@pytest.mark.parametrize("name", PICTURES)
def test_scikit_learn_has_no_pictures_to_ask_with_and_says_so(name: str) -> None:
    with pytest.warns(SkipTestWarning, match="requires input  of type .'square pictures'"):
        check_estimator(getattr(models, name)())


def test_every_model_of_the_catalogue_is_there() -> None:
    catalogue = {kind["name"] for kind in quartic._native.Kinds().models()}
    assert {*CHECKS, *PICTURES, *TRANSFERS} == set(KINDS)
    assert catalogue <= set(KINDS)
    assert {name.removesuffix("_classifier") for name in KINDS} == catalogue


@pytest.mark.parametrize("name", KINDS)
def test_signature_parameters_and_docstring_name_the_options_of_the_catalogue(name: str) -> None:
    kind = getattr(models, name)
    options = {one.name: one.default for one in kind._options}
    shown = {key: one.default for key, one in inspect.signature(kind).parameters.items()}
    weights = {"class_weight": None} if name == "logistic_regression" else {}
    assert shown == {**options, **weights, "random_state": None} == kind().get_params()
    assert all(f"\n{key} : " in kind.__doc__ for key in shown)
    assert all(word in kind.__doc__ for one in kind._options for word, _ in one.words)
    assert repr(kind()) == f"{name}()" and repr(kind(random_state=3)) == f"{name}(random_state=3)"


def test_clone_pipeline_grids_and_cross_validation_work(numbers: Any) -> None:
    model = models.lasso(penalty=0.1)
    assert clone(model).get_params() == model.get_params()
    assert cross_val_score(make_pipeline(StandardScaler(), model), *numbers, cv=4).mean() > 0.5
    search = GridSearchCV(models.ridge(), {"penalty": np.logspace(-3, 1, 4), "intercept": [True, False]}, cv=3)
    assert search.fit(*numbers).best_params_["penalty"] < 10
    forest = GridSearchCV(models.mlp(epochs=2), {"width": np.arange(2, 4)}, cv=2)  # whole numbers of numpy
    assert forest.fit(*numbers).best_params_["width"] in (2, 3)
    assert models.lasso().set_params(penalty=0.3).fit(*numbers).penalty == 0.3


def test_regressors_and_classifiers_are_told_apart() -> None:
    kinds = [getattr(models, name)() for name in KINDS]
    assert all(is_regressor(model) != is_classifier(model) for model in kinds)
    assert all(is_classifier(model) == hasattr(model, "decision_function") for model in kinds)
    without = [type(model).__name__ for model in kinds if is_classifier(model) and not hasattr(model, "predict_proba")]
    assert without == ["perceptron", "rule_list"]


# What they learn.


@pytest.mark.parametrize("model", [models.least_squares(), models.ridge(), models.lasso(penalty="theory"),
                                   models.forward_selection()], ids=str)
def test_a_fit_is_that_of_a_study_to_the_bit(model: Any) -> None:
    world = worlds.sparse_linear(candidates=30, relevant=3)
    study = quartic.Study(seed=5, replicates=2, sizes=[40, 80], world=world, arm={"mine": {"model": model}})
    for record in quartic.run(study).records.itertuples():
        truth = world.draw(5, record.replicate)
        fitted = clone(model).fit(*truth.rows(0, record.n))
        assert truth.excess_risk(fitted) == record.excess_risk
        for part in ("fit_flops", "tuning_flops", "pretraining_flops"):
            assert getattr(fitted.cost_, part) == getattr(record, part)
        assert fitted.report_.iterations == record.iterations


def test_least_squares_and_ridge_are_the_normal_equations(numbers: Any) -> None:
    X, y = numbers
    assert_allclose(models.least_squares().fit(X, y).coef_, np.linalg.lstsq(X, y, rcond=None)[0], atol=1e-12)
    assert_allclose(models.ridge(penalty=0.3).fit(X, y).coef_,
                    np.linalg.solve(X.T @ X / len(X) + 0.3 * np.eye(16), X.T @ y / len(X)), atol=1e-12)


def test_an_intercept_takes_up_what_columns_and_answers_lie_off_zero(numbers: Any) -> None:
    X, y = numbers
    here = models.least_squares(intercept=True).fit(X + 3, y + 7)
    reference = LinearRegression().fit(X + 3, y + 7)
    assert_allclose(here.coef_, reference.coef_, atol=1e-10)
    assert_allclose(here.intercept_, reference.intercept_, atol=1e-10)
    assert models.least_squares().fit(X, y).intercept_ == 0


def test_several_answers_are_learned_one_by_one(numbers: Any) -> None:
    X, y = numbers
    both = models.ridge(penalty=0.1).fit(X, np.column_stack([y, -2 * y]))
    one = models.ridge(penalty=0.1).fit(X, y)
    assert both.coef_.shape == (2, 16) and both.predict(X).shape == (len(X), 2)
    assert_allclose(both.predict(X)[:, 0], one.predict(X), atol=1e-12)
    assert_allclose(both.predict(X)[:, 1], -2 * one.predict(X), atol=1e-12)
    assert both.cost_.fit_flops == 2 * one.cost_.fit_flops


def test_probabilities_are_those_of_the_scores_which_are_log_odds(classes: Any) -> None:
    X, y = classes
    model = models.logistic_regression(intercept=True).fit(X, y)
    chances = model.predict_proba(X)
    assert_allclose(np.log(chances[:, 1] / chances[:, 0]), model.decision_function(X), atol=1e-9)
    assert_allclose(chances.mean(axis=0)[1], y.mean(), atol=1e-8)  # the likelihood equation of the intercept
    assert_array_equal(model.predict(X), (chances[:, 1] > 0.5).astype(int))


def test_more_than_two_classes_have_a_rule_each(classes: Any) -> None:
    X, _ = classes
    y = np.array(["low", "mid", "top"])[np.digitize(X[:, 0], [-0.5, 0.5])]
    model = models.logistic_regression(intercept=True, penalty=0.01).fit(X, y)
    assert model.coef_.shape == (3, 16) and model.intercept_.shape == (3,)
    assert_allclose(model.predict_proba(X).sum(axis=1), 1)
    alone = models.logistic_regression(intercept=True, penalty=0.01).fit(X, y == "mid")
    assert_allclose(model.decision_function(X)[:, 1], alone.decision_function(X), atol=1e-12)
    assert model.score(X, y) > 0.7


def test_convolutions_see_squares() -> None:
    X, y = worlds.xray_image(side=16).draw(seed=1).rows(0, 60)
    model = models.convnet_classifier(epochs=3).fit(X, y)
    assert model.predict_proba(X[:7]).shape == (7, 2)
    assert models.convnet(epochs=3).fit(X, y).predict(X).shape == (60,)


@pytest.mark.parametrize("name", TRANSFERS)
def test_what_begins_with_source_tasks_says_that_rows_alone_have_none(name: str, numbers: Any, classes: Any) -> None:
    with pytest.raises(ValueError, match="no source tasks"):
        getattr(models, name)().fit(*labelled(name, numbers, classes))


@pytest.mark.parametrize("name", FITTED)
def test_a_pickle_answers_with_the_same_bits(name: str, numbers: Any, classes: Any) -> None:
    X, y = labelled(name, numbers, classes)
    few = {"epochs": 3} if "epochs" in getattr(models, name)().get_params() else {}
    model = getattr(models, name)(**few, **OPTIONS.get(name, {})).fit(X, y)
    for again in (pickle.loads(pickle.dumps(model)), copy.deepcopy(model)):
        assert_array_equal(again.predict(X), model.predict(X))
        assert repr(again.report_) == repr(model.report_)
    assert hasattr(model, "coef_") == (name.removesuffix("_classifier") not in [*NONLINEAR, "rule_list"])


@pytest.mark.parametrize("name", NONLINEAR)
def test_the_answer_to_a_row_does_not_depend_on_its_neighbours(name: str, numbers: Any) -> None:
    X, y = numbers
    few = {"epochs": 3} if "epochs" in getattr(models, name)().get_params() else {}
    model = getattr(models, name)(**few).fit(X, y)
    assert_allclose(np.concatenate([model.predict(X[[k]]) for k in range(20)]), model.predict(X)[:20], atol=1e-13)


def test_a_pickle_keeps_its_rows_when_the_user_changes_them(numbers: Any) -> None:
    X, y = numbers[0].copy(), numbers[1].copy()
    model = models.mlp(epochs=2).fit(X, y)
    before = model.predict(numbers[0])
    X[:], y[:] = 0, 0
    assert_array_equal(pickle.loads(pickle.dumps(model)).predict(numbers[0]), before)


def test_seeds_make_the_draws_and_without_one_they_are_always_the_same(numbers: Any) -> None:
    X, y = numbers
    generator, old = np.random.default_rng(1), np.random.RandomState(1)
    told = [models.random_features(random_state=seed).fit(X, y).predict(X + 1)
            for seed in (None, None, 1, 2, generator, generator, old, old)]
    assert_array_equal(told[0], told[1])
    for one, other in ((2, 3), (4, 5), (6, 7)):
        assert np.abs(told[one] - told[other]).max() > 1e-3


def test_bill_and_report_tell_what_it_took(numbers: Any) -> None:
    model = models.lasso().fit(*numbers)
    assert model.cost_.tuning_flops > model.cost_.fit_flops > 0
    assert model.cost_.cpu_seconds > 0
    assert model.report_.status == "converged" and model.report_.certificate <= 1e-6
    short = models.lasso(penalty=1e-4, iterations=1).fit(*numbers)
    assert short.report_.status == "iteration_limit" and short.report_.message


def test_a_fit_that_fails_numerically_warns_and_is_told() -> None:
    X = np.full((30, 4), 1e300)
    with pytest.warns(RuntimeWarning, match="the fit of mlp diverged"):
        assert models.mlp(epochs=2).fit(X, np.arange(30.0)).report_.status == "diverged"


def test_names_of_a_data_frame_are_kept_and_asked_for(numbers: Any) -> None:
    frame = pd.DataFrame(numbers[0], columns=[f"c{k}" for k in range(16)])
    model = models.ridge().fit(frame, numbers[1])
    assert model.feature_names_in_.tolist() == list(frame.columns)
    assert_array_equal(model.predict(frame), model.predict(numbers[0]))
    with pytest.raises(ValueError, match="Give the same, in the same order"):
        model.predict(frame[frame.columns[::-1]])


def test_a_model_is_fitted_anew_without_traces_of_the_last_fit(classes: Any) -> None:
    model = models.naive_bayes().fit(*classes)
    assert model.coef_.shape == (1, 16)
    assert not hasattr(model.set_params(variances="by_class").fit(*classes), "coef_")


# Experts.


def test_an_expert_sees_the_named_columns_alone(numbers: Any) -> None:
    X, y = numbers
    expert = models.expert([2, 5], models.least_squares()).fit(X, y)
    alone = models.least_squares().fit(X[:, [2, 5]], y)
    assert_array_equal(expert.predict(X), alone.predict(X[:, [2, 5]]))
    assert_array_equal(np.flatnonzero(expert.coef_), [2, 5])
    assert expert.intercept_ == alone.intercept_ and expert.cost_.fit_flops == alone.cost_.fit_flops
    blind = np.where(np.isin(np.arange(16), [2, 5]), X, 99.0)
    assert_array_equal(expert.predict(blind), expert.predict(X))


def test_an_expert_hands_weights_on(numbers: Any) -> None:
    X, y = numbers
    weights = np.linspace(0.5, 2.0, len(y))
    expert = models.expert([2, 5], models.ridge(penalty=0.1)).fit(X, y, sample_weight=weights)
    alone = models.ridge(penalty=0.1).fit(X[:, [2, 5]], y, sample_weight=weights)
    assert_array_equal(expert.predict(X), alone.predict(X[:, [2, 5]]))
    assert not np.array_equal(expert.predict(X), models.expert([2, 5], models.ridge(penalty=0.1)).fit(X, y).predict(X))
    with pytest.raises(ValueError, match="KNeighborsRegressor takes none"):
        models.expert([2, 5], KNeighborsRegressor()).fit(X, y, sample_weight=weights)


def test_an_expert_of_a_hybrid_advises_it(numbers: Any) -> None:
    X, y = numbers
    truth = worlds.sparse_linear(candidates=16, relevant=3).draw(seed=3)
    advised = models.expert(truth.relevant, models.hybrid(penalty=0.3, trust=1.0)).fit(X, y)
    alone = models.hybrid(penalty=0.3, trust=1.0).fit(X, y)
    assert advised.coef_.shape == (16,)
    assert truth.excess_risk(advised) < truth.excess_risk(alone)


def test_an_expert_is_an_estimator_of_whatever_kind_its_model_is(classes: Any) -> None:
    X, y = classes
    expert = models.expert([0, 1, 2], models.logistic_regression(intercept=True))
    assert is_classifier(expert) and is_regressor(models.expert([0], LinearRegression()))
    assert clone(expert).set_params(model__penalty=0.5).model.penalty == 0.5
    assert cross_val_score(make_pipeline(StandardScaler(), expert), X, y, cv=3).shape == (3,)
    fitted = expert.fit(pd.DataFrame(X, columns=[f"c{k}" for k in range(16)]), y)
    assert fitted.predict_proba(X).shape == (len(X), 2) and fitted.classes_.tolist() == [0, 1]
    assert not hasattr(models.expert([0], models.ridge()), "predict_proba")
    named = models.expert(["c0", "c1", "c2"], models.logistic_regression(intercept=True))
    frame = pd.DataFrame(X, columns=[f"c{k}" for k in range(16)])
    assert_array_equal(named.fit(frame, y).coef_, fitted.coef_)
    assert_array_equal(pickle.loads(pickle.dumps(fitted)).predict(X), fitted.predict(X))


# Arms.


def test_a_model_makes_a_native_arm_with_what_was_changed() -> None:
    assert models.lasso()._study_table() == {"model": "lasso"}
    assert models.lasso(penalty=0.1, random_state=3)._study_table() == {"model": "lasso", "penalty": 0.1}
    assert models.mlp_classifier(width=np.int64(8))._study_table() == {"model": "mlp", "loss": "logistic", "width": 8}
    study = quartic.Study("figure2").with_arm("x", models.lasso(penalty=0.1))
    assert study.to_dict()["arm"][-1] == {"name": "x", "model": "lasso", "penalty": 0.1}


def test_an_expert_who_is_told_counts_makes_an_arm() -> None:
    expert = models.expert({"correct": 8, "wrong": 2}, models.ridge(penalty="cv"))
    study = quartic.Study("figure2").with_arm("x", expert)
    assert study.to_dict()["arm"][-1]["expert"] == {"correct": 8, "wrong": 2}
    with pytest.raises(ValueError, match="an expert who names columns himself is no arm"):
        quartic.Study("figure2").with_arm("x", models.expert([1, 2], models.ridge()))


def test_a_study_takes_a_model_as_an_arm_of_python_too() -> None:
    study = quartic.Study("figure2", replicates=2, sizes=[20, 40]).with_arm(
        "x", quartic.arm(models.expert([0, 1], models.least_squares())))
    assert quartic.run(study).records.query("arm == 'x'")["status"].eq("converged").all()


# Without scikit-learn.


def test_all_of_it_works_without_scikit_learn() -> None:
    script = textwrap.dedent("""
        import sys
        sys.modules["sklearn"] = None
        import numpy as np
        from quartic import models, worlds
        X, y = worlds.sparse_linear(candidates=8, relevant=3).draw().rows(0, 60)
        model = models.lasso(penalty=0.1)
        assert model.get_params()["penalty"] == 0.1 and repr(model) == "lasso(penalty=0.1)", model
        assert model.set_params(penalty=0.2).fit(X, y).score(X, y) > 0.3
        expert = models.expert([0, 1], model)
        assert expert.get_params()["model__penalty"] == 0.2
        assert expert.set_params(model__penalty=0.01).fit(X, y).predict(X).shape == (60,)
        assert models.logistic_regression().fit(X, y > 0).score(X, y > 0) > 0.7
        try:
            models.lasso().predict(X)
        except ValueError as error:
            assert "not fitted" in str(error)
        try:
            model.set_params(penalti=1)
        except TypeError as error:
            assert "Did you mean penalties?" in str(error)
        import warnings
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            models.forward_selection().fit(X, y[:, None])
        assert "column-vector" in str(said[0].message)
        print("sound")
    """)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.stdout == "sound\n", done.stderr


# What they refuse.

X, Y = np.arange(20.0).reshape(10, 2) % 7, np.arange(10.0)
BAD: list[tuple[Callable[[], Any], type[Exception], str]] = [
    (lambda: models.lasso(penalti=0.1), TypeError, "lasso has no option 'penalti' .* Did you mean penalty?"),
    (lambda: models.lasso(0.1), TypeError, "positional argument"),
    (lambda: models.laso, AttributeError, "there is no model 'laso' .* Did you mean lasso?"),
    (lambda: models.lasso(penalty=-1.0).fit(X, Y), ValueError, 'penalty = -1 .* Give a number above 0 or "cv"'),
    (lambda: models.lasso(penalty="best").fit(X, Y), ValueError, 'one of "cv", "cv_1se", "theory"'),
    (lambda: models.lasso(penalty="theory_known").fit(X, Y), ValueError, "Run it in a study"),
    (lambda: models.lasso(folds=2.5).fit(X, Y), ValueError, 'option "folds" was given 2.5 .* whole number'),
    (lambda: models.lasso(folds=2**70).fit(X, Y), ValueError, "at most 63 bits.* Give a smaller one"),
    (lambda: models.ridge(penalty=None).fit(X, Y), TypeError, "options are bool, int, float or str"),
    (lambda: models.mlp(loss="logistic").fit(X, Y), ValueError, 'Use loss = "squared"'),
    (lambda: models.ridge().fit(X[:, 0], Y), ValueError, "Expected 2D array, got 1D array .* Reshape your data"),
    (lambda: models.ridge().fit(X, Y[:5]), ValueError, "X has 10 rows and y has 5 .* Give as many"),
    (lambda: models.ridge().fit(X, None), ValueError, "the target y is None .* Give y"),
    (lambda: models.ridge().fit(np.where(X == 1, np.nan, X), Y), ValueError, "X contains NaN .* Leave such rows out"),
    (lambda: models.ridge().fit(X, np.full(10, np.inf)), ValueError, "y contains infinity"),
    (lambda: models.ridge().fit(np.array([["a", "b"]] * 10), Y), ValueError, "dtype <U1 .* Convert them first"),
    (lambda: models.ridge().fit(np.array([[{}, 1]] * 10, dtype=object), Y), TypeError, "are no numbers .* Convert"),
    (lambda: models.ridge().fit(X + 1j, Y), ValueError, "Complex data not supported"),
    (lambda: models.ridge().fit(scipy.sparse.csr_matrix(X), Y), TypeError, "sparse matrix .* Give X.toarray"),
    (lambda: models.ridge().fit([[1, 2], [3]], [1, 2]), ValueError, "Give rows of one length"),
    (lambda: models.ridge().fit(X[:0], Y[:0]), ValueError, "Give rows"),
    (lambda: models.ridge().fit(X, Y, -np.ones(10)), ValueError, "negative weight"),
    (lambda: models.ridge().fit(X, Y).predict(X[:, :1]), ValueError, "X has 1 features, but ridge is expecting 2"),
    (lambda: models.ridge(random_state=-1).fit(X, Y), ValueError, "random_state is -1"),
    (lambda: models.ridge(random_state="a").fit(X, Y), TypeError, "random_state was given 'a'"),
    (lambda: models.logistic_regression().fit(X, Y / 3), ValueError, "Unknown label type: continuous .* take a regre"),
    (lambda: models.logistic_regression().fit(X, Y * 0), ValueError, "one class alone, 0.0 .* rows of two classes"),
    (lambda: models.convnet().fit(X, Y), ValueError, "2 columns .* no square number"),
    (lambda: models.random_features(features=10**9).fit(X, Y), MemoryError, "Make the model smaller"),
    (lambda: models.expert([5], models.ridge()).fit(X, Y), ValueError, "column 5 does not exist .X has 2"),
    (lambda: models.expert([0, 0], models.ridge()).fit(X, Y), ValueError, "Name each once"),
    (lambda: models.expert(["a"], models.ridge()).fit(X, Y), ValueError, "there is no column 'a'"),
    (lambda: models.expert(3, models.ridge()).fit(X, Y), TypeError, r"Write \[3\]"),
    (lambda: models.expert({"correct": 9}, models.ridge()).fit(X, Y), ValueError, "only a study knows"),
    (lambda: models.expert([0], models.ridge()).predict(X), ValueError, "not fitted yet .* Call fit first"),
]


@pytest.mark.parametrize("number", range(len(BAD)))
def test_a_bad_call_is_told_what_to_do(number: int) -> None:
    call, kind, text = BAD[number]
    with pytest.raises(kind, match=text):
        call()


def test_ten_thousand_nasty_calls_leave_the_interpreter_alive() -> None:
    script = Path(__file__).with_name("nasty_calls.py")
    done = subprocess.run([sys.executable, "-X", "faulthandler", str(script), "10000"], capture_output=True, text=True,
                          check=False, timeout=300)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    assert "nothing" in done.stdout  # some of them do what was asked
