"""The scope of a change, so that a run can be restricted to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from toolkit.catalogs.glossary import Glossary
from toolkit.commands.check.targets import places_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from toolkit.language.locale import Locale
    from toolkit.model.catalog import MessageKey
    from toolkit.model.findings import Finding
    from toolkit.project.project import Project
    from toolkit.project.settings import Settings

_OF_HEADER = frozenset({"header", "header-field", "language", "plural-forms"})
_OF_CATALOG = frozenset({"wrong-language"})
"""Checks that read all messages of a catalog together."""
_OF_TERMS = frozenset({"glossary", "same-as-source", "source-left"})
_OF_SITE = "site-"
"""The prefix of the checks of built pages."""
_OF_TARGETS = frozenset({"dead-link", "dead-image", "dead-fragment"})
_OF_FILES = frozenset({"syntax", "no-target"})


@dataclass(frozen=True, slots=True)
class Scope:
    """The differences between a commit and the disk; all names are below the project's root."""

    project: Project
    old: Settings | None
    """The settings of the commit; `None` where there were none that can be read."""
    files: frozenset[str] = frozenset()
    """All files that differ."""
    pages: frozenset[str] = frozenset()
    """Pages that differ, were moved or are new, or are read otherwise than they were."""
    gone: frozenset[str] = frozenset()
    """Files that are not there any more, and ids that pages have lost, as `file#id`."""
    texts: Mapping[str, frozenset[MessageKey]] = field(default_factory=dict)
    """The messages that each page did not have, by page."""
    messages: Mapping[str, frozenset[MessageKey]] = field(default_factory=dict)
    """The messages that changed in each catalog, by catalog."""
    headers: frozenset[str] = frozenset()
    """Catalogs whose header differs."""
    shapes: frozenset[str] = frozenset()
    """Templates and catalogs that do not have the messages they had."""
    terms: Glossary = field(default_factory=Glossary)
    """Terms that differ."""
    checks: frozenset[str] = frozenset()
    """Checks that other settings govern, now reporting something else everywhere."""

    def covers(self, finding: Finding) -> bool:
        """Whether a finding is about what differs."""
        if self.old is None or finding.check in self.checks or self._is_governed(finding):
            return True
        paths = (finding.path, *finding.others)
        if finding.check in _OF_FILES:
            return not self.files.isdisjoint(paths)
        if finding.check in _OF_CATALOG:
            return bool(self.messages.get(finding.path))
        if finding.message:
            return self._covers_message(finding, paths)
        if finding.check.startswith(_OF_SITE):
            return self._covers_built(finding)
        return self._has_made_dead(finding) or self._covers_file(finding)

    def _has_made_dead(self, finding: Finding) -> bool:
        """Whether it is about a link that led to what is gone."""
        return finding.check in _OF_TARGETS and not self.gone.isdisjoint(_others(finding))

    def _covers_built(self, finding: Finding) -> bool:
        """Whether a built page was made of what differs."""
        made_of = (finding.page, *finding.others)
        differs = any(self.messages.get(name) or name in self.shapes for name in made_of)
        return differs or not self.pages.isdisjoint(made_of)

    def _covers_file(self, finding: Finding) -> bool:
        if finding.check in _OF_HEADER:
            return finding.path in self.headers
        if finding.check == "incomplete" and self.messages.get(finding.path):
            return True
        about = (finding.page, *_others(finding))
        return finding.path in self.shapes or not self.pages.isdisjoint(about)

    def _covers_message(self, finding: Finding, paths: tuple[str, ...]) -> bool:
        context, mark, source = finding.message.rpartition("\4")
        key = (context if mark else None, source)
        if any(key in self.messages.get(path, ()) for path in paths):
            return True
        if key in self.texts.get(finding.page, ()):
            return True
        locale = self._locale(finding.path)
        if finding.check not in _OF_TERMS or locale is None:
            return False
        return any(True for _ in self.terms.of(locale).used(source))

    def covers_page(self, page: str, locale: Locale) -> bool:
        """Whether a page differs, or what its catalog in a locale says of it."""
        project = self.project
        domain = project.domain(project.name_below_content(page))
        catalog = project.catalog_name(domain, locale)
        differs = self.old is None or page in self.pages
        return differs or catalog in self.shapes or bool(self.messages.get(catalog))

    def covers_file(self, name: str, pages: frozenset[str]) -> bool:
        """Whether a template or catalog has to be as the pages want it, made from `pages`."""
        if self.old is None or "stale" in self.checks or name in self.shapes:
            return True
        return not self.pages.isdisjoint(pages) or self._is_new_target(name)

    def _is_governed(self, finding: Finding) -> bool:
        """Whether other settings than before speak of this very finding."""
        old, new = self.old, self.project.settings
        page = self.project.name_below_content(finding.page)
        if old is None or self._is_new_target(finding.path):
            return True
        if old.severity.of(page, finding.check) != new.severity.of(page, finding.check):
            return True
        locale = self._locale(finding.path)
        if finding.check != "incomplete" or locale is None:
            return False
        return old.min_complete.of(page, locale.tag) != new.min_complete.of(page, locale.tag)

    def _is_new_target(self, name: str) -> bool:
        locale = self._locale(name)
        return locale is not None and self.old is not None and locale not in self.old.targets

    def _locale(self, name: str) -> Locale | None:
        """The target locale whose catalog a file is."""
        settings = self.project.settings
        folder = name.removeprefix(f"{settings.catalogs}/").partition("/")[0]
        return next((one for one in settings.targets if one.folder == folder), None)


def _others(finding: Finding) -> tuple[str, ...]:
    """The other files that a finding is about; those of dead links are too many to keep."""
    if finding.check not in _OF_TARGETS or finding.others or not finding.facts:
        return finding.others
    return places_of(finding.path, *finding.facts)
