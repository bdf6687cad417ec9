"""Writes XLIFF 2.1 (OASIS standard of 2018-02-13)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.commands.exchange.xml_text import attribute, plain, xml_text
from toolkit.reading.codes import Code, Role, codes_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.commands.exchange.collecting import PageUnits, TransferUnit
    from toolkit.language.locale import Locale
    from toolkit.reading.codes import Piece

_NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
_TYPES = {"link": "link", "reference": "link", "short reference": "link", "image": "image"}
_FORMAT = "fmt"
_OTHER = "other"


def write_xliff2(pages: Sequence[PageUnits], source: Locale, target: Locale) -> bytes:
    """Return the messages of pages as one document, a `<file>` a page."""
    head = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<xliff xmlns="{_NAMESPACE}" version="2.1"'
        f' srcLang="{source.tag}" trgLang="{target.tag}">\n'
    )
    files = "".join(_file(page, number) for number, page in enumerate(pages, 1))
    return f"{head}{files}</xliff>\n".encode()


def _file(page: PageUnits, number: int) -> str:
    units = "".join("".join(_unit(one, page.path)) for one in page.units)
    return f'  <file id="f{number}" original={attribute(page.path)}>\n{units}  </file>\n'


def _unit(one: TransferUnit, path: str) -> Iterator[str]:
    data = _Data()
    source, target = data.written(one.source), data.written(one.target)
    yield f'    <unit id="{one.id}" name={attribute(f"{path}:{one.line}")} xml:space="preserve">\n'
    yield "      <notes>\n"
    for kind, text in _notes(one):
        yield f'        <note category="{kind}">{plain(text)}</note>\n'
    yield "      </notes>\n"
    if data.ids:
        yield "      <originalData>\n"
        for text, name in data.ids.items():
            yield f'        <data id="{name}" xml:space="preserve">{_text(text)}</data>\n'
        yield "      </originalData>\n"
    yield f"      <segment{_state(one)}>\n        <source>{source}</source>\n"
    if one.message.string:
        yield f"        <target>{target}</target>\n"
    yield "      </segment>\n    </unit>\n"


def _notes(one: TransferUnit) -> Iterator[tuple[str, str]]:
    yield from (("description", text) for text in one.notes)
    if one.message.context is not None:
        yield "context", one.message.context
    if one.message.previous_id:
        yield "previous-source", one.message.previous_id


def _state(one: TransferUnit) -> str:
    """The state of a translation; an agency sees fuzzy ones as not begun, with a proposal."""
    if one.message.translated:
        return ' state="final"'
    return ' state="initial" subState="yiben:fuzzy"' if one.message.string else ' state="initial"'


class _Data:
    """The native codes of a unit, each once."""

    def __init__(self) -> None:
        self.ids: dict[str, str] = {}

    def written(self, pieces: Sequence[Piece]) -> str:
        """Return words and codes as inline elements."""
        closing = {one.number: one.text for one in codes_of(pieces) if one.role is Role.CLOSE}
        return "".join(self._piece(piece, closing) for piece in pieces)

    def _piece(self, piece: Piece, closing: dict[int, str]) -> str:
        if not isinstance(piece, Code):
            return _text(piece)
        if piece.role is Role.CLOSE:
            return "</pc>"
        if piece.role is Role.SINGLE:
            kind = _TYPES.get(piece.kind, _OTHER)
            data = self._ref(piece.text)
            return f'<ph id="{piece.number}" type="{kind}" dataRef="{data}" canDelete="no"/>'
        kind = _FORMAT if piece.kind == "emphasis" else _TYPES.get(piece.kind, _OTHER)
        start, end = self._ref(piece.text), self._ref(closing[piece.number])
        return (
            f'<pc id="{piece.number}" type="{kind}" dataRefStart="{start}" dataRefEnd="{end}"'
            ' canDelete="no" canReorder="yes">'
        )

    def _ref(self, text: str) -> str:
        return self.ids.setdefault(text, f"d{len(self.ids) + 1}")


def _text(text: str) -> str:
    return xml_text(text, lambda character: f'<cp hex="{ord(character):04X}"/>')
