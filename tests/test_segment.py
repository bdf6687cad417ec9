"""What is a unit: the fixtures of every dialect, and the promises over each of them."""

import re
from pathlib import Path

import pytest
from fixture_files import NEWLINE, cases
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it.common.utils import normalizeReference

from toolkit.dialects import dialect_named
from toolkit.model.document import Document, Span
from toolkit.model.units import Form, Kind
from toolkit.reading.segment import segment
from toolkit.reading.segment.words import has_words, short_references, used_labels
from toolkit.writing.assemble import assemble

CASES = cases()
WORD = re.compile(r"\w")


def units_of(text, dialect):
    document = Document("page.md", text)
    return document, segment(document, dialect_named(dialect))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_a_page_has_the_units_that_its_case_lists(case):
    _, units = units_of(case.source, case.dialect)
    shown = [f"{unit.kind} | {unit.text.replace(chr(10), NEWLINE)}" for unit in units]
    assert shown == case.expected


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_a_span_starts_with_its_text(case):
    document, units = units_of(case.source, case.dialect)
    for unit in units:
        first = document.text[unit.span.start : unit.span.end].split("\n")[0].strip("'\" ")
        assert WORD.search(first) or unit.text.startswith(first[:1])


WITH_MARKS = ("toml", "json", "yaml", "parameter", "csv", "script", "aligned-name")
"""The starts of forms in which a text stands with quotes, colons or marks of lines."""
VISIBLE = re.compile(r"[^\s>]")
LETTER = re.compile(r"[^\W_]")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_a_span_holds_the_characters_of_its_text(case):
    document, units = units_of(case.source, case.dialect)
    for unit in units:
        piece = document.text[unit.span.start : unit.span.end]
        if "\\" not in piece:
            same = LETTER if unit.form.value.startswith(WITH_MARKS) else VISIBLE
            assert same.findall(piece) == same.findall(unit.text)
        if unit.form is not Form.ALIGNED_NAME:
            assert piece == piece.strip(" \t\n")
        assert piece.startswith(("'", '"')) <= piece.endswith(piece[0]) or unit.form is Form.FLOW


