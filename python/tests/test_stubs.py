"""Types: stubs of the compiled module are true, and mypy finds nothing in the package and in what users write."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typed_examples import main

import quartic
from quartic import _quartic

PACKAGE = Path(quartic.__file__).parent
STUBS = ast.parse((PACKAGE / "_quartic.pyi").read_text(encoding="utf-8"))
CLASSES = {node.name: node for node in STUBS.body if isinstance(node, ast.ClassDef)}
FUNCTIONS = {node.name: node for node in STUBS.body if isinstance(node, ast.FunctionDef)}


def functions_of(stub: ast.ClassDef) -> dict[str, ast.FunctionDef]:
    return {node.name: node for node in stub.body if isinstance(node, ast.FunctionDef)}


def is_property(stub: ast.FunctionDef) -> bool:
    return any(isinstance(node, ast.Name) and node.id == "property" for node in stub.decorator_list)


def compiled_members(kind: type) -> dict[str, Any]:
    made = (vars(kind)["__init__"].__doc__ or "").startswith("__init__(self")
    return {name: member for name, member in vars(kind).items()
            if not name.startswith("_") or (made and name == "__init__")}


def parameters_of(member: Any) -> list[tuple[str, str | None]]:
    """(name, default) of each as pybind11 tells them in the docstring; the self of a method is left out."""
    signature = re.match(r"\w+\((.*)\) -> ", member.__doc__)
    assert signature
    parts = re.split(r", (?=\w+: )", signature.group(1)) if signature.group(1) else []
    found = [re.fullmatch(r"(\w+): [^=]*?(?: = (.*))?", part) for part in parts]
    return [(one.group(1), one.group(2)) for one in found if one and one.group(1) != "self"]


def assert_same_parameters(stub: ast.FunctionDef, member: Any) -> None:
    compiled = parameters_of(member)
    positional = [argument.arg for argument in stub.args.posonlyargs if argument.arg != "self"]
    named = [argument.arg for argument in stub.args.args if argument.arg != "self"]
    assert len(positional) + len(named) == len(compiled), stub.name
    if compiled and compiled[0][0] == "arg0":
        assert not named, f"{stub.name} takes no names"
    else:
        assert named == [name for name, _ in compiled]
        defaults = [ast.unparse(default) for default in stub.args.defaults]
        assert defaults == [default for _, default in compiled if default is not None]


def test_stubs_name_what_the_module_has() -> None:
    names = {name for name in vars(_quartic) if not name.startswith("_")}
    assert names == set(CLASSES) | set(FUNCTIONS)


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_stubs_of_a_class_have_its_members(name: str) -> None:
    kind, stubs = getattr(_quartic, name), functions_of(CLASSES[name])
    members = compiled_members(kind)
    assert set(members) == set(stubs)
    for member, value in members.items():
        assert is_property(stubs[member]) == isinstance(value, property), member
        if not isinstance(value, property):
            assert_same_parameters(stubs[member], value)


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_stubs_of_a_function_have_its_parameters(name: str) -> None:
    assert_same_parameters(FUNCTIONS[name], getattr(_quartic, name))


def test_mypy_finds_nothing_in_the_package_and_in_examples(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "mypy", "--strict", "--ignore-missing-imports", "--cache-dir", str(tmp_path)]
    examples = str(Path(__file__).with_name("typed_examples.py"))
    for what in (["-p", "quartic"], [examples]):
        done = subprocess.run([*words, *what], capture_output=True, text=True, check=False, cwd=tmp_path,
                              env={**os.environ, "MYPYPATH": str(PACKAGE.parent)})
        assert done.returncode == 0, done.stdout


def test_the_package_says_that_it_has_types() -> None:
    assert (PACKAGE / "py.typed").is_file()


def test_examples_run(tmp_path: Path) -> None:
    assert main(tmp_path)[:2] == ["ridge", "nearest"]
