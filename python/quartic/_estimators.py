"""Estimators: what is made of a model of the catalogue, so that scikit-learn takes it for one of its own."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from . import _estimator_base as _base
from . import _inputs, _native
from ._catalogue import Option, changed, plain
from ._inputs import Array
from ._run import STATUSES

KINDS = _native.Kinds()


@dataclass(frozen=True)
class Cost:
    """The bill of a fit.

    Attributes
    ----------
    fit_flops : float
        Floating-point operations of the fit itself.
    tuning_flops : float
        Of everything spent on choosing it: folds, grids, restarts.
    cpu_seconds : float
        CPU time.

    Examples
    --------
    >>> from quartic import models
    >>> models.least_squares().fit([[1.0], [2.0]], [2.0, 4.0]).cost_.tuning_flops
    0.0
    """

    fit_flops: float
    tuning_flops: float
    cpu_seconds: float


@dataclass(frozen=True)
class Report:
    """How a fit ended.

    Attributes
    ----------
    status : str
        "converged", "iteration_limit", "diverged", "separated" (classes without a finite best rule) or "failed".
    iterations : int
        Of whatever the model counts.
    certificate : float
        Proof of optimality, such as a relative duality gap; NaN where there is none.
    parameters : int
        Free parameters of the fitted model.
    message : str
        What else there is to say.

    Examples
    --------
    >>> from quartic import models
    >>> models.least_squares().fit([[1.0], [2.0]], [2.0, 4.0]).report_.status
    'converged'
    """

    status: str
    iterations: int
    certificate: float
    parameters: int
    message: str


@dataclass(frozen=True)
class _Recipe:
    """All that a fit depends on."""

    kind: str
    options: Mapping[str, Any]
    named: Sequence[int] | None
    x: Array
    y: Array
    classes: bool
    seed: int

    def fit(self) -> Any:
        model = _native.Model(KINDS, self.kind, dict(self.options))
        if self.named is not None:
            model = model.advised(list(self.named))
        return model.fit(self.x, self.y, self.classes, self.seed)


# Networks reckon in single precision by tiles of rows: in whole tiles a row's score does not depend on its neighbours.
_TILE = 64


class _Rule:
    """What was learned: the numbers of a linear rule; any other is kept by the compiled module.

    A pickle of the latter holds its training rows, from which it is learned anew, to the same bits, when it is asked.
    """

    def __init__(self, recipe: _Recipe) -> None:
        fit = recipe.fit()
        self.report: dict[str, Any] = fit.report
        self.coefficients: Array | None = fit.coefficients
        self.intercept = float(fit.intercept)
        is_linear = self.coefficients is not None
        self._fit = None if is_linear else fit
        self._recipe = None if is_linear else replace(recipe, x=recipe.x.copy(), y=recipe.y.copy())

    def score(self, x: Array) -> Array:
        if self.coefficients is not None:
            return np.asarray(x @ self.coefficients + self.intercept)
        if self._fit is None and self._recipe is not None:
            self._fit = self._recipe.fit()
        tiles = np.zeros((-(-len(x) // _TILE) * _TILE, x.shape[1]))
        tiles[:len(x)] = x
        return np.asarray(self._fit.score(tiles)[:len(x)])  # type: ignore[union-attr]

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_fit": None}

    def __deepcopy__(self, memo: Any) -> _Rule:
        return self


def _seed(random_state: Any) -> int:
    """A seed from whatever scikit-learn takes; without one always the same."""
    if random_state is None:
        return 1
    if isinstance(random_state, np.random.RandomState):
        return int(random_state.randint(2**31 - 1))
    if isinstance(random_state, np.random.Generator):
        return int(random_state.integers(2**63))
    if isinstance(random_state, bool) or not hasattr(random_state, "__index__"):
        raise TypeError(f"random_state was given {random_state!r} (it is a whole number, a generator of numpy, or "
                        "None). Give one of these.")
    if not 0 <= int(random_state) < 2**64:
        raise ValueError(f"random_state is {random_state} (a seed is a whole number from 0 to 2^64 - 1). Give one.")
    return int(random_state)


def _together(reports: Sequence[Mapping[str, Any]]) -> tuple[Report, Cost]:
    """One report and one bill for all rules of an estimator: the worst status, sums of costs."""
    worst = max(reports, key=lambda report: STATUSES.index(report["status"]))
    report = Report(worst["status"], max(int(one["iterations"]) for one in reports),
                    float(max(one["certificate"] for one in reports)), sum(int(one["parameters"]) for one in reports),
                    worst["message"])
    return report, Cost(*(float(sum(one[name] for one in reports)) for name in Cost.__dataclass_fields__))


class Estimator:
    """What estimators of the catalogue have in common."""

    _kind: str
    _options: tuple[Option, ...]
    _fixed: Mapping[str, Any]  # options that make the class what it is
    _tags: Mapping[str, Any]

    def _learn(self, X: Any, y: Any, weights: Any = None, named: Sequence[int] | None = None) -> Any:
        """Fits one rule for each of what _targets makes of y; `named` are columns that an expert names."""
        rows, names = _inputs.rows_of(X), _inputs.names_of(X)
        for name in [name for name in vars(self) if name.endswith("_")]:
            delattr(self, name)
        if weights is not None:
            weights = _inputs.weights_of(weights, len(rows))
        rows, targets, weights = self._weighed(rows, self._targets(y, len(rows)), weights)
        self._rules = [self._rule(rows, target, weights, named) for target in targets]
        self.n_features_in_ = rows.shape[1]
        if names is not None:
            self.feature_names_in_ = names
        self.report_, self.cost_ = _together([rule.report for rule in self._rules])
        if self.report_.status in ("failed", "diverged"):
            warnings.warn(f"the fit of {type(self).__name__} {self.report_.status}: {self.report_.message}",
                          RuntimeWarning, stacklevel=3)
        if all(rule.coefficients is not None for rule in self._rules):
            self.coef_, self.intercept_ = self._linear()
        return self

    def _targets(self, y: Any, rows: int) -> list[Array]:
        raise NotImplementedError

    def _linear(self) -> tuple[Array, Any]:
        """Coefficients and intercepts: a row, or a number, for each rule."""
        coefficients = np.array([rule.coefficients for rule in self._rules])
        return coefficients, np.array([rule.intercept for rule in self._rules])

    def _weighed(self, rows: Array, targets: list[Array],
                 weights: Array | None) -> tuple[Array, list[Array], Array | None]:
        """Rows of weight 0 left out; no weights where all are equal."""
        if weights is None:
            return rows, targets, None
        counted = weights > 0
        rows, targets, weights = rows[counted], [target[counted] for target in targets], weights[counted]
        return rows, targets, None if (weights == weights[0]).all() else weights

    def _rule(self, rows: Array, target: Array, weights: Array | None, named: Sequence[int] | None,
              **options: Any) -> _Rule:
        seed = _seed(getattr(self, "random_state"))
        recipe = _Recipe(self._kind, {**self._chosen(), **options}, named, rows, target,
                         isinstance(self, Classifier), seed)
        try:
            return _Rule(recipe)
        except ValueError as error:
            if len(rows) > 1:
                raise
            raise ValueError(f"{error} (X has n_samples = 1.)") from None

    def _chosen(self) -> dict[str, Any]:
        return {**{one.name: plain(getattr(self, one.name)) for one in self._options}, **self._fixed}

    def _study_table(self) -> dict[str, Any]:
        """The keys of an arm of a study."""
        chosen = {one.name: getattr(self, one.name) for one in self._options}
        return {"model": self._kind, **self._fixed, **changed(self._options, chosen)}

    def _takes_advice(self) -> bool:
        return bool(_native.Model(KINDS, self._kind, self._chosen()).takes_advice)

    def _scores(self, X: Any) -> Array:
        """rows x rules."""
        if not hasattr(self, "n_features_in_"):
            raise _base.NotFittedError(f"this {type(self).__name__} is not fitted yet (it has learned nothing). Call "
                                       "fit first.")
        rows = _inputs.rows_of(X)
        require_same_columns(self, rows.shape[1], _inputs.names_of(X))
        return np.column_stack([rule.score(rows) for rule in self._rules])

    def _more_tags(self) -> dict[str, Any]:
        return dict(self._tags)


def require_same_columns(fitted: Any, columns: int, names: _inputs.Names) -> None:
    kind, seen = type(fitted).__name__, getattr(fitted, "feature_names_in_", None)
    if columns != fitted.n_features_in_:
        raise ValueError(f"X has {columns} features, but {kind} is expecting {fitted.n_features_in_} features as "
                         "input (it was fitted on so many). Give the same columns.")
    if names is not None and seen is not None and list(names) != list(seen):
        raise ValueError(f"the columns of X are {', '.join(names[:5])}, ... and {kind} was fitted on "
                         f"{', '.join(seen[:5])}, ... (each has its coefficient). Give the same, in the same order.")


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
    """Least squares in closed form: rows may be weighted, and several answers learned at once."""

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> Any:
        """Learns from rows and their answers.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
            Rows; finite numbers.
        y : array-like of shape (n_samples,) or (n_samples, n_outputs)
            The answer to each; several answers are learned one by one.
        sample_weight : array-like of shape (n_samples,), optional
            How much each squared error counts, relative to the others.

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
        if weights is None:
            return super()._rule(rows, target, None, named, **options)
        middle, mean = np.zeros(rows.shape[1]), 0.0
        if plain(getattr(self, "intercept")) is True:
            middle, mean = np.average(rows, axis=0, weights=weights), float(np.average(target, weights=weights))
        roots = np.sqrt(weights / weights.mean())
        rule = super()._rule((rows - middle) * roots[:, None], (target - mean) * roots, None, named,
                             **options, intercept=False)
        rule.intercept = mean - float(middle @ np.asarray(rule.coefficients))
        return rule


