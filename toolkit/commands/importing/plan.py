"""The common ground of an import's parts, and what the build would refuse."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from toolkit.writing.guard.foreign import foreign_features

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from toolkit.catalogs.glossary import Glossary
    from toolkit.commands.exchange.ids import Back
    from toolkit.commands.importing.known import Known
    from toolkit.commands.importing.value import ImportRequest
    from toolkit.commands.translate.gates import Gates
    from toolkit.language.locale import Locale
    from toolkit.project.store import Run
    from toolkit.reading.canonical import Definitions
    from toolkit.writing.guard.feature import Feature


@dataclass(frozen=True, slots=True)
class Plan:
    """The common ground of all domains of an import."""

    run: Run
    request: ImportRequest
    translations: Mapping[str, str]
    """The translations in the memories.

    Catalogs do not count: a second import would find more than the first."""
    glossary: Glossary
    known: Known | None = None
    """The messages of the catalog that is imported."""
    back: Mapping[str, Back] = field(default_factory=dict)
    """The exported messages among these, by the part of their ids that names the message."""
    gates: Gates | None = None
    """The gates that these have to pass; `None` where there are none."""
    trusted: bool = False
    """Whether the other pages are known to be translations, which the first round finds out."""


def refused_for(
    run: Run, locale: Locale, texts: tuple[str, str], definitions: Definitions | None = None
) -> list[Feature]:
    """The reason why the build would refuse a translation; `texts` are its source and itself."""
    return foreign_features(
        *texts,
        run.dialect.grammar,
        allowed=run.project.settings.allowed(locale),
        definitions=definitions,
    )


def reason_of(foreign: Sequence[Feature]) -> str:
    """The same in words, for a comment."""
    return f"not in the source: {', '.join(map(str, foreign[:3]))}"
