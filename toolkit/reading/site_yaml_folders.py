"""The titles that MkDocs makes of the names of folders where no navigation is written."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from toolkit.model.document import Span
from toolkit.model.units import Form, Kind, Unit
from toolkit.reading.site_yaml import composed
from toolkit.reading.site_yaml_nodes import named_options, value_at

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from toolkit.model.document import Document

_OTHERS = frozenset({"literate-nav", "i18n", "monorepo"})
"""Plugins that have titles of folders from elsewhere."""


def shows_folders(settings: Iterable[Document]) -> bool:
    """Whether the plugin for MkDocs shows a navigation that is made of the folders.

    The settings are those of the site and all that they inherit.
    """
    roots = [composed(one) for one in settings]
    if any(key.value == "nav" for root in roots for key, _ in root.value):
        return False
    plugins = {name for root in roots for name, _ in named_options(value_at(root, "plugins"))}
    return "yiben" in plugins and plugins.isdisjoint(_OTHERS)


def folder_units(
    document: Document, pages: Iterable[str], named: Collection[str] = ()
) -> Iterator[Unit]:
    """Iterate over the titles of the folders of some pages, placed at the settings' end.

    The folders in `named` have titles of their own.
    """
    end = len(document.text)
    for folder in sorted({one for page in pages for one in _folders(page)}.difference(named)):
        title = folder_title(folder.rpartition("/")[2])
        if any(map(str.isalpha, title)):
            detail = f"{Kind.NAV_TITLE} · folder {folder}"
            yield Unit(Kind.NAV_TITLE, title, Span(end, end), Form.QUOTED, detail)


def _folders(page: str) -> Iterator[str]:
    """Iterate over the folders that a page is in."""
    return accumulate(page.split("/")[:-1], lambda above, name: f"{above}/{name}")


def folder_title(name: str) -> str:
    """Return the title that MkDocs makes of a folder's name."""
    title = name.replace("-", " ").replace("_", " ")
    shown = title.capitalize() if title.lower() == title else title
    return " ".join(shown.split())
