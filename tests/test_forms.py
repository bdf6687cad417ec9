"""How a translation stands in its place: prefixes, pipes, quotes, reference labels."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference

from toolkit.dialects import dialect_named
from toolkit.dialects.inline.grammar import COMMONMARK
from toolkit.model.document import Document
from toolkit.reading.segment import segment
from toolkit.reading.segment.words import short_references, used_labels
from toolkit.writing.assemble import assemble, with_labels
from toolkit.writing.forms import _bracketed, spread


def built(text, translations, dialect="gfm"):
    document = Document("page.md", text)
    units = segment(document, dialect_named(dialect))
    return assemble(
        document, units, {(None, key): value for key, value in translations.items()}
    ).text


@pytest.mark.parametrize(
    ("source", "translation", "expected"),
    [
        ("> a  \n> b\n", "x  \ny", "> x  \n> y\n"),
        ("> - a\\\n>   b\n", "x\\\ny", "> - x\\\n>   y\n"),
        ("- a  \n  b\n", "x  \ny", "- x  \n  y\n"),
        ("a\nb\nc\n", "x y z", "x y z\n"),
        ("a  \r\nb\r\n", "x  \ny", "x  \r\ny\r\n"),
    ],
)
def test_line_breaks_get_the_prefix_of_the_container(source, translation, expected):
    units = segment(Document("page.md", source), dialect_named("gfm"))
    assert built(source, {units[0].text: translation}) == expected


@pytest.mark.parametrize(
    ("page", "text", "written"),
    [
        # A tag in lines stays in lines, whether it starts a block or a paragraph.
        (
            '<img\nalt="A" src="a.png"> x',
            '<img alt="B" src="a.png"> y',
            '<img\nalt="B" src="a.png"> y',
        ),
        ('<img alt="A"> x', '<img alt="B"> y', '<img alt="B"> y'),
        ('<b lang="de">x</b> <i\nlang="de">y</i>', '<b lang="de">u</b> v', '<b lang="de">u</b> v'),
        ('<a href="x">One</a>\ntwo.', '<a href="x"> Eins</a> zwei.', '<a href="x"> Eins</a> zwei.'),
    ],
)
def test_tags_stay_in_their_lines(page, text, written):
    document = Document("a.md", f"{page}\n")
    dialect = dialect_named("gfm")
    (unit,) = segment(document, dialect)
    assert spread(unit, document, text) == written


def test_an_added_line_break_gets_a_prefix_too():
    assert built("> - a\n", {"a": "x  \ny"}) == "> - x  \n>   y\n"
    assert built("1. a\n", {"a": "x  \ny"}) == "1. x  \n   y\n"


def test_pipes_in_cells():
    page = "| a |\n|---|\n| b |\n"
    assert "| x \\| `y\\|z` |" in built(page, {"b": "x | `y|z`"}, "gfm")
    assert "| x \\| `y|z` |" in built(page, {"b": "x | `y|z`"}, "mkdocs")


def test_headings_cells_and_titles_stay_on_one_line():
    page = '# a\n\n| b |\n|---|\n\n!!! note "c"\n'
    text = built(page, {"a": "x\n\ny", "b": "x\ny", "c": "x\ny"}, "mkdocs")
    assert text == '# x y\n\n| x y |\n|---|\n\n!!! note "x y"\n'


@pytest.mark.parametrize(
    ("page", "quoted"),
    [
        ('[a]: /u "T"\n\n[a]\n', "&quot;"),
        ("[a]: /u 'T'\n\n[a]\n", "&#39;"),
        ("[a]: /u (T)\n\n[a]\n", "&#41;"),
    ],
)
def test_titles_of_references_keep_their_delimiter(page, quoted):
    closing = {"&quot;": '"', "&#39;": "'", "&#41;": ")"}[quoted]
    text = built(page, {"T": f"x{closing}y"}, "commonmark")
    assert quoted in text
    (_, inline, _) = MarkdownIt().parse(text)
    assert inline.children
    assert inline.children[0].attrs["title"] == f"x{closing}y"


LABELS = [
    ("[guide]", "Die [Anleitung].", "Die [Anleitung][guide]."),
    ("[guide]", "Die [Anleitung][].", "Die [Anleitung][guide]."),
    ("[guide]", "Die [guide].", "Die [guide]."),
    ("[guide]", "Die [GUIDE][].", "Die [GUIDE][]."),
    ("![logo]", "![Zeichen][] hier", "![Zeichen][logo] hier"),
    ("[a] [b]", "[b] und [A-Text]", "[b] und [A-Text][a]"),
    ("[a] [b]", "[eins] und [zwei]", "[eins][a] und [zwei][b]"),
    ("[a] [a]", "[eins] und [a]", "[eins][a] und [a]"),
    ("[a]", "[x](/u) und [y][z] und [eins]", "[x](/u) und [y][z] und [eins][a]"),
    ("[a]", "`[x]` und [eins]: ja", "`[x]` und [eins][a]: ja"),
    ("[a]", "[^1] und [eins]", "[^1] und [eins][a]"),
    ("[a] ![b]", "![zwei] und [eins]", "![zwei][b] und [eins][a]"),
    ("[a]", "![eins]", "![eins]"),
    ("![a]", "[eins]", "[eins]"),
    ("x", "[frei]", "[frei]"),
]


@pytest.mark.parametrize(("source", "translation", "expected"), LABELS)
def test_short_references_become_full_ones(source, translation, expected):
    labels = used_labels(source, {"A", "B", "GUIDE", "LOGO"}, COMMONMARK)
    assert with_labels(source, labels, translation) == expected


BRACKETS = "[ ] [] ![ [a] [A·b] [[a]·c] `a` `]` \\[ \\] ( ](x) ^ a A b c".split()


@settings(max_examples=100)
@given(
    dialect=st.sampled_from(["commonmark", "mkdocs", "kramdown", "quarto", "docusaurus"]),
    pieces=st.lists(st.sampled_from(BRACKETS), max_size=12),
    defined=st.sets(st.sampled_from(["A", "B", "A B", "[A] C", "`A`", "]", "A\\]", ""])),
)
def test_only_texts_with_a_defined_label_in_brackets_refer(dialect, pieces, defined):
    text, grammar = "".join(pieces).replace("·", " "), dialect_named(dialect).grammar
    found = [text[start + 1 : end - 1] for start, end in short_references(text, grammar)]
    expected = [label for label in found if normalizeReference(label) in defined]
    assert list(used_labels(text, defined, grammar)) == expected


def test_translated_references_still_lead_where_they_did():
    definitions = "\n\n[guide]: /guide\n[logo]: /logo.png\n"
    page = f"See [guide], ![logo][] and [guide][].{definitions}"
    translation = "Siehe [Anleitung], ![Zeichen][] und [nochmals][]."
    text = built(page, {page.split("\n", maxsplit=1)[0]: translation}, "commonmark")
    children = MarkdownIt().parse(text)[1].children or ()
    targets = [token.attrs.get("href") or token.attrs.get("src") for token in children]
    assert [target for target in targets if target] == ["/guide", "/logo.png", "/guide"]


@pytest.mark.parametrize(
    ("text", "written"),
    [("a [b] c", "a [b] c"), ("a ] b", r"a \] b"), ("[a", r"\[a"), (r"a \] b ]", r"a \] b \]")],
)
def test_brackets_without_a_partner_are_escaped(text, written):
    (unit,) = segment(Document("a.md", "a\n"), dialect_named("gfm"))
    assert _bracketed(unit, text, "") == written
