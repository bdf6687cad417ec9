"""A value of a page's front matter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from toolkit.units import Form


@dataclass(frozen=True, slots=True)
class Value:
    """A value of the front matter: where it stands and what it says."""

    start: int
    end: int
    text: str
    form: Form
    key: str
    """The keys that lead to it, joined by dots."""
    indent: str = ""
    """What a line of a block scalar starts with."""
