"""Leverage from elsewhere: the project's other catalogs and its memory files."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from toolkit.catalogs.merge import suggested
from toolkit.catalogs.merge.index import Index
from toolkit.catalogs.merge.likeness import USEFUL
from toolkit.checks.families import CHECKS
from toolkit.checks.subject import Pair, Subject
from toolkit.model.catalog import Catalog, Message
from toolkit.model.findings import Severity
from toolkit.writing.guard.foreign import foreign_features

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from toolkit.catalogs.memory import Entry, Memory
    from toolkit.language.locale import Locale
    from toolkit.project.store import Run
    from toolkit.reading.canonical import Definitions

_SOUND = tuple(
    check for check in CHECKS.values() if check.over_pair and check.severity is Severity.ERROR
)


class Lent(NamedTuple):
    """A translation of another page, as far as it is looked at before it is taken."""

    id: str
    string: str
    obsolete: bool
    message: Callable[[], Message]
    several: bool = False
    """Whether other pages translate it in other words."""

    def taken(self) -> Message:
        """Return the message, fuzzy where pages differ."""
        message = self.message()
        return replace(message, flags=("fuzzy", *message.flags)) if self.several else message


class Leverage:
    """The translations of one locale that a page may take from other pages and from memories."""

    def __init__(self, own: Iterable[Lent], memory: Memory, *, trusted: bool) -> None:
        self._own = _unanimous(own)
        self._memory = memory
        self._trusted = trusted

    def prepare(self) -> None:
        """Make the indexes now, for all processes that will share them."""
        self.same(Message(""))
        self._index.prepare()
        self._memory.prepare()

    def same(self, fresh: Message) -> Message | None:
        """The same text; fuzzy where other pages translate it in several ways."""
        same = self._own.get(fresh.id)
        if same:
            return same.taken()
        known = self._memory.exact(fresh.id, fresh.context)
        if known:
            same_place = known.context == fresh.context
            sure = self._trusted and same_place and not known.doubtful
            flags = () if sure else ("fuzzy",)
            return replace(_remembered(known), context=fresh.context, flags=flags)
        return None

    def alike(self, fresh: Message, least: float = 0.0) -> Message | None:
        """A fuzzy message with the translation of the text most like it; our own go first.

        A text that is not more than `least` alike is not given.
        """
        if least >= 1:
            return None
        own = self._index.nearest(fresh.id, max(USEFUL, least))
        near = self._memory.close(fresh.id, 1, max(USEFUL, least))
        if own and own[1] > least and not (near and near[0][1] > own[1]):
            return suggested(fresh, self._lent[own[0]].taken())
        if near and near[0][1] > least:
            return suggested(fresh, _remembered(near[0][0]))
        return None

    @cached_property
    def _lent(self) -> Sequence[Lent]:
        return tuple(self._own.values())

    @cached_property
    def _index(self) -> Index:
        return Index([one.id for one in self._lent])


def _unanimous(own: Iterable[Lent]) -> dict[str, Lent]:
    """The first translation of each text, marked where others differ."""
    found: dict[str, Lent] = {}
    for one in own:
        known = found.setdefault(one.id, one)
        counts = known.obsolete or not one.obsolete
        if counts and known.string != one.string and not known.several:
            found[one.id] = known._replace(several=True)
    return found


def _remembered(entry: Entry) -> Message:
    """An entry of the memory as a message, which tells where it comes from."""
    comments = (f"from {entry.origin}",) if entry.origin else ()
    return Message(entry.source, entry.translation, context=entry.context, comments=comments)


def complaints(
    run: Run, locale: Locale, definitions: Definitions
) -> Callable[[str, str], list[str]]:
    """Tells what the checks whose findings are errors say of a translation; mostly nothing."""
    settings = run.project.settings
    subject = Subject(
        Catalog(),
        locale,
        settings.source,
        run.dialect,
        allow=settings.allowed(locale),
        labels=definitions,
    )

    def told(source: str, translation: str) -> list[str]:
        pair = Pair(Message(source, translation), run.dialect.wordless)
        return [
            said.text
            for check in _SOUND
            if check.over_pair
            for said in check.over_pair(pair, subject)
        ]

    return told


def acceptable(run: Run, locale: Locale, definitions: Definitions) -> Callable[[str, str], bool]:
    """Tells whether no check of ours would fail a translation, and the build would use it."""
    allow = run.project.settings.allowed(locale)
    told = complaints(run, locale, definitions)

    def is_sound(source: str, translation: str) -> bool:
        if told(source, translation):
            return False
        return not foreign_features(
            source,
            translation,
            run.dialect.grammar,
            allowed=allow,
            definitions=definitions,
        )

    return is_sound
