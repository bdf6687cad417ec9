"""The command line: thin shells over the package's functions.

A command, and what it needs, is imported when it runs, so that `--help` and completion answer at
once.
"""

from __future__ import annotations

from toolkit.interfaces.cli.process import run
from toolkit.interfaces.cli.program import main

__all__ = ["main", "run"]
