"""Two catalogs with a common past as one: merged by message, where git would merge by line.

For a merge driver (gitattributes(5), "Defining a custom merge driver"), which git hands a base,
ours and theirs. Nothing here reads or writes files.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from toolkit.catalogs.merge.retiring import has_translation
from toolkit.catalogs.merge.three_way_header import (
    changed_side,
    joined_list,
    merged_header,
    placed,
)
from toolkit.model.catalog import Catalog, Message

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable, Mapping

    from toolkit.model.catalog import MessageKey

_UNTRANSLATED, _PARTLY, _BEGUN, _TRANSLATED = range(4)
"""The stages of a translation; gettext takes one without a first plural for untranslated."""
_CONFLICT = "merge conflict: theirs"
_SHOWN = str.maketrans({"\n": "\\n", "\r": "\\r"})


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged catalog and what in it a person has to decide."""

    catalog: Catalog
    conflicts: tuple[MessageKey, ...]
    """Messages both sides translated differently, in the order of `catalog`."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A merged message, and texts of the side that was not taken."""

    message: Message
    conflict: bool = False
    unused: tuple[str, ...] = ()
    side: str = ""
    """The side whose texts `unused` are."""


@dataclass(frozen=True, slots=True)
class _Choice:
    """The choice of a translation: the side that is taken, and the one that is left."""

    taken: Message
    left: Message | None = None
    conflict: bool = False


def merged(base: Catalog, ours: Catalog, theirs: Catalog) -> Merge:
    r"""`ours` and `theirs`, which both come from `base`, as one catalog.

    What one side changed is taken from that side. The translation (text or plurals, fuzzy, previous
    texts) is taken whole; comments, flags, references and the like are merged item by item. Where
    both sides changed the translation, the more finished one is taken: translated, then fuzzy,
    then untranslated. Two as finished as each other are a conflict: ours is taken as fuzzy, and
    each text of theirs goes to a comment `merge conflict: theirs: …`, its line feeds shown as `\n`.
    A less finished text that would be found nowhere any more goes to a `merge left out: …` comment.

    A message one side deleted and the other worked on becomes obsolete. Live messages come first,
    in the order of ours; those only theirs has stand behind their predecessor in theirs.
    Each catalog has a message once, as `read_catalog` promises; so has the result. Obsolete
    messages without a translation are dropped, as no PO writer keeps them.
    """
    entries = _entries(base, ours, theirs)
    texts = {text for entry in entries.values() for text in _texts(entry.message)}
    ordered = _ordered({key: entry.message for key, entry in entries.items()}, ours, theirs)
    messages = tuple(_explained(entries[key], texts) for key in ordered)
    conflicts = tuple(key for key in ordered if entries[key].conflict)
    return Merge(replace(merged_header(base, ours, theirs), messages=messages), conflicts)


def _entries(base: Catalog, ours: Catalog, theirs: Catalog) -> Mapping[MessageKey, _Entry]:
    """Merge every message that stays."""
    before, mine, other = (
        {message.key: message for message in catalog.messages} for catalog in (base, ours, theirs)
    )
    found: dict[MessageKey, _Entry] = {}
    for key in mine | other:
        # What was not there yet is as good as obsolete and untranslated.
        past = before.get(key) or Message(key[1], context=key[0], obsolete=True)
        entry = _entry(past, mine.get(key), other.get(key))
        if entry:
            found[key] = entry
    return found


def _entry(base: Message, ours: Message | None, theirs: Message | None) -> _Entry | None:
    """Merge one message; return `None` if it is deleted."""
    if ours and theirs:
        entry = _both(base, ours, theirs)
        if _stays(entry.message):
            return entry
        # Where one side emptied it and the other retired it, the first as good as deleted it.
        ours, theirs = (side if has_translation(side) else None for side in (ours, theirs))
    alone = ours or theirs
    kept = _alone(base, alone) if alone else None
    return _Entry(kept) if kept and _stays(kept) else None


def _stays(message: Message) -> bool:
    return has_translation(message) or not message.obsolete


def _alone(base: Message, kept: Message) -> Message | None:
    """Merge a message that only one side has: new, restored, edited, or deleted."""
    if base.obsolete and not kept.obsolete:
        return kept
    if _state(kept) == _state(base) and kept.comments == base.comments:
        return None
    return kept if kept.obsolete else replace(kept, obsolete=True, extracted=(), references=())


