"""What tells estimators of one's own apart, so that a folder never gives one the records of another."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import quartic

share = 1.0


def scaled(values: Any, by: float) -> Any:
    """A helper of the estimator below."""
    return values * by


class OfItsModule:
    """Names a number and a function of this module."""

    def fit(self, X: Any, y: Any) -> OfItsModule:
        self.mean = scaled(y, share).mean()
        return self

    def predict(self, X: Any) -> Any:
        return np.full(len(X), self.mean)


def with_default(constant: float) -> Any:
    class Constant:
        def fit(self, X: Any, y: Any, value: float = constant) -> Any:
            self.value = value
            return self

        def predict(self, X: Any) -> Any:
            return np.full(len(X), self.value)

    return Constant()


def with_closure(constant: float) -> Any:
    class Constant:
        def fit(self, X: Any, y: Any) -> Any:
            return self

        def predict(self, X: Any) -> Any:
            return np.full(len(X), constant)

    return Constant()


class Reserved:
    __slots__ = ("value",)


class WithSlots(Reserved):
    def __init__(self, value: float) -> None:
        self.value = value

    def fit(self, X: Any, y: Any) -> WithSlots:
        return self

    def predict(self, X: Any) -> Any:
        return np.full(len(X), self.value)


class Recursive(OfItsModule):
    """Calls itself, and super()."""

    def fit(self, X: Any, y: Any) -> Recursive:
        def depth(left: int) -> int:
            return 0 if left == 0 else depth(left - 1)

        self.depth = depth(2)
        super().fit(X, y)
        return self


def told(estimator: Any, **options: Any) -> str:
    return quartic.arm(estimator, **options).fingerprint


@pytest.mark.parametrize("make", [with_default, with_closure, WithSlots])
def test_what_methods_hold_tells_estimators_apart(make: Any) -> None:
    assert told(make(0.0)) != told(make(5.0))
    assert told(make(5.0)) == told(make(5.0))


def test_what_methods_name_of_their_module_tells_them_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    before = told(OfItsModule())
    monkeypatch.setattr(f"{__name__}.share", 2.0)
    assert told(OfItsModule()) != before
    monkeypatch.setattr(f"{__name__}.share", 1.0)
    assert told(OfItsModule()) == before

    def twice(values: Any, by: float) -> Any:
        return values * by * 2

    twice.__module__ = __name__
    monkeypatch.setattr(f"{__name__}.scaled", twice)
    assert told(OfItsModule()) != before


def test_a_function_that_calls_itself_has_an_end() -> None:
    assert told(Recursive()) == told(Recursive())


def test_the_bill_is_part_of_it() -> None:
    bills = [told(WithSlots(1.0), flops=lambda fitted, rows, columns, k=k: k) for k in (10.0, 99.0)]
    assert len({told(WithSlots(1.0)), *bills}) == 3


def test_a_folder_gives_no_estimator_the_records_of_another(tmp_path: Any) -> None:
    def errors(constant: float, folder: Any) -> Any:
        study = quartic.Study("figure2", effort="classroom", replicates=2, sizes=[50, 100])
        run = quartic.run(study.with_arm("mine", with_closure(constant)), out=folder, extend=True, progress=False)
        return run.summary.query("arm == 'mine'").mean_error.to_numpy()

    errors(0.0, tmp_path / "a")
    np.testing.assert_array_equal(errors(5.0, tmp_path / "a"), errors(5.0, tmp_path / "b"))


@pytest.mark.parametrize("answer", [np.nan, np.inf, 1j])
def test_predictions_that_are_no_numbers_are_failed_fits(answer: complex) -> None:
    study = quartic.Study("figure2", effort="classroom", replicates=1, sizes=[50])
    run = quartic.run(study.with_arm("odd", with_closure(answer)), progress=False)  # type: ignore[arg-type]
    (record,) = run.records.query("arm == 'odd'").itertuples()
    assert record.status == "failed"
    assert "what predict(X) gave" in record.message
