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


@pytest.mark.parametrize(
    ("lines", "line", "piece", "keyword", "place"),
    [
        # Words may be those of a keyword, too.
        (['msgid "a msgid"', 'msgstr "b"'], 1, "msgid", "msgid", (1, 9, 14)),
        (['msgid "a"', 'msgstr "msgstr"'], 1, "msgstr", "msgstr", (2, 8, 14)),
        (['msgid "a"', 'msgstr "\\"b\\""'], 1, '"b"', "msgstr", (2, 8, 13)),
        (['msgid "a"', 'msgstr "b\\n"', '"c\\td"'], 1, "c\td", "msgstr", (3, 1, 5)),
        (['msgid "a"', 'msgstr "b\\n"', '"c"'], 1, "b\nc", "msgstr", (2, 8, 8)),
        # Of what is not there the place of the text, of the message, of nothing.
        (['msgid "a"', 'msgstr ""', '"b"'], 1, "x", "msgstr", (3, 1, 1)),
        (['msgid "a"', 'msgstr ""'], 1, "x", "msgstr", (2, 8, 8)),
        (['msgid "a"'], 1, "x", "msgstr", (1, 7, 7)),
        (['msgid "a"'], 2, "x", "msgstr", (2, 0, 0)),
        (['msgid "a"', 'msgid_plural "as"', 'msgstr[0] "b"'], 1, "as", "msgid", (1, 7, 7)),
        (['msgid "a"', 'msgid_plural "as"', 'msgstr[0] "b"'], 1, "b", "msgstr", (3, 11, 12)),
        (['msgid "a"', 'msgstr ""', 'msgid "b"', 'msgstr "c"'], 1, "c", "msgstr", (2, 8, 8)),
    ],
)
def test_a_place_is_that_of_the_words(lines, line, piece, keyword, place):
    number, excerpt = place_of(lines, line, piece, keyword)
    assert (number, excerpt.start, excerpt.end) == place
    assert excerpt.text == "".join(lines[number - 1 : number])


WIDE, WIDER, WHOLE = (f'"{"x" * size}"' for size in (56, 66, 90))


def field(*lines):
    return "\n".join(['msgid ""', *lines])


@pytest.mark.parametrize(
    ("entries", "wrap"),
    [
        ([field(WIDE, '"yy yyy"')], 60),
        ([field(WIDER, '"yy yyy"')], 70),
        ([field(WIDE, '"yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy"')], 79),
        # Half of the long texts are not wrapped.
        ([field(WIDE, '"y"'), f'msgid {WHOLE[:-4]} xx"'], 0),
        ([field(WIDE, '"y"'), field(WIDE, '"y"'), f'msgid {WHOLE[:-4]} xx"'], 58),
        # A line feed is no wrapping, and neither is the line of the keyword.
        ([field(f'{WIDE[:-1]}\\n"', '"y"')], 0),
        ([field(WIDE)], 0),
        ([], 0),
    ],
)
def test_the_width_of_a_file(entries, wrap):
    assert wrap_of(entries) == wrap


@pytest.mark.parametrize("usual", [60, 65, 70, 72, 75, 76, 77, 79, 80, 90, 100, 120, 132])
def test_of_the_widths_that_fit_the_one_that_people_set_is_taken(usual):
    """A line ends where its next word would go beyond; one column less would do as well."""
    less = usual if usual in {79, 80} else usual - 1
    entry = field(f'"{"x" * (less - 3)} "', '"y yyy"')
    assert wrap_of([entry]) == usual


@pytest.mark.parametrize(("columns", "wrap"), [(80, 50), (81, 0)])
def test_long_lines_that_are_whole_speak_against_wrapping(columns, wrap):
    wrapped = field(f'"{"x" * 47} "', '"y yyy"')
    assert wrap_of([wrapped, f'msgid "{"x" * (columns - 10)} x"']) == wrap
    assert wrap_of([wrapped, f'msgid "{"x" * (columns - 8)}"']) == 50


def test_some_hundred_texts_show_the_width_of_a_file():
    texts = ((WIDE, "y" * 31), (WIDER, "yy yyy"), (f'{WIDER[:-1]}xxxxxx"', "yy yyy"))
    first, second, third = (field(line, f'"{following}"') for line, following in texts)
    assert [wrap_of(them) for them in ([first], [first, second], [first, second, third])] == [
        *(79, 70, 74)
    ]
    # After 401 of them nothing is looked at.
    assert wrap_of([*[first] * 400, second, third]) == 70
    assert wrap_of([*[first] * 399, second, third]) == 74


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
