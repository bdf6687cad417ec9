"""The command line: thin shells over the package's functions.

What a command needs is imported when it runs, so that `--help` and completion answer at once.
"""

from __future__ import annotations

from toolkit.interfaces.cli import (
    books,
    building,
    catalogs,
    checks,
    drifting,
    exchanging,
    imports,
    locales,
    pages,
    platform,
    preview,
    site,
    starting,
    statistics,
    tasks,
    terms,
    translating,
    verifying,
)
from toolkit.interfaces.cli.program import main

__all__ = [
    "books",
    "building",
    "catalogs",
    "checks",
    "drifting",
    "exchanging",
    "imports",
    "locales",
    "main",
    "pages",
    "platform",
    "preview",
    "site",
    "starting",
    "statistics",
    "tasks",
    "terms",
    "translating",
    "verifying",
]
