"""Pages to templates."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from toolkit.catalogs.contexts import SPLIT, in_contexts, splits_in
from toolkit.catalogs.header import CREATED, same_texts, template_header
from toolkit.catalogs.po import CatalogFile
from toolkit.catalogs.template import template_of
from toolkit.catalogs.term_comments import with_all_terms, with_terms_of
from toolkit.model.errors import CatalogError, Problem, ToolkitError
from toolkit.project.cache import Values, joined
from toolkit.project.cache.work import Task, over_known
from toolkit.project.store import Saved, changed_names, settled_files

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from toolkit.language.locale import Locale
    from toolkit.model.catalog import Catalog
    from toolkit.project.pool import Progress
    from toolkit.project.store import Domain, Run
    from toolkit.reading.page import Page


@dataclass(frozen=True, slots=True)
class Extracted:
    """The result of an extraction, or of a dry run."""

    files: tuple[Saved, ...] = ()
    """The templates."""
    problems: tuple[Problem, ...] = ()

    @property
    def changed(self) -> tuple[str, ...]:
        """The names of the files that changed, or would."""
        return changed_names(self.files)


_CREATED = re.compile(rf'^"{CREATED}: ([\d:+ -]+)\\n"$'.encode(), re.MULTILINE)
_VALUES = Values(Extracted, Saved, Problem)


def extract(run: Run, progress: Progress) -> Extracted:
    """Bring the templates up to date.

    A domain with a page that cannot be read keeps its template as it is.
    """
    domains, problems = run.domains()
    parts = [Extracted(problems=tuple(problems))]
    task = Task(_extract_domain, _name, _VALUES, partial(_settled, run.dry))
    parts += over_known(run, run, task, progress, domains)
    return Extracted(
        tuple(chain.from_iterable(one.files for one in parts)),
        tuple(chain.from_iterable(one.problems for one in parts)),
    )


def _name(domain: Domain) -> str:
    return joined("extract", domain[0], *domain[1])


def _settled(dry: bool, extracted: Extracted) -> Extracted | None:  # noqa: FBT001 - for `partial`
    """The files that the next extraction would have, as it changes nothing."""
    files = settled_files(extracted.files, dry=dry)
    return None if files is None else replace(extracted, files=files)


def _extract_domain(run: Run, domain: Domain) -> Extracted:
    name, names = domain
    pages, problems = run.pages(names)
    if problems:
        return Extracted(problems=problems)
    try:
        pages = with_contexts(run, name, pages)
        return Extracted(save_template(run, name, fresh_template(run, name, pages)))
    except ToolkitError as error:
        return Extracted(problems=error.problems)


def with_contexts(run: Run, domain: str, pages: list[Page]) -> list[Page]:
    """The pages of a domain with equal texts told apart, as the settings and translators want it.

    What a translator of any locale asks for counts for all.
    """
    project = run.project
    if project.settings.contexts == "never":
        return pages
    names = (project.catalog_name(domain, locale) for locale in project.settings.targets)
    wanted = [name for name in names if SPLIT.encode() in (run.data(name) or b"")]
    catalogs = [catalog for name in wanted if (catalog := run.catalog(name))]
    splits = frozenset(text for catalog in catalogs for text in splits_in(catalog))
    old = run.catalog(project.template_name(domain))
    return in_contexts(pages, splits, run.kinds, old)


def fresh_template(run: Run, domain: str, pages: Sequence[Page]) -> Catalog:
    """The template of a domain as it has to be, with the date of the old one if that will do."""
    settings = run.project.settings
    name = run.project.template_name(domain)
    fresh = _with_terms(run, pages)
    dated = partial(template_header, fresh, settings.project or domain, settings.source)
    old = run.catalog_file(name, partial(_written_before, name, dated, settings.wrap or 0))
    if old is None:
        return dated(run.now())
    if old.written and old.written.messages == fresh.messages:
        return old.written
    created = dict(old.catalog.header).get(CREATED) if same_texts(fresh, old.catalog) else ""
    return dated(created or run.now())


def _written_before(
    name: str, dated: Callable[[str], Catalog], wrap: int, data: bytes
) -> CatalogFile | None:
    """Write a template with the date in a file; `None` where it cannot be written."""
    created = _CREATED.search(data)
    try:
        return created and CatalogFile.write(name, dated(created[1].decode()), wrap)
    except CatalogError:
        return None


def template_in(
    run: Run, domain: str, template: Catalog, pages: Sequence[Page], locale: Locale
) -> Catalog:
    """The template of a domain for a locale, with its own pages and terms."""
    own = run.pages_in(pages, locale)
    if len(own) != len(pages):
        template = replace(template, messages=_with_terms(run, own).messages)
    if not _comments_terms(run):
        return template
    try:
        old = run.catalog(run.project.catalog_name(domain, locale))
    except ToolkitError:
        old = None
    return with_terms_of(template, run.glossary(), _wordless(run, pages), locale, old)


def _with_terms(run: Run, pages: Sequence[Page]) -> Catalog:
    """The messages of some pages, with the terms of the glossary where the settings want them."""
    fresh = template_of(pages, run.project.settings.locations)
    if not _comments_terms(run):
        return fresh
    return with_all_terms(fresh, run.glossary(), _wordless(run, pages))


def _comments_terms(run: Run) -> bool:
    settings = run.project.settings
    return settings.glossary_comments and bool(settings.glossary)


def _wordless(run: Run, pages: Sequence[Page]) -> re.Pattern[str]:
    return (pages[0].dialect if pages else run.dialect).wordless


def save_template(run: Run, domain: str, template: Catalog) -> tuple[Saved, ...]:
    """Write a template, unless it holds nothing and never did."""
    return save_template_data(run, domain, template_data(run, domain, template))


def template_data(
    run: Run, domain: str, template: Catalog, *, normalize: bool = False
) -> bytes | None:
    """The file of a template, rewritten with `normalize`; `None` where there is to be none."""
    name = run.project.template_name(domain)
    if not (template.messages or run.exists(name)):
        return None
    old = (None if normalize else run.catalog_file(name)) or CatalogFile(name)
    return run.with_catalog(old, template).data


def save_template_data(run: Run, domain: str, data: bytes | None) -> tuple[Saved, ...]:
    """Write the file of a template, where there is to be one."""
    return () if data is None else (run.save(run.project.template_name(domain), data),)
