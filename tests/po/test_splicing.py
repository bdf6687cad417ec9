"""A file that is edited: what does not change keeps its bytes."""

import codecs
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from po_strategies import HEADER, catalogs, messages, texts

from toolkit.catalogs.po import CatalogFile, write_catalog
from toolkit.model.catalog import Catalog, Message
from toolkit.model.errors import CatalogError


@st.composite
def manners(draw):
    """Restyle a file as programs and people do, without changing what it says."""
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    bom = draw(st.sampled_from([b"", codecs.BOM_UTF8]))
    gap = draw(st.sampled_from(["\n\n", "\n\n\n", "\n \n"]))
    tail = draw(st.sampled_from(["\n", "", "\n\n", "\n# nobody's\n"]))
    tight = draw(st.booleans())

    def restyled(data):
        text = data.decode().removesuffix("\n").replace("\n\n", gap)
        if tight:
            text = re.sub(r"^(#[.:,]) ", r"\1", text, flags=re.MULTILINE)
        if text:
            text += tail
        return bom + text.replace("\n", newline).encode()

    return restyled


def parsed(data):
    try:
        return CatalogFile.parse("x.po", data)
    except CatalogError:
        return None


@settings(max_examples=60, deadline=None)
@given(catalogs, manners(), st.sampled_from([0, 79, 40]))
def test_a_file_that_says_the_same_keeps_every_byte_but_a_mark(catalog, restyled, wrap):
    file = parsed(restyled(write_catalog(catalog, wrap)))
    if file:
        assert file.with_catalog(file.catalog).data == file.data.removeprefix(codecs.BOM_UTF8)


def pieces(file):
    return {entry.message.key: file.text_of(entry) for entry in file.entries}


@settings(max_examples=60, deadline=None)
@given(catalogs, manners(), st.sampled_from([0, 79, 40]), st.data())
def test_a_change_of_some_messages_changes_their_entries_alone(catalog, restyled, wrap, data):
    file = parsed(restyled(write_catalog(catalog, wrap)))
    if file is None:
        return
    old = list(file.catalog.messages)
    chosen = {one.key for one in old if data.draw(st.booleans())}
    string = data.draw(texts.filter(bool))
    new = [
        replace(one, string=string) if one.key in chosen and one.id_plural is None else one
        for one in old
    ]
    gone = {one.key for one in old if data.draw(st.booleans())}
    added = [
        one
        for one in data.draw(st.lists(messages(), max_size=2, unique_by=lambda one: one.key))
        if one.key not in {other.key for other in old} and not one.obsolete
    ]
    wanted = [*added[:1], *(one for one in new if one.key not in gone), *added[1:]]
    result = CatalogFile.parse(
        "x.po", file.with_catalog(replace(file.catalog, messages=tuple(wanted))).data
    )
    found = {one.key: one for one in result.catalog.messages}
    assert found == {one.key: one for one in wanted}
    before, after = pieces(file), pieces(result)
    for key in before.keys() & after.keys() - chosen:
        assert before[key] == after[key]
    kept = [key for key in before if key in after]
    assert [key for key in after if key in before] == kept
    assert (b"\r\n" in result.data) == (b"\r\n" in file.data) or len(result.entries) < 2
    assert not result.data.startswith(codecs.BOM_UTF8)


FILE = """\
# a title
msgid ""
msgstr ""
"Language:de\\n"
"POT-Creation-Date: 2024-01-01 00:00+0000\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"X-Odd:   kept  \\n"

#.tight
#: b.md:1
#: b.md:7
#, fuzzy
#| msgid "before"
msgid ""
"wrapped by "
"somebody"
msgstr "von "
"jemandem"
#. without a blank line
msgid "two"
msgstr   "zwei"

#~ msgid "gone"
#~ msgstr "weg"

msgid "behind the obsolete one"
msgstr ""
"""


def changed(**changes):
    file = CatalogFile.parse("x.po", FILE.encode())
    first = replace(file.catalog.messages[0], **changes)
    return file.replace(first).data.decode()


@pytest.mark.parametrize(
    ("changes", "old", "new"),
    [
        ({"references": ("b.md:2",)}, "#: b.md:1\n#: b.md:7\n", "#: b.md:2\n"),
        ({"references": ()}, "#: b.md:1\n#: b.md:7\n", ""),
        ({"extracted": ("tight", "under: x")}, "#.tight\n", "#.tight\n#. under: x\n"),
        ({"comments": ("hello",)}, "#.tight\n", "# hello\n#.tight\n"),
        ({"flags": ()}, "#, fuzzy\n", ""),
        ({"previous_id": "a"}, '#| msgid "before"\n', '#| msgid "a"\n'),
        ({"string": "x"}, 'msgstr "von "\n"jemandem"\n', 'msgstr "x"\n'),
    ],
)
def test_only_the_part_of_an_entry_that_changes_is_written(changes, old, new):
    assert changed(**changes) == FILE.replace(old, new, 1)


