"""Completeness over time as a picture."""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from toolkit.commands.completeness_history import Point
    from toolkit.language.locale import Locale

_WIDTH, _HEIGHT = 720, 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 96, 12, 26
_LABEL = 13
"""Height of a line's name."""
_SHARES = (0, 25, 50, 75, 100)
_DASHES = ("", "7 3", "2 3", "9 3 2 3")
_HUES = 8
"""Colours of the style sheet, `c0` and so on; lines of one colour differ in their dashes."""


def date_of(time: int) -> str:
    """Return the day of a time in seconds since 1970, as ISO 8601 has it."""
    return datetime.fromtimestamp(time, UTC).date().isoformat()


def chart(points: Sequence[Point], locales: Sequence[Locale], name: str) -> str:
    """Return a line for each locale over the points; `name` are attributes that name it."""
    first, last = points[0].time, points[-1].time
    labels = _label_places({one.tag: _share(points[-1], one) for one in locales})
    lines = []
    for number, locale in enumerate(locales):
        places = (
            f"{_x(point.time, first, last):.1f},{_y(_share(point, locale)):.1f}" for point in points
        )
        dashes = _DASHES[number // _HUES % len(_DASHES)]
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        end = _x(last, first, last) + 6
        lines.append(
            f'<g class="c{number % _HUES}"><polyline points="{" ".join(places)}"{dashed}/>'
            f'<text x="{end:.1f}" y="{labels[locale.tag]:.1f}">{escape(locale.tag)}</text></g>'
        )
    return (
        f'<svg class="chart" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" {name}>'
        f"{_grid(first, last)}{''.join(lines)}</svg>"
    )


def _grid(first: int, last: int) -> str:
    right, bottom = _WIDTH - _RIGHT, _HEIGHT - _BOTTOM
    shares = "".join(
        f'<path d="M{_LEFT} {_y(share):.1f}H{right}"/>'
        f'<text x="{_LEFT - 6}" y="{_y(share) + 4:.1f}" text-anchor="end">{share}%</text>'
        for share in _SHARES
    )
    days = f'<text x="{_LEFT}" y="{bottom + 18}">{date_of(first)}</text>'
    if date_of(first) != date_of(last):
        days += f'<text x="{right}" y="{bottom + 18}" text-anchor="end">{date_of(last)}</text>'
    return f'<g class="grid">{shares}{days}</g>'


def _share(point: Point, locale: Locale) -> float:
    words = point.words.get(locale.tag)
    return words.complete if words else 0.0


def _x(time: int, first: int, last: int) -> float:
    width = _WIDTH - _LEFT - _RIGHT
    return _LEFT + width * ((time - first) / (last - first) if last > first else 1.0)


def _y(share: float) -> float:
    return _TOP + (_HEIGHT - _TOP - _BOTTOM) * (1 - share / 100)


def _label_places(shares: Mapping[str, float]) -> Mapping[str, float]:
    """Return a height for each name, so that no two names overlap."""
    found: dict[str, float] = {}
    lowest = float(_HEIGHT)
    for tag, share in sorted(shares.items(), key=lambda one: one[1]):
        lowest = found[tag] = min(_y(share) + 4, lowest - _LABEL)
    too_high = min(found.values(), default=_LABEL) - _LABEL
    return {tag: place - min(0.0, too_high) for tag, place in found.items()}
