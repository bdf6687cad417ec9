"""Places are exact: of values in settings, of codes, rows, tags, and of what findings are about."""

import ast
import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from toolkit.catalogs.header import new_catalog_header
from toolkit.catalogs.merge import suggested
from toolkit.catalogs.po.places import place_of
from toolkit.dialects import dialect_named
from toolkit.dialects.blocks.csv_cells import csv_cells, row_end, written_cell
from toolkit.dialects.blocks.jsx import jsx_in
from toolkit.dialects.blocks.jsx_guarding import escaped_jsx
from toolkit.dialects.blocks.jsx_guarding import nesting as jsx_nesting
from toolkit.dialects.blocks.jsx_texts import text_as_read, written_string
from toolkit.dialects.blocks.kramdown.escaping import escaped as kramdown_escaped
from toolkit.dialects.blocks.kramdown.liquid import nesting as liquid_nesting
from toolkit.dialects.blocks.pandoc.escaping import escaped as pandoc_escaped
from toolkit.dialects.blocks.vue_tags import nesting as vue_nesting
from toolkit.dialects.inline import Markup, marks
from toolkit.language.locale import locale_of
from toolkit.model.catalog import Catalog, Message
from toolkit.model.document import Document, Span
from toolkit.model.errors import DocumentError
from toolkit.model.units import Form, Kind, Unit
from toolkit.reading import canonical
from toolkit.reading.codes import Role, codes_of, pieces_of
from toolkit.reading.codes.matching import lost_codes, renumbered
from toolkit.reading.heading_references import heading_targets, with_heading_links
from toolkit.reading.segment import read
from toolkit.reading.segment.front_matter import read_front_matter
from toolkit.reading.site_toml import composed_toml
from toolkit.reading.site_yaml_facts import inherited_texts
from toolkit.reading.strings import edges, string_texts
from toolkit.reading.strings.key_paths import KeyPaths
from toolkit.writing.guard import Refusal
from toolkit.writing.guard.tags import crossings
from toolkit.writing.refusals import refused
from toolkit.writing.strings import shape_of

MKDOCS = dialect_named("mkdocs")
LETTERS = st.text(st.sampled_from("ab\n\r"), max_size=12)


@given(LETTERS)
def test_a_place_leads_back_to_its_character(text):
    document = Document("a.md", text)
    for offset in range(len(text) + 1):
        assert document.offset(*document.place(offset)) == offset


TOML = """\
[project]
site_name = "The Lamp"
"two words" = 'x'
nav = [ { Home = "index.md" }, { Guide = [ "a.md",
  { "B" = "b.md" } ] } ]
a.b.c = [ 1.5,
  true ] # here
[[project.list]]
k = '''
x'''
[project.list.inner]
"""


def nodes(node):
    yield node
    for part in node.value if not isinstance(node, yaml.ScalarNode) else ():
        for one in part if isinstance(part, tuple) else (part,):
            yield from nodes(one)


def test_what_settings_hold_has_its_place():
    found = list(nodes(composed_toml(Document.from_bytes("zensical.toml", TOML.encode()))))
    for mark in (mark for node in found for mark in (node.start_mark, node.end_mark)):
        before = TOML[: mark.index].split("\n")
        assert (mark.line, mark.column) == (len(before) - 1, len(before[-1]))
    scalars = [one for one in found if isinstance(one, yaml.ScalarNode)]
    written = {TOML[one.start_mark.index : one.end_mark.index]: one.value for one in scalars}
    assert written == {
        **{key: key for key in "site_name nav Home Guide a b c list k inner 1.5 true".split()},
        **{f'"{text}"': text for text in ("The Lamp", "two words", "index.md", "a.md")},
        '"B"': "B",
        '"b.md"': "b.md",
        "'x'": "x",
        "'''\nx'''": "x",
    }
    lists = [one for one in found if isinstance(one, yaml.SequenceNode)]
    spans = [TOML[one.start_mark.index : one.end_mark.index] for one in lists]
    assert [span for span in spans if span.startswith("[") and span.endswith("]")] == [
        '[ { Home = "index.md" }, { Guide = [ "a.md",\n  { "B" = "b.md" } ] } ]',
        '[ "a.md",\n  { "B" = "b.md" } ]',
        "[ 1.5,\n  true ]",
    ]


