"""The promises for any page at all."""

from dataclasses import replace

import pytest
from fixture_files import cases
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from toolkit.catalogs.merge import merge as merge_with_changes
from toolkit.catalogs.po import read_catalog, write_catalog
from toolkit.catalogs.template import template_of
from toolkit.dialects import dialect_named
from toolkit.model.document import Document, Edit
from toolkit.model.errors import DocumentError
from toolkit.reading.page import Page
from toolkit.reading.segment import read, segment
from toolkit.writing.assemble import assemble


def merge(template, catalog):
    return merge_with_changes(template, catalog).catalog


PIECES = sorted({line + "\n" for case in cases() for line in case.source.split("\n")})
pieces = st.sampled_from([*PIECES, "\n", "    ", "\t", "> ", "- ", "\r\n", "\r", "  \n", "\\\n"])
pages = st.lists(pieces | st.text(max_size=6), max_size=14).map("".join)
dialects = pytest.mark.parametrize(
    "dialect",
    ["commonmark", "docusaurus", "gfm", "hugo", "mdbook", "mdx", "mkdocs", "myst", "vitepress"],
)
some = settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])


def document_of(text):
    return Document("page.md", text.replace("\0", ""))


@some
@given(st.binary(max_size=60) | pages.map(lambda text: text.encode("utf-8", "replace")))
def test_bytes_come_back_or_are_refused_with_their_place(data):
    try:
        sound = b"\0" not in data and data.decode("utf-8") is not None
    except UnicodeDecodeError:
        sound = False
    if sound:
        assert Document.from_bytes("page.md", data).to_bytes() == data
    else:
        with pytest.raises(DocumentError, match=r"^page\.md:\d+:\d+: "):
            Document.from_bytes("page.md", data)


@dialects
@some
@given(pages)
def test_spans_are_in_order_and_edits_stay_inside(dialect, text):
    document = document_of(text)
    units = segment(document, dialect_named(dialect))
    end = 0
    for unit in units:
        assert end <= unit.span.start < unit.span.end <= len(document.text)
        end = unit.span.end
        assert unit.text.strip(" \t\n") == unit.text
        for place in (unit.span.start, unit.span.end):
            assert document.offset(*document.place(place)) == place
    edited = document.edited(Edit(unit.span, "") for unit in units)
    removed = sum(unit.span.end - unit.span.start for unit in units)
    assert len(edited.text) == len(document.text) - removed


@dialects
@some
@given(pages)
def test_untranslated_and_same_text_change_nothing(dialect, text):
    document = document_of(text)
    units = segment(document, dialect_named(dialect))
    assert assemble(document, units, {}).text == document.text
    same = {(unit.context, unit.text): unit.text for unit in units}
    assert assemble(document, units, same).text == document.text
    assert segment(document, dialect_named(dialect)) == units


@dialects
@some
@given(pages)
def test_units_go_through_po_and_an_update_and_stay(dialect, text):
    document = document_of(text)
    template = template_of([Page(document, read(document, dialect_named(dialect)))])
    done = replace(
        template,
        header=(("Language", "de"), ("Content-Type", "text/plain; charset=UTF-8")),
        messages=tuple(replace(message, string=f"Ü {message.id}") for message in template.messages),
    )
    assert read_catalog("page.po", write_catalog(done)).messages == done.messages
    assert merge(template, done) == done


def test_edits_that_overlap_or_leave_the_text_are_refused():
    document = document_of("abc")
    span = segment(document_of("abc\n"), dialect_named("commonmark"))[0].span
    with pytest.raises(ValueError, match="overlaps or leaves"):
        document.edited([Edit(span, "x"), Edit(span, "y")])
    with pytest.raises(ValueError, match="overlaps or leaves"):
        document.edited([Edit(replace(span, end=9), "x")])
