"""The inline text of a page, read once and as the dialect's programs read it."""

from __future__ import annotations

from toolkit.inline.grammar import Flavour, Grammar
from toolkit.inline.mark import MASK, Mark, Markup, masked
from toolkit.inline.reading import hidden_code, marks

__all__ = ["MASK", "Flavour", "Grammar", "Mark", "Markup", "hidden_code", "marks", "masked"]
