"""A template and an earlier catalog as the new catalog; no translation is ever lost.

Every message of the template takes its translation from the first of these that has one:

1. the same context and text, live or obsolete;
2. the same text anywhere else;
3. an old text of the page of which it is an edition, where the edit needs no translator: it is made
   in the translation; or where its writer says that the translation still fits;
4. the same text in another catalog, or in the memory;
5. the text most like it on the page, among the obsolete ones or elsewhere, as fuzzy; one that stood
   in its place goes first.

What nothing takes stays as obsolete.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from toolkit.catalogs.merge.alignment import elsewhere, origins
from toolkit.catalogs.merge.carrying import carried
from toolkit.catalogs.merge.likeness import likeness
from toolkit.catalogs.merge.recutting import recut, spelled
from toolkit.catalogs.merge.retiring import has_translation, in_one_form, retiring, with_earlier

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from toolkit.catalogs.merge.alignment import Origin
    from toolkit.model.catalog import Catalog, Message

_PLACE = 0.1
"""The likeness that an origin in the same place has in advance of others."""


class Fate(StrEnum):
    """The outcomes for a message."""

    KEPT = "kept"
    MOVED = "moved"
    """Its translation stood at the same text elsewhere."""
    CARRIED = "carried"
    """Its source changed, and the same change was made in the translation."""
    UNAFFECTED = "unaffected"
    """Its source changed, and its writer says that the translation still fits."""
    FUZZY = "fuzzy"
    """It has the translation of a text like it, for a translator to look at."""
    NEW = "new"
    OBSOLETE = "obsolete"


class Change(NamedTuple):
    """The outcome of a merge for one message."""

    fate: Fate
    new: Message
    """The message as it is now."""
    old: Message | None = None
    """The message its translation comes from; `None` for a new one."""
    lives_on: bool = False
    """Whether nothing would be lost if `old` were gone."""
    reason: str = ""
    """Why it is fuzzy though its writer says that the translation still fits."""

    @property
    def unaffected(self) -> bool:
        """Whether its translation stays because its writer says so."""
        return self.fate is Fate.UNAFFECTED

    @property
    def has_word(self) -> bool:
        """Whether its writer says that the translation still fits, rightly or not."""
        return self.unaffected or bool(self.reason)


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged catalog, and what happened to its messages."""

    catalog: Catalog
    changes: tuple[Change, ...] = ()
    """The changes in the order of the catalog, unchanged messages included."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a merge."""

    acceptable: Callable[[str, str], bool] = field(default=lambda _source, _translation: True)
    """Whether a translation that was changed with its source is sound; else it becomes fuzzy."""
    same: Callable[[Message], Message | None] = field(default=lambda _message: None)
    """Looks elsewhere for the same text: a message with its translation, or nothing."""
    alike: Callable[[Message, float], Message | None] = field(default=lambda _message, _least: None)
    """Looks elsewhere for a text that is more alike than a number, from 0 to 1: a fuzzy message
    with its translation, or nothing."""
    counts_alike: Callable[[int, int], bool] | None = None
    """Whether two numbers put what they count into the same form; `None` where that is unknown."""
    recut: bool = False
    """Whether the catalog was cut by other rules of segmenting."""
    least: float = 0.0
    """The least likeness, from 0 to 1, at which a text gets the translation of another as fuzzy;
    above 1, none does."""
    objection: Callable[[str, str], str | None] = field(default=lambda _old, _new: None)
    """Why an edit that its writer calls harmless is not; empty where it is, `None` where no writer
    calls it so."""


def merge(template: Catalog, catalog: Catalog, rules: Rules | None = None) -> Merged:
    """`catalog` brought up to date with the messages of `template`; the header is the caller's."""
    sources = _Sources(template, catalog, rules or Rules())
    changes = [sources.change(message) for message in template.messages]
    live = [change.new for change in changes]
    spared = {id(change.old) for change in changes if change.lives_on}
    retired = list(retiring(catalog, live, spared | set(_undone(changes, catalog))))
    gone = {message.key for message in catalog.messages if not message.obsolete}
    changes += [
        Change(Fate.OBSOLETE, message, message) for message in retired if message.key in gone
    ]
    return Merged(replace(catalog, messages=(*live, *retired)), tuple(changes))


