"""Where words stand in a PO file, and how its lines break."""

import pytest

from toolkit.catalogs.po.linebreak import breaks, character
from toolkit.catalogs.po.manner import wrap_of
from toolkit.catalogs.po.places import place_of

LINES = 'msgid ""\n"One two "\n"three"\nmsgstr ""\n"Eins zwei "\n"drei"'.split("\n")


@pytest.mark.parametrize(
    ("piece", "keyword", "line", "column"),
    [
        ("two", "msgid", 2, 5),
        ("three", "msgid", 3, 1),
        ("zwei", "msgstr", 5, 6),
        ("drei", "msgstr", 6, 1),
        ("absent", "msgstr", 5, 1),
    ],
)
def test_words_are_found_up_to_the_last_line(piece, keyword, line, column):
    number, excerpt = place_of(LINES, 1, piece, keyword)
    assert (number, excerpt.start) == (line, column)


@pytest.mark.parametrize(("char", "name"), [("가", "H2"), ("각", "H3"), ("개", "H2"), ("힣", "H3")])
def test_syllables_have_the_classes_of_uax_14(char, name):
    # Table 1: LV syllables are H2, LVT syllables H3; both are two columns wide.
    assert character(char) == (name, 2)


@pytest.mark.parametrize(
    ("names", "verdicts"),
    [
        # LB 9 and 10: a mark belongs to its letter, but behind blanks it is a letter itself.
        (["AL", "CM", "AL"], "PPP"),
        (["AL", "SP", "CM"], "PPD"),
        (["CM", "AL"], "PP"),
        # LB 30a: flags break in pairs.
        (["RI", "RI", "RI"], "PPD"),
    ],
)
def test_lines_break_as_uax_14_has_it(names, verdicts):
    assert "".join(breaks(names)) == verdicts


@pytest.mark.parametrize(("columns", "wrap"), [(39, 0), (40, 40), (41, 41)])
def test_lines_of_less_than_forty_columns_are_no_wrapping(columns, wrap):
    first = "x" * (columns - 3)
    entry = f'msgid ""\n"{first} "\n"yy"\nmsgstr ""\n'
    assert wrap_of([entry]) == wrap
