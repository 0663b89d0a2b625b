"""Runs: tables, arrays and files, which are those of the program."""

from __future__ import annotations

import gc
import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from conftest import Program

import quartic
from quartic import Run, Study

CLASSES = """
title = "<i>classes</i>"
sizes = [40, 80, 160]
replicates = 3
[world]
kind = "logistic"
candidates = 40
relevant = 5
[[arm]]
name = "NA"
model = "logistic_regression"
expert = { correct = 4, wrong = 1 }
[[arm]]
name = "<b>&"
model = "logistic_lasso"
penalty = "cv"
[[arm]]
name = "guess"
model = "perceptron"
[[claim]]
says = "<script>alert(1)</script>"
arm = "<b>&"
law = "data_exponent"
at_least = 0.1
[[claim]]
says = "One catches up with the other"
arm = "<b>&"
law = "crossing"
against = { arm = "NA", n = 40 }
expect = 100
"""
SWEEP = """
sizes = [30, 60]
replicates = 2
[world]
kind = "sparse_linear"
candidates = 40
relevant = 4
noise = [1.0, 2.5]
covariance = ["isotropic", "ar1(0.5)"]
[[arm]]
name = "all"
model = "least_squares"
[[arm]]
name = "few"
model = "lasso"
penalty = ["theory", 0.5]
[[claim]]
says = "fewer errors"
arm = "few"
law = "plateau"
at_most = 1.0
"""
ADAPTIVE = """
sizes = [20, 40]
replicates = { until = "se(log error) < 0.1", between = [10, 80] }
[world]
kind = "sparse_linear"
candidates = 12
relevant = 3
[[arm]]
name = "all"
model = "least_squares"
[[arm]]
name = "shrunk"
model = "ridge"
"""
HISTORY = """
sizes = [60]
replicates = 1
[world]
kind = "sparse_linear"
candidates = 6
relevant = 2
[[arm]]
name = "network"
model = "mlp"
history = true
epochs = 4
"""
FIGURE = ("figure2", {"effort": "classroom", "replicates": 3, "arm.oracle.replicates": 40})


@pytest.fixture(params=["figure2", "classes", "sweep", "adaptive", "history"])
def of_the_program(request: pytest.FixtureRequest, program: Program, tmp_path: Path) -> tuple[Path, Study]:
    """A folder that the program left, and the study."""
    texts = {"classes": CLASSES, "sweep": SWEEP, "adaptive": ADAPTIVE, "history": HISTORY}
    source, folder = tmp_path / f"{request.param}.toml", tmp_path / "of_the_program"
    if request.param in texts:
        source.write_text(texts[request.param])
        assert program("run", source, "--quiet", "--out", folder).returncode in (0, 1)
        return folder, Study(source)
    name, settings = FIGURE
    words = [f"--set={key}={value}" for key, value in settings.items() if key != "effort"]
    assert program("run", name, "--effort", "classroom", *words, "--quiet", "--out", folder).returncode == 0
    return folder, Study(name, **settings)


def digest(folder: Path) -> str:
    return str(json.loads((folder / "manifest.json").read_text())["digest"]["sha256"])


RESULTS = {"records.csv", "summary.csv", "findings.json", "cube.npy", "cube.json", "study.toml", "classes.csv",
           "history.csv"}


def assert_same_results(folder: Path, other: Path) -> None:
    names = {path.name for path in folder.iterdir()} & RESULTS
    assert names == {path.name for path in other.iterdir()} & RESULTS
    for name in names:
        assert (folder / name).read_bytes() == (other / name).read_bytes(), name
    assert digest(folder) == digest(other)


def test_a_run_is_that_of_the_program_to_the_byte(of_the_program: tuple[Path, Study], tmp_path: Path) -> None:
    folder, study = of_the_program
    run = quartic.run(study)
    assert run.records_csv == (folder / "records.csv").read_bytes()
    assert run.findings_json == json.loads((folder / "findings.json").read_text())
    np.testing.assert_array_equal(run.cube, np.load(folder / "cube.npy"))
    assert json.loads((folder / "cube.json").read_text())["measure"] == run.measures
    run.save(tmp_path / "saved")
    assert_same_results(folder, tmp_path / "saved")
    written = quartic.run(study, out=tmp_path / "written")
    assert_same_results(folder, tmp_path / "written")
    assert written.records_csv == run.records_csv


