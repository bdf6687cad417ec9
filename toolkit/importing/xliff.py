"""Reads the translations of XLIFF 1.2 and 2.x files."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NoReturn
from xml.parsers import expat

from toolkit.catalog import Message
from toolkit.errors import CatalogError, Problem
from toolkit.memory.languages import nearness

if TYPE_CHECKING:
    from collections.abc import Mapping

    from toolkit.locale import Locale

MAX_BYTES = 256 * 1024 * 1024
_UNFINISHED = frozenset(
    "initial new needs-translation needs-l10n needs-adaptation needs-review-translation"
    " needs-review-adaptation needs-review-l10n".split()
)
"""States whose translation a translator still has to look at (1.2: 2.3.2; 2.0: 4.3.1.32)."""


def read_xliff(name: str, data: bytes, locale: Locale) -> tuple[Message, ...]:
    """The translations into a locale, in file order; `fuzzy` where they are not finished.

    `<source>` and `<target>` of each `<trans-unit>` (XLIFF 1.2, section 2.3) or `<segment>` (XLIFF
    2.0, section 4.2.2) are read with all their characters. Texts without a translation are left
    out, and the proposals of `<alt-trans>` and `<matches>`.

    Raises `CatalogError` with line and column for what is no XML or no XLIFF, and for entities.
    """
    if len(data) > MAX_BYTES:
        raise CatalogError(Problem(name, 0, 0, f"has more than {MAX_BYTES} bytes; split it"))
    parser = expat.ParserCreate(namespace_separator=" ")
    reader = _Reader(name, locale, parser)
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        what = f"is no XML: {expat.ErrorString(error.code)}"
        raise CatalogError(Problem(name, error.lineno, error.offset + 1, what)) from None
    except (ValueError, LookupError) as error:
        what = f"its encoding cannot be read ({error}); save it as UTF-8"
        raise CatalogError(Problem(name, 1, 1, what)) from None
    return tuple(reader.found)


@dataclass(slots=True)
class _Segment:
    """What is known of a unit so far."""

    line: int
    state: str = ""
    texts: dict[str, list[str]] = field(default_factory=dict)


class _Reader:
    """Collects messages while expat reads; the methods are its handlers."""

    def __init__(self, name: str, locale: Locale, parser: expat.XMLParserType) -> None:
        self.found: list[Message] = []
        self._name, self._locale, self._parser = name, locale, parser
        self._open: list[str] = []
        self._segment: _Segment | None = None
        self._text: list[str] | None = None
        self._aside = 0
        self._wanted = True
        parser.buffer_text = True
        parser.specified_attributes = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.EntityDeclHandler = self._entity
        parser.SkippedEntityHandler = self._skipped

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        if not self._open and tag != "xliff":
            self._refuse(f"is no XLIFF: its root is <{tag}>")
        self._open.append(tag)
        if tag in {"xliff", "file"}:
            language = attributes.get("target-language") or attributes.get("trgLang")
            if language:
                self._wanted = nearness(language, self._locale) is not None
        elif tag in {"alt-trans", "matches"}:
            self._aside += 1
        elif self._aside:
            return
        elif tag in {"trans-unit", "segment"}:
            state = attributes.get("state", "")
            done = attributes.get("approved") == "yes"
            self._segment = _Segment(self._parser.CurrentLineNumber, "" if done else state)
        elif tag in {"source", "target"} and self._segment:
            self._text = self._segment.texts.setdefault(tag, [])
            self._segment.state = attributes.get("state", self._segment.state)

    def _characters(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def _end(self, _name: str) -> None:
        tag = self._open.pop()
        if tag in {"alt-trans", "matches"}:
            self._aside -= 1
        elif tag in {"source", "target"} and not self._aside:
            self._text = None
        elif tag in {"trans-unit", "segment"} and self._segment and not self._aside:
            self._take(self._segment)
            self._segment = None

    def _take(self, segment: _Segment) -> None:
        source = "".join(segment.texts.get("source", []))
        target = "".join(segment.texts.get("target", []))
        if self._wanted and source.strip() and target.strip():
            flags = ("fuzzy",) if segment.state in _UNFINISHED else ()
            self.found.append(Message(source, target, flags=flags, line=segment.line))

    def _entity(self, name: str, *_declaration: object) -> None:
        self._refuse(f'declares the entity "{name}"; such a file must not declare any')

    def _skipped(self, name: str, is_parameter: bool) -> None:  # noqa: FBT001 - expat's signature
        if not is_parameter:
            self._refuse(f"&{name}; is no entity of XML; write the character itself")

    def _refuse(self, problem: str) -> NoReturn:
        line, column = self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1
        raise CatalogError(Problem(self._name, line, column, problem))
