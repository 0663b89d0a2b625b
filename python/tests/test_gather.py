"""Runs of several groups, gathered by the program: those with arms of Python too."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import quartic
from quartic import _native

CLAIM = {"law": "crossing", "from": 20, "expect": 60, "margin": 40}


def study(columns: list[int]) -> dict[str, Any]:
    """With a list of findings that only Python knows."""
    ours = quartic.models.expert(columns, quartic.models.least_squares())
    return {
        "sizes": [10, 20, 40, 80, 160],
        "replicates": 10,
        "world": {"kind": "sparse_linear", "candidates": 15, "relevant": 4},
        "arm": {
            "ours": {"model": quartic.arm(ours)},
            "expert": {"model": "least_squares", "expert": {"correct": 3}},
            "flexible": {"model": "least_squares"},
        },
        "claim": [
            {"says": "The flexible one overtakes the expert", "arm": "flexible", "against": {"arm": "expert"}, **CLAIM},
            {"says": "The flexible one overtakes ours", "arm": "flexible", "against": {"arm": "ours"}, **CLAIM},
        ],
    }


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    work = tmp_path_factory.mktemp("groups")
    lists = {work / "Ada": [0, 1, 2], work / "Emmy": [0, 1, 2, 4, 6], work / "Karen": [3, 5]}
    for folder, columns in lists.items():
        quartic.run(study(columns), seed=quartic.seed_from(folder.name), out=folder, progress=False)
    return list(lists)


def gathered(folders: list[Path], out: Path) -> tuple[str, str]:
    """What the verb prints, and its refusal."""
    words = ["gather", *map(str, folders), "--out", str(out)]
    _, told, refused = _native.program(words, _native.Kinds())
    return told.decode(), refused.decode()


def rows_below(told: str, claim: str) -> list[list[str]]:
    """The words of each row of the claim's table."""
    below = told[told.index(claim):].split("\n\n")[0]
    lines = below.splitlines()
    first = next(number for number, line in enumerate(lines) if line.split()[:2] == ["group", "estimate"])
    return [line.split() for line in lines[first + 2:]]


@pytest.mark.parametrize(("word", "seed"), [("", 0x811C9DC5), ("a", 0xE40C292C), ("foobar", 0xBF9CF968)])
def test_seeds_are_the_published_hashes(word: str, seed: int) -> None:
    assert quartic.seed_from(word) == seed


def test_the_seed_of_a_word_is_that_of_the_program(tmp_path: Path) -> None:
    words = ["run", "figure2", "--effort", "classroom", "--seed-from", "Group Ä", "--set", "replicates=2",
             "--set", "sizes=[20, 40]", "--out", str(tmp_path / "run")]
    _native.program(words, _native.Kinds())
    assert quartic.open(tmp_path / "run").study.to_dict()["seed"] == quartic.seed_from("Group Ä")


def test_learners_that_all_groups_have_are_put_together(folders: list[Path], tmp_path: Path) -> None:
    told, _ = gathered(folders, tmp_path)
    rows = rows_below(told, "The flexible one overtakes the expert")
    assert [row[0] for row in rows] == ["Ada", "Emmy", "Karen", "all"]


def test_learners_of_python_are_shown_side_by_side(folders: list[Path], tmp_path: Path) -> None:
    told, _ = gathered(folders, tmp_path)
    rows = rows_below(told, "The flexible one overtakes ours")
    assert [row[0] for row in rows] == ["Ada", "Emmy", "Karen"]
    assert "not put together: ours" in told
    script = (tmp_path / "gathered.gp").read_text(encoding="utf-8")
    assert all(f"ours, {group}" in script for group in ("Ada", "Emmy", "Karen"))


def test_every_group_has_the_estimates_of_its_own_run(folders: list[Path], tmp_path: Path) -> None:
    told, _ = gathered(folders, tmp_path)
    for number, claim in enumerate(("The flexible one overtakes the expert", "The flexible one overtakes ours")):
        for folder, row in zip(folders, rows_below(told, claim)):
            found = json.loads((folder / "findings.json").read_text(encoding="utf-8"))["findings"][number]
            if found["estimate"] is None:
                assert row[1] in ("never", "-")
            else:
                assert float(row[1].replace(",", "")) == pytest.approx(found["estimate"], rel=0.01)


def test_a_cube_that_is_not_of_its_study_is_refused(folders: list[Path], tmp_path: Path) -> None:
    broken = quartic.run(study([0]), out=tmp_path / "broken", progress=False)
    assert broken.failed == 0
    cube = tmp_path / "broken" / "cube.npy"
    cube.write_bytes(cube.read_bytes()[:-8])
    _, refused = gathered([folders[0], tmp_path / "broken"], tmp_path)
    assert "no cube" in refused


def test_the_same_seed_twice_is_refused(folders: list[Path], tmp_path: Path) -> None:
    _, refused = gathered([folders[0], folders[0]], tmp_path)
    assert "has the seed of" in refused


def test_a_folder_without_a_run_is_refused(folders: list[Path], tmp_path: Path) -> None:
    _, refused = gathered([folders[0], tmp_path], tmp_path)
    assert str(tmp_path) in refused
