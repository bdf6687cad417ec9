"""Verifies a source page with its localizations: what these pages alone can tell."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from toolkit.commands.verify.additions import without_additions
from toolkit.commands.verify.comparing import LEFTOVER, pairs, piece_faults, short, structure_faults
from toolkit.commands.verify.head import alternates_of, canonical_faults, head_faults, title_faults
from toolkit.commands.verify.links import Compared, links_of_page, target_faults
from toolkit.commands.verify.placing import Origin, finding_of
from toolkit.commands.verify.texts import NO_TEXTS, Texts
from toolkit.commands.verify.value import Fault, Piece
from toolkit.model.errors import ToolkitError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from toolkit.commands.verify.addresses import SiteFiles
    from toolkit.commands.verify.head import Alternates
    from toolkit.commands.verify.layout import SiteLayout
    from toolkit.commands.verify.links import PageLinks, WantedId
    from toolkit.commands.verify.site import BuiltSite
    from toolkit.commands.verify.value import BuiltPage
    from toolkit.language.locale import Locale
    from toolkit.model.catalog import Catalog
    from toolkit.model.findings import Finding
    from toolkit.project.store import Run


@dataclass(frozen=True, slots=True)
class SitePlan:
    """The facts about a site that are known before its pages are read."""

    site: BuiltSite
    files: SiteFiles
    layout: SiteLayout
    locales: tuple[Locale, ...]
    counterparts: Mapping[str, Mapping[str, str]]
    """The files of localized pages by those of their source pages, by locale."""
    names: Mapping[str, str]
    """The project's pages by the files of the source's pages."""
    code: bool = True
    """Whether code has to be the same in all languages."""
    across: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """The same as `counterparts` with those of the project's other parts, which links lead to."""


@dataclass(frozen=True, slots=True)
class GroupResult:
    """The findings in a source page and its localizations."""

    findings: tuple[Finding, ...] = ()
    wanted: tuple[WantedId, ...] = ()
    ids: Mapping[str, frozenset[str]] = field(default_factory=dict)
    alternates: tuple[Alternates, ...] = ()
    pages: int = 0

    def with_page(self, other: GroupResult) -> GroupResult:
        """The same with what was found in another page."""
        return GroupResult(
            self.findings + other.findings,
            self.wanted + other.wanted,
            {**self.ids, **other.ids},
            self.alternates + other.alternates,
            self.pages + other.pages,
        )


class _Group(NamedTuple):
    plan: SitePlan
    run: Run
    page: str
    """The project's page, empty where none is known."""

    def finding(
        self, fault: Fault, locale: Locale | None = None, texts: Texts = NO_TEXTS
    ) -> Finding:
        """The finding that tells of a fault of a page in a locale."""
        project = self.run.project
        catalog = (
            project.catalog_name(project.domain(self.page), locale) if locale and self.page else ""
        )
        known = catalog if catalog and self.run.exists(catalog) else ""
        page = project.page_name(self.page) if self.page else ""
        messages = texts.messages(fault.source_text) if fault.source_text else ()
        return finding_of(fault, self.plan.site, Origin(page, known, messages))


def verify_group(plan: SitePlan, run: Run, file: str) -> GroupResult:
    """Verify the page in `file` and its localizations."""
    group = _Group(plan, run, plan.names.get(file, ""))
    source = plan.site.page(file)
    links = links_of_page(source, plan.files, plan.layout)
    own = alternates_of(source, run.project.settings.source.tag, plan.files)
    findings = tuple(group.finding(one) for one in _own_faults(group, source, links.dead))
    total = GroupResult(findings, links.wanted, {file: source.ids}, (own,) if own else (), 1)
    for locale in plan.locales:
        other = plan.counterparts[locale.tag].get(file, "")
        if other:
            total = total.with_page(_localized(group, source, plan.site.page(other), locale, links))
    return total


def _localized(
    group: _Group, source: BuiltPage, page: BuiltPage, locale: Locale, known: PageLinks
) -> GroupResult:
    """The findings in a localized page; `known` are the links of its source page."""
    links = links_of_page(page, group.plan.files, group.plan.layout)
    alternates = alternates_of(page, locale.tag, group.plan.files)
    catalog = None if page.redirects else _catalog(group, locale)
    texts = Texts.of(catalog.messages) if catalog else NO_TEXTS
    faults = [fault for key, fault in links.dead.items() if key not in known.dead]
    if not (source.redirects or page.redirects):
        own = without_additions((source, page), group.run.project.settings, locale, catalog)
        faults += _faults(group.plan, (source, own), locale, texts)
    findings = tuple(group.finding(one, locale, texts) for one in dict.fromkeys(faults))
    found = (alternates,) if alternates else ()
    return GroupResult(findings, links.wanted, {page.path: page.ids}, found, 1)


def _own_faults(group: _Group, page: BuiltPage, dead: Mapping[str, Fault]) -> Iterator[Fault]:
    """The faults of the source page itself."""
    yield from dead.values()
    if page.redirects:
        return
    yield from head_faults(page, group.run.project.settings.source)
    yield from canonical_faults(page, group.plan.files, wanted=False)
    yield from _doubled(page, frozenset())
    for block in page.blocks:
        for piece in block:
            mark = LEFTOVER.search(piece.prose)
            if mark:
                says = f'shows "{mark[0]}" to its readers: “{short(piece.text)}”'
                facts = mark[0], piece.text
                yield Fault("site-syntax", page.path, says, mark[0], piece.text, facts)


def _doubled(page: BuiltPage, known: frozenset[str]) -> Iterator[Fault]:
    for name in sorted(page.doubled - known):
        text = f'has the id "{name}" more than once; links lead to the first'
        yield Fault("site-duplicate-id", page.path, text, f'id="{name}"', facts=(name,))


def _catalog(group: _Group, locale: Locale) -> Catalog | None:
    """The catalog of the page; `yiben check` reports one that cannot be read."""
    if not group.page:
        return None
    project = group.run.project
    try:
        return group.run.catalog(project.catalog_name(project.domain(group.page), locale))
    except ToolkitError:
        return None


def _faults(
    plan: SitePlan, pages: tuple[BuiltPage, BuiltPage], locale: Locale, texts: Texts
) -> Iterator[Fault]:
    """The faults of a localized page next to its source page."""
    source, localized = pages
    yield from head_faults(localized, locale)
    yield from title_faults(source, localized)
    copied = "" if texts.has_translations else source.path
    wanted = bool(source.canonical)
    yield from canonical_faults(localized, plan.files, wanted=wanted, copied=copied)
    yield from _doubled(localized, source.doubled)
    yield from structure_faults(source, localized)
    known = Compared(plan.files, plan.layout, plan.across[locale.tag])
    paths, foreign = (source.path, localized.path), list[tuple[Piece, Piece]]()
    for ours, theirs in pairs(source, localized):
        wrong = texts.fault(ours, theirs, localized.path) if ours.text else None
        if wrong:
            yield wrong
            continue
        yield from piece_faults(ours, theirs, localized.path, code=plan.code)
        messages = texts.messages(ours.text)
        if ours.text and not messages:
            foreign.append((ours, theirs))
        elif ours.links or theirs.links:
            allowed = " ".join(message.string for message in messages)
            yield from target_faults(ours, theirs, paths, known, allowed)
    # Lists of pages that the generator makes follow the order of the titles.
    first, second = (_with_all_links(pair[side] for pair in foreign) for side in (0, 1))
    yield from target_faults(first, second, paths, known, "")


def _with_all_links(pieces: Iterable[Piece]) -> Piece:
    return Piece("", 0, links=tuple(link for piece in pieces for link in piece.links))
