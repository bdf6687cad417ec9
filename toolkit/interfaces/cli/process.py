"""The program as a process of its own."""

from __future__ import annotations

import atexit
import os
import sys

from toolkit.interfaces.cli.program import main
from toolkit.project.garbage import collect_seldom


def run() -> None:
    """Run the program and end the process with its status.

    Taking apart what a command has made, object by object, would take a tenth of a second, and so
    would looking for garbage in it; the system frees the memory at once.
    """
    collect_seldom()
    try:
        main()
    except SystemExit as end:
        if not _others_run():
            _end(end.code)
        raise


def _others_run() -> bool:
    """Whether there are threads to wait for, such as those that lead other processes."""
    threading = sys.modules.get("threading")
    return threading is not None and threading.active_count() > 1


def _end(status: object) -> None:
    """End the process; returns where Python has to say why that cannot be done as usual."""
    if status is not None and not isinstance(status, int):
        return
    atexit._run_exitfuncs()  # noqa: SLF001 - as the interpreter does, which is left out
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    except (OSError, ValueError):
        return
    os._exit(status or 0)
