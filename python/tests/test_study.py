"""Studies: from whatever they may be made of, and what is wrong with those that cannot be made."""

from __future__ import annotations

import copy
import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from conftest import Program
from sklearn.linear_model import Ridge

import quartic
from quartic import Study

SMALL = """
sizes = [20, 40]
replicates = 2
[world]
kind = "sparse_linear"
candidates = 30
[[arm]]
name = "all"
model = "ridge"
[effort.more]
replicates = 5
world.noise = 2.0
"""
MAPPING = {
    "sizes": [20, 40],
    "replicates": 2,
    "world": {"kind": "sparse_linear", "candidates": 30},
    "arm": [{"name": "all", "model": "ridge"}],
    "effort": {"more": {"replicates": 5, "world": {"noise": 2.0}}},
}


def noises(study: Study) -> list[Any]:
    return study.settings["world.noise"]


def test_text_file_mapping_and_keywords_make_the_same_study(tmp_path: Path) -> None:
    path = tmp_path / "study.toml"
    path.write_text(SMALL)
    made = [Study(SMALL), Study(path), Study(str(path)), Study(MAPPING)]
    for effort in ("", "more"):
        assert len({Study(study, effort=effort).toml for study in made}) == 1
    keywords: dict[str, Any] = {key: value for key, value in MAPPING.items() if key != "effort"}
    assert Study(**keywords).toml == made[0].toml


def test_an_experiment_has_its_name_and_a_file_that_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "my.own.toml").write_text(SMALL)
    study = Study(tmp_path / "my.own.toml")
    assert [Study("figure2").name, study.name] == ["figure2", "my.own"]
    assert Study(study, replicates=3).name == study.with_arm("more", "lasso").name == "my.own"


def test_arms_may_be_a_mapping_by_name() -> None:
    study = Study(sizes=[20], world="sparse_linear", arm={"a": "ridge", "b": {"model": "lasso", "penalty": "cv"}})
    assert study.arms == ["a", "b"]
    assert study.to_dict()["arm"][1]["penalty"] == "cv"


def test_changes_of_a_study_are_those_of_its_source() -> None:
    study = Study("figure2", effort="classroom", replicates=5)
    changed = Study(study, **{"world.noise": 2})
    assert changed.toml == Study("figure2", effort="classroom", replicates=5, **{"world.noise": 2}).toml
    assert changed.effort == "classroom"
    assert Study(study, effort="paper").to_dict()["arm"][0]["replicates"] == 20000
    assert Study(study, replicates=7).replicates == 7
    assert Study(study).toml == study.toml


def test_the_later_of_two_settings_counts() -> None:
    ranged = Study("figure2", **{"world.noise": {"from": 1, "to": 4, "points": 2}})
    assert noises(ranged) == [1, 4]
    assert noises(Study(ranged, **{"world.noise": {"from": 1, "to": 3, "step": 1}})) == [1, 2, 3]


def test_a_seed_is_that_of_the_study() -> None:
    for seed in (7, np.int64(7), np.uint8(7)):
        assert Study("figure2", seed=seed).seed == 7
    assert Study(Study("figure2", seed=7), replicates=2).seed == 7


@pytest.mark.parametrize("value", [
    np.array([1.0, 2.0]), np.array([1, 2], dtype=np.int8), [np.float64(1), np.float32(2)], (1, 2), range(1, 3), "1,2",
    "1:2:linear:2", {"from": 1, "to": 2, "step": 1}, [1.0, np.int32(2)],
])
def test_lists_arrays_and_ranges_make_a_sweep(value: Any) -> None:
    assert noises(Study("figure2", **{"world.noise": value})) == [1, 2]


@pytest.mark.parametrize("value", [0.5, np.float64(0.5), np.float32(0.5), np.array(0.5), "0.5"])
def test_a_number_of_any_type_is_a_number(value: Any) -> None:
    assert Study("figure2", **{"world.noise": value}).to_dict()["world"]["noise"] == 0.5


def test_a_list_of_one_is_a_sweep_and_a_number_is_none() -> None:
    assert noises(Study("figure2", **{"world.noise": [2]})) == [2]
    assert Study("figure2", **{"world.noise": 2}).settings == {}


def test_settings_that_are_false_are_set() -> None:
    assert Study(Study(SMALL), **{"world.signal": 0}).to_dict()["world"]["signal"] == 0
    assert quartic.run(Study(SMALL), seed=0).study.seed == 0
    with pytest.raises(ValueError, match="replicates"):
        quartic.run(Study(SMALL), replicates=0)


