"""The parts that keep a built page as its source: each on both sides of what it decides."""

import json
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from toolkit.dialects import dialect_named
from toolkit.dialects.inline.grammar import COMMONMARK
from toolkit.model.catalog import MessageKey
from toolkit.model.document import Document, Edit, Span
from toolkit.reading.segment import FRONT_MATTER_KEYS, read, read_blocks
from toolkit.writing.guard import Guard, _takes_quote, guilt
from toolkit.writing.guard.anywhere import has_commit, macro_spans
from toolkit.writing.guard.escapes import _ended, _has_lists, _open_ended
from toolkit.writing.guard.feature import Act, Feature, host_of, is_allowed, meant
from toolkit.writing.guard.foreign import foreign_features
from toolkit.writing.guard.guilt import Court
from toolkit.writing.guard.skeleton import same_skeleton

TABLE = "| a | b |\n|---|---|\n| 1 | 2 |"
ALIKE = [
    ("gfm", "# a", "# b", True),
    ("gfm", "# a", "## a", False),
    ("gfm", "# a", "a", False),
    ("gfm", "- a", "- b", True),
    ("gfm", "- a", "* a", False),
    ("gfm", "- a\n- b", "- a", False),
    ("gfm", "1. a", "1. b", True),
    ("gfm", "1. a", "2. a", False),
    ("gfm", "> a", "> > a", False),
    ("gfm", TABLE, TABLE.replace("1", "eins"), True),
    ("gfm", TABLE, TABLE.replace("1", "1 | 3"), False),
    ("gfm", TABLE, TABLE.replace("1", "1 \\| 3"), True),
    ("gfm", TABLE.replace("1", "1 \\| 3"), TABLE.replace("1", "1 \\| 3 \\| 4"), True),
    ("gfm", TABLE.replace("1", "1 \\| 3"), TABLE.replace("1", "1 \\| 3 | 4"), False),
    ("gfm", TABLE, f"{TABLE}\n| 3 | 4 |", False),
    ("gfm", TABLE, TABLE.replace("|---|", "|---|---|").replace("| a", "| c | a"), False),
    ("gfm", TABLE, "1 | 2".join(TABLE.rsplit("| 1 | 2 |", 1)), True),
    ("gfm", TABLE, TABLE.replace("|---|---|", "| - | - |"), True),
    ("gfm", TABLE, "a", False),
    ("gfm", "```\na\n```", "```\na\n```", True),
    ("gfm", "```\na\n```", "```\nb\n```", False),
    ("gfm", "```py\na\n```", "```js\na\n```", False),
    ("gfm", "```\na\n```", "~~~\na\n~~~", False),
    ("gfm", "<div>a</div>", "<div>b</div>", True),
    ("gfm", "<div>a</div>", "<p>a</p>", False),
    ("gfm", "<div><b>a</b></div>", "<div>a</div>", True),
    ("gfm", "<div>a<hr></div>", "<div>a</div>", False),
    ("gfm", "<div><!-- a --></div>", "<div></div>", False),
    ("gfm", "[a]: b.md", "[a]: c.md", False),
    ("gfm", "[a]: b.md", "[b]: b.md", False),
    ("gfm", "[a]: b.md 'x'", "[a]: b.md 'y'", True),
    ("gfm", "[a]: b.md 'x'", "[a]: b.md", False),
    ("gfm", "---\ntitle: a\n---", "---\ntitle: b\n---", True),
    ("gfm", "---\ntitle: a\n---", "---\ndescription: a\n---", False),
    ("gfm", "---\ntitle: a\n---", "---\ntitle: >\n  a\n---", True),
    ("mkdocs", "---\ntitle: a\n---", "a", False),
    ("mkdocs", '!!! note "a"\n    x', '!!! note "b"\n    x', True),
    ("mkdocs", '!!! note "a"\n    x', '!!! tip "a"\n    x', False),
    ("mkdocs", '=== "a"\n    x', '=== "b"\n    x', True),
    ("mkdocs", '=== "a"\n    x', '=== "a"\n\nx', False),
    ("mdx", "<A>\n\na\n\n</A>", "<A>\n\nb\n\n</A>", True),
    ("mdx", "<A>\n\na\n\n</A>", "<B>\n\na\n\n</B>", False),
]


