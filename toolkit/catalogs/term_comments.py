"""The terms of the glossary that a text uses, as comments where translators look."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator

    from toolkit.catalogs.glossary import Glossary, Term
    from toolkit.language.locale import Locale
    from toolkit.model.catalog import Catalog, Message

_LABEL = "term: "


def with_all_terms(template: Catalog, glossary: Glossary, wordless: re.Pattern[str]) -> Catalog:
    """Return a template whose messages tell which terms they use, and each locale's words."""

    def with_terms(message: Message) -> Message:
        found = glossary.used(wordless.sub(" ", message.id))
        return _with_lines(message, _lines(found, with_locales=True))

    return replace(template, messages=tuple(map(with_terms, template.messages)))


def with_terms_of(
    template: Catalog,
    glossary: Glossary,
    wordless: re.Pattern[str],
    locale: Locale,
    old: Catalog | None,
) -> Catalog:
    """Return the template of a locale's catalog, which tells this locale's words alone.

    A message that has the comments of the template in the catalog `old`, because `msgmerge` has
    copied them, keeps these.
    """
    own = glossary.of(locale)
    known = {one.key: one.extracted for one in old.messages} if old else {}

    def with_terms(message: Message) -> Message:
        if known.get(message.key) == message.extracted:
            return message
        found = own.used(wordless.sub(" ", message.id))
        return _with_lines(message, _lines(found, with_locales=False))

    return replace(template, messages=tuple(map(with_terms, template.messages)))


def _with_lines(message: Message, lines: Iterable[str]) -> Message:
    others = (one for one in message.extracted if not one.startswith(_LABEL))
    extracted = tuple(dict.fromkeys((*others, *lines)))
    return message if extracted == message.extracted else replace(message, extracted=extracted)


def _lines(terms: Iterable[Term], *, with_locales: bool) -> Iterator[str]:
    """One line for each word of the source."""
    words: dict[str, list[str]] = {}
    for term in terms:
        place = f"{term.locale}: " if with_locales and term.locale else ""
        words.setdefault(term.source, []).append(f"{place}{_advice(term)}")
    for source, parts in words.items():
        line = f"{source} → {'; '.join(dict.fromkeys(parts))}"
        yield f"{_LABEL}{' '.join(line.split())}"


def _advice(term: Term) -> str:
    """The words that a translation uses for a term, and those that it does not."""
    kept = ("as it is",) if term.keep else ()
    wanted = " or ".join(dict.fromkeys((*kept, *term.target)))
    forbidden = f"not {' or '.join(term.forbidden)}" if term.forbidden else ""
    note = f"({' '.join(term.note.split())})" if term.note.strip() else ""
    advice = ", ".join(filter(None, (wanted, forbidden)))
    return " ".join(filter(None, (advice, note)))
