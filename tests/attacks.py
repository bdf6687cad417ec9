"""Translations that try to take a page over: tokens of attack, mixed at random into real texts."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from toolkit.dialects import dialect_named
from toolkit.model.catalog import MessageKey
from toolkit.model.document import Document
from toolkit.reading.segment import FRONT_MATTER_KEYS, Reading, read
from toolkit.writing.guard import Guard

if TYPE_CHECKING:
    from toolkit.dialects.dialect import Dialect

FOLDER = Path(__file__).parent / "fixtures" / "hijack"


def lines_of(name: str) -> tuple[str, ...]:
    """Return the lines of a fixture, with the escapes of JSON in them resolved."""
    return tuple(
        re.sub(r"\\(u[0-9a-f]{4}|.)", lambda match: json.loads(f'"{match[0]}"'), line)
        for line in (FOLDER.parent / name).read_text("utf-8").split("\n")[:-1]
    )


MARKS = lines_of("hijack/marks.txt")
PAYLOADS = lines_of("hijack/payloads.txt")
"""What marks may be turned to another meaning by, and what acts."""
PAIRS = tuple(tuple(line.split("…")) for line in lines_of("hijack/pairs.txt"))
"""What acts where two texts of a page have one half each."""
_MOST_MARKS = 6
_MOST_MESSAGES = 4
_ALONE = 0.4
_IN_HALVES = 0.3
_SELDOM = 0.05
_MANY = 60
_MUTATED = 0.4
_REORDERED = 0.15
_MOST_EDITS = 5
_OWN = re.compile(
    r"<[^<>\s][^<>]*>|\{[%{<#].*?[%}>#]\}+|\{[^{}]*\}|`+|[*_~$]+"
    r"|!?\[|\]\([^)]*\)|\]\[?|\[\^?[^]]*\]"
)
"""The marks of real texts, each whole."""
_PIECES = re.compile(rf"`[^`]*`|!?\[[^]]*\]\([^)]*\)|{_OWN.pattern}|https?://\S+|\w+|[^\w\s]")
_LONGEST_EDIT = 6


def dialect_of(name: str) -> Dialect:
    """Return a dialect as `dialect_named` does, or one that other files of it are read by.

    Cells of notebooks are read as they are, without the JSON around them.
    """
    if name == "notebook":
        return replace(dialect_named("gfm").for_file("a.ipynb"), notebooks=False)
    return dialect_named("mdx").for_file("a.md") if name == "mdx-md" else dialect_named(name)


def source_of(dialect: str) -> tuple[Document, Reading]:
    """Return the page that is attacked, which has every kind of unit of its dialect."""
    path = FOLDER / f"{dialect}.md"
    document = Document("page.md", path.read_text("utf-8"))
    return document, read(document, dialect_of(dialect))


def attacked(dialect: str, seeds: range) -> list[tuple[int, dict[str, str], Document]]:
    """Return for each seed the hostile translations and the page that is built with them."""
    document, reading = source_of(dialect)
    guard = Guard(dialect_of(dialect), FRONT_MATTER_KEYS)
    pages = []
    for seed in seeds:
        texts = _translations(Random(f"{dialect} {seed}"), reading)  # noqa: S311 - to be had again
        keys: dict[MessageKey, str] = {(None, text): words for text, words in texts.items()}
        pages.append((seed, texts, guard.built(document, reading, keys).document))
    return pages


def _translations(random: Random, reading: Reading) -> dict[str, str]:
    units = random.sample(reading.units, random.randint(1, _MOST_MESSAGES))
    texts = {unit.text: _hostile(random, unit.text) for unit in units}
    if random.random() < _IN_HALVES:
        halves = zip(random.sample(reading.units, 2), random.choice(PAIRS), strict=True)
        texts |= {unit.text: _with(random, unit.text, half) for unit, half in halves}
    return texts


def _with(random: Random, text: str, half: str) -> str:
    """A real text with half of what acts in it, mostly at an end, or in its place."""
    place = random.choice((0, len(text), random.randint(0, len(text))))
    repeated = half * (_MANY if random.random() < _SELDOM else 1)
    return random.choice((text[:place] + repeated + text[place:], repeated))


def _hostile(random: Random, text: str) -> str:
    """A text of marks with something that acts hidden among them, alone or put into a real one."""
    if random.random() < _REORDERED:
        return _reordered(random, text)
    if random.random() < _MUTATED:
        return _mutated(random, text)
    pieces = [random.choice(MARKS) for _ in range(random.randint(0, _MOST_MARKS))]
    for _ in range(random.choice((0, 1, 1, 2))):
        pieces.insert(random.randint(0, len(pieces)), _hidden(random, random.choice(PAYLOADS)))
    mixed = random.choice(("", "", " ")).join(pieces)
    if random.random() < _ALONE:
        return mixed
    place = random.randint(0, len(text))
    return text[:place] + mixed + text[place:]


def _mutated(random: Random, text: str) -> str:
    """A real text with pieces of it taken out, doubled, moved, or followed by marks."""
    for _ in range(random.randint(1, _MOST_EDITS)):
        start = random.randint(0, len(text))
        end = min(len(text), start + random.randint(0, _LONGEST_EDIT))
        piece = random.choice(("", "", text[start:end] * 2, *random.sample(MARKS, 4)))
        text = text[:start] + piece + text[end:]
        if random.random() < _ALONE:
            place = random.randint(0, len(text))
            text = text[:place] + random.choice(PAYLOADS) + text[place:]
        if random.random() < _ALONE and (own := list(_OWN.finditer(text))):
            text = _parted(random, text, random.choice(own))
    return text


def _reordered(random: Random, text: str) -> str:
    """The pieces of a real text in any order, with words and marks next to them."""
    pieces = [match[0] for match in _PIECES.finditer(text)]
    chosen = [
        random.choice((random.choice(pieces), random.choice(pieces), random.choice(MARKS)))
        for _ in range(random.randint(1, 2 * len(pieces)))
    ]
    return "".join(one + random.choice(("", " ")) for one in chosen)


def _parted(random: Random, text: str, mark: re.Match[str]) -> str:
    """A text one of whose own marks is gone, or stands elsewhere as well."""
    if random.random() < _ALONE:
        return text[: mark.start()] + text[mark.end() :]
    place = random.randint(0, len(text))
    return text[:place] + mark[0] + text[place:]


def _hidden(random: Random, payload: str) -> str:
    """What acts, as it is or in what is code for some programs."""
    ticks = random.choice(("", "`", "`", "``", "```"))
    before = random.choice(("", "", "\\", "\\\\", "$", '"'))
    return f"{before}{ticks}{payload}{ticks}"
