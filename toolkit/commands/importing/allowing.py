"""The setting that lets in where translations link to and their sources don't.

Translators lead readers to the same place in their language: `kubernetes.io/zh-cn`, `/ja/docs`.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING

from toolkit.language.names import spellings
from toolkit.writing.guard.feature import Act, host_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from toolkit.commands.importing.value import ImportedPage
    from toolkit.language.locale import Locale
    from toolkit.writing.guard.feature import Feature

    Allowance = tuple[str, ...] | Mapping[str, tuple[str, ...]]

_LEADING = frozenset({Act.TARGET, Act.IMAGE})
_LABEL = re.compile(r"(?!-)[\w-]{1,63}(?<!-)")
_PRIVATE = frozenset(
    "corp example home internal intranet invalid lan local localdomain localhost onion private test"
    .split()
)  # fmt: skip


def remedies_for(foreign: Iterable[Feature], locale: Locale) -> tuple[str, ...]:
    """Return what to allow for all of some features; nothing where that is no remedy.

    It is the host of a web address, and of a root path the part that names the locale.
    """
    found = [_remedy(feature, locale) for feature in foreign]
    return tuple(dict.fromkeys(found)) if all(found) else ()


def _remedy(feature: Feature, locale: Locale) -> str:
    if feature.act not in _LEADING:
        return ""
    return host_of(feature.text) or _prefix(feature.text, locale)


def _prefix(target: str, locale: Locale) -> str:
    """The start of a root path, as far as its locale: `/docs/ja` of `/docs/ja/guide`."""
    path = re.split("[?#]", target)[0]
    if not path.startswith("/") or path.startswith("//"):
        return ""
    parts = path.split("/")
    place = next((at for at, part in enumerate(parts) if _names(part, locale)), 0)
    return "/".join(parts[: place + 1])


def _names(part: str, locale: Locale) -> bool:
    """Whether a part of a path is a spelling of a locale, if need be with a region."""
    language, _, region = part.replace("_", "-").partition("-")
    is_variant = locale.tag == locale.language == language and re.fullmatch("[A-Za-z]{2}", region)
    return part in spellings(locale) or bool(is_variant)


def proposed(imports: Iterable[ImportedPage], locale: Locale, allow: Allowance) -> tuple[int, str]:
    """The number of translations that are fuzzy for links alone, and the setting to help them.

    What only one of them needs is more likely a slip than the site's own way; without anything else
    there is no setting. What the project allows already is part of it.
    """
    needs = [verdict.allow for one in imports for verdict in one.verdicts if verdict.allow]
    counts = Counter(entry for need in needs for entry in set(need))
    likely = sorted(entry for entry, count in counts.items() if count > 1 and _is_plain(entry))
    return len(needs), _setting(likely, locale, allow) if likely else ""


def _is_plain(entry: str) -> bool:
    """Whether it is a path, or a name that everybody can look up (RFC 2606, 6761 and 6762)."""
    if entry.startswith("/"):
        return True
    *labels, last = entry.casefold().rstrip(".").split(".")
    named = bool(labels) and all(map(_LABEL.fullmatch, (*labels, last)))
    return named and not last.isdigit() and last not in _PRIVATE


def _setting(entries: Sequence[str], locale: Locale, allow: Allowance) -> str:
    table = dict(allow) if not isinstance(allow, tuple) else {"*": allow} if allow else {}
    table[locale.tag] = (*table.get(locale.tag, ()), *entries)
    lists = (f"{_key(name)} = {_list(values)}" for name, values in table.items())
    return f"allow = {{ {', '.join(lists)} }}"


def _key(name: str) -> str:
    return name if re.fullmatch(r"[\w-]+", name) else json.dumps(name)


def _list(values: Iterable[str]) -> str:
    return f"[{', '.join(json.dumps(value, ensure_ascii=False) for value in values)}]"
