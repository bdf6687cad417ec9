"""Reads TMX as it comes, entry by entry, so that no tree of the file is held."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from toolkit.catalogs.memory.entries import Entry
from toolkit.catalogs.memory.languages import nearness
from toolkit.catalogs.memory.xml_reading import MAX_BYTES, XmlReader

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from toolkit.language.locale import Locale

CONTEXT = "x-context"
"""The type of the property that holds a context; translate-toolkit and Weblate name it so."""


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
    reader = _Reader(name, source, target)
    reader.read(data, limit)
    return tuple(reader.found)


@dataclass(slots=True)
class _Unit:
    """The content of a `<tu>` that has been read so far."""

    line: int
    context: str | None = None
    variants: list[tuple[str, str]] = field(default_factory=list)
    """Language tag and text of each `<tuv>`."""


class _Reader(XmlReader):
    """Collects entries."""

    what = "TMX"
    root = "tmx"

    def __init__(self, name: str, source: Locale, target: Locale) -> None:
        super().__init__(name)
        self.found: list[Entry] = []
        self._source, self._target = source, target
        self._unit = _Unit(0)
        self._tag = ""

    def _start(self, tag: str, parent: str, attributes: Mapping[str, str]) -> None:
        if tag == "tu":
            self._unit = _Unit(self._line)
        elif tag == "tuv":
            # `lang` is what TMX up to 1.3 wrote.
            self._tag = attributes.get("xml:lang") or attributes.get("lang") or ""
        elif (parent, tag) == ("tuv", "seg") or (
            (parent, tag) == ("tu", "prop") and attributes.get("type") == CONTEXT
        ):
            self._text = []

    def _end(self, tag: str) -> None:
        if tag == "tu":
            self.found += self._entries(self._unit)
        elif tag in {"seg", "prop"} and self._text is not None:
            text, self._text = "".join(self._text), None
            if tag == "seg":
                self._unit.variants.append((self._tag, text))
            else:
                self._unit.context = text

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
