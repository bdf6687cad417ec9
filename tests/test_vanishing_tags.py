"""Tags that leave nothing in the page: what stands behind them may start a block, or act."""

from __future__ import annotations

from random import Random

import jinja2
import pytest
from judges import JUDGES, deeds_of
from judges import by_kramdown as by_jekyll

from toolkit.dialects import dialect_named
from toolkit.model.document import Document
from toolkit.reading.segment import FRONT_MATTER_KEYS, read
from toolkit.writing.guard import Guard

TAGS = {
    "kramdown": ("{% raw %}{{ kept }}{% endraw %}", "{% if a %}", "{% endif %}", "{{ nothing }}"),
    "mkdocs": ("{{ nothing }}", "{% if a %}", "{% endif %}", "{# noted #}"),
    "mdbook": ("{{#title Told}}",),
    "hugo": ("{{% empty %}}",),
}
PIECES = (
    *(
        "> ",
        ">",
        "- ",
        "+",
        "* ",
        "1",
        ". ",
        ") ",
        "# ",
        "##",
        " ",
        "  ",
        "    ",
        "\t",
        "***",
        "__",
    ),
    *("```", "~~~", "`", ": ", ":", "\n", "\n", "=", "---", "--", "-", "[x]: y", "$$", "!!! note"),
    *("{", "}", "| a |", "<", "words", "more words", "https://x", ".example", "java", "script:"),
    *("[x](", ")", "[x]", "??? x", "=== ", '"x"', "[^1]", "*", "\\", "&#", "60;", "+++", "///"),
)


def shown(dialect, texts):
    """The pages as their program shows them, behind what resolves their tags."""
    if dialect == "kramdown":
        return by_jekyll(texts)
    if dialect == "mkdocs":
        texts = [jinja2.Template(text, keep_trailing_newline=True).render() for text in texts]
    ((_, render),) = JUDGES[dialect]
    return render(texts)


def sources(dialect):
    """Pages with tags in a text, in an item, a quote, a cell without a border and a heading."""
    tags = TAGS[dialect]
    text = "".join(tags[1:3]) + tags[0] if len(tags) > 2 else tags[0]
    text = f"{text} some words"
    yield from (
        (f"Before.\n\n{page}\n\nBehind.\n", text)
        for page in (
            text,
            f"- {text}\n- more",
            f"> {text}",
            f"{text} | b\n--- | ---\n{text} | c",
            f"{text}\n====",
        )
    )


def hostile(random, dialect):
    tags = list(TAGS[dialect])
    pieces = [random.choice((*PIECES, *tags * 4)) for _ in range(random.randint(1, 8))]
    return "".join(pieces)


def built(dialect, source, text, words):
    document = Document("page.md", source)
    guard = Guard(dialect_named(dialect), FRONT_MATTER_KEYS)
    reading = read(document, dialect_named(dialect))
    return guard.built(document, reading, {(None, text): words}).text


def faults(dialect, seeds):
    """Translations whose pages have other blocks, or do what the source page does not."""
    pages = []
    for seed in seeds:
        random = Random(f"{dialect} {seed}")  # noqa: S311 - to be had again
        source, text = random.choice(list(sources(dialect)))
        words = hostile(random, dialect)
        page = built(dialect, source, text, words)
        if page != source:
            pages.append((seed, words, source, page))
    sides = [shown(dialect, [page[side] for page in pages]) for side in (2, 3)]
    for (seed, words, _, page), *two in zip(pages, *sides, strict=True):
        own, there = map(deeds_of, two)
        if there.blocks != own.blocks or there.features - own.features:
            yield seed, words, page, there.features - own.features


@pytest.mark.peers
@pytest.mark.parametrize("dialect", TAGS)
def test_what_vanishes_lets_no_block_start_and_nothing_act(dialect):
    assert not list(faults(dialect, range(400)))


@pytest.mark.parametrize(
    ("dialect", "text", "words", "safe"),
    [
        ("kramdown", "{{ a }} some words", "{{ a }}> Worte", r"{{ a }}\> Worte"),
        ("kramdown", "{{ a }} some words", "-{{ a }} Worte", r"\-{{ a }} Worte"),
        ("kramdown", "{{ a }} some words", "{{ a }} Worte", None),
        ("kramdown", "{{ a }} - words", "{{ a }} - Worte", None),
        ("kramdown", "{{ a }} words", "Worte\n{{ a }}\nund mehr", "Worte {{ a }} und mehr"),
        (
            "mkdocs",
            "{% if a %}A{% endif %} b",
            "{% if a %}A{% endif %} * b",
            r"{% if a %}A{% endif %} \* b",
        ),
        ("mdbook", "{{#title T}} words", "{{#title T}}1. Worte", r"{{#title T}}1\. Worte"),
        ("mdbook", "{{#title T}} words", "1{{#title T}}. Worte", "&#49;{{#title T}}. Worte"),
        ("hugo", "{{% a %}} words", "{{% a %}}     Worte", "{{% a %}} Worte"),
    ],
)
def test_marks_behind_tags_are_escaped_as_at_the_start_of_a_line(dialect, text, words, safe):
    source = f"Before.\n\n{text}\n\nBehind.\n"
    assert built(dialect, source, text, words) == source.replace(text, safe or words)
