"""References whose definitions stand in a file that a page puts in, which is not read."""

from __future__ import annotations

from random import Random

import pytest
from attacks import dialect_of
from judges import Deeds
from test_hijack import judged

from toolkit.model.document import Document
from toolkit.reading.segment import FRONT_MATTER_KEYS, read
from toolkit.writing.guard import Guard

INSERTING = {
    "mkdocs": '--8<-- "defined.md"',
    "mdbook": "{{#include defined.md}}",
    "hugo": "{{% defined %}}",
    "kramdown": "{% include defined.md %}",
    "quarto": "{{< include defined.md >}}",
    "vitepress": "<!--@include: ./defined.md-->",
}
TEXT, ANOTHER = "Some words of [kept] here.", "See [own] there."
DEFINED = "[evil]: https://evil.example\n[kept]: https://kept.example\n[own]: https://own.example"
PIECES = (
    *("[", "]", "![", "[evil]", "[Evil]", "[kept]", "[own]", "[]", "][", "evil", "kept", "own"),
    *(" ", "\n", "`", "\\", "*", ":", "(", ")", "https://kept.example", "x", "<", "!", "$", "_"),
)


def built(dialect, text):
    page = f"{TEXT}\n\n{ANOTHER}\n\n{INSERTING[dialect]}\n"
    document = Document("page.md", page)
    reading = read(document, dialect_of(dialect))
    guard = Guard(dialect_of(dialect), FRONT_MATTER_KEYS)
    return page, guard.built(document, reading, {(None, TEXT): text}).text


def faults(dialect, seeds):
    """Translations whose pages lead, with the definitions there, where their text did not."""
    pages = []
    for seed in seeds:
        random = Random(seed)  # noqa: S311 - to be had again
        text = "".join(random.choice(PIECES) for _ in range(random.randint(1, 9)))
        source, page = built(dialect, text)
        if page != source:
            pages.append((text, page))
    own = f"{TEXT}\n\nSee `there`.\n\n{DEFINED}\n"
    texts = [
        page.replace(ANOTHER, "See `there`.").replace(INSERTING[dialect], DEFINED)
        for _, page in pages
    ]
    for first, *deeds in judged(dialect, [own, *texts]).values():
        for page, there in zip(pages, deeds, strict=True):
            if not isinstance(there, Deeds) or there.features - first.features:
                yield page, there


@pytest.mark.peers
@pytest.mark.parametrize("dialect", INSERTING)
def test_no_definition_of_another_file_is_referred_to(dialect):
    assert not list(faults(dialect, range(600)))


@pytest.mark.parametrize("dialect", INSERTING)
@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("Worte [evil]", r"Worte \[evil]"),
        ("![evil] hier", r"!\[evil] hier"),
        ("Worte [evil][]", r"Worte \[evil][]"),
        ("Worte [own]", r"Worte \[own]"),
        ("Worte [kept] hier", "Worte [kept] hier"),
        ("Worte `[evil]`", "Worte `[evil]`"),
    ],
)
def test_brackets_that_may_be_references_are_escaped(dialect, text, safe):
    page, made = built(dialect, text)
    assert made == page.replace(TEXT, safe)


def test_a_page_that_puts_nothing_in_keeps_its_brackets():
    page = "Some words\n"
    document = Document("page.md", page)
    reading = read(document, dialect_of("mkdocs"))
    guard = Guard(dialect_of("mkdocs"), FRONT_MATTER_KEYS)
    made = guard.built(document, reading, {(None, "Some words"): "[Worte]"}).text
    assert made == "[Worte]\n"
