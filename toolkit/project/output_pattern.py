"""Patterns that say where localized pages go, as the setting `output` does."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import PurePosixPath

PLACEHOLDERS = ("locale", "path", "stem")
_PLACEHOLDER = re.compile(rf"\{{({'|'.join(PLACEHOLDERS)})\}}")


def has_placeholder(pattern: str) -> bool:
    """Whether a path has a placeholder, and so is a pattern."""
    return bool(_PLACEHOLDER.search(pattern))


def filled(pattern: str, locale: str, page: str, bare: str = "") -> str:
    """Return the place of a page in a locale.

    `bare` is its name without a source locale in it, which the stem is taken from.
    """
    return _filled(pattern, locale, page, bare or page)


@lru_cache(1 << 16)
def _filled(pattern: str, locale: str, page: str, bare: str) -> str:
    stem = PurePosixPath(bare).with_suffix("").as_posix()
    values = {"locale": locale, "path": page, "stem": stem}
    return _PLACEHOLDER.sub(lambda match: values[match[1]], pattern)
