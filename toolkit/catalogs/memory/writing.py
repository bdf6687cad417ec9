"""Writes TMX 1.4b."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import UTC
from html import escape
from typing import TYPE_CHECKING

from toolkit import __version__
from toolkit.catalogs.memory.reading import CONTEXT
from toolkit.language.characters import NOT_XML

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from toolkit.catalogs.memory.entries import Entry
    from toolkit.language.locale import Locale


_Key = tuple[str, bool, str]
"""Text and context as they are sorted: no context comes before an empty one."""
_Translations = dict[str, list[str]]
"""Language tag -> translations, the most frequent first."""


def write_tmx(
    entries_by_target: Mapping[Locale, Iterable[Entry]],
    source: Locale,
    *,
    created: datetime | None = None,
) -> bytes:
    """A memory as TMX 1.4b: a unit for each text and context, a variant for each locale.

    Units and locales are sorted, so that the same entries give the same bytes and a new translation
    changes one place. A text with several translations has several units, that with the most
    frequent ones first. Blank and `unwritable` entries are left out. `created` (with its time zone)
    goes into the header; without it, no time does.
    """
    units: dict[_Key, _Translations] = defaultdict(dict)
    for target, entries in sorted(entries_by_target.items(), key=lambda item: item[0].tag):
        for key, counts in _counted(entries).items():
            units[key][target.tag] = [translation for translation, _ in counts.most_common()]
    lines = _lines(source, sorted(units.items(), key=lambda unit: unit[0]), created)
    return "".join(f"{line}\n" for line in lines).encode("utf-8")


def unwritable(entry: Entry) -> bool:
    """Whether an entry holds a character that XML cannot: most control characters, `U+FFFE`."""
    return any(NOT_XML.search(text) for text in (*_texts(entry), entry.context or ""))


def _texts(entry: Entry) -> tuple[str, str]:
    return (entry.source, entry.translation)


def _counted(entries: Iterable[Entry]) -> dict[_Key, Counter[str]]:
    """Count the translations of each text in each context."""
    counts: dict[_Key, Counter[str]] = defaultdict(Counter)
    for entry in entries:
        if all(map(str.strip, _texts(entry))) and not unwritable(entry):
            key = (entry.source, entry.context is not None, entry.context or "")
            counts[key][entry.translation] += 1
    return counts


def _lines(
    source: Locale, units: Iterable[tuple[_Key, _Translations]], created: datetime | None
) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<!DOCTYPE tmx SYSTEM "tmx14.dtd">'
    yield '<tmx version="1.4">'
    yield _header(source, created)
    yield "  <body>"
    for (text, has_context, context), translations in units:
        for rank in range(max(map(len, translations.values()))):
            ranked = {tag: texts[rank] for tag, texts in translations.items() if rank < len(texts)}
            yield "    <tu>"
            if has_context:
                yield f'      <prop type="{CONTEXT}">{_escaped(context)}</prop>'
            yield from (_variant(tag, one) for tag, one in ((source.tag, text), *ranked.items()))
            yield "    </tu>"
    yield "  </body>"
    yield "</tmx>"


def _header(source: Locale, created: datetime | None) -> str:
    """All attributes that the specification requires; dates are ISO 8601 in its basic form."""
    time = created.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ") if created else ""
    date = f' creationdate="{time}"' if time else ""
    return (
        f'  <header creationtool="yiben" creationtoolversion="{__version__}" segtype="block"'
        f' o-tmf="PO" adminlang="en" srclang="{source.tag}" datatype="plaintext"{date}/>'
    )


def _variant(tag: str, text: str) -> str:
    return f'      <tuv xml:lang="{tag}"><seg>{_escaped(text)}</seg></tuv>'


def _escaped(text: str) -> str:
    """Text that XML gives back as it is; a bare carriage return would become a line feed."""
    return escape(text, quote=False).replace("\r", "&#13;")
