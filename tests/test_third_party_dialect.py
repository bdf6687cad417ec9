"""A dialect of somebody else's, made of what `toolkit.dialects.api` offers, is a full citizen."""

import re
from dataclasses import dataclass, fields, replace

import pytest

from toolkit.dialects.api import (
    CodePart,
    Dialect,
    Emphasis,
    FrontMatter,
    Grammar,
    OwnLeaf,
    OwnSyntax,
    Syntax,
    Text,
    Title,
    dialect_named,
    line_rule,
    line_text,
    push_leaf,
    read_leaf,
    read_paragraph,
)
from toolkit.model.document import Document
from toolkit.model.units import Form, Kind
from toolkit.reading.anchors import heading_ids
from toolkit.reading.explaining import explanations
from toolkit.reading.page import Page
from toolkit.reading.segment import read
from toolkit.reading.targets import targets
from toolkit.testing import assert_round_trip
from toolkit.writing.guard import Guard

GFM = dialect_named("gfm")
SECRET = re.compile(r"%%[^\n]*")


def secrets(parser):
    """Leave out lines that start with two percent signs."""
    parser.block.add("secret", line_rule(SECRET), before="code", starts="%")


CARD = re.compile(r"card\((?P<title>[^|)\n]+)\|(?P<text>[^)\n]+)\)")


@dataclass(frozen=True, slots=True)
class Card(OwnLeaf):
    """`card(title|text)` in a line of its own."""

    texts: tuple[tuple[int, int], ...] = ()


def card(state, start, _end, silent):
    found = CARD.fullmatch(line_text(state, start))
    if found and not silent:
        offset = state.bMarks[start] + state.tShift[start]
        places = (found.span(name) for name in ("title", "text"))
        texts = tuple((offset + left, offset + right) for left, right in places)
        push_leaf(state, (start, start + 1), Card(texts))
    return bool(found)


def cards(parser):
    """Add blocks of a kind that no dialect of ours has, with two texts each."""
    parser.block.add("card", card, before="code", starts="c")
    read_leaf(parser, Card, texts_of)


LABEL = re.compile(r"\((?P<label>[a-z ]+)\) (?=.)")


def labels(parser):
    """Make units of labels in front of paragraphs: `(so it is) Text.`"""
    read_paragraph(parser, without_label)


def without_label(block, opened, source):
    first, *rest = block.lines
    found = LABEL.match(source, *first) if not opened else None
    if found:
        yield Title(found.span("label"), Kind.BLOCK_TITLE, Form.LINE, "label")
        yield Text(((found.end(), first[1]), *rest))
    else:
        yield block


def texts_of(block, _source):
    for name, span in zip(("title", "text"), block.texts, strict=True):
        yield Title(span, Kind.BLOCK_TITLE, Form.LINE, f"card {name}")


def escaped(source, text):
    return text if "@" in source else text.replace("@", "\\@")


def configured(own):
    return replace(WIKI, local_schemes=(*WIKI.local_schemes, *own.parameters))


WIKI = Dialect(
    name="wiki",
    description="Pages of a wiki, with cards",
    plugins=(*GFM.plugins, secrets, cards, labels),
    syntax=frozenset({Syntax.ALERT, Syntax.TABLE, Syntax.ROLE}),
    front_matter=FrontMatter.MKDOCS,
    front_matter_texts=("motto",),
    grammar=Grammar(bare=True),
    attribute_lists=True,
    heading_id=" {#ID}",
    markdown_in_html=True,
    slugs="vitepress",
    code={"wiki": CodePart.BLOCKS},
    fence_titles=True,
    fence_labels=True,
    contents_page="INDEX.md",
    includes=r"<<(?P<path>[^>\n]{1,99})>>",
    local_schemes=("page:",),
    escaping=escaped,
    emphasis=Emphasis.PYTHON_MARKDOWN,
    inline=(r"~[a-z]{1,20}~",),
    made=configured,
    nesting=lambda text: tuple(re.findall(r"~[a-z]{1,20}~", text)),
    vanishing=re.compile(r"\{\? [a-z]{1,20} \?\}"),
    inserting=re.compile("<<"),
    by_line_starts=GFM.plugins,
)