@pytest.mark.parametrize("newline", ["\r\n", "\r"], ids=["crlf", "cr"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_line_ends_change_no_unit(case, newline):
    source, expected = units_of(case.source, case.dialect)
    _, units = units_of(case.source.replace("\n", newline), case.dialect)

    def moved(place):
        return len(source.text[:place].replace("\n", newline))

    assert [(unit.kind, unit.text, unit.span) for unit in units] == [
        (unit.kind, unit.text, Span(moved(unit.span.start), moved(unit.span.end)))
        for unit in expected
    ]


WITHOUT_HEADER = [
    case
    for case in CASES
    if not any(line.startswith(str(Kind.FRONT_MATTER)) for line in case.expected)
    and not case.source.startswith(("---", "+++", "{"))
]


@pytest.mark.parametrize("case", WITHOUT_HEADER, ids=lambda case: case.title)
def test_lines_around_change_no_unit(case):
    _, expected = units_of(case.source, case.dialect)
    _, units = units_of(f"\n\n{case.source.rstrip(chr(10))}", case.dialect)
    assert [(unit.kind, unit.text, unit.span) for unit in units] == [
        (unit.kind, unit.text, Span(unit.span.start + 2, unit.span.end + 2)) for unit in expected
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_untranslated_and_same_text_give_the_page_back(case):
    document, units = units_of(case.source, case.dialect)
    assert assemble(document, units, {}) is document
    same = {(unit.context, unit.text): unit.text for unit in units}
    assert assemble(document, units, same).text == case.source


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_only_the_spans_of_translated_units_differ(case):
    document, units = units_of(case.source, case.dialect)
    built = assemble(document, units, {(u.context, u.text): f"Ẋ{u.text}Ẋ" for u in units})
    kept, position = [], 0
    for unit in units:
        kept.append(re.escape(document.text[position : unit.span.start]))
        position = unit.span.end
    kept.append(re.escape(document.text[position:]))
    # The name of a field may stand with its colon and blanks.
    translated = r"""["']{0,3}\s*Ẋ[^Ẋ]*Ẋ(?:["']{0,3}|:\s*)"""
    assert re.fullmatch(translated.join(kept), built.text)


def test_the_case_study_has_its_41_units():
    document = Document.from_bytes("page.md", read_case_study())
    units = segment(document, dialect_named("mkdocs"))
    kinds = [unit.kind for unit in units]
    assert len(units) == len({unit.text for unit in units}) == 41
    assert kinds.count(Kind.HEADING) == 4
    assert kinds.count(Kind.QUOTE) == 1
    assert kinds.count(Kind.LIST_ITEM) == 10
    assert kinds.count(Kind.PARAGRAPH) == 26
    lines = [document.place(unit.span.start)[0] for unit in units]
    expected = (
        "1 3 5 7 9 11 13 15 17 19 23 25 27 29 31 33 37 39 41 43 44 45 46 47 49 53 55 57 59 61 "
    )
    expected += "63 64 65 66 67 69 73 75 77 79 81"
    assert lines == [int(number) for number in expected.split()]
    for unit in units:
        assert unit.text == document.text[unit.span.start : unit.span.end]


def read_case_study():
    return (Path(__file__).parents[1] / "content" / "daocloud-case-study.md").read_bytes()


def test_headings_above_a_unit_are_its_trail():
    text = "# A\n\none\n\n## B\n\ntwo\n\n### C\n\nthree\n\n## D\n\nfour\n"
    _, units = units_of(text, "commonmark")
    trails = {unit.text: unit.trail for unit in units}
    assert trails["A"] == ()
    assert trails["one"] == ("A",)
    assert trails["three"] == ("A", "B", "C")
    assert trails["four"] == ("A", "D")


def test_notes_and_context_hold_for_the_next_unit_only():
    text = "<!-- yiben:note a verb -->\n<!-- yiben:context menu -->\n\nOpen\n\nOpen\n"
    _, (first, second) = units_of(text, "commonmark")
    assert (first.notes, first.context) == (("a verb",), "menu")
    assert (second.notes, second.context) == ((), None)


@pytest.mark.parametrize(
    "comment",
    [
        *("TRANSLATORS: a verb", "i18n: a verb", "i18n:comment a verb", "i18n:comment: a verb"),
        *("i18n: comment a verb", "mdbook-xgettext:comment: a verb", "- i18n:comment a verb -"),
        *("mdpo-translator a verb", "yiben:note\n  a\n  verb"),
    ],
)
def test_notes_of_other_tools_are_notes(comment):
    _, units = units_of(f"<!-- {comment} -->\n\nOpen\n", "commonmark")
    assert [unit.notes for unit in units] == [("a verb",)]


@pytest.mark.parametrize(
    "comment", ["i18n:skip", "i18n: skip", "- i18n:skip --", "mdbook-xgettext:skip"]
)
def test_a_skip_may_be_written_in_many_ways(comment):
    _, units = units_of(f"<!--{comment}-->\n\nOut.\n\nIn.\n", "mdbook")
    assert [unit.text for unit in units] == ["In."]


def test_a_range_is_left_out():
    text = "<!-- i18n:skip-start -->\n\nOut.\n\n- Out.\n\n<!-- i18n: skip-end -->\n\nIn.\n"
    _, units = units_of(text, "mdbook")
    assert [unit.text for unit in units] == ["In."]


def test_other_comments_are_no_notes():
    for comment in (
        "TRANSLATORS are here",
        "a note: a verb",
        "i18n",
        "translators: a verb",
        "i18n:x",
    ):
        _, units = units_of(f"<!-- {comment} -->\n\nOpen\n", "commonmark")
        assert [unit.notes for unit in units] == [()], comment


def test_a_cell_tells_its_column():
    _, units = units_of("| Name | Kind |\n|--|--|\n| pod | object |\n", "gfm")
    assert [unit.detail for unit in units][2:] == [
        "table cell · column “Name”",
        "table cell · column “Kind”",
    ]


def test_notes_stand_beside_values_of_front_matter():
    page = """---
# yiben:max 60
title: A title # yiben:note short
description: > # yiben:max 160
  What it
  says
# yiben:skip
summary: Out.
tagline: "In" # no command
---
"""
    _, units = units_of(page, "commonmark")
    assert [(unit.text, unit.notes) for unit in units] == [
        ("A title", ("yiben: max 60", "short")),
        ("What it says", ("yiben: max 160",)),
        ("In", ()),
    ]


def test_a_cell_has_notes_of_its_own():
    page = "| a |\n|--|\n| <!-- yiben:note a verb --> close |\n| <!-- yiben:max 9 --> open |\n"
    _, units = units_of(page, "gfm")
    assert [unit.notes for unit in units] == [(), ("a verb",), ("yiben: max 9",)]
    assert [unit.text for unit in units] == ["a", "close", "open"]


def test_further_lines_of_an_option_are_indented_as_its_first():
    source = (
        "> ```{image} boat.png\n> ---\n> alt: |\n>    A boat\n>    in the harbour\n> ---\n> ```\n"
    )
    document, units = units_of(source, "myst")
    (alt,) = [unit for unit in units if unit.kind is Kind.DIRECTIVE_OPTION]
    assert alt.text.split() == ["A", "boat", "in", "the", "harbour"]
    built = assemble(document, units, {(alt.context, alt.text): "Ein Boot\nim Hafen"})
    assert built.text == source.replace("A boat", "Ein Boot").replace("in the harbour", "im Hafen")


def test_a_container_is_left_out_with_all_that_it_holds():
    text = "<!-- yiben:skip -->\n\n- Out.\n  - Out too.\n- Out.\n\n  > Out.\n\n  Out.\n\nIn.\n"
    _, units = units_of(text, "commonmark")
    assert [unit.text for unit in units] == ["In."]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        *(("a", True), ("中", True), ("1 2 %", False), ("`a`", False), ("`a` b", True)),
        *(("![](a.png)", False), ("![a](b.png)", True), ("[](a.md)", False), ("<br>", False)),
        *(("<img alt='a'>", True), ("<img alt='1'>", False), ("<img src='a'>", False)),
        *(("<b>1</b>", False), ("<b>a</b>", True), ("https://a.example", False), ("&amp;", False)),
        *(
            ("**1**{ .a }", False),
            ("[1](a){ title='b' }", True),
            ("{{ a }}", False),
            ("$a$", False),
            ("1. `a` $b$ {{ c }}", False),
        ),
        *(("`a` 1 $b$ c", True), (":smile:", False), ("**`a`**", False), ("_", False)),
    ],
)
def test_whether_a_text_holds_words(text, words):
    assert has_words(text, dialect_named("mkdocs").wordless) is words


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("[a] [b][] [c][d] [e](f)", ("a", "b")),
        ("`[a]` \\[a] ![b] [none]", ("b",)),
        ("[A  b] [a\nb]", ("A  b", "a\nb")),
        ("[a] [a]", ("a", "a")),
        ("no brackets", ()),
        ("a] [a", ()),
        ("[x [a] y]", ("a",)),
        ("[1] " * 30 + "[a]", ("a",)),
    ],
)
def test_labels_that_a_text_uses_by_themselves(text, labels):
    defined = {"A", "B", "C", "D", "E", "A B"}
    assert used_labels(text, defined, dialect_named("gfm").grammar) == labels
    assert used_labels(text, (), dialect_named("gfm").grammar) == ()


PIECES = [
    piece.replace("·", " ").replace("⏎", "\n")
    for piece in r"""
[ ] [a] [b·c] ( (x.md) [`a`] ` `` `x` `[a]` [] [^1] [^ ! · word * _ ** : [a]: ⏎ www. https://x.y/ @
&amp; # (a·b) (x·'y') { $ \ <b> ~ | . [·] [a][b·c] [a](x) é [A] [a][`[a]`] {{ {x}` $a$
""".split()
]


@settings(max_examples=300)
@given(
    st.lists(st.sampled_from(PIECES), max_size=9),
    st.sampled_from(["commonmark", "gfm", "mdbook", "myst", "hugo", "mdx", "kramdown", "quarto"]),
)
def test_labels_are_those_of_the_exact_reading(pieces, dialect):
    text = "".join(pieces)
    grammar = dialect_named(dialect).grammar
    defined = {"A", "B C", "`A`", "`X`", "WORD"}
    read = [text[start + 1 : end - 1] for start, end in short_references(text, grammar)]
    expected = tuple(label for label in read if normalizeReference(label) in defined)
    assert used_labels(text, defined, grammar) == expected