LINES = st.lists(st.sampled_from(["", "a", "b ", "a\\n", "b\\n", "\\n"]), min_size=1, max_size=5)
TEXTS = LINES.map(lambda lines: "".join(lines).replace("\\n", "\n"))


@given(LINES, TEXTS, st.sampled_from([0, 79]))
def test_a_text_takes_the_lines_that_it_has_already(lines, string, wrap):
    """However a person has broken its lines, the file is read as it was meant."""
    head, *rest = (f'"{line}"' for line in lines)
    data = "\n".join(['msgid "k"', f"msgstr   {head}", *rest, "", 'msgid "l"', 'msgstr "m"', ""])
    file = CatalogFile.parse("x.po", data.encode())
    first, second = file.catalog.messages
    changed = file.replace(replace(first, string=string), wrap=wrap)
    assert CatalogFile.parse("x.po", changed.data).catalog.messages == (
        replace(first, string=string),
        second,
    )


@pytest.mark.parametrize(
    ("old", "string", "new"),
    [
        # Only what changed has lines of its own.
        ('msgstr ""\n"a "\n"b\\n"\n"c"', "a b\nd", 'msgstr ""\n"a "\n"b\\n"\n"d"'),
        ('msgstr   ""\n"a\\n"\n"c"', "a\nd", 'msgstr   ""\n"a\\n"\n"d"'),
        ('msgstr ""\n"a\\n"\n"b "\n"c"', "x\nb c", 'msgstr ""\n"x\\n"\n"b "\n"c"'),
        # The line of the keyword is no other's, though it says the same.
        ('msgstr "x"\n"b"', "b", 'msgstr "b"'),
        ('msgstr ""\n""\n"a\\n"\n"b"', "a\nc", 'msgstr ""\n""\n"a\\n"\n"c"'),
        ('msgstr "a\\n"\n"b"', "a\nc", 'msgstr ""\n"a\\n"\n"c"'),
        # A program that breaks at no line feed gets none.
        ('msgstr  "a\\nb"', "a\nc\nd\n", 'msgstr  "a\\nc\\nd\\n"'),
        ('msgstr "a\\nb"', "", 'msgstr ""'),
        ('msgstr "a\\n"', "a\nc", 'msgstr ""\n"a\\n"\n"c"'),
        ('msgstr "C:\\\\new"', "a\nc", 'msgstr ""\n"a\\n"\n"c"'),
    ],
)
def test_lines_of_a_text_that_do_not_change_are_kept(old, string, new):
    file = CatalogFile.parse("x.po", f'msgid "k"\n{old}\n'.encode())
    changed = file.replace(replace(file.catalog.messages[0], string=string))
    assert changed.data.decode() == f'msgid "k"\n{new}\n'


HEADED = """\
# a title
#. said
#, fuzzy
msgid ""
msgstr ""
"Language: de\\n"
"X-Own:  kept  \\n"

msgid "a"
msgstr "b"
"""


@pytest.mark.parametrize(
    ("changes", "old", "new"),
    [
        ({"Language": "fr"}, "Language: de", "Language: fr"),
        ({"header_flags": ()}, "#, fuzzy\n", ""),
        ({"header_flags": ("fuzzy", "own")}, "#, fuzzy\n", "#, fuzzy, own\n"),
        ({"header_comments": ("another",)}, "# a title\n#. said\n", "# another\n"),
        ({"header_comments": ()}, "# a title\n#. said\n", ""),
        ({}, "", ""),
    ],
)
def test_a_header_keeps_what_does_not_change(changes, old, new):
    file = CatalogFile.parse("x.po", HEADED.encode())
    if "Language" in changes:
        changes = {"header": tuple((dict(file.catalog.header) | changes).items())}
    again = replace(file.catalog, messages=(*file.catalog.messages, Message("c")), **changes)
    wanted = HEADED.replace(old, new) + '\nmsgid "c"\nmsgstr ""\n'
    assert file.with_catalog(again).data.decode() == wanted


def test_a_header_may_go():
    file = CatalogFile.parse("x.po", HEADED.encode())
    bare = replace(file.catalog, header=(), header_comments=(), header_flags=())
    assert file.with_catalog(bare).data == b'msgid "a"\nmsgstr "b"\n'


PLURAL = """\
#, fuzzy
msgid "a"
msgid_plural "as"
msgstr[0] "b"
msgstr[1] "bs"
"""