def test_only_what_is_above_a_settings_file_is_inherited():
    files = {
        "mkdocs.yml": b"INHERIT: base.yml\nsite_url: https://own.example\nsite_dir: own\n",
        "base.yml": b"INHERIT: top.yml\nsite_dir: build\nextra:\n  alternate: []\n",
        "top.yml": b"site_url: https://top.example\ntheme:\n  name: material\n",
    }
    assert inherited_texts(files.get, "mkdocs.yml") == {
        "site_url": "https://top.example",
        "site_dir": "build",
        "extra": "alternate",
        "theme": "material",
    }
    assert inherited_texts(files.get, "top.yml") == {}


def test_words_that_are_nowhere_have_the_place_of_their_message():
    lines = ['msgid "one"', 'msgstr ""', "", 'msgid "two"', 'msgstr "zwei"']
    assert place_of(lines, 4, "three", "msgid") == (4, place_of(lines, 4, "", "msgid")[1])
    assert place_of(lines, 4, "", "msgctxt")[0] == 4
    assert place_of(lines, 4, "", "msgctxt")[1].text == lines[3]
    assert place_of(lines, 4, "", "msgctxt")[1].start == len('msgid "')
    assert place_of(lines, 9, "", "msgctxt")[1].text == ""
    number, excerpt = place_of(lines, 4, "zwei", "msgstr")
    assert (number, excerpt.text[excerpt.start : excerpt.end]) == (5, "zwei")
    assert place_of(lines, 1, "x", "msgstr")[0] == 2


def test_codes_that_a_source_lacks_are_numbered_behind_its_own():
    plain = tuple(pieces_of("one", MKDOCS))
    new = tuple(pieces_of("`a` **b**", MKDOCS))
    assert {one.number for one in codes_of(renumbered(plain, new))} == {1, 2}
    source = tuple(pieces_of("`x` *y*", MKDOCS))
    behind = [one.text for one in codes_of(renumbered(source, new)) if one.number > 2]
    assert behind[0] == "`a`"
    kept = renumbered(source, tuple(pieces_of("*z* `x`", MKDOCS)))
    assert {one.text: one.number for one in codes_of(kept)}["`x`"] == 1


def test_a_lost_pair_is_lost_once():
    source = tuple(pieces_of("`x` **y** [z](a.md)", MKDOCS))
    lost = lost_codes(source, tuple(pieces_of("[z](a.md)", MKDOCS)))
    assert [(one.text, one.role) for one in lost] == [
        ("`x`", lost[0].role),
        ("**", Role.OPEN),
    ]
    assert lost[0].role is not Role.CLOSE
    assert lost_codes(source, source) == ()


def test_a_refused_translation_has_the_line_of_its_message():
    unit = Unit(Kind.PARAGRAPH, "one", Span(0, 3), Form.FLOW, "")
    other = Unit(Kind.PARAGRAPH, "two", Span(5, 8), Form.FLOW, "")
    catalog = Catalog((Message("zero", "null", line=3), Message("one", "eins", line=7)))
    refusals = [Refusal(unit, "lacks a link"), Refusal(other, "lacks a link")]
    assert [finding.line for finding in refused(refusals, catalog, "de.po")] == [7, 0]
    assert refused([], catalog, "de.po") == []


def test_a_new_catalog_is_as_old_as_its_template():
    template = Catalog((), header=(("POT-Creation-Date", "2020-01-02 03:04+0000"), ("X-A", "b")))
    fields = new_catalog_header(template, locale_of("de"))
    assert fields["PO-Revision-Date"] == "2020-01-02 03:04+0000"
    assert list(fields)[-1] == "X-A"
    assert fields["Language"] == "de"
    undated = new_catalog_header(Catalog(()), None)
    assert undated["PO-Revision-Date"][:2] == "20"
    assert undated["Language"] == ""
    assert "Plural-Forms" not in undated