def test_texts_of_any_kind_survive() -> None:
    title = 'a "quoted" \\ ü\tß \x7f [x] = 1'
    assert Study("figure2", title=title).title == title
    assert Study({**MAPPING, "title": title}).title == title


def test_a_mapping_of_the_study_makes_it_again() -> None:
    for name in ("figure2", "xray", "crossover"):
        study = Study(name)
        assert Study(study.to_dict()).toml == study.toml


def test_an_arm_changes_no_other_number_and_keeps_efforts() -> None:
    more = Study("figure2").with_arm("shrunk", "ridge", penalty="cv", expert={"correct": 9, "wrong": 1})
    assert more.arms == [*Study("figure2").arms, "shrunk"]
    settings: dict[str, Any] = {"effort": "classroom", "replicates": 2, "sizes": [20, 60]}
    before, after = quartic.run("figure2", **settings), quartic.run(more, **settings)
    np.testing.assert_array_equal(before.cube[..., 1:3], after.cube[:, :-1, ..., 1:3])


def test_each_estimator_is_an_arm_of_its_own() -> None:
    study = Study(SMALL).with_arm("weak", Ridge(alpha=1e-3)).with_arm("strong", Ridge(alpha=1e6))
    assert list(study.models) == ["python_ridge", "python_ridge_2"]
    run = quartic.run(study)
    errors = run.records.groupby("arm", observed=True)["normalised_error"].mean()
    assert errors["strong"] > 0.99 > errors["weak"]


def test_another_world_leaves_out_what_was_set_of_the_old_one() -> None:
    study = Study(Study(SMALL), effort="more", **{"world.relevant": 3}).with_world({"kind": "smooth", "roughness": 1.0})
    assert study.to_dict()["world"] == {"kind": "smooth", "roughness": 1.0}
    assert study.replicates == 5
    assert Study(SMALL).with_world("smooth").to_dict()["world"]["kind"] == "smooth"


def test_a_file_that_includes_another_takes_arms_and_worlds(tmp_path: Path) -> None:
    (tmp_path / "base.toml").write_text(SMALL)
    path = tmp_path / "more.toml"
    path.write_text('include = "base.toml"\n[arm.all]\npenalty = 0.5\n')
    study = Study(path)
    assert study.with_arm("new", "lasso").arms == ["all", "new"]
    assert study.with_world("smooth").to_dict()["arm"][0]["penalty"] == 0.5
    assert Study(path, effort="more").replicates == 5


def test_copies_and_pickles_are_the_same_study() -> None:
    study = Study("figure2", effort="classroom", **{"world.noise": [1, 2]}).with_arm("mine", Ridge())
    for other in (copy.copy(study), copy.deepcopy(study), pickle.loads(pickle.dumps(study))):
        assert other.toml == study.toml
        assert (other.name, other.effort) == (study.name, study.effort)
        assert other.models["python_ridge"].fingerprint == study.models["python_ridge"].fingerprint
        assert Study(other, effort="paper").toml == Study(study, effort="paper").toml


@pytest.mark.parametrize(("arguments", "source", "settings"), [
    (["nonsense"], "nonsense", {}),
    (["figure"], "figure", {}),
    ([""], "", {}),
    (["nonsense.toml"], "nonsense.toml", {}),
    (["nonsense.toml"], Path("nonsense.toml"), {}),
    (["figure2", "--effort", "bogus"], "figure2", {"effort": "bogus"}),
    (["figure2", "--set", "seed=-1"], "figure2", {"seed": -1}),
    (["figure2", "--set", "world.noise=-1"], "figure2", {"world.noise": -1}),
    (["figure2", "--set", "world.noise=nan"], "figure2", {"world.noise": float("nan")}),
    (["figure2", "--set", "world.noize=1"], "figure2", {"world.noize": 1}),
    (["figure2", "--set", "world.kind=marsian"], "figure2", {"world.kind": "marsian"}),
    (["figure2", "--set", "arm.nobody.penalty=1"], "figure2", {"arm.nobody.penalty": 1}),
    (["figure2", "--set", "arm.expert.expert={ correct = 99 }"], "figure2", {"arm.expert.expert": {"correct": 99}}),
    (["figure2", "--set", "replicates=0"], "figure2", {"replicates": 0}),
    (["figure2", "--set", "replicates=2.5"], "figure2", {"replicates": 2.5}),
    (["figure2", "--set", "sizes=[]"], "figure2", {"sizes": []}),
    (["figure2", "--set", "sizes=[3, -1]"], "figure2", {"sizes": [3, -1]}),
    (["figure2", "--set", "world..x=1"], "figure2", {"world..x": 1}),
    (["figure2", "--set", "effort.x=1"], "figure2", {"effort.x": 1}),
])
def test_what_is_refused_is_refused_with_the_text_of_the_program(program: Program, arguments: list[str], source: Any,
                                                               settings: dict[str, Any]) -> None:
    said = program("check", *arguments)
    assert said.returncode == 2
    with pytest.raises(ValueError) as refusal:
        Study(source, **settings)
    assert str(refusal.value) == said.stderr.removeprefix("quartic: ").strip()


