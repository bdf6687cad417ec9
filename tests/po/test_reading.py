from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.catalogs.po import read_catalog
from toolkit.model.catalog import Catalog, Message
from toolkit.model.errors import CatalogError

FIXTURES = Path(__file__).parent / "fixtures"
HEADER = b'msgid ""\nmsgstr "Content-Type: text/plain; charset=%s\\n"\n\nmsgid "a"\nmsgstr "%s"\n'


def _broken():
    for block in (FIXTURES / "broken.txt").read_text(encoding="utf-8").split("=== ")[1:]:
        title, rest = block.split("\n", 1)
        text, expected = rest.split("---\n")
        yield pytest.param(text, expected.split("\n")[:-2], id=title)


BROKEN = list(_broken())


def read(text):
    return read_catalog("x.po", text.encode())


def one(text):
    (message,) = read(text).messages
    return message


def refusal(data):
    with pytest.raises(CatalogError) as caught:
        read_catalog("x.po", data)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(("text", "expected"), BROKEN)
def test_every_mistake_is_told_with_its_place(text, expected):
    told = refusal(text.encode())
    assert len(told) == len(expected)
    for line in expected:
        place, words = line.split(" ", 1)
        assert any(words in one and one.startswith(f"x.po:{place}: ") for one in told), told


@pytest.mark.parametrize(("text", "expected"), BROKEN)
def test_gettext_refuses_what_we_refuse(text, expected, msgcat):
    if any(words in expected[0] for words in ("msgcat left", "domain", "numbers", "unknown esc")):
        pytest.skip("gettext lets this one pass, or has another reason")
    assert msgcat(text.encode()) is None


def test_all_that_a_catalog_may_hold_is_read():
    catalog = read_catalog("e.po", (FIXTURES / "everything.po").read_bytes())
    assert catalog.header_flags == ("fuzzy",)
    assert catalog.header_comments == ("Torture file: everything a PO file may hold.", "")
    assert [key for key, _ in catalog.header] == [
        "Project-Id-Version", "X-Crowdin-Project", "PO-Revision-Date", "Language",
        "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Plural-Forms",
        "X-Generator",
    ]  # fmt: skip
    assert dict(catalog.header)["PO-Revision-Date"] == "2024-03-14T10:52:40-04:00"
    assert catalog.messages[0] == Message(
        id="one",
        context="",
        id_plural="many",
        plurals=("一\n二",),
        comments=(
            "no blank after the mark", "  three blanks", "", "# two marks", "\ta tab",
            " trailing blanks  ",
        ),
        extracted=("extracted", "", "  indented"),
        references=(
            "docs/a.md:1", "docs/with blank.md:12", "docs/b.md", "no line.md", r"C:\win\path.md:3",
        ),
        flags=("no-wrap", "python-brace-format", "fuzzy"),
        previous_context="",
        previous_id="previous\ntwo lines",
        previous_plural="previous plural",
    )  # fmt: skip
    assert catalog.messages[1].id == 'escapes \a\b\f\n\r\t\v\\" AB é'
    assert catalog.messages[2].id == "line separators: a\u2028b\u2029c\x85d\x1ee\x1cf"
    assert [message.obsolete for message in catalog.messages] == [False] * 3 + [True] + [
        False, False, True,
    ]  # fmt: skip
    last = catalog.messages[-1]
    assert last.previous_id == "before\nretiring"
    assert (last.comments, last.extracted) == (("kept",), ("kept too",))
    assert (last.references, last.flags) == (("gone.md:1",), ("fuzzy",))
    assert last.plurals == ("两行\n文字",)


def test_lines_are_those_of_msgid():
    text = '# c\nmsgctxt "k"\nmsgid ""\n"a"\nmsgstr ""\n\n\n#~| msgid "x"\n'
    text += '#~ msgid "b"\n#~ msgstr ""\n'
    assert [message.line for message in read(text).messages] == [3, 9]


CUTS = "\x0b\x0c\r\x1c\x1d\x1e\x1f\x85\u2028\u2029\u3000\xa0\ue000"


