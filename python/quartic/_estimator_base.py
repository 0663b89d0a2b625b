"""What estimators are made on: scikit-learn's base classes where it is installed, else as much of them as is needed."""

from __future__ import annotations

import importlib
import inspect
from typing import Any

import numpy as np

from ._catalogue import refuse_unknown


class _Parameters:
    """get_params, set_params and a repr, for estimators that keep what __init__ was given."""

    @classmethod
    def _get_param_names(cls) -> list[str]:
        return sorted(name for name in inspect.signature(cls).parameters)

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """What __init__ was given, and of estimators among it their parameters too."""
        found = {name: getattr(self, name) for name in self._get_param_names()}
        if deep:
            nested = {name: value for name, value in found.items() if hasattr(value, "get_params")}
            for name, value in nested.items():
                found.update({f"{name}__{key}": one for key, one in value.get_params().items()})
        return found

    def set_params(self, **params: Any) -> Any:
        """Changes parameters, also of estimators among them: model__penalty=0.1."""
        for key, value in params.items():
            name, _, rest = key.partition("__")
            refuse_unknown(type(self).__name__, [name], self._get_param_names())
            if rest:
                getattr(self, name).set_params(**{rest: value})
            else:
                setattr(self, name, value)
        return self

    def __repr__(self) -> str:
        defaults = {name: one.default for name, one in inspect.signature(type(self)).parameters.items()}
        shown = [f"{name}={value!r}" for name, value in self.get_params(deep=False).items()
                 if repr(value) != repr(defaults[name])]
        return f"{type(self).__name__}({', '.join(shown)})"


class _Regressor:
    _estimator_type = "regressor"

    def score(self, X: Any, y: Any) -> float:
        """R^2: 1 less the squared error over that of the mean."""
        y, told = np.asarray(y, dtype=float), self.predict(X)  # type: ignore[attr-defined]
        return float(1 - np.sum((y - told) ** 2) / np.sum((y - y.mean(axis=0)) ** 2))


class _Classifier:
    _estimator_type = "classifier"

    def score(self, X: Any, y: Any) -> float:
        """The share of right answers."""
        return float(np.mean(self.predict(X) == np.asarray(y)))  # type: ignore[attr-defined]


class _SeveralAnswers:
    pass


class _NotFitted(ValueError, AttributeError):
    pass


try:
    _base: Any = importlib.import_module("sklearn.base")
    BaseEstimator: type = _base.BaseEstimator
    RegressorMixin: type = _base.RegressorMixin
    ClassifierMixin: type = _base.ClassifierMixin
    MultiOutputMixin: type = _base.MultiOutputMixin
    NotFittedError: type[Exception] = importlib.import_module("sklearn.exceptions").NotFittedError
except ImportError:
    BaseEstimator, RegressorMixin, ClassifierMixin = _Parameters, _Regressor, _Classifier
    MultiOutputMixin, NotFittedError = _SeveralAnswers, _NotFitted


def copy_of(estimator: Any) -> Any:
    """An unfitted copy with the same parameters, as scikit-learn's clone makes it."""
    parameters = estimator.get_params(deep=False)
    return type(estimator)(**{name: copy_of(value) if hasattr(value, "get_params") and not isinstance(value, type)
                              else value for name, value in parameters.items()})
