"""The plan of a run of the checks, from the project's settings and the user's options."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from toolkit.catalogs.glossary import Glossary
from toolkit.checks.families import CHECKS, usual_checks
from toolkit.checks.subject import Subject
from toolkit.commands.check.site_emphasis import site_emphasis
from toolkit.dialects.dialect import Emphasis
from toolkit.dialects.inline.emphasis import RULES
from toolkit.model.findings import Severity
from toolkit.project.page_rules import PageRule, PageRules

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from toolkit.dialects.dialect import Dialect
    from toolkit.dialects.inline.emphasis import EmphasisRules
    from toolkit.language.locale import Locale
    from toolkit.model.catalog import Catalog
    from toolkit.project.settings import Settings
    from toolkit.project.store import Run
    from toolkit.reading.canonical import Definitions

NEVER_OFF = frozenset({"syntax"})
"""A run that ends with status 2 has to say why."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan of a run of the checks."""

    locales: tuple[Locale, ...]
    checks: frozenset[str]
    """The ids of the checks that run."""
    named: frozenset[str] = frozenset()
    """The checks that the user chose by name."""
    severities: PageRules[str] = field(default_factory=PageRules)
    """Severities by page and check where the project has others than ours."""
    min_complete: PageRules[float] = field(default_factory=PageRules)
    """Percent of each page's words that have to be translated, by page and locale tag."""
    glossary: Glossary = field(default_factory=Glossary)
    """The terms of all locales."""
    fix: bool = False
    """Whether catalogs are mended where that is safe, before they are checked."""
    chosen: Mapping[str, frozenset[str]] | None = None
    """The tags of the locales to check, by domain; `None` for everything."""
    texts_only: bool = False
    """Whether it is left aside if templates and catalogs are as the pages want them."""
    emphasis: EmphasisRules | None = None
    """The site's rules of emphasis in pages of Python-Markdown; `None` for the dialect's."""

    def severity(self, check: str, page: str) -> Severity | None:
        """The severity of a check's findings on a page; `None` where settings switch it off."""
        word = self.severities.of(page, check)
        if check in self.named or check in NEVER_OFF:
            word = None if word == "off" else word
        if word == "off":
            return None
        return Severity(word) if word else CHECKS[check].severity

    def covers(self, domain: str, locale: Locale | None = None) -> bool:
        """Whether a domain is checked, or its catalog in a locale."""
        if self.chosen is None:
            return True
        tags = self.chosen.get(domain, frozenset())
        return bool(tags) if locale is None else locale.tag in tags

    def subject(
        self,
        settings: Settings,
        locale: Locale,
        catalog: Catalog,
        dialect: Dialect,
        definitions: Definitions,
    ) -> Subject:
        """Return the subject of the checks over a catalog of pages in a dialect."""
        of_site = settings.emphasis or dialect.emphasis is Emphasis.PYTHON_MARKDOWN
        return Subject(
            catalog,
            locale,
            settings.source,
            dialect,
            settings.targets,
            settings.allowed(locale),
            definitions,
            self.glossary.of(locale),
            self.emphasis if of_site else None,
        )


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """The options of a run of the checks."""

    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    min_complete: float | None = None
    fix: bool = False
    chosen: Mapping[str, frozenset[str]] | None = None


def plan_of(run: Run, locales: Sequence[Locale], options: CheckOptions) -> Plan:
    """The plan that a project's settings and the user's options make; options go first.

    Raises `SettingsError` when the glossary cannot be used.
    """
    settings = run.project.settings
    least = options.min_complete
    return Plan(
        locales=tuple(locales),
        checks=((options.select or usual_checks(settings.severity.names())) - options.ignore)
        | NEVER_OFF,
        named=options.select,
        severities=settings.severity,
        min_complete=settings.min_complete if least is None else PageRules((PageRule(least),)),
        glossary=run.glossary(),
        fix=options.fix,
        chosen=options.chosen,
        emphasis=_emphasis(run),
    )


def _emphasis(run: Run) -> EmphasisRules | None:
    """The rules that the settings name, or else those of the site's own settings."""
    named = run.project.settings.emphasis
    return RULES[Emphasis(named)] if named else site_emphasis(run.data, run.project.settings.site)
