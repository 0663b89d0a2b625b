"""Runs of several groups in one table and one picture."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import quartic
from quartic import gather
from scipy import stats

STUDY = {
    "sizes": [10, 20, 40, 80, 160],
    "replicates": 10,
    "world": {"kind": "sparse_linear", "candidates": 15, "relevant": 4},
    "arm": [
        {"name": "expert", "model": "least_squares", "expert": {"correct": 3}},
        {"name": "flexible", "model": "least_squares"},
    ],
    "claim": [
        {"says": "The expert stalls", "arm": "expert", "law": "plateau", "from": 80, "expect": 0.25, "margin": 0.1},
        {"says": "The flexible one overtakes", "arm": "flexible", "law": "crossing", "from": 20,
         "against": {"arm": "expert"}, "expect": 60, "margin": 40},
    ],
}


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    work = tmp_path_factory.mktemp("groups")
    made = [work / name for name in ("Ada", "Emmy", "Karen")]
    for folder in made:
        quartic.run(STUDY, seed=gather.seed_from(folder.name), out=folder, progress=False)
    return made


@pytest.mark.parametrize(("word", "seed"), [("", 0x811C9DC5), ("a", 0xE40C292C), ("foobar", 0xBF9CF968)])
def test_seeds_are_the_published_hashes(word: str, seed: int) -> None:
    assert gather.seed_from(word) == seed


def test_the_seed_of_a_word_is_that_of_the_program(tmp_path: Path) -> None:
    words = ["run", "figure2", "--effort", "classroom", "--seed-from", "Group Ä", "--set", "replicates=2",
             "--set", "sizes=[20, 40]", "--out", str(tmp_path / "run")]
    quartic._native.program(words, quartic._native.Kinds())
    assert quartic.open(tmp_path / "run").study.to_dict()["seed"] == gather.seed_from("Group Ä")


def test_pooled_ratios_have_students_interval_about_the_geometric_mean() -> None:
    estimates = [700.0, 900.0, 1300.0, 800.0]
    logs = np.log(estimates)
    ends = stats.t.interval(0.9, 3, loc=logs.mean(), scale=stats.sem(logs))
    assert gather.pooled(estimates, confidence=0.9) == pytest.approx([np.exp(logs.mean()), *np.exp(ends)], rel=1e-12)


def test_pooled_exponents_have_students_interval_about_the_mean() -> None:
    estimates = [1.9, 2.0, 2.3]
    ends = stats.t.interval(0.95, 2, loc=np.mean(estimates), scale=stats.sem(estimates))
    assert gather.pooled(estimates, ratios=False) == pytest.approx([np.mean(estimates), *ends], rel=1e-12)


def test_pooled_intervals_hold_the_truth_as_often_as_they_say() -> None:
    draws = np.exp(np.random.default_rng(1).normal(2, 0.5, (4000, 5)))
    held = [low <= np.exp(2) <= high for _, low, high in (gather.pooled(row) for row in draws)]
    assert abs(np.mean(held) - 0.95) < 5 * np.sqrt(0.95 * 0.05 / len(draws))


def test_groups_without_an_estimate_are_left_out_of_the_mean() -> None:
    assert gather.pooled([50, np.nan, 200]) == gather.pooled([50, 200])


def test_one_group_has_no_interval_and_none_has_no_mean() -> None:
    assert gather.pooled([3.0])[0] == pytest.approx(3.0)
    assert np.isnan(gather.pooled([3.0])[1:]).all()
    assert np.isnan(gather.pooled([np.nan])).all()


def test_a_ratio_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="no logarithm"):
        gather.pooled([0.0, 1.0])


def test_the_table_has_what_each_group_found_and_all_together(folders: list[Path]) -> None:
    found = gather.table(folders)
    alone = [quartic.open(folder).findings.iloc[1] for folder in folders]
    assert found["group"].tolist() == ["Ada", "Emmy", "Karen", "all groups"]
    assert found["estimate"].tolist()[:3] == [one["estimate"] for one in alone]
    assert tuple(found.iloc[-1][["estimate", "low", "high"]]) == gather.pooled(found["estimate"][:3])


def test_another_claim_can_be_asked_for(folders: list[Path]) -> None:
    found = gather.table(folders, claim="The expert stalls")
    assert found["estimate"].iloc[-1] == pytest.approx(found["estimate"].iloc[:3].mean())


def test_the_picture_has_thin_lines_for_groups_and_thick_ones_for_all(folders: list[Path]) -> None:
    left, right = gather.picture(folders).axes
    widths = [line.get_linewidth() for line in left.get_lines()]
    assert widths == [1, 1, 1, 3.5] * 2
    assert [label.get_text() for label in right.get_yticklabels()] == ["Ada", "Emmy", "Karen", "all groups"]
    expected = np.exp(np.mean([np.log(line.get_ydata()) for line in left.get_lines()[:3]], axis=0))
    np.testing.assert_allclose(left.get_lines()[3].get_ydata(), expected, rtol=1e-12)


def test_apart_nothing_is_said_of_all_groups_and_curves_have_their_names(folders: list[Path]) -> None:
    left, right = gather.picture(folders, together=False).axes
    assert [text.get_text() for text in left.texts] == ["flexible", "Ada", "Emmy", "Karen"]
    assert [label.get_text() for label in right.get_yticklabels()] == ["Ada", "Emmy", "Karen"]
    assert gather.table(folders, together=False)["group"].tolist() == ["Ada", "Emmy", "Karen"]


def test_an_interval_that_reaches_far_does_not_squeeze_the_others() -> None:
    low, high = gather._limits(np.array([[400, 300, 600], [1300, 900, 2000], [700, 1e-9, 1e9]], float), True)
    assert 5 < low < 300 and 2000 < high < 100_000


def test_a_group_whose_curves_do_not_cross_has_words_instead_of_a_point(tmp_path: Path) -> None:
    study = {**STUDY, "claim": [{**STUDY["claim"][1], "from": 10, "to": 20}]}  # type: ignore[index]
    quartic.run(study, out=tmp_path / "early", progress=False)
    _, right = gather.picture([tmp_path / "early"]).axes
    assert "none among these sizes" in [text.get_text() for text in right.texts]


def test_arms_of_python_need_not_be_there(tmp_path: Path) -> None:
    from sklearn.linear_model import Ridge

    quartic.run(quartic.Study(STUDY).with_arm("ours", quartic.arm(Ridge())), out=tmp_path / "ours", progress=False)
    assert gather.table([tmp_path / "ours"])["group"].tolist() == ["ours", "all groups"]


def test_the_same_seed_twice_is_refused(folders: list[Path]) -> None:
    with pytest.raises(ValueError, match="same seed"):
        gather.table([folders[0], folders[0]])


def test_another_world_is_refused(folders: list[Path], tmp_path: Path) -> None:
    quartic.run(STUDY, out=tmp_path / "noisy", progress=False, **{"world.noise": 2})
    with pytest.raises(ValueError, match="different worlds"):
        gather.picture([folders[0], tmp_path / "noisy"])


def test_a_folder_without_a_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="has no study.toml"):
        gather.table([tmp_path])


def test_no_folder_is_refused() -> None:
    with pytest.raises(ValueError, match="no folder"):
        gather.table([])


def test_a_claim_that_nobody_made_is_refused(folders: list[Path]) -> None:
    with pytest.raises(ValueError, match="The expert stalls; The flexible one overtakes"):
        gather.table(folders, claim="All is well")


def test_the_command_draws_and_prints(folders: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "all.svg"
    assert gather.main([*map(str, folders), "--out", str(out)]) == 0
    assert out.read_bytes().startswith(b"<?xml")
    assert "all groups" in capsys.readouterr().out


def test_the_command_tells_what_it_refuses(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert gather.main([str(tmp_path)]) == 2
    assert "Give folders of runs that have ended" in capsys.readouterr().err