def test_a_folder_is_opened_as_the_run_that_left_it(of_the_program: tuple[Path, Study]) -> None:
    folder, study = of_the_program
    opened, ran = quartic.open(folder), quartic.run(study)
    assert opened.study.toml == study.toml and opened.study.name == study.name
    assert opened.records_csv == ran.records_csv
    assert opened.findings_json == ran.findings_json
    assert not opened.interrupted
    pd.testing.assert_frame_equal(opened.summary, ran.summary)


def test_records_are_those_of_the_file(of_the_program: tuple[Path, Study]) -> None:
    folder, study = of_the_program
    records = quartic.open(folder).records
    text = pd.read_csv(folder / "records.csv", keep_default_na=False, na_values=[""],
                       dtype={"arm": str, "message": str}, float_precision="round_trip")
    later = {"pretraining_flops", "inference_flops"}  # at the end of the file, beside the other flops here
    assert later <= set(records.columns) and later <= set(text.columns)
    assert ([name for name in records.columns if name in text.columns and name not in later]
            == [name for name in text.columns if name not in later])
    for name in text.columns:
        mine, theirs = records[name], text[name]
        if mine.dtype == np.int64:
            assert list(mine) == list(theirs.fillna(-1))
        elif mine.dtype == float:
            np.testing.assert_array_equal(mine, theirs.astype(float))
        else:
            assert list(mine.astype(str)) == list(theirs.fillna(""))


def test_types_of_records_are_numbers_categories_and_texts() -> None:
    records = quartic.run(Study(SWEEP)).records
    assert {name: str(kind) for name, kind in records.dtypes.items()} == {
        "cell": "int64", "arm": "category", "n": "int64", "replicate": "int64", "world.noise": "float64",
        "world.covariance": "object", "arm.few.penalty": "object", "status": "category", "excess_risk": "float64",
        "normalised_error": "float64", "error_se": "float64", "parameters": "int64", "iterations": "int64",
        "certificate": "float64", "fit_flops": "float64", "tuning_flops": "float64", "theory": "float64",
        "cpu_seconds": "float64", "message": "object", "pretraining_flops": "float64", "inference_flops": "float64",
    }
    assert set(records["world.covariance"]) == {"isotropic", "ar1(0.5)"}
    assert set(records["arm.few.penalty"]) == {"theory", 0.5}
    assert len(records) == 8 * 2 * 2 * 2


def test_worlds_of_classes_have_their_measures() -> None:
    run = quartic.run(Study(CLASSES))
    assert {"auc", "log_loss", "brier"} <= set(run.records.columns)
    assert run.records["auc"].between(0, 1).all()
    assert list(run.records["arm"].cat.categories) == ["NA", "<b>&", "guess"]
    assert set(run.summary["arm"]) == {"NA", "<b>&", "guess"}
    assert "auc" not in quartic.run(Study(SWEEP)).records.columns


def test_a_table_is_its_callers(small_run: Run) -> None:
    for name in ("records", "summary", "findings"):
        mine = getattr(small_run, name)
        mine["mine"] = 1
        assert "mine" not in getattr(small_run, name).columns
    assert list(small_run.timings.columns) == ["cell", "arm", "n", "replicate", "cpu_seconds"]


def test_a_study_without_claims_has_an_empty_table_of_findings() -> None:
    findings = quartic.run(Study(ADAPTIVE)).findings
    assert len(findings) == 0
    assert {"arm", "law", "verdict"} <= set(findings.columns)


def test_findings_have_settings_targets_and_intervals() -> None:
    sweep = quartic.run(Study(SWEEP)).findings
    assert list(sweep["world.noise"]) == [cell["settings"]["world.noise"] for cell in
                                          quartic.run(Study(SWEEP)).findings_json["findings"]]
    assert sweep["at_most"].eq(1.0).all() and sweep["expect"].isna().all()
    classes = quartic.run(Study(CLASSES)).findings
    assert list(classes["against"]) == [None, "NA at 40"]
    assert classes["verdict"].isin({"supported", "not_identified", "rejected", "inconclusive"}).all()


def address(array: Any) -> int:
    return int(array.__array_interface__["data"][0])


