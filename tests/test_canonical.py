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
