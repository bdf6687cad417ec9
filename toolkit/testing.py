"""Promises that hold for every page, for the tests of a dialect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.catalogs.merge import merge
from toolkit.interfaces.library.pages import build, extract, parse_po, read, serialize_po
from toolkit.writing.guard.skeleton import same_skeleton

if TYPE_CHECKING:
    from toolkit.dialects.dialect import Dialect
    from toolkit.reading.page import Page

_MARKED = ("Ẋ {}", "{} Ẋ")
"""Translations that every text can take, in front or behind."""


def assert_round_trip(dialect: str | Dialect, text: str) -> None:
    """Raise `AssertionError` unless a page in a dialect keeps the promises.

    Without a translation, or with each text for its own, the page comes back byte for byte;
    translated, it differs inside the spans of its units only and has the same blocks; its texts go
    through a PO file unchanged; and the units are the same whether lines end in LF, CRLF or CR.
    """
    for newline in ("\n", "\r\n", "\r"):
        page = read(_with_line_ends(text, newline), dialect)
        _assert_in_order(page)
        _assert_unchanged(page)
        _assert_local(page)
        _assert_same_units(page, read(_with_line_ends(text, "\n"), dialect))
    _assert_through_po(read(text, dialect))


def _with_line_ends(text: str, newline: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", newline)


def _assert_in_order(page: Page) -> None:
    end = 0
    for unit in page.units:
        start = unit.span.start
        _check(end <= start < unit.span.end <= len(page.document.text), f"span of {unit.text!r}")
        end = unit.span.end


def _assert_unchanged(page: Page) -> None:
    _check(
        build(page, {}).text == page.document.text, "untranslated, the page differs from its source"
    )
    same = build(page, {unit.text: unit.text for unit in page.units})
    _check(same.text == page.document.text, "its own texts as translations make a different page")
    _check(not same.refusals, "its own texts are refused as translations")


def _assert_local(page: Page) -> None:
    """Translated, nothing outside the spans differs, and the blocks are those of the source."""
    translated = [
        build(page, {unit.text: mark.format(unit.text) for unit in page.units}) for mark in _MARKED
    ]
    for built in translated:
        _assert_copied(page, built.text)
        again = read(built.text, page.dialect).reading
        alike = same_skeleton(again, page.reading, page.dialect)
        _check(alike, "the translated page has other blocks")
    refused = min(len(built.refusals) for built in translated)
    _check(not page.units or refused < len(page.units), "not one text can be translated")


def _assert_copied(page: Page, text: str) -> None:
    """Assert that the source between the units stands in `text`, in its order."""
    place = end = 0
    for unit in page.units:
        before = page.document.text[end : unit.span.start]
        found = text.find(before, place)
        _check(found >= 0, f"something before {unit.text!r} is changed")
        place, end = found + len(before), unit.span.end
    _check(text.endswith(page.document.text[end:]), "something after the last unit is changed")


def _assert_same_units(page: Page, other: Page) -> None:
    ours, theirs = ([(one.kind, one.text) for one in each.units] for each in (page, other))
    _check(ours == theirs, "different line ends make different units")
    lines = [page.document.place(unit.span.start) for unit in page.units]
    expected = [other.document.place(unit.span.start) for unit in other.units]
    _check(lines == expected, "different line ends move a span")


def _assert_through_po(page: Page) -> None:
    template = extract([page], locations="never")
    again = parse_po(serialize_po(template))
    _check(again.messages == template.messages, "a text does not go through a PO file")
    _check(merge(template, again).catalog.messages == again.messages, "an update changes a text")


def _check(holds: bool, what: str) -> None:  # noqa: FBT001 - reads as `assert`
    if not holds:
        raise AssertionError(what)
