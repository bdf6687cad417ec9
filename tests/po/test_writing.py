import re
from dataclasses import replace
from functools import partial

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from po_strategies import HEADER, catalogs, ordered
from steps import calls

from toolkit.catalogs.po import read_catalog, write_catalog
from toolkit.model.catalog import Catalog, Message
from toolkit.model.errors import CatalogError


def written(*found, header=HEADER):
    return write_catalog(Catalog(found, header)).decode()


def body(*found):
    return written(*found).split("\n\n", 1)[1]


@pytest.mark.parametrize("wrap", [0, 79, 77])
def test_real_catalogs_are_written_as_msgcat_writes_them(real, wrap, msgcat):
    data = real.read_bytes()
    expected = msgcat(data, f"--width={wrap}" if wrap else "--no-wrap")
    if expected is None:
        pytest.skip("msgcat refuses this file itself")
    assert write_catalog(read_catalog(str(real), data), wrap) == expected


def test_the_default_of_msgcat_is_79_columns(msgcat):
    catalog = Catalog((Message("word " * 50, "文字，" * 50),), HEADER)
    assert msgcat(write_catalog(catalog)) == write_catalog(catalog, 79)


@pytest.mark.parametrize("wrap", [1, 7, 13, 19, 20, 21, 25])
def test_pages_may_be_narrow_as_msgcat_has_them(wrap, msgcat):
    words, places = "some words go on", ("a.md:1", "b.md:2", "c:3", "some/longer/name.md:3")
    found = [
        Message("x", "xyz", references=places),
        Message(words, words, references=places),
        Message("y", "", id_plural=words, flags=("fuzzy",), plurals=(words, "z"), previous_id="a"),
        Message("z", words, flags=("fuzzy",), obsolete=True, previous_id=words),
    ]
    data = write_catalog(Catalog(tuple(found), HEADER), wrap)
    assert msgcat(data, f"--width={wrap}") == data


@settings(max_examples=150, deadline=None)
@given(catalogs, st.sampled_from([0, 79, 20]))
def test_what_is_written_is_read_again(catalog, wrap):
    assert read_catalog("x.po", write_catalog(catalog, wrap)) == catalog


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(catalogs, st.sampled_from([0, 79, 33]))
def test_msgcat_changes_nothing_in_what_is_written(msgcat, catalog, wrap):
    data = write_catalog(catalog, wrap)
    # gettext keeps U+0004 for itself (between context and text) and refuses it in some fields.
    assume(b"\4" not in data)
    assert msgcat(data, f"--width={wrap}" if wrap else "--no-wrap") == data


PROSE = [
    "word ", "longer words ", "中文", "「引文」", "（括号）", "English", "100%", " - ", "——", "’s ",
    "a/b/c ", "https://example.org/a?b=c&d ", "`code` ", "**粗体**", "ひらがな", "カタカナー",
    "한국어 ", "“引”", "x\u0301", "12,5", "$5 ", *'，。、…（）！\\"\n　é\u200b😀',
]  # fmt: skip
prose = st.lists(st.sampled_from(PROSE), min_size=5).map("".join)


@settings(max_examples=100, deadline=None)
@given(st.lists(prose, max_size=8, unique=True), st.sampled_from([79, 77, 30]))
def test_prose_is_wrapped_as_msgcat_wraps_it(msgcat, found, wrap):
    catalog = ordered(Message(text, text[::-1]) for text in found)
    assert write_catalog(catalog, wrap) == msgcat(write_catalog(catalog), f"--width={wrap}")


def test_no_wrap_flag_wins():
    message = Message("word " * 30, "x", flags=("no-wrap",))
    assert write_catalog(Catalog((message,)), 40) == write_catalog(Catalog((message,)))


def test_nothing_at_all():
    assert write_catalog(Catalog()) == b""


@pytest.mark.parametrize("header", [(("", ""),), HEADER, (*HEADER, ("X-Y", ""))])
def test_a_catalog_of_a_header_alone_is_as_msgcat_writes_it(header, msgcat):
    data = write_catalog(Catalog((), header, ("note", ""), ("fuzzy",)))
    assert msgcat(data, "--no-wrap") == data
    assert read_catalog("x.po", data).header == header


def test_flags_in_the_order_of_gettext():
    flags = ("md-text", "no-wrap", "python-format", "range: 0..5", "max:9", "c-format", "fuzzy")
    expected = "#, fuzzy, c-format, python-format, range: 0..5, no-wrap, md-text, max:9\n"
    assert body(Message("a", "b", flags=flags)).startswith(expected)


def test_fuzzy_without_translation_is_left_out():
    assert body(Message("a", flags=("fuzzy", "md-text"))) == '#, md-text\nmsgid "a"\nmsgstr ""\n'


def test_sticky_flags_have_their_line():
    text = '#, fuzzy\n#= c-format\nmsgid "a"\nmsgstr "b"\n'
    assert body(Message("a", "b", flags=("fuzzy",), sticky=("c-format",))) == text


def test_backslash_at_the_end_of_a_comment_does_not_swallow_the_next_line(msgcat):
    data = written(Message("a", "b", comments=("x\\",), extracted=("y\\",))).encode()
    assert msgcat(data, "--no-wrap") == data


def test_plural_without_translations_gets_two_forms():
    text = 'msgid "a"\nmsgid_plural "b"\nmsgstr[0] ""\nmsgstr[1] ""\n'
    assert body(Message("a", id_plural="b")) == text


def test_previous_context_alone_is_left_out():
    assert body(Message("a", previous_context="c")) == 'msgid "a"\nmsgstr ""\n'


def test_references_with_blanks_are_isolated():
    message = Message("a", references=("b c.md:1", "d e.md", "f.md:2"))
    text = body(message)
    assert text.startswith("#: \u2068b c.md\u2069:1 \u2068d e.md\u2069 f.md:2\n")
    assert read_catalog("x.po", text.encode()).messages == (message,)


def test_obsolete_messages_come_last_if_translated():
    retired = [Message("a", "x", obsolete=True), Message("c", obsolete=True)]
    text = body(*retired, Message("b"))
    assert re.findall('msgid "(.)"', text) == ["b", "a"]


@pytest.mark.parametrize(
    ("catalog", "told"),
    [
        (Catalog((Message("a\0"),)), "NUL"),
        (Catalog((Message("a\ud800"),)), "lone surrogate"),
        (Catalog((Message("a"), Message("a", obsolete=True))), "twice"),
        (Catalog((Message(""),)), "no source text"),
        (Catalog((Message("a", comments=("x\ny",)),)), "line feed"),
        (Catalog((Message("a", flags=("x\ny",)),)), "line feed"),
        (Catalog((), (("A", "b\nc"),)), "line feed"),
    ],
)
def test_what_po_cannot_hold_is_refused(catalog, told):
    with pytest.raises(CatalogError, match=told):
        write_catalog(catalog)


def test_work_grows_with_the_catalog_and_not_with_its_square():
    def steps(size):
        found = [Message(f"The fox {i}\nagain", f"狐狸 {i}\n再来") for i in range(size)]
        catalog = Catalog(tuple(found), HEADER)
        data = write_catalog(catalog)
        again = read_catalog("x.po", data)
        assert again == replace(catalog, messages=again.messages)
        return calls(partial(write_catalog, catalog)), calls(partial(read_catalog, "x.po", data))

    for few, many in zip(steps(500), steps(1000), strict=True):
        assert many <= 2.1 * few