@pytest.mark.parametrize(
    ("plurals", "old", "new"),
    [
        (("x", "bs"), '"b"', '"x"'),
        (("b", "xs"), '"bs"', '"xs"'),
        # What has no first form counts as untranslated, for gettext too: it is not fuzzy.
        (("", "bs"), '#, fuzzy\nmsgid "a"\nmsgid_plural "as"\nmsgstr[0] "b"', None),
        (("b", "bs", "bss"), '"bs"\n', '"bs"\nmsgstr[2] "bss"\n'),
    ],
)
def test_forms_of_a_plural_change_one_by_one(plurals, old, new):
    file = CatalogFile.parse("x.po", PLURAL.encode())
    found = file.replace(replace(file.catalog.messages[0], plurals=plurals)).data.decode()
    wanted = 'msgid "a"\nmsgid_plural "as"\nmsgstr[0] ""' if new is None else new
    assert found == PLURAL.replace(old, wanted)


BARE = """\


msgid "a"
msgstr "1"


msgid "b"
msgstr "2"

# nobody's
"""


def test_blank_lines_stay_before_the_first_and_between_neighbours():
    file = CatalogFile.parse("x.po", BARE.encode())
    a, b = file.catalog.messages
    assert [BARE[entry.start : entry.end] for entry in file.entries] == [
        'msgid "a"\nmsgstr "1"',
        'msgid "b"\nmsgstr "2"',
    ]
    assert file.replace(replace(b, string="x")).data.decode() == BARE.replace("2", "x")
    gone = file.with_catalog(replace(file.catalog, messages=(b,)))
    assert gone.data.decode() == BARE.partition('"1"\n\n\n')[2]
    new = file.with_catalog(replace(file.catalog, messages=(Message("n"), a, b)))
    assert new.data.decode() == 'msgid "n"\nmsgstr ""' + BARE
    between = file.with_catalog(replace(file.catalog, messages=(a, Message("n"), b)))
    assert between.data.decode() == BARE.replace('"1"\n\n\n', '"1"\n\nmsgid "n"\nmsgstr ""\n\n\n')


@pytest.mark.parametrize(
    ("data", "tail"), [("# nobody's\n", "\n# nobody's\n"), ("\n", ""), (" \n\n", "")]
)
def test_a_file_without_entries_keeps_its_comments(data, tail):
    file = CatalogFile.parse("x.po", data.encode())
    found = file.with_catalog(Catalog((Message("a", "b"),)))
    assert found.data.decode() == f'msgid "a"\nmsgstr "b"\n{tail}'
    assert file.with_catalog(Catalog()).data.decode() == data


@pytest.mark.parametrize(
    ("data", "spans"),
    [
        (b'#,\nmsgid "a"\nmsgstr "b"\n', [(0, 23)]),
        (b'#~# old\n#~ msgid "a"\n#~ msgstr "b"\n', [(0, 34)]),
        (b'#~\nmsgid "a"\nmsgstr "b"', [(0, 23)]),
        (b'\n#. c\nmsgid "a"\r\nmsgstr "b"\r\n', [(1, 27)]),
        (b'msgid "a"\nmsgstr "b"\nmsgid "c"\nmsgstr "d"\n', [(0, 20), (21, 41)]),
    ],
)
def test_an_entry_starts_with_its_first_comment(data, spans):
    file = CatalogFile.parse("x.po", data)
    assert [(entry.start, entry.end) for entry in file.entries] == spans


@pytest.mark.parametrize(
    ("data", "newline"),
    [
        ('msgid "a"\r\nmsgstr "b"\r\n', "\r\n"),
        ('msgid "a"\r\nmsgstr "b"\n', "\n"),
        ('msgid "a"\r\nmsgstr "b"\r\n\n', "\r\n"),
        ('msgid "a"\nmsgstr "b"\n', "\n"),
    ],
)
def test_new_lines_end_as_most_lines_do(data, newline):
    file = CatalogFile.parse("x.po", data.encode())
    found = file.with_catalog(
        replace(file.catalog, messages=(*file.catalog.messages, Message("c")))
    )
    assert f'msgid "c"{newline}msgstr ""'.encode() in found.data


def test_a_date_of_the_header_leaves_its_other_lines():
    file = CatalogFile.parse("x.po", FILE.encode())
    header = tuple(
        (name, "2025" if name == "POT-Creation-Date" else value)
        for name, value in file.catalog.header
    )
    data = file.with_catalog(replace(file.catalog, header=header)).data
    assert data.decode() == FILE.replace("2024-01-01 00:00+0000", "2025")


def test_a_header_of_one_line_stays_one():
    data = 'msgid ""\nmsgstr "Language: de\\nPOT-Creation-Date: 2024\\n"\n'
    file = CatalogFile.parse("x.po", data.encode())
    header = (("Language", "de"), ("POT-Creation-Date", "2025"))
    changed = file.with_catalog(replace(file.catalog, header=header)).data
    assert changed.decode() == data.replace("2024", "2025")


