"""The check of the site's links finds what it is there to find."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

SITE = Path(__file__).resolve().parents[2] / "docs/site"
sys.path.insert(0, str(SITE))

import check  # noqa: E402
import headers  # noqa: E402

ELSEWHERE = "is of this machine, or of the net"
PAGE = '<html><head><link rel="stylesheet" href="s.css"></head><body id="top"><a href="#top">up</a>{}</body></html>'


def site(folder: Path, body: str = "", style: str = "", script: str = "") -> Path:
    """A site of one page, with a style sheet, a script and what the search knows."""
    (folder / "index.html").write_text(PAGE.format(body))
    (folder / "s.css").write_text(style)
    (folder / "s.js").write_text(script)
    (folder / "searchindex.js").write_text('Search.setIndex({docnames:["index"],filenames:["index.md"]})')
    return folder


def test_nothing_is_wrong_with_a_site_that_stands_by_itself(tmp_path: Path) -> None:
    body = '<a href="index.html#top">here</a><img src="data:image/png;base64,AA"><script src="s.js"></script>'
    assert check.check(site(tmp_path, body)) == ([], set())


def test_links_that_lead_out_are_listed_and_allowed(tmp_path: Path) -> None:
    assert check.check(site(tmp_path, '<a href="https://arxiv.org/abs/2007.05558">paper</a>')) == (
        [], {"https://arxiv.org/abs/2007.05558"})


@pytest.mark.parametrize(("body", "problem"), [
    ('<a href="other.html">there</a>', "other.html leads to no file"),
    ('<a href="#bottom">down</a>', "#bottom leads to no anchor"),
    ('<a href="index.html#bottom">down</a>', "index.html#bottom leads to no anchor"),
    ('<a href=".">folder</a>', ". leads to no file"),
    ('<a href="../index.html">out</a>', "../index.html leads out of the folder"),
    ('<a href="/index.html">root</a>', f"/index.html {ELSEWHERE}"),
    ('<a href="file:///etc/motd">file</a>', f"file:///etc/motd {ELSEWHERE}"),
    ('<img src="missing.png">', "missing.png leads to no file"),
    ('<img srcset="small.png 1x">', "small.png leads to no file"),
    ('<script src="https://cdn.example.org/x.js"></script>', f"https://cdn.example.org/x.js {ELSEWHERE}"),
    ('<script>load("https://cdn.example.org/x")</script>', f"https://cdn.example.org/x {ELSEWHERE}"),
    ('<script>require("//example.org/x.js")</script>', f"//example.org/x.js {ELSEWHERE}"),
    ('<link rel="stylesheet" href="http://example.org/x.css">', f"http://example.org/x.css {ELSEWHERE}"),
    ('<p style="background: url(http://example.org/x.png)">', f"http://example.org/x.png {ELSEWHERE}"),
    ('<style>@import "//example.org/f.css";</style>', f"//example.org/f.css {ELSEWHERE}"),
    (f"<p>{check.ROOT}</p>", f"names {check.ROOT}"),
])
def test_says_what_is_wrong_with_a_page(tmp_path: Path, body: str, problem: str) -> None:
    assert f"index.html: {problem}" in check.check(site(tmp_path, body))[0]


def test_says_what_style_sheets_and_scripts_load(tmp_path: Path) -> None:
    style = "@font-face { src: url('https://example.org/f.woff2') }"
    folder = site(tmp_path, style=style, script="'https://cdn.example.org'")
    assert check.check(folder)[0] == [
        f"s.css: https://example.org/f.woff2 {ELSEWHERE}",
        f"s.js: https://cdn.example.org {ELSEWHERE}"]


def test_says_what_is_a_link_of_the_file_system_and_what_the_search_knows_in_vain(tmp_path: Path) -> None:
    folder = site(tmp_path)
    (folder / "picture.png").symlink_to("/etc/motd")
    (folder / "searchindex.js").write_text('Search.setIndex({docnames:["index","gone"]})')
    assert check.check(folder)[0] == [
        "picture.png: is a link of the file system", "searchindex.js: knows a page gone that there is not"]


def test_a_header_is_read_with_its_formulas_as_they_stand(tmp_path: Path) -> None:
    (tmp_path / "a.hpp").write_text(
        "#pragma once\n/// What it is.\n#include <span>\nnamespace quartic {\n"
        "namespace detail {\nint hidden();\n}  // namespace detail\n"
        "struct Known;\n/// b = argmin of this:\n///     |y - Xb|^2\n/// over `b`.\ntemplate <class T>\n"
        "requires Small<T> || (T::large && true) struct Fit {\n  int a = 0;\n};\nstatic_assert(Small<Fit<int>>);\n"
        "[[nodiscard]] inline std::vector<int> sizes(int of);\ninline constexpr int most = 3;\n"
        "inline int Fit::a() { return 1; }\n}  // namespace quartic\n")
    read = headers.read_header(tmp_path, "a.hpp")
    assert read.comment == ["What it is."]
    assert [(one.kind, one.name) for one in read.declarations] == [
        ("struct", "Fit"), ("function", "sizes"), ("constant", "most")]
    fit = read.declarations[0]
    assert fit.code[-1] == "static_assert(Small<Fit<int>>);"
    assert [node.tagname for node in headers.prose(fit.comment)] == ["paragraph", "literal_block", "paragraph"]
    assert headers.prose(fit.comment)[1].astext() == "|y - Xb|^2"