def page_of(text, dialect=WIKI, name="page.md"):
    document = Document(name, text)
    return Page(document, read(document, dialect))


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("%% not for readers\n\nFor readers.\n", ["For readers."]),
        ("title: A title\nmotto: Read it\nother: x\n\nText.\n", ["A title", "Read it", "Text."]),
        ("## Head {#own}\n\nText.\n", ["Head", "Text."]),
        ("> [!NOTE] Mind this\n> Text.\n", ["Mind this", "Text."]),
        ("```wiki\nso it says\n```\n\n```sh\nls\n```\n", ["so it says"]),
        ('```sh title="A file"\nls\n```\n\nText.\n', ["A file", "Text."]),
        ("~macro~\n\nText with ~macro~.\n", ["Text with ~macro~."]),
        ("(so it is) Text\nof two lines.\n", ["so it is", "Text of two lines."]),
        ("> (so it is) Text.\n", ["(so it is) Text."]),
        ("- card(Title|Text)\n\n  Text.\n", ["Title", "Text", "Text."]),
    ],
)
def test_its_pages_have_the_units_that_it_says(text, units):
    page = page_of(text)
    assert [unit.text for unit in page.units] == units
    assert_round_trip(WIKI, text)


def test_a_block_of_its_own_is_translated_text_by_text():
    page = page_of("card(Title|Text)\n")
    assert [unit.detail for unit in page.units] == [
        "block title · card title",
        "block title · card text",
    ]
    built = Guard(WIKI, ()).built(
        page.document, page.reading, {(None, "Title"): "Titel", (None, "Text"): "Wort"}
    )
    assert built.document.text == "card(Titel|Wort)\n"


def test_only_the_texts_of_links_are_units_of_its_contents_page():
    text = "# Contents\n\n- [One](one.md)\n"
    listed, other = (
        [unit.text for unit in page_of(text, name=name).units] for name in ("INDEX.md", "x.md")
    )
    assert (listed, other) == (["Contents", "One"], ["Contents", "[One](one.md)"])


def test_links_are_found_in_html_that_holds_markdown_only_where_it_says_so():
    text = '<div markdown="1">\n[a link](other.md)\n</div>\n'
    for dialect, found in ((WIKI, ["other.md"]), (replace(WIKI, markdown_in_html=False), [])):
        page = page_of(text, dialect)
        assert [one.url for one in targets(page.document, page.reading, dialect)] == found


def test_ids_are_made_its_way():
    page = page_of("## A Head {#own}\n\n## Other head\n")
    ids = heading_ids(page.reading, page.document, WIKI, WIKI.slugs)
    assert [one.id for one in ids] == ["own", "other-head"]


def test_an_explanation_asks_it_and_names_it():
    text = "{{< ref >}} and {ref}`x`.\n"
    told = [one.text for one in explanations(page_of(text), [GFM, WIKI])]
    assert told == [] or all("a role" not in one for one in told)
    told = [one.text for one in explanations(page_of(text, GFM), [GFM, WIKI])]
    assert any("a role" in one and "dialect wiki supports it" in one for one in told)
    assert any(one.endswith("is read as text") for one in told)


def test_its_escapes_and_its_nesting_guard_translations():
    page = page_of("Text with ~macro~.\n")
    key = (None, "Text with ~macro~.")
    guard = Guard(WIKI, ())
    assert "\\@" in guard.built(page.document, page.reading, {key: "@ ~macro~"}).document.text
    assert guard.built(page.document, page.reading, {key: "Ohne."}).refusals


def test_its_tags_may_leave_nothing():
    page = page_of("Some words.\n")
    text = "{? if ?}[a](javascript:b){? end ?}"
    assert (
        Guard(WIKI, ()).built(page.document, page.reading, {(None, "Some words."): text}).refusals
    )


def test_what_it_inserts_may_define_labels():
    page = page_of("Some words.\n\n<<defined.md>>\n")
    built = Guard(WIKI, ()).built(page.document, page.reading, {(None, "Some words."): "[Worte]."})
    assert built.text.startswith("\\[Worte].")


def test_its_pages_are_read_again():
    """Its own plugins do not tell blocks by line starts, as far as it says."""
    page = page_of("Some words.\n")
    built = Guard(WIKI, ()).built(page.document, page.reading, {(None, "Some words."): "Worte."})
    assert built.reading is not None


def test_a_project_configures_it():
    own = OwnSyntax(parameters=("wiki:",), opaque=(r"\$\{[^}\n]{1,99}\}",))
    dialect = WIKI.configured(own)
    assert dialect.local_schemes == ("page:", "wiki:")
    assert [unit.text for unit in page_of("${x}\n\nText.\n", dialect).units] == ["Text."]


def test_a_field_that_is_new_has_to_be_thought_of_here():
    """Each field is set above or says that a program of ours reads pages in its own way."""
    programs = {
        *("code_hides_pipes", "task", "backslash_pairs", "code_marks", "code_spans_say"),
        *("expands_tabs", "page_start", "words_apart", "hides_dot_files"),
        *("by_ending", "addresses", "python_markdown", "task_headings"),
        *("hard_line_ends", "ids_of_site", "notebooks", "heading_references"),
    }
    plain = Dialect("plain", ())
    unset = {
        one.name for one in fields(Dialect) if getattr(WIKI, one.name) == getattr(plain, one.name)
    }
    assert unset <= programs
