"""A template and an earlier catalog as the new catalog; no translation is ever lost."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from toolkit.catalog import Catalog, Message, MessageKey

_LIKENESS = 0.4
"""How alike (0 to 1) the text at the same place has to be to lend its translation as fuzzy."""


def merge(template: Catalog, catalog: Catalog) -> Catalog:
    """`catalog` brought up to date with the messages of `template`.

    A message is matched by context and text, then by text alone, then by its place: a text that
    took the place of another one like it gets that one's translation as fuzzy. What is matched by
    nothing stays as obsolete, and comes back as it was when its text does. The header is left to
    the caller.
    """
    known = {message.key: message for message in catalog.messages if not message.obsolete}
    retired = {message.key: message for message in catalog.messages if message.obsolete}
    current = {message.key for message in template.messages}
    elsewhere = _by_text(catalog)
    replaced = _replaced(template, catalog)
    messages: list[Message] = []
    for fresh in template.messages:
        same = known.get(fresh.key) or retired.get(fresh.key)
        moved = elsewhere.get(fresh.id)
        near = replaced.get(fresh.key)
        if same:
            messages.append(_updated(fresh, same))
        elif moved:
            messages.append(_updated(fresh, moved))
        elif near:
            messages.append(_suggested(fresh, near))
        else:
            messages.append(fresh)
    return replace(catalog, messages=(*messages, *_obsolete(catalog, current)))


def _by_text(catalog: Catalog) -> Mapping[str, Message]:
    """For each text one message that translates it, live ones first."""
    found: dict[str, Message] = {}
    for message in sorted(catalog.messages, key=lambda message: message.obsolete):
        if has_translation(message) and not message.id_plural:
            found.setdefault(message.id, message)
    return found


def has_translation(message: Message) -> bool:
    """Whether a translator's words stand in the message, fuzzy or not."""
    return bool(message.string or any(message.plurals))


def _updated(fresh: Message, old: Message) -> Message:
    """The translator's part of `old` with what we tell about the source from `fresh`."""
    return replace(
        old,
        context=fresh.context,
        extracted=fresh.extracted,
        references=fresh.references,
        obsolete=False,
    )


def _suggested(fresh: Message, old: Message) -> Message:
    flags = old.flags if old.fuzzy else ("fuzzy", *old.flags)
    return replace(
        _updated(fresh, old),
        id=fresh.id,
        flags=flags,
        previous_id=old.previous_id if old.fuzzy and old.previous_id else old.id,
        previous_context=old.context,
    )


def _replaced(template: Catalog, catalog: Catalog) -> Mapping[MessageKey, Message]:
    """For each new text the one it took the place of, where they are alike."""
    live = [message for message in catalog.messages if not message.obsolete]
    found: dict[MessageKey, Message] = {}
    for old_run, new_run in _changed_runs(live, template.messages):
        for old, new in zip(old_run, new_run, strict=True):
            if has_translation(old) and not old.id_plural and _alike(old.id, new.id):
                found[new.key] = old
    return found


def _changed_runs(
    old: Sequence[Message], new: Sequence[Message]
) -> Iterator[tuple[Sequence[Message], Sequence[Message]]]:
    """Runs of as many messages on both sides that stand between the same neighbours."""
    keys = [message.key for message in old], [message.key for message in new]
    if keys[0] == keys[1]:
        return
    for tag, start, end, new_start, new_end in SequenceMatcher(
        None, *keys, autojunk=False
    ).get_opcodes():
        if tag == "replace" and end - start == new_end - new_start:
            yield old[start:end], new[new_start:new_end]


def _alike(old: str, new: str) -> bool:
    return SequenceMatcher(None, old, new, autojunk=False).ratio() >= _LIKENESS


def _obsolete(catalog: Catalog, current: set[MessageKey]) -> Iterator[Message]:
    """What has no source any more but a translator's words, once a key, in file order."""
    keys: dict[MessageKey, list[Message]] = defaultdict(list)
    for message in catalog.messages:
        if message.key not in current and (has_translation(message) or message.comments):
            keys[message.key].append(message)
    for same in keys.values():
        yield _retired(same)


def _retired(messages: Sequence[Message]) -> Message:
    """One obsolete message for several of the same text; other translations go to a comment."""
    kept = next((message for message in messages if not message.obsolete), messages[0])
    others = {message.string for message in messages} - {kept.string, ""}
    notes = (f"earlier translation: {' '.join(text.split())}" for text in sorted(others))
    comments = tuple(dict.fromkeys((*kept.comments, *notes)))
    return replace(kept, obsolete=True, extracted=(), references=(), comments=comments)
