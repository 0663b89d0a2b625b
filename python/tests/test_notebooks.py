"""Notebooks: how they are kept, and what their pages refuse. ``./dev notebooks`` runs them."""

from __future__ import annotations

import doctest
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from nbformat import v4

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
sys.path.insert(0, str(NOTEBOOKS))

import execute  # noqa: E402
import lesson  # noqa: E402

# Of Debian's nbconvert, on itself.
pytestmark = pytest.mark.filterwarnings("ignore:.*relax_add_props.*:DeprecationWarning")

KEPT = sorted(NOTEBOOKS.glob("*.ipynb"))
EXERCISE = "from lesson import check\nanswer = None\ncheck(1, answer, {right})"
ANSWERS = {"answers": {"right": {"answer": "2"}, "wrong": {"answer": "3"}}}


def ran(source: str, **metadata: Any) -> Any:
    """A notebook of one cell, run with its trials."""
    notebook: Any = v4.new_notebook()  # type: ignore[no-untyped-call]
    notebook.cells.append(v4.new_code_cell(source, metadata=metadata))  # type: ignore[no-untyped-call]
    notebook.cells += list(execute.trials(notebook))
    execute.check_ran(notebook, execute.run(notebook))
    return notebook


@pytest.mark.parametrize("path", KEPT, ids=str)
def test_a_notebook_is_kept_without_outputs_and_with_ids(path: Path) -> None:
    execute.read(path)


@pytest.mark.parametrize("path", KEPT, ids=str)
def test_a_notebook_asks_for_a_prediction_and_has_exercises_with_answers_to_try(path: Path) -> None:
    cells = execute.read(path).cells
    assert any("redict" in cell.source for cell in cells)
    assert len([cell for cell in cells if set(cell.metadata.get("answers", {})) == {"right", "wrong"}]) in (3, 4)


def test_outputs_and_doubled_ids_are_refused(tmp_path: Path) -> None:
    kept = json.loads(KEPT[0].read_text(encoding="utf-8"))
    file = tmp_path / "spoiled.ipynb"
    kept["cells"][1]["id"] = kept["cells"][0]["id"]
    file.write_text(json.dumps(kept), encoding="utf-8")
    with pytest.raises(execute.Refused, match="two with the id"):
        execute.read(file)
    kept["cells"][1]["id"] = "another"
    kept["cells"][-2]["execution_count"] = 3
    file.write_text(json.dumps(kept), encoding="utf-8")
    with pytest.raises(execute.Refused, match="has outputs in cell"):
        execute.read(file)


def test_an_exercise_takes_the_right_answer_and_refuses_a_wrong_one() -> None:
    ran(EXERCISE.format(right="2"), **ANSWERS)
    with pytest.raises(execute.Refused, match='does not say "right." to right answers'):
        ran(EXERCISE.format(right="4"), **ANSWERS)
    with pytest.raises(execute.Refused, match='does not say "not yet." to wrong answers'):
        ran(EXERCISE.format(right="lambda answer: True"), **ANSWERS)


def test_a_warning_is_refused() -> None:
    with pytest.raises(execute.Refused, match="wrote to standard error"):
        ran("import warnings\nwarnings.warn('beware')")


def test_a_page_links_nothing_outside_itself() -> None:
    notebook = ran("from IPython.display import HTML\nHTML('<p>well</p>')")
    text = execute.page(notebook, "page")
    assert "<p>well</p>" in text
    assert "<script src" not in text
    notebook.cells[0].outputs[0].data["text/html"] = '<img src="file:///usr/share/picture.png">'
    with pytest.raises(execute.Refused, match="file:///usr/share/picture.png"):
        execute.page(notebook, "page")


def test_examples_of_the_lesson_give_what_they_say() -> None:
    assert doctest.testmod(lesson).failed == 0
