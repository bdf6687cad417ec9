"""URLs and mail addresses among brackets, code and escapes: what programs take them to be."""

from __future__ import annotations

from random import Random

import pytest
from attacks import dialect_of
from judges import Deeds
from test_hijack import judged

from toolkit.model.document import Document
from toolkit.reading.segment import FRONT_MATTER_KEYS, read
from toolkit.writing.guard import Guard

TEXT = "Words `code` and https://example.org www.example.org a@b.com [x](u) and [s]."
PAGE = f"{TEXT}\n\nText[^1] here.\n\n[^1]: Note\n\n[s]: /s\n"
PIECES = (
    *("[", "]", "![", "](u)", "[x](u)", " ", "https://example.org", "https://example.org"),
    *("http://", "www.", "www.example.org", ".", "/a", ":", "x", "(", ")", "[^1]", "][s]", "[s]"),
    *("*", "_", "`", "<", "\\", "&#47;", "&amp;", "@b.com", "~", "!", "a@b.com", "mailto:"),
    *("xmpp:", "\n", "'", '"', "=", ",", ">"),
)
LINKING = ["gfm", "mkdocs", "hugo", "notebook", "docusaurus", "mdx", "mdx-md", "vitepress"]


def built(dialect, text):
    document = Document("page.md", PAGE)
    reading = read(document, dialect_of(dialect))
    guard = Guard(dialect_of(dialect), FRONT_MATTER_KEYS)
    return guard.built(document, reading, {(None, TEXT): text})


def faults(dialect, seeds):
    """Translations whose pages lead where the source page does not, or have other blocks."""
    pages = []
    for seed in seeds:
        random = Random(seed)  # noqa: S311 - to be had again
        text = "".join(random.choice(PIECES) for _ in range(random.randint(2, 12)))
        page = built(dialect, text).text
        if page != PAGE:
            pages.append((seed, text, page))
    for program, (own, *deeds) in judged(dialect, [PAGE, *(page[2] for page in pages)]).items():
        for page, there in zip(pages, deeds, strict=True):
            if not isinstance(there, Deeds) or there.features - own.features:
                yield program, page, there
            elif there.blocks != own.blocks:
                yield program, page, "other blocks"


@pytest.mark.peers
@pytest.mark.parametrize("dialect", LINKING)
def test_no_url_leads_elsewhere(dialect):
    assert not list(faults(dialect, range(1500)))


@pytest.mark.parametrize(
    ("dialect", "text", "foreign"),
    [
        ("docusaurus", "[1 https://example.org[ x", "https://example.org["),
        ("mdx-md", "[https://example.org]b]", "https://example.org]b"),
        ("notebook", "https://example.org_][s]", "https://example.org_][s"),
        ("gfm", ".a@b.com", ".a@b.com"),
        ("gfm", "xmpp:a@b.com", "xmpp:a@b.com"),
        ("docusaurus", "a..a@b.com", "a..a@b.com"),
        ("hugo", "x`a@b.com", "x`a@b.com"),
        ("vitepress", "x,a@b.com", "x,a@b.com"),
        ("gfm", "x\\_a@b.com", "x\\_a@b.com"),
        ("mdx", "&#120;a@b.com", "&#120;a@b.com"),
        ("vitepress", "https://example.org<@b.com", "https://example.org<@b.com"),
        ("commonmark", "www.example.org![x`~y](u)", "u"),
    ],
)
def test_an_address_is_as_long_as_its_program_takes_it(dialect, text, foreign):
    (refusal,) = built(dialect, text).refusals
    assert f"“{foreign}”" in refusal.reason


@pytest.mark.parametrize(
    ("dialect", "text"),
    [
        ("docusaurus", "[s] [https://example.org], und [x](u)"),
        ("docusaurus", "Siehe https://example.org [x](u) [s]"),
        ("gfm", "(a@b.com) „a@b.com“ <a@b.com>"),
        ("hugo", "(a@b.com) „a@b.com“ **a@b.com**"),
        ("vitepress", "(a@b.com) „a@b.com“ mailto:a@b.com"),
    ],
)
def test_an_address_may_have_other_marks_around_it(dialect, text):
    assert not built(dialect, text).refusals


def test_an_address_that_is_ended_leads_where_it_led():
    text = built("docusaurus", "https://example.org www.example.org:[x](u)").text
    assert "[www.example.org](http://www.example.org):" in text


@pytest.mark.parametrize(
    ("dialect", "ended"),
    [
        ("gfm", "[www.example.org](http://www.example.org)。更多"),
        ("hugo", "[www.example.org](https://www.example.org)。更多"),
        ("mkdocs", "[www.example.org](http://www.example.org)。更多"),
        ("mdx", "[www.example.org](http://www.example.org)。更多"),
    ],
)
def test_an_address_without_a_scheme_ends_where_it_was_meant_to(dialect, ended):
    assert built(dialect, "www.example.org。更多").text.startswith(ended)


@pytest.mark.parametrize(
    ("dialect", "text"),
    [
        # Where the text of a link would end: micromark finds another one behind.
        ("docusaurus", "https://good.example/a[x](https://evil.example/)"),
        # Before a bracket without its partner.
        ("vitepress", "https://good.example/a)https://evil.example/"),
    ],
)
def test_an_allowed_address_ends_before_another(dialect, text):
    document = Document("page.md", PAGE)
    reading = read(document, dialect_of(dialect))
    guard = Guard(dialect_of(dialect), FRONT_MATTER_KEYS, ("good.example",))
    (refusal,) = guard.built(document, reading, {(None, TEXT): text}).refusals
    assert "“https://evil.example/" in refusal.reason
