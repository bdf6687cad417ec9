"""`yiben terms`: candidates for the glossary, from the translations that are there."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from toolkit.catalogs.glossary import COLUMNS
from toolkit.catalogs.term_candidates import Reason, candidates
from toolkit.checks.subject import OBJECT, plain
from toolkit.model.errors import ToolkitError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.catalogs.term_candidates import Candidate
    from toolkit.language.locale import Locale
    from toolkit.model.errors import Problem
    from toolkit.project.store import Run

_BREAK = " | "
"""Stands where code or a target was, so that no phrase goes across it."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A candidate for a locale, and a place where it stands."""

    locale: Locale
    candidate: Candidate
    place: str

    @property
    def reason(self) -> str:
        """Why it is proposed, in a few words."""
        one = self.candidate
        uses = ", ".join(f"“{use.text}” {use.texts}×" for use in one.uses)
        return f"{one.reason}: in {one.count} texts, {uses}; {self.place}"

    def row(self) -> dict[str, str]:
        """Return the row of a glossary that it would be."""
        one = self.candidate
        kept = one.reason is Reason.KEPT
        return {
            "source": one.source,
            "locale": self.locale.tag,
            "target": "" if kept else "|".join(use.text.replace("|", " ") for use in one.uses),
            "keep": "yes" if kept else "",
            "note": self.reason,
        }


@dataclass(frozen=True, slots=True)
class Proposals:
    """The candidates of some locales, the best of each first."""

    proposals: tuple[Proposal, ...] = ()
    problems: tuple[Problem, ...] = ()


class _Row(NamedTuple):
    source: str
    target: str
    place: str


def proposals_of(run: Run, locales: Sequence[Locale], most: int) -> Proposals:
    """Propose `most` terms at most for each locale; those in the glossary are left out."""
    glossary = run.glossary()
    source = run.project.settings.source
    found: list[Proposal] = []
    problems: list[Problem] = []
    for locale in locales:
        rows = list(_rows(run, locale, problems))
        pairs = [(one.source, one.target) for one in rows]
        known = [term.source for term in glossary.of(locale).terms]
        scripts = source.script, locale.script
        found += (
            Proposal(locale, one, rows[one.place].place)
            for one in candidates(pairs, scripts, known)[:most]
        )
    return Proposals(tuple(found), tuple(dict.fromkeys(problems)))


def _rows(run: Run, locale: Locale, problems: list[Problem]) -> Iterator[_Row]:
    """The translations of all catalogs of a locale, each once, without code and targets."""
    domains, troubles = run.domains()
    problems += troubles
    wordless = run.dialect.wordless
    seen = set()
    for domain, _ in domains:
        path = run.project.catalog_name(domain, locale)
        try:
            catalog = run.catalog(path)
        except ToolkitError as error:
            problems += error.problems
            continue
        for message in catalog.messages if catalog else ():
            if not message.translated or message.id_plural:
                continue
            texts = plain(message.id, wordless), plain(message.string, wordless)
            if texts not in seen:
                seen.add(texts)
                one, other = (text.replace(OBJECT, _BREAK) for text in texts)
                yield _Row(one, other, f"{path}:{message.line}")


def as_csv(proposals: Sequence[Proposal]) -> str:
    """Return proposals as a glossary, in which a person keeps the rows that are right."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(one.row() for one in proposals)
    return out.getvalue()
