"""Estimators that tell classes apart."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from . import _estimator_base as _base
from . import _inputs
from ._catalogue import plain
from ._estimators import Estimator
from ._inputs import Array


class Classifier(Estimator):
    """Tells classes apart; more than two by one rule each, against all others."""

    _tells_classes = True

    def fit(self, X: Any, y: Any) -> Any:
        """Learns from rows and their classes.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
            Rows; finite numbers.
        y : array-like of shape (n_samples,)
            The class of each: whole numbers or texts, two or more of them. Of more than two each has a rule of its own,
            which tells it from all others.

        Returns
        -------
        self
            Fitted.

        Raises
        ------
        ValueError
            For arrays of other shapes, NaN, one class alone, and options that there are not. A fit that fails
            numerically raises nothing: see `report_`.

        Examples
        --------
        >>> from quartic import models
        >>> X, y = [[0.0], [1.0], [2.0], [3.0]], ["no", "yes", "no", "yes"]
        >>> model = models.perceptron().fit(X, y)
        >>> model.classes_.tolist()
        ['no', 'yes']
        """
        return self._learn(X, y)

    def decision_function(self, X: Any) -> Array:
        """The scores of rows: which class they incline to, and how far.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
            Rows of the columns that it was fitted on.

        Returns
        -------
        numpy.ndarray
            Of two classes one score a row, above 0 for the second; of more, one a row and class.

        Examples
        --------
        >>> from quartic import models
        >>> X, y = [[0.0], [1.0], [2.0], [3.0]], ["no", "yes", "no", "yes"]
        >>> model = models.perceptron().fit(X, y)
        >>> model.decision_function(X).shape
        (4,)
        """
        scores = self._scores(X)
        return scores if len(self.classes_) > 2 else scores[:, 0]

    def predict(self, X: Any) -> Array:
        """The classes that the fitted rule answers.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
            Rows of the columns that it was fitted on.

        Returns
        -------
        numpy.ndarray
            One of `classes_` a row.

        Examples
        --------
        >>> from quartic import models
        >>> X, y = [[0.0], [1.0], [2.0], [3.0]], ["no", "yes", "no", "yes"]
        >>> model = models.logistic_regression(intercept=True).fit(X, y)
        >>> model.predict([[9.0]]).tolist()
        ['yes']
        """
        scores = self.decision_function(X)
        return np.asarray(self.classes_[scores.argmax(axis=1) if scores.ndim == 2 else (scores > 0).astype(int)])

    def _targets(self, y: Any, rows: int) -> list[Array]:
        self.classes_, numbers = _inputs.classes_of(y, type(self).__name__, rows)
        wanted = range(len(self.classes_)) if len(self.classes_) > 2 else [1]
        return [(numbers == number).astype(float) for number in wanted]


class Probabilities(Classifier):
    """A classifier whose scores are log odds."""

    def predict_proba(self, X: Any) -> Array:
        """The probability of each class.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
            Rows of the columns that it was fitted on.

        Returns
        -------
        numpy.ndarray
            Rows x classes; of more than two classes those of each rule, scaled to the sum 1.

        Examples
        --------
        >>> from quartic import models
        >>> X, y = [[0.0], [1.0], [2.0], [3.0]], ["no", "yes", "no", "yes"]
        >>> model = models.logistic_regression(intercept=True).fit(X, y)
        >>> model.predict_proba(X).shape
        (4, 2)
        """
        scores = self._scores(X)
        chances = 1 / (1 + np.exp(-np.clip(scores, -700, 700)))
        if len(self.classes_) == 2:
            return np.column_stack([1 / (1 + np.exp(np.clip(scores, -700, 700))), chances])
        return np.asarray(chances / chances.sum(axis=1, keepdims=True))


class Sparse:
    """A classifier by linear rules, whose coefficients may be kept as those that are not 0."""

    def sparsify(self) -> Any:
        """Turns `coef_` into a sparse matrix of scipy; what is predicted stays as it is.

        Returns
        -------
        self
            With `coef_` a scipy.sparse.csr_matrix.

        Raises
        ------
        NotFittedError
            Before fit.

        Examples
        --------
        >>> from quartic import models
        >>> X, y = [[0.0], [1.0], [2.0], [3.0]], ["no", "yes", "no", "yes"]
        >>> models.logistic_regression(intercept=True).fit(X, y).sparsify().coef_.nnz
        1
        """
        from scipy import sparse

        self.coef_ = sparse.csr_matrix(self._fitted_coefficients())
        return self

    def densify(self) -> Any:
        """Turns `coef_` into an array again.

        Returns
        -------
        self
            With `coef_` a numpy.ndarray.

        Raises
        ------
        NotFittedError
            Before fit.

        Examples
        --------
        >>> from quartic import models
        >>> X, y = [[0.0], [1.0], [2.0], [3.0]], ["no", "yes", "no", "yes"]
        >>> models.logistic_regression(intercept=True).fit(X, y).sparsify().densify().coef_.shape
        (1, 1)
        """
        coefficients = self._fitted_coefficients()
        self.coef_ = coefficients if isinstance(coefficients, np.ndarray) else coefficients.toarray()
        return self

    def _fitted_coefficients(self) -> Any:
        if not hasattr(self, "coef_"):
            raise _base.NotFittedError(f"this {type(self).__name__} is not fitted yet (it has learned nothing). Call "
                                       "fit first.")
        return self.coef_


class Weighed(Probabilities):
    """A classifier by likelihood: rows, and classes, may count unequally."""

    class_weight: Any

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> Any:
        """Learns from rows and their classes.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
            Rows; finite numbers.
        y : array-like of shape (n_samples,)
            The class of each: whole numbers or texts, two or more of them. Of more than two each has a rule of its own,
            which tells it from all others.
        sample_weight : array-like of shape (n_samples,), optional
            How often each row counts, relative to the others; times its `class_weight`.

        Returns
        -------
        self
            Fitted.

        Raises
        ------
        ValueError
            For arrays of other shapes, NaN, negative weights, one class alone, and options that there are not. A fit
            that fails numerically raises nothing: see `report_`.

        Examples
        --------
        >>> from quartic import models
        >>> X, y = [[0.0], [1.0], [2.0], [3.0]], ["no", "yes", "no", "yes"]
        >>> model = models.logistic_regression(intercept=True).fit(X, y)
        >>> bool(model.intercept_ < models.logistic_regression(intercept=True).fit(X, y, [1, 5, 1, 5]).intercept_)
        True
        """
        return self._learn(X, y, sample_weight)

    def _weighed(self, rows: Array, targets: list[Array],
                 weights: Array | None) -> tuple[Array, list[Array], Array | None]:
        numbers = targets[0].astype(int) if len(targets) == 1 else np.argmax(targets, axis=0)
        if self.class_weight is not None:
            weights = np.ones(len(rows)) if weights is None else weights
            counts = np.bincount(numbers[weights > 0], minlength=len(self.classes_))
            weights = weights * self._class_weights(counts)[numbers]
        if weights is not None:
            for number, name in enumerate(self.classes_.tolist()):
                if not (weights[numbers == number] > 0).any():
                    raise ValueError(f"sample_weight or class_weight leaves no row of the class {name!r} (it cannot be "
                                     "told from others). Give a row of it a weight above 0, or leave its rows out.")
        return super()._weighed(rows, targets, weights)

    def _class_weights(self, counts: Array) -> Array:
        """A factor for each class, of which there are so many rows of weight above 0; the largest is 1."""
        given, classes = self.class_weight, self.classes_.tolist()
        if isinstance(given, str) and given == "balanced":
            return np.asarray(1 / np.maximum(counts, 1))
        if not isinstance(given, Mapping):
            shown = repr(given) if isinstance(given, (str, int, float)) else f"as {type(given).__name__}"
            raise ValueError(f'class_weight was given {shown} (it is a weight for each class, or "balanced"). Write '
                             f"{{{classes[0]!r}: 1, {classes[1]!r}: 2}}, or None.")
        unknown = [one for one in given if one not in classes]
        if unknown and len(given) - len(unknown) < len(classes):
            raise ValueError(f"class_weight names {unknown[0]!r} (the classes are {', '.join(map(repr, classes[:5]))}"
                             f"{', ...' if len(classes) > 5 else ''}). Name these.")
        factors = []
        for name in classes:
            factor = plain(given.get(name, 1.0))
            if isinstance(factor, str) or not isinstance(factor, (int, float)) or not 0 <= factor < math.inf:
                raise ValueError(f"the class {name!r} has the class_weight {factor!r} (a weight is how much a class "
                                 "counts). Give a number of 0 or more.")
            factors.append(float(factor))
        return np.array(factors) / (max(factors) or 1.0)

    def _study_table(self) -> dict[str, Any]:
        if self.class_weight is not None:
            raise ValueError("a model with class_weight is no arm by its name (studies count all rows alike). Write "
                             "quartic.arm(model, flops=lambda fitted, rows, columns: fitted.cost_.fit_flops), or leave "
                             "class_weight out.")
        return super()._study_table()
