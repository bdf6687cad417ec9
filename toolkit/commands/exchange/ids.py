"""Ids of exported messages: which message it is, and which translation it had."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.model.catalog import Message, MessageKey

_ID = re.compile(r"y([0-9a-f]{16})-([0-9a-f]{12})")


def unit_id(key: MessageKey, translation: str) -> str:
    """Return an id that says which message it is and which translation it had."""
    return f"y{message_digest(key)}-{translation_digest(translation)}"


def message_digest(key: MessageKey) -> str:
    """Return the part of an id that names the message."""
    context, text = key
    return _digest("\0".join(("" if context is None else f"+{context}", text)))[:16]


def translation_digest(translation: str) -> str:
    """Return the part of an id that names its translation."""
    return _digest(translation)[:12]


def parts_of_id(text: str) -> tuple[str, str] | None:
    """Return the two parts of an id of ours; `None` for another one."""
    found = _ID.fullmatch(text)
    return (found[1], found[2]) if found else None


class Back(NamedTuple):
    """A message that came back, and its place in the file."""

    message: Message
    place: int
    exported: str
    """The name of the translation that it had when it was exported."""
    places: frozenset[int] = frozenset()
    """The places at which the file says the same of this message on other pages."""

    @property
    def is_changed(self) -> bool:
        """Whether it has another translation than it had then."""
        return translation_digest(self.message.string) != self.exported


def returned_of(messages: Sequence[Message]) -> dict[str, Back]:
    """Return the messages with an id of ours, by that, and by its part that names the message.

    Of a text that several pages have, the translation that was changed counts.
    """
    same: dict[str, list[Back]] = {}
    for place, one in enumerate(messages):
        name = one.references[0] if one.references else ""
        parts = parts_of_id(name)
        for key in (name, parts[0]) if parts else ():
            same.setdefault(key, []).append(Back(one, place, parts[1] if parts else ""))
    return {key: _of_all(several) for key, several in same.items()}


def _of_all(several: Sequence[Back]) -> Back:
    changed = [one for one in several if one.is_changed]
    back = (changed or several)[-1]
    alike = (
        one.place
        for one in several
        if one.exported == back.exported
        and (not one.is_changed or one.message.string == back.message.string)
    )
    return back._replace(places=frozenset(alike))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