def test_new_messages_stand_behind_what_they_follow():
    file = CatalogFile.parse("x.po", FILE.encode())
    first, *rest = file.catalog.messages
    new = Message("new", "neu", extracted=("said",))
    data = file.with_catalog(replace(file.catalog, messages=(first, new, *rest))).data.decode()
    entry = '#. said\nmsgid "new"\nmsgstr "neu"\n'
    assert data == FILE.replace('"jemandem"\n', f'"jemandem"\n\n{entry}\n')


def test_a_message_that_becomes_obsolete_goes_to_the_end():
    file = CatalogFile.parse("x.po", FILE.encode())
    first, two, *rest = file.catalog.messages
    gone = replace(two, obsolete=True, extracted=())
    data = file.with_catalog(replace(file.catalog, messages=(first, *rest, gone))).data.decode()
    old = '#. without a blank line\nmsgid "two"\nmsgstr   "zwei"\n'
    assert data == FILE.replace(old, "") + '\n#~ msgid "two"\n#~ msgstr "zwei"\n'


def page(*places):
    return tuple(Message(name, references=(f"a.md:{line}",)) for name, line in places)


@pytest.mark.parametrize(
    ("old", "new", "order"),
    [
        ("a1 b2 c3", "c1 a5 b6", "c a b"),
        ("c3 a1 b2", "c3 a1 b2", "c a b"),
        ("c3 a1 b2", "a1 b2 c3", "c a b"),
        ("a1 b2 c3", "a1 n2 b3 c4", "a n b c"),
        ("c3 a1 b2", "a1 n2 b3 c4", "c a n b"),
        ("a1 c1 b1", "a1 b1 c1", "a c b"),
    ],
    ids=[
        "it follows its page", "it stays", "it has an order of its own", "a new one",
        "a new one in another order", "cells of one line",
    ],
)  # fmt: skip
def test_the_order_of_a_file(old, new, order):
    before, after = (
        page(*((one[0], int(one[1:])) for one in words.split())) for words in (old, new)
    )
    file = CatalogFile("x.po", write_catalog(Catalog(before, HEADER)))
    found = CatalogFile("x.po", file.with_catalog(Catalog(after, HEADER)).data)
    assert [one.id for one in found.catalog.messages] == order.split()


LONG = "words that go on and on until they no longer fit, as words in a long line will do " * 2


@pytest.mark.parametrize(
    "text", [LONG, "这些文字一直写下去，直到一行放不下为止，长行里的文字都是这样。" * 3]
)
@pytest.mark.parametrize("wrap", [0, 60, 77, 79, 100])
def test_new_entries_are_wrapped_as_the_others(text, wrap):
    old = tuple(Message(f"{number} {text}", text) for number in range(5))
    data = write_catalog(Catalog(old, HEADER), wrap)
    new = (*old, Message(f"new {text}", text))
    assert CatalogFile("x.po", data).with_catalog(Catalog(new, HEADER)).data == write_catalog(
        Catalog(new, HEADER), wrap
    )
    explicit = CatalogFile("x.po", data).with_catalog(Catalog(new, HEADER), 50).data
    assert explicit.endswith(write_catalog(Catalog(new[-1:], HEADER), 50).split(b"\n\n")[1])


@pytest.mark.parametrize("charset", ["GB18030", "ISO-8859-1", "us-ascii"])
def test_a_charset_stays_as_long_as_it_holds_the_texts(charset):
    word = {"GB18030": "中文", "ISO-8859-1": "é"}.get(charset, "e")
    head = f'msgid ""\nmsgstr "Content-Type: text/plain; charset={charset}\\n"\n\n'
    data = (head + f'msgid "a"\nmsgstr "{word}"\n').encode(charset)
    file = CatalogFile.parse("x.po", data)
    again = file.with_catalog(
        replace(file.catalog, messages=(*file.catalog.messages, Message("b")))
    )
    assert again.data == data + b'\nmsgid "b"\nmsgstr ""\n'
    wider = file.replace(Message("a", "日本 ☃ 𠀀"))
    assert wider.catalog.messages[0].string == "日本 ☃ 𠀀"


def test_entries_that_share_a_line_are_written_anew():
    file = CatalogFile.parse("x.po", b'msgid "a" msgstr "b" # c\nmsgid "d" msgstr "e"\n')
    assert [one.comments for one in file.catalog.messages] == [(), ("c",)]
    assert file.with_catalog(file.catalog).data == file.data
    assert file.replace(Message("a", "x")).data == (
        b'msgid "a"\nmsgstr "x"\n\n# c\nmsgid "d"\nmsgstr "e"\n'
    )


def test_places_of_entries():
    file = CatalogFile.parse("x.po", FILE.encode())
    assert [(entry.line, entry.message.line) for entry in file.entries] == [
        (1, 2), (9, 14), (19, 20), (23, 23), (26, 26),
    ]  # fmt: skip
