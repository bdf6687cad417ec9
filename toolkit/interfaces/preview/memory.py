"""Memory: less of it for a process that is there for long."""

from __future__ import annotations

import contextlib
import ctypes

_ARENA_MAX, _ARENAS = -8, 2
"""`M_ARENA_MAX` of glibc's `mallopt`, and a value for it."""


def share() -> None:
    """Let threads share the memory that they free; glibc keeps it for each of them."""
    with contextlib.suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).mallopt(_ARENA_MAX, _ARENAS)


def give_back() -> None:
    """Give the system the memory that large work has left; glibc keeps it for the next."""
    with contextlib.suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)
