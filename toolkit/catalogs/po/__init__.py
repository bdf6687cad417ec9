"""PO files: bytes to a `Catalog`, and a `Catalog` to the bytes GNU gettext would write.

The only place that knows PO syntax. Nothing here reads or writes files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.catalogs.po.binary import binary_of
from toolkit.catalogs.po.file import CatalogFile, Entry
from toolkit.catalogs.po.places import place_of
from toolkit.catalogs.po.reading import catalog_of, read
from toolkit.catalogs.po.versions import versions_of
from toolkit.catalogs.po.writing import write_catalog

if TYPE_CHECKING:
    from toolkit.model.catalog import Catalog

__all__ = [
    "CatalogFile",
    "Entry",
    "binary_of",
    "place_of",
    "read_catalog",
    "read_compendium",
    "versions_of",
    "write_catalog",
]


def read_catalog(path_name: str, data: bytes) -> Catalog:
    """Return the catalog that a PO or POT file holds; `path_name` is only shown in problems.

    Raises `CatalogError` with every problem found.
    """
    return CatalogFile(path_name, data).catalog


def read_compendium(path_name: str, data: bytes) -> Catalog:
    """Return the catalog that a compendium holds, in which a text may hold several versions.

    Raises `CatalogError` with every problem found.
    """
    return catalog_of(read(path_name, data, compendium=True).messages)
