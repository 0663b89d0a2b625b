"""Docstrings: numpydoc's own validation, and every example in them."""

from __future__ import annotations

import doctest
import importlib
import inspect
import pkgutil
from typing import Any

import pytest
from numpydoc.validate import validate

import quartic

# The house's form: a summary beside the quotes and in the third person; nothing but what is needed after it.
NOT_ASKED = {"GL01", "SS05", "ES01", "SA01"}
MODULES = [name for _, name, _ in pkgutil.iter_modules(quartic.__path__) if name not in ("__main__", "_quartic")]
PUBLIC = [name for name in MODULES if not name.startswith("_")]


def members(name: str) -> list[str]:
    """The object of this name, and of a class its public members."""
    thing = pkgutil.resolve_name(name)
    if not inspect.isclass(thing):
        return [name]
    return [name, *(f"{name}.{member}" for member, value in vars(thing).items()
                    if not member.startswith("_") and (callable(value) or isinstance(value, property)))]


def documented() -> list[str]:
    names = {f"quartic.{name}" for name in quartic.__all__ if not inspect.ismodule(getattr(quartic, name))}
    for module in (importlib.import_module(f"quartic.{name}") for name in PUBLIC):
        for name, thing in vars(module).items():
            if not name.startswith("_") and getattr(thing, "__module__", None) == module.__name__:
                names.add(f"{module.__name__}.{name}")
    return sorted({member for name in names for member in members(name)})


def is_asked(code: str, name: str) -> bool:
    thing: Any = pkgutil.resolve_name(name)
    if isinstance(thing, property):
        return code not in {*NOT_ASKED, "EX01"}
    if inspect.isclass(thing) and "Attributes\n" in (thing.__doc__ or ""):  # others make it: these are its numbers
        return code not in {*NOT_ASKED, "EX01", "PR01"}
    return code not in NOT_ASKED


@pytest.mark.parametrize("name", documented())
def test_a_docstring_says_what_numpydoc_asks(name: str) -> None:
    errors = [(code, text) for code, text in validate(name)["errors"] if is_asked(code, name)]
    assert not errors


@pytest.mark.parametrize("name", MODULES)
def test_examples_give_what_they_say(name: str) -> None:
    result = doctest.testmod(importlib.import_module(f"quartic.{name}"))
    assert result.failed == 0


def test_the_first_example_of_the_package_gives_what_it_says() -> None:
    result = doctest.testmod(quartic)
    assert result.failed == 0 < result.attempted