@pytest.mark.parametrize("char", CUTS)
def test_characters_polib_would_cut_at(char):
    text = f'# a{char}b\n#. {char}c\n#: a{char}b:3\nmsgid "a{char}b"\nmsgstr "{char}"\n'
    message = one(text)
    assert (message.comments, message.extracted) == ((f"a{char}b",), (f"{char}c",))
    assert message.references == (f"a{char}b:3",)
    assert (message.id, message.string) == (f"a{char}b", char)


def test_a_blank_behind_the_mark_of_a_comment_is_not_needed():
    message = one('#.extracted\n#:a.md:3\n#,fuzzy\nmsgid "a"\nmsgstr "b"\n')
    assert message.extracted == ("extracted",)
    assert message.references == ("a.md:3",)
    assert "fuzzy" in message.flags


def test_sticky_flags_are_kept_apart():
    message = one('#, fuzzy, md-text\n#= c-format, x\nmsgid "a"\nmsgstr "b"\n')
    assert message.flags == ("fuzzy", "md-text")
    assert message.sticky == ("c-format", "x")


def test_unknown_flags_keep_their_order():
    flags = ("max-length:20", "md-text", "ignore-same", "placeholders:x:y")
    assert one(f'#, {", ".join(flags)}\nmsgid "a"\nmsgstr "b"\n').flags == flags


def test_context_absent_or_empty():
    catalog = read('msgid "a"\nmsgstr ""\n\nmsgctxt ""\nmsgid "a"\nmsgstr ""\n')
    assert [message.context for message in catalog.messages] == [None, ""]


def test_plural_that_is_empty():
    assert one('msgid "a"\nmsgid_plural ""\nmsgstr[0] ""\n').id_plural == ""


def test_empty_source_text_with_context_is_no_header():
    catalog = read('msgctxt "c"\nmsgid ""\nmsgstr "x: y"\n')
    assert catalog == Catalog((Message("", "x: y", "c"),))


def test_comments_of_the_first_message_without_header_stay_with_it():
    assert one('#\n# mine\nmsgid "a"\nmsgstr ""\n').comments == ("", "mine")


@pytest.mark.parametrize(
    ("text", "header"),
    [
        ("", ()),
        ('msgid ""\nmsgstr ""\n', (("", ""),)),
        ('msgid ""\nmsgstr "A: b\\nC:d\\n"', (("A", "b"), ("C", "d"))),
        ('msgid ""\nmsgstr "A:\\n  more\\nB:  x \\n"', (("A", ""), ("", "  more"), ("B", " x "))),
    ],
)
def test_lines_of_a_header_are_fields_or_more_of_one(text, header):
    assert read(text).header == header


def test_a_path_is_no_content_and_content_no_path(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.po").write_text('msgid "a"\nmsgstr "b"\n')
    assert refusal(b"a.po")[0].startswith("x.po:1:1: 'a.po' is not a PO keyword")


def test_windows_lines_and_mark():
    text = '# c\nmsgid ""\n"a\\r\\n"\nmsgstr "b"\n'
    assert read_catalog("x", b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()) == read(text)


@pytest.mark.parametrize("charset", ["GBK", "Big5", "Shift_JIS", "ISO-8859-1", "us-ascii"])
def test_other_charsets_become_utf8(charset):
    word = {"ISO-8859-1": "é", "us-ascii": "e"}.get(charset, "中文")
    catalog = read_catalog("x.po", HEADER % (charset.encode(), word.encode(charset)))
    assert catalog.messages[0].string == word
    assert catalog.header == (("Content-Type", "text/plain; charset=UTF-8"),)


@pytest.mark.parametrize("charset", ["UTF-8", "utf-8", "CHARSET"])
def test_charsets_that_stay(charset):
    catalog = read_catalog("x.po", HEADER % (charset.encode(), "中".encode()))
    assert catalog.header == (("Content-Type", f"text/plain; charset={charset}"),)
    assert catalog.messages[0].string == "中"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (HEADER % (b"KLINGON", b"x"), "x.po:2: charset KLINGON is unknown"),
        (HEADER % (b"rot13", b"x"), "x.po:2: charset rot13 is unknown"),
        (HEADER % (b"UTF-8", b"\xd6\xd0"), "x.po:5:9: byte 0xd6 is not valid UTF-8"),
        ("msgid".encode("utf-16"), "x.po:1:1: this is UTF-16"),
        (b'msgid "a\0b"\nmsgstr ""\n', "x.po:1:9: a NUL character"),
    ],
)
def test_bytes_that_are_no_text(data, told):
    (line,) = refusal(data)
    assert line.startswith(told)


