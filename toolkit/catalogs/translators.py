"""The people who translated a catalog, as the comments of its header name them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.model.expressions import late

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from toolkit.model.catalog import Catalog

_MAIL = r"<[^<>\s]*@[^<>\s]*>"
_YEARS = r"(?:19|20)\d\d(?:\s*[-–,]\s*(?:19|20)\d\d)*"
_LINE = late(
    rf"(?P<name>[^<>@]*?)\s*(?:{_MAIL}\s*,?\s*(?:{_YEARS})?|,\s*{_YEARS})\s*\.?", re.DOTALL
)
"""Matches `Name <mail>, 2024, 2025.`, as gettext's programs, Poedit and platforms write it."""
_LAST = late(rf"(?P<name>[^<>@]*?)\s*(?:{_MAIL})?\s*")
_NAME = late(r"[^\W\d_](?:[\w .'’·,()&-]*[\w.)])?")
"""Matches a name in which no program finds markup: it comes from translators, like their texts."""
_DOMAIN = late(r"[\w-]{2}\.[^\W\d_]{2}")
"""Matches inside what some programs make a link of, `www.example.com`."""
_NOBODY = late(
    r"first author|full name|automatically generated|copyright|spdx|©|\bbot\b|weblate|anonymous"
    r"|translators?:?$",
    re.IGNORECASE,
)


def translators_of(catalog: Catalog) -> tuple[str, ...]:
    """Return the names of a catalog's translators, each once; addresses are left out.

    Where its comments name nobody, the field `Last-Translator` may.
    """
    found = dict.fromkeys(_names(catalog.header_comments, _LINE))
    if not found:
        last = dict(catalog.header).get("Last-Translator", "")
        found = dict.fromkeys(_names([last], _LAST))
    return tuple(found)


def is_name(text: str) -> bool:
    """Whether a text can be the name of a person, and holds no markup."""
    return bool(_NAME.fullmatch(text)) and not (_NOBODY.search(text) or _DOMAIN.search(text))


def _names(lines: Iterable[str], pattern: re.Pattern[str]) -> Iterator[str]:
    for line in lines:
        match = pattern.fullmatch(line.strip())
        name = " ".join(match["name"].split()).strip(" ,") if match else ""
        if is_name(name):
            yield name
