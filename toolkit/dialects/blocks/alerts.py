"""Alerts: quotes whose first line says what they are (GitHub's, Obsidian's, Hugo's)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.dialects.blocks.leaves import read_paragraph
from toolkit.dialects.blocks.values import Text
from toolkit.model.expressions import late
from toolkit.model.units import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.dialects.parser import PageParser

_MARKER = late(r"\[![A-Za-z]+\][ \t]*")
_TITLED_MARKER = late(r"\[![\w-]+(?:\|[^\[\]\n]*)?\](?![(:[])[+-]?[ \t]*")


def alerts(parser: PageParser) -> None:
    """Leave out markers such as `[!NOTE]` alone on a quote's first line."""
    read_paragraph(parser, _without_marker, "[!")


def titled_alerts(parser: PageParser) -> None:
    """Leave out such markers; the rest of their lines are titles."""
    read_paragraph(parser, _with_title, "[!")


def _without_marker(block: Text, opened: str, source: str) -> Iterator[Text]:
    marker = _MARKER.match(source, *block.lines[0]) if opened == "blockquote" else None
    if marker is None or marker.end() < block.lines[0][1]:
        yield block
    elif block.lines[1:]:
        yield Text(block.lines[1:], block.line_start)


def _with_title(block: Text, opened: str, source: str) -> Iterator[Text]:
    marker = _TITLED_MARKER.match(source, *block.lines[0]) if opened == "blockquote" else None
    if marker is None:
        yield block
        return
    title = (marker.end(), block.lines[0][1])
    if title[0] < title[1]:
        yield Text((title,), title=Kind.ALERT_TITLE)
    if block.lines[1:]:
        yield Text(block.lines[1:], block.line_start)
