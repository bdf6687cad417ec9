"""The tokens of blocks that hold neither blocks nor paragraphs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown_it.token import Token

from toolkit.dialects.blocks.pushing import leaf_token
from toolkit.dialects.blocks.pymd.tree import NodeKind
from toolkit.dialects.blocks.values import Heading, Opaque, ReferenceDefinition, Table, Title
from toolkit.model.units import Form, Kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from toolkit.dialects.blocks.pymd.places import SourcePlaces
    from toolkit.dialects.blocks.pymd.tree import Node
    from toolkit.dialects.parser import Range


def _code(node: Node, places: SourcePlaces) -> Token | None:
    rows = [row for row in node.value if row[0].strip()]
    if not rows:
        return None
    lines = {places.line(places.at(start)): text for text, start in rows}
    first, last = min(lines), max(lines)
    token = Token("code_block", "code", 0, map=[first, last + 1], block=True)
    token.content = "".join(f"{lines.get(line, '')}\n" for line in range(first, last + 1))
    return token


def _heading(node: Node, places: SourcePlaces) -> Token | None:
    if node.text is None:
        return None
    level, marked = node.value
    span = places.span(node.text)
    first, behind = places.lines_of(span)
    # The underline stands in the line below.
    return leaf_token(Heading((span,), level, marked), (first, behind + (not marked)))


def _table(node: Node, places: SourcePlaces) -> Token | None:
    if node.text is None:
        return None
    rows: list[Range] = []
    for text, start in node.text.rows():
        left = len(text) - len(text.lstrip(" "))
        right = max(left, len(text.rstrip(" ")))
        rows.append((places.at(start + left), places.at(start + right)))
    return leaf_token(Table(tuple(rows), node.value), places.lines_of((rows[0][0], rows[-1][1])))


def _rule(node: Node, places: SourcePlaces) -> Token | None:
    if node.text is None:
        return None
    line = places.line(places.at(node.text.starts[0]))
    return Token("hr", "hr", 0, map=[line, line + 1], block=True)


def _opaque(node: Node, places: SourcePlaces) -> Token | None:
    return leaf_token(Opaque(), places.lines_of(places.span(node.text))) if node.text else None


def _abbreviation(node: Node, places: SourcePlaces) -> Token | None:
    if node.text is None:
        return None
    span = places.span(node.text)
    first = places.line(places.at(node.opening))
    covered = first, places.lines_of(span)[1]
    return leaf_token(Title(span, Kind.ABBREVIATION, Form.LINE), covered)


def _reference(node: Node, places: SourcePlaces) -> Token | None:
    if node.text is None:
        return None
    return leaf_token(ReferenceDefinition(*node.value), places.lines_of(places.span(node.text)))


LEAVES: dict[NodeKind, Callable[[Node, SourcePlaces], Token | None]] = {
    NodeKind.CODE: _code,
    NodeKind.HEADING: _heading,
    NodeKind.TABLE: _table,
    NodeKind.RULE: _rule,
    NodeKind.OPAQUE: _opaque,
    NodeKind.ABBREVIATION: _abbreviation,
    NodeKind.REFERENCE: _reference,
}
"""The functions that make tokens, by the kinds of nodes."""
