"""Python values as TOML, the language of study files."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from typing import Any

from ._inputs import sound_text


def value_text(value: Any, key: str) -> str:
    """A value on one line; TypeError, which names `key`, for what TOML does not have."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return int.__repr__(value)
    if isinstance(value, float):
        return float.__repr__(value)
    if isinstance(value, (str, os.PathLike)):
        return _quoted(os.fspath(value))
    if isinstance(value, Mapping):
        fields = ", ".join(_line(str(name), one, f"{key}.{name}") for name, one in value.items())
        return f"{{ {fields} }}"
    if isinstance(value, (list, tuple, range)):
        return "[" + ", ".join(value_text(one, f"{key}[{place}]") for place, one in enumerate(value)) + "]"
    if hasattr(value, "tolist"):  # numpy's scalars and arrays, and what is like them
        return value_text(value.tolist(), key)
    raise TypeError(
        f"{key} was given {_shown(value)} of type {type(value).__name__} (a study has numbers, texts, True and False, "
        "lists and mappings of them; worlds and models of Python as world, as kind of a world, and as model of an "
        "arm). Give one of these."
    )


def document_text(study: Mapping[str, Any]) -> str:
    """A whole study, one line a key."""
    return "".join(_line(str(key), value, str(key)) + "\n" for key, value in study.items())


def _line(name: str, value: Any, key: str) -> str:
    shown = name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _quoted(name)
    return f"{shown} = {value_text(value, key)}"


def _quoted(text: str | bytes) -> str:
    if isinstance(text, bytes):
        text = os.fsdecode(text)
    return json.dumps(sound_text(text, "a study"), ensure_ascii=False).replace("\x7f", "\\u007f")


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
