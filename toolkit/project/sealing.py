"""Runs that are to change nothing, and end where they would."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_sealed = ContextVar("sealed", default=False)


class SealedError(BaseException):
    """A file would have been changed; only the code that forbade it may catch this."""


@contextmanager
def sealed() -> Iterator[None]:
    """Forbid any change of a file meanwhile, in this process."""
    token = _sealed.set(True)
    try:
        yield
    finally:
        _sealed.reset(token)


def is_sealed() -> bool:
    """Whether no file may be changed now."""
    return _sealed.get()


def check_unsealed(path: Path) -> None:
    """Raise `SealedError` where no file may be changed now."""
    if _sealed.get():
        raise SealedError(path)
