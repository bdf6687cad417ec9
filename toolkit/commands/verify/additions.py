"""Blocks that the settings add to localized pages: notices, and the names of translators."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.catalogs.ready_texts import NOTICES, ready_texts
from toolkit.catalogs.translators import is_name, translators_of
from toolkit.commands.verify.texts import letters, letters_of_markdown
from toolkit.site.credits import credit_line
from toolkit.site.localizing import AUTO

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.commands.verify.value import Block, BuiltPage
    from toolkit.language.locale import Locale
    from toolkit.model.catalog import Catalog
    from toolkit.project.settings import Settings

_PLACE = re.compile(r"\{\w+\}|\d+")
_MARK = re.compile(r"^(?:!!!|\?\?\?\+?|:::|///)[ \t]*|[\"{}]", re.MULTILINE)
_LIST = "ul"


def without_additions(
    pages: tuple[BuiltPage, BuiltPage], settings: Settings, locale: Locale, catalog: Catalog | None
) -> BuiltPage:
    """Return a localized page without the blocks that its source page cannot have.

    `pages` are the source page and the localized one.
    """
    source, page = pages
    if not (settings.notice or settings.credits):
        return page
    added = set(_texts(settings, locale, catalog))
    names = bool(settings.credits) and _lists(page) > _lists(source)
    kept = tuple(
        block
        for block in page.blocks
        if _letters(block) not in added and not (names and _is_list_of_names(block))
    )
    return page if len(kept) == len(page.blocks) else replace(page, blocks=kept)


def _texts(settings: Settings, locale: Locale, catalog: Catalog | None) -> Iterator[str]:
    """The letters of what may be added."""
    notice = locale.text_of(settings.notice)
    if notice == AUTO:
        known = ready_texts(locale)
        yield from (letters(known[text]) for text in NOTICES if text in known)
    elif notice:
        yield letters_of_markdown(_MARK.sub("", _PLACE.sub("", notice)))
    names = translators_of(catalog) if catalog else ()
    line = credit_line(locale.text_of(settings.credits), locale, names)
    if line:
        yield letters_of_markdown(_PLACE.sub("", line))


def _letters(block: Block) -> str:
    return letters(_PLACE.sub("", " ".join(piece.text for piece in block)))


def _lists(page: BuiltPage) -> int:
    return sum(map(_is_list, page.blocks))


def _is_list(block: Block) -> bool:
    return block[0].label.partition(".")[0] == _LIST


def _is_list_of_names(block: Block) -> bool:
    texts = [piece.text.strip() for piece in block if piece.text.strip()]
    return _is_list(block) and bool(texts) and all(map(is_name, texts))
