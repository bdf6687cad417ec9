"""The inline text of a page, read once and as the dialect's programs read it."""

from __future__ import annotations

from toolkit.dialects.inline.grammar import Flavour, Grammar
from toolkit.dialects.inline.mark import MASK, Mark, Markup, masked
from toolkit.dialects.inline.reading import hidden_code, marks

__all__ = ["MASK", "Flavour", "Grammar", "Mark", "Markup", "hidden_code", "marks", "masked"]