def test_the_cube_shares_memory_and_cannot_be_written(small_run: Run) -> None:
    cube = small_run.cube
    assert address(cube) == address(small_run.cube) == address(small_run.to_xarray().values)
    assert cube.shape == (1, 4, 4, 8, len(small_run.measures)) and cube.flags.c_contiguous
    assert not cube.flags.owndata and not cube.flags.writeable
    with pytest.raises(ValueError, match="read-only"):
        cube[...] = 0
    with pytest.raises(ValueError, match="WRITEABLE"):
        cube.flags.writeable = True


def test_columns_of_records_share_memory(small_run: Run) -> None:
    for name in ("n", "excess_risk", "parameters", "cell"):
        assert np.shares_memory(small_run.records[name].to_numpy(), small_run._native.columns[name])
    with pytest.raises(ValueError, match="read-only"):
        small_run.records.loc[0, "n"] = 1


def test_what_a_run_shows_outlives_it(small: Study) -> None:
    run = quartic.run(small)
    cube, records, axes, stream = run.cube, run.records, run.to_xarray(), run.__arrow_c_stream__()
    expected = cube.copy(), records["n"].sum()
    del run
    gc.collect()
    quartic.run(small, seed=2)
    np.testing.assert_array_equal(cube, expected[0])
    assert records["n"].sum() == expected[1]
    assert int((~axes.isnull()).sum()) == np.isfinite(expected[0]).sum()
    del stream


def test_the_cube_has_what_records_have(small_run: Run) -> None:
    axes = small_run.to_xarray()
    assert axes.dims == ("cell", "arm", "n", "replicate", "measure")
    assert list(axes["n"]) == small_run.study.sizes
    for row in small_run.records.itertuples():
        assert float(axes.sel(cell=0, arm=row.arm, n=row.n, replicate=row.replicate, measure="excess_risk")) == (
            row.excess_risk)


def test_settings_are_coordinates_of_cells() -> None:
    axes = quartic.run(Study(SWEEP)).to_xarray()
    assert list(axes["world.noise"].dims) == ["cell"]
    assert set(axes["world.noise"].values) == {1.0, 2.5}


def test_the_same_call_goes_on_from_a_folder(small: Study, small_run: Run, tmp_path: Path) -> None:
    quartic.run(small, out=tmp_path / "run", replicates=2)
    told: list[int] = []
    with pytest.raises(ValueError, match="extend=True"):
        quartic.run(small, out=tmp_path / "run")
    run = quartic.run(small, out=tmp_path / "run", extend=True)
    assert run.records_csv == small_run.records_csv
    again = quartic._native.run(small._native, str(tmp_path / "run"), progress=lambda done, *_: told.append(done))
    assert again.records_csv == small_run.records_csv
    assert told[-1] == len(small_run)


@pytest.mark.parametrize(("call", "error", "words"), [
    (lambda: quartic.open(None), TypeError, "folder was given None .it is the path of a folder"),
    (lambda: quartic.open(5), TypeError, "folder was given 5"),
    (lambda: quartic.run("figure2", out=5), TypeError, "out was given 5"),
    (lambda: quartic.run("figure2", out=""), ValueError, 'out is ""'),
    (lambda: quartic.run("figure2", out="a\0b"), ValueError, "out holds a zero byte"),
    (lambda: quartic.run("figure2", out="a\ud800"), ValueError, "out holds half a character"),
    (lambda: quartic.compare(3, 4), TypeError, "a run was given 3"),
    (lambda: quartic.Study("fig\ud800ure"), ValueError, "the study holds half a character"),
    (lambda: quartic.Study({"title": "a\ud800"}), ValueError, "a study holds half a character"),
    (lambda: quartic.Study("figure2", **{"world.noise": "\ud800"}), ValueError, "world.noise holds half a character"),
])
def test_paths_and_texts_that_are_none_are_refused(call: Any, error: type, words: str) -> None:
    with pytest.raises(error, match=words):
        call()


def test_a_folder_that_holds_the_study_of_another_run_is_kept(tmp_path: Path) -> None:
    (tmp_path / "study.toml").write_text("title = 'published points'\n", encoding="utf-8")
    for extend in (False, True):
        with pytest.raises(ValueError, match="study.toml of another study"):
            quartic.run("figure2", effort="classroom", out=tmp_path, extend=extend)
    assert (tmp_path / "study.toml").read_text(encoding="utf-8") == "title = 'published points'\n"


