"""JSON with the places of its values."""

from __future__ import annotations

from json import JSONDecodeError, JSONDecoder
from json.decoder import JSONArray, JSONObject, scanstring  # type: ignore[attr-defined]
from typing import TYPE_CHECKING, NamedTuple

from toolkit.model.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

_BLANKS = " \t\n\r"
_DECODER = JSONDecoder()
_Trail = tuple[str | int, ...]


class Node(NamedTuple):
    """A value and its place."""

    start: int
    end: int
    value: object
    """A string; a list of nodes; a tuple of keys with their nodes; `None` for any other."""

    def member(self, key: str) -> Node | None:
        """Return what an object has under a key; the last one counts, as for all programs."""
        members = self.value if isinstance(self.value, tuple) else ()
        return dict(members).get(key)

    def texts(self, trail: _Trail = ()) -> Iterator[tuple[_Trail, Node]]:
        """Yield all strings in their order, each with the keys and numbers that lead to it."""
        if isinstance(self.value, str):
            yield trail, self
        elif isinstance(self.value, list):
            for place, node in enumerate(self.value):
                yield from node.texts((*trail, place))
        elif isinstance(self.value, tuple):
            for key, node in self.value:
                yield from node.texts((*trail, key))


def first_node(text: str, start: int = 0) -> Node:
    """Return the value that starts at a place of a text.

    Raises `ValueError`, a `JSONDecodeError` where it has a place, or `RecursionError`.
    """
    try:
        return _scan(text, start)[0]
    except StopIteration as end:
        raise JSONDecodeError("Expecting value", text, end.value) from None


def only_node(text: str) -> Node:
    """Return the value that is all of a text; raises as `first_node` does."""
    node = first_node(text, len(text) - len(text.lstrip(_BLANKS)))
    rest = text[node.end :].lstrip(_BLANKS)
    if rest:
        raise JSONDecodeError("Extra data", text, len(text) - len(rest))
    return node


def _scan(text: str, start: int) -> tuple[Node, int]:
    value: object = None
    match text[start : start + 1]:
        case '"':
            value, end = scanstring(text, start + 1, True)
        case "[":
            value, end = JSONArray((text, start + 1), _scan)
        case "{":
            value, end = JSONObject((text, start + 1), True, _scan, None, tuple)
        case _:
            _, end = _DECODER.raw_decode(text, start)
    return Node(start, end, value), end


def json_problem(name: str, error: ValueError | RecursionError, line: int = 0) -> Problem:
    """Describe why a file cannot be read as JSON; `line` is named where its place is unknown."""
    if isinstance(error, JSONDecodeError):
        return Problem(name, error.lineno, error.colno, f"is not valid JSON: {error.msg}")
    nested = isinstance(error, RecursionError)
    text = "is nested too deeply" if nested else "has a number that is too long"
    return Problem(name, line, line, text)