@pytest.mark.parametrize(
    ("flags", "previous", "kept"),
    [
        ((), "older", "old"),
        (("fuzzy",), "older", "older"),
        (("fuzzy",), None, "old"),
        ((), None, "old"),
    ],
)
def test_a_suggestion_keeps_the_text_that_was_translated(flags, previous, kept):
    old = Message("old", "alt", context="c", flags=flags, previous_id=previous)
    found = suggested(Message("new", references=("a.md:1",)), old)
    assert (found.id, found.string, found.previous_id) == ("new", "alt", kept)
    assert found.flags == ("fuzzy",)
    assert found.previous_context == "c"


@pytest.mark.parametrize(
    ("lines", "first", "end"),
    [
        (["a,b", "c"], 0, 1),
        (['a,"b', 'c",d', "e"], 0, 2),
        (["x", 'a,"b', "c", 'd"', "e"], 1, 4),
        (['"a""', 'b"', "c"], 0, 2),
        (['"a"",b', "c"], 0, 1),
        (["x", '"a', "b"], 1, 2),
        (['a"b', "c"], 0, 1),
    ],
)
def test_a_row_ends_where_its_quotes_do(lines, first, end):
    assert row_end(lines, first) == end


def test_cells_have_their_places():
    row = 'one, "two ""2""" ,"three\n four", ,five '
    cells = list(csv_cells(row))
    assert [cell.text for cell in cells] == ["one", 'two "2"', "three four", "five"]
    assert [row[cell.start : cell.end] for cell in cells] == [
        "one",
        '"two ""2"""',
        '"three\n four"',
        "five",
    ]
    assert list(map(written_cell, ("a", "a,b", '"a"', " a"))) == ["a", '"a,b"', '"""a"""', '" a"']


@pytest.mark.parametrize(
    ("text", "tags", "expressions", "lone"),
    [
        ("a <b>c</b> {d}", ["<b>", "</b>"], ["{d}"], []),
        ("`<b>` {`${x}`} <", [], ["{`${x}`}"], ["<"]),
        ("<A b={<C/>} d='<e>'/> { open", ["<A b={<C/>} d='<e>'/>"], [], ["{"]),
        ("{/* } */} <a", [], ["{/* } */}"], ["<"]),
        ("{a}{b}<i/>", ["<i/>"], ["{a}", "{b}"], []),
    ],
)
def test_jsx_is_where_it_stands(text, tags, expressions, lone):
    found = jsx_in(text)
    assert [text[tag.start : tag.end] for tag in found[0]] == tags
    assert [text[start:end] for start, end in found[1]] == expressions
    assert [text[start] for start in found[2]] == lone


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("```\n<a>\n```\n<b/>", ["<b/>"]),
        ("~~~ x\n<a>\n~~~~\n<b/>", ["<b/>"]),
        ("> ```\n> <a>\n> ```\n<b/>", ["<b/>"]),
        ("```\n<a>\n", []),
        ("x ``` <a> ``` <b/>", ["<b/>"]),
        ("    ```\n<a>\n```\n\n<b/>", ["<b/>"]),
        ("\\<a> <b/>", ["<b/>"]),
    ],
)
def test_code_of_a_page_holds_no_jsx(text, tags):
    assert [text[tag.start : tag.end] for tag in jsx_in(text, page=True)[0]] == tags


