"""Pages and their published translations, and translations changed by a script with known truth."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from toolkit.catalogs.po import read_catalog
from toolkit.dialects import dialect_named
from toolkit.model.document import Document
from toolkit.reading.page import Page
from toolkit.reading.segment import read
from toolkit.writing.assemble import assemble

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from random import Random

_CN = "docs/i18n/cn/docusaurus-plugin-content-docs/current"
PROJECTS = (
    ("kubean", "mkdocs", "docs/zh", "docs/en", "zh-Hans", "en"),
    ("kdoctor", "mkdocs", "docs", "docs", "zh-Hans", "en"),
    ("hwameistor", "docusaurus", _CN, "docs/docs", "zh-Hans", "en"),
    ("fastapi", "mkdocs", "docs/en/docs", "docs/zh/docs", "en", "zh-Hans"),
)
"""Name, dialect, folders and locales of source and translation."""
_SENTENCE_END = re.compile(r"(?<=[。！？])|(?<=[.!?])\s+(?=[A-Z])")
_PLAIN = re.compile(r"[^\n|<>#`*_\[\]-][^\n|]*")
_OWN_MARKS = re.compile(r"[`*_\[\]()<>{}~$]")
_IN_ANOTHER_ORDER = ("modules/ls.md",)
"""Pages of equal structure whose texts stand in another order, as reading them shows."""
_LEAST_UNITS = 4
_SHARE = 0.12
"""Of the blocks of a page that are changed."""


@dataclass(frozen=True)
class Pair:
    """A page and its translation."""

    project: str
    name: str
    locales: tuple[str, str]
    source: Page
    target: Page

    @property
    def alike(self) -> bool:
        """Whether both are built alike: the same kinds of units under as many headings."""
        return _shape(self.source) == _shape(self.target)


def _shape(page: Page) -> list[tuple[str, int]]:
    return [(unit.kind, len(unit.trail)) for unit in page.units]


def page_of(name: str, data: bytes, dialect: str) -> Page:
    """A page, segmented."""
    document = Document.from_bytes(name, data)
    return Page(document, read(document, dialect_named(dialect)))


def real_pairs(corpus: Path) -> Iterator[Pair]:
    """The page pairs of the corpus."""
    for project, dialect, source, target, *locales in PROJECTS:
        root = corpus / project
        for path in sorted((root / source).rglob("*.md")):
            partner = _partner(root, path, source, target)
            if partner:
                name = path.relative_to(root).as_posix()
                pages = [page_of(one.name, one.read_bytes(), dialect) for one in (path, partner)]
                if all(page.units for page in pages):
                    yield Pair(project, name, (locales[0], locales[1]), *pages)


def _partner(root: Path, path: Path, source: str, target: str) -> Path | None:
    if source == target:
        partner = path.with_name(path.name.replace("-zh_CN", ""))
        return partner if partner != path and partner.is_file() else None
    partner = root / target / path.relative_to(root / source)
    return partner if partner.is_file() else None


def book_pairs(corpus: Path) -> Iterator[Pair]:
    """The pages of comprehensive-rust and their translations as its catalog gives them."""
    root = corpus / "comprehensive-rust"
    catalog = read_catalog("zh-CN.po", (root / "po/zh-CN.po").read_bytes())
    known = {_spelled(one.id): one.string for one in catalog.messages if one.translated}
    for path in sorted(root.glob("src/**/*.md")):
        page = page_of(path.name, path.read_bytes(), "gfm")
        texts = {
            (unit.context, unit.text): known[_spelled(unit.text)]
            for unit in page.units
            if _spelled(unit.text) in known
        }
        built = assemble(page.document, page.units, texts)
        target = page_of(path.name, built.to_bytes(), "gfm")
        name = path.relative_to(root).as_posix()
        if len(texts) > 0.8 * len(page.units):
            yield Pair("comprehensive-rust", name, ("en", "zh-Hans"), page, target)


def _spelled(text: str) -> str:
    return " ".join(text.split())


class _Block(NamedTuple):
    """A block of a translation as it is being changed."""

    text: str
    texts: tuple[str, ...]
    """The texts of its units."""
    origins: tuple[tuple[int, ...], ...]
    """For each of them the places of the units it was; none for what is from another page."""
    whole: bool = True
    """Whether its units are whole ones."""


@dataclass(frozen=True)
class Gold:
    """A pair with the truth about it."""

    pair: Pair
    origins: tuple[tuple[tuple[int, ...], bool], ...]
    """For each unit of the translation the places of its sources, and whether it is all of it."""


def gold_of(pair: Pair, others: Sequence[Pair], rng: Random) -> Gold | None:
    """A pair of equal structure, its translation changed; `None` when that went wrong."""
    if pair.name.endswith(_IN_ANOTHER_ORDER) or len(pair.source.units) < _LEAST_UNITS:
        return None
    if not pair.alike:
        return None
    blocks = _blocks(pair.target)
    for _ in range(max(1, round(_SHARE * len(blocks)))):
        blocks = rng.choice(_CHANGES)(blocks, others, rng)
    text = "\n\n".join(block.text for block in blocks) + "\n"
    dialect = next((one[1] for one in PROJECTS if one[0] == pair.project), "gfm")
    page = page_of(pair.name, text.encode(), dialect)
    wanted = [one for block in blocks for one in block.texts]
    if [unit.text for unit in page.units] != wanted:
        return None
    origins = tuple((one, block.whole) for block in blocks for one in block.origins)
    return Gold(Pair(pair.project, pair.name, pair.locales, pair.source, page), origins)


def _blocks(page: Page) -> list[_Block]:
    """The blocks of a page that lie in no other one, with their units."""
    starts = sorted(
        {token.map[0] for token in page.reading.tokens if token.map and not token.level}
    )
    lines = page.document.text.split("\n")
    edges = [0, *(start for start in starts if start), len(lines)]
    places = [page.document.place(unit.span.start)[0] - 1 for unit in page.units]
    blocks = []
    for top, bottom in pairwise(edges):
        inside = [number for number, line in enumerate(places) if top <= line < bottom]
        text = "\n".join(lines[top:bottom]).strip("\n")
        texts = tuple(page.units[number].text for number in inside)
        blocks.append(_Block(text, texts, tuple((number,) for number in inside)))
    return [block for block in blocks if block.text]


def _deleted(blocks: list[_Block], _others: Sequence[Pair], rng: Random) -> list[_Block]:
    place = rng.randrange(len(blocks))
    return blocks[:place] + blocks[place + rng.choice((1, 1, 2, 4)) :] if place else blocks


def _inserted(blocks: list[_Block], others: Sequence[Pair], rng: Random) -> list[_Block]:
    other = _blocks(rng.choice(others).target)
    place, start = rng.randrange(1, len(blocks) + 1), rng.randrange(len(other))
    new = [
        _Block(block.text, block.texts, ((),) * len(block.texts))
        for block in other[max(1, start) : start + rng.choice((1, 1, 2, 4))]
    ]
    return blocks[:place] + new + blocks[place:]


def _moved(blocks: list[_Block], _others: Sequence[Pair], rng: Random) -> list[_Block]:
    place = rng.randrange(len(blocks))
    if not place:
        return blocks
    size = rng.choice((1, 1, 2, 4))
    piece, rest = blocks[place : place + size], blocks[:place] + blocks[place + size :]
    aim = rng.randrange(1, len(rest) + 1) if rest else 0
    return rest[:aim] + piece + rest[aim:]


def _shifted(blocks: list[_Block], _others: Sequence[Pair], rng: Random) -> list[_Block]:
    heads = [place for place, block in enumerate(blocks) if block.text.startswith("##")]
    if not heads:
        return blocks
    place = rng.choice(heads)
    block = blocks[place]
    text = block.text[1:] if rng.random() < 0.5 else f"#{block.text}"  # noqa: PLR2004 - a coin
    return [*blocks[:place], block._replace(text=text), *blocks[place + 1 :]]


def _is_plain(block: _Block) -> bool:
    return len(block.texts) == 1 and block.whole and block.text == block.texts[0]


def _split(blocks: list[_Block], _others: Sequence[Pair], rng: Random) -> list[_Block]:
    places = [
        place
        for place, block in enumerate(blocks)
        if _is_plain(block)
        and len(_SENTENCE_END.split(block.text)) > 1
        and not _OWN_MARKS.search(block.text)
    ]
    if not places:
        return blocks
    place = rng.choice(places)
    block = blocks[place]
    ends = [match.span() for match in _SENTENCE_END.finditer(block.text) if match.start()]
    ends = [end for end in ends if end[1] < len(block.text)]
    if not ends:
        return blocks
    start, end = rng.choice(ends)
    parts = [
        _Block(text, (text,), block.origins, whole=False)
        for text in (block.text[:start], block.text[end:])
    ]
    return [*blocks[:place], *parts, *blocks[place + 1 :]]


def _joined(blocks: list[_Block], _others: Sequence[Pair], rng: Random) -> list[_Block]:
    places = [
        place
        for place, (one, other) in enumerate(pairwise(blocks))
        if _is_plain(one)
        and _is_plain(other)
        and one.origins[0]
        and other.origins[0] == (one.origins[0][0] + 1,)
    ]
    if not places:
        return blocks
    place = rng.choice(places)
    one, other = blocks[place : place + 2]
    text = one.text + ("" if not one.text[-1].isascii() else " ") + other.text
    joined = _Block(text, (text,), ((one.origins[0][0], other.origins[0][0]),))
    return [*blocks[:place], joined, *blocks[place + 2 :]]


def _unlisted(blocks: list[_Block], _others: Sequence[Pair], rng: Random) -> list[_Block]:
    """A list as paragraphs."""
    places = [
        place
        for place, block in enumerate(blocks)
        if len(block.texts) > 1 and block.text.split("\n") == [f"- {text}" for text in block.texts]
    ]
    if not places:
        return blocks
    place = rng.choice(places)
    parts = [
        _Block(text, (text,), (origin,))
        for text, origin in zip(blocks[place].texts, blocks[place].origins, strict=True)
    ]
    return [*blocks[:place], *parts, *blocks[place + 1 :]]


_CHANGES = (_deleted, _inserted, _moved, _shifted, _split, _joined, _unlisted)
