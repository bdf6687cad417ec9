"""Translations of texts that an older release cut differently: taken apart, or put together."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from toolkit.model.catalog import Message

_CUTS = (re.compile(r"\n[ \t]*\n\s*"), re.compile(r"\n\s*"))
"""Matches where a longer text was joined from shorter ones: at blank lines or line ends."""
_MOST = 4
"""Texts that one new text is looked for in, one after the other."""


def recut(old: Sequence[Message]) -> Mapping[str, Message]:
    """Cut or join old texts into new ones, without regard to blanks.

    A translation is cut only where it has as many pieces as its source.
    """
    usable = [message for message in old if message.string and not message.id_plural]
    found: dict[str, Message] = {}
    for message in (*_pieces(usable), *_unions(usable)):
        found.setdefault(spelled(message.id), message)
    return found


def spelled(text: str) -> str:
    """A text with single blanks, or none, for what stands between its words."""
    return " ".join(text.split())


def _pieces(messages: Sequence[Message]) -> Iterator[Message]:
    for message, cut in product(messages, _CUTS):
        ids, strings = cut.split(message.id.strip()), cut.split(message.string.strip())
        if len(ids) == len(strings) > 1:
            for one, string in zip(ids, strings, strict=True):
                yield replace(message, id=one, string=string)


def _unions(messages: Sequence[Message]) -> Iterator[Message]:
    for start, first in enumerate(messages):
        for end in range(start + 2, min(start + _MOST, len(messages)) + 1):
            parts = messages[start:end]
            states = {part.fuzzy for part in parts}
            if len(states) == 1 and not any(part.obsolete for part in parts):
                yield replace(
                    first,
                    id="\n".join(part.id for part in parts),
                    string="\n".join(part.string for part in parts),
                )
