"""Experts: who see some of the columns only."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import Any

import numpy as np

from . import _estimator_base as _base
from . import _inputs
from ._catalogue import plain
from ._estimators import Estimator, require_same_columns
from ._inputs import Array


class Expert:
    """A model that sees some of the columns only, as an expert names them.

    A model that takes advice, ``hybrid`` or ``hybrid_network``, sees all columns, and is told which of them are named.

    Parameters
    ----------
    columns : sequence of int or str
        The columns that the expert names: numbers, counted from 0, or names of a data frame. For an arm of a study a
        mapping, as there: ``{"correct": 9, "wrong": 1}``; such an expert cannot be fitted, since only a study knows
        which columns are right.
    model : estimator
        Any; a fresh copy is fitted.

    Attributes
    ----------
    model_ : estimator
        The copy that was fitted, on the named columns.
    columns_ : numpy.ndarray of int
        The named columns.
    coef_ : numpy.ndarray
        Those of the model at their columns, and 0 elsewhere; of linear rules.

    Examples
    --------
    >>> from quartic import models, worlds
    >>> truth = worlds.sparse_linear(candidates=50, relevant=3).draw(seed=1)
    >>> X, y = truth.rows(0, 30)
    >>> expert = models.expert(truth.relevant[:2], models.least_squares()).fit(X, y)
    >>> bool(truth.excess_risk(expert) > 0.9)  # one of three columns, each of variance 1, is not known
    True
    """

    _passed = ("classes_", "cost_", "intercept_", "report_")
    _asked = ("decision_function", "predict_proba")

    def __init__(self, columns: Any, model: Any) -> None:
        self.columns = columns
        self.model = model

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> Any:
        """Fits a copy of the model on the named columns, or on all where it takes advice.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
            Rows of all columns.
        y : array-like of shape (n_samples,)
            Labels, as the model takes them.
        sample_weight : array-like of shape (n_samples,), optional
            How much each row counts, of models whose ``fit`` takes it.

        Returns
        -------
        self
            Fitted.

        Raises
        ------
        ValueError
            For columns that X has not, and for weights beside a model that takes none.

        Examples
        --------
        >>> from quartic import models
        >>> models.expert([1], models.ridge()).fit([[1.0, 2.0], [2.0, 3.0]], [1.0, 2.0]).columns_.tolist()
        [1]
        """
        rows, names = _inputs.rows_of(X), _inputs.names_of(X)
        self.columns_ = _numbers_of_columns(self.columns, rows.shape[1], names)
        self.n_features_in_ = rows.shape[1]
        if names is not None:
            self.feature_names_in_ = names
        self.model_ = _base.copy_of(self.model)
        self.advises_ = isinstance(self.model_, Estimator) and self.model_._takes_advice()
        weights = {} if sample_weight is None else {"sample_weight": sample_weight}
        if weights and "sample_weight" not in inspect.signature(self.model_.fit).parameters:
            raise ValueError(f"sample_weight was given, and {type(self.model_).__name__} takes none (all rows count alike "
                             "there). Leave it out, or take a model whose fit has it.")
        if self.advises_:
            self.model_._learn(rows, y, sample_weight, named=sorted(self.columns_.tolist()))
        else:
            self.model_.fit(rows[:, self.columns_], y, **weights)
        return self

    def predict(self, X: Any) -> Array:
        """What the model answers.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
            Rows of all columns.

        Returns
        -------
        numpy.ndarray
            One answer a row.

        Examples
        --------
        >>> from quartic import models
        >>> model = models.expert([1], models.least_squares()).fit([[1.0, 2.0], [7.0, 4.0]], [2.0, 4.0])
        >>> model.predict([[0.0, 3.0]]).round(2).tolist()
        [3.0]
        """
        return np.asarray(self._fitted().predict(self._seen(X)))

    def score(self, X: Any, y: Any) -> float:
        """The score of the model: R^2 of numbers, the share of right answers of classes.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
            Rows of all columns.
        y : array-like of shape (n_samples,)
            Labels.

        Returns
        -------
        float
            At most 1.

        Examples
        --------
        >>> from quartic import models
        >>> X, y = [[1.0, 2.0], [7.0, 4.0]], [2.0, 4.0]
        >>> round(models.expert([1], models.least_squares()).fit(X, y).score(X, y), 2)
        1.0
        """
        return float(self._fitted().score(self._seen(X), y))

    @property
    def coef_(self) -> Array:
        """One coefficient a column of X: 0 for those that are not named."""
        kept = self._fitted().coef_
        coefficients = np.asarray(kept.toarray() if hasattr(kept, "toarray") else kept)
        if self.advises_:
            return coefficients
        whole = np.zeros((*coefficients.shape[:-1], self.n_features_in_))
        whole[..., self.columns_] = coefficients
        return whole

    def _fitted(self) -> Any:
        if "model_" not in self.__dict__:
            raise _base.NotFittedError("this expert is not fitted yet (it has learned nothing). Call fit first.")
        return self.model_

    def _seen(self, X: Any) -> Array:
        rows = _inputs.rows_of(X)
        require_same_columns(self, rows.shape[1], _inputs.names_of(X))
        return rows if self.advises_ else rows[:, self.columns_]

    def __getattr__(self, name: str) -> Any:
        """What the model has, and not every model."""
        own = self.__dict__
        if name == "_estimator_type" and "model" in own:
            return getattr(own["model"], name)
        if name in self._passed and "model_" in own:
            return getattr(own["model_"], name)
        if name in self._asked and hasattr(own.get("model_", own.get("model")), name):
            return lambda X: getattr(self._fitted(), name)(self._seen(X))
        raise AttributeError(f"{type(self).__name__} has no attribute {name!r}")

    def _study_table(self) -> dict[str, Any]:
        """The keys of an arm of a study."""
        table = getattr(self.model, "_study_table", None)
        if not isinstance(self.columns, Mapping) or table is None:
            raise ValueError("an expert who names columns himself is no arm (each replicate of a study has other "
                             "relevant columns, and an expert there is told how many he has right). Write "
                             'expert({"correct": 9, "wrong": 1}, model) with one of quartic.models, or '
                             "quartic.arm(expert(...)) where columns stay the same.")
        return {**table(), "expert": dict(self.columns)}


def _numbers_of_columns(columns: Any, count: int, names: _inputs.Names) -> Array:
    """The columns that are meant, as distinct numbers from 0 to count - 1."""
    if isinstance(columns, Mapping):
        raise ValueError(f"the expert is {dict(columns)} (only a study knows which columns are right). Name columns, "
                         "such as truth.relevant[:9], or make it an arm of a study.")
    try:
        listed = [plain(one) for one in ([columns] if isinstance(columns, str) else columns)]
    except TypeError:
        raise TypeError(f"columns was given {columns!r} (an expert names a list of columns). Write "
                        f"[{columns!r}].") from None
    known = {} if names is None else {name: number for number, name in enumerate(names)}
    numbers = [known.get(one, one) if isinstance(one, str) else one for one in listed]
    for number in numbers:
        if isinstance(number, str):
            raise ValueError(f"there is no column {number!r} (X has {', '.join(known) or 'no names'}). Name one of "
                             "these, or give numbers.")
        if isinstance(number, bool) or not isinstance(number, int):
            raise TypeError(f"column {number!r} is no column (it is a whole number, counted from 0, or a name). Give "
                            "one.")
        if not 0 <= number < count:
            raise ValueError(f"column {number} does not exist (X has {count}, counted from 0). Name one of these.")
    if not numbers or len(set(numbers)) < len(numbers):
        raise ValueError("columns names none, or one of them twice (an expert sees each once). Name each once.")
    return np.array(numbers)
