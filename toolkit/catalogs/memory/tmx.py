"""TMX 1.4b, the exchange format of translation memories, and its elder versions.

Source: the TMX 1.4b specification (LISA OSCAR, 2005) and XML 1.0. Nothing outside of the file is
fetched.
"""

from __future__ import annotations

from toolkit.catalogs.memory.reading import read_tmx
from toolkit.catalogs.memory.writing import unwritable, write_tmx
from toolkit.catalogs.memory.xml_reading import MAX_BYTES

__all__ = ["MAX_BYTES", "read_tmx", "unwritable", "write_tmx"]
