"""Reads TMX as it comes, entry by entry, so that no tree of the file is held."""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NoReturn
from xml.parsers import expat

from toolkit.errors import CatalogError, Problem
from toolkit.memory.entries import Entry
from toolkit.memory.languages import nearness

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from toolkit.locale import Locale

MAX_BYTES = 256 * 1024 * 1024
"""Files larger than that are refused, when the caller sets no other limit."""
CONTEXT = "x-context"
"""The type of the property that holds a context; translate-toolkit and Weblate name it so."""
_DECLARED = re.compile(rb"""\s*<\?xml[^>]*?\bencoding\s*=\s*["']utf-?16""", re.IGNORECASE)


def read_tmx(
    name: str, data: bytes, source: Locale, target: Locale, *, limit: int = MAX_BYTES
) -> tuple[Entry, ...]:
    """The entries of a TMX file from `source` into `target`, in file order.

    Of several variants in one language the nearest to the locale is taken (see `nearness`), in
    whichever direction they were translated. The text of a segment is all its characters: inline
    elements hold text (`hi`, `sub`) or native code, which in Markdown is text as well. Blank
    segments give nothing. `line` is that of the `<tu>`.

    Raises `CatalogError` with line and column for what is no XML or no TMX, for entities (`&nbsp;`)
    that the file does not or must not declare, for encodings that TMX does not know, and for more
    than `limit` bytes.
    """
    if len(data) > limit:
        problem = f"has {len(data)} bytes, more than {limit}; split the memory"
        raise CatalogError(Problem(name, 0, 0, problem))
    parser = expat.ParserCreate(_encoding(data))
    reader = _Reader(name, source, target, parser)
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        what = f"is no XML: {expat.ErrorString(error.code)}"
        raise CatalogError(Problem(name, error.lineno, error.offset + 1, what)) from None
    except (ValueError, LookupError) as error:
        # Python's expat refuses an encoding this way.
        what = f"its encoding cannot be read ({error}); save it as UTF-8"
        raise CatalogError(Problem(name, 1, 1, what)) from None
    return tuple(reader.found)


def _encoding(data: bytes) -> str | None:
    """The encoding, when the first bytes know it better than the declaration; else `None`.

    Programs that change a file's encoding often leave `encoding="utf-16"` behind.
    """
    if data.startswith(BOM_UTF8) or _DECLARED.match(data):
        return "utf-8"
    return "utf-16" if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else None


@dataclass(slots=True)
class _Unit:
    """What is known of a `<tu>` so far."""

    line: int
    context: str | None = None
    variants: list[tuple[str, str]] = field(default_factory=list)
    """Language tag and text of each `<tuv>`."""


class _Reader:
    """Collects entries while expat reads; the methods are its handlers."""

    def __init__(
        self, name: str, source: Locale, target: Locale, parser: expat.XMLParserType
    ) -> None:
        self.found: list[Entry] = []
        self._name, self._source, self._target, self._parser = name, source, target, parser
        self._open: list[str] = []
        self._unit = _Unit(0)
        self._tag = ""
        self._text: list[str] | None = None
        parser.buffer_text = True
        # Defaults in a document type would be given again with every element.
        parser.specified_attributes = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.EntityDeclHandler = self._entity
        parser.SkippedEntityHandler = self._skipped

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        parent = self._open[-1] if self._open else ""
        if not parent and name != "tmx":
            self._refuse(f"is no TMX: its root is <{name}>")
        self._open.append(name)
        if name == "tu":
            self._unit = _Unit(self._parser.CurrentLineNumber)
        elif name == "tuv":
            # `lang` is what TMX up to 1.3 wrote.
            self._tag = attributes.get("xml:lang") or attributes.get("lang") or ""
        elif (parent, name) == ("tuv", "seg") or (
            (parent, name) == ("tu", "prop") and attributes.get("type") == CONTEXT
        ):
            self._text = []

    def _characters(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def _end(self, name: str) -> None:
        self._open.pop()
        if name == "tu":
            self.found += self._entries(self._unit)
        elif name in {"seg", "prop"} and self._text is not None:
            text, self._text = "".join(self._text), None
            if name == "seg":
                self._unit.variants.append((self._tag, text))
            else:
                self._unit.context = text

    def _entity(self, name: str, *_declaration: object) -> None:
        self._refuse(f'declares the entity "{name}"; a memory must not declare any')

    def _skipped(self, name: str, is_parameter: bool) -> None:  # noqa: FBT001 - expat's signature
        if not is_parameter:
            self._refuse(f"&{name}; is no entity of XML; write the character itself")

    def _refuse(self, problem: str) -> NoReturn:
        line, column = self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1
        raise CatalogError(Problem(self._name, line, column, problem))

    def _entries(self, unit: _Unit) -> Iterator[Entry]:
        """One entry for each variant that is nearest to the target."""
        sources: list[tuple[int, str]] = []
        targets: list[tuple[int, str]] = []
        for tag, text in unit.variants:
            mine, theirs = nearness(tag, self._source), nearness(tag, self._target)
            # A variant that could serve as either is the one it is nearer to.
            if mine is not None and (theirs is None or mine <= theirs):
                sources.append((mine, text))
            elif theirs is not None:
                targets.append((theirs, text))
        for source in _nearest(sources)[:1]:
            for target in _nearest(targets):
                yield Entry(source, target, unit.context, self._name, unit.line)


def _nearest(variants: list[tuple[int, str]]) -> list[str]:
    """The texts that are not blank and as near as any, in their order."""
    filled = [(near, text) for near, text in variants if text.strip()]
    least = min((near for near, _ in filled), default=0)
    return [text for near, text in filled if near == least]
