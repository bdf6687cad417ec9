"""The texts of a page that changed since one of its revisions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.catalogs.merge import Fate, merge
from toolkit.catalogs.template import template_of
from toolkit.commands.drift.value import Act, TextChange

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from toolkit.model.catalog import Catalog, MessageKey
    from toolkit.reading.page import Page

_ACTS = {
    Fate.FUZZY: Act.CHANGED,
    Fate.CARRIED: Act.CHANGED,
    Fate.NEW: Act.NEW,
    Fate.OBSOLETE: Act.GONE,
}


_CHANGED = frozenset({Fate.FUZZY, Fate.CARRIED})


def changes_since(old: Page, now: Page) -> Iterator[TextChange]:
    """Compare the texts of two revisions of a page, in the order of the page as it is now.

    What an update would call fuzzy was changed; where texts stand does not matter.
    """
    merged = merge(template_of([now]), _as_translated(template_of([old])))
    lines, old_lines = _lines(now), _lines(old)
    changed = {one.old.key for one in merged.changes if one.old and one.fate in _CHANGED}
    for change in merged.changes:
        act = _ACTS.get(change.fate)
        if act is Act.GONE and change.new.key in changed:
            continue
        if act is Act.GONE:
            yield TextChange(act, change.new.id, line=old_lines.get(change.new.key, 0))
        elif act:
            before = change.old.id if change.old else ""
            yield TextChange(act, change.new.id, before, lines.get(change.new.key, 0))


def _as_translated(template: Catalog) -> Catalog:
    """A catalog whose texts stand for their own translations."""
    return replace(
        template, messages=tuple(replace(one, string=one.id) for one in template.messages)
    )


def _lines(page: Page) -> Mapping[MessageKey, int]:
    """The first line of each text."""
    found: dict[MessageKey, int] = {}
    for unit in page.units:
        line, _ = page.document.place(unit.span.start)
        found.setdefault((unit.context, unit.text), line)
    return found
