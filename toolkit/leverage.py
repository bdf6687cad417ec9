"""What an update may take from elsewhere: the project's other catalogs and its memory files."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from toolkit.catalog import Catalog, Message
from toolkit.checks.families import CHECKS
from toolkit.checks.subject import Pair, Subject
from toolkit.findings import Severity
from toolkit.guard.foreign import foreign_features
from toolkit.merge import suggested
from toolkit.merge.likeness import Index

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from toolkit.locale import Locale
    from toolkit.run import Run

_LIKENESS = 0.75
"""How alike a text from elsewhere has to be to lend its translation as fuzzy."""
_SOUND = tuple(
    check for check in CHECKS.values() if check.over_pair and check.severity is Severity.ERROR
)


class Leverage:
    """The translations of one locale that a page may take from other pages and from memories."""

    def __init__(
        self, own: Iterable[Message], remembered: Iterable[Message], *, trusted: bool
    ) -> None:
        self._own = {message.id: message for message in reversed(list(own))}
        self._remembered = {message.id: message for message in reversed(list(remembered))}
        self._trusted = trusted

    def found(self, fresh: Message) -> Message | None:
        """The same text, or a fuzzy one like it, with what is told of its source from `fresh`."""
        same = self._own.get(fresh.id)
        if same:
            return same
        known = self._remembered.get(fresh.id)
        if known:
            sure = self._trusted and known.context == fresh.context
            return known if sure else replace(suggested(fresh, known), previous_id=None)
        nearest = self._index.nearest(fresh.id, _LIKENESS) if self._all else None
        return suggested(fresh, self._all[nearest[0]]) if nearest else None

    def prepare(self) -> None:
        """Make the index now, for all processes that will share it."""
        if self._all:
            self._index.nearest("", 1)

    @cached_property
    def _all(self) -> Sequence[Message]:
        return [*self._own.values(), *self._remembered.values()]

    @cached_property
    def _index(self) -> Index:
        return Index([message.id for message in self._all])


def acceptable(run: Run, locale: Locale, labels: frozenset[str]) -> Callable[[str, str], bool]:
    """Tells whether no check of ours would fail a translation, and the build would use it."""
    settings = run.project.settings
    subject = Subject(
        Catalog(), locale, settings.source, run.dialect, allow=settings.allow, labels=labels
    )

    def is_sound(source: str, translation: str) -> bool:
        pair = Pair(Message(source, translation), run.dialect.wordless)
        if any(True for check in _SOUND if check.over_pair for _ in check.over_pair(pair, subject)):
            return False
        return not foreign_features(source, translation, settings.allow, run.dialect.own_syntax)

    return is_sound


def lent(message: Message, origin: str) -> Message:
    """A message of another catalog as one to lend: its words, and where they come from."""
    return replace(
        message,
        extracted=(),
        references=(),
        comments=(*message.comments, f"from {origin}") if origin else message.comments,
        obsolete=False,
    )
