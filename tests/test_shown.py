"""Small pages of odd blocks are read as the programs of their dialects show them.

`record_shown.py` has asked the programs, and written what they answered.
"""

import re
from bisect import bisect_right
from itertools import pairwise

import pytest
from fixture_files import cases_in
from odd_pages import WORD
from record_shown import FOLDER, answers, marks_as_shown, marks_shown, shown, texts_as_shown

from toolkit.dialects import dialect_named
from toolkit.model.document import Document, Span
from toolkit.model.units import Kind
from toolkit.reading.segment import read, segment
from toolkit.writing.assemble import assemble

PORTION = 10
PAGES = {path.stem: cases_in(path) for path in sorted(FOLDER.glob("*.pages"))}
TEXTS = {path.stem: cases_in(path) for path in sorted(FOLDER.glob("*.texts"))}
PORTIONS = [
    pytest.param(dialect, pages[start : start + PORTION], id=f"{dialect}-{start + 1}")
    for dialect, pages in PAGES.items()
    for start in range(0, len(pages), PORTION)
]
NESTED = {"commonmark", "gfm", "hugo", "mdbook"}
"""Dialects in which each block lies within the lines of the one around it."""
MARKS_OF_NOTES = {"footnote_reference_open", "footnote_reference_close"}
portions = pytest.mark.parametrize(("dialect", "pages"), PORTIONS)


@portions
def test_a_page_is_read_as_its_program_shows_it(dialect, pages):
    for page in pages:
        document = Document("page.md", page.source)
        reading = read(document, dialect_named(dialect))
        assert texts_as_shown(reading.units) == page.expected, page.source
        spans_hold_their_texts(page.source, reading.units)
        code_has_its_lines(page.source, reading.tokens)
        tokens_are_a_tree(reading.tokens)
        blocks_have_the_lines_of_their_texts(page.source, reading.tokens)
        if dialect not in LOOSE:
            leaves_hold_all_words(page.source, reading.tokens)
        if dialect in NESTED:
            lines_of_blocks_hold_those_within(reading.tokens)
        translations_take_their_places(document, reading.units, page.expected)
        lines_around_change_nothing(page.source, dialect, reading)
        if dialect != "mkdocs" and "\t" not in page.source:
            a_quote_changes_no_text(page.source, dialect, reading.units)


def lines_around_change_nothing(source, dialect, expected):
    text = "\r\n\r\n" + source.rstrip("\n").replace("\n", "\r\n")
    reading = read(Document("page.md", text), dialect_named(dialect))

    def moved(place):
        return place + 4 + source.count("\n", 0, place)

    assert [(one.kind, one.text, one.span) for one in reading.units] == [
        (one.kind, one.text, Span(moved(one.span.start), moved(one.span.end)))
        for one in expected.units
    ], source
    assert [(one.type, one.info, one.content.rstrip()) for one in reading.tokens] == [
        (one.type, one.info, one.content.rstrip()) for one in expected.tokens
    ], source
    last = len(source.rstrip().split("\n"))
    assert leaf_places(reading.tokens, last + 2) == [
        [line + 2 for line in lines] for lines in leaf_places(expected.tokens, last)
    ], source


def leaf_places(tokens, last):
    return [[min(line, last) for line in one.map or ()] for one in tokens if not one.nesting]


def a_quote_changes_no_text(source, dialect, expected):
    """CommonMark 0.31, section 5.1, first rule; Python-Markdown looks for HTML before quotes."""
    text = re.sub("^", "> ", source.rstrip("\n"), flags=re.MULTILINE)
    units = segment(Document("page.md", text), dialect_named(dialect))

    def moved(place):
        return place + 2 * source.count("\n", 0, place) + 2

    assert [(one.text, one.span.start) for one in units] == [
        (one.text, moved(one.span.start)) for one in expected
    ], source


def spans_hold_their_texts(source, units):
    for unit in units:
        piece = source[unit.span.start : unit.span.end]
        assert piece == piece.strip(" \t\n")
        if unit.kind in {Kind.TABLE_CELL, Kind.TABLE_HEADER}:
            piece = piece.replace("\\|", "|")
        assert without_lines(piece) == without_lines(unit.text), source
        if not ODD_IN_TEXT.search(piece):
            assert joined_lines(piece) == BLANKS.sub(" ", unit.text), source


ODD_IN_TEXT = re.compile("[>`{]")
"""Marks of a quote that are text, and code and attributes over several lines."""
BLANKS = re.compile(r"(?<=\S) +(?=\S)")
MARKS_OF_LINES = re.compile(r"[\s>]+")
HARD_BREAK = re.compile(r"(?: {2,}|\\)$")


def without_lines(text):
    return MARKS_OF_LINES.sub(" ", text).strip()


