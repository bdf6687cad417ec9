"""Collect the targets of the elements of a built page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.commands.verify.value import Link

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_ATTRIBUTES = ("href", "src", "poster")


def links_of(tag: str, attributes: Mapping[str, str | None]) -> Iterator[Link]:
    """The targets of an element."""
    for name in _ATTRIBUTES:
        value = attributes.get(name)
        if value is not None:
            yield Link("img" if name == "poster" else tag, value.strip())
    for candidate in re.split(r",\s+", attributes.get("srcset") or ""):
        if candidate.strip():
            yield Link("img", candidate.split()[0])
