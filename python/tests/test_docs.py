"""The code of documents runs as it stands: block after block in one process, in an empty folder.

    test_docs.py PAGE    runs the blocks of a page
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import quartic

ROOT = Path(__file__).resolve().parents[2]
_BLOCK = re.compile(r"^```python\n(?P<code>.*?)^```\n(?:\n```text\n(?P<output>.*?)^```\n)?", re.DOTALL | re.MULTILINE)
_PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
DOCUMENTS = [str(page.relative_to(ROOT)) for page in _PAGES if _BLOCK.search(page.read_text(encoding="utf-8"))]


def run_blocks(path: Path) -> None:
    """Runs every block of Python; a block of text that follows one is what it prints."""
    text = path.read_text(encoding="utf-8")
    namespace: dict[str, Any] = {"__name__": "__main__"}
    for block in _BLOCK.finditer(text):
        start = text.count("\n", 0, block.start("code"))
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile("\n" * start + block["code"], path.name, "exec"), namespace)
        lines = [line.rstrip() for line in printed.getvalue().splitlines()]
        if block["output"] is not None and lines != block["output"].splitlines():
            raise SystemExit(f"{path.name}:{start + 1} prints something else:\n{printed.getvalue()}")


def wrong_with(page: Path, folder: Path) -> str:
    """What a reader sees go wrong who types the blocks of a page in a folder; nothing where all is well."""
    ran = subprocess.run([sys.executable, __file__, str(page)], cwd=folder, env={**os.environ, "MPLBACKEND": "agg"},
                         capture_output=True, text=True, check=False)
    return ran.stderr if ran.returncode == 0 else ran.stderr or "it fails and says nothing"


@pytest.mark.parametrize("document", DOCUMENTS)
def test_code_of_documents_runs(document: str, tmp_path: Path) -> None:
    if document == "docs/reliability.md":  # it reads the run of the README
        quartic.run("figure2", effort="classroom", replicates=2, out=tmp_path / "runs/figure2")
    assert wrong_with(ROOT / document, tmp_path) == ""


def test_readers_find_code_where_they_begin() -> None:
    assert {"README.md", "docs/python.md"} <= set(DOCUMENTS)


@pytest.mark.parametrize(("text", "wrong"), [
    ("```python\na = 1\n```\n\n```python\na / 0\n```\n", "ZeroDivisionError"),
    ("```python\nprint(1)\n```\n\n```text\n2\n```\n", "page.md:2 prints something else:\n1\n"),
])
def test_code_that_fails_or_prints_something_else_is_found(text: str, wrong: str, tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text(text)
    assert wrong in wrong_with(tmp_path / "page.md", tmp_path)


if __name__ == "__main__":
    run_blocks(Path(sys.argv[1]))