class Classifier(Estimator):
    """Tells classes apart; more than two by one rule each, against all others."""

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


class Counted(Probabilities):
    """A classifier by likelihood: rows may count several times."""

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
            How often each row counts: whole numbers, 0 or more.

        Returns
        -------
        self
            Fitted.

        Raises
        ------
        ValueError
            For arrays of other shapes, NaN, weights that are not whole, one class alone, and options that there are
            not. A fit that fails numerically raises nothing: see `report_`.

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
        rows, targets, weights = super()._weighed(rows, targets, weights)
        if len(self.classes_) > 1 and any(target.min() == target.max() for target in targets):
            raise ValueError("sample_weight leaves one class alone (a classifier tells classes apart). Give rows of "
                             "two classes weights above 0.")
        if weights is None:
            return rows, targets, None
        if (weights != np.round(weights)).any():
            raise ValueError("sample_weight holds weights that are not whole (here a weight is how often a row "
                             "counts). Give whole numbers, such as 10 times the weights, rounded.")
        _inputs.require_memory(float(weights.sum()) * rows.shape[1], f"{weights.sum():g} rows by sample_weight",
                               "Give smaller weights.")
        times = weights.astype(np.int64)
        return np.repeat(rows, times, axis=0), [np.repeat(target, times) for target in targets], None
