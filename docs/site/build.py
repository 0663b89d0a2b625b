#!/usr/bin/python3
"""build.py FOLDER: the documents, the Python package and the public headers as a site of plain files.

Needs Sphinx, MyST, numpydoc, furo, and the package quartic on PYTHONPATH. Documents are written for readers of the
repository: here they become pages of a site, and their links with them. A source that a document links becomes a page
too. The rendered notebooks of build/notebooks are taken over as they are. What Sphinx reads is left in FOLDER-work.
"""

from __future__ import annotations

import html
import inspect
import json
import posixpath
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

import check
import quartic

ROOT = Path(__file__).resolve().parents[2]
RENDERED = ROOT / "build/notebooks"
_LAYERS = ["core", "sim", "models", "laws", "experiments", "cli"]
_LINK = re.compile(r"(```.*?```|`[^`\n]*`)|(\]\()([^)\s]+)\)", re.DOTALL)
_NOTEBOOK = re.compile(r"\[([^\]]+)\]\([^)\s]*?(\w+)\.ipynb\)")
_LIBRARY = re.compile(r"quartic_library\(\w+\s+PUBLIC\s+(.*?)\s*(?:DEPENDS|LINKS|HEADERS_OF|\))", re.DOTALL)
_LEXERS = {".cpp": "cpp", ".hpp": "cpp", ".toml": "toml", ".py": "python", ".sh": "sh"}
_PICTURES = (".svg", ".png")


def documents() -> list[str]:
    """The pages that are written by hand, except those of the libraries."""
    patterns = ["*.md", "docs/*.md", "docs/site/*.md", "docs/pictures/README.md", "python/README.md",
                "page/README.md"]
    return sorted(str(file.relative_to(ROOT)) for pattern in patterns for file in ROOT.glob(pattern))


def libraries() -> dict[str, list[str]]:
    """The public headers of every library, as its CMakeLists.txt lists them."""
    found = {}
    for layer in _LAYERS:
        for file in sorted((ROOT / layer).rglob("CMakeLists.txt")):
            folder = str(file.parent.relative_to(ROOT))
            if listed := _LIBRARY.search(file.read_text(encoding="utf-8")):
                found[folder] = [f"{folder}/{header}" for header in listed[1].split()]
    return found


def page_of(path: str) -> str:
    """Where a file of the repository stands in the site."""
    folder, name = posixpath.split(path)
    named = {"README.md": "readme.md", "docs/pictures/README.md": "pictures.md", "python/README.md": "package.md",
             "page/README.md": "page.md",
             "notebooks": "notebooks.md", "notebooks/README.md": "notebooks.md"}
    if path in named:
        return named[path]
    if name == "README.md":
        return "cpp/" + folder.replace("/", "-") + ".md"
    if path.startswith("docs/"):
        return path.removeprefix("docs/").removeprefix("site/")
    return path.lower() if path.endswith(".md") and not folder else f"sources/{path}.md"


@dataclass
class Pages:
    """What Sphinx reads, in a folder, and the other files that documents there link."""

    folder: Path
    linked: set[str] = field(default_factory=set)

    def write(self, page: str, text: str) -> None:
        """A page, by its place in the site."""
        file = self.folder / page
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def relinked(self, path: str) -> str:
        """The text of a document, with links that suit the site."""
        text = _NOTEBOOK.sub(lambda match: self._notebook(path, match), (ROOT / path).read_text(encoding="utf-8"))
        return _LINK.sub(lambda match: match[0] if match[1] else f"](<{self._link(path, match[3])}>)", text)

    def _notebook(self, path: str, match: re.Match[str]) -> str:
        """A link to the rendered notebook; where there is none, its text."""
        if not (RENDERED / f"{match[2]}.html").exists():
            return match[1]
        to = posixpath.relpath(f"notebooks/{match[2]}.html", posixpath.dirname(page_of(path)) or ".")
        return f'<a href="{to}">{match[1]}</a>'

    def _link(self, path: str, target: str) -> str:
        if target.startswith(("http:", "https:", "mailto:", "#")):
            return target
        file, _, anchor = target.partition("#")
        to = posixpath.normpath(posixpath.join(posixpath.dirname(path), file))
        if not (ROOT / to).exists():
            raise SystemExit(f"{path} links to {target} (there is no {to}). Mend the link.")
        if (ROOT / to / "README.md").is_file():
            to += "/README.md"
        page = page_of(to)
        if page.startswith("sources/") or to.endswith(_PICTURES):
            self.linked.add(to)
        shown = posixpath.relpath(page, posixpath.dirname(page_of(path)) or ".")
        return shown + ("#" + anchor if anchor else "")

    def bring_linked(self) -> None:
        """Pictures as they are; of every source that a document links a page."""
        for path in sorted(self.linked):
            if path.endswith(_PICTURES):
                (self.folder / page_of(path)).parent.mkdir(exist_ok=True)
                shutil.copy(ROOT / path, self.folder / page_of(path))
                continue
            text = (ROOT / path).read_text(encoding="utf-8").rstrip("\n")
            lexer = _LEXERS.get(Path(path).suffix, "none")
            head = "---\norphan: true\nnosearch: true\n---\n"
            self.write(page_of(path), f"{head}# {path}\n\n````{lexer}\n{text}\n````\n")


