"""Exponents read off tables: the numbers of the program, from whatever holds a table."""

from __future__ import annotations

import io
import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from conftest import Program
from numpy.testing import assert_allclose

import quartic
from quartic import laws

N = np.geomspace(10, 10000, 13)
RNG = np.random.default_rng(7)
PLAIN = {"n": N, "error": 2 / np.sqrt(N) * np.exp(0.05 * RNG.normal(size=13))}


@pytest.fixture(scope="module")
def csv(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("tables") / "mine.csv"
    pd.DataFrame(PLAIN).to_csv(path, index=False)
    return path


def test_frame_mapping_and_file_are_the_same_table(csv: Path) -> None:
    made = [laws.fit(table) for table in (PLAIN, pd.DataFrame(PLAIN), csv, str(csv))]
    lists = laws.fit({name: values.tolist() for name, values in PLAIN.items()})
    assert len({repr(found[0]) for found in [*made, lists]}) == 1
    assert len({(found[0].estimate, found[0].low, found[0].high) for found in [*made, lists]}) == 1


def test_numbers_are_those_of_the_program(csv: Path, program: Program) -> None:
    done = json.loads(program("fit", csv, "--json", "--law", "floor", "--confidence", 0.9, "--expect", 2).stdout)
    found = laws.fit(csv, law="floor", confidence=0.9, expect=2)
    assert found.confidence == done["confidence"] == 0.9
    told, fit = done["fits"][0], found[0]
    for name in ("estimate", "low", "high", "floor", "r_squared", "verdict", "reason", "law", "rows"):
        assert getattr(fit, name) == told[name]
    assert [reading.form for reading in fit.readings] == [reading["form"] for reading in told["readings"]]


def test_a_square_root_takes_two_and_the_interval_holds_it() -> None:
    fit = laws.fit(PLAIN, expect=2, margin=0.3)[0]
    assert fit.quantity == "data_exponent" and fit.low < 2 < fit.high and fit.verdict == "supported"
    assert fit.line.low < fit.line.estimate < fit.line.high
    assert fit.reverse.estimate < fit.line.estimate * 1.0001  # the noise is in the other variable
    assert fit.readings[0].form == "power" and not fit.readings[0].excluded


def test_a_run_its_folder_and_its_records_agree(tmp_path: Path, small_run: quartic.Run) -> None:
    small_run.save(tmp_path / "run")
    run, folder = laws.fit(small_run), laws.fit(tmp_path / "run")
    assert repr(run) == repr(folder) and run.performance == "inverse-root"
    assert {fit.group for fit in run} == set(small_run.study.arms)
    records = laws.fit(small_run.records, group="arm", replicate="replicate", performance="inverse-root")
    assert [fit.estimate for fit in records] == [fit.estimate for fit in run]


def test_sweeps_keep_their_settings() -> None:
    settings: dict[str, Any] = {"world.noise": [1, 2], "arm.oracle.replicates": 3}
    study = quartic.Study("figure2", replicates=3, sizes=[200, 400, 800], **settings)
    found = laws.fit(quartic.run(study))
    assert {fit.settings["world.noise"] for fit in found} == {1, 2}
    assert "world.noise = 2" in found[-1].name and "world.noise" in found.to_frame().columns


def test_two_causes_and_their_frontier_are_told() -> None:
    sizes, data = (axis.ravel() for axis in np.meshgrid(np.geomspace(10, 1000, 6), np.geomspace(100, 10000, 6)))
    noise = np.exp(0.01 * np.random.default_rng(1).normal(size=36))
    table = {"parameters": sizes, "n": data, "error": (0.1 + 2 / sizes**0.5 + 3 / data**0.4) * noise}
    fit = laws.fit(table, law="nd")[0]
    assert fit.two_causes is not None
    assert fit.two_causes["a"]["low"] < 0.5 < fit.two_causes["a"]["high"]
    assert "frontier" in fit.two_causes


def test_missing_values_and_texts_go_through() -> None:
    table = {"n": [*N, np.nan], "error": [*PLAIN["error"], 0.1], "who, where": ["a, b"] * 14}
    found = laws.fit(table, group="who, where")
    assert found[0].group == "a, b" and found[0].rows == 13


def test_an_interval_without_ends_is_none_and_one_without_bound_has_no_end() -> None:
    few = laws.fit({"n": [10, 100, 1000], "error": [0.3, 0.1, 0.03]})[0]
    assert math.isnan(few.low) and math.isnan(few.high) and "no interval" in repr(few)
    flat = laws.fit({"n": N, "error": 0.3 * np.exp(0.05 * RNG.normal(size=13))})[0]
    assert flat.high == math.inf


def test_they_show_themselves(small_run: quartic.Run) -> None:
    found = laws.fit(small_run, expect=2, margin=0.2)
    page = found._repr_html_()
    assert page.count("<tr>") == len(found) + 1 and "oracle, data exponent" in page and "reverse line" in page
    assert repr(found).count("\n") == len(found) and found[0]._repr_html_().count("<tr>") == 2
    frame = found.to_frame()
    assert len(frame) == len(found) and {"estimate", "low", "high", "reverse_low", "verdict"} <= set(frame.columns)
    assert [fit.name for fit in found[1:3]] == [fit.name for fit in list(found)[1:3]]


def test_pictures_are_drawn_where_they_are_asked_for(tmp_path: Path) -> None:
    laws.fit(PLAIN, plot=True, out=str(tmp_path))
    assert (tmp_path / "fit_by_data.svg").exists()


def test_options_of_the_program_are_in_the_docstring() -> None:
    for name in ("error (column)", "from_ (size)", "even (True)", "law (form)", "by (method)", "confidence (share)"):
        assert f"- {name}: " in str(laws.fit.__doc__)
    assert " --" not in str(laws.fit.__doc__)


def test_flags_that_are_false_and_options_that_are_none_are_left_out() -> None:
    assert repr(laws.fit(PLAIN, even=False, group=None)) == repr(laws.fit(PLAIN))
    assert_allclose(laws.fit({"n": N, "accuracy": 1 - PLAIN["error"]}, error="accuracy", accuracy=True)[0].estimate,
                    laws.fit(PLAIN)[0].estimate, rtol=1e-6)


BAD: list[tuple[Callable[[], Any], type[Exception], str]] = [
    (lambda: laws.fit(PLAIN, erorr="n"), ValueError, r'unknown option erorr= .fit\(\) has none .* Did you mean "error="'),
    (lambda: laws.fit(PLAIN, error="loss"), ValueError, 'the table has no column "loss" .its columns are n, error'),
    (lambda: laws.fit(PLAIN, law="cubic"), ValueError, 'law= was given "cubic"'),
    (lambda: laws.fit(PLAIN, law="nd", floor=0.1), ValueError, 'floor= was given with law="nd"'),
    (lambda: laws.fit(PLAIN, margin=1), ValueError, "Add expect="),
    (lambda: laws.fit(PLAIN, from_=-1), ValueError, "from_= was given .* from_=0.5"),
    (lambda: laws.fit(PLAIN, confidence=2), ValueError, "confidence= is not a probability"),
    (lambda: laws.fit(PLAIN, error=["a"]), TypeError, "error was given .* a text, a number, or True"),
    (lambda: laws.fit(PLAIN, json=True), TypeError, "Leave it out"),
    (lambda: laws.fit({"n": [1, 2], "error": [1]}), ValueError, "Give as many"),
    (lambda: laws.fit({"n": [[1, 2]], "error": [1]}), ValueError, "Give a 1D array"),
    (lambda: laws.fit({}), ValueError, "no columns"),
    (lambda: laws.fit(3), TypeError, "given as int .* Give one of these"),
    (lambda: laws.fit("no_such.csv"), ValueError, "no_such.csv"),
    (lambda: laws.fit({"n": [], "error": []}), ValueError, ""),
]


@pytest.mark.parametrize("number", range(len(BAD)))
def test_a_bad_call_is_told_what_to_do(number: int) -> None:
    call, kind, text = BAD[number]
    with pytest.raises(kind, match=text) as told:
        call()
    assert "/tmp" not in str(told.value)


def test_tables_that_come_with_the_program_are_those_that_it_shows() -> None:
    systems = laws.table("imagenet")
    assert {"name", "year", "gflop", "top1_error"} <= set(systems.columns) and len(systems) > 10
    shown = quartic._native.program(["show", "imagenet"], quartic._native.Kinds())[1].decode()
    assert systems.equals(pd.read_csv(io.StringIO(shown)))
    with pytest.raises(ValueError, match="the tables are conversions, generations, imagenet"):
        laws.table("cifar")
