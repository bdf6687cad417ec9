"""Spellings that mean the same: attribute lists, targets, references."""

import pytest

from toolkit.dialects import dialect_named
from toolkit.model.document import Document
from toolkit.reading import canonical
from toolkit.reading.page import Page
from toolkit.reading.segment import read
from toolkit.writing.guard import Guard


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
        ('{ data-title="<b>" }', '{ data-title="<i>" }'),
    ],
)
def test_attribute_lists_that_differ(one, other):
    assert canonical.attribute_list(one) != canonical.attribute_list(other)


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("[words][label]", ["LABEL"]),
        ("[words] [label]", ["LABEL"]),
        ("[words]\n[label]", ["LABEL"]),
        ("[label][]", ["LABEL"]),
        ("[words]  [label]", []),
        ("[label]", []),
    ],
)
def test_labels_that_a_text_names(text, labels):
    assert list(canonical.references(text)) == labels


@pytest.mark.parametrize(
    ("one", "other"),
    [("a%62c", "abc"), ("a\\_b", "a_b"), ("a&amp;b", "a&b"), ("%e4%b8%ad", "%E4%B8%AD")],
)
def test_targets_that_lead_to_the_same(one, other):
    assert canonical.target(one) == canonical.target(other)


@pytest.mark.parametrize(("dialect", "refused"), [("gfm", 0), ("mkdocs", 1)])
def test_braces_behind_a_link_are_a_list_only_where_the_dialect_has_lists(dialect, refused):
    source = "See [the boat](boat.md)."
    chosen = dialect_named(dialect)
    document = Document("page.md", f"{source}\n")
    page = Page(document, read(document, chosen))
    texts = {(None, source): "Siehe [das Boot](boat.md){onclick=x}."}
    assert len(Guard(chosen, ()).built(document, page.reading, texts).refusals) == refused