@pytest.mark.parametrize(("name", "page", "other", "same"), ALIKE)
def test_a_page_is_built_as_its_source(name, page, other, same):
    dialect = dialect_named(name)

    def reading(text):
        return read_blocks(Document("a.md", f"{text}\n\nend\n"), dialect, ("title", "description"))

    assert same_skeleton(reading(page), reading(other), dialect) is same
    assert same_skeleton(reading(other), reading(page), dialect) is same


def shown(text):
    """Return what a program of CommonMark shows, without the block around it."""
    html = MarkdownIt("commonmark").render(text)
    return html[html.index(">") + 1 : html.rindex("<")]


@given(st.text(st.sampled_from("#\\ aC"), max_size=8))
@example("\\#")
@example("\\\\#")
@example("\\\\\\##")
@example(" \\\\\\\\##")
def test_a_heading_shows_the_marks_at_its_end(text):
    text = f"x{text}".strip()
    assert shown(f"## {_open_ended(text)}") == shown(text)
    if not text.endswith("#"):
        assert _open_ended(text) == text


@given(st.text(st.sampled_from("\\ a*"), max_size=8))
def test_a_backslash_at_the_end_escapes_nothing_behind_it(text):
    text = f"x{text}".strip()
    assert shown(f"{_ended(text)}*b*").endswith("<em>b</em>") or "*" in text
    assert shown(_ended(text)) == shown(text)


@pytest.mark.parametrize(
    ("text", "takes"),
    [("a", False), ("a\\", True), ("a\\\\", False), ("a\\\\\\", True), ("a\\\\\\\\", False)],
)
def test_a_backslash_takes_the_quote_behind_it(text, takes):
    assert _takes_quote(text) is takes
    assert _takes_quote(f"{text}'") is takes


@pytest.mark.parametrize(
    ("dialect", "lines", "known", "lists"),
    [
        ("myst", ["a", "{.x}"], ["a"], True),
        # A line of the source that starts so is text there, if it is no list.
        ("myst", ["a", "{x} b"], ["a", "{x}"], False),
        ("myst", ["a", "{x} b"], ["a"], True),
        ("myst", ["a", "{x} b"], ["{x}", "a"], True),
        ("myst", ["a", "{.x}"], ["a", "{.x}"], True),
        ("myst", ["{.x}", "a"], ["a"], False),
        ("myst", ["a", "b"], ["a"], False),
        ("myst", ["a", "{ref}`b`"], ["a"], False),
        ("docusaurus", ["`a", "{:b}`"], ["a"], True),
    ],
)
def test_lines_that_could_be_lists_of_attributes(dialect, lines, known, lists):
    assert _has_lists(lines, known, dialect_named(dialect)) is lists


@pytest.mark.parametrize(
    ("text", "found"),
    [("a" * 40, True), ("a" * 39, False), ("g" * 40, False), (f"x {'0' * 41}", True), ("", False)],
)
def test_forty_digits_may_be_a_commit(text, found):
    assert has_commit(text) is found


def test_a_feature_is_what_it_does():
    assert Feature(Act.TARGET, "a") == Feature(Act.TARGET, "a", bare=True)
    assert not Feature(Act.TARGET, "a").bare
    assert Feature(Act.TARGET, "a") != Feature(Act.IMAGE, "a")


@pytest.mark.parametrize(
    ("target", "host"),
    [
        ("https://a.example/b", "a.example"),
        ("http://A.example:80?x", "a.example"),
        ("//a.example", "a.example"),
        ("a/b", ""),
        ("https://a.example@b.example", ""),
        ("https://a.example\\b", ""),
    ],
)
def test_a_host_is_that_of_a_plain_address(target, host):
    assert host_of(target) == host


