"""Small pages of odd blocks are read as the programs of their dialects show them.

`record_shown.py` has asked the programs, and written what they answered.
"""

import re

import pytest
from fixture_files import cases_in
from record_shown import (
    FOLDER,
    WORD,
    answers,
    marks_as_shown,
    marks_shown,
    read_as_shown,
    shown,
    units_of,
)

from toolkit.dialects import dialect_named
from toolkit.model.document import Document
from toolkit.reading.segment import segment
from toolkit.writing.assemble import assemble

PORTION = 10
PAGES = {path.stem: cases_in(path) for path in sorted(FOLDER.glob("*.pages"))}
TEXTS = {path.stem: cases_in(path) for path in sorted(FOLDER.glob("*.texts"))}
PORTIONS = [
    pytest.param(dialect, pages[start : start + PORTION], id=f"{dialect}-{start + 1}")
    for dialect, pages in PAGES.items()
    for start in range(0, len(pages), PORTION)
]
portions = pytest.mark.parametrize(("dialect", "pages"), PORTIONS)


@portions
def test_a_page_has_the_texts_that_its_program_shows(dialect, pages):
    for page in pages:
        assert read_as_shown(page.source, dialect) == page.expected, page.source


@portions
def test_a_span_holds_the_words_of_its_text(dialect, pages):
    for page in pages:
        source = page.source
        for _, text, start, end in units_of(source, dialect):
            words = WORD.findall(text)
            assert WORD.findall(source[start:end]) == words, source
            if words and " ".join(words) == text:
                assert source[start:end].startswith(words[0]), source
                assert source[start:end].endswith(words[-1]), source


UPPER = re.compile(r"Q[A-Z]{2}")


def _upper(word):
    return word[0].upper()


@portions
def test_translated_words_stand_where_the_words_stood(dialect, pages):
    rules = dialect_named(dialect)
    for page in pages:
        document = Document("page.md", page.source)
        units = segment(document, rules)
        upper = {(unit.context, unit.text): WORD.sub(_upper, unit.text) for unit in units}
        built = assemble(document, units, upper).text
        assert WORD.findall(built.lower()) == WORD.findall(page.source)
        texts = " ".join(line.partition("|")[2] for line in page.expected)
        assert UPPER.findall(built) == texts.upper().split()
        same = {(unit.context, unit.text): unit.text for unit in units}
        assert assemble(document, units, same).text == page.source


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
