"""The rules by which an update or import merges a template into a catalog."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from toolkit.catalogs.header import RULES
from toolkit.catalogs.merge import Rules
from toolkit.reading.segment import RULES_VERSION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.language.locale import Locale
    from toolkit.model.catalog import Catalog
    from toolkit.project.store import Run
    from toolkit.reading.canonical import Definitions

Objection = Callable[[str, str], str | None]
_NONE = 2.0
"""A likeness that no two texts have."""


def merge_rules(
    run: Run,
    locale: Locale,
    definitions: Definitions,
    old: Catalog,
    objects: Objection | None = None,
) -> Rules:
    """The rules for a catalog of a project; `objects` tells which edits are not harmless."""
    settings = run.project.settings
    rules = Rules(
        _acceptable(run, locale, definitions),
        counts_alike=locale.counts_alike,
        recut=is_cut_otherwise(old),
        least=settings.fuzzy_limit / 100 if settings.fuzzy else _NONE,
    )
    return replace(rules, objection=objects) if objects else rules


def _acceptable(run: Run, locale: Locale, definitions: Definitions) -> Callable[[str, str], bool]:
    """Return `acceptable`, loaded once it is asked: most updates need neither checks nor guard."""

    @cache
    def loaded() -> Callable[[str, str], bool]:
        from toolkit.commands.update.soundness import acceptable  # noqa: PLC0415 - as said

        return acceptable(run, locale, definitions)

    def is_sound(source: str, translation: str) -> bool:
        return loaded()(source, translation)

    return is_sound


def is_cut_otherwise(catalog: Catalog) -> bool:
    """Whether a catalog was made by other rules of segmenting."""
    said = dict(catalog.header).get(RULES, str(RULES_VERSION))
    return said != str(RULES_VERSION)


def objections(run: Run, pages: Sequence[str], *, trivial: bool) -> Objection | None:
    """Return what objects to edits that their writer, or a user of `--trivial`, calls harmless."""
    settings = run.project.settings
    trailer = settings.unaffected_trailer
    if not (trivial or trailer):
        return None
    # Few projects ask for this.
    from toolkit.checks.harmless import objection  # noqa: PLC0415
    from toolkit.commands.update.writers_word import WritersWord  # noqa: PLC0415

    word = WritersWord(run, pages, trailer) if trailer else None

    def objects(old: str, new: str) -> str | None:
        if trivial or (word and word.covers(old, new)):
            return objection(old, new, settings.source)
        return None

    return objects