def joined_lines(piece):
    """Lines with a blank between them, or a line end behind two blanks or a backslash."""
    first, *others = BLANKS.sub(" ", piece).split("\n")
    joined = first
    for line in others:
        hard = HARD_BREAK.search(joined)
        if not hard:
            joined = joined.rstrip(" \t") + " "
        elif hard[0] == "\\":
            joined += "\n"
        else:
            joined = joined.rstrip(" \t") + "  \n"
        joined += line.lstrip(" \t")
    return joined


def code_has_its_lines(source, tokens):
    lines = source.split("\n")
    for token in tokens:
        if token.type in {"fence", "code_block"} and token.map:
            first, end = token.map
            assert 0 <= first < end <= len(lines)
            words = WORD.findall("\n".join(lines[first:end]))
            assert WORD.findall(f"{token.info} {token.content}") == words, source


def tokens_are_a_tree(tokens):
    opened = []
    for token in tokens:
        if token.nesting < 0:
            assert token.type == f"{opened.pop()}_close"
        # Titles belong to what they are the titles of.
        assert token.level in {len(opened), 0 if token.type == "title" else len(opened)}
        assert token.block or token.type in MARKS_OF_NOTES
        if token.nesting > 0:
            opened.append(token.type.removesuffix("_open"))
    assert not opened


def blocks_have_the_lines_of_their_texts(source, tokens):
    starts = [0, *(match.end() for match in re.finditer("\n", source))]
    lines = source.split("\n")
    for token in tokens:
        if token.nesting:
            continue
        first, end = token.map
        assert 0 <= first < end <= len(lines), source
        block = token.meta.get("block")
        places = places_of(block)
        if places:
            assert all(left[1] <= right[0] for left, right in pairwise(places)), source
            start, last = (bisect_right(starts, place) for place in (places[0][0], places[-1][1]))
            under = token.type == "heading" and not block.marked
            assert (first, end) == (start - 1, last + under), source
        if token.type == "hr":
            assert end == first + 1, source
            assert RULE.search(lines[first]), source
        if token.type not in MAY_BE_BLANK:
            assert lines[first].strip(" \t>"), source
            assert lines[end - 1].strip(" \t>"), source


def places_of(block):
    """The places of a block's lines, where it names any."""
    span = getattr(block, "span", None)
    return (span,) if span else getattr(block, "rows", None) or getattr(block, "lines", ())


RULE = re.compile(r"([-*_])[ \t]*(\1[ \t]*){2,}$")
MAY_BE_BLANK = {"fence", "code_block", "paragraph", "title"}
"""Code may end in blank lines, and a line of text be nothing but a `>`."""
LOOSE = {"mkdocs", "myst"}
"""Dialects with lines whose words no program shows, such as options that are none."""


def leaves_hold_all_words(source, tokens):
    covered = set()
    for token in tokens:
        if not token.nesting:
            covered.update(range(*token.map))
    for number, line in enumerate(source.split("\n")):
        assert number in covered or not WORD.search(line), source


def lines_of_blocks_hold_those_within(tokens):
    around = []
    for token in tokens:
        if token.nesting < 0:
            around.pop()
            continue
        first, end = token.map
        assert first < end
        if around:
            assert around[-1][0] <= first < end <= around[-1][1]
        if token.nesting > 0:
            around.append(token.map)


UPPER = re.compile(r"Q[A-Z]{2}")


def _upper(word):
    return word[0].upper()


def translations_take_their_places(document, units, expected):
    upper = {(unit.context, unit.text): WORD.sub(_upper, unit.text) for unit in units}
    built = assemble(document, units, upper).text
    assert without_lines(built.lower()) == without_lines(document.text.lower())
    ends = [0, *(unit.span.end for unit in units)]
    starts = [*(unit.span.start for unit in units), len(document.text)]
    kept = (document.text[end:start] for end, start in zip(ends, starts, strict=True))
    assert re.fullmatch(".*".join(map(re.escape, kept)), built, re.DOTALL)
    texts = " ".join(line.partition("|")[2] for line in expected)
    assert UPPER.findall(built) == texts.upper().split()
    same = {(unit.context, unit.text): unit.text for unit in units}
    assert assemble(document, units, same).text == document.text


@pytest.mark.parametrize("dialect", TEXTS)
def test_a_text_has_the_marks_that_its_program_shows(dialect):
    for case in TEXTS[dialect]:
        text = case.source.rstrip("\n")
        assert marks_as_shown(text, dialect) == case.expected, text


@pytest.mark.peers
@pytest.mark.parametrize("dialect", TEXTS)
def test_programs_still_show_the_marks_that_are_recorded(dialect):
    texts = {case.source.rstrip("\n"): case.expected for case in TEXTS[dialect]}
    for text, html in answers(dialect, list(texts)):
        assert marks_shown(html) == texts[text], text


@pytest.mark.peers
@pytest.mark.parametrize("dialect", PAGES)
def test_programs_still_show_what_is_recorded(dialect):
    pages = {page.source: page.expected for page in PAGES[dialect]}
    for text, html in answers(dialect, list(pages)):
        assert shown(html, text) == pages[text], text
