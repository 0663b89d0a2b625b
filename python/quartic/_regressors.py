"""Estimators that learn numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from . import _inputs
from ._catalogue import plain
from ._estimators import Estimator, _Rule
from ._inputs import Array


class Regressor(Estimator):
    """Learns numbers, one a row."""

    def fit(self, X: Any, y: Any) -> Any:
        """Learns from rows and their answers.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
            Rows; finite numbers.
        y : array-like of shape (n_samples,)
            The answer to each.

        Returns
        -------
        self
            Fitted.

        Raises
        ------
        ValueError
            For arrays of other shapes, NaN, and options that there are not. A fit that fails numerically raises
            nothing: see `report_`.

        Examples
        --------
        >>> from quartic import models
        >>> models.lasso(penalty=1e-6).fit([[1.0], [2.0], [4.0]], [2.0, 4.0, 8.0]).coef_.round(2).tolist()
        [2.0]
        """
        return self._learn(X, y)

    def predict(self, X: Any) -> Array:
        """The answers that the fitted rule gives.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
            Rows of the columns that it was fitted on.

        Returns
        -------
        numpy.ndarray
            One a row.

        Examples
        --------
        >>> from quartic import models
        >>> models.least_squares().fit([[1.0], [2.0]], [2.0, 4.0]).predict([[5.0]]).round(2).tolist()
        [10.0]
        """
        scores = self._scores(X)
        return scores if self._several else scores[:, 0]

    _several = False  # whether y had two dimensions

    def _targets(self, y: Any, rows: int) -> list[Array]:
        return [_inputs.numbers_of(y, type(self).__name__, rows, several=False)]

    def _linear(self) -> tuple[Array, Any]:
        coefficients, intercepts = super()._linear()
        return (coefficients, intercepts) if self._several else (coefficients[0], float(intercepts[0]))


class Squares(Regressor):
    """What minimises squared errors: rows may be weighted, and several answers learned at once."""

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> Any:
        """Learns from rows and their answers.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
            Rows; finite numbers.
        y : array-like of shape (n_samples,) or (n_samples, n_outputs)
            The answer to each; several answers are learned one by one.
        sample_weight : array-like of shape (n_samples,), optional
            How much each squared error counts, relative to the others; in folds of cross-validation, too, which have
            no intercept then.

        Returns
        -------
        self
            Fitted.

        Raises
        ------
        ValueError
            For arrays of other shapes, NaN, negative weights, weights beside an intercept where rows are held out to
            choose the penalty, and options that there are not. A fit that fails numerically raises
            nothing: see `report_`.

        Examples
        --------
        >>> from quartic import models
        >>> models.least_squares().fit([[1.0], [2.0], [4.0]], [2.0, 4.0, 8.0]).coef_.round(2).tolist()
        [2.0]
        """
        return self._learn(X, y, sample_weight)

    def _targets(self, y: Any, rows: int) -> list[Array]:
        numbers = _inputs.numbers_of(y, type(self).__name__, rows, several=True)
        self._several = numbers.ndim == 2
        return list(np.ascontiguousarray(np.atleast_2d(numbers.T)))

    def _rule(self, rows: Array, target: Array, weights: Array | None, named: Sequence[int] | None,
              **options: Any) -> _Rule:
        """sum w (y - x'b)^2 is the sum of squares of rows and answers times sqrt(w)."""
        if self._validates("cv"):
            order = _order_by_content(rows, target, weights)
            rows, target, weights = rows[order], target[order], None if weights is None else weights[order]
        if weights is None:
            return super()._rule(rows, target, None, named, **options)
        middle, mean, n, columns = np.zeros(rows.shape[1]), 0.0, len(rows), rows.shape[1]
        has_intercept = plain(getattr(self, "intercept")) is True
        if has_intercept:
            if self._validates("cv", "loo"):
                raise ValueError(f"sample_weight was given beside intercept=True and penalty={getattr(self, 'penalty')!r} "
                                 "(the rows held out would have their part in the intercept). Give a number as penalty, "
                                 "leave the intercept out and centre the columns, or leave the weights out.")
            middle, mean = np.average(rows, axis=0, weights=weights), float(np.average(target, weights=weights))
        roots = np.sqrt(weights / weights.mean())
        rule = super()._rule((rows - middle) * roots[:, None], (target - mean) * roots, None, named,
                             **options, intercept=False)
        rule.intercept = mean - float(middle @ np.asarray(rule.coefficients))
        weighing = 3 * n + n * (columns + 1) + has_intercept * ((3 * n + 1) * (columns + 1) + 2 * columns)
        rule.report = {**rule.report, "fit_flops": rule.report["fit_flops"] + weighing,
                       "parameters": rule.report["parameters"] + has_intercept}
        return rule

    def _validates(self, *ways: str) -> bool:
        """Whether rows are held out to choose the penalty, in one of these ways."""
        return str(getattr(self, "penalty", "")).startswith(ways)


def _order_by_content(rows: Array, target: Array, weights: Array | None) -> Array:
    """An order of rows, as if shuffled, that only the numbers in each row and its label decide (SplitMix64 of them).

    Folds go by the place of a row: so they do not depend on the order in which rows were given, and one of weight 0 is
    as good as none. Of rows that are alike the lightest comes first.
    """
    block = 1 + 2**20 // (rows.shape[1] + 1)
    keys = [np.zeros(0, dtype=np.uint64)]
    for first in range(0, len(rows), block):
        numbers = np.column_stack([rows[first:first + block], target[first:first + block]]) + 0.0  # no -0
        mixed = numbers.view(np.uint64) + np.arange(numbers.shape[1], dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        keys.append((mixed ^ (mixed >> np.uint64(31))).sum(axis=1, dtype=np.uint64))
    return np.asarray(np.lexsort((np.zeros(len(rows)) if weights is None else weights, np.concatenate(keys))))
