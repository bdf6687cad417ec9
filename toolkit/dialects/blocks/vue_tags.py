"""Tags of Vue's templates in Markdown: where they start and end, their texts, how they nest."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from toolkit.dialects.blocks.harmless import BLANK
from toolkit.dialects.blocks.jsx import marks_outside_code
from toolkit.dialects.blocks.jsx_texts import TEXT_ATTRIBUTES
from toolkit.model.expressions import late

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

NAME = r"[A-Za-z][A-Za-z0-9-]*+"
_VALUE = r"""(?:"[^"]*+"|'[^']*+'|[^"'=<>`\x00-\x20]+?(?=\s|/?>))"""
ATTRIBUTES = rf"(?:\s++[A-Za-z_:@][\w:.-]*+(?:\s*+=\s*+{_VALUE})?+)*+"
_ANY_ATTRIBUTES = rf"(?:\s++[^\s\"'<>/=]++(?:\s*+=\s*+{_VALUE})?+)*+"
TAG = late(
    rf"<(?P<name>{NAME})(?P<attributes>{ATTRIBUTES})\s*+(?P<alone>/)?>|</(?P<close>{NAME})\s*+>"
)
"""A tag in running text: a name may have hyphens, an attribute a colon or `@` in front."""
_LOOSE_TAG = late(
    rf"<(?P<name>{NAME})(?P<attributes>{_ANY_ATTRIBUTES})\s*+(?P<alone>/)?>"
    rf"|</(?P<close>{NAME})\s*+>"
)
"""A tag as the browser reads it, whose attributes may have any name (`#item`)."""
_ATTRIBUTE = late(
    rf"{BLANK}(?P<name>[^ \t\n\r\f\"'<>/=]++)(?:{BLANK}*+={BLANK}*+"
    r"""(?:"(?P<double>[^"]*+)"|'(?P<single>[^']*+)'|[^ \t\n\r\f"'>]++))?"""
)
_VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr".split(),
)
_TEXT_ATTRIBUTES = TEXT_ATTRIBUTES | {"details", "tagline", "text"}
_PLAIN_ATTRIBUTES = frozenset({"alt", "aria-label", "placeholder", "title"})


def attribute_texts(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """The texts in attributes of the tags in a range: name, start and end between the quotes.

    What has a colon or `@` in front is an expression. Of components more attributes are texts.
    """
    for tag in _LOOSE_TAG.finditer(text, start, end):
        if tag["name"]:
            yield from _texts_of(tag)


def _texts_of(tag: re.Match[str]) -> Iterator[tuple[str, int, int]]:
    known = _TEXT_ATTRIBUTES if is_component(tag["name"]) else _PLAIN_ATTRIBUTES
    for attribute in _ATTRIBUTE.finditer(tag.string, *tag.span("attributes")):
        group = "double" if attribute["double"] else "single"
        if attribute["name"].lower() in known and attribute[group]:
            yield attribute["name"], *attribute.span(group)


def is_component(name: str) -> bool:
    """Whether an element is one of the site's own."""
    return not name.islower() or "-" in name


def without_texts(tag: str) -> str:
    """Return a tag without the texts in its attributes, and without their names."""
    pieces: list[str] = []
    position = 0
    for name, start, end in attribute_texts(tag, 0, len(tag)):
        pieces.append(tag[position : tag.rindex(name, position, start)])
        position = end + 1
    return "".join((*pieces, tag[position:]))


def nesting(text: str) -> Counter[str]:
    """The tags of a page that nothing closes, and those that close nothing.

    Vue's compiler stops at one that was not there before.
    """
    opened: list[str] = []
    found: Counter[str] = Counter()
    for start in marks_outside_code(text, page=True):
        tag = _LOOSE_TAG.match(text, start)
        if tag is None or tag["alone"] or (tag["name"] or "").lower() in _VOID:
            continue
        if tag["name"]:
            opened.append(tag["name"])
        elif tag["close"] not in opened:
            found[f"/{tag['close']}"] += 1
        else:
            while (name := opened.pop()) != tag["close"]:
                found[name] += 1
    found.update(opened)
    return found
