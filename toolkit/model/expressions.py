"""Regular expressions that are compiled when they are first used.

Compiling those of all dialects and checks takes longer than reading a small project does.
Expressions that nearly every run uses are compiled at once, with `re`.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any, cast


def late(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return `re.compile`, but compile it when something is asked of it."""
    return cast("re.Pattern[str]", _Late(pattern, flags))


class _Late:
    def __init__(self, pattern: str, flags: int) -> None:
        self._arguments = pattern, flags

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - any attribute of an expression
        found = getattr(self._compiled, name)
        # From now on it is an attribute like any other.
        self.__dict__[name] = found
        return found

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(*self._arguments)

    def __reduce__(self) -> tuple[object, tuple[str, int]]:
        return late, self._arguments
