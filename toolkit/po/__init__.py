"""PO files: bytes to a `Catalog`, and a `Catalog` to the bytes GNU gettext would write.

The only place that knows PO syntax. Nothing here reads or writes files.
"""

from __future__ import annotations

from toolkit.po.places import place_of
from toolkit.po.reading import read_catalog
from toolkit.po.writing import write_catalog

__all__ = ["place_of", "read_catalog", "write_catalog"]
