"""Localize Markdown documentation through gettext."""

__version__ = "0.1.0"
