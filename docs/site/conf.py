"""How Sphinx makes the site: called by build.py, which lays out the sources."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from sphinx.application import Sphinx

_here = Path(__file__).resolve().parent
sys.path.insert(0, str(_here))

import quartic  # noqa: E402

project = "quartic"
author = "the authors of quartic"
quartic_root = str(_here.parents[1])
release = version = quartic.__version__

extensions = ["headers", "myst_parser", "numpydoc", "sphinx.ext.autodoc", "sphinx.ext.autosummary"]
default_role = "py:obj"
smartquotes = False  # options begin with two hyphens
highlight_language = "none"
suppress_warnings = ["misc.highlighting_failure"]  # code of documents leaves things out: "..."

myst_heading_anchors = 4  # as GitHub names them

autodoc_member_order = "bysource"
autodoc_typehints = "none"  # parameters have their types below
autosummary_generate = False
numpydoc_show_class_members = False

html_theme = "furo"
html_title = f"quartic {version}"
html_static_path = [str(_here / "static")]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
html_show_copyright = False

# What docstrings say is text, code between backticks excepted: |b| is no substitution, and coef_ no link.
_MARKUP = re.compile(r"(`+[^`]+`+_?)|(?<!\\)(\|(?=\S)|(?<=\w)_(?!\w))")


def _read_as_text(app: Sphinx, what: str, name: str, thing: object, options: object, lines: list[str]) -> None:
    example = False
    for number, line in enumerate(lines):
        example = bool(line.strip()) and (example or line.lstrip().startswith(">>>"))
        if not example:
            lines[number] = _MARKUP.sub(lambda match: match[1] or "\\" + match[2], line)


def setup(app: Sphinx) -> None:
    app.connect("autodoc-process-docstring", _read_as_text, priority=900)  # after numpydoc