@pytest.mark.parametrize(
    ("source", "text", "written"),
    [
        ("one", "eins {zwei}", "eins \\{zwei\\}"),
        ("one {two}", "eins {two}", "eins {two}"),
        ("one {two}", "eins {two} {drei}", "eins {two} \\{drei\\}"),
        ("one", "1 < 2", "1 < 2"),
        ("one", "1 <", "1 \\<"),
        ("one", "a } b", "a \\} b"),
        ("{a}", "{a} }", "{a} \\}"),
        ("<https://e.org>", "<https://e.org>", "<https://e.org>"),
        ("one", "<https://e.org>", "\\<https://e.org>"),
        ("one", "<é> x", "\\<é> x"),
        ("<é> x", "<é> y", "<é> y"),
        ("one", "<b> x", "<b> x"),
        ("<b>one</b>", "<b>eins</b>", "<b>eins</b>"),
        ("one", "eins", "eins"),
    ],
)
def test_only_new_jsx_is_escaped(source, text, written):
    assert escaped_jsx(source, text) == written


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("<A>x</A>", "<A>y</A>", True),
        ("<A><B/></A>", "<A/><B/>", False),
        ("<A><B>x</B></A>", "<B><A>x</A></B>", False),
        ("<A>x</A>", "<A>x", False),
        ("<A>x</A>", "x</A>", False),
        ("*a* <B>x</B>", "*a <B>x*</B>", False),
        ("$a$ <B>x</B>", "$a <B>$x</B>", False),
        ("*a <B>b</B>* c", "*a <B>b* c</B>", False),
        ("*a <B>b</B>* c", "a <B>*b*</B> c", True),
        ("a **b** <B x={'*'}>c</B>", "a <B x={'*'}>**b**</B> c", True),
        ("a __b__ <B>c</B>", "a __b <B>c__</B>", False),
        ("| <B>a</B> 5* | 6* |", "| 5* <B>a</B> | 6* |", True),
        # Marks that make no emphasis there are text.
        ("*a* <B>x</B>", "*a <B>*x</B>", True),
        ("<A>\n\nfirst\n\nsecond*\n\nlast\n</A>", "<A>\n\nfirst\n\nsecond\n\nlast\n</A>", True),
        ("<A>x</A> any `*` <B/>", "<A>x</A> any <B/>", True),
        ("<A>\nx *y*\n\nz\n</A>", "<A>\nx *y\n\nz\n</A>", True),
        ("<A>x</A> \\`*a\\` <B>b</B>", "<A>x</A> \\`*a\\` <B>b*</B>", False),
        ("```mdx-code-block\n<A>\n```\nx\n</A>", "<A>\nx\n</A>", True),
        ("```mdx-code-block\n<A>\n```", "```\n<A>\n```", False),
        ("<A><A>x</A></A>", "<A>x</A><A></A>", False),
    ],
)
def test_elements_of_a_page_are_nested_alike(one, other, same):
    assert (jsx_nesting(one) == jsx_nesting(other)) is same


@pytest.mark.parametrize(
    ("text", "open_tags"),
    [
        ("<a>x</a>", {}),
        ("<a><b>x</a>", {"b": 1}),
        ("x</a>", {"/a": 1}),
        ("<br> <img src='x'> <Own/>", {}),
        ("<a><b><b>x</a></a>", {"b": 2, "/a": 1}),
        ("`<a>` <a>", {"a": 1}),
        ("<a></b></a>", {"/b": 1}),
    ],
)
def test_tags_that_vue_finds_open(text, open_tags):
    assert dict(vue_nesting(text)) == open_tags


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (r"a\nb\tc", "a\nb\tc"),
        (r"\x41\u0042\u{43}\u{0044}", "ABCD"),
        (r"\ud83d\ude00", "😀"),
        ("a\\\nb", "ab"),
        (r"\"\'\\", "\"'\\"),
        (r"\x1fa\b", "a"),
    ],
)
def test_strings_of_javascript_are_read_as_it_reads_them(raw, text):
    assert text_as_read(raw, Form.SCRIPT_STRING) == text
    assert text_as_read(raw, Form.ATTRIBUTE) == raw


@pytest.mark.parametrize("quote", ["'", '"', "`"])
@given(text=st.text(st.sampled_from("a'\"`\\${}\n\r"), max_size=12))
def test_strings_of_javascript_are_written_as_it_reads_them(quote, text):
    written = written_string(text, quote)
    assert "\n" not in written
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    assert text_as_read(written, Form.SCRIPT_STRING) == plain
    assert written_string("${", quote) == ("\\${" if quote == "`" else "${")


