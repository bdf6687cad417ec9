"""The files that a script takes modules from: `import Thing from './Thing.vue'`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.model.expressions import late
from toolkit.reading.targets.value import Place, TargetKind, Writing

if TYPE_CHECKING:
    from collections.abc import Iterator

_IMPORT = late(
    r"^[ \t]*(?:(?:import|export)\b[^;'\"`]{0,2000}?\bfrom|import)\s*"
    r"(?:'(?P<single>\.{1,2}/[^'\n]+)'|\"(?P<double>\.{1,2}/[^\"\n]+)\")",
    re.MULTILINE,
)


def imports_in(text: str, start: int, end: int | None = None) -> Iterator[Place]:
    """The relative paths in the `import` and `export` statements of a script, in order."""
    for found in _IMPORT.finditer(text, start, len(text) if end is None else end):
        single = found["single"] is not None
        writing = Writing.PATH_SINGLE if single else Writing.PATH
        span = found.span("single" if single else "double")
        yield Place(*span, TargetKind.INCLUDE, writing)
