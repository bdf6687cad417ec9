"""The features of a text's tags; what cannot act may come in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.guard.feature import Act, Feature

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.inline import Mark

_HALF_TAG = re.compile(r"<[/!?%]*(?=[A-Za-z/!?%])[^\s<>/\0]*")
_TEXT_ATTRIBUTE = re.compile(
    r"""\s(?:alt|title|aria-label|placeholder)\s*=\s*(?:"[^"<>]*"|'[^'<>]*')""", re.IGNORECASE
)
_HARMLESS = re.compile(
    r"<(?P<name>span|bdi)(?:\s+(?:dir=(?P<d>[\"']?)(?:ltr|rtl|auto)(?P=d)"
    r"|lang=(?P<l>[\"']?)[A-Za-z][A-Za-z0-9-]*(?P=l)|translate=(?P<t>[\"']?)(?:yes|no)(?P=t)))*\s*>"
    r"|</(?P<end>span|bdi)\s*>"
)
"""Tags that only tell a text's direction and language."""


def features_of_tags(text: str, tags: Sequence[Mark]) -> Iterator[Feature]:
    """Yield the features of a text's tags.

    Those are none that only tell direction and language and are closed in the text.
    """
    harmless = _harmless(text, tags)
    for tag in tags:
        if tag.start not in harmless:
            yield Feature(Act.HTML, _normalized(text[tag.start : tag.end]))


def halves_of_tags(text: str) -> Iterator[Feature]:
    """Yield what could become a tag together with another text; `text` has no whole ones."""
    for match in _HALF_TAG.finditer(text) if "<" in text else ():
        yield Feature(Act.HTML, match[0])


def _harmless(text: str, tags: Sequence[Mark]) -> set[int]:
    """Where the harmless tags of a text start that pair with each other."""
    opened: list[tuple[str, int]] = []
    paired: set[int] = set()
    for tag in tags:
        match = _HARMLESS.fullmatch(text, tag.start, tag.end)
        if not match:
            continue
        if match["name"]:
            opened.append((match["name"], tag.start))
        elif opened and opened[-1][0] == match["end"]:
            paired |= {opened.pop()[1], tag.start}
    return paired


def _normalized(tag: str) -> str:
    """A tag without its text attributes, which are translated."""
    return " ".join(_TEXT_ATTRIBUTE.sub(" ", tag).split()).replace(" >", ">")
