"""Entries of the usual form are read at one stroke, and as if they were read line by line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.catalogs.po import scanning
from toolkit.catalogs.po.reading import read
from toolkit.model.errors import CatalogError

LINES = [
    'msgid "a"', 'msgid "b"', 'msgid ""', 'msgstr "x"', 'msgstr ""', '"more\\n"', 'msgctxt "c"',
    'msgid_plural "as"', 'msgstr[0] "x"', "#. heading 1", "#: a.md:1 b.md:2", "#",
    "#: \u2068a b\u2069:3", "#: 指\u3000南.md:3", "#, fuzzy", "#, Fuzzy, c-format", "#= sticky",
    "# note", '#| msgid "z"', '#| "z"', '#~ msgid "o"', '#~ msgstr "p"', "#~", "", "",
    "  ", 'msgid "q\\a"', 'msgstr "\u2028"', 'msgid "u', "<<<<<<< mine",
    "#:\ta.md:1", "#: a\x1fb", "#x", "# end\\ ",
]  # fmt: skip
SOUND = '#. paragraph\n#: a.md:7\n#, fuzzy\nmsgid "s%d"\nmsgstr ""\n"one\\n"\n"two"\n'


def result_of(text):
    try:
        found = read("a.po", text.encode())
    except CatalogError as error:
        return error.problems
    return [(one, one.line) for one in found.messages], found.places


def line_by_line(text):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scanning, "usual_entry", lambda *_: None)
        return result_of(text)


@given(st.lists(st.sampled_from([*LINES, *(SOUND % number for number in range(3))]), max_size=12))
def test_both_ways_of_reading_agree(lines):
    text = "\n".join(lines)
    assert result_of(text) == line_by_line(text)


def test_usual_entries_are_not_read_line_by_line(monkeypatch):
    read_lines = []
    monkeypatch.setattr(scanning._Scanner, "read", lambda _, line: read_lines.append(line))
    text = "\n".join(SOUND % number for number in range(3))
    messages, places = result_of(text)
    assert [one.id for one, _ in messages] == ["s0", "s1", "s2"]
    assert [one.string for one, _ in messages] == ["one\ntwo"] * 3
    assert [place.first for place in places] == [1, 9, 17]
    assert not any(read_lines)
