"""The texts in tags of JSX that readers see: strings of attributes, and of objects in these.

`title="…"`, `title={'…'}` and `values={[{label: '…'}]}` alike. The strings of JavaScript are those
of ECMAScript, section "String Literals", and templates of one line without substitutions.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.dialects.blocks.javascript import strings_in
from toolkit.dialects.blocks.values import Title
from toolkit.model.expressions import late
from toolkit.model.units import Form, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from toolkit.dialects.blocks.jsx import Tag
    from toolkit.dialects.blocks.values import Elements, TagText

TEXT_ATTRIBUTES = frozenset(
    "alt aria-label caption description header heading label placeholder subtitle summary tip "
    "text title tooltip".split()
)
"""Attributes, and properties of objects in attributes, whose strings readers see."""
_FOR_TRANSLATORS = frozenset({"Translate"})
"""Elements whose description is no text for readers."""
_HANDLER = late(r"on[A-Z]")
"""Attributes whose expressions act and show nothing."""
_KEY = late(r"""[{,/\n]\s*(?P<quote>["']?)(?P<key>[\w-]+)(?P=quote)\s*:\s*\Z""")
_BEHIND_VALUE = late(r"\s*(?:[,}]|//|/\*)")
_LONGEST_KEY = 200
_ESCAPE = late(
    r"\\(?:(?P<line>\r?\n)|(?P<code>(?:u[0-9A-Fa-f]{4}(?:\\u[0-9A-Fa-f]{4})*))"
    r"|u\{(?P<point>0*[0-9A-Fa-f]{1,5})\}|x(?P<byte>[0-9A-Fa-f]{2})|(?P<one>.))",
    re.DOTALL,
)
_CONTROLS = {"n": "\n", "t": "\t", **dict.fromkeys("rbvf0", "")}
_NOT_SHOWN = late(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_LINE_END = late(r"\r\n|\n|\r")


def texts_of(tag: Tag, source: str) -> list[TagText]:
    """The texts of a tag of `source`, in order."""
    if tag.name in _FOR_TRANSLATORS:
        return []
    found = [
        (start, end, Form.ATTRIBUTE, name)
        for name, start, end in tag.attributes
        if name in TEXT_ATTRIBUTES
    ]
    for name, start, end in tag.expressions:
        if not _HANDLER.match(name):
            found += _strings(source, name, start, end)
    return sorted(found)


def _strings(source: str, attribute: str, start: int, end: int) -> Iterator[TagText]:
    """The strings that readers see in the expression of an attribute."""
    for left, right in strings_in(source, start, end):
        inside = (left + 1, right - 1)
        if source[left] == "`" and "\n" in source[slice(*inside)]:
            continue
        name = attribute
        if source[start + 1 : left].strip() or source[right : end - 1].strip():
            key = _KEY.search(source, max(start, left - _LONGEST_KEY), left)
            name = key["key"] if key and _BEHIND_VALUE.match(source, right, end) else ""
        if name in TEXT_ATTRIBUTES:
            yield *inside, Form.SCRIPT_STRING, name


def titles_of(block: Elements, source: str) -> Iterator[Title]:
    """The text attributes of tags in lines of their own."""
    for start, end, form, name in block.texts:
        text = text_as_read(source[start:end], form)
        yield Title((start, end), Kind.JSX_ATTRIBUTE, form, name, text)


def text_as_read(raw: str, form: Form) -> str:
    """The text of a tag as it is read, its escapes resolved where it is a string of JavaScript."""
    return _ESCAPE.sub(_resolved, raw) if form is Form.SCRIPT_STRING and "\\" in raw else raw


def _resolved(escape: re.Match[str]) -> str:
    if escape["code"]:
        units = bytes.fromhex(escape["code"].replace("\\", "").replace("u", ""))
        return _shown(units.decode("utf-16-be", "replace"))
    if number := escape["point"] or escape["byte"]:
        return _shown(chr(int(number, 16)))
    return "" if escape["line"] else _CONTROLS.get(escape["one"], escape["one"])


def _shown(text: str) -> str:
    """A text without what no reader sees and no catalog may hold."""
    return _NOT_SHOWN.sub("", text)


def written_string(text: str, quote: str) -> str:
    """`text` as it stands in a string of JavaScript between two quotes."""
    text = text.replace("\\", "\\\\").replace(quote, f"\\{quote}")
    text = text.replace("${", "\\${") if quote == "`" else text
    return _LINE_END.sub(r"\\n", text)


def without_texts(source: str, start: int, end: int, texts: Iterable[TagText]) -> str:
    """A stretch of `source` without the texts in it."""
    pieces: list[str] = []
    for left, right, _, _ in texts:
        pieces.append(source[start:left])
        start = right
    return "".join((*pieces, source[start:end]))
