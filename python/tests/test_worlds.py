"""Worlds: that truths and rows are those of studies, and what cannot be asked of them."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

import quartic
from quartic import models, worlds

KINDS = [name for name in worlds.__all__ if name not in ("Truth", "World")]
DRAWN = [name for name in KINDS if name != "table"]


def test_every_world_of_the_catalogue_is_there() -> None:
    assert set(KINDS) == {kind["name"] for kind in quartic._native.Kinds().worlds()}


@pytest.mark.parametrize("kind", DRAWN)
def test_rows_are_a_function_of_seed_replicate_stream_and_number(kind: str) -> None:
    world = getattr(worlds, kind)()
    truth = world.draw(seed=3, replicate=1)
    X, y = truth.rows(0, 6)
    assert X.shape == (6, truth.candidates) and y.shape == (6,)
    assert y.dtype == (np.int64 if world.classes else np.float64)
    later = getattr(worlds, kind)().draw(3, 1).rows(2, 3)
    assert_array_equal(later[0], X[2:5])
    assert_array_equal(later[1], y[2:5])
    some = [5, 0, 2]
    assert_array_equal(truth.rows(0, 6, np.array(some))[0], X[:, some])
    for other in (world.draw(3, 2).rows(0, 6), world.draw(4, 1).rows(0, 6), truth.rows(0, 6, stream="test")):
        assert (other[0] != X).any()


@pytest.mark.parametrize("kind", DRAWN)
def test_facts_and_relevant_columns_are_told(kind: str) -> None:
    truth = getattr(worlds, kind)().draw()
    seen = truth.findings() or truth
    assert all(0 <= column < seen.candidates for column in truth.relevant)
    assert truth.relevant.dtype == np.int64 and all(isinstance(value, float) for value in truth.facts.values())
    assert truth.row_count is None
    assert len(truth.names) == truth.candidates


def test_labels_are_the_mean_and_noise() -> None:
    truth = worlds.sparse_linear(candidates=20, relevant=5, noise=0.5).draw(seed=2)
    noise = truth.rows(0, 4000)[1] - truth.mean(0, 4000)
    assert abs(noise.std() - 0.5) < 5 * 0.5 / np.sqrt(8000)  # five standard errors
    chances = worlds.logistic(candidates=20, relevant=5).draw(seed=2)
    wrong = chances.rows(0, 4000)[1] - chances.mean(0, 4000)
    assert abs(wrong.mean()) < 5 * 0.5 / np.sqrt(4000)


@pytest.mark.parametrize("kind", ["sparse_linear", "smooth", "additive", "power_law"])
def test_the_excess_risk_of_numbers_is_the_mean_square_on_fresh_rows(kind: str) -> None:
    truth = getattr(worlds, kind)(candidates=30).draw(seed=2)
    rule = np.linspace(0.3, -0.2, truth.candidates)
    X, _ = truth.rows(0, 20000, stream="test")
    losses = (X @ rule + 0.1 - truth.mean(0, 20000, stream="test")) ** 2
    assert abs(losses.mean() - truth.excess_risk(rule, 0.1)) < 5 * losses.std() / np.sqrt(20000)


def test_errors_on_fresh_rows_of_the_x_ray_are_those_of_a_study() -> None:
    world, model = worlds.xray(candidates=30, relevant=5), models.logistic_regression(penalty=0.1)
    study = quartic.Study(seed=5, replicates=1, sizes=[100], world=world, arm={"mine": {"model": model}})
    record = quartic.run(study).records.iloc[0]
    truth = world.draw(5)
    assert np.isnan(truth.excess_risk(np.zeros(30)))  # no closed form
    fitted = model.fit(*truth.rows(0, 100))
    X, chances = truth.rows(0, 4096, stream="test")[0], truth.mean(0, 4096, stream="test")
    wrong = (fitted.decision_function(X) > 0) != (chances > 0.5)
    assert_allclose(np.mean(np.abs(2 * chances - 1) * wrong), record.excess_risk, rtol=1e-12)


def test_a_fitted_estimator_is_judged_by_its_coefficients() -> None:
    truth = worlds.logistic(candidates=10, relevant=3).draw(seed=2)
    model = models.logistic_regression(intercept=True).fit(*truth.rows(0, 300))
    assert truth.excess_risk(model) == truth.excess_risk(model.coef_, model.intercept_[0])
    assert truth.excess_risk(model.coef_[0], model.intercept_[0]) < truth.excess_risk(np.zeros(10))


def test_findings_of_an_x_ray_have_names_and_pixels_make_pictures() -> None:
    assert worlds.xray(candidates=7, relevant=2).draw().names[-2:] == ["size_1", "density_1"]
    truth = worlds.xray_image(side=16, candidates=10, relevant=2).draw(seed=4)
    findings = truth.findings()
    assert findings is not None and findings.names[4] == "count_0" and findings.candidates == 10
    assert truth.names[4] == "column_4"
    pictures, y = truth.pictures(0, 5)
    assert pictures.shape == (5, 16, 16)
    assert_array_equal(pictures.reshape(5, -1), truth.rows(0, 5)[0])
    assert_array_equal(y, findings.rows(0, 5)[1])  # the same patients


def test_a_world_that_shifts_has_another_law_to_be_judged_by() -> None:
    truth = worlds.shifted(candidates=20, relevant=4, strength=1.0).draw()
    judged = truth.tested()
    assert judged is not None and (judged.rows(0, 5, stream="test")[0] != truth.rows(0, 5, stream="test")[0]).any()
    assert worlds.sparse_linear().draw().tested() is None
    assert worlds.sparse_linear().draw().findings() is None


def test_a_table_has_the_rows_of_its_file(tmp_path: Any) -> None:
    path = tmp_path / "cases.csv"
    path.write_text("age,dose,y\n" + "".join(f"{k},{k % 7},{k / 2}\n" for k in range(50)))
    truth = worlds.table(file=str(path), target="y", held_out=0.2).draw(seed=1)
    assert truth.candidates == 2 and truth.row_count == 40
    with pytest.raises(ValueError, match="the world has 40"):
        truth.rows(30, 20)


def test_a_world_makes_the_table_of_a_study() -> None:
    world = worlds.xray(candidates=200, correlation=0.3)
    assert world._study_table() == {"kind": "xray", "candidates": 200}
    study = quartic.Study("figure2").with_world(worlds.teacher(candidates=np.int64(64)))
    assert study.to_dict()["world"] == {"kind": "teacher", "candidates": 64}


def test_a_world_shows_what_was_changed_and_has_all_options() -> None:
    world = worlds.xray(candidates=200)
    assert repr(world) == "xray(candidates=200)" and repr(world.draw()).startswith("Truth(xray(candidates=200)")
    assert world.options["candidates"] == 200 and world.options["prevalence"] == 0.2 and world.classes
    assert world == pickle.loads(pickle.dumps(world)) != worlds.xray()
    assert len({world, worlds.xray(candidates=200), worlds.xray()}) == 2


TRUTH = worlds.sparse_linear(candidates=20, relevant=3).draw()
BAD: list[tuple[Callable[[], Any], type[Exception], str]] = [
    (lambda: worlds.xrays, AttributeError, "there is no world 'xrays' .* Did you mean xray?"),
    (lambda: worlds.xray(candidate=3), TypeError, "xray has no option 'candidate' .* Did you mean candidates?"),
    (lambda: worlds.xray(candidates=-3), ValueError, "candidates"),
    (lambda: worlds.xray(candidates=2.5), ValueError, "whole number"),
    (lambda: worlds.xray(candidates=2**80), ValueError, "Give a smaller one"),
    (lambda: worlds.xray(relevant=[1]), TypeError, "options are bool, int, float or str"),
    (lambda: worlds.sparse_linear(candidates=5, relevant=9).draw(), ValueError, "relevant"),
    (lambda: worlds.table(), ValueError, "file is missing"),
    (lambda: worlds.sparse_linear().draw(-1), ValueError, "seed is -1 .* Give one"),
    (lambda: worlds.sparse_linear().draw(1, 0.5), TypeError, "replicate was given 0.5"),
    (lambda: TRUTH.rows(-1, 5), ValueError, "first is -1"),
    (lambda: TRUTH.rows(0, -5), ValueError, "count is -5"),
    (lambda: TRUTH.rows(0, "5"), TypeError, "count was given '5'"),
    (lambda: TRUTH.rows(0, 10**12), MemoryError, "Ask for fewer rows"),
    (lambda: TRUTH.rows(0, 5, [20]), ValueError, "column 20 was asked for .the world has 20"),
    (lambda: TRUTH.rows(0, 5, 3), TypeError, r"Write \[3\]"),
    (lambda: TRUTH.rows(0, 5, stream="valid"), ValueError, 'Give "train" or "test"'),
    (lambda: TRUTH.excess_risk([1.0, 2.0]), ValueError, "2 coefficients were given .the world has 20"),
    (lambda: TRUTH.excess_risk(np.full(20, np.nan)), ValueError, "contains NaN"),
    (lambda: TRUTH.excess_risk(models.mlp()), ValueError, "Measure it on fresh rows"),
    (lambda: TRUTH.pictures(0, 1), ValueError, "no pixels .* Take xray_image"),
]


@pytest.mark.parametrize("number", range(len(BAD)))
def test_a_bad_call_is_told_what_to_do(number: int) -> None:
    call, kind, text = BAD[number]
    with pytest.raises(kind, match=text):
        call()
