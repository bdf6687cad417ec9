"""The order of the entries of a file that is brought up to date."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.model.catalog import Message, MessageKey


def ordered(old: Sequence[Message], new: Sequence[Message]) -> list[Message]:
    """Return the messages of `new` in the order of `old`, where they are in both.

    The others stand after what they follow in `new`, those that have become obsolete at the end.
    A file that had the order of its page, by its references, gets the order of `new` when the page
    has another one now.
    """
    live = [message for message in new if not message.obsolete]
    retired = [message for message in new if message.obsolete]
    if not old:
        return [*live, *retired]
    if _follows_its_page(old) and _has_moved(old, live):
        return [*live, *_in_place(old, retired)]
    wanted = {message.key: message for message in new}
    stay = [
        wanted[one.key]
        for one in old
        if one.key in wanted and one.obsolete == wanted[one.key].obsolete
    ]
    staying = {message.key for message in stay}
    behind, first = _followers(live, staying)
    last = [message for message in retired if message.key not in staying]
    return [*first, *(each for one in stay for each in (one, *behind[one.key])), *last]


def _in_place(old: Sequence[Message], retired: Sequence[Message]) -> list[Message]:
    """The obsolete messages, those first that were obsolete before."""
    places = {message.key: place for place, message in enumerate(old) if message.obsolete}
    return sorted(retired, key=lambda message: places.get(message.key, len(old)))


def _followers(
    live: Sequence[Message], staying: set[MessageKey]
) -> tuple[defaultdict[MessageKey, list[Message]], list[Message]]:
    """The new messages that follow each message that stays, and those before all of them."""
    behind: defaultdict[MessageKey, list[Message]] = defaultdict(list)
    first: list[Message] = []
    place = first
    for message in live:
        if message.key in staying:
            place = behind[message.key]
        else:
            place.append(message)
    return behind, first


def _follows_its_page(old: Sequence[Message]) -> bool:
    """Whether the lines that the references name never go back within a page."""
    return all(one <= other for one, other in _steps(old))


def _steps(messages: Sequence[Message]) -> Iterator[tuple[int, int]]:
    """The lines of two messages each that follow one another on the same page."""
    places = filter(None, map(_place, (one for one in messages if not one.obsolete)))
    for (page, line), (other, next_line) in pairwise(places):
        if page == other:
            yield line, next_line


def _place(message: Message) -> tuple[str, int] | None:
    path, _, line = (message.references or ("",))[0].rpartition(":")
    return (path, int(line)) if path and line.isascii() and line.isdigit() else None


def _has_moved(old: Sequence[Message], live: Sequence[Message]) -> bool:
    """Whether of two neighbours one stood above the other on the page and stands below it now."""
    places = {message.key: place for place, message in enumerate(live)}
    kept = [one for one in old if one.key in places and not one.obsolete]
    for one, other in pairwise(kept):
        before, after = _place(one), _place(other)
        turned = places[one.key] > places[other.key]
        if turned and before and after and before[0] == after[0] and before[1] < after[1]:
            return True
    return False
