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
def test_a_file_that_says_the_same_keeps_every_byte(catalog, restyled, wrap):
    file = parsed(restyled(write_catalog(catalog, wrap)))
    if file:
        assert file.with_catalog(file.catalog).data == file.data


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
    assert result.data.startswith(codecs.BOM_UTF8) == file.data.startswith(codecs.BOM_UTF8)


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


def test_a_date_of_the_header_leaves_its_other_lines():
    file = CatalogFile.parse("x.po", FILE.encode())
    header = tuple(
        (name, "2025" if name == "POT-Creation-Date" else value)
        for name, value in file.catalog.header
    )
    data = file.with_catalog(replace(file.catalog, header=header)).data
    assert data.decode() == FILE.replace("2024-01-01 00:00+0000", "2025")


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
