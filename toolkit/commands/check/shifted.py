"""Translations that stand at a neighbour of their message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.checks import Remark
from toolkit.language.phrases import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.checks.subject import Subject

_SHOWN = 40


def shifted(subject: Subject) -> Iterator[tuple[str, Remark]]:
    """Report each message of a catalog that has the translation of the one before or after it."""
    live = [one for one in subject.catalog.messages if not (one.obsolete or one.id_plural)]
    rows = [(one.id, one.string if one.translated else "") for one in live]
    if not any(text for _, text in rows):
        return
    # Slow to import.
    from toolkit.aligning.shifts import shifts  # noqa: PLC0415

    told: set[int] = set()
    for place, neighbour in shifts(rows, (subject.source.script, subject.locale.script)):
        if place in told:
            continue
        told.add(place)
        where = "next" if neighbour > place else "previous"
        source = shortened(live[neighbour].id, _SHOWN)
        text = f"looks like the translation of the {where} message, “{source}”"
        yield "shifted", Remark(text, message=live[place], facts=(live[neighbour].id,))
