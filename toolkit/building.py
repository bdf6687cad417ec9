"""`yiben build`: catalogs to a localized tree of pages, with the files beside them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from toolkit.catalog import Catalog
from toolkit.document import Document
from toolkit.errors import ToolkitError
from toolkit.files import copy_file, link_file
from toolkit.run import Outcome, over_domains
from toolkit.settings import Anchors
from toolkit.site.layout import Layout
from toolkit.site.links import Renames
from toolkit.site.localizing import localized, of_locale, wanted_of
from toolkit.site.pinning import fragments
from toolkit.site.settings_file import localized_site
from toolkit.site.settings_file import output_name as site_name
from toolkit.site.standing import standing, written_by_hand
from toolkit.site.terms import GLOSSARY, translated_terms
from toolkit.statistics import count_units
from toolkit.workflow import guard_of, refused, site_titles, translations

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from toolkit.dialect import Dialect
    from toolkit.locale import Locale
    from toolkit.run import Domain, Progress, Run
    from toolkit.settings import Settings
    from toolkit.template import Page


@dataclass(frozen=True, slots=True)
class _Plan:
    """What the pages of a build have to know of each other."""

    locales: tuple[Locale, ...]
    pages: frozenset[str]
    """All pages, below the content folder."""
    linked: frozenset[str]
    """The fragments that anything in them links to."""
    titles: Mapping[str, Mapping[str, str]]
    """By locale the titles of admonitions that have none."""
    terms: Mapping[str, Mapping[str, str]]
    """By locale the translated terms of glossaries."""
    left_out: Mapping[str, frozenset[str]]
    """By locale the pages that are not translated enough."""


def build(run: Run, locales: Sequence[Locale], progress: Progress) -> Outcome:
    """Write the localized pages of `locales`, and carry along what lies beside the pages."""
    outcome = Outcome()
    domains = run.domains(outcome)
    site = run.project.settings.site
    # The plugin for MkDocs puts the site's own texts where they belong.
    domains = [domain for domain in domains if domain[1] != [site]]
    pages = frozenset(page for _, names in domains for page in names)
    left_out = {locale.tag: _left_out(run, locale, domains) for locale in locales}
    titles = {locale.tag: site_titles(run, locale) for locale in locales}
    terms = _terms(run, locales, pages)
    plan = _Plan(tuple(locales), pages, _linked(run, pages), titles, terms, left_out)
    outcome.add(over_domains(run, partial(_build_domain, plan), progress, domains))
    for locale in locales:
        _save_site(run, locale, outcome)
        _carry(run, layout_of(run, locale, pages), outcome)
    return outcome


def _linked(run: Run, pages: frozenset[str]) -> frozenset[str]:
    """All fragments in the pages; those of pages that cannot be read are told elsewhere."""
    if run.project.settings.anchors is not Anchors.PIN:
        return frozenset()
    texts = []
    for page in pages:
        with suppress(OSError):
            data = (run.project.root / run.project.page_name(page)).read_bytes()
            texts.append(data.decode("utf-8", "replace"))
    return frozenset(fragments(texts))


def _terms(run: Run, locales: Sequence[Locale], pages: frozenset[str]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {locale.tag: {} for locale in locales}
    for name in sorted(pages):
        with suppress(OSError, ToolkitError):
            data = (run.project.root / run.project.page_name(name)).read_bytes()
            if GLOSSARY not in data:
                continue
            for locale in locales:
                catalog = run.catalog(run.project.catalog_name(run.project.domain(name), locale))
                texts = translations(catalog or Catalog())
                found[locale.tag].update(translated_terms(run.page(name), texts))
    return found


def _left_out(run: Run, locale: Locale, domains: Sequence[Domain]) -> frozenset[str]:
    """The pages that are translated to less than the setting `skip_below` asks for."""
    least = of_locale(run.project.settings.skip_below, locale)
    if not least:
        return frozenset()
    found = []
    for domain, names in domains:
        catalog = _known(run, domain, locale, Outcome()) or Catalog()
        for name, page in zip(names, run.pages(names, Outcome()), strict=False):
            count = count_units(page.units, catalog, page.dialect.wordless)
            found += [name] if count.complete < least else []
    return frozenset(found)


def layout_of(run: Run, locale: Locale, pages: frozenset[str]) -> Layout:
    """The places of a locale's pages and files."""
    settings = run.project.settings
    # Files that are put into the content folder would be files beside the pages again.
    carried = settings.assets != "none" and not settings.output.startswith(f"{settings.content}/")
    return Layout(
        settings.content,
        locale.tag,
        pages,
        lambda page: run.project.output_name(page, locale),
        run.exists,
        carried,
    )


