"""The translatable values of JSON front matter, with their places (RFC 8259)."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from toolkit.model.units import Form
from toolkit.reading.segment.value import Value, is_chosen

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_TEXT = r'"(?:[^"\\]|\\.)*+"'
_TOKEN = re.compile(rf"(?P<key>{_TEXT})\s*+:|(?P<text>{_TEXT})|(?P<open>[\[{{])|(?P<close>[\]}}])")


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
    slots: list[str] = []
    for match in _TOKEN.finditer(source, 0, end):
        if match["open"]:
            slots.append("")
        elif match["close"]:
            slots.pop()
        elif match["key"]:
            slots[-1] = json.loads(match["key"])
        else:
            trail = tuple(slot for slot in slots if slot)
            if is_chosen(trail, keys):
                text = json.loads(match["text"]).strip()
                yield Value(*match.span("text"), text, Form.JSON_STRING, ".".join(trail))
