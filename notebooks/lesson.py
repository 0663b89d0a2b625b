"""What the notebooks ask: predictions before a measurement, and answers to exercises."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def compare(what: str, prediction: Any, measured: float | str) -> None:
    """Says how far a prediction was off; or what was measured, where nothing was predicted.

    >>> compare("patients", None, 1978)
    patients: measured 1,978. You wrote no prediction down.
    >>> compare("patients", 500, 1978)
    patients: measured 1,978, you said 500: too small by a factor of 4.
    >>> compare("exponent", 4.2, 4.0)
    exponent: measured 4, you said 4.2: about right.
    >>> compare("winner", "Expert ", "expert")
    winner: expert, as you said.
    >>> compare("winner", None, "expert")
    winner: expert. You wrote no prediction down.
    """
    if isinstance(measured, str):
        print(f"{what}: {measured}{_verdict_of_words(prediction, measured)}")
    elif prediction is None:
        print(f"{what}: measured {_shown(measured)}. You wrote no prediction down.")
    else:
        print(f"{what}: measured {_shown(measured)}, you said {_shown(prediction)}: {_distance(prediction, measured)}.")


def _shown(number: Any) -> str:
    if not isinstance(number, (int, float)):
        return str(number)
    return f"{number:,.0f}" if abs(number) >= 100 else f"{number:.3g}"


def _verdict_of_words(prediction: Any, measured: str) -> str:
    if prediction is None:
        return ". You wrote no prediction down."
    same = _plain(prediction) == _plain(measured)
    return ", as you said." if same else f". You said {prediction}."


def _distance(prediction: Any, measured: float) -> str:
    if not isinstance(prediction, (int, float)) or not prediction > 0 or not measured > 0:
        return "not a number that can be compared"
    factor = prediction / measured
    if 0.8 <= factor <= 1.25:
        return "about right"
    return f"too {'large' if factor > 1 else 'small'} by a factor of {max(factor, 1 / factor):.2g}"


def _plain(answer: Any) -> str:
    return str(answer).strip().casefold()


def check(exercise: int, answer: Any, right: Any, *, within: float = 0.01, hint: str = "") -> None:
    """Says whether an answer is right: a number within a share of the right one, or a word.

    `right` may be a function, which is asked whether the answer is right.

    >>> check(1, None, 0.02)
    Exercise 1: no answer yet.
    >>> check(1, 0.0201, 0.02)
    Exercise 1: right.
    >>> check(1, 0.2, 0.02, hint="count the columns")
    Exercise 1: not yet. Hint: count the columns.
    >>> check(2, "Lasso", "lasso")
    Exercise 2: right.
    """
    if answer is None:
        print(f"Exercise {exercise}: no answer yet.")
    elif _is_right(answer, right, within):
        print(f"Exercise {exercise}: right.")
    else:
        print(f"Exercise {exercise}: not yet." + (f" Hint: {hint}." if hint else ""))


def _is_right(answer: Any, right: Callable[[Any], bool] | float | str, within: float) -> bool:
    try:
        if callable(right):
            return bool(right(answer))
        if isinstance(right, str):
            return _plain(answer) == _plain(right)
        return bool(abs(float(answer) - right) <= within * abs(right))
    except (TypeError, ValueError):
        return False
