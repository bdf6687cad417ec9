"""Writes XLIFF 1.2 (OASIS standard of 2008-02-01)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.commands.exchange.xml_text import attribute, plain, xml_text
from toolkit.language.characters import NOT_XML
from toolkit.reading.codes import Code, Role, codes_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from toolkit.commands.exchange.collecting import PageUnits, TransferUnit
    from toolkit.language.locale import Locale
    from toolkit.reading.codes import Piece

_NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"


def write_xliff1(pages: Sequence[PageUnits], source: Locale, target: Locale) -> bytes:
    """Return the messages of pages as one document, a `<file>` a page."""
    languages = f'source-language="{source.tag}" target-language="{target.tag}"'
    files = (
        f'  <file original={attribute(page.path)} {languages} datatype="x-markdown">\n'
        f"    <body>\n{''.join(''.join(_unit(one, page.path)) for one in page.units)}"
        "    </body>\n  </file>\n"
        for page in pages
    )
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<xliff xmlns="{_NAMESPACE}" version="1.2">\n'
    return f"{head}{''.join(files)}</xliff>\n".encode()


def _unit(one: TransferUnit, path: str) -> Iterator[str]:
    done = one.message.translated
    approved = "yes" if done else "no"
    names = f'id="{one.id}" resname={attribute(f"{path}:{one.line}")}'
    yield f'      <trans-unit {names} xml:space="preserve" approved="{approved}">\n'
    yield f"        <source>{_written(one.source)}</source>\n"
    if one.message.string:
        state = "final" if done else "needs-review-translation"
        yield f'        <target state="{state}">{_written(one.target)}</target>\n'
    if one.message.context is not None:
        context = plain(one.message.context)
        yield '        <context-group purpose="information">'
        yield f'<context context-type="x-msgctxt">{context}</context></context-group>\n'
    yield from (f"        <note>{plain(text)}</note>\n" for text in one.notes)
    if one.message.previous_id:
        yield f'        <note from="previous-source">{plain(one.message.previous_id)}</note>\n'
    yield "      </trans-unit>\n"


def _written(pieces: Sequence[Piece]) -> str:
    """Return words and codes; a code with what XML cannot hold is written as words."""
    unwritable = {one.number for one in codes_of(pieces) if NOT_XML.search(one.text)}
    return "".join(_piece(piece, unwritable) for piece in pieces)


_ELEMENTS = {Role.OPEN: "bpt", Role.CLOSE: "ept", Role.SINGLE: "ph"}


def _piece(piece: Piece, unwritable: Collection[int]) -> str:
    if not isinstance(piece, Code):
        return _text(piece)
    if piece.number in unwritable:
        return _text(piece.text)
    element = _ELEMENTS[piece.role]
    kind = "" if piece.role is Role.CLOSE else f' ctype="x-{piece.kind.replace(" ", "-")}"'
    return f'<{element} id="{piece.number}"{kind}>{_text(piece.text)}</{element}>'


def _text(text: str) -> str:
    return xml_text(text, lambda one: f'<x id="cp{ord(one):x}" ctype="x-cp-{ord(one):x}"/>')
