"""What the compiled module calls: estimators and worlds of Python, one way for all of them."""

from __future__ import annotations

import copy
import numbers
import traceback
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .arms import PythonArm, PythonWorld

Numbers = NDArray[np.float64]

_rows_tried = 64  # by which a rule is tried for being linear
_sure = np.finfo(float).eps  # the chance of what an estimator holds for impossible, as in scikit-learn's log loss


def traceback_text(kind: Any, error: Any, trace: Any) -> str:
    """The traceback as Python prints it, without the lines of this module."""
    if isinstance(error, type) or error is None:
        error = kind(error) if isinstance(kind, type) else RuntimeError(str(kind))
    frames = [frame for frame in traceback.extract_tb(trace) if frame.filename != __file__]
    lines = ["Traceback (most recent call last):\n"] if frames else []
    lines += traceback.format_list(frames)
    lines += traceback.format_exception_only(type(error), error)
    return "".join(lines).rstrip().encode("utf-8", "backslashreplace").decode()


def generator(low: int, high: int) -> np.random.Generator:
    """A generator that is a pure function of 128 bits."""
    return np.random.Generator(np.random.Philox(key=[low, high]))


def _numbers(value: Any, shape: tuple[int, ...], what: str) -> Numbers:
    """An array of finite numbers of this shape; ValueError where it is none."""
    try:
        array = np.array(value, dtype=float)  # a copy: it may be written to while others read
    except (TypeError, ValueError) as error:
        raise ValueError(f"{what} is no array of numbers ({error}). Return numpy's float64.") from None
    if array.shape != shape:
        raise ValueError(f"{what} has shape {array.shape} (it is to be {shape}). Return one number a row and column.")
    if not np.isfinite(array).all():
        raise ValueError(f"{what} has numbers that are not finite (errors could not be told). Return finite ones.")
    return array


# Estimators.


def _fresh(estimator: Any, seed: int) -> Any:
    """An unfitted copy with a seed of its own, as scikit-learn's clone makes it."""
    if not hasattr(estimator, "get_params"):
        made = copy.deepcopy(estimator)
        if hasattr(made, "random_state"):
            made.random_state = seed
        return made
    made = type(estimator)(**copy.deepcopy(estimator.get_params(deep=False)))
    seeds = {name: seed for name in made.get_params() if name.split("__")[-1] == "random_state"}
    return made.set_params(**seeds) if seeds else made


def _score(fitted: Any, x: Numbers, classifies: bool) -> Callable[[Numbers], Numbers]:
    """Scores of rows: predictions; of classes log odds, or what comes nearest to them."""
    if not classifies:
        return lambda rows: _answers(fitted.predict(rows), rows)
    if hasattr(fitted, "predict_proba"):
        if hasattr(fitted, "decision_function") and _tells_log_odds(fitted, x):
            return lambda rows: _answers(fitted.decision_function(rows), rows)
        return lambda rows: _log_odds(_chances(fitted, rows))
    if hasattr(fitted, "decision_function"):
        return lambda rows: _answers(fitted.decision_function(rows), rows)
    return lambda rows: _log_odds(_answers(fitted.predict(rows), rows))


def _answers(given: Any, rows: Numbers) -> Numbers:
    """One finite number a row; ValueError where predictions are none."""
    answers = np.asarray(given)
    if answers.ndim == 2 and answers.shape[1] == 1:
        answers = answers[:, 0]
    if np.iscomplexobj(answers):
        raise ValueError("what predict(X) gave is complex (an answer is a real number). Return real ones.")
    return _numbers(answers, (len(rows),), "what predict(X) gave")


def _chances(fitted: Any, rows: Numbers) -> Numbers:
    """P(y = 1) of each row."""
    chances = np.asarray(fitted.predict_proba(rows), dtype=float)
    if chances.ndim == 2 and chances.shape[1] == 1:  # it saw one class alone
        return np.full(len(rows), float(np.asarray(getattr(fitted, "classes_", [1]))[0]))
    return _answers(chances[:, 1] if chances.ndim == 2 else chances, rows)


def _log_odds(chances: Numbers) -> Numbers:
    within = np.clip(chances, _sure, 1 - _sure)
    return np.asarray(np.log(within) - np.log1p(-within))


def _tells_log_odds(fitted: Any, x: Numbers) -> bool:
    odds = np.asarray(fitted.decision_function(x), dtype=float)
    return odds.shape == (len(x),) and bool(np.allclose(np.tanh(odds / 2), 2 * _chances(fitted, x) - 1, atol=1e-8))


