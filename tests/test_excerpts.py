"""A page of which only some blocks are read again is sound where the whole page is."""

from random import Random

import pytest
from attacks import PAYLOADS
from fixture_files import cases

from toolkit.dialects import dialect_named
from toolkit.model.document import Document
from toolkit.reading.segment import FRONT_MATTER_KEYS, read
from toolkit.writing.assemble import placed
from toolkit.writing.forms import in_lines
from toolkit.writing.guard.guilt import Court
from toolkit.writing.guard.wording import changes_words_only

_PAGES = 40
_PAGES_AT_NIGHT = 5_000
_WORDS = (
    "Der Hund 2024 的 页面 `code` [x](y) `a|b` a | b {x} \\(a\\) $x$ <b>x</b> <div> </div> ``` ~~~ "
    "::: /// --- === : - 1. # > \" ' ] [ ![a](b) <!-- --> {% %} {{ }} Note: x: =x ** __ ~~ $$ "
    "[^1] *[a] <br> </p> | `| &#32; \\ !!! \\begin{x} \\end{x} [a]: (b) ```x``` '"
).split()
_SOURCES: dict[str, list[str]] = {}
for _case in cases():
    if not _case.source.startswith(("+++", "{")):
        _SOURCES.setdefault(_case.dialect, []).append(_case.source.strip("\n"))


def _page(dialect, random):
    """A page of several fixtures, in one of three with front matter."""
    sources = _SOURCES[dialect.name] + _SOURCES["commonmark"]
    chosen = [random.choice(sources) for _ in range(random.randint(3, 9))]
    header = ["---\ntitle: T\n---"] if random.random() < 0.3 else []
    bare = "title: T\n" if dialect.name == "mkdocs" and random.random() < 0.1 else ""
    return Document("page.md", bare + "\n\n".join([*header, *chosen]) + "\n")


def _text(random, text, *, hostile):
    if not hostile:
        return random.choice(("", "", f"Wort {text}", f"{text} Wort"))
    if random.random() < 0.3:
        place = random.randint(0, len(text))
        return text[:place] + random.choice(PAYLOADS) + text[place:]
    if random.random() < 0.6:
        return " ".join(random.choice(_WORDS) for _ in range(random.randint(1, 6)))
    words = text.split(" ")
    words.insert(random.randint(0, len(words)), random.choice(_WORDS))
    return " ".join(words)


def _is_sound_both_ways(dialect, seed):
    random = Random(f"{dialect.name} {seed}")  # noqa: S311 - to be had again
    document = _page(dialect, random)
    reading = read(document, dialect)
    hostile = random.sample(reading.units, min(len(reading.units), random.randint(1, 4)))
    edits = []
    doubtful = []
    for unit in reading.units:
        text = in_lines(unit, _text(random, unit.text, hostile=unit in hostile))
        edit = placed(document, unit, text, dialect.grammar)
        if not text.strip() or not edit.text.strip():
            continue
        edits.append(edit)
        if not changes_words_only(unit, edit, document, dialect):
            doubtful.append(edit)
    court = Court(document, reading, dialect, FRONT_MATTER_KEYS)
    page = document.edited(edits)
    if not court.is_sound_by_excerpt(page, edits, doubtful):
        return False
    assert court.is_sound(page), (seed, document.text, edits, doubtful)
    return True


@pytest.mark.parametrize("dialect", sorted(_SOURCES))
def test_what_an_excerpt_proves_holds_for_the_page(dialect):
    sound = sum(_is_sound_both_ways(dialect_named(dialect), seed) for seed in range(_PAGES))
    assert sound > _PAGES // 20


@pytest.mark.nightly
@pytest.mark.parametrize("dialect", sorted(_SOURCES))
def test_what_an_excerpt_proves_holds_for_many_pages(dialect):
    chosen = dialect_named(dialect)
    for seed in range(_PAGES, _PAGES_AT_NIGHT):
        _is_sound_both_ways(chosen, seed)


@pytest.mark.parametrize(
    ("source", "translation", "known"),
    [
        ("Some words.\n", "Einige Wörter.", True),
        ("Some `code` and [a](b).\n", "Etwas `code` und [a](b).", True),
        ("Some words\nin two lines.\n", "Wörter.", True),
        ("# A heading\n", "Eine Überschrift", True),
        ("# A heading\n", "Eine Überschrift {#id}", False),
        ("| a | b |\n|---|---|\n| `c` word | d |\n", "Wort `x`", True),
        ("| a | b |\n|---|---|\n| `c` word | d |\n", "Wort", False),
        ("Some words.\n", "- Wörter", False),
        ("Some words.\n", "a | b", False),
        ("Some words.\n", "Wörter <b>", False),
        ("Some words.\n", "Titel: Wörter", False),
        ("Words.\n\nSome words.\n", "Titel: Wörter", True),
    ],
)
def test_most_translations_change_words_only(source, translation, known):
    dialect = dialect_named("mkdocs")
    document = Document("page.md", source)
    units = [unit for unit in read(document, dialect).units if unit.text != "Words."]
    unit = next((unit for unit in units if "`" in unit.text), units[0])
    edit = placed(document, unit, translation, dialect.grammar)
    assert changes_words_only(unit, edit, document, dialect) is known
