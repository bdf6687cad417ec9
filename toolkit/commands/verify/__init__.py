"""`yiben verify`: the pages of a built site and their localizations, whatever built them."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from toolkit.commands.verify.addresses import SiteFiles, base_of, place_of
from toolkit.commands.verify.group import GroupResult, SitePlan, verify_group
from toolkit.commands.verify.head import alternate_faults, is_language
from toolkit.commands.verify.layout import PageNames, SiteLayout
from toolkit.commands.verify.links import fragment_faults
from toolkit.commands.verify.parts import led_across, part_layout
from toolkit.commands.verify.placing import Origin, finding_of
from toolkit.commands.verify.site import BuiltSite
from toolkit.commands.verify.value import Fault
from toolkit.language.names import without_locale
from toolkit.model.errors import Problem, ProjectError
from toolkit.model.findings import ordered
from toolkit.project.pool import over

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from toolkit.commands.verify.value import BuiltPage
    from toolkit.language.locale import Locale
    from toolkit.model.findings import Finding
    from toolkit.project.pool import Progress
    from toolkit.project.store import Run

_SAMPLE = 40
"""Pages that are asked for the address of the site."""


@dataclass(frozen=True, slots=True)
class VerifyOptions:
    """The options of `yiben verify`."""

    site: Path
    shown: str
    locales: tuple[Locale, ...]
    roots: Mapping[str, str] = field(default_factory=dict)
    """Folders of locales by their tags, where their names do not tell."""
    url: str = ""
    """The address of the published site; empty to read it from its pages."""


@dataclass(frozen=True, slots=True)
class Verified:
    """The findings in a built site."""

    findings: tuple[Finding, ...]
    files: frozenset[str]
    """Built pages and catalogs that were looked at, as findings name them."""
    pages: int


def verify_site(run: Run, options: VerifyOptions, progress: Progress) -> Verified:
    """Verify all pages of a built site; `ProjectError` where the site or a locale is not there."""
    plan = plan_of(run, options)
    files = list(plan.layout.pages)
    results = list(over((plan, run), _verified, progress, files))
    total = GroupResult(
        tuple(chain.from_iterable(one.findings for one in results)),
        tuple(chain.from_iterable(one.wanted for one in results)),
        {file: ids for one in results for file, ids in one.ids.items()},
        tuple(chain.from_iterable(one.alternates for one in results)),
        sum(one.pages for one in results),
    )
    across = (_finding(run, plan, fault) for fault in _faults_across(run, plan, total))
    return Verified(
        tuple(ordered(dict.fromkeys((*total.findings, *across)))),
        frozenset((*map(plan.site.name, total.ids), *_catalogs(run, plan))),
        total.pages,
    )


def _verified(known: tuple[SitePlan, Run], file: str) -> GroupResult:
    return verify_group(*known, file)


def _catalogs(run: Run, plan: SitePlan) -> Iterator[str]:
    for page in plan.names.values():
        for locale in plan.locales:
            yield run.project.catalog_name(run.project.domain(page), locale)


def plan_of(run: Run, options: VerifyOptions) -> SitePlan:
    """Find out where everything lies in a site; raises `ProjectError` where it is no site."""
    site = BuiltSite(options.site, options.shown)
    settings = run.project.settings
    names = site.names()
    layout, siblings = part_layout(run.project, names, options.roots)
    _check_layout(options, layout)
    sample = [site.page(name) for name in layout.pages[:_SAMPLE]]
    base = options.url or base_of((page.path, page.canonical) for page in sample)
    files = SiteFiles(names, base, rooted=_is_rooted(sample, names))
    pages = _page_names(run, layout)
    counterparts = {one.tag: _counterparts(layout, one, files, site) for one in options.locales}
    across = {
        tag: led_across(settings.source, siblings, tag, names) | known
        for tag, known in counterparts.items()
    }
    return SitePlan(
        site,
        files,
        layout,
        options.locales,
        counterparts,
        pages,
        code=not settings.code.rules,
        across=across,
    )


def _check_layout(options: VerifyOptions, layout: SiteLayout) -> None:
    problems = []
    if not layout.pages:
        text = "has no pages of the source language (HTML); build the site first"
        problems.append(Problem(options.shown, 0, 0, text))
    for locale in options.locales:
        if locale.tag not in layout.targets:
            text = (
                f"has no folder for {locale.tag}; build it, or name it: --root {locale.tag}=FOLDER"
            )
            problems.append(Problem(options.shown, 0, 0, text))
    if problems:
        raise ProjectError(problems)


def _is_rooted(sample: Sequence[BuiltPage], names: frozenset[str]) -> bool:
    """Whether what pages ask for with `/` in front lies in the site's folder."""
    rooted = SiteFiles(names, rooted=True)
    urls = [
        (page.path, link.url)
        for page in sample
        for link in page.links
        if link.url.startswith("/") and not link.url.startswith("//")
    ]
    found = [rooted.address(*one) for one in urls]
    return bool(found) and 2 * sum(bool(one and one.file) for one in found) >= len(found)


