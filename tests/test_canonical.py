"""Spellings that mean the same: attribute lists, targets, references."""

import pytest

from toolkit.dialects import dialect_named
from toolkit.reading import canonical


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('{ .big width="30" }', "{width=30 .big}"),
        ("{: width='30' }", "{ width=30 }"),
        ('{ title="A boat" }', '{ title="Ein Boot" }'),
    ],
)
def test_attribute_lists_that_say_the_same(one, other):
    assert canonical.attribute_list(one) == canonical.attribute_list(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('{ width="30" }', '{ width="31" }'),
        ('{ .big title="x" }', '{ .small title="x" }'),
        ('{ width="a b" }', "{ width=a b }"),
        ('{ data-title="<b>" }', '{ data-title="<i>" }'),
    ],
)
def test_attribute_lists_that_differ(one, other):
    assert canonical.attribute_list(one) != canonical.attribute_list(other)


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("[words][label]", {"LABEL"}),
        ("[words] [label]", {"LABEL"}),
        ("[words]\n[label]", {"LABEL"}),
        ("[label][]", {"LABEL"}),
        ("[words]  [label]", {"WORDS", "LABEL"}),
        ("[label]", {"LABEL"}),
        ("`[label]`", set()),
        ("\\[label]", set()),
    ],
)
def test_labels_that_a_text_names(text, labels):
    assert set(canonical.references(text, dialect_named("mkdocs").grammar)) == labels


def test_a_blank_parts_labels_of_commonmark():
    grammar = dialect_named("commonmark").grammar
    assert list(canonical.references("[words] [label]", grammar)) == ["WORDS", "LABEL"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *(("a%62c", "abc"), ("a\\_b", "a_b"), ("a&amp;b", "a&b"), ("%e4%b8%ad", "%E4%B8%AD")),
        ("%c3%28", "%C3%28"),
    ],
)
def test_targets_that_lead_to_the_same(one, other):
    assert canonical.target(one) == canonical.target(other)


@pytest.mark.parametrize(
    ("written", "spelling"),
    [
        ("{ title='a b' .x }", ".x"),
        ("{ title=\"a\" alt='b' }", ""),
        ("{ title=a }", "title=a"),
        ("{ data-title='a' x=1 }", "x=1"),
        ("{ data-title='<b>' }", "data-title=<b>"),
        ("{ data-title='a &lt; b' }", 'data-title="a &lt; b"'),
        ("{ title='<b>' }", ""),
        ("{ width='5' }", "width=5"),
        ("{ b='' a= c }", 'a="" b="" c'),
        ("{: .b .a .b }", ".a .b"),
        ("{}", ""),
    ],
)
def test_an_attribute_list_without_texts_has_one_spelling(written, spelling):
    assert canonical.attribute_list(written) == spelling


@pytest.mark.parametrize(
    ("written", "destination", "address"),
    [
        ("a.md", "a.md", "a.md"),
        ("\x00 a\tb\n ", "ab", "ab"),
        ("a b", "a%20b", "a b"),
        ("a\\_b\\c", "a_b\\c", "a\\_b\\c"),
        ("a&amp;b", "a&b", "a&amp;b"),
        ("%41%2d%7E", "A-~", "A-~"),
        ("%2f%3A%20", "%2F%3A%20", "%2F%3A%20"),
        ("%c3%a9%2f", "é%2F", "é%2F"),
        ("%ff", "%FF", "%FF"),
        ("%4", "%4", "%4"),
    ],
)
def test_targets_and_addresses_have_one_spelling(written, destination, address):
    """RFC 3986, 2.3 and 6.2.2; RFC 3987, 3.2; WHATWG URL, 4.4."""
    assert canonical.target(written) == destination
    assert canonical.url(written) == address


@pytest.mark.parametrize(
    ("tag", "address"),
    [
        ("<https://a.example>", "https://a.example"),
        ("<x+y:>", "x+y:"),
        ("<x:>", ""),
        ("<b>", ""),
        ("<https://a b>", ""),
        ("x<https://a.example>", ""),
        ("<https://a.example> ", ""),
    ],
)
def test_addresses_of_autolinks(tag, address):
    """CommonMark 0.31, section 6.5: a scheme has 2 to 32 characters."""
    assert canonical.autolink(tag) == address


def test_destinations_of_references_come_once_and_in_order():
    grammar = dialect_named("gfm").grammar
    definitions = {"A": "a\\_b.md", "B": "b.md"}
    text = "[x][b] [a] `[b]` [c] [b][] [d](e) ![y][A]"
    assert list(canonical.linked(text, definitions, grammar)) == ["b.md", "a_b.md"]
    assert list(canonical.linked("none", definitions, grammar)) == []
