"""Estimators and worlds of Python in studies, beside those that come with quartic."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ._fingerprints import fingerprint as fingerprint_of

__all__ = ["PythonArm", "PythonWorld", "arm"]


@dataclass(frozen=True)
class PythonArm:
    """An estimator of Python as a model of studies; made by ``arm``.

    Attributes
    ----------
    estimator : object
        With fit(X, y) and predict(X).
    flops : callable, optional
        (fitted estimator, rows, columns) -> floating-point operations of the fit.
    parameters : callable, optional
        (fitted estimator) -> number of free parameters.
    classifies : bool
        Whether it is given classes 0 and 1, and not y - 1/2.
    fingerprint : str
        What it is, as JSON: class, version and parameters.
    """

    estimator: Any
    flops: Callable[[Any, int, int], float] | None
    parameters: Callable[[Any], int] | None
    classifies: bool
    fingerprint: str


@dataclass(frozen=True)
class PythonWorld:
    """A world of Python as a kind of studies.

    Attributes
    ----------
    world : object
        With candidates, rows(first, count, rng) and mean(X), or with draw(rng), which returns such an object.
    classes : bool
        Whether y is 0 or 1, and mean(X) the chance of 1.
    fingerprint : str
        What it is, as JSON: class, version and attributes.
    """

    world: Any
    classes: bool
    fingerprint: str


def arm(
    estimator: Any,
    *,
    flops: Callable[[Any, int, int], float] | None = None,
    parameters: Callable[[Any], int] | None = None,
    classifies: bool | None = None,
    fingerprint: str | None = None,
) -> PythonArm:
    """Any Python estimator as a model of studies.

    Its X and y are read-only, and float64. Where its rule is linear, which coef_ and intercept_ tell, its error is
    exact in worlds that know it; elsewhere it is judged on fresh rows. Of classes its scores are the log odds that
    predict_proba tells; where there is no such method decision_function is taken for them, or predict, sure of its
    answer.

    Parameters
    ----------
    estimator : object
        With fit(X, y) and predict(X): of scikit-learn, or one's own. A fresh copy is fitted for every size, with
        `random_state` set where it has one; all its randomness is to come from there. An exception is a failed fit,
        with its traceback; the study goes on.
    flops : callable, optional
        (fitted estimator, rows, columns) -> floating-point operations of the fit. Without, its computing is unknown
        (NaN), and no compute exponent is claimed.
    parameters : callable, optional
        (fitted estimator) -> number of free parameters; unless told, those of its coefficients that are not zero.
    classifies : bool, optional
        Whether it is given classes 0 and 1; unless told, what scikit-learn says of it, or whether it has
        predict_proba. Others are given y - 1/2 in worlds of classes, and the sign of what they predict is the answer.
    fingerprint : str, optional
        What tells its records from those of another; unless told, class, version and parameters, of a class of one's
        own also its code. To be given where an object's behaviour is not in these.

    Returns
    -------
    PythonArm
        For ``Study.with_arm``, or a mapping that ``Study`` takes.

    Raises
    ------
    TypeError
        Where there is no fit or predict, or a parameter has nothing to be told by.

    Examples
    --------
    >>> import numpy, quartic
    >>> class Nearest:
    ...     def fit(self, X, y):
    ...         self.X, self.y = X, y
    ...         return self
    ...     def predict(self, X):
    ...         return numpy.array([self.y[((self.X - x) ** 2).sum(1).argmin()] for x in X])
    >>> study = quartic.Study("figure2", effort="classroom", replicates=2, sizes=[10, 20])
    >>> study.with_arm("nearest", quartic.arm(Nearest())).arms[-1]
    'nearest'
    """
    if isinstance(estimator, type):
        raise TypeError(f"{estimator.__name__} is a class (an arm is an object of it). Write {estimator.__name__}().")
    for method in ("fit", "predict"):
        if not callable(getattr(estimator, method, None)):
            raise TypeError(
                f"{type(estimator).__name__} has no {method} (an arm has fit(X, y) and predict(X)). Give an estimator."
            )
    for name, function in (("flops", flops), ("parameters", parameters)):
        if function is not None and not callable(function):
            raise TypeError(f"{name} was given {function!r} (it is a function of the fitted estimator). Give one.")
    if classifies is None:
        classifies = _tells_classes(estimator)
    return PythonArm(estimator, flops, parameters, bool(classifies), fingerprint or _described(estimator, flops, parameters))


def _described(estimator: Any, flops: Any, parameters: Any) -> str:
    """The estimator's fingerprint, with those of the functions that tell its bill."""
    told = fingerprint_of(estimator)
    return told if flops is None and parameters is None else told + fingerprint_of([flops, parameters])


def _tells_classes(estimator: Any) -> bool:
    kind = getattr(estimator, "_estimator_type", None)
    if kind is None and hasattr(estimator, "__sklearn_tags__"):
        kind = estimator.__sklearn_tags__().estimator_type
    return kind == "classifier" or (kind is None and hasattr(estimator, "predict_proba"))
