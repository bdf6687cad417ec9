"""Configuration files in JavaScript and TypeScript, with what they import from beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.commands.init.javascript import UNREAD, Call, Script
from toolkit.commands.init.javascript_tokens import tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_ENDINGS = ("", ".ts", ".js", ".mts", ".mjs", ".cts", ".cjs", ".json", "/index.ts", "/index.js")
_MOST_IMPORTS = 4
"""The most imports that are followed."""
_LONGEST = 200_000
"""Characters of a script that are read."""


def script_at(path: Path, text: str, depth: int = 0) -> Script:
    """The script in a file."""

    def imported(name: str) -> Script | None:
        if depth >= _MOST_IMPORTS or not name.startswith("."):
            return None
        bases = [name, name.removesuffix(".js").removesuffix(".mjs")]
        files = (path.parent / f"{base}{ending}" for base in bases for ending in _ENDINGS)
        file = next((one for one in files if one.is_file()), None)
        if file is None:
            return None
        return script_at(file, file.read_bytes().decode("utf-8-sig", "replace"), depth + 1)

    return Script(tokens_of(text[:_LONGEST]), imported)


def configuration(script: Script, *keys: str) -> dict[str, object]:
    """The object that a script exports, or else the first in it with one of some keys."""
    found = merged(script.value())
    if any(key in found for key in keys):
        return found
    others = (script.with_key(key) for key in keys)
    return next((other for other in others if other), found)


def merged(value: object) -> dict[str, object]:
    """An object, or what a call such as `defineConfig({…})` gets, taken together."""
    if isinstance(value, dict):
        return value
    found: dict[str, object] = {}
    for argument in value.arguments if isinstance(value, Call) else ():
        found |= merged(argument)
    return found


def calls_in(value: object) -> Iterator[Call]:
    """All calls in a value."""
    if isinstance(value, Call):
        yield value
        yield from calls_in(value.inner)
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for one in value.arguments if isinstance(value, Call) else inner:
        yield from calls_in(one)


def table(value: object, *keys: str) -> dict[str, object]:
    """The object below some keys, an empty one where there is none."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def text(values: dict[str, object], key: str, default: str = "") -> str:
    """A text of an object, or a default."""
    value = values.get(key)
    return value if isinstance(value, str) else default


def texts(value: object) -> tuple[str, ...]:
    """The texts of a list."""
    items = value if isinstance(value, list) else ()
    return tuple(item for item in items if isinstance(item, str))


def unread(name: str, values: dict[str, object], key: str, advice: str) -> tuple[str, ...]:
    """The line about a key that is computed, or that may be in what is spread into its object."""
    value = values.get(key, values.get("..."))
    items = value if isinstance(value, list) else [value]
    if any(item is UNREAD or isinstance(item, Call) for item in items):
        return (f"{name}: {key} is computed and cannot be read; {advice}",)
    return ()
