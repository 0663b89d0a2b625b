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
    pretraining_flops : float
        Of everything learned from other tasks before: 0 here, as rows that are given to fit have none.
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
    pretraining_flops: float
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
    case_weights: Array | None = None  # of logistic regression

    def fit(self) -> Any:
        if self.case_weights is not None:
            return _native.fit_weighted_logistic_regression(dict(self.options), self.x, self.y, self.case_weights)
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
    _tells_classes = False

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
        recipe = _Recipe(self._kind, {**self._chosen(), **options}, named, rows, target, self._tells_classes, seed,
                         weights)
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
