"""Dialects by name, ours and those that other packages register."""

from __future__ import annotations

from difflib import get_close_matches
from importlib.metadata import entry_points

from toolkit.dialect import Dialect
from toolkit.errors import Problem, SettingsError

GROUP = "yiben.dialects"
"""The entry-point group under which a package registers a `Dialect` value."""


def dialect_names() -> list[str]:
    """Every registered dialect, in alphabetical order."""
    return sorted({entry.name for entry in entry_points(group=GROUP)})


def dialect_named(name: str) -> Dialect:
    """The dialect registered under `name`; `SettingsError` when there is none."""
    for entry in entry_points(group=GROUP, name=name):
        dialect = entry.load()
        if isinstance(dialect, Dialect):
            return dialect
        raise SettingsError(Problem("", 0, 0, f'dialect "{name}": {entry.value} is no Dialect'))
    close = get_close_matches(name, dialect_names(), n=1)
    hint = f'did you mean "{close[0]}"?' if close else f"known: {', '.join(dialect_names())}"
    raise SettingsError(Problem("", 0, 0, f'unknown dialect "{name}"; {hint}'))
