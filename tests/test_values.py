"""The values of the core: spans, kinds, and what a block's token says of it."""

from dataclasses import FrozenInstanceError
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.catalogs.unit_comments import comments_of, kind_of
from toolkit.dialects import dialect_named
from toolkit.dialects.blocks.values import (
    Block,
    Container,
    Opaque,
    ReferenceDefinition,
    Title,
    block_of,
    name_of,
)
from toolkit.model.document import Document, Edit, Span
from toolkit.model.units import Form, Kind
from toolkit.reading.segment import read_blocks, segment

OFFSETS = st.integers(-20, 20)


@given(OFFSETS, OFFSETS)
def test_a_span_is_a_piece_of_a_text(start, end):
    if 0 <= start <= end:
        assert "x" * (end - start) == ("x" * 20)[Span(start, end).start : Span(start, end).end]
    else:
        with pytest.raises(ValueError, match="span cannot run"):
            Span(start, end)


def test_an_edit_of_nothing_puts_text_in():
    assert Document("a.md", "ac").edited([Edit(Span(1, 1), "b")]).text == "abc"


def blocks(text, dialect):
    tokens = read_blocks(Document("a.md", text), dialect_named(dialect)).tokens
    return [block for block in map(block_of, tokens) if block]


def test_blocks_of_other_rules_have_values_as_well():
    definition, note = blocks('[a b]: /c "d"\n\n[^1]: e\n', "mkdocs")[:2]
    assert definition == ReferenceDefinition("a b", "/c", "d")
    assert note == Container("1")
    assert name_of(note) == "1"


def test_a_title_says_what_it_is_the_title_of():
    title, container, _ = blocks('!!! danger "Mind"\n    a\n', "mkdocs")
    assert title == Title((12, 16), Kind.ADMONITION_TITLE, Form.QUOTED, "danger")
    assert container == Container("danger")


def test_an_unknown_directive_tells_its_name():
    assert blocks("```{mine}\na\n```\n", "myst") == [Opaque(unknown="mine")]


def test_blocks_do_not_change():
    assert all(block.__dataclass_params__.frozen for block in get_args(Block))
    with pytest.raises(FrozenInstanceError):
        blocks("a\n", "commonmark")[0].line_start = 1


@pytest.mark.parametrize("level", range(1, 7))
def test_a_comment_tells_the_kind_of_a_heading(level):
    (unit,) = segment(Document("a.md", "#" * level + " a\n"), dialect_named("gfm"))
    assert [kind_of(line) for line in comments_of(unit)] == [Kind.HEADING]


@pytest.mark.parametrize(
    ("comment", "kind"),
    [
        ("tab title.", Kind.TAB_TITLE),
        ("table cell, column “a, b”.", Kind.TABLE_CELL),
        ("block quote.", Kind.QUOTE),
        ('paragraph in a "note" box.', Kind.PARAGRAPH),
        ("note: tab title.", None),
        ("tab titles are short.", None),
        ("under: heading 2", None),
        ("", None),
    ],
)
def test_a_comment_tells_a_kind_or_none(comment, kind):
    assert kind_of(comment) is kind


@given(st.text(st.sampled_from("a文\u2028\n\r"), max_size=30))
def test_places_are_found_again_whatever_ends_the_lines(text):
    document = Document("a.md", text)
    source = document.with_newlines().text
    assert "\r" not in source
    shift = document.shift_from(source)
    for offset, character in enumerate(source):
        there = document.text[shift(offset)]
        assert there == character if character != "\n" else there in "\r\n"
    assert shift(len(source)) == len(document.text)
    assert all(document.offset(*document.place(at)) == at for at in range(len(text)))
