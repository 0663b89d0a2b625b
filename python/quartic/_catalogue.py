"""What the catalogues of the compiled module say of their entries, as Python says it: signatures and docstrings."""

from __future__ import annotations

import difflib
import inspect
import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

TYPES = {
    "true or false": "bool", "whole number": "int", "number": "float", "word": "str", "number or word": "float or str",
}


@dataclass(frozen=True)
class Option:
    """An option of a model or a world, or a parameter of a curve.

    Attributes
    ----------
    name : str
        As in a study.
    default : bool, int, float or str
        What it is unless told.
    help : str
        What it is of.
    type : str
        As a docstring writes it.
    bounds : str
        Which numbers it takes: "of 0 or more".
    words : tuple of (str, str)
        Words it takes, and what each means.
    only_with : str
        When it matters at all: 'penalty = "cv"'; empty: always.
    """

    name: str
    default: Any
    help: str
    type: str = "float"
    bounds: str = ""
    words: tuple[tuple[str, str], ...] = ()
    only_with: str = ""


def options_of(entry: Mapping[str, Any]) -> tuple[Option, ...]:
    """The options of a model or a world as the compiled module describes it."""
    return tuple(
        Option(one["name"], one["default"], one["help"], TYPES[one["kind"]], one["bounds"],
               tuple(one["words"]), one.get("only_with", ""))
        for one in entry["options"]
    )


def plain(value: Any) -> Any:
    """A number of numpy as one of Python; all else as it is."""
    return value.item() if hasattr(value, "item") and getattr(value, "ndim", None) == 0 else value


def changed(options: Iterable[Option], values: Mapping[str, Any]) -> dict[str, Any]:
    """Those values that are not the defaults, as a study writes them."""
    return {one.name: plain(values[one.name]) for one in options if plain(values[one.name]) != one.default}


def refuse_unknown(kind: str, given: Iterable[str], known: Sequence[str]) -> None:
    """TypeError for a keyword that is none of these."""
    for name in given:
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            remedy = f"Did you mean {near[0]}?" if near else "Give one of these."
            has = f"it has {', '.join(known)}" if known else "it has none"
            raise TypeError(f"{kind} has no option {name!r} ({has}). {remedy}")


def missing(what: str, name: str, known: Sequence[str], module: str) -> AttributeError:
    """What a module raises for a name that is none of its own."""
    near = difflib.get_close_matches(name, known, 1)
    remedy = f"Did you mean {near[0]}?" if near else f"dir({module}) lists them."
    return AttributeError(f"there is no {what} {name!r} (names are those of studies and formulas). {remedy}")


def with_signature(function: Callable[..., Any], names: Mapping[str, Any], first: Sequence[str]) -> Callable[..., Any]:
    """The function, which shows these keywords with their defaults in the place of its own."""
    shown = [inspect.Parameter(name, inspect.Parameter.POSITIONAL_OR_KEYWORD) for name in first]
    shown += [inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=value) for name, value in names.items()]
    function.__signature__ = inspect.Signature(shown)  # type: ignore[attr-defined]
    return function


def sentence(text: str) -> str:
    """The text with a capital and a full stop; a formula at its beginning keeps its letters."""
    first = text.split(" ", 1)[0]
    if len(first) == 1 and first.isalpha():
        text = "The " + text
    elif first.rstrip(":;,").replace("-", "").isalpha():
        text = text[0].upper() + text[1:]
    return text if text.endswith(".") else text + "."


def entry(name: str, kind: str, text: str, words: Iterable[tuple[str, str]] = ()) -> str:
    """A parameter or attribute in numpydoc form."""
    lines = [f"{name} : {kind}", *textwrap.wrap(text, 112, initial_indent="    ", subsequent_indent="    ")]
    listed = [f'- "{word}": {meaning}' for word, meaning in words]
    if listed:
        lines.append("")
    for item in listed:
        lines += textwrap.wrap(item, 112, initial_indent="    ", subsequent_indent="      ", break_on_hyphens=False)
    return "\n".join(lines)


def option_entry(option: Option) -> str:
    """An option in numpydoc form: type, default, meaning, bounds, words."""
    bounds = f" {option.bounds[0].upper() + option.bounds[1:]}." if option.bounds else ""
    only_with = f" Only with {option.only_with}." if option.only_with else ""
    default = f'"{option.default}"' if isinstance(option.default, str) else repr(option.default)
    return entry(option.name, f"{option.type}, default {default}", sentence(option.help) + bounds + only_with,
                 option.words)


def docstring(summary: str, *paragraphs: str, **sections: Iterable[str]) -> str:
    """A docstring in numpydoc form: the summary, paragraphs, and sections of entries in the order given."""
    parts = [summary, *(textwrap.fill(one, 116) for one in paragraphs if one)]
    for title, entries in sections.items():
        lines = list(entries)
        if lines:
            title = title.replace("_", " ")
            parts.append("\n".join([title, "-" * len(title), *lines]))
    return "\n\n".join(parts) + "\n"