@pytest.mark.parametrize("content", [b"sizes = [1, 2\n", b"\xff\xfe\x00", b"", b"x = 1\n", b"sizes = [10]\n[world]\n"])
def test_a_file_that_is_refused_is_refused_with_the_text_of_the_program(program: Program, tmp_path: Path,
                                                                       content: bytes) -> None:
    path = tmp_path / "bad.toml"
    path.write_bytes(content)
    with pytest.raises(ValueError) as refusal:
        Study(path)
    assert str(refusal.value) == program("check", path).stderr.removeprefix("quartic: ").strip()


@pytest.mark.parametrize("make", [
    lambda: Study(5),
    lambda: Study([1, 2]),
    lambda: Study(b"figure2"),
    lambda: Study("figure2", effort=3),
    lambda: Study("figure2", seed=1.5),
    lambda: Study("figure2", seed=True),
    lambda: Study("figure2", seed="word"),
    lambda: Study("figure2", replicates=None),
    lambda: Study("figure2", **{"world.noise": object()}),
    lambda: Study("figure2", **{"world.noise": 1j}),
    lambda: Study("figure2", **{"world.noise": {1, 2}}),
    lambda: Study("figure2", **{"world.noise": b"ab"}),
    lambda: Study("figure2", **{"world.noise": np.array([object()])}),
    lambda: Study({"sizes": None}),
    lambda: Study("figure2", models={"mine": object()}),
    lambda: Study("figure2", worlds={"mine": object()}),
    lambda: Study("figure2").with_arm("x", Ridge),
    lambda: Study("figure2").with_arm("x", 5),
    lambda: Study("figure2").with_world(5),
    lambda: quartic.plan("figure2", threads=1.5),
    lambda: quartic.plan("figure2", memory="4G"),
])
def test_what_no_study_has_is_a_type_error_that_says_what_to_do(make: Any) -> None:
    with pytest.raises(TypeError, match=r"\(.*\)\. (Give|Write|Call)"):
        make()


@pytest.mark.parametrize("make", [
    lambda: Study({}),
    lambda: Study(None),
    lambda: Study("recorded"),
    lambda: Study("figure2", threads=3),
    lambda: Study("figure2", models={"ridge": Ridge()}),
    lambda: Study("figure2").with_arm("oracle", "ridge"),
    lambda: Study("figure2").with_arm("x", "nonsense"),
    lambda: Study("figure2").with_arm("x", Ridge(), penalty=0.1),
    lambda: Study("figure2").with_arm(5, "ridge"),
    lambda: Study("figure2").with_world("nonsense"),
    lambda: Study(sizes=[10], world="logistic", arm="x"),
    lambda: quartic.plan("figure2", threads=-1),
    lambda: quartic.plan("figure2", memory=float("nan")),
])
def test_what_is_wrong_with_a_study_is_a_value_error(make: Any) -> None:
    with pytest.raises(ValueError, match=r"\(.*\)[.?] "):
        make()


def test_a_plan_counts_what_a_run_makes(small: Study, small_run: quartic.Run) -> None:
    plan = quartic.plan(small)
    assert (plan.cells, plan.fits) == (1, len(small_run))
    assert plan.flops > 0 < plan.memory_bytes


def test_pages_show_names_as_text() -> None:
    study = Study(SMALL, title="<script>").with_arm("<b>&", "lasso")
    page = study._repr_html_()
    assert "<script>" not in page and "<b>" not in page
    assert "&lt;b&gt;&amp;" in page
    assert "lasso" in page and "lasso" not in repr(study)