@pytest.mark.parametrize(
    ("feature", "allowed", "fine"),
    [
        (Feature(Act.TARGET, "https://a.example/b"), ("a.example",), True),
        (Feature(Act.IMAGE, "https://a.example/b"), ("a.example",), True),
        (Feature(Act.TARGET, "https://b.example/b"), ("a.example",), False),
        (Feature(Act.TARGET, "/de/a"), ("/de",), True),
        (Feature(Act.TARGET, "/de/a"), ("/de/",), True),
        (Feature(Act.TARGET, "/de"), ("/de",), True),
        (Feature(Act.TARGET, "/den"), ("/de",), False),
        (Feature(Act.TARGET, "/de/../x"), ("/de",), False),
        (Feature(Act.TARGET, "/x?/de"), ("/de",), False),
        (Feature(Act.TARGET, "/de?x#y"), ("/de",), True),
        (Feature(Act.TARGET, "//de/x"), ("/de",), False),
        # A lone slash allows nothing, and neither does an element or a host.
        (Feature(Act.TARGET, "/x"), ("/",), False),
        (Feature(Act.TARGET, "/kbd"), ("kbd",), False),
        (Feature(Act.TARGET, "/x"), ("x",), False),
        (Feature(Act.HTML, "<kbd>"), ("kbd",), True),
        (Feature(Act.HTML, "</kbd>"), ("kbd",), True),
        (Feature(Act.HTML, "<kbd id='x'>"), ("kbd",), False),
        (Feature(Act.HTML, "<b>"), ("kbd",), False),
        (Feature(Act.MACRO, "kbd"), ("kbd",), False),
    ],
)
def test_settings_allow_hosts_paths_and_elements(feature, allowed, fine):
    assert is_allowed(feature, allowed) is fine


@pytest.mark.parametrize(
    ("target", "known", "found"),
    [
        ("https://a.example/b，c", ["https://a.example/b"], "https://a.example/b"),
        ("https://a.example/b.", ["https://a.example/b"], "https://a.example/b"),
        ("https://a.example/bc", ["https://a.example/b"], ""),
        ("https://a.example/b，c", ["https://a.example/b", "https://a.example/"], "longest"),
        ("https://a.example，c", ["https://a.example"], ""),
        ("https://a.example", ["https://a.example"], ""),
        ("https://a.example/", [""], ""),
        ("a，b", ["a"], "a"),
        ("https://a.example/b，c", [], ""),
    ],
)
def test_a_bare_url_is_meant_to_end_before_the_sentence(target, known, found):
    assert meant(target, known) == (known[0] if found == "longest" else found)


@pytest.mark.parametrize(
    ("source", "translation", "brought"),
    [
        ("a", "b @@x@@", ["@@x@@"]),
        ("a @@x@@", "b @@x@@", []),
        ("a @@x@@", "b @@y@@ @@x@@", ["@@y@@"]),
        ("a @@x@@", "b @@y@@ @@z@@ @@y@@", ["@@y@@", "@@z@@"]),
        ("a", "b ((z))", ["((z))"]),
        ("a", "b", []),
    ],
)
def test_a_project_has_syntax_of_its_own(source, translation, brought):
    grammar = replace(COMMONMARK, own_syntax=("@@(\\w)@@", "\\(\\(\\w\\)\\)"))
    found = foreign_features(source, translation, grammar)
    assert [(one.act, one.text) for one in found] == [(Act.MACRO, text) for text in brought]


def court(text):
    dialect = dialect_named("gfm")
    document = Document("a.md", text)
    reading = read(document, dialect)
    return Court(document, reading, dialect, FRONT_MATTER_KEYS), {
        unit.text: unit.span for unit in reading.units
    }


def test_the_guilty_are_those_without_which_the_others_are_sound():
    text = "---\ntitle: head\n---\n\n# top\n\n- one\n- two\n\n  > three\n\nlast\n"
    judge, spans = court(text)
    fine = [Edit(spans[name], "fein") for name in ("top", "one", "last")]
    assert judge.is_sound(judge.document.edited(fine))
    assert judge.guilty(fine) == frozenset()
    for name in ("two", "three", "last", "top"):
        bad = Edit(spans[name], "a\n\n# b")
        others = [edit for edit in fine if edit.span != bad.span]
        assert judge.guilty([*others, bad]) == {bad}, name


def test_texts_that_break_a_page_together_are_found():
    """The start and the end of a comment are harmless each alone."""
    judge, spans = court("one\n\ntwo\n\nthree\n")
    pair = [Edit(spans["one"], "<!--"), Edit(spans["two"], "zwei"), Edit(spans["three"], "-->")]
    guilty = judge.guilty(pair)
    kept = [edit for edit in pair if edit not in guilty]
    assert guilty
    assert pair[1] in kept
    assert judge.is_sound(judge.document.edited(kept))