def _undone(changes: Sequence[Change], catalog: Catalog) -> Iterator[int]:
    """The identities of messages that were carried over once and whose first text is back."""
    back = {change.new.key: change.new for change in changes if change.old and change.old.obsolete}
    for message in catalog.messages:
        first = back.get((message.previous_context, message.previous_id or ""))
        if first is None or not message.translated:
            continue
        if first.string in {message.string, carried(message.id, first.id, message.string)}:
            yield id(message)


class _Sources:
    """The sources of translations for the messages of a template."""

    def __init__(self, template: Catalog, catalog: Catalog, rules: Rules) -> None:
        self._rules = rules
        live = [message for message in catalog.messages if not message.obsolete]
        retired = [message for message in catalog.messages if message.obsolete]
        self._known = {message.key: message for message in retired}
        for message in live:
            known = self._known.get(message.key)
            self._known[message.key] = with_earlier(message, known) if known else message
        self._edited_from = {
            (message.previous_context, message.previous_id): message
            # A live one goes before one whose text was deleted after the edit.
            for message in (*retired, *live)
            if message.fuzzy and message.previous_id and not message.id_plural
        }
        self._by_text = _by_text((*live, *retired))
        self._recut = recut(live) if rules.recut else {}
        lenders = [one for one in (*live, *retired) if one.string and not one.id_plural]
        self._origins = origins([one for one in live if not one.id_plural], template.messages)
        self._origins = {
            key: origin
            for key, origin in self._origins.items()
            if any(map(has_translation, origin.messages))
        }
        left = [
            message
            for message in template.messages
            if message.key not in self._known
            and message.id not in self._by_text
            and message.key not in self._origins
        ]
        self._origins |= {message.key: one for message, one in elsewhere(lenders, left)}

    def change(self, fresh: Message) -> Change:
        """Decide what happens to a message of the template."""
        same = self._known.get(fresh.key)
        if same:
            return Change(Fate.KEPT, _updated(fresh, same), same, lives_on=True)
        for step in self._steps:
            if found := step(fresh):
                return found
        return Change(Fate.NEW, fresh)

    @cached_property
    def _steps(self) -> Sequence[Callable[[Message], Change | None]]:
        """The ways to a translation, the surest first, without those that lead nowhere here."""
        steps = (
            (self._moved, self._by_text),
            (self._restored, self._edited_from),
            (self._cut, self._recut),
            (self._carried_over, self._origins),
            (self._unaffected, self._origins),
            (self._same, True),
            (self._alike, True),
            (self._edited, self._origins),
        )
        return [step for step, sources in steps if sources]

    def _moved(self, fresh: Message) -> Change | None:
        known = self._by_text.get(fresh.id)
        moved = _nearest(known, fresh.context) if known else None
        return Change(Fate.MOVED, _updated(fresh, moved), moved, lives_on=True) if moved else None

    def _cut(self, fresh: Message) -> Change | None:
        """A text that was part of a longer one, or several ones, by the older rules."""
        old = self._recut.get(spelled(fresh.id)) if self._recut else None
        if old is None:
            return None
        return Change(Fate.MOVED, replace(_updated(fresh, old), id=fresh.id), old)

    def _restored(self, fresh: Message) -> Change | None:
        """The message that the source was before the edit which made it fuzzy."""
        before = self._edited_from.get(fresh.key)
        if before is None:
            return None
        flags = tuple(flag for flag in before.flags if flag != "fuzzy")
        new = replace(_updated(fresh, before), id=fresh.id, flags=flags)
        return Change(Fate.KEPT, _without_previous(new), before, lives_on=True)

    def _same(self, fresh: Message) -> Change | None:
        far = self._rules.same(fresh)
        if far is None or (far.fuzzy and self._rules.least > 1):
            return None
        return _move(fresh, far)

    def _alike(self, fresh: Message) -> Change | None:
        origin = self._origins.get(fresh.key)
        least = origin.likeness + _PLACE * origin.in_place if origin else 0.0
        far = self._rules.alike(fresh, max(least, self._rules.least))
        return _move(fresh, far) if far else None

    def _carried_over(self, fresh: Message) -> Change | None:
        origin = self._origins.get(fresh.key)
        if origin is None or len(origin.messages) > 1:
            return None
        (old,) = origin.messages
        string = self._carried(old, fresh) if old.translated else None
        if string is None:
            return None
        return Change(Fate.CARRIED, _edition(fresh, old, string), old)

    def _unaffected(self, fresh: Message) -> Change | None:
        """A translation that still fits, as the writer of the edit says."""
        origin = self._origins.get(fresh.key)
        if origin is None or self._objection(fresh, origin) != "":
            return None
        (old,) = origin.messages
        return Change(Fate.UNAFFECTED, _edition(fresh, old, old.string), old)

    def _objection(self, fresh: Message, origin: Origin) -> str | None:
        """Why a translation becomes fuzzy though its writer says that it still fits."""
        (old, *others) = origin.messages
        if others or not (origin.in_place and old.translated):
            return None
        reason = self._rules.objection(old.id, fresh.id)
        if reason == "" and not self._rules.acceptable(fresh.id, old.string):
            return "the translation would fail a check"
        return reason

    def _edited(self, fresh: Message) -> Change | None:
        origin = self._origins.get(fresh.key)
        if origin is None or origin.likeness < self._rules.least:
            return None
        old = _united(origin.messages)
        lives_on = len(origin.messages) == 1 and not old.obsolete
        reason = self._objection(fresh, origin) or ""
        return Change(Fate.FUZZY, suggested(fresh, old), old, lives_on=lives_on, reason=reason)

    def _carried(self, old: Message, fresh: Message) -> str | None:
        """The translation with the edit of its source made in it, where that can be undone."""
        string = carried(old.id, fresh.id, old.string, self._rules.counts_alike)
        if string is None or carried(fresh.id, old.id, string) != old.string:
            return None
        return string if self._rules.acceptable(fresh.id, string) else None


