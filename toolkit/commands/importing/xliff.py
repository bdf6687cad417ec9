"""Reads the translations of XLIFF 1.2 and 2.x files."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from toolkit.catalogs.memory.languages import nearness
from toolkit.catalogs.memory.xml_reading import XmlReader
from toolkit.commands.exchange.ids import parts_of_id
from toolkit.commands.importing.xliff_codes import INLINE, Code, code_of
from toolkit.model.catalog import Message
from toolkit.model.errors import CatalogError, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from toolkit.language.locale import Locale

_UNFINISHED = frozenset(
    "initial new needs-translation needs-l10n needs-adaptation needs-review-translation"
    " needs-review-adaptation needs-review-l10n".split()
)
"""States whose translation a translator still has to look at (1.2: 2.3.2; 2.0: 4.3.1.32)."""

_INDENT = re.compile(r"\A[ \t\r]*\n\s*|\s*\n[ \t\r]*\Z")
_SEGMENTS = frozenset({"trans-unit", "segment", "ignorable"})


def read_xliff(name: str, data: bytes, locale: Locale) -> tuple[Message, ...]:
    """The translations into a locale, in file order; `fuzzy` where they are not finished.

    `<source>` and `<target>` of each `<trans-unit>` (XLIFF 1.2, section 2.3) or `<segment>` (XLIFF
    2.0, section 4.2.2) are read with all their characters, and with what their inline elements
    stand for where the file says so. Messages of files that `yiben export` wrote have the id of
    their unit as reference. Texts without a translation are left
    out, and the proposals of `<alt-trans>` and `<matches>`.

    Raises `CatalogError` with line and column for what is no XML or no XLIFF, and for entities; and
    for a file into other languages.
    """
    reader = _Reader(name, locale)
    reader.read(data)
    if reader.others and not (reader.found or reader.is_for_locale):
        others = " and ".join(dict.fromkeys(reader.others))
        text = f"is for {others}, not for {locale.tag}; name its locale with -l"
        raise CatalogError(Problem(name, 0, 0, text))
    return tuple(reader.found)


@dataclass(slots=True)
class _Segment:
    """The parts of a unit that were read so far."""

    line: int
    state: str = ""
    texts: dict[str, list[str]] = field(default_factory=dict)

    def text(self, tag: str) -> str:
        """Return the text of an element, without the lines that a pretty printer put around it."""
        return _INDENT.sub("", "".join(self.texts.get(tag, [])))


class _Reader(XmlReader):
    """Collects messages."""

    what = "XLIFF"
    root = "xliff"

    def __init__(self, name: str, locale: Locale) -> None:
        super().__init__(name)
        self.found: list[Message] = []
        self.others: list[str] = []
        """The languages of files into other ones."""
        self.is_for_locale = False
        self._locale = locale
        self._segment: _Segment | None = None
        self._aside = 0
        self._wanted = True
        self._data: dict[str, str] = {}
        self._data_id = ""
        self._codes: list[Code] = []
        self._held: list[int] = []
        self._unit = ""
        self._parts: list[_Segment] = []

    def _start(self, tag: str, _parent: str, attributes: Mapping[str, str]) -> None:
        if tag in {"xliff", "file"}:
            language = attributes.get("target-language") or attributes.get("trgLang")
            if language:
                self._wanted = nearness(language, self._locale) is not None
                self.is_for_locale |= self._wanted
                self.others += [] if self._wanted else [language]
        elif tag in {"alt-trans", "matches"}:
            self._aside += 1
        elif self._aside:
            return
        elif tag in INLINE and self._text is not None:
            self._open_code(tag, attributes)
        elif tag == "unit":
            self._data, self._unit, self._parts = {}, attributes.get("id", ""), []
        elif tag == "data":
            self._data_id, self._text = attributes.get("id", ""), []
        elif tag in _SEGMENTS:
            self._open_segment(tag, attributes)
        elif tag in {"source", "target"} and self._segment:
            self._text = self._segment.texts.setdefault(tag, [])
            self._segment.state = attributes.get("state", self._segment.state)

    def _open_segment(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "trans-unit":
            self._unit = attributes.get("id", "")
        done = attributes.get("approved") == "yes"
        self._segment = _Segment(self._line, "" if done else attributes.get("state", ""))

    def _open_code(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Put in what an inline element stands for; one that holds native code is read as it is."""
        code = code_of(tag, attributes, self._data)
        self._codes.append(code)
        if self._text is not None:
            self._text.append(code.start)
            self._held.append(len(self._text))

    def _close_code(self) -> None:
        code, held = self._codes.pop(), self._held.pop()
        if self._text is None:
            return
        if code.start and not code.end and self._text[held:]:
            # Its native code goes before what is only said about it.
            self._text[held - 1] = ""
        self._text.append(code.end)

    def _end(self, tag: str) -> None:
        if tag in {"alt-trans", "matches"}:
            self._aside -= 1
        elif self._aside:
            return
        elif tag in INLINE and self._codes:
            self._close_code()
        elif tag == "data" and self._text is not None:
            self._data[self._data_id], self._text = "".join(self._text), None
        elif tag in {"source", "target"}:
            self._text = None
        elif tag in _SEGMENTS and self._segment:
            self._take(self._segment, tag)
            self._segment = None
        elif tag == "unit" and self._parts:
            self._take_whole()

    def _take(self, segment: _Segment, tag: str) -> None:
        if parts_of_id(self._unit):
            # Programs may have cut our units into several segments.
            self._parts.append(segment)
            if tag == "trans-unit":
                self._take_whole()
            return
        source, target = segment.text("source"), segment.text("target")
        if self._wanted and source.strip() and target.strip():
            flags = ("fuzzy",) if segment.state in _UNFINISHED else ()
            self.found.append(Message(source, target, flags=flags, line=segment.line))

    def _take_whole(self) -> None:
        """Take in a unit of ours, unless parts of it are not translated."""
        parts, self._parts = self._parts, []
        sources = [one.text("source") for one in parts]
        targets = [one.text("target") for one in parts]
        pairs = list(zip(sources, targets, strict=True))
        whole = "".join(target or source for source, target in pairs)
        missing = any(source.strip() and not target.strip() for source, target in pairs)
        if self._wanted and whole.strip() and not missing:
            unfinished = any(one.state in _UNFINISHED for one in parts)
            flags = ("fuzzy",) if unfinished else ()
            line, place = parts[0].line, (self._unit,)
            found = Message("".join(sources), whole, flags=flags, references=place, line=line)
            self.found.append(found)