@pytest.mark.parametrize(
    ("dialect", "page", "text", "built"),
    [
        # A text in two lines stays in two where one would be something else.
        ("gfm", "one\ntwo\n===\n\nx", "eins zwei", "eins\nzwei\n==="),
        ("gfm", "one\n---\n\nx", "eins zwei", "eins zwei\n---"),
        ("gfm", "one [a](c)\ntwo\n===\n\nx", "eins [a b](c)", "eins\n[a b](c)\n==="),
        ("gfm", "one [a](c)\ntwo\n===\n\nx", "[a b](c) eins", "[a b](c)\neins\n==="),
        ("gfm", "one\ntwo\n===\n\nx", "eins `a b`", "eins\n`a b`\n==="),
        ("gfm", "one\ntwo\n===\n\nx", "eins (a b", "eins\n(a b\n==="),
        ("gfm", "one\ntwo\n===\n\nx", "一，二", "一，\n二\n==="),
    ],
)
def test_a_heading_of_two_lines_stays_one(dialect, page, text, built):
    chosen = dialect_named(dialect)
    document = Document("a.md", page)
    reading = read(document, chosen)
    found = Guard(chosen, ()).built(document, reading, {(None, reading.units[0].text): text})
    assert found.text == page.replace(page.partition("\n\n")[0], built)
    assert not found.refusals


def test_a_text_without_a_place_for_a_line_end_stays_in_one_line():
    """A line end within a link would be one of its text."""
    chosen = dialect_named("gfm")
    document = Document("a.md", "[one\ntwo](c)\n---\n")
    reading = read(document, chosen)
    found = Guard(chosen, ()).built(document, reading, {(None, "[one two](c)"): "[eins](c)"})
    assert found.text == "[eins](c)\n---\n"


def test_what_breaks_a_page_alone_is_told_soon(monkeypatch):
    """A program may show something for a text on its page that it does not show in a piece."""
    judge, spans = court("one\n\ntwo\n\nend of the page\n")
    one, two = Edit(spans["one"], "EINS"), Edit(spans["two"], "ZWEI")
    judge = replace(judge, outline=lambda text: "EINS" in text and "end" in text)
    monkeypatch.setattr(guilt, "_MOST_PAGES", 3)
    assert judge.guilty([one, two]) == {one}
    # After as many pages nothing is looked for any more.
    monkeypatch.setattr(guilt, "_MOST_PAGES", 2)
    assert judge.guilty([one, two]) == {one, two}


@pytest.mark.parametrize(("guilty", "found"), [(28, 28), (30, 32)])
def test_sixty_readings_of_a_page_are_enough(guilty, found):
    """Halves of 32 texts, the last ones innocent by twos, are 59 or 61 pages."""
    words = [f"word{number}" for number in range(32)]
    judge, spans = court("".join(f"{word}\n\n" for word in words) + "end of the page\n")
    edits = [
        Edit(spans[word], f"{word} X" if n < guilty else "fein") for n, word in enumerate(words)
    ]
    judge = replace(judge, outline=lambda text: "end" in text and text.count("X"))
    assert len(judge.guilty(edits)) == found


def test_pieces_of_a_page_have_paragraphs_around_them_but_for_its_front_matter():
    judge, spans = court("---\ntitle: head\n---\n\none\n\ntwo\n")
    seen = []
    judge = replace(judge, outline=seen.append)
    edits = [Edit(spans["head"], "Kopf"), Edit(spans["two"], "zwei")]
    assert judge.guilty(edits) == frozenset()
    assert "---\ntitle: Kopf\n---\n\n\nyiben\n" in seen
    assert "yiben\n\nzwei\n\n\nyiben\n" in seen


def test_a_page_may_be_front_matter_alone():
    judge, spans = court("---\ntitle: head\n---")
    assert judge.guilty([Edit(spans["head"], "Kopf")]) == frozenset()
    bad = Edit(spans["head"], "x\n---\ny")
    assert judge.guilty([bad]) == {bad}


@pytest.mark.parametrize(
    ("spans", "starts"),
    [
        ([(3, 7)], [0, 9]),
        ([(5, 9)], [0, 5, 9]),
        ([(4, 10)], [0]),
        ([(0, 5)], [0, 5, 9]),
        ([], [0, 5, 9]),
        ([(0, 1), (5, 6)], [0, 5, 9]),
    ],
)
def test_a_piece_starts_within_no_text(spans, starts):
    assert guilt._outside([0, 5, 9], [Edit(Span(*span), "") for span in spans]) == starts


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("&#x110000; and &#XD800;", ["&#x110000;", "&#xd800;"]),
        ("&#1114112; &#x10FFFF; &#xE000; &#xD7FF;", ["&#1114112;"]),
        ("&#00000000065;", []),
        ("&#999999999999999999;", ["&#999999999999999999;"]),
    ],
)
def test_references_to_what_is_no_character(text, found):
    features = foreign_features("a", text, COMMONMARK)
    assert [one.text for one in features if one.act is Act.CHARACTER] == found