def _page_names(run: Run, layout: SiteLayout) -> dict[str, str]:
    """The project's pages by the files of the source's pages."""
    pages, _ = run.project.pages()
    stems = {page: _without_locale(run, page) for page in pages}
    names = PageNames.of(pages, stems)
    start = len(layout.source) + 1 if layout.source else 0
    found = {file: names.page_of(file[start:]) for file in layout.pages}
    return {file: page for file, page in found.items() if page}


def _without_locale(run: Run, page: str) -> str:
    path = PurePosixPath(page)
    stem = without_locale(path.stem, run.project.settings.source)
    return path.with_stem(stem).as_posix() if stem else page


def _counterparts(
    layout: SiteLayout, locale: Locale, files: SiteFiles, site: BuiltSite
) -> dict[str, str]:
    """The localized pages of a locale by their source pages."""
    found = {}
    for page in layout.pages:
        other = layout.counterpart(page, locale.tag)
        named = other if other in files.files else _alternate(site.page(page), locale, files)
        if named.startswith(f"{layout.targets[locale.tag]}/"):
            found[page] = named
    return found


def _alternate(page: BuiltPage, locale: Locale, files: SiteFiles) -> str:
    """The localized page that a source page names, where that has a name of its own."""
    for one in page.alternates:
        address = files.address(page.path, one.url)
        if address and address.file != page.path and is_language(one.language, locale):
            same_home = place_of(address.file).count("/") == 0 and place_of(page.path)
            return "" if same_home else address.file
    return ""


def _faults_across(run: Run, plan: SitePlan, total: GroupResult) -> Iterator[Fault]:
    """The faults between pages."""
    yield from _missing(run, plan)
    yield from fragment_faults(total.wanted, total.ids, plan.layout)
    source = run.project.settings.source
    groups: dict[str, dict[str, str]] = {}
    for file in plan.layout.pages:
        group = {source.tag: file}
        group |= {tag: known[file] for tag, known in plan.counterparts.items() if file in known}
        groups |= dict.fromkeys(group.values(), group)
    alternates = {one.path: one for one in total.alternates}
    yield from alternate_faults(alternates, groups, [source, *plan.locales])


def _missing(run: Run, plan: SitePlan) -> Iterator[Fault]:
    """Pages of the project that a locale does not have although nothing asks to leave them out."""
    settings = run.project.settings
    for file, page in plan.names.items():
        for locale in plan.locales:
            too_little = settings.skip_below.of(page, locale.tag)
            left_out = too_little or settings.excludes(page, locale)
            if file not in plan.counterparts[locale.tag] and not left_out:
                name = plan.site.name(plan.layout.counterpart(file, locale.tag))
                text = f"has no page in {locale.tag}; {name} does not exist"
                yield Fault("site-missing", file, text, facts=(locale.tag,))


def _finding(run: Run, plan: SitePlan, fault: Fault) -> Finding:
    """A finding about a page of the source or of a locale."""
    source = plan.layout.source_of(fault.path)
    page = plan.names.get(source, "")
    locale = next(
        (one for one in plan.locales if plan.counterparts[one.tag].get(source) == fault.path), None
    )
    project = run.project
    catalog = project.catalog_name(project.domain(page), locale) if page and locale else ""
    known = catalog if catalog and run.exists(catalog) else ""
    return finding_of(fault, plan.site, Origin(project.page_name(page) if page else "", known))
