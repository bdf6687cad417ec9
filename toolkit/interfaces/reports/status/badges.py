"""Badges: a locale and its completeness as small pictures."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from toolkit.language.characters import is_wide

if TYPE_CHECKING:
    from toolkit.catalogs.statistics import Count

_NARROW, _WIDE, _PADDING = 6.6, 12, 6
_HEIGHT = 20
_COLOURS = ((100.0, "#1a6e3c"), (80.0, "#4a6510"), (50.0, "#845000"), (0.0, "#a4262c"))
"""Colours from a share on; white letters have a contrast of five and more on each."""


def badge(label: str, count: Count) -> str:
    """Return a badge that says how much of a locale is translated, rounded down."""
    share = f"{int(count.complete)}%"
    colour = next(colour for least, colour in _COLOURS if count.complete >= least)
    left, right = _width(label), _width(share)
    width, text = left + right, f"{label}: {share}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{_HEIGHT}" role="img" '
        f'aria-label="{escape(text)}"><title>{escape(text)}</title>'
        f'<rect width="{width}" height="{_HEIGHT}" rx="3" fill="#454c52"/>'
        f'<path fill="{colour}" d="M{left} 0h{right - 3}a3 3 0 0 1 3 3v{_HEIGHT - 6}'
        f'a3 3 0 0 1-3 3h-{right - 3}z"/>'
        '<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11" '
        'text-anchor="middle">'
        f'<text x="{left / 2:g}" y="14">{escape(label)}</text>'
        f'<text x="{left + right / 2:g}" y="14">{escape(share)}</text></g></svg>\n'
    )


def _width(text: str) -> int:
    letters = sum(_WIDE if is_wide(one) else _NARROW for one in text)
    return round(letters) + 2 * _PADDING