def _edition(fresh: Message, old: Message, string: str) -> Message:
    """A message with the translation of its old text, which shows the way back."""
    return replace(
        _updated(fresh, old),
        id=fresh.id,
        string=string,
        previous_id=old.id,
        previous_context=old.context,
    )


def _move(fresh: Message, far: Message) -> Change:
    """Take over the words of another catalog's message."""
    return Change(Fate.FUZZY if far.fuzzy else Fate.MOVED, _updated(fresh, far), far)


def _by_text(messages: Sequence[Message]) -> Mapping[str, list[Message]]:
    """The messages that translate each text, those that are not fuzzy first."""
    found: dict[str, list[Message]] = {}
    for message in sorted(messages, key=lambda message: message.fuzzy):
        if has_translation(message) and not message.id_plural:
            found.setdefault(message.id, []).append(message)
    return found


def _nearest(messages: Sequence[Message], context: str | None) -> Message:
    """The message of a text whose context is most like another one; of equals the first."""
    first, *others = messages
    if not others or context is None:
        return first
    sure = [message for message in messages if message.fuzzy == first.fuzzy]
    return max(sure, key=lambda message: likeness(message.context or "", context))


def _updated(fresh: Message, old: Message) -> Message:
    """The translator's part of `old` with what we tell about the source from `fresh`."""
    if old.id_plural is not None and fresh.id_plural is None:
        old = in_one_form(old)
    mine = (old.context, old.extracted, old.references, old.obsolete)
    if mine == (fresh.context, fresh.extracted, fresh.references, False):
        return old
    return replace(
        old,
        context=fresh.context,
        extracted=fresh.extracted,
        references=fresh.references,
        obsolete=False,
        line=fresh.line,
    )


def _without_previous(message: Message) -> Message:
    return replace(message, previous_id=None, previous_context=None, previous_plural=None)


def suggested(fresh: Message, old: Message) -> Message:
    """`fresh` with the translation of `old`, for a translator to look at."""
    flags = old.flags if old.fuzzy else ("fuzzy", *old.flags)
    return replace(
        _updated(fresh, old),
        id=fresh.id,
        flags=flags,
        previous_id=old.previous_id if old.fuzzy and old.previous_id else old.id,
        previous_context=old.context,
    )


def _united(messages: Sequence[Message]) -> Message:
    """Some messages as one: of those that were joined on the page."""
    first, *others = messages
    if not others:
        return first
    return replace(
        first,
        id=" ".join(message.id for message in messages),
        string=" ".join(message.string for message in messages if message.string),
        comments=tuple(dict.fromkeys(line for one in messages for line in one.comments)),
        flags=tuple(dict.fromkeys(flag for one in messages for flag in one.flags)),
        previous_id=None,
    )
