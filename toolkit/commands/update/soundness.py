"""Whether a translation may be entered: no check would fail it, and a build would use it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.checks.families import CHECKS
from toolkit.checks.subject import Pair, Subject
from toolkit.model.catalog import Catalog, Message
from toolkit.model.findings import Severity
from toolkit.writing.guard.foreign import foreign_features

if TYPE_CHECKING:
    from collections.abc import Callable

    from toolkit.language.locale import Locale
    from toolkit.project.store import Run
    from toolkit.reading.canonical import Definitions

_SOUND = tuple(
    check for check in CHECKS.values() if check.over_pair and check.severity is Severity.ERROR
)


def complaints(
    run: Run, locale: Locale, definitions: Definitions
) -> Callable[[str, str], list[str]]:
    """Return what gives the errors that our checks find in a translation; mostly none."""
    settings = run.project.settings
    subject = Subject(
        Catalog(),
        locale,
        settings.source,
        run.dialect,
        allow=settings.allowed(locale),
        labels=definitions,
    )

    def errors_in(source: str, translation: str) -> list[str]:
        pair = Pair(Message(source, translation), run.dialect.wordless)
        return [
            remark.text
            for check in _SOUND
            if check.over_pair
            for remark in check.over_pair(pair, subject)
        ]

    return errors_in


def acceptable(run: Run, locale: Locale, definitions: Definitions) -> Callable[[str, str], bool]:
    """Return what decides whether a translation fails no check of ours and a build would use it."""
    allow = run.project.settings.allowed(locale)
    errors_in = complaints(run, locale, definitions)

    def is_sound(source: str, translation: str) -> bool:
        if errors_in(source, translation):
            return False
        return not foreign_features(
            source,
            translation,
            run.dialect.grammar,
            allowed=allow,
            definitions=definitions,
        )

    return is_sound