@pytest.mark.parametrize(
    ("source", "tags"),
    [
        ("{%- if a %}\nx\n", ("{%- if",)),
        ("{{- a }} - b", ("{{- a",)),
        ("{% if a -%}\nx", ("-%}",)),
        ("{% if a %} - x", ()),
        ("{% a -%} x", ()),
        ("a - b", ()),
    ],
)
def test_tags_of_liquid_that_take_blanks_away(source, tags):
    assert liquid_nesting(source) == tags


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("{ a=b }", '{ a="b" }', True),
        ("{ a= }", '{ a="" }', True),
        ('{ a="b c" }', "{ a=b c }", False),
        ("{: .x #y }", "{ #y .x }", True),
        ('{ a="b" a="b" }', "{ a=b }", True),
    ],
)
def test_attributes_are_the_same_however_they_are_written(one, other, same):
    assert (canonical.attribute_list(one) == canonical.attribute_list(other)) is same
    assert canonical.attribute_list("{ a=b }") == "a=b"
    assert canonical.attribute_list('{ a="b c" }') == 'a="b c"'
    assert canonical.attribute_list("{ a='' }") == 'a=""'


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("---\ntitle: a\n---\nx", 3),
        ("\n\n---\ntitle: a\n---\nx", 5),
        ("<!--\n---\ntitle: a\n---\n-->\nx", 5),
        ("<!--\n---\ntitle: a\n---\nx -->\ny", 5),
        ("<!--\n---\ntitle: a\n---\nx", 0),
        ("+++\ntitle = 'a'\n+++\nx", 3),
        ("+++\ntitle = 'a'\n+++", 3),
        ('{\n"title": "a"\n}\nx', 3),
        ('{ "title": "a" } x', 0),
        ("x", 0),
    ],
)
def test_front_matter_of_hugo_has_its_lines(text, lines):
    header = read_front_matter(text, dialect_named("hugo").front_matter, ("title",))
    assert header.lines == lines
    assert [text[value.start : value.end].strip("\"'") for value in header.values] == ["a"] * (
        lines > 0
    )


@pytest.mark.parametrize(
    ("dialect", "text", "found"),
    [
        (
            "mdx",
            "a } b {c} {",
            [(Markup.STRAY, "}"), (Markup.EXPRESSION, "{c}"), (Markup.STRAY, "{")],
        ),
        ("mdx", "a < b <c/>", [(Markup.STRAY, "<"), (Markup.TAG, "<c/>")]),
        ("quarto", "[a] [b]", [(Markup.SHORT, "[a]"), (Markup.SHORT, "[b]")]),
        ("kramdown", "[a] [b]", [(Markup.REFERENCE, "[a] [b]")]),
        ("kramdown", "a [b](<c>) d", [(Markup.LINK, "[b](<c>)")]),
        ("kramdown", "a [b](<c> 'd') e", [(Markup.LINK, "[b](<c> 'd')")]),
        ("kramdown", "[b](c) ![d](e)", [(Markup.LINK, "[b](c)"), (Markup.IMAGE, "![d](e)")]),
    ],
)
def test_marks_reach_from_start_to_end(dialect, text, found):
    seen = marks(text, dialect_named(dialect).grammar)
    assert [(mark.kind, text[mark.start : mark.end]) for mark in seen] == found


def test_a_page_that_is_too_deep_for_the_stack_has_a_place(monkeypatch):
    parser = type(MKDOCS.parser)

    def too_deep(*_):
        raise RecursionError

    monkeypatch.setattr(parser, "blocks", too_deep)
    with pytest.raises(DocumentError) as caught:
        read(Document("a.md", "x\n"), MKDOCS)
    assert [(one.path, one.line, one.column) for one in caught.value.problems] == [("a.md", 1, 1)]


@pytest.mark.parametrize(
    ("source", "text", "written"),
    [
        ("a", "b | c", r"b \| c"),
        ("a | b", "c | d | e", "c | d | e"),
        ("a", "`b | c`", "`b | c`"),
        ("a", "b ` c", "b &#96; c"),
        ("a `", "b ` c", "b ` c"),
        ("a", "`b` `c", "`b` &#96;c"),
        ("a", "``b | c`` | ```", r"``b | c`` \| &#96;&#96;&#96;"),
        ("a", r"\| b", r"\| b"),
        ("a", r"b \` c", "b &#96; c"),
        ("`a`", "`b`", "`b`"),
        ("a", "b", "b"),
        (r"a \`", r"b \` c", r"b \` c"),
    ],
)
def test_marks_that_act_anywhere_are_escaped_in_kramdown(source, text, written):
    assert kramdown_escaped(source, text) == written


