"""The translatable values of JSON front matter, with their places (RFC 8259)."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from toolkit.model.units import Form
from toolkit.reading.segment.value import Value, is_chosen, keys_in

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from toolkit.reading.segment.value import Trail

_TEXT = r'"(?:[^"\\]|\\.)*+"'
_TOKEN = re.compile(
    rf"(?P<key>{_TEXT})\s*+:|(?P<text>{_TEXT})|(?P<open>[\[{{])|(?P<close>[\]}}])"
    r"|(?P<next>,)"
)


def json_values(source: str, keys: Collection[str]) -> tuple[int, tuple[Value, ...]] | None:
    """The end of the JSON object at the start of a page, and the texts under `keys` in it.

    `None` when there is no valid one.
    """
    try:
        data, end = json.JSONDecoder().raw_decode(source)
    except (ValueError, RecursionError):
        return None
    if not isinstance(data, dict):
        return None
    return end, tuple(_values(source, end, keys))


def _values(source: str, end: int, keys: Collection[str]) -> Iterator[Value]:
    for full, start, stop, text in json_texts(source, end):
        trail = tuple(key for key in keys_in(full) if key)
        if is_chosen(trail, keys):
            yield Value(start, stop, text.strip(), Form.JSON_STRING, ".".join(trail))


def json_texts(source: str, end: int) -> Iterator[tuple[Trail, int, int, str]]:
    """Yield each text of valid JSON up to `end` with its trail and place, quotes included."""
    slots: list[str | int] = []
    for match in _TOKEN.finditer(source, 0, end):
        if match["open"]:
            slots.append(0 if match["open"] == "[" else "")
        elif match["close"]:
            slots.pop()
        elif match["next"]:
            slots[-1] = slots[-1] + 1 if isinstance(slots[-1], int) else slots[-1]
        elif match["key"]:
            slots[-1] = json.loads(match["key"])
        else:
            yield tuple(slots), *match.span("text"), json.loads(match["text"])
