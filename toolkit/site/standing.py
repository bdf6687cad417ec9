"""Translations that somebody wrote by hand, at the place where a page would be built."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.detection import language_of
from toolkit.errors import DocumentError, Problem
from toolkit.locale import locale_of
from toolkit.segment import read

if TYPE_CHECKING:
    from toolkit.catalog import Catalog
    from toolkit.document import Document
    from toolkit.guard import Guard
    from toolkit.locale import Locale
    from toolkit.site.localizing import Wanted
    from toolkit.template import Page

_FOREIGN = 0.5
"""The share of a file's texts from which on it is no page that was built."""


def written_by_hand(
    file: Document, page: Page, catalog: Catalog, locale: Locale, guard: Guard, wanted: Wanted
) -> bool:
    """Whether a file is a translation that no catalog knows.

    What was built once has its texts from the catalog, which forgets no translation, or from an
    earlier source page, which the language tells.
    """
    try:
        units = read(file, guard.dialect, guard.keys).units
    except DocumentError:
        return True
    known = {unit.text for unit in page.units} | {wanted.untranslated}
    for message in catalog.messages:
        known |= {message.id, message.string, message.previous_id or ""}
    others = [unit.text for unit in units if unit.text not in known]
    if len(others) <= _FOREIGN * len(units):
        return False
    said = language_of(["\n".join(others)])
    return said is not None and locale_of(said.tag).language == locale.language


def standing(output: str, page: str, tag: str) -> Problem:
    """What is told of such a file, which stays as it is."""
    text = (
        f"has texts that are in no catalog; `yiben import {page} {output} -l {tag}` takes them"
        " over, or remove the file to have the page built here"
    )
    return Problem(output, 0, 0, text)
