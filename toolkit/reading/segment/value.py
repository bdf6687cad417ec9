"""A value of a page's front matter."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection

    from toolkit.model.units import Form

_META = re.compile(r"^(?:name|property)=(?:\w+:)?|[ ].*")
"""Attributes of a `meta` element in MyST's keys: `description lang=en`, `property=og:title`."""


Trail = tuple[str | int, ...]
"""The keys that lead to a value, and the numbers of items in lists."""


def keys_in(trail: Trail) -> tuple[str, ...]:
    """Return the keys of a trail without the numbers of items."""
    return tuple(part for part in trail if isinstance(part, str))


class Value(NamedTuple):
    """A value of the front matter: where it stands and what it says."""

    start: int
    end: int
    text: str
    form: Form
    key: str
    """The keys that lead to it, joined by dots."""
    indent: str = ""
    """The indent of each line of a block scalar."""

    def moved(self, offset: int) -> Value:
        """The value as it stands in a text with `offset` characters more in front."""
        return self.between(self.start + offset, self.end + offset)

    def between(self, start: int, end: int) -> Value:
        """Return the value as it stands at another place."""
        return self._replace(start=start, end=end)


class AnyCase(frozenset[str]):
    """Keys in lower case that stand for all ways to write them, as Hugo reads front matter."""


def is_chosen(trail: tuple[str, ...], keys: Collection[str]) -> bool:
    """Whether a value that the keys of `trail` lead to is translated.

    One of `keys` is its last key, or several of the last ones joined by dots.
    """
    if not trail:
        return False
    if isinstance(keys, AnyCase):
        trail = tuple(map(str.lower, trail))
    joined = ".".join(trail)
    last = _META.sub("", trail[-1])
    return last in keys or any(
        "." in key and (joined == key or joined.endswith(f".{key}")) for key in keys
    )
