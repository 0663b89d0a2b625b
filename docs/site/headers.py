"""The C++ pages: what public headers declare, read by lines, since clang-format lays all of them out alike.

Doxygen reads them too, but runs the lines of formulas and tables in comments together; here they stay as they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.nodes import make_id

_PREFIX = re.compile(r"\s*(\[\[[^\]]*\]\]|template\s*<|(?:requires|inline|constexpr|extern|static)\b)\s*")
_TYPE = re.compile(r"(struct|class|enum class|enum|concept|using)\s+(?:alignas\([^)]*\)\s*)?(\w+)")
_FUNCTION = re.compile(r"(operator\s*[^\s(]+|operator\(\)|(?:\w+::)*[A-Za-z_]\w*)\s*\(")
_VARIABLE = re.compile(r"([A-Za-z_]\w*)\s*(?:\[[^\]]*\]\s*)?(?:=|\{|;)")


@dataclass
class Declaration:
    """One name of a header: what is said above it, and its code as it stands."""

    kind: str = ""
    name: str = ""
    comment: list[str] = field(default_factory=list)
    code: list[str] = field(default_factory=list)


@dataclass
class Header:
    """A public header: what is said at its head, and what it declares."""

    path: str
    comment: list[str]
    declarations: list[Declaration]


def _comment_text(line: str) -> str:
    return line.strip()[3:].removeprefix(" ").rstrip()


def _depth(line: str) -> int:
    """By how much a line opens more brackets than it closes; text within quotes and comments does not count."""
    bare = re.sub(r"\"(\\.|[^\"\\])*\"|'(\\.|[^'\\])'|//.*", "", line)
    return sum(bare.count(one) for one in "({[") - sum(bare.count(one) for one in ")}]")


def _after_angles(text: str) -> str:
    """What follows the <...> that the text is within."""
    depth, at = 1, 0
    while depth and at < len(text):
        depth += {"<": 1, ">": -1}.get(text[at], 0)
        at += 1
    return text[at:]


def _after_requirement(text: str) -> str:
    """What follows the condition behind `requires`: names with arguments and expressions in brackets, by && and ||."""
    while True:
        text = text.lstrip()
        if text.startswith("("):
            depth = at = 0
            while at < len(text):
                depth += {"(": 1, ")": -1}.get(text[at], 0)
                at += 1
                if not depth:
                    break
            text = text[at:]
        else:
            name = re.match(r"!?[\w:]+", text)
            text = text[name.end() if name else 1:]
            if text.startswith("<"):
                text = _after_angles(text[1:])
        joined = re.match(r"\s*(&&|\|\|)", text)
        if not joined:
            return text.lstrip()
        text = text[joined.end():]


def _named(code: list[str]) -> tuple[str, str]:
    """Kind and name of a declaration."""
    text = " ".join(re.sub(r"//.*", "", line).strip() for line in code).strip()
    while prefix := _PREFIX.match(text):
        word, text = prefix.group(1), text[prefix.end():]
        if word.startswith("template"):
            text = _after_angles(text)
        elif word == "requires":
            text = _after_requirement(text)
    if named := _TYPE.match(text):
        return named.group(1).removesuffix(" class"), named.group(2)
    function, variable = _FUNCTION.search(text), _VARIABLE.search(text)
    if function and (not variable or function.start() < variable.start()):
        return "function", function.group(1).replace(" ", "")
    return ("constant", variable.group(1)) if variable else ("", "")


def _statements(lines: list[str]) -> Iterator[Declaration]:
    """Comment and code of everything at the depth of the namespace."""
    found, depth = Declaration(), 0
    for line in lines:
        if not found.code and line.startswith("///") and not depth:
            found.comment.append(_comment_text(line))
            continue
        if not line.strip() and not depth and not found.code:
            found = Declaration()
            continue
        if not found.code and line.startswith("//"):
            continue
        found.code.append(line)
        depth += _depth(line)
        if not depth and re.search(r"[;}]\s*(//.*)?$", line):
            yield found
            found = Declaration()


def _without_details(lines: list[str]) -> list[str]:
    """What stands in namespace quartic, and not in quartic::detail."""
    kept, inside, detail = [], False, False
    for line in lines:
        if line.startswith("namespace quartic {"):
            inside = True
        elif line.startswith("}  // namespace quartic"):
            inside = False
        elif line.startswith("namespace detail {"):
            detail = True
        elif line.startswith("}  // namespace detail"):
            detail = False
        elif inside and not detail:
            kept.append(line)
    return kept


def read_header(root: Path, path: str) -> Header:
    """What a header says and declares, each overload for itself; an assertion belongs to what stands above it."""
    lines = (root / path).read_text(encoding="utf-8").splitlines()
    head = []
    for line in lines[1:]:
        if not line.startswith("///"):
            break
        head.append(_comment_text(line))
    declarations: list[Declaration] = []
    for found in _statements(_without_details(lines)):
        if found.code[0].startswith("static_assert"):
            if declarations:
                declarations[-1].code += found.code
            continue
        found.kind, found.name = _named(found.code)
        forward = re.match(r"(struct|class) \w+;", found.code[0])
        of_member = "::" in found.name
        if found.name and not forward and not of_member:
            declarations.append(found)
    return Header(path, head, declarations)


def prose(comment: list[str]) -> list[nodes.Node]:
    """Paragraphs; lines that are indented keep their layout, since they are formulas, lists and tables."""
    made: list[nodes.Node] = []
    block: list[str] = []

    def end() -> None:
        if not block:
            return
        if block[0].startswith(" "):
            margin = min(len(line) - len(line.lstrip()) for line in block)
            text = "\n".join(line[margin:] for line in block)
            made.append(nodes.literal_block(text, text, language="none"))
        else:
            made.append(nodes.paragraph("", "", *_inline(" ".join(block))))
        block.clear()

    for line in comment:
        if not line or (block and line.startswith(" ") != block[0].startswith(" ")):
            end()
        if line:
            block.append(line)
    end()
    return made


def _inline(text: str) -> list[nodes.Node]:
    parts = re.split(r"`([^`]+)`", text)
    return [nodes.literal(part, part) if number % 2 else nodes.Text(part) for number, part in enumerate(parts) if part]


class HeaderDirective(SphinxDirective):
    """``.. header:: core/model.hpp``: the comment at the head of the header, then everything it declares."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        path = self.arguments[0]
        root = Path(self.config.quartic_root)
        self.env.note_dependency(str(root / path))
        header = read_header(root, path)
        made = prose(header.comment)
        for declaration in header.declarations:
            made += self._described(path, declaration)
        return made

    def _described(self, path: str, declaration: Declaration) -> list[nodes.Node]:
        signature = addnodes.desc_signature(declaration.name, "")
        signature += addnodes.desc_annotation("", declaration.kind, addnodes.desc_sig_space())
        signature += addnodes.desc_name(declaration.name, declaration.name)
        code = "\n".join(declaration.code)
        shown = nodes.literal_block(code, code, language="cpp")
        content = addnodes.desc_content("", *prose(declaration.comment), shown)
        described = addnodes.desc("", signature, content, domain="std", objtype="cpp", desctype="cpp", noindex=False)
        described["classes"] += ["cpp"]
        target = make_id(self.env, self.state.document, "cpp", declaration.name)
        signature["ids"].append(target)
        self.state.document.note_explicit_target(signature)
        self._note(path, declaration.name, target)
        entry = ("single", f"{declaration.name} (C++ {declaration.kind})", target, "", None)
        return [addnodes.index(entries=[entry]), described]

    def _note(self, path: str, name: str, target: str) -> None:
        """Makes the name known to the search; where another header has the name too, with the header behind it."""
        domain: Any = self.env.get_domain("std")
        if ("cpp", name) in domain.objects:
            name = f"{name} ({path})"
        if ("cpp", name) not in domain.objects:
            domain.note_object("cpp", name, target, location=self.get_location())


def setup(app: Sphinx) -> None:
    app.add_config_value("quartic_root", "", "env")
    app.add_object_type("cpp", "cpp", objname="C++")
    app.add_directive("header", HeaderDirective)