def lay_out_libraries(pages: Pages) -> None:
    """A page that lists the libraries, and one for each: its own page, then its public headers."""
    index = ("# Public headers\n\nWhat others may include of every library, and what its headers say. A project on "
             "`find_package(quartic)` has all of them: [a world of your own](../adding-a-world.md) shows how.\n\n"
             "```{toctree}\n")
    for folder, headers in libraries().items():
        path = f"{folder}/README.md"
        index += f"{folder} </{page_of(path).removesuffix('.md')}>\n"
        described = "".join(f"\n## {header}\n\n```{{header}} {header}\n```\n" for header in headers)
        pages.write(page_of(path), pages.relinked(path) + described)
    pages.write("cpp/index.md", index + "```\n")


def lay_out_package(pages: Pages) -> None:
    """A page for the package, and one for each of its modules: what they say, a table of names, each name."""
    modules = [name for name in quartic.__all__ if isinstance(getattr(quartic, name), ModuleType)]
    own = [name for name in quartic.__all__ if name not in modules]
    pages.write("python/quartic.rst", _module_page(quartic, own))
    for name in modules:
        module = getattr(quartic, name)
        pages.write(f"python/{name}.rst", _module_page(module, list(module.__all__)))


def _module_page(module: ModuleType, names: list[str]) -> str:
    title, options = module.__name__, {"class": "   :members:\n", "data": "   :no-value:\n"}
    page = f"{title}\n{'=' * len(title)}\n\n.. automodule:: {title}\n\n.. currentmodule:: {title}\n\n"
    page += ".. autosummary::\n\n" + "".join(f"   {name}\n" for name in names)
    for name in names:
        thing = getattr(module, name)
        kind = "class" if inspect.isclass(thing) else "function" if callable(thing) else "data"
        page += f"\n.. auto{kind}:: {name}\n" + options.get(kind, "")
    return page


def lay_out_notebooks(pages: Pages, extra: Path) -> None:
    """A page that lists the rendered notebooks, which are taken over as they are."""
    page = pages.relinked("notebooks/README.md") + "\n## As pages\n\n"
    (extra / "notebooks").mkdir(parents=True)
    listed = list(_rendered())
    for file, title, question in listed:
        shutil.copy(file, extra / "notebooks")
        page += f'- <a href="notebooks/{file.name}">{html.escape(title)}</a><br>\n  {question}\n'
    if not listed:
        page += "This site was made without them: `./dev notebooks` runs them and renders them to `build/notebooks`.\n"
    pages.write("notebooks.md", page)


def _rendered() -> Iterator[tuple[Path, str, str]]:
    """Every rendered notebook, its title and its first paragraph."""
    for file in sorted(RENDERED.glob("*.html")):
        notebook = ROOT / "notebooks" / f"{file.stem}.ipynb"
        if not notebook.exists():
            continue
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        text = next("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
        title, _, rest = text.strip().partition("\n")
        yield file, title.lstrip("# "), " ".join(rest.strip().split("\n\n")[0].split())


def make_pages(work: Path, site: Path) -> int:
    """Runs Sphinx; its warnings are errors."""
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-b", "html", "-c", str(ROOT / "docs/site"),
               "-d", str(work / "doctrees"), "-D", f"html_extra_path={work / 'extra'}", str(work / "source"), str(site)]
    return subprocess.run(command, check=False).returncode


def bring_theme_home(site: Path) -> None:
    """Debian's furo loads a style sheet from where its web server has it: here it lies beside."""
    theme, sheet = site / "_static/styles/furo.css", "/javascript/normalize.css/normalize.css"
    text = theme.read_text(encoding="utf-8")
    if sheet in text:
        shutil.copy(f"/usr/share{sheet}", theme.parent)
        theme.write_text(text.replace(sheet, "normalize.css"), encoding="utf-8")


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    site = Path(arguments[0]).resolve()
    work = site.with_name(site.name + "-work")
    for folder in (work, site):
        shutil.rmtree(folder, ignore_errors=True)
    pages = Pages(work / "source")
    for path in documents():
        pages.write(page_of(path), pages.relinked(path))
    lay_out_libraries(pages)
    lay_out_package(pages)
    lay_out_notebooks(pages, work / "extra")
    pages.bring_linked()
    made = make_pages(work, site)
    bring_theme_home(site)
    return check.main([str(site)]) or made


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
