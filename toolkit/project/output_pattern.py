"""Patterns that say where localized pages go, as the setting `output` does."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping


class Place(NamedTuple):
    """A page in a locale."""

    locale: str
    path: str
    """Its name below the content folder."""
    bare: str
    """The same without a source locale in it."""


class Placeholder(NamedTuple):
    """A part of a place, by its name between braces."""

    value: Callable[[Place], str]
    by_locale: bool = False
    """Whether its values differ between any two locales."""
    by_page: bool = False
    """Whether its values differ between any two pages."""


PLACEHOLDERS: Mapping[str, Placeholder] = {
    "locale": Placeholder(lambda place: place.locale, by_locale=True),
    "path": Placeholder(lambda place: place.path, by_page=True),
    "stem": Placeholder(
        lambda place: PurePosixPath(place.bare).with_suffix("").as_posix(), by_page=True
    ),
}
_PLACEHOLDER = re.compile(rf"\{{({'|'.join(PLACEHOLDERS)})\}}")
_NAMED = re.compile(r"\{([^{}]*)\}")


def has_placeholder(pattern: str) -> bool:
    """Whether a path has a placeholder, and so is a pattern."""
    return bool(_PLACEHOLDER.search(pattern))


def check_pattern(pattern: str) -> None:
    """Raise `ValueError` for a pattern that does not give each page in each locale its place."""
    check_names(pattern, PLACEHOLDERS)
    check_braces(pattern)
    used = [PLACEHOLDERS[name] for name in names_in(pattern)]
    if not (any(one.by_locale for one in used) and any(one.by_page for one in used)):
        locales = [name for name, one in PLACEHOLDERS.items() if one.by_locale]
        pages = [name for name, one in PLACEHOLDERS.items() if one.by_page]
        needed = f"{_listed(locales, 'or')}, and {_listed(pages, 'or')}"
        raise ValueError(f"needs {needed}, to keep pages apart")


def names_in(pattern: str) -> list[str]:
    """Return the names that stand between braces in a pattern, known or not."""
    return _NAMED.findall(pattern)


def check_names(pattern: str, known: Collection[str]) -> None:
    """Raise `ValueError` for a name between braces that is none of those known."""
    for name in names_in(pattern):
        if name not in known:
            raise ValueError(f"unknown {{{name}}}; use {_listed(known, 'or')}")


def check_braces(pattern: str) -> None:
    """Raise `ValueError` for a brace that belongs to no placeholder."""
    lone = re.search(r"[{}]", _NAMED.sub("", pattern))
    if lone:
        raise ValueError(f'a lone "{lone[0]}"; write {_listed(PLACEHOLDERS, "and")} in full')


def _listed(names: Collection[str], word: str) -> str:
    *others, last = (f"{{{name}}}" for name in names)
    return f"{', '.join(others)} {word} {last}" if others else last


def filled(pattern: str, locale: str, page: str, bare: str = "") -> str:
    """Return the place of a page in a locale.

    `bare` is its name without a source locale in it, which the stem is taken from.
    """
    return _filled(pattern, Place(locale, page, bare or page))


@lru_cache(1 << 16)
def _filled(pattern: str, place: Place) -> str:
    return _PLACEHOLDER.sub(lambda match: PLACEHOLDERS[match[1]].value(place), pattern)