def _linear(fitted: Any, score: Callable[[Numbers], Numbers], x: Numbers) -> tuple[Numbers | None, float]:
    """Coefficients and intercept, where these give the scores; (None, 0) elsewhere."""
    coefficients = getattr(fitted, "coef_", None)
    if coefficients is None:
        return None, 0.0
    coefficients = np.asarray(coefficients, dtype=float).ravel()
    intercept = np.asarray(getattr(fitted, "intercept_", 0.0), dtype=float).ravel()
    if coefficients.shape != (x.shape[1],) or intercept.size != 1:
        return None, 0.0
    told, reckoned = score(x), x @ coefficients + intercept[0]
    scale = np.max(np.abs(told), initial=0.0)
    if not np.all(np.abs(told - reckoned) <= 1e-8 * scale):
        return None, 0.0
    return coefficients, float(intercept[0])


def fit(arm: PythonArm, x: Numbers, y: Numbers, seed: int) -> dict[str, Any]:
    """Fits a fresh copy of an arm's estimator."""
    made = _fresh(arm.estimator, seed)
    fitted = made.fit(x, y.astype(int) if arm.classifies else y)
    made = made if fitted is None else fitted
    some = np.concatenate([x[:_rows_tried], -3 * x[:_rows_tried]])  # and where no training row is
    score = _score(made, some, arm.classifies)
    coefficients, intercept = _linear(made, score, some)
    parameters = -1 if coefficients is None else np.count_nonzero(coefficients)
    if arm.parameters is not None:
        parameters = arm.parameters(made)
    iterations = getattr(made, "n_iter_", None)
    return {
        "score": score,
        "coefficients": coefficients,
        "intercept": intercept,
        "parameters": int(parameters),
        "iterations": -1 if iterations is None else int(np.max(iterations)),
        "flops": float("nan") if arm.flops is None else float(arm.flops(made, *x.shape)),
    }


# Worlds.


def truth(kind: PythonWorld, rng: np.random.Generator) -> dict[str, Any]:
    """A drawn truth of a world of Python: what draw(rng) returns, or the world itself."""
    drawn = kind.world.draw(rng) if hasattr(kind.world, "draw") else kind.world
    for member in ("rows", "mean"):
        if not callable(getattr(drawn, member, None)):
            raise TypeError(f"{type(drawn).__name__} has no {member} (a truth has candidates, rows(first, count, rng) "
                            "and mean(X)). Give it one.")
    candidates = getattr(drawn, "candidates", None)
    if candidates is None or int(candidates) != candidates or candidates < 1:
        raise ValueError(f"{type(drawn).__name__}.candidates is {candidates!r} (it is how many columns X has). Set it "
                         "to a whole number of 1 or more.")
    relevant = _columns(getattr(drawn, "relevant", None), int(candidates))
    facts = {"relevant": float(len(relevant)), **dict(getattr(drawn, "facts", {})), "candidates": float(candidates)}
    for name in ("signal", "noise", "bayes_error", "constant_error"):
        if name not in facts and isinstance(getattr(drawn, name, None), numbers.Real):
            facts[name] = getattr(drawn, name)
    if "signal" in facts and not 0 < float(facts["signal"]) < np.inf:
        raise ValueError(f"signal is {facts['signal']!r} (errors are divided by it, the variance of mean(X)). Give a "
                         "number above 0, or leave it away.")
    return {"truth": drawn, "candidates": int(candidates), "relevant": relevant,
            "facts": {str(name): float(value) for name, value in facts.items()}}


def _columns(relevant: Any, candidates: int) -> list[int]:
    columns = [] if relevant is None else [int(column) for column in relevant]
    if len(set(columns)) < len(columns) or not all(0 <= column < candidates for column in columns):
        raise ValueError(f"relevant is {columns} (it lists columns from 0 to {candidates - 1}, each once). List the "
                         "columns that matter, the most important first.")
    return columns


def rows(drawn: Any, first: int, count: int, rng: np.random.Generator, classes: bool) -> tuple[Any, Any, Any]:
    """X, y and f*(X) of these rows, checked."""
    call = f"rows({first}, {count}, rng)"
    given = drawn.rows(first, count, rng)
    if not isinstance(given, tuple) or len(given) != 2:
        raise ValueError(f"{call} gave {type(given).__name__} (it gives two arrays, X and y). Write return X, y.")
    x = _numbers(given[0], (count, int(drawn.candidates)), f"X of {call}")
    y = _numbers(given[1], (count,), f"y of {call}")
    shown = x.view()
    shown.flags.writeable = False
    mean = _numbers(drawn.mean(shown), (count,), f"mean(X) of {count} rows")
    if classes and not (np.isin(y, (0, 1)).all() and (mean >= 0).all() and (mean <= 1).all()):
        raise ValueError(f"{call} is of a world of classes (y is 0 or 1 there, and mean(X) is the chance of 1). Return "
                         "these, or leave classes away.")
    return x, y, mean
