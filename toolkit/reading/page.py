"""A page: a document and what was read in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from toolkit.dialects.dialect import Dialect
    from toolkit.model.document import Document
    from toolkit.model.units import Unit
    from toolkit.reading.segment import Reading


@dataclass(frozen=True, slots=True)
class Page:
    """A document and what was read in it."""

    document: Document
    reading: Reading

    @property
    def units(self) -> tuple[Unit, ...]:
        """The units in their order."""
        return self.reading.units

    @property
    def dialect(self) -> Dialect:
        """The dialect it is written in."""
        return self.reading.dialect
