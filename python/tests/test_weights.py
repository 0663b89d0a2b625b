"""Weights: of rows, and of classes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from conftest import labelled
from numpy.testing import assert_allclose, assert_array_equal
from sklearn.base import clone
from sklearn.linear_model import Lasso, LinearRegression, LogisticRegression
from sklearn.utils.class_weight import compute_sample_weight

import quartic
from quartic import models


@pytest.mark.parametrize("intercept", [False, True])
def test_weights_weigh_squared_errors(numbers: Any, intercept: bool) -> None:
    X, y = numbers
    weights = np.random.default_rng(1).uniform(0, 3, len(y))
    reference = LinearRegression(fit_intercept=intercept).fit(X, y, weights)
    here = models.least_squares(intercept=intercept).fit(X, y, weights)
    assert_allclose(here.coef_, reference.coef_, atol=1e-10)
    assert_allclose(here.intercept_, reference.intercept_, atol=1e-10)
    roots = np.sqrt(weights / weights.mean())
    shrunk = models.ridge(penalty=0.1).fit(X, y, weights)
    scaled = models.ridge(penalty=0.1).fit(X * roots[:, None], y * roots)
    assert_allclose(shrunk.coef_, scaled.coef_, atol=1e-12)
    roots_and_products = 3 * len(y) + X.size + len(y)
    assert shrunk.cost_.fit_flops == scaled.cost_.fit_flops + roots_and_products


def test_weights_of_logistic_regression_are_those_of_scikit_learn(classes: Any) -> None:
    X, y = classes
    weights = np.random.default_rng(1).uniform(0, 3, len(y)) * (np.arange(len(y)) % 7 > 0)
    here = models.logistic_regression(penalty=0.1, intercept=True).fit(X, y, weights)
    reference = LogisticRegression(C=1 / (0.1 * weights.sum()), tol=1e-10, solver="newton-cholesky").fit(X, y, weights)
    assert_allclose(here.coef_, reference.coef_, atol=1e-6)
    assert_allclose(here.intercept_, reference.intercept_, atol=1e-6)


@pytest.mark.parametrize("class_weight", ["balanced", {0: 3, 1: 0.5}, {1: 4}])
def test_class_weights_are_those_of_scikit_learn(classes: Any, class_weight: Any) -> None:
    X, y = classes
    total = compute_sample_weight(class_weight, y).sum()
    here = models.logistic_regression(penalty=0.1, class_weight=class_weight).fit(X, y)
    reference = LogisticRegression(C=1 / (0.1 * total), class_weight=class_weight, fit_intercept=False, tol=1e-10,
                                   solver="newton-cholesky").fit(X, y)
    assert_allclose(here.coef_, reference.coef_, atol=1e-6)


def test_balanced_classes_keep_what_rows_weigh_beside(classes: Any) -> None:
    X, y = classes
    weights = np.where(y > 0, 5.0, 1.0)
    total = (weights * compute_sample_weight("balanced", y)).sum()
    here = models.logistic_regression(penalty=0.1, class_weight="balanced").fit(X, y, weights)
    reference = LogisticRegression(C=1 / (0.1 * total), class_weight="balanced", fit_intercept=False, tol=1e-10,
                                   solver="newton-cholesky").fit(X, y, weights)
    assert_allclose(here.coef_, reference.coef_, atol=1e-6)


@pytest.mark.parametrize("name", ["least_squares", "ridge", "lasso", "logistic_regression"])
def test_only_ratios_of_weights_matter_however_large(name: str, numbers: Any, classes: Any) -> None:
    X, y = labelled(name, numbers, classes)
    weights = np.random.default_rng(1).uniform(1, 2, len(y))
    model = getattr(models, name)(**({} if name == "least_squares" else {"penalty": 0.1}), intercept=True)
    usual = clone(model).fit(X, y, weights)
    assert_allclose(clone(model).fit(X, y, 8e307 * weights).coef_, usual.coef_, atol=1e-9)
    assert_allclose(clone(model).fit(X, y, 1e-300 * weights).coef_, usual.coef_, atol=1e-9)
    assert usual.report_.parameters == clone(model).fit(X, y).report_.parameters


@pytest.mark.parametrize(("name", "penalty"), [("lasso", "cv"), ("lasso", "cv_1se"), ("ridge", "cv"), ("ridge", "loo")])
def test_weights_beside_an_intercept_are_refused_where_rows_are_held_out(name: str, penalty: str, numbers: Any) -> None:
    X, y = numbers
    weights = np.random.default_rng(1).uniform(1, 2, len(y))
    with pytest.raises(ValueError, match="part in the intercept"):
        getattr(models, name)(penalty=penalty, intercept=True).fit(X, y, weights)
    nearly = np.ones(len(y))
    nearly[0] += 1e-12
    model = getattr(models, name)(penalty=penalty)
    assert_allclose(model.fit(X, y, nearly).coef_, clone(model).fit(X, y).coef_, atol=1e-6)


def test_rows_that_are_alike_but_for_their_weights_are_folded_alike() -> None:
    rng = np.random.default_rng(1)
    X = rng.normal(size=(30, 20))
    y = X[:, 0] + rng.normal(size=30)
    X, y, weights = np.vstack([X, X]), np.concatenate([y, y]), np.repeat([1.0, 9.0], 30)
    first = models.lasso().fit(X, y, weights).coef_
    for _ in range(5):
        order = rng.permutation(60)
        assert_array_equal(models.lasso().fit(X[order], y[order], weights[order]).coef_, first)


def test_a_class_without_weight_is_named(classes: Any) -> None:
    X, y = classes
    three = np.arange(len(y)) % 3
    with pytest.raises(ValueError, match="leaves no row of the class 1"):
        models.logistic_regression().fit(X, three, (three != 1) * 1.0)


def test_class_weights_of_three_classes_weigh_rows_by_their_own_class(classes: Any) -> None:
    X, y = classes
    y = y + (X[:, 0] > 0.5)
    weights = np.choose(y, [1.0, 2.0, 0.25])
    by_class = models.logistic_regression(penalty=0.1, class_weight={1: 2.0, 2: 0.25}).fit(X, y)
    assert_array_equal(by_class.coef_, models.logistic_regression(penalty=0.1).fit(X, y, weights).coef_)


def test_class_weights_are_refused_where_they_name_no_class(classes: Any) -> None:
    X, y = classes
    for wrong, words in [({"yes": 1, "no": 2}, "names 'yes'"), ("even", "class_weight was given"), ({0: -1}, "class 0 has the class_weight -1"),
                         ({0: 0}, "leaves no row of the class 0"), ({0: np.nan}, "class_weight nan"),
                         ({1: "2"}, "class_weight '2'"), (np.ones(2), "given as ndarray")]:
        with pytest.raises(ValueError, match=words):
            models.logistic_regression(class_weight=wrong).fit(X, y)
    with pytest.raises(ValueError, match="is no arm"):
        quartic.Study("figure2").with_arm("mine", models.logistic_regression(class_weight="balanced"))


def test_folds_of_the_lasso_do_not_depend_on_the_order_of_rows(numbers: Any) -> None:
    X, y = numbers
    X, y = np.round(X), np.round(y)  # rows have few numbers, and many in common
    order = np.random.default_rng(2).permutation(len(y))
    assert_array_equal(models.lasso().fit(X, y).coef_, models.lasso().fit(X[order], y[order]).coef_)


def test_weights_of_the_lasso_scale_rows_and_their_errors_in_folds(numbers: Any) -> None:
    X, y = numbers
    weights = np.random.default_rng(1).uniform(0.5, 2, len(y))
    reference = Lasso(alpha=0.05, fit_intercept=True, tol=1e-12).fit(X, y, weights)
    here = models.lasso(penalty=0.05, intercept=True, tolerance=1e-12).fit(X, y, weights)
    assert_allclose(here.coef_, reference.coef_, atol=1e-6)
    assert_allclose(here.intercept_, reference.intercept_, atol=1e-6)
    noisy = y + 20 * np.random.default_rng(3).normal(size=len(y)) * (np.arange(len(y)) < 40)
    sure = np.where(np.arange(len(y)) < 40, 1e-6, 1.0)
    assert np.abs(models.lasso().fit(X, noisy, sure).coef_ - models.lasso().fit(X[40:], y[40:]).coef_).max() < 0.1