@pytest.mark.parametrize(("forms", "refused"), [(9, 0), (10, 0), (11, 1), (12, 2)])
def test_no_language_has_more_than_ten_plurals(forms, refused):
    lines = [f'msgstr[{number}] "x"' for number in range(forms)]
    data = "\n".join(['msgid "a"', 'msgid_plural "as"', *lines, ""]).encode()
    if not refused:
        assert read_catalog("x.po", data).messages[0].plurals == ("x",) * forms
    else:
        words = "more than 10 plural forms; no language has that many"
        assert refusal(data) == [f"x.po:{13 + n}:1: {words}" for n in range(refused)]


@pytest.mark.parametrize("line", ["#~# said", "#~ # said", "#~  # said", "# said", "\t# said"])
def test_comments_of_obsolete_messages(line):
    (message,) = read(f'{line}\n#~ msgid "a"\n#~ msgstr "b"\n').messages
    assert (message.comments, message.obsolete) == (("said",), True)


def test_comments_after_the_last_message_are_dropped():
    assert read('msgid "a"\nmsgstr ""\n# end\n') == read('msgid "a"\nmsgstr ""\n')


def test_nothing_at_all():
    assert read("") == Catalog()


def test_a_text_of_many_lines_is_read_in_time():
    text = 'msgid ""\n' + '"line\\n"\n' * 20_000 + 'msgstr ""\n'
    assert one(text).id == "line\n" * 20_000


PIECES = [
    'msgid "a"\n', 'msgid ""\n', 'msgstr "b"\n', 'msgctxt "c"\n', 'msgid_plural "p"\n', '"x"\n',
    'msgstr[0] "d"\n', "#~ ", "#| ", "#~| ", "# c\n", "#, f\n", "#= s\n", "#: r:1\n", "\n",
    "\r\n", '"', "\\", "\\x", "\\0", "\0", "\u2028", "\x1c", "[1]", "charset=",
    "Content-Type: ", "msgid", "é",
]  # fmt: skip


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_any_text_is_a_catalog_or_refused(text):
    with suppress(CatalogError):
        assert isinstance(read(text), Catalog)


@pytest.mark.parametrize("charset", ["ISO-8859-1", "windows-1252", "GBK", "Big5", "ISO-8859-15"])
def test_a_file_in_utf8_that_names_another_charset_is_refused(charset):
    data = HEADER % (charset.encode(), "Schlüssel für Größen und Übersetzungen, 译文".encode())
    words = f"the header says {charset}, but the file is in UTF-8; write charset=UTF-8"
    with suppress(UnicodeDecodeError):
        data.decode(charset)
        assert refusal(data) == [f"x.po:2: {words}"]
        return
    assert "save the file as UTF-8" in refusal(data)[0]


@pytest.mark.parametrize("text", ["plain", "Ã©tÃ©", "naïve", "Grün, Größe, Übung"])
def test_a_file_in_latin1_is_read(text):
    data = HEADER % (b"ISO-8859-1", text.encode("latin-1"))
    (message,) = read_catalog("x.po", data).messages
    assert message.string == text


def test_a_file_with_the_line_ends_of_old_macs_is_refused():
    data = (HEADER % (b"UTF-8", b"b")).replace(b"\n\n", b"\n").replace(b"\n", b"\r")
    (problem,) = refusal(data)
    assert problem.startswith("x.po:1:1: the lines end with a carriage return alone")
