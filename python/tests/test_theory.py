"""Closed forms: the numbers of the program, for arrays of any shape."""

from __future__ import annotations

import csv
import inspect
import io
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from conftest import Program
from numpy.testing import assert_allclose, assert_array_equal

import quartic
from quartic import theory

SIZES = [20, 50, 200]


def test_every_curve_is_there_with_its_parameters() -> None:
    for curve in quartic._native.theory_curves():
        function = getattr(theory, curve["name"])
        shown = {name: one.default for name, one in inspect.signature(function).parameters.items()}
        assert shown == {"n": inspect.Parameter.empty, **{one[0]: one[1] for one in curve["parameters"]}, "excess": False}
        assert curve["citation"] in " ".join(function.__doc__.split())
        assert all(f"\n{one[0]} : float" in function.__doc__ for one in curve["parameters"])
    assert dir(theory) == sorted(curve["name"] for curve in quartic._native.theory_curves())


@pytest.mark.parametrize("name", theory.__all__)
def test_numbers_are_those_of_the_program(name: str, program: Program) -> None:
    noise = [] if name == "logistic" else ["--set", "noise=0.7"]
    parameters = {"noise": 0.7} if noise else {}
    done = program("theory", name, "--csv", *noise, "--set", "n=" + ",".join(map(str, SIZES)))
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [float(row["n"]) for row in rows] == SIZES, done.stderr
    for excess, column in ((False, "normalised_error"), (True, "excess_risk")):
        told = [float(row[column] or "nan") for row in rows]
        assert_allclose(getattr(theory, name)(SIZES, excess=excess, **parameters), told, rtol=1e-12)


def test_the_oracle_is_the_formula_of_the_textbook() -> None:
    n = np.array([20, 100, 1000])
    assert_allclose(theory.oracle(n, relevant=10, noise=2, excess=True), 4 * 10 / (n - 11), rtol=1e-12)


def test_sizes_and_parameters_broadcast() -> None:
    n, noise = np.array([[20], [40], [80]]), np.array([1.0, 2.0])
    grid = theory.ridge(n, noise=noise, candidates=100)
    assert grid.shape == (3, 2)
    for row in range(3):
        for column in range(2):
            assert grid[row, column] == theory.ridge(n[row, 0], noise=noise[column], candidates=100)
    assert np.ndim(theory.oracle(100)) == 0 and theory.oracle([]).shape == (0,)
    assert_array_equal(theory.oracle(np.array([20, 40], dtype=np.int32)), theory.oracle([20.0, 40.0]))


def test_where_theory_is_not_defined_it_says_nan() -> None:
    assert np.isnan(theory.oracle(10, relevant=10)) and np.isnan(theory.flexible_geometric(50, candidates=100))


BAD: list[tuple[Callable[[], Any], type[Exception], str]] = [
    (lambda: theory.laso(10), AttributeError, "there is no curve 'laso' .* Did you mean lasso?"),
    (lambda: theory.lasso(10, nois=1), TypeError, "lasso has no option 'nois' .* Did you mean noise?"),
    (lambda: theory.lasso(), TypeError, "missing 1 required"),
    (lambda: theory.lasso(0), ValueError, "Give numbers from 1 up"),
    (lambda: theory.lasso([10, float("nan")]), ValueError, "Give numbers from 1 up"),
    (lambda: theory.lasso(1e300), ValueError, "at most 1e\\+15"),
    (lambda: theory.lasso("many"), ValueError, "n holds values of dtype <U4 .* Convert them first"),
    (lambda: theory.lasso(None), ValueError, "n is None"),
    (lambda: theory.lasso(1j), ValueError, "Complex data not supported"),
    (lambda: theory.lasso(10, noise=-1), ValueError, "noise = -1 .* from 0 to 1e\\+?15"),
    (lambda: theory.lasso(10, noise=float("nan")), ValueError, "noise = nan"),
    (lambda: theory.spectrum_ridge(10, candidates=1e300), ValueError, "candidates = 1e\\+300"),
    (lambda: theory.spectrum_ridge(10, candidates=1e15), MemoryError, ""),
    (lambda: theory.lasso(10, relevant=2000), ValueError, "Lower the one or raise the other"),
    (lambda: theory.lasso([1, 2], noise=[1, 2, 3]), ValueError, r"n \(2,\), noise \(3,\)"),
    (lambda: theory.lasso(10, excess=1), TypeError, "excess was given 1"),
]


@pytest.mark.parametrize("number", range(len(BAD)))
def test_a_bad_call_is_told_what_to_do(number: int) -> None:
    call, kind, text = BAD[number]
    with pytest.raises(kind, match=text):
        call()
