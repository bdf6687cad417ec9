"""The localized pages of a domain, made and not yet written."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from toolkit.commands.build.value import Built
from toolkit.model.catalog import Catalog
from toolkit.model.errors import Problem, ProjectError, ToolkitError
from toolkit.model.findings import Excerpt, Finding, Fix, Severity
from toolkit.project.cache import Values, joined
from toolkit.project.cache.work import Task
from toolkit.project.outputs import Output
from toolkit.project.ownership import digest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from toolkit.language.locale import Locale
    from toolkit.project.cache import Cache
    from toolkit.project.outputs import Writer
    from toolkit.project.ownership import Manifest
    from toolkit.project.store import Run
    from toolkit.reading.page import Page
    from toolkit.site.layout import Layout
    from toolkit.site.page_builder import PageBuilder, Surroundings
    from toolkit.site.places import Places


@dataclass(frozen=True, slots=True)
class Plan:
    """The facts that the pages of a build need from each other, and their builder."""

    run: Run
    locales: tuple[Locale, ...]
    writer: Writer
    places: Places
    layouts: Mapping[str, Layout]
    """The places of each locale, by its tag."""
    around: Surroundings
    builder: PageBuilder


class Part(NamedTuple):
    """A domain, its pages that are built, and what is known of their outputs."""

    domain: str
    names: tuple[str, ...]
    known: Manifest
    is_share: bool = False
    """Whether the domain has further pages."""


class KnownCatalog(NamedTuple):
    """The catalog of a domain: empty where there is none, `None` when it cannot be read."""

    catalog: Catalog | None
    missing: bool = False
    problems: tuple[Problem, ...] = ()


def catalog_of(run: Run, domain: str, locale: Locale, pages: Sequence[Page]) -> KnownCatalog:
    """Return the catalog of a domain in a locale."""
    try:
        catalog = run.texts(domain, locale, pages)
    except ToolkitError as error:
        return KnownCatalog(None, problems=error.problems)
    return KnownCatalog(Catalog(), missing=True) if catalog is None else KnownCatalog(catalog)


@dataclass(frozen=True, slots=True)
class MadePage:
    """A localized page that is not written yet."""

    output: Output
    digest: str
    """The hash of its text."""
    findings: tuple[Finding, ...]
    urls: tuple[tuple[str, str], ...]
    text: bytes | None = None
    """Its text; `None` where that is kept by its hash, as mostly it stands in its place already."""


@dataclass(frozen=True, slots=True)
class MadePart:
    """The pages of a domain in all locales."""

    pages: tuple[MadePage, ...] = ()
    rest: Built = field(default_factory=Built)


_VALUES = Values(MadePage, MadePart, Built, Output, Finding, Severity, Fix, Excerpt, Problem)


def task_of(run: Run, plan: Plan) -> Task[Plan, Part, MadePart]:
    """Return the work on a domain, whose result is kept as long as what it rests on stays."""
    for locale in plan.locales:
        answer = partial(plan.builder.new_id, locale)
        run.facts.learn(f"heading {locale.tag}", answer)
    known = sorted((tag, *one.items()) for tag, one in plan.around.titles.items())
    around = f"{known!r} {plan.places.published!r}"
    return Task(
        _make_part, partial(_name, plan.locales, around), _VALUES, partial(_settled, run.cache)
    )


def _name(locales: Sequence[Locale], around: str, part: Part) -> str:
    return joined("build", around, *(one.tag for one in locales), "", part.domain, *part.names)


def _settled(cache: Cache | None, made: MadePart) -> MadePart:
    """The pages with their texts kept apart."""
    for page in made.pages if cache else ():
        if cache and page.text is not None:
            cache.keep_value(_text_key(cache, page), page.text)
    return replace(made, pages=tuple(replace(page, text=None) for page in made.pages))


def _text_key(cache: Cache, page: MadePage) -> str:
    return cache.key("text", page.digest)


def text_of(plan: Plan, part: Part, page: MadePage) -> bytes:
    """The text of a page of a domain; it is made again where it was not kept."""
    cache = plan.run.cache
    if page.text is not None:
        return page.text
    key = _text_key(cache, page) if cache else ""
    text = cache.values([key]).get(key) if cache else None
    if text is not None and digest(text) == page.digest:
        return text
    again = (one.text for one in _make_part(plan, part).pages if one.output == page.output)
    text = next(again, None)
    if text is None:
        problem = "has changed while it was built; run yiben again"
        raise ProjectError(Problem(page.output.source, 0, 0, problem))
    return text


def _make_part(plan: Plan, part: Part) -> MadePart:
    """Make the pages of a domain in all locales."""
    pages, unreadable = plan.run.pages(part.names)
    made: list[MadePage] = []
    rest = [Built(problems=unreadable)]
    for locale in plan.locales:
        known = catalog_of(plan.run, part.domain, locale, pages)
        own = plan.run.pages_in(pages, locale)
        missing = (locale.tag,) if known.missing and own else ()
        rest.append(Built(problems=known.problems, missing=missing))
        for page in own if known.catalog is not None else ():
            one = _make_page(plan, page, locale, known.catalog or Catalog())
            if isinstance(one, Built):
                rest.append(one)
            else:
                made.append(one)
    return MadePart(tuple(made), Built.of(rest))


def _make_page(plan: Plan, page: Page, locale: Locale, catalog: Catalog) -> MadePage | Built:
    name = plan.run.project.name_below_content(page.document.path)
    layout = plan.layouts[locale.tag]
    if name not in layout.pages:
        return Built(left_out=(locale.tag,))
    output = Output(layout.output(name), page.document.path, locale.tag)
    try:
        made = plan.builder.build(page, locale, catalog, layout, plan.around)
    except ToolkitError as error:
        return Built(problems=error.problems)
    text = made.document.to_bytes()
    return MadePage(output, digest(text), made.findings, made.urls, text)
