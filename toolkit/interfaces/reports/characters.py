"""Texts of a project made fit for what a report is written into."""

from __future__ import annotations

from unicodedata import category


def encodable(text: str) -> str:
    """The text with `?` for lone surrogates, which a file name can hold and UTF-8 cannot."""
    return text.encode("utf-8", "replace").decode("utf-8")


def printable(text: str) -> str:
    """One line that leaves a terminal alone, character for character.

    Line ends, control and format characters are blanks; blanks of every width stay.
    """
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() or category(char) == "Zs" else " " for char in text)
