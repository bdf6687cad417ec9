"""Messages whose source is gone become obsolete, as long as they have a translation."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from toolkit.model.catalog import Catalog, Message, MessageKey

_EARLIER = "earlier translation: "


def has_translation(message: Message) -> bool:
    """Whether a translator's words stand in the message, fuzzy or not."""
    return bool(message.string or any(message.plurals))


def retiring(
    catalog: Catalog, live: Sequence[Message], living_on: Collection[int]
) -> Iterator[Message]:
    """The obsolete messages of a merged catalog, once a key, in the order of the old file.

    `living_on` are the identities of old messages whose translation stands in a live one. A fuzzy
    message is dropped when its words are those of others: no translator has touched it.
    """
    current = {message.key for message in live}
    keys: dict[MessageKey, list[Message]] = defaultdict(list)
    for message in catalog.messages:
        kept = message.obsolete or has_translation(message) or message.comments
        if message.key not in current and id(message) not in living_on and kept:
            keys[message.key].append(message)
    strings = {message.string for message in live if not message.fuzzy}
    strings |= {one.string for same in keys.values() for one in same if not one.fuzzy}
    for same in keys.values():
        telling = [one for one in same if one.obsolete or not _is_suggestion(one, strings)]
        if telling:
            yield _retired(telling)


def _is_suggestion(message: Message, strings: Collection[str]) -> bool:
    """Whether a fuzzy message says nothing but what one or two other messages say."""
    if not message.fuzzy or message.id_plural or message.comments:
        return False
    text = message.string
    blanks = (place for place, character in enumerate(text) if character == " ")
    return text in strings or any(
        text[:place] in strings and text[place + 1 :] in strings for place in blanks
    )


def _retired(messages: Sequence[Message]) -> Message:
    """One obsolete message for several of the same text; other translations go to a comment."""
    if len(messages) == 1 and messages[0].obsolete:
        return messages[0]
    kept = next((message for message in messages if not message.obsolete), messages[0])
    for other in messages:
        kept = with_earlier(kept, other)
    return replace(kept, obsolete=True, extracted=(), references=())


def with_earlier(kept: Message, other: Message) -> Message:
    """A message with what another one of the same text says, in its place or in a comment."""
    if not has_translation(kept) and has_translation(other):
        return replace(kept, string=other.string, plurals=other.plurals, flags=other.flags)
    return _noting(kept, (other.string, *other.plurals))


def in_one_form(message: Message) -> Message:
    """A message without plural forms, which its source lacks: the first, the others in comments.

    It becomes fuzzy where the forms differ.
    """
    forms = [form for form in message.plurals if form]
    plain = replace(
        message,
        string=forms[0] if forms else "",
        id_plural=None,
        previous_plural=None,
        plurals=(),
        flags=message.flags if message.fuzzy or len(set(forms)) <= 1 else ("fuzzy", *message.flags),
    )
    return _noting(plain, forms)


def _noting(message: Message, texts: Iterable[str]) -> Message:
    """A message with other translations of its text in comments."""
    known = {message.string, *message.plurals, ""}
    notes = (f"{_EARLIER}{' '.join(text.split())}" for text in texts if text not in known)
    return replace(message, comments=tuple(dict.fromkeys((*message.comments, *notes))))