def _build_domain(plan: _Plan, run: Run, domain: str, names: list[str], outcome: Outcome) -> None:
    known = {locale: _known(run, domain, locale, outcome) for locale in plan.locales}
    for page in run.pages(names, outcome):
        for locale, catalog in known.items():
            if catalog is not None:
                _build_page(plan, run, page, locale, catalog, outcome)


def _known(run: Run, domain: str, locale: Locale, outcome: Outcome) -> Catalog | None:
    """The catalog of a domain, empty where there is none; `None` when it cannot be read."""
    try:
        catalog = run.catalog(run.project.catalog_name(domain, locale))
    except ToolkitError as error:
        outcome.problems += error.problems
        return None
    if catalog is None:
        outcome.missing[locale.tag] += 1
        return Catalog()
    return catalog


def _build_page(
    plan: _Plan, run: Run, page: Page, locale: Locale, catalog: Catalog, outcome: Outcome
) -> None:
    settings = run.project.settings
    name = PurePosixPath(page.document.path).relative_to(settings.content).as_posix()
    guard = guard_of(page, settings)
    count = count_units(page.units, catalog, page.dialect.wordless)
    try:
        output = run.project.checked_output(name, locale)
        if name in plan.left_out[locale.tag]:
            outcome.left_out[locale.tag] += 1
            return
        layout = layout_of(run, locale, plan.pages - plan.left_out[locale.tag])
        wanted = wanted_of(settings, page.dialect, locale, name, layout)
        renames = _renames(run, locale) if follows_headings(settings, page.dialect) else None
        titles, terms = plan.titles[locale.tag], plan.terms[locale.tag]
        wanted = wanted.at(count.complete)
        there = None if count.translated.units else run.data(output)
        file = Document.from_bytes(output, there) if there else None
        if file and written_by_hand(file, page, catalog, locale, guard, wanted):
            outcome.problems.append(standing(output, page.document.path, locale.tag))
            return
        wanted = replace(wanted, linked=plan.linked, renames=renames, titles=titles, terms=terms)
        built = localized(page, catalog, guard, wanted)
        outcome.led += [f"{output}: {old} → {new}" for old, new in built.urls]
        run.save(output, built.document.to_bytes(), outcome)
    except ToolkitError as error:
        outcome.problems += error.problems
        return
    place = run.project.catalog_name(run.project.domain(name), locale)
    outcome.findings += refused(built.refusals, catalog, place)


def follows_headings(settings: Settings, dialect: Dialect) -> bool:
    """Whether links follow headings: as the setting says, or because they cannot be pinned."""
    anchors = settings.anchors
    pins = anchors in {Anchors.PIN, Anchors.PIN_ALL}
    return anchors is Anchors.REWRITE or (pins and not dialect.heading_id)


def _renames(run: Run, locale: Locale) -> Renames:
    """The ids in the localized pages of a locale, found out once a process."""
    renames = _known_renames.setdefault(run, {})
    known = renames.get(locale.tag)
    if known is None:
        settings = run.project.settings

        def catalog(name: str) -> Catalog:
            path = run.project.catalog_name(run.project.domain(name), locale)
            return run.catalog(path) or Catalog()

        known = renames[locale.tag] = Renames(run.page, catalog, settings)
    return known


_known_renames: WeakKeyDictionary[Run, dict[str, Renames]] = WeakKeyDictionary()


def _save_site(run: Run, locale: Locale, outcome: Outcome) -> None:
    """Write the settings of a locale's site, where they are asked for."""
    settings = run.project.settings
    if not (settings.site and settings.site_output):
        return
    catalog = _known(run, settings.site, locale, outcome)
    if catalog is None:
        return
    try:
        page = run.page(settings.site)
        data, findings = localized_site(run.project, page, catalog, locale)
        run.save(site_name(run.project, locale), data, outcome)
    except ToolkitError as error:
        outcome.problems += error.problems
        return
    outcome.findings += findings


def _carry(run: Run, layout: Layout, outcome: Outcome) -> None:
    """Copy or link what lies beside the pages to where the localized pages look for it."""
    settings = run.project.settings
    if not layout.carried:
        return
    put = link_file if settings.assets == "link" else copy_file
    for name in run.project.files():
        target = layout.carried_to(name)
        source = f"{settings.content}/{name}"
        if target == source:
            continue
        outcome.total += 1
        try:
            if put(run.project.root / source, run.project.root / target, target):
                outcome.changed.append(target)
        except ToolkitError as error:
            outcome.problems += error.problems