@pytest.mark.parametrize(
    ("text", "macros"),
    [
        ("{{}}", ["{{}}"]),
        ("{{ a }}b", ["{{ a }}"]),
        ("a {{ b", ["{{"]),
        ("a }} b", ["}}"]),
        ("}} {{ a", ["}}", "{{"]),
        ("{% a %}{# b #}${c}", ["{% a %}", "{# b #}", "${c}"]),
        ("{{ a {% b }} c", ["{{ a {% b }}"]),
        ("{% a }}", ["{%", "}}"]),
        ("a { b } %", []),
    ],
)
def test_macros_end_with_their_marks(text, macros):
    assert [text[start:end] for start, end in macro_spans(text)] == macros


@pytest.mark.parametrize(
    ("dialect", "page", "source", "text", "line"),
    [
        ("gfm", "> words", "words", "[!NOTE]", "> \\[!NOTE]"),
        ("gfm", "> words", "words", "[NOTE]", "> [NOTE]"),
        # A cell of GFM ends at a pipe whatever stands around it; a loose backtick is text.
        ("gfm", "| words | b |\n|---|---|", "words", "x ` y", "| x ` y | b |"),
        ("mkdocs", "| words | b |\n|---|---|", "words", "x ` y", "| x &#96; y | b |"),
        ("mkdocs", "| words | b |\n|---|---|", "words", "x `a|b` y", "| x `a|b` y | b |"),
        ("mkdocs", "| words | b |\n|---|---|", "words", "x a|b y", "| x a\\|b y | b |"),
        ("gfm", "words", "words", "- x", "\\- x"),
        ("gfm", "words", "words", "1. x", "1\\. x"),
        ("gfm", "words", "words", "---", "\\---"),
        ("gfm", "words", "words", "```", "&#96;&#96;&#96;"),
        ("gfm", "words", "words", "# x", "\\# x"),
        ("gfm", "words", "words", "> x", "\\> x"),
        ("gfm", "- words", "words", "[ ] x", "- \\[ ] x"),
        ("gfm", "# words", "words", "x #", "# x \\#"),
        ("gfm", "# words", "words", "x \\#", "# x \\#"),
        ("gfm", "words", "words", "a | b", "a | b"),
    ],
)
def test_what_would_be_a_block_is_escaped(dialect, page, source, text, line):
    chosen = dialect_named(dialect)
    document = Document("a.md", f"start\n\n{page}\n")
    reading = read(document, chosen)
    assert source in {unit.text for unit in reading.units}
    found = Guard(chosen, ()).built(document, reading, {(None, source): text})
    assert found.text.split("\n")[2] == line


def test_the_line_of_a_text_in_a_notebook_is_its_own():
    """A cell of a table without borders, a task: what stands before them in their line decides."""
    cells = [
        ("markdown", "one\n\ntwo\n\nthree"),
        ("markdown", "a | b\n--|--\nwords | c\n\n- [ ] task"),
    ]
    made = [{"cell_type": kind, "metadata": {}, "source": text} for kind, text in cells]
    data = {"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    document = Document.from_bytes("a.ipynb", json.dumps(data).encode())
    dialect = dialect_named("gfm").for_file("a.ipynb")
    reading = read(document, dialect)
    texts: dict[MessageKey, str] = {(None, "words"): "- x", (None, "task"): "[x] y"}
    found = Guard(dialect, ()).built(document, reading, texts)
    assert not found.refusals
    assert "\\- x | c" in found.document.text
    assert "- [ ] [&#120;] y" in found.document.text


@pytest.mark.parametrize(
    ("dialect", "text", "first"),
    [
        ("mkdocs", "key: x", "&#107;ey: x"),
        ("hugo", "+++ x", "\\+++ x"),
        ("quarto", "% x", "&#37; x"),
        ("gfm", "key: x", "key: x"),
    ],
)
def test_what_would_be_front_matter_is_escaped_at_the_start_alone(dialect, text, first):
    chosen = dialect_named(dialect)
    for page, written in (("words\n", first), ("start\n\nwords\n", text)):
        document = Document("a.md", page)
        found = Guard(chosen, ()).built(document, read(document, chosen), {(None, "words"): text})
        assert found.text == page.replace("words", written)
