"""One spelling for what can be written in several ways and means the same.

Import, guard and checks compare a translation with its source by these: an attribute list with
other blanks, a link by reference that was written out, a bare URL in angle brackets is no change.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote_to_bytes

from markdown_it.common.utils import normalizeReference

from toolkit.dialects.blocks.attributes import TEXT_ATTRIBUTES
from toolkit.dialects.inline import Markup, marks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.dialects.inline import Grammar

Definitions = Mapping[str, str]
"""The targets of a page's reference definitions, by normalized labels."""

_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_PERCENT = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_LINE_MARKS = re.compile(r"[\t\n\r]+")
_ENDS = "".join(map(chr, range(0x21)))
"""The characters that a browser drops inside of a URL, and at its ends (WHATWG URL, 4.4)."""
_UNRESERVED = re.compile(rb"[A-Za-z0-9._~()*!'\x80-\xff-]")
_ATTRIBUTE = re.compile(r"([^\s=\"']+)=(?:\"([^\"]*)\"|'([^']*)'|(\S*))|\S+")
_AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>\x00-\x1f]*)>")


def attribute_list(text: str) -> str:
    """The attributes of `{ #id .class key="value" }`, without what their order and blanks add.

    Texts for readers in quotes are none of it; what a script may take for HTML is no such text.
    """
    inner = text.strip()[1:-1].removeprefix(":")
    if "=" not in inner:
        return " ".join(sorted(set(inner.split())))
    found = (match for match in _ATTRIBUTE.finditer(inner) if not _is_text(match))
    return " ".join(sorted({_attribute(match) for match in found}))


def _is_text(match: re.Match[str]) -> bool:
    value = match[2] if match[2] is not None else match[3]
    if value is None or match[1] not in TEXT_ATTRIBUTES:
        return False
    return not (match[1].startswith("data-") and ("&" in value or "<" in value))


def _attribute(match: re.Match[str]) -> str:
    name = match[1]
    if name is None:
        return match[0]
    value = next((group for group in match.groups()[1:] if group is not None), "")
    return f"{name}={value}" if value and not re.search(r"\s", value) else f'{name}="{value}"'


def target(written: str) -> str:
    """The destination of a target: escapes, entities and needless percent codes resolved."""
    text = _trimmed(written)
    if "\\" in text:
        # What is escaped begins no character reference.
        pieces = _ESCAPE.split(text)
        pieces[::2] = map(html.unescape, pieces[::2])
        text = "".join(pieces)
    elif "&" in text:
        text = html.unescape(text)
    text = text.replace(" ", "%20")
    return _PERCENT.sub(_decoded, text) if "%" in text else text


def url(written: str) -> str:
    """Return a URL that stands as it is, between angle brackets or bare, in one spelling."""
    text = _trimmed(written)
    return _PERCENT.sub(_decoded, text) if "%" in text else text


def _trimmed(written: str) -> str:
    return _LINE_MARKS.sub("", written.strip(_ENDS))


def _decoded(match: re.Match[str]) -> str:
    """Percent codes of characters that mean the same without (RFC 3986, 2.3; RFC 3987, 3.2)."""
    raw = unquote_to_bytes(match[0])
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return match[0].upper()
    plain = (one if _UNRESERVED.match(one.encode()) else quote(one, safe="") for one in text)
    return "".join(plain)


def autolink(tag: str) -> str:
    """The URL of an autolink `<https://…>`; empty for what is none."""
    match = _AUTOLINK.fullmatch(tag)
    return match[1] if match else ""


def references(text: str, grammar: Grammar) -> Iterator[str]:
    """The labels, normalized, that references in a text name if a page defines them."""
    if "[" not in text:
        return
    for mark in marks(text, grammar):
        if mark.kind in _REFERENCES:
            yield normalizeReference(text[mark.inner : mark.inner_end])


_REFERENCES = frozenset({Markup.REFERENCE, Markup.SHORT})


def linked(text: str, definitions: Definitions, grammar: Grammar) -> Iterator[str]:
    """The destinations of the references in a text, in one spelling."""
    for label in dict.fromkeys(references(text, grammar)):
        if label in definitions:
            yield target(definitions[label])
