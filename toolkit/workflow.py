"""The work of the commands: pages to templates, templates to catalogs, catalogs to pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.babel_texts import is_shielded, unshielded
from toolkit.catalog import Catalog
from toolkit.errors import CatalogError, Problem, ToolkitError
from toolkit.findings import Finding, Severity
from toolkit.guard import Guard
from toolkit.header import CREATED, same_texts, template_header, with_header
from toolkit.merge import merge
from toolkit.po import CatalogFile
from toolkit.run import Outcome, over_domains
from toolkit.template import Page, template_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from toolkit.catalog import MessageKey
    from toolkit.guard import Refusal
    from toolkit.locale import Locale
    from toolkit.run import Progress, Run
    from toolkit.settings import Settings


def extract(run: Run, progress: Progress) -> Outcome:
    """Bring the templates up to date.

    A domain with a page that cannot be read keeps its template as it is.
    """
    return over_domains(run, _extract_domain, progress)


def _extract_domain(run: Run, domain: str, names: list[str], outcome: Outcome) -> None:
    before = len(outcome.problems)
    pages = list(run.pages(names, outcome))
    if len(outcome.problems) == before:
        save_template(run, domain, fresh_template(run, domain, pages), outcome)


def fresh_template(run: Run, domain: str, pages: Sequence[Page]) -> Catalog:
    """The template of a domain as it has to be, with the date of the old one if that will do."""
    settings = run.project.settings
    name = run.project.template_name(domain)
    fresh = template_of(pages, settings.locations)
    title = settings.project or domain
    old = run.catalog(name)
    if old is None or not same_texts(fresh, old):
        return template_header(fresh, title, settings.source)
    created = dict(old.header).get(CREATED, "")
    return template_header(fresh, title, settings.source, created)


def save_template(
    run: Run, domain: str, template: Catalog, outcome: Outcome, *, normalize: bool = False
) -> None:
    """Write a template, unless it holds nothing and never did; all of it with `normalize`."""
    name = run.project.template_name(domain)
    if template.messages or run.exists(name):
        old = (None if normalize else run.catalog_file(name)) or CatalogFile(name)
        run.save(name, run.with_catalog(old, template).data, outcome)


def check_belongs(catalog: Catalog, template: Catalog, name: str) -> None:
    """Raise `CatalogError` when a catalog is plainly for another page.

    That is when it shares no text with the template and no file that its references name.
    """
    live = _live(catalog).messages
    if not live or not template.messages:
        return
    texts = {message.id for message in template.messages}
    if any(message.id in texts for message in catalog.messages):
        return
    ours, theirs = _files(template), _files(_live(catalog))
    if ours & theirs or not theirs:
        return
    text = f"is the catalog of {', '.join(sorted(theirs)[:2])}; not one text of this page is in it"
    raise CatalogError(Problem(name, live[0].line, 1 if live[0].line else 0, text))


def check_translates(catalog: Catalog, page: Page, name: str) -> None:
    """Raise `CatalogError` when not one text of the page is in a catalog that has some."""
    texts = {unit.text for unit in page.units}
    if catalog.messages and texts and texts.isdisjoint(message.id for message in catalog.messages):
        text = f"is not the catalog of {page.document.path}; not one text of the page is in it"
        raise CatalogError(Problem(name, catalog.messages[0].line, 1, text))


def _files(catalog: Catalog) -> set[str]:
    references = (place for message in catalog.messages for place in message.references)
    return {place.rpartition(":")[0] or place for place in references}


_RENDERED = "mkdocs"
"""The dialect whose renderer can be asked for a second opinion."""


def translations(catalog: Catalog) -> dict[MessageKey, str]:
    """What the build may use: translated, not fuzzy, not obsolete."""
    found = {message.key: message.string for message in catalog.messages if message.translated}
    shields = [key for key in found if is_shielded(key[1])]
    for key in shields:
        found.setdefault((key[0], unshielded(key[1])), unshielded(found[key]))
    return found


def guard_of(page: Page, settings: Settings, locale: Locale) -> Guard:
    """What builds the page of a project that localizes a page in a locale."""
    renderer = settings.renderer if page.dialect.name == _RENDERED else None
    outline = renderer.outline if renderer else None
    return Guard(page.dialect, settings.front_matter, settings.allowed(locale), outline)


def refused(refusals: Iterable[Refusal], catalog: Catalog, path: str) -> list[Finding]:
    """A finding for each translation that a page had to do without, at its place in the catalog."""
    lines = {message.key: message.line for message in catalog.messages}
    return [
        Finding(
            path,
            lines.get((refusal.unit.context, refusal.unit.text), 0),
            "refused",
            Severity.ERROR,
            refusal_text(refusal),
        )
        for refusal in refusals
    ]


def refusal_text(refusal: Refusal) -> str:
    """What is told of a translation that was not used."""
    return f"translation refused, source text used: it {refusal.reason}"


def page_catalog(page: Page, old: Catalog, locale: Locale | None) -> Catalog:
    """The catalog of a page outside any project, with what `old` knows already."""
    fresh = template_of([page])
    check_belongs(old, fresh, page.document.path)
    created = dict(old.header).get(CREATED, "") if same_texts(fresh, _live(old)) else ""
    template = template_header(fresh, page.document.path, created=created)
    return with_header(merge(template, old).catalog, template, locale, old)


def _live(catalog: Catalog) -> Catalog:
    return Catalog(tuple(message for message in catalog.messages if not message.obsolete))


def site_titles(run: Run, locale: Locale) -> dict[str, str]:
    """The titles of admonitions in a locale, by type; none unless the settings ask for them.

    A catalog that cannot be read gives none: its own check tells of it.
    """
    settings = run.project.settings
    if not (settings.admonition_titles and settings.site):
        return {}
    # PyYAML is slow to import, and few sites ask for this.
    from toolkit.site_yaml import titles_of  # noqa: PLC0415

    try:
        catalog = run.texts(settings.site, locale)
    except ToolkitError:
        return {}
    return titles_of(translations(catalog or Catalog()))
