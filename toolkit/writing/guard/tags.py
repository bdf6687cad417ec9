"""The features of a text's tags; what cannot act may come in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.dialects.blocks.harmless import is_harmless
from toolkit.dialects.blocks.vue_tags import without_texts
from toolkit.writing.guard.feature import Act, Feature

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.dialects.inline import Mark

_HALF_TAG = re.compile(r"<[/!?%]*(?=[A-Za-z/!?%])[^\s<>/\0]*")
_TEXT_ATTRIBUTE = re.compile(
    r"""\s(?:alt|title|aria-label|placeholder)\s*=\s*(?:"[^"<>]*"|'[^'<>]*')""", re.IGNORECASE
)
_NAME = re.compile(r"</?(?P<name>[^\s/>]*)")
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())


def features_of_tags(
    text: str, tags: Sequence[Mark], *, components: bool = False
) -> Iterator[Feature]:
    """Yield the features of a text's tags, of which more attributes are texts in `components`.

    Those are none that only tell direction and language and are closed in the text.
    """
    harmless = _harmless(text, tags)
    for tag in tags:
        if tag.start not in harmless:
            written = text[tag.start : tag.end]
            written = without_texts(written) if components else written
            yield Feature(Act.HTML, _normalized(written))


def halves_of_tags(text: str) -> Iterator[Feature]:
    """Yield what could become a tag together with another text; `text` has no whole ones."""
    for match in _HALF_TAG.finditer(text) if "<" in text else ():
        yield Feature(Act.HTML, match[0])


def _harmless(text: str, tags: Sequence[Mark]) -> set[int]:
    """Return the starts of harmless tags that match and do not overlap others."""
    opened: list[tuple[str, int]] = []
    paired: set[int] = set()
    for tag in tags:
        written = text[tag.start : tag.end]
        match = _NAME.match(written)
        name = match["name"].lower() if match else ""
        if not written.startswith("</"):
            if name not in _VOID and not written.endswith("/>"):
                opened.append((name, tag.start))
        elif opened and opened[-1][0] == name:
            start = opened.pop()[1]
            if is_harmless(written) and is_harmless(text[start : text.index(">", start) + 1]):
                paired |= {start, tag.start}
    return paired


def _normalized(tag: str) -> str:
    """A tag without its text attributes, which are translated."""
    return " ".join(_TEXT_ATTRIBUTE.sub(" ", tag).split()).replace(" >", ">")
