"""The texts of a site's settings in its locales, from the catalogs of a project's pages."""

from __future__ import annotations

from posixpath import basename
from typing import TYPE_CHECKING, NamedTuple

from toolkit.site.nav_titles import titles_in

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from toolkit.language.locale import Locale
    from toolkit.model.catalog import MessageKey
    from toolkit.project.project import Project


class SiteTexts(NamedTuple):
    """Finds the translations of texts in a site's settings."""

    project: Project
    names: frozenset[str]
    """The pages, below the content folder."""
    nav_files: frozenset[str]
    """The names of pages that are lists of links for the navigation."""
    texts_of: Callable[[str, Locale], Mapping[MessageKey, str]]
    """Gives the translations of a domain in a locale."""

    def found(self, text: str, locale: Locale) -> str:
        """Return the translation of a text; empty without one."""
        folded = " ".join(text.split())
        found = self._of_site(locale).get((None, folded))
        if found is None:
            found = self._nav_title(folded, locale) or self._own_title(folded, locale)
        return found

    def _of_site(self, locale: Locale) -> Mapping[MessageKey, str]:
        site = self.project.settings.site
        return self.texts_of(self.project.domain(site), locale) if site else {}

    def _nav_title(self, folded: str, locale: Locale) -> str:
        """A title as a page has it that is a list of links for the navigation."""
        pages = sorted(name for name in self.names if basename(name) in self.nav_files)
        found = (titles_in(self.texts_of(self.project.domain(one), locale)) for one in pages)
        return next((titles[folded] for titles in found if titles.get(folded)), "")

    def _own_title(self, folded: str, locale: Locale) -> str:
        """A title as the pages have it where another part of the project has the site's texts."""
        if self.project.settings.owns_site or locale not in self.project.settings.targets:
            return ""
        domains = dict.fromkeys(map(self.project.domain, sorted(self.names)))
        found = (self.texts_of(one, locale).get((None, folded)) for one in domains)
        return next((one for one in found if one), "")
