"""A project's glossary: which words a translation has to use, must not use, or leaves as they are.

A glossary is CSV with a header line or TOML with one `[[term]]` table a term.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from toolkit.language.characters import SPACED
from toolkit.language.locale import locale_of
from toolkit.model.errors import Problem, SettingsError, ToolkitError
from toolkit.model.toml import read_toml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from toolkit.language.locale import Locale

_ALTERNATIVE = "|"
_YES = {"yes", "true", "1", "x"}
_NO = {"no", "false", "0", ""}
_TABLE = re.compile(r"^[ \t]*\[\[[ \t]*term[ \t]*\]\]", re.MULTILINE)
_JOINED_IN_FRONT = "(?:[وفبلكس]{1,3}|[והבלכמש]{1,3}-?)?"
"""Conjunctions and prepositions that Arabic and Hebrew write together with the next word."""
_ARTICLE = "ال"
_ARTICLE_AFTER_TO = "[وف]?لل"
"""Arabic's article as it is written after the preposition ل."""


@dataclass(frozen=True, slots=True)
class Term:
    """One word of the source language and what becomes of it."""

    source: str
    """The word in the source."""
    locale: str = ""
    """The target locale it is about; empty for all of them."""
    target: tuple[str, ...] = ()
    """Translations of which one has to be there."""
    forbidden: tuple[str, ...] = ()
    """Translations that must not be there."""
    keep: bool = False
    """Whether it stays as it is."""
    case: bool = False
    """Whether capitals matter."""
    note: str = ""
    """A note for translators; no check reads it."""


COLUMNS = tuple(item.name for item in fields(Term))
"""The columns of a glossary in CSV."""


@dataclass(frozen=True)
class Glossary:
    """The terms for one locale."""

    terms: tuple[Term, ...] = ()

    def of(self, locale: Locale) -> Glossary:
        """The terms that concern `locale`."""
        return Glossary(tuple(term for term in self.terms if term.locale in {"", locale.tag}))

    def used(self, text: str) -> Iterator[Term]:
        """The terms whose word stands in a source text, each once."""
        if not self.terms or not self._any.search(text):
            return
        for term in self.terms:
            if self._patterns[term].search(text):
                yield term

    @cached_property
    def kept(self) -> frozenset[str]:
        """The words that stay as they are, in lower case."""
        return frozenset(term.source.lower() for term in self.terms if term.keep)

    @cached_property
    def _any(self) -> re.Pattern[str]:
        return re.compile("|".join(_word(term.source) for term in self.terms), re.IGNORECASE)

    @cached_property
    def _patterns(self) -> dict[Term, re.Pattern[str]]:
        return {
            term: re.compile(_word(term.source), re.NOFLAG if term.case else re.IGNORECASE)
            for term in self.terms
        }


def stands_in(word: str, text: str, *, case: bool = False) -> bool:
    """Whether a word or an inflected form of it stands in a text.

    Words of scripts with blanks have to start a word there, and may have any ending; in Arabic and
    Hebrew short words such as “and” and “to” may be written together with them.
    """
    start = rf"(?<!{SPACED}){_JOINED_IN_FRONT}" if re.match(SPACED, word) else ""
    forms = [start + re.escape(word)]
    if word.startswith(_ARTICLE):
        forms.append(rf"(?<!{SPACED}){_ARTICLE_AFTER_TO}{re.escape(word.removeprefix(_ARTICLE))}")
    return bool(re.search("|".join(forms), text, re.NOFLAG if case else re.IGNORECASE))


def _word(word: str) -> str:
    start = rf"(?<!{SPACED})" if re.match(SPACED, word) else ""
    end = rf"(?!{SPACED})" if re.match(SPACED, word[-1]) else ""
    return start + re.escape(word) + end


@lru_cache(maxsize=4)
def read_glossary(name: str, data: bytes) -> Glossary:
    """The glossary in a file named `*.csv` or `*.toml`.

    Raises `SettingsError` with every line that cannot be used.
    """
    rows = _toml_rows(name, data) if name.endswith(".toml") else _csv_rows(name, data)
    terms: list[Term] = []
    problems: list[Problem] = []
    for line, row in rows:
        try:
            terms.append(_term(row))
        except ToolkitError as error:
            problems += [Problem(name, line, 1, problem.text) for problem in error.problems]
        except ValueError as error:
            problems.append(Problem(name, line, 1, str(error)))
    if problems:
        raise SettingsError(problems)
    return Glossary(tuple(terms))


def _csv_rows(name: str, data: bytes) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SettingsError(Problem(name, 0, 0, "is not UTF-8; save it as UTF-8")) from None
    reader = csv.DictReader(io.StringIO(text, newline=""), restkey="one more", strict=True)
    try:
        if "source" not in (reader.fieldnames or ()):
            problem = 'needs a header line that names the column "source"'
            raise SettingsError(Problem(name, 1, 1, problem))
        for row in reader:
            if any(row.values()):
                yield reader.line_num, {key: value or "" for key, value in row.items()}
    except csv.Error as error:
        raise SettingsError(
            Problem(name, reader.line_num, 1, f"is not valid CSV: {error}")
        ) from None


def _toml_rows(name: str, data: bytes) -> Iterator[tuple[int, dict[str, Any]]]:
    text, values = read_toml(name, data)
    found = values.pop("term", [])
    tables = isinstance(found, list) and all(isinstance(row, dict) for row in found)
    if values or not tables:
        raise SettingsError(
            Problem(
                name, 1, 1, "holds something other than [[term]] tables; write each term as one"
            )
        )
    lines = [text.count("\n", 0, match.start()) + 1 for match in _TABLE.finditer(text)]
    yield from zip(lines or [1] * len(found), found, strict=False)


def _term(row: dict[str, Any]) -> Term:
    known = [item.name for item in fields(Term)]
    for key in row:
        if key not in known:
            raise ValueError(f'unknown column "{key}"; known: {", ".join(known)}')
    source = str(row.get("source", "")).strip()
    if not source:
        raise ValueError('"source" is empty; write the term in the source language')
    tag = str(row.get("locale", "")).strip()
    term = Term(
        source=source,
        locale=locale_of(tag).tag if tag else "",
        target=_alternatives(row.get("target", "")),
        forbidden=_alternatives(row.get("forbidden", "")),
        keep=_truth(row.get("keep", ""), "keep"),
        case=_truth(row.get("case", ""), "case"),
        note=str(row.get("note", "")),
    )
    if not (term.target or term.forbidden or term.keep):
        raise ValueError(f'"{source}" needs a "target", something "forbidden", or "keep"')
    return term


def _alternatives(value: object) -> tuple[str, ...]:
    """The items of a list, or the parts of a text between `|`."""
    parts: Iterable[object] = value if isinstance(value, list) else str(value).split(_ALTERNATIVE)
    return tuple(text for part in parts if (text := str(part).strip()))


def _truth(value: object, column: str) -> bool:
    word = str(value).strip().lower()
    if word not in _YES | _NO:
        raise ValueError(f'"{column}" is "{value}"; write yes or no')
    return word in _YES