@pytest.mark.parametrize(
    ("source", "text", "written"),
    [
        ("a", "b | c", "b | c"),
        ("a", "b ` c", "b &#96; c"),
        ("a", r"\alpha x", r"\\alpha x"),
        (r"\alpha a", r"\alpha \beta", r"\alpha \\beta"),
        ("a", r"\\alpha", r"\\alpha"),
        ("a", "b^[c]", r"b\^[c]"),
        ("a^[b]", "c^[d]", "c^[d]"),
        ("a", "^b", r"\^b"),
        ("^a", "^b", "^b"),
        ("a", "b [c", r"b \[c"),
        ("a", "b] [c](d) $", r"b\] [c](d) \$"),
        ("a [", "b [c", "b [c"),
        ("a", "[b] $c$ `$`", "[b] $c$ `$`"),
    ],
)
def test_marks_that_act_anywhere_are_escaped_in_pandoc(source, text, written):
    assert pandoc_escaped(source, text) == written


def crossed(text):
    grammar = dialect_named("mdx").grammar
    tags = [mark for mark in marks(text, grammar) if mark.kind is Markup.TAG]
    shown = "".join(
        " " if any(tag.start <= at < tag.end for tag in tags) else one
        for at, one in enumerate(text)
    )
    return [feature.text for feature in crossings(text, tags, shown)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("*a <A>b</A> c*", []),
        ("<A>*b*</A> *c*", []),
        ("*a <A>b*</A>", ["* across a tag"]),
        ("<A>*b</A> c*", ["* across a tag"]),
        ("<A>**b</A> c**", ["** across a tag"]),
        ("<A><B>*b</B></A> c*", ["* across a tag"]),
        ("*a <A/> b*", []),
        ("*a <br> b*", []),
        ("*a</A> b*", []),
        ("*a* <A>*b*</A>", []),
        ("<A>a</A>", []),
    ],
)
def test_emphasis_crosses_no_element(text, found):
    assert crossed(text) == found


@pytest.mark.parametrize(
    ("text", "linked"),
    [
        ("see [One two]", "see [One two](#one-two)"),
        ("see [one  two][]", "see [one  two](#one-two)"),
        ("see [that][One two] or [three]", "see [that](#one-two) or [three]"),
        ("[One two]{.x} ![One two] [One two]", "[One two]{.x} ![One two] [One two](#one-two)"),
        ("[One two](a.md)", "[One two](a.md)"),
        ("`[One two]` [x][One two]", "`[One two]` [x](#one-two)"),
    ],
)
def test_references_to_headings_become_links(text, linked):
    document = Document("a.qmd", f"# One two\n\n## Other\n\n{text}\n")
    quarto = dialect_named("quarto")
    targets = heading_targets(read(document, quarto), document)
    assert targets["ONE TWO"] == "one-two"
    assert with_heading_links(text, targets, quarto.grammar) == linked
    plain = dialect_named("commonmark")
    assert heading_targets(read(document, plain), document) == {}


FILES = {
    "a.json": '{"one": "  Eins ", "two": ["zwei", {"deep": "dr\\u0065i"}], "n": 4}\n',
    "a.toml": 'one = \'  Eins \'\ntwo = ["zwei", {deep = "dr\\u0065i"}]\nn = 4\n',
    "a.yaml": "one: '  Eins '\ntwo: [zwei, {deep: \"dr\\u0065i\"}]\nn: 4\n",
}


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("path", FILES)
def test_texts_of_files_stand_between_their_quotes(path, newline):
    document = Document(path, FILES[path].replace("\n", newline))
    found = {".".join(map(str, one.trail)): one for one in string_texts(document)}
    assert {trail: one.text for trail, one in found.items()} == {
        "one": "  Eins ",
        "two.0": "zwei",
        "two.1.deep": "drei",
    }
    written = [document.text[one.span.start : one.span.end].strip("'\"") for one in found.values()]
    assert written == ["  Eins ", "zwei", "dr\\u0065i"]
    assert [edges(one) for one in found.values()] == [("  ", " "), ("", ""), ("", "")]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_strings_of_python_stand_between_their_quotes(newline):
    text = "é = 'ä'; b = \"c\"\nd = f'e'\ng = 'h' 'i'\nj = '''k'''\nl = r'm'\nn = 'o\\x70'\n"
    document = Document("conf.py", text.replace("\n", newline))
    found = [
        (one.trail, document.text[one.span.start : one.span.end], one.text)
        for one in string_texts(document)
    ]
    assert found == [(("é",), "ä", "ä"), (("b",), "c", "c"), (("n",), "o\\x70", "op")]