def _both(base: Message, ours: Message, theirs: Message) -> _Entry:
    choice = _choice(base, ours, theirs)
    obsolete = changed_side(base.obsolete, ours.obsolete, theirs.obsolete)
    # What is told about the source comes from the sides that agree on whether there is one.
    near = [side for side in (ours, theirs) if side.obsolete == obsolete]
    flags = joined_list(base.flags, ours.flags, theirs.flags)
    message = replace(
        choice.taken,
        comments=joined_list(base.comments, ours.comments, theirs.comments),
        flags=_with_fuzzy(flags, fuzzy=choice.taken.fuzzy or _in_doubt(choice)),
        sticky=joined_list(base.sticky, ours.sticky, theirs.sticky),
        extracted=joined_list(base.extracted, near[0].extracted, near[-1].extracted),
        references=joined_list(base.references, near[0].references, near[-1].references),
        obsolete=obsolete,
    )
    if choice.left is None:
        return _Entry(message, choice.conflict)
    if choice.conflict:
        return _Entry(_annotated(message, _conflict_notes(choice.left)), conflict=True)
    unused = tuple(text for text in _texts(choice.left) if text not in _texts(base))
    return _Entry(message, unused=unused, side="ours" if choice.left is ours else "theirs")


def _choice(base: Message, ours: Message, theirs: Message) -> _Choice:
    """The translation to take; a text that only one side has is never left without a word."""
    past, mine, other = _translation(base), _translation(ours), _translation(theirs)
    if other in (past, mine):
        return _Choice(ours)
    notes = set(_conflict_notes(theirs))
    if notes and notes <= set(ours.comments) - set(base.comments):
        # Merged before: ours was made in sight of theirs.
        return _Choice(ours, conflict=_rank(ours) < _TRANSLATED)
    if mine == past:
        return _Choice(theirs)
    if _rank(ours) != _rank(theirs):
        first, last = (ours, theirs) if _rank(ours) > _rank(theirs) else (theirs, ours)
        return _Choice(first, last)
    return _tie(base, ours, theirs)


def _tie(base: Message, ours: Message, theirs: Message) -> _Choice:
    """The choice between two that are as finished as each other."""
    if _state(ours) == _state(theirs):
        return _Choice(theirs if ours.fuzzy else ours)
    if _state(ours) == _state(base):
        return _Choice(theirs)
    if _state(theirs) == _state(base):
        return _Choice(ours)
    return _Choice(ours, theirs, conflict=True)


def _rank(message: Message) -> int:
    if not has_translation(message):
        return _UNTRANSLATED
    if replace(message, obsolete=False).translated:
        return _TRANSLATED
    return _PARTLY if message.plurals[:1] == ("",) else _BEGUN


def _in_doubt(choice: _Choice) -> bool:
    """Whether fuzzy has to be set; without a first text gettext has no place for it."""
    return choice.conflict and _rank(choice.taken) >= _BEGUN


def _translation(message: Message) -> Hashable:
    """All that belongs together as the translation."""
    return (
        message.id_plural,
        message.string,
        message.plurals,
        message.fuzzy,
        message.previous_context,
        message.previous_id,
        message.previous_plural,
    )


def _state(message: Message) -> Hashable:
    """A translator's work: the texts and whether they are finished."""
    rank = _rank(message)
    return (rank, message.string, message.plurals) if rank else rank


def _texts(message: Message) -> tuple[str, ...]:
    return tuple(text for text in (message.string, *message.plurals) if text)


def _with_fuzzy(flags: tuple[str, ...], *, fuzzy: bool) -> tuple[str, ...]:
    if fuzzy:
        return flags if "fuzzy" in flags else ("fuzzy", *flags)
    return tuple(flag for flag in flags if flag != "fuzzy")


def _conflict_notes(message: Message) -> tuple[str, ...]:
    return tuple(_note(_CONFLICT, text) for text in _texts(message))


def _note(title: str, text: str) -> str:
    line = f"{title}: {text.translate(_SHOWN)}"
    # In a PO comment a last backslash and one with a blank behind it are the same.
    return line.removesuffix(" ") if line.endswith("\\ ") else line


def _explained(entry: _Entry, texts: Collection[str]) -> Message:
    """The message, with a note of each text that is left out and is not in `texts`."""
    left = (text for text in entry.unused if text not in texts)
    return _annotated(
        entry.message, (_note(f"merge left out: {entry.side}", text) for text in left)
    )


def _annotated(message: Message, notes: Iterable[str]) -> Message:
    new = dict.fromkeys(note for note in notes if note not in message.comments)
    return replace(message, comments=(*message.comments, *new))


def _ordered(
    messages: Mapping[MessageKey, Message], ours: Catalog, theirs: Catalog
) -> list[MessageKey]:
    """The keys of `messages`, live ones first."""
    live = [
        [one.key for one in side.messages if one.key in messages and not one.obsolete]
        for side in (ours, theirs)
    ]
    every = [[one.key for one in side.messages if one.key in messages] for side in (ours, theirs)]
    return [
        *(key for key in placed(*live) if not messages[key].obsolete),
        *(key for key in placed(*every) if messages[key].obsolete),
    ]
