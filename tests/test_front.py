"""Notices and languages stand where generators look for them, and nothing else changes."""

import pytest
from mkdocs.utils.meta import get_data

from toolkit.dialects import dialect_named
from toolkit.model.document import Document
from toolkit.reading.segment import read_blocks
from toolkit.site.front import with_front_matter, with_notice

MKDOCS = dialect_named("mkdocs")
PAGES = [
    "# One\n\ntext\n",
    "---\ntitle: One\n---\n\n# One\n",
    "---\ntitle: One\nlang: zh # why\ndir: ltr\n---\ntext\n",
    "title: One\nauthor: x\n\ntext\n",
    "",
    "---\n\ntext\n",
]


def page(text):
    document = Document("a.md", text)
    return document, read_blocks(document, MKDOCS)


@pytest.mark.parametrize("text", PAGES)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_language_is_set(text, newline):
    document, reading = page(text.replace("\n", newline))
    made = with_front_matter(document, reading, {"lang": "ar", "dir": "rtl"})
    body, meta = get_data(made.text.replace("\r\n", "\n"))
    before, old = get_data(text)
    assert meta == {**old, "lang": "ar", "dir": "rtl"}
    assert body.strip() == before.strip()
    if newline == "\r\n" and text:
        assert "\n" not in made.text.replace("\r\n", "")


@pytest.mark.parametrize("text", PAGES)
def test_a_notice_is_a_block_of_its_own_before_the_text(text):
    document, reading = page(text)
    made = with_notice(document, reading, "!!! note\n\n    **half**\n")
    after = read_blocks(made, MKDOCS)
    kinds = [token.type for token in reading.tokens]
    added = ["admonition_open", "paragraph", "admonition_close"]
    # Programs take the first heading for the page's title only where nothing stands in front.
    title = ["heading"] if kinds[:1] == ["heading"] else []
    assert [token.type for token in after.tokens] == [*title, *added, *kinds[len(title) :]]
    assert get_data(made.text)[1] == get_data(text)[1]


def test_nothing_is_nothing():
    document, reading = page("# One\n")
    assert with_notice(document, reading, "") is document
    assert with_front_matter(document, reading, {}) is document


@pytest.mark.parametrize(
    "text", ["---\ntitle: One\n---", '+++\ntitle = "One"\n+++', '{"title": "One"}']
)
def test_a_notice_stands_behind_front_matter_that_ends_the_page(text):
    document = Document("a.md", text)
    reading = read_blocks(document, dialect_named("hugo"))
    assert with_notice(document, reading, "Note").text == f"{text}\nNote\n\n"