def places_of_parsers():
    for text in ('{"a": }', '{\n "a": 1,\n}', "[1 2]"):
        with pytest.raises(json.JSONDecodeError) as caught:
            json.loads(text)
        yield "a.json", text, (caught.value.lineno, caught.value.colno)
    for text in ("x = (\n", "a = 1\nb = = 2\n", "'"):
        with pytest.raises(SyntaxError) as broken:
            ast.parse(text)
        yield "conf.py", text, (broken.value.lineno, broken.value.offset)
    for text in ("a: [\n", "a: b: c\n", "a:\n  - 'b\n"):
        with pytest.raises(yaml.MarkedYAMLError) as marked:
            yaml.compose(text)
        mark = marked.value.problem_mark
        assert mark is not None
        yield "a.yaml", text, (mark.line + 1, mark.column + 1)


@pytest.mark.parametrize(("path", "text", "place"), list(places_of_parsers()))
def test_a_file_that_cannot_be_read_has_the_place_of_its_parser(path, text, place):
    with pytest.raises(DocumentError) as caught:
        string_texts(Document(path, text))
    assert [(one.line, one.column) for one in caught.value.problems] == [place]


@pytest.mark.parametrize("text", [f"x = {'-' * 100_000}1", "x = '\0'"], ids=["deep", "null"])
def test_python_without_a_place_has_that_of_its_file(text):
    with pytest.raises(DocumentError) as caught:
        string_texts(Document("conf.py", text))
    assert [(one.line, one.column) for one in caught.value.problems] == [(1, 1)]
    with pytest.raises(ValueError, match="is not valid Python"):
        shape_of(Document("conf.py", text))


@pytest.mark.parametrize(
    ("path", "old", "new", "same"),
    [
        ("a.py", "a = 'b'", 'a = "b"', True),
        ("a.py", "a = 'b'", "a = 'c'", False),
        ("a.py", "a = 'b'", "a = b", False),
        ("a.py", "a = 'b'", "a = f'b'", False),
        ("a.yaml", "a: b", "a: 'b'", True),
        ("a.yaml", "a: 1", "a: '1'", False),
        ("a.yaml", "a: &x b\nc: *x", "a: b\nc: b", False),
        ("a.yaml", "a: [b]", "a: {b: c}", False),
        ("a.json", '{"a": "b"}', '{ "a":"b" }', True),
        ("a.json", '{"a": 1}', '{"a": "1"}', False),
        ("a.json", '{"a": 1, "a": 2}', '{"a": 2}', False),
        ("a.json", '[["a"], "b"]', '[["a", "b"]]', False),
        ("a.toml", "a = 'b'", 'a = "b"', True),
        ("a.toml", "a = 1", "a = 1.0", False),
        ("a.toml", "a = true", "a = 'true'", False),
    ],
)
def test_files_that_say_the_same_have_one_shape(path, old, new, same):
    assert (shape_of(Document(path, f"{old}\n")) == shape_of(Document(path, f"{new}\n"))) is same


@pytest.mark.parametrize(
    ("path", "error"),
    [("", True), ("a..b", True), ("a.", True), ("a.*.b", False), ("!a", False)],
)
def test_what_is_a_path_of_keys(path, error):
    if error:
        with pytest.raises(ValueError, match="is not a key path"):
            KeyPaths.parse([path])
    else:
        assert KeyPaths.parse([path]).choose(("a", "x", "b")) == (path == "a.*.b")
