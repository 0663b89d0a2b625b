#!/usr/bin/env python3
"""Runs every notebook in a kernel of its own and makes a page of HTML of each, which links nothing outside itself.

    execute.py build/notebooks            all
    execute.py build/notebooks 01 03      those whose names begin so
    execute.py --check                    are the notebooks as they are kept: no outputs, no counts, an id a cell

A notebook fails where a cell fails, where its kernel writes to standard error, or where an exercise takes a wrong
answer or refuses the right one. A cell of an exercise has answers to try in its metadata:

    {"answers": {"right": {"answer": "0.02"}, "wrong": {"answer": "0.2"}}}

They replace the lines `answer = None`, after the notebook has run, and do not stand on the page. The metadata `alt` of
a cell says in words what its picture shows.
"""

from __future__ import annotations

import argparse
import copy
import json
import os
import re
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
from jinja2 import DictLoader
from nbclient.client import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbconvert import HTMLExporter

HERE = Path(__file__).resolve().parent

os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"  # or the debugger of kernels remarks on Python's own modules

# Of nbconvert's page, without the scripts that it would load from elsewhere, and with words for each picture.
PAGE = """{%- extends 'index.html.j2' -%}
{%- block html_head_js_requirejs -%}{%- endblock html_head_js_requirejs -%}
{%- block html_head_js_mathjax -%}{%- endblock html_head_js_mathjax -%}
{%- block data_png scoped -%}
<div class="jp-RenderedImage jp-OutputArea-output {{ extra_class }}">
<img src="data:image/png;base64,{{ output.data['image/png'] | escape_html }}" alt="{{
  output.metadata.get('alt', '') | escape_html }}" style="max-width: 100%">
</div>
{%- endblock data_png -%}
"""

COLOURS = r"\x1b\[[0-9;]*m"  # of tracebacks

SAID = {"right": "right.", "wrong": "not yet.", "none": "no answer yet."}


class Refused(Exception):
    """What is wrong with a notebook."""


def chosen(beginnings: list[str]) -> list[Path]:
    """The notebooks whose names begin so, or all."""
    found = [path for path in sorted(HERE.glob("*.ipynb"))
             if not beginnings or any(path.name.startswith(one) for one in beginnings)]
    if not found:
        raise Refused(f"no notebook in {HERE} begins with {' or '.join(beginnings) or 'anything'}")
    return found


def read(path: Path) -> Any:
    """The notebook as it is kept; refuses outputs, counts, cells without an id of their own, and other kernels."""
    text = path.read_text(encoding="utf-8")
    kept = json.loads(text)  # nbformat would give ids to cells that have none
    if (kept["nbformat"], kept["nbformat_minor"]) < (4, 5):
        raise Refused(f"is of format {kept['nbformat']}.{kept['nbformat_minor']} (cells have ids from 4.5 on)")
    if kept["metadata"].get("kernelspec", {}).get("name") != "python3":
        raise Refused('is not for the kernel "python3"')
    ids = [cell.get("id") for cell in kept["cells"]]
    for name in ids:
        if not name or ids.count(name) > 1:
            raise Refused(f"has a cell without an id, or two with the id {name}")
    for cell in kept["cells"]:
        if cell.get("outputs") or cell.get("execution_count") is not None:
            raise Refused(f"has outputs in cell {cell['id']} (clear them before you keep it)")
    return nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]


def trials(notebook: Any) -> Iterator[Any]:
    """Cells of exercises again, with right and with wrong answers."""
    for cell in notebook.cells:
        for kind, answers in cell.metadata.get("answers", {}).items():
            source = cell.source
            for name, value in answers.items():
                source, count = re.subn(rf"^{name} = None\b.*$", f"{name} = {value}", source, flags=re.MULTILINE)
                if not count:
                    raise Refused(f"cell {cell.id} has no line `{name} = None`")
            trial = copy.deepcopy(cell)
            trial.update(id=f"{cell.id}-{kind}", source=source)
            trial.metadata.pop("answers")
            trial.metadata.update(trial_of=cell.id, kind=kind)
            yield trial


