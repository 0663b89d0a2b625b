#!/usr/bin/python3
"""check.py FOLDER: whether a folder of pages stands by itself.

Reads every page and says, and fails, where a link leads to no file or no anchor of the folder, where something is
loaded from the net, where a path is one of this machine, and where the search does not know a page. Links that lead out
are listed.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).resolve().parents[2]
_STYLE_URL = re.compile(r"url\(\s*['\"]?([^'\")]+)|@import\s+['\"]([^'\"]+)")
_SCRIPT_URL = re.compile(  # a script, a style or a font, or whatever of a host that hands out such
    r"['\"]((?:https?:)?//[^'\"\s]+\.(?:m?js|css|woff2?)(?:[?#][^'\"]*)?)['\"]|['\"](https?://[^'\"/]*cdn[^'\"]*)['\"]")


@dataclass
class Page:
    """What a page names: its anchors, what it loads, where it leads."""

    anchors: set[str] = field(default_factory=set)
    loads: list[str] = field(default_factory=list)
    leads: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = Page()
        self._within = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self.page.anchors |= {told[name] for name in ("id", "name") if name in told}
        if "srcset" in told:
            self.page.loads += [one.split()[0] for one in told["srcset"].split(",") if one.strip()]
        self.page.loads += [told[name] for name in ("src", "data", "poster", "xlink:href") if told.get(name)]
        if told.get("href"):
            leads = tag in ("a", "area") or (tag == "link" and told.get("rel") in ("next", "prev", "index", "search"))
            (self.page.leads if leads else self.page.loads).append(told["href"])
        self.page.loads += _loaded_by_style(told.get("style", ""))
        self._within = tag if tag in ("style", "script") else ""

    def handle_endtag(self, tag: str) -> None:
        self._within = ""

    def handle_data(self, data: str) -> None:
        if self._within == "style":
            self.page.loads += _loaded_by_style(data)
        elif self._within == "script":
            self.page.loads += _loaded_by_script(data)


def _loaded_by_style(text: str) -> list[str]:
    return [one or other for one, other in _STYLE_URL.findall(text)]


def _loaded_by_script(text: str) -> list[str]:
    return [one or other for one, other in _SCRIPT_URL.findall(text)]


def read_page(text: str) -> Page:
    """Anchors and links of a page of HTML, or of a picture in SVG."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.page


def _problem(folder: Path, pages: dict[Path, Page], at: Path, target: str) -> str | None:
    """What is wrong with a link within the folder."""
    parts = urlsplit(target)
    if parts.scheme or parts.netloc or parts.path.startswith("/"):
        return "is of this machine, or of the net"
    to = (at.parent / unquote(parts.path)).resolve() if parts.path else at
    if folder not in (to, *to.parents):
        return "leads out of the folder"
    if not to.is_file():
        return "leads to no file"
    anchor = unquote(parts.fragment)
    if anchor and to in pages and anchor not in pages[to].anchors:
        return "leads to no anchor"
    return None


def _loads(file: Path, text: str) -> list[str]:
    """What a file that is no page loads."""
    return {".css": _loaded_by_style, ".js": _loaded_by_script}.get(file.suffix, lambda text: [])(text)


def _unknown_to_search(folder: Path, pages: dict[Path, Page]) -> Iterator[str]:
    index = folder / "searchindex.js"
    if not index.exists():
        yield "searchindex.js: is missing, so that nothing can be searched"
        return
    listed = re.search(r"docnames:\[([^\]]*)\]", index.read_text(encoding="utf-8"))
    known = set(re.findall(r'"([^"]+)"', listed[1])) if listed else set()
    for name in sorted(known):
        if folder / f"{name}.html" not in pages:
            yield f"searchindex.js: knows a page {name} that there is not"


def check(folder: Path) -> tuple[list[str], set[str]]:
    """What is wrong with the folder, and the links that lead out of it."""
    folder = folder.resolve()
    problems, out = [], set()
    texts = {file: file.read_text(encoding="utf-8") for file in sorted(folder.rglob("*"))
             if file.suffix in (".html", ".svg", ".css", ".js", ".txt")}
    pages = {file: read_page(text) for file, text in texts.items() if file.suffix in (".html", ".svg")}
    for file, text in texts.items():
        name = file.relative_to(folder)
        page = pages.get(file, Page(loads=_loads(file, text)))
        out |= {one for one in page.leads if urlsplit(one).scheme in ("http", "https", "mailto")}
        within = {*page.leads} - out | {one for one in page.loads if not one.startswith("data:")}
        found = ((one, _problem(folder, pages, file, one)) for one in sorted(within))
        problems += [f"{name}: {one} {problem}" for one, problem in found if problem]
        problems += [f"{name}: names {one}" for one in (str(ROOT), "file://") if one in text and file.suffix != ".js"]
    links = sorted(file.relative_to(folder) for file in folder.rglob("*") if file.is_symlink())
    problems += [f"{link}: is a link of the file system" for link in links]
    problems += _unknown_to_search(folder, pages)
    if not pages:
        problems.append(f"{folder}: has no page")
    return problems, out


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    problems, out = check(Path(arguments[0]))
    for link in sorted(out):
        print(f"leads out: {link}")
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
