"""Localized copies of files of strings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.catalogs.usable import translations
from toolkit.language.names import spellings
from toolkit.model.document import Edit, Span
from toolkit.model.units import Kind, Unit
from toolkit.project.generator_strings import is_hugo
from toolkit.project.string_files import copy_name
from toolkit.reading.strings import string_texts
from toolkit.writing.assemble import edit_for
from toolkit.writing.refusals import refused
from toolkit.writing.strings import localized_strings

if TYPE_CHECKING:
    from toolkit.language.locale import Locale
    from toolkit.model.catalog import Catalog
    from toolkit.model.document import Document
    from toolkit.model.findings import Finding
    from toolkit.project.project import Project
    from toolkit.reading.page import Page
    from toolkit.reading.strings import StringText
    from toolkit.reading.strings.key_paths import KeyPaths


@dataclass(frozen=True, slots=True)
class LocalizedCopy:
    """A localized copy of a file of strings."""

    document: Document
    findings: tuple[Finding, ...] = ()
    """Translations that it had to do without."""


def localized_copy(project: Project, page: Page, catalog: Catalog, locale: Locale) -> LocalizedCopy:
    """Return the copy of a file of strings, translated, in its own language if it names one."""
    name = page.document.path
    allowed = project.settings.allowed(locale)
    document, refusals = localized_strings(
        page.document, page.units, translations(catalog), allowed
    )
    place = project.catalog_name(project.domain(name), locale)
    findings = tuple(refused(refusals, catalog, place))
    return LocalizedCopy(_of_language(project, name, document, locale), findings)


def _of_language(project: Project, name: str, document: Document, locale: Locale) -> Document:
    """The copy as a generator looks for it: in its own language if it names one."""
    rule, written = project.settings.strings.of(name), project.written(locale)
    if not rule:
        return document
    if is_hugo(name) and not rule.output:
        place = copy_name(project, name, locale)
        # PyYAML is slow to import.
        from toolkit.site.hugo_languages import language_file  # noqa: PLC0415

        return language_file(document, place, spellings(project.settings.source), written)
    return _in_language(document, rule.language_in(name), written)


def _in_language(document: Document, paths: KeyPaths, tag: str) -> Document:
    """The file with the values of some keys made a locale; one that TOML lacks is added."""
    texts = [one for one in string_texts(document) if paths.choose(one.trail)]
    if texts:
        return document.edited(_written(document, one, tag) for one in texts)
    edits = []
    for _, steps in paths.paths:
        *table, key = steps
        if document.path.endswith(".py"):
            end = len(document.text)
            line = f"{document.newline}{key} = {tag!r}{document.newline}"
            edits.append(Edit(Span(end, end), line))
            continue
        if not table and document.path.endswith((".yml", ".yaml")):
            first = _FIRST_KEY.search(document.text)
            start = first.start() if first else len(document.text)
            edits.append(Edit(Span(start, start), f"{key}: {tag}{document.newline}"))
            continue
        header = re.compile(
            rf"^\[{re.escape('.'.join(table))}\][ \t]*(?:#[^\r\n]*)?$", re.MULTILINE
        )
        match = header.search(document.with_newlines().text)
        if match and table and document.path.endswith(".toml"):
            start = document.shift_from(document.with_newlines().text)(match.end())
            edits.append(Edit(Span(start, start), f'{document.newline}{key} = "{tag}"'))
    return document.edited(edits) if edits else document


_FIRST_KEY = re.compile(r"^[^\W\d][^\n]*:", re.MULTILINE)


def _written(document: Document, one: StringText, tag: str) -> Edit:
    unit = Unit(Kind.STRING, one.text, one.span, one.form, Kind.STRING)
    return edit_for(document, unit, tag)
