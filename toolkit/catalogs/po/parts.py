"""The entries of catalogs as they stand between blank lines, to read equal ones once."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from toolkit.catalogs.po.decoding import decode, is_utf8
from toolkit.catalogs.po.reading import read
from toolkit.model.errors import ToolkitError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.model.catalog import Message

_GAP = "\n\n"


def parts_of(data: bytes) -> list[str] | None:
    """Return the parts of a catalog, each of which may be an entry of its own.

    `None` where it has to be read as a whole. Raises `CatalogError` for bytes that are no text.
    """
    decoded = decode("", data)
    if not is_utf8(decoded.charset):
        return None
    parts = [part for part in decoded.lines.strip("\n").split(_GAP) if part.strip()]
    return parts if all(map(_is_closed, parts)) else None


def messages_of(parts: Sequence[str]) -> Sequence[Message] | None:
    """Return the message of each part; `None` unless each is one entry."""
    try:
        messages = read("", _GAP.join(parts).encode()).messages
    except ToolkitError:
        return None
    starts = list(accumulate((part.count("\n") + 2 for part in parts), initial=1))
    places = [bisect_right(starts, one.line) for one in messages]
    return messages if places == list(range(1, len(starts))) else None


def _is_closed(part: str) -> bool:
    """Whether a part does not end with a comment, which belongs to what follows."""
    last = part.rstrip().rpartition("\n")[2].lstrip()
    return last.startswith(('"', "msg", "#~")) and not last.startswith("#~|")
