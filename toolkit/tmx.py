"""TMX 1.4b, the exchange format of translation memories: read for a pair of locales, and written.

Source: the TMX 1.4b specification (LISA OSCAR, 2005). A file is read as it comes, so that its size
takes no memory; nothing outside of it is fetched, and entities of its own are refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from toolkit import __version__
from toolkit.catalog import Message
from toolkit.errors import CatalogError, Problem, SettingsError
from toolkit.locale import locale_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from toolkit.locale import Locale

MAX_BYTES = 256 * 1024 * 1024
"""Larger files are no memory of one project; reading them would take minutes."""
CONTEXT = "x-context"
"""The type of the property that holds a message's context."""
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold (section 2.2)."""


def read_tmx(
    name: str, data: bytes, source: Locale, target: Locale, limit: int = MAX_BYTES
) -> tuple[Message, ...]:
    """The translations of a memory from `source` into `target`, each with its line.

    `zh-CN` in the file serves `zh-Hans`, `en-US` serves `en`; scripts are never mixed. What inline
    elements hold is text, as Markdown's marks are. Raises `CatalogError` for what is no XML, for a
    document type that declares entities, and for more than `limit` bytes.
    """
    if len(data) > limit:
        problem = f"is larger than {limit // 1024 // 1024} MiB; split it"
        raise CatalogError(Problem(name, 0, 0, problem))
    parser = expat.ParserCreate()
    reader = _Reader(source, target, lambda: parser.CurrentLineNumber)
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.EntityDeclHandler = reader.refuse
    parser.buffer_text = True
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        what = f"no valid XML: {expat.errors.messages.get(error.code, str(error))}"
        raise CatalogError(Problem(name, error.lineno, error.offset + 1, what)) from None
    except _EntityError:
        what = "declares entities of its own, which may hide anything; remove them"
        raise CatalogError(Problem(name, parser.CurrentLineNumber, 1, what)) from None
    if not reader.is_tmx:
        raise CatalogError(Problem(name, 1, 1, "is no TMX; its root is not <tmx>"))
    return tuple(reader.found)


class _EntityError(Exception):
    """The file declares an entity."""


@dataclass
class _Reader:
    """Collects the translations while the file is read."""

    source: Locale
    target: Locale
    line: Callable[[], int]
    """Tells the line that is being read."""
    found: list[Message] = field(default_factory=list)
    is_tmx: bool = False
    _segments: dict[str, str] = field(default_factory=dict)
    _locale: str = ""
    _context: str | None = None
    _collecting: list[str] | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if tag == "tmx":
            self.is_tmx = True
        elif tag == "tu":
            self._segments, self._context = {}, None
        elif tag == "tuv":
            self._locale = attributes.get("xml:lang") or attributes.get("lang") or ""
        elif tag == "seg" or (tag == "prop" and attributes.get("type") == CONTEXT):
            self._collecting = []

    def text(self, text: str) -> None:
        """Some text of an element."""
        if self._collecting is not None:
            self._collecting.append(text)

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag == "seg":
            self._segments.setdefault(self._locale, "".join(self._collecting or ()))
            self._collecting = None
        elif tag == "prop" and self._collecting is not None:
            self._context = "".join(self._collecting)
            self._collecting = None
        elif tag == "tu":
            ours, theirs = self._in(self.source), self._in(self.target)
            if ours and theirs:
                message = Message(ours, theirs, context=self._context, line=self.line())
                self.found.append(message)

    def refuse(self, *_declaration: object) -> None:
        """An entity is declared."""
        raise _EntityError

    def _in(self, locale: Locale) -> str:
        """The segment in a locale: of the same tag, or else of the same language and script."""
        same = (text for tag, text in self._segments.items() if _normal(tag) == locale.tag.lower())
        near = (text for tag, text in self._segments.items() if _serves(tag, locale))
        return next(same, "") or next(near, "")


def _normal(tag: str) -> str:
    return tag.replace("_", "-").lower()


def _serves(tag: str, locale: Locale) -> bool:
    try:
        known = locale_of(tag)
    except SettingsError:
        return False
    return (known.language, known.script) == (locale.language, locale.script)


def write_tmx(source: Locale, catalogs: Mapping[Locale, Iterable[Message]]) -> bytes:
    """A memory with the translated messages of catalogs, in the order they come in.

    Texts with characters that XML cannot hold are left out; `unwritable` tells them. Same messages,
    same bytes: there are no dates in it.
    """
    units: dict[tuple[str | None, str], dict[str, str]] = {}
    for locale, messages in catalogs.items():
        for message in messages:
            if _is_usable(message) and not unwritable(message):
                units.setdefault(message.key, {}).setdefault(locale.tag, message.string)
    lines = list(_lines(source, units))
    return "\n".join((*lines, "")).encode("utf-8")


def _is_usable(message: Message) -> bool:
    return bool(message.string) and not message.fuzzy and not message.id_plural


def unwritable(message: Message) -> bool:
    """Whether a message holds a character that XML does not."""
    texts = (message.id, message.string, message.context or "")
    return any(_FORBIDDEN.search(text) for text in texts)


def _lines(
    source: Locale, units: Mapping[tuple[str | None, str], Mapping[str, str]]
) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<!DOCTYPE tmx SYSTEM "tmx14.dtd">'
    yield '<tmx version="1.4">'
    yield (
        f'  <header creationtool="yiben" creationtoolversion="{__version__}" segtype="paragraph"'
        f' o-tmf="po" adminlang="en" srclang={quoteattr(source.tag)} datatype="plaintext"/>'
    )
    yield "  <body>"
    for (context, text), translations in units.items():
        yield "    <tu>"
        if context is not None:
            yield f'      <prop type="{CONTEXT}">{_written(context)}</prop>'
        for tag, string in ({source.tag: text} | dict(translations)).items():
            yield f"      <tuv xml:lang={quoteattr(tag)}><seg>{_written(string)}</seg></tuv>"
        yield "    </tu>"
    yield "  </body>"
    yield "</tmx>"


def _written(text: str) -> str:
    """Text as XML gives it back; a carriage return would become a line feed."""
    return escape(text, {"\r": "&#13;"})
