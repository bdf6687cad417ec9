"""Comments for translators: the kind of a unit, its headings, and the writer's notes.

Some programs show a message's comments joined in one paragraph. So each line ends as a sentence or
starts with a label.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from toolkit.model.expressions import late
from toolkit.model.units import Form, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.model.units import Unit

NAMES_ONLY = "only names or values."
"""The comment of a text that probably stays as it is in every language."""
_TRAIL_MARK = " › "
_DETAIL_MARK = " · "
_QUOTE = "block quote"
_KINDS = frozenset(Kind)
_DESCRIPTION = late(r"(?P<kind>[A-Za-z ]+?)(?: [1-6]| in an? .*|, .*)?\.", re.DOTALL)
_BARE = {"tab": "a tab", "block": "a block", "directive": "a directive", "field": "a field"}
"""The containers of a paragraph, by the word for a container without a type."""
_FOR_CHECKS = ("yiben: ignore", "yiben: max")
_QUOTED = re.compile(r"[“「『«„\"].*[”」』»“\"][.。!！]?", re.DOTALL)
_SENTENCE = re.compile(r"[.。!！?？:：;；]$")
_LONGEST_NAME = 120
_SHOWN = 40
_SEEN = 256
"""Speed: kinds and headings to remember, which units that follow each other mostly share."""


class Neighbours(NamedTuple):
    """A unit between those before and after it on its page."""

    before: Unit | None
    unit: Unit
    behind: Unit | None


def neighbours(units: Sequence[Unit]) -> Iterator[Neighbours]:
    """Yield each unit of a page with its neighbours."""
    for number, unit in enumerate(units):
        before = units[number - 1] if number else None
        yield Neighbours(before, unit, units[number + 1] if number + 1 < len(units) else None)


def comments_of(unit: Unit) -> tuple[str, ...]:
    """Return what a unit is, where it stands, and what the writer says about it."""
    return (description(unit), *under(unit), *notes(unit))


def name_of(unit: Unit) -> str:
    """Return the name in a unit's detail, such as that of its box; mostly nothing."""
    return unit.detail.partition(_DETAIL_MARK)[2]


def description(unit: Unit) -> str:
    """Return what a unit is: `heading 2.`, `paragraph in a "note" box.`."""
    return _description(unit.detail)


@lru_cache(maxsize=_SEEN)
def _description(detail: str) -> str:
    kind, _, name = detail.partition(_DETAIL_MARK)
    if kind == Kind.QUOTE:
        return f"{_QUOTE}."
    if not name:
        return f"{kind}."
    if kind == Kind.PARAGRAPH:
        box = f'a "{name}" box'
        return f"{kind} in {_BARE.get(name, box)}."
    plain = name.isalnum() or name.startswith("column ")
    return f"{kind}, {name}." if plain else f'{kind}, "{name}".'


def kind_of(comment: str) -> Kind | None:
    """Return the kind of unit that an extracted comment describes, `None` where it does not."""
    match = _DESCRIPTION.fullmatch(comment)
    word = match["kind"].replace(_QUOTE, Kind.QUOTE) if match else ""
    return Kind(word) if word in _KINDS else None


def trail(unit: Unit) -> str:
    """Return the headings that a unit stands under, in one line."""
    return _in_one_line(unit.trail)


@lru_cache(maxsize=_SEEN)
def _in_one_line(trail: tuple[str, ...]) -> str:
    return _TRAIL_MARK.join(" ".join(heading.split()) for heading in trail)


def under(unit: Unit) -> tuple[str, ...]:
    """Return the line that tells which headings a unit stands under, where there are any."""
    return _under(unit.trail)


@lru_cache(maxsize=_SEEN)
def _under(trail: tuple[str, ...]) -> tuple[str, ...]:
    headings = _in_one_line(trail)
    return (f"under: {headings}",) if headings else ()


def notes(unit: Unit) -> tuple[str, ...]:
    """Return what the writer says about a unit, each line with its label."""
    return tuple([one if one.startswith(_FOR_CHECKS) else f"note: {one}" for one in unit.notes])


def attribution(units: Sequence[Unit], number: int) -> tuple[str, ...]:
    """Return the line that quotes what one of some units attributes to somebody, if it does."""
    unit = units[number]
    kind = unit.kind
    if kind is Kind.ATTRIBUTION:
        other = number + 1 if unit.form is Form.ATTRIBUTE else number - 1
        is_there = 0 <= other < len(units)
    elif kind is Kind.PARAGRAPH or kind is Kind.QUOTE:
        other = number - 1
        is_there = number > 0 and _is_attribution(unit, units[other])
    else:
        return ()
    return (f"attribution of: {_shortened(units[other].text)}",) if is_there else ()


def _is_attribution(unit: Unit, before: Unit) -> bool:
    """Whether a short paragraph without an end mark follows what stands in quotation marks."""
    if unit.detail == Kind.PARAGRAPH or before.detail != unit.detail or before.trail != unit.trail:
        return False
    name = len(unit.text) <= _LONGEST_NAME and not _SENTENCE.search(unit.text)
    return name and bool(_QUOTED.fullmatch(before.text)) and not _QUOTED.fullmatch(unit.text)


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN].rstrip()}…"