def test_a_folder_of_something_else_is_refused(small_run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.tex").write_text("years of work")
    for write in (small_run.save, lambda folder: quartic.run(small_run.study, out=folder)):
        with pytest.raises(ValueError, match="thesis.tex|not empty|anything"):
            write(tmp_path / "mine")
    with pytest.raises(ValueError, match="no run|no folder|there is no"):
        quartic.open(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()


def test_shards_merge_to_the_bytes_of_one_run(small: Study, small_run: Run, tmp_path: Path) -> None:
    folders = [tmp_path / str(number) for number in (1, 2, 3)]
    parts = [quartic.run(small, out=folder, shard=(number, 3)) for number, folder in enumerate(folders, 1)]
    assert not any(part.interrupted for part in parts)
    assert sum(map(len, parts)) == len(small_run)
    some = quartic.merge(tmp_path / "some", folders[:2], small)
    assert some.interrupted and len(some) == len(parts[0]) + len(parts[1])
    merged = quartic.merge(tmp_path / "all", folders[::-1], small)
    assert not merged.interrupted
    assert merged.records_csv == small_run.records_csv
    assert merged.findings_json == small_run.findings_json
    with pytest.raises(ValueError, match="another study"):
        quartic.merge(tmp_path / "other", folders, small, seed=2)
    with pytest.raises(ValueError, match="there is no"):
        quartic.merge(tmp_path / "other", [tmp_path / "nowhere"], small)


def test_threads_change_no_bit(small: Study, small_run: Run) -> None:
    assert quartic.run(small, threads=1).records_csv == quartic.run(small, threads=2).records_csv == (
        small_run.records_csv)


def test_a_comparison_tells_what_the_program_tells(program: Program, small_run: Run, tmp_path: Path) -> None:
    noisy = quartic.run(small_run.study, **{"world.noise": 2})
    small_run.save(tmp_path / "one")
    compared = quartic.compare(small_run, noisy)
    assert "B is worse" in compared.text and str(tmp_path) not in compared.text
    assert quartic.compare(tmp_path / "one", noisy).errors.equals(compared.errors)
    assert set(compared.errors["arm"]) == set(small_run.study.arms)
    assert {"estimate_a", "verdict_b"} <= set(compared.claims.columns)
    noisy.save(tmp_path / "two")
    said = program("compare", tmp_path / "one", tmp_path / "two").stdout
    assert said == str(quartic.compare(tmp_path / "one", tmp_path / "two"))


def test_a_report_is_a_page(small_run: Run, tmp_path: Path) -> None:
    page = small_run.report(tmp_path / "page.html")
    assert page == (tmp_path / "page.html").read_text(encoding="utf-8")
    assert page.lstrip().startswith("<!") and "regularised" in page


def test_what_people_wrote_is_shown_as_text() -> None:
    page = quartic.run(Study(CLASSES))._repr_html_()
    assert "<script>" not in page and "<i>classes" not in page and "<b>&" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("options", [
    {"shard": (0, 2)}, {"shard": (3, 2)}, {"threads": -1}, {"memory": -1}, {"memory": float("inf")}, {"memory": 1.0},
    {"effort": "bogus"}, {"out": ""},
])
def test_bad_options_are_value_errors(small: Study, options: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"\(.*\)\. "):
        quartic.run(small, **options)


@pytest.mark.parametrize("options", [
    {"shard": "1/2"}, {"shard": 1}, {"shard": (1.0, 2.0)}, {"shard": (1, 2, 3)}, {"threads": 1.5}, {"threads": True},
    {"memory": "4G"}, {"out": 5},
])
def test_options_of_another_type_are_type_errors(small: Study, options: dict[str, Any]) -> None:
    with pytest.raises(TypeError):
        quartic.run(small, **options)


def test_an_adaptive_study_has_no_shards(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="shard"):
        quartic.run(Study(ADAPTIVE), shard=(1, 2))


def test_statuses_are_those_of_the_file(small_run: Run) -> None:
    from quartic._run import STATUSES

    assert set(small_run.records["status"].cat.categories) == set(STATUSES)
    names = pd.read_csv(__import__("io").BytesIO(small_run.records_csv))["status"]
    assert list(names) == list(small_run.records["status"].astype(str))


def test_progress_counts_to_the_end(small: Study, capfd: pytest.CaptureFixture[str]) -> None:
    run = quartic.run(small, progress=True)
    assert f"{len(run)}/{len(run)}" in capfd.readouterr().err
    quartic.run(small)
    quartic.run(small, progress=False)
    assert capfd.readouterr().err == ""