def run(notebook: Any) -> str:
    """Executes the cells in place; what the process of the kernel wrote to standard error."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as errors:
        client = NotebookClient(notebook, timeout=600, kernel_name="python3",
                                resources={"metadata": {"path": str(HERE)}})
        client.execute(stderr=errors)
        errors.seek(0)
        return errors.read()


def printed(cell: Any, name: str) -> str:
    """What a cell wrote to a stream."""
    return "".join(out.text for out in cell.get("outputs", []) if out.output_type == "stream" and out.name == name)


def check_ran(notebook: Any, errors: str) -> None:
    """Refuses what was written to standard error, and exercises that take wrong answers or refuse right ones."""
    for cell in notebook.cells:
        if text := printed(cell, "stderr"):
            raise Refused(f"cell {cell.id} wrote to standard error:\n{text}")
        answers = cell.metadata.get("answers")
        kind = "none" if answers else cell.metadata.get("kind")
        if kind and SAID[kind] not in printed(cell, "stdout"):
            where = cell.metadata.get("trial_of", cell.id)
            said = printed(cell, "stdout")
            raise Refused(f'cell {where} does not say "{SAID[kind]}" to {kind} answers, but:\n{said}')
    if errors:
        raise Refused(f"the kernel wrote to standard error:\n{errors}")


def page(notebook: Any, name: str) -> str:
    """The notebook as one file of HTML."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if "image/png" in output.get("data", {}):
                output.metadata["alt"] = cell.metadata.get("alt", "")
    exporter = HTMLExporter(template_name="lab", extra_loaders=[DictLoader({"quartic.html.j2": PAGE})])
    exporter.template_file = "quartic.html.j2"
    text, _ = exporter.from_notebook_node(notebook, resources={"metadata": {"name": name}})
    text = text.replace("<html>", '<html lang="en">', 1)
    for link in re.findall(r"""(?:src|href)\s*=\s*["']([^"']*)|url\(\s*["']?([^"')]*)""", text):
        target = link[0] or link[1]
        if target and not target.startswith(("#", "data:")) and not re.fullmatch(r"\d\d_\w+\.html(#.*)?", target):
            raise Refused(f"the page links {target}, which does not travel with it")
    return str(text)


def cpu_seconds() -> float:
    """Of all processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def make_page(path: Path, folder: Path) -> str:
    """Runs a notebook, writes its page; the seconds that it took, trials included."""
    kept = read(path)
    notebook = copy.deepcopy(kept)
    own = len(notebook.cells)
    notebook.cells += list(trials(kept))
    start, cpu = time.perf_counter(), cpu_seconds()
    errors = run(notebook)
    seconds = f"{time.perf_counter() - start:.1f} s, {cpu_seconds() - cpu:.1f} s of computing"
    check_ran(notebook, errors)
    notebook.cells = notebook.cells[:own]
    (folder / f"{path.stem}.html").write_text(page(notebook, path.stem), encoding="utf-8")
    return seconds


def main() -> int:
    """The exit status."""
    parser = argparse.ArgumentParser(description="Runs the notebooks and makes pages of them.")
    parser.add_argument("--check", action="store_true", help="only look whether notebooks are kept as they should be")
    parser.add_argument("out", nargs="?", default="build/notebooks", type=Path, help="folder of the pages")
    parser.add_argument("names", nargs="*", help="how the names of the notebooks begin; all unless told")
    options = parser.parse_args()
    failed = 0
    if not options.check:
        options.out.mkdir(parents=True, exist_ok=True)
    for path in chosen(options.names):
        try:
            if options.check:
                read(path)
                print(f"{path.name}: as it should be kept")
            else:
                print(f"{path.name}: {make_page(path, options.out)}", flush=True)
        except (Refused, CellExecutionError) as error:
            print(f"{path.name}: {re.sub(COLOURS, '', str(error))}", file=sys.stderr)
            failed += 1
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
