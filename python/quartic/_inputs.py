"""Arrays from whatever users hand to estimators: checked, and told what to do where they cannot be used."""

from __future__ import annotations

import os
import warnings
from typing import Any

import numpy as np

Array = np.ndarray[Any, np.dtype[Any]]
Names = Array | None


def _sklearn_warning(name: str) -> type[Warning]:
    try:
        import sklearn.exceptions
    except ImportError:
        return UserWarning
    kind: type[Warning] = getattr(sklearn.exceptions, name)
    return kind


def names_of(X: Any) -> Names:
    """The names of the columns of a data frame, where all are texts."""
    columns = getattr(X, "columns", None)
    if columns is None or not len(columns) or not all(isinstance(name, str) for name in columns):
        return None
    return np.asarray(columns, dtype=object)


def _array(values: Any, name: str) -> Array:
    if values is None:
        raise ValueError(f"{name} is None (a model reads numbers). Give an array.")
    if hasattr(values, "toarray"):
        raise TypeError(f"{name} is a sparse matrix (models here read dense numbers). Give {name}.toarray().")
    try:
        return np.asarray(values)
    except ValueError as error:
        raise ValueError(f"{name} is no array ({error}). Give rows of one length.") from None


def _floats(array: Array, name: str) -> Array:
    """As float64; numbers that an array holds as objects, too."""
    if array.dtype.kind == "c":
        raise ValueError(f"Complex data not supported ({name} is of dtype {array.dtype}). Give real numbers.")
    if array.dtype.kind in "USVMm":
        raise ValueError(f"{name} holds values of dtype {array.dtype} (a model reads numbers). Convert them first.")
    try:
        return np.asarray(array, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise type(error)(f"{name} holds objects that are no numbers ({error}; argument must be a string or a number). "
                          "Convert them first.") from None


def numbers_like(values: Any, name: str) -> Array:
    """An array of float64 of whatever shape."""
    return _floats(_array(values, name), name)


def _require_finite(array: Array, name: str) -> None:
    if not np.isfinite(array).all():
        what = "NaN" if np.isnan(array).any() else "infinity"
        raise ValueError(f"{name} contains {what} (a model reads finite numbers). Leave such rows out, or fill them "
                         "in.")


def rows_of(X: Any) -> Array:
    """X as float64, rows x columns, contiguous by rows."""
    array = _array(X, "X")
    if array.ndim == 1:
        raise ValueError(f"Expected 2D array, got 1D array of {array.size} numbers instead (X is rows x columns). "
                         "Reshape your data: X.reshape(-1, 1) for one column, X.reshape(1, -1) for one row.")
    if array.ndim != 2:
        raise ValueError(f"X has {array.ndim} dimensions (it is rows x columns). Reshape your data.")
    if array.shape[0] == 0:
        raise ValueError(f"X has 0 sample(s) (shape={array.shape}) while a minimum of 1 is required. Give rows.")
    if array.shape[1] == 0:
        raise ValueError(f"X has 0 feature(s) (shape={array.shape}) while a minimum of 1 is required. Give columns.")
    numbers = np.ascontiguousarray(_floats(array, "X"))
    _require_finite(numbers, "X")
    return numbers


def _labels(y: Any, model: str, rows: int) -> Array:
    if y is None:
        raise ValueError(f"{model} requires y to be passed, but the target y is None (it learns from labels). Give y.")
    labels = _array(y, "y")
    if labels.ndim not in (1, 2):
        raise ValueError(f"y should be a 1d array, got an array of shape {labels.shape} instead (each row has one "
                         "label). Reshape it.")
    if labels.shape[0] != rows:
        raise ValueError(f"X has {rows} rows and y has {labels.shape[0]} (each row needs its label). Give as many.")
    return labels


def _one_column(labels: Array) -> Array:
    if labels.ndim == 2 and labels.shape[1] == 1:
        warnings.warn("A column-vector y was passed when a 1d array was expected. Give y.ravel().",
                      _sklearn_warning("DataConversionWarning"), stacklevel=5)
        return labels[:, 0]
    if labels.ndim == 2:
        raise ValueError(f"y should be a 1d array, got an array of shape {labels.shape} instead (each row has one "
                         "label). Fit one model a column.")
    return labels


def numbers_of(y: Any, model: str, rows: int, *, several: bool) -> Array:
    """Labels that are numbers: one a row, or where a model learns several answers one or more."""
    labels = _labels(y, model, rows)
    numbers = _floats(labels if several else _one_column(labels), "y")
    _require_finite(numbers, "y")
    if numbers.size == 0:
        raise ValueError(f"y has no column (shape={numbers.shape}; each row needs a label). Give one.")
    return numbers


def classes_of(y: Any, model: str, rows: int) -> tuple[Array, Array]:
    """The classes that labels name, ascending, and the number of each row's class."""
    labels = _one_column(_labels(y, model, rows))
    if labels.dtype.kind in "fc":
        _require_finite(labels, "y")
        if (labels != np.round(labels)).any():
            raise ValueError(f"Unknown label type: continuous ({model} tells classes apart, and y holds numbers that "
                             "are not whole). Give classes, or take a regressor.")
    try:
        classes, numbers = np.unique(labels, return_inverse=True)
    except TypeError:
        raise ValueError("Unknown label type: mixed (classes have to be of one kind, to be put in order). Give "
                         "numbers, or texts.") from None
    if len(classes) < 2:
        raise ValueError(f"y holds one class alone, {classes[0]!r} ({model} tells classes apart; it got {rows} rows, "
                         f"n_samples = {rows}). Give rows of two classes.")
    return classes, numbers


def weights_of(sample_weight: Any, rows: int) -> Array:
    """One weight a row, none negative, the largest 1: only their ratios matter, and sums of larger ones may be none."""
    weights = numbers_like(sample_weight, "sample_weight")
    if weights.ndim == 0:
        weights = np.full(rows, float(weights))
    if weights.shape != (rows,):
        raise ValueError(f"sample_weight has shape {weights.shape} (X has {rows} rows). Give a 1D array, one weight a "
                         "row.")
    _require_finite(weights, "sample_weight")
    if (weights < 0).any() or not (weights > 0).any():
        raise ValueError("sample_weight has a negative weight, or all are 0 (a weight is how much a row counts). Give "
                         "weights of 0 or more.")
    return np.asarray(weights / weights.max())


def require_memory(numbers: float, what: str, remedy: str) -> None:
    """MemoryError where so many float64 numbers are more than the machine holds."""
    machine = float(os.sysconf("SC_PAGE_SIZE")) * os.sysconf("SC_PHYS_PAGES")
    if 8.0 * numbers > machine:
        raise MemoryError(f"{what} take {8e-9 * numbers:.3g} GB (this machine has {1e-9 * machine:.3g}). {remedy}")


def sound_text(text: str, name: str) -> str:
    """The text, which the program and files take; ValueError where they do not."""
    if "\0" in text:
        raise ValueError(f"{name} holds a zero byte (texts and paths end there). Leave it out.")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValueError(f"{name} holds half a character, {text[:60]!r} (it is no text in UTF-8). Write it "
                         "anew.") from None
    return text


def vector_of(values: Any, name: str) -> Array:
    """Finite numbers in one line; a single row or column is one, too."""
    array = numbers_like(values, name)
    if array.ndim == 0 or array.ndim > 2 or (array.ndim == 2 and 1 not in array.shape):
        raise ValueError(f"{name} has shape {array.shape} (it is one number a column). Give a 1D array.")
    vector = np.ascontiguousarray(array.reshape(-1))
    _require_finite(vector, name)
    return vector


def number_of(value: Any, name: str) -> float:
    """A finite number."""
    array = numbers_like(value, name)
    if array.ndim != 0:
        raise TypeError(f"{name} has shape {array.shape} (it is one number). Give one.")
    _require_finite(array, name)
    return float(array)
