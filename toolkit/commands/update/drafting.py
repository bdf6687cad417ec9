"""The catalogs of a domain as an update writes them: its pages merged into what is there."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from toolkit.catalogs.belonging import check_belongs
from toolkit.catalogs.header import with_header, with_revision
from toolkit.catalogs.merge import Change, Fate, merge
from toolkit.catalogs.po import CatalogFile
from toolkit.catalogs.template import definitions_of
from toolkit.commands.extract import fresh_template, template_data, template_in, with_contexts
from toolkit.commands.update.causes import causes_of
from toolkit.commands.update.memories import names_of, note_untranslated, translated_texts
from toolkit.commands.update.orphans import without_mark
from toolkit.commands.update.rules import Objection, is_cut_otherwise, merge_rules, objections
from toolkit.commands.update.value import UpdatedCatalog, UpdateOptions, Wanted
from toolkit.model.errors import Problem, ToolkitError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from toolkit.commands.update.leverage import Leverage
    from toolkit.language.locale import Locale
    from toolkit.model.catalog import Catalog, Message
    from toolkit.project.store import Domain, Run
    from toolkit.reading.canonical import Definitions
    from toolkit.reading.page import Page


@dataclass(frozen=True, slots=True)
class Plan:
    """The facts that the domains of an update need from each other."""

    run: Run
    options: UpdateOptions
    adopted: Mapping[tuple[str, str], str]
    """The catalog of a moved page, by its new domain and locale."""
    inherited: Mapping[tuple[str, str], Catalog] = field(default_factory=dict)
    """The content of catalogs of another layout, by the domain that takes over and the locale."""
    leverage: Mapping[str, Leverage] = field(default_factory=dict)
    """The texts in the catalogs of all pages and in the memory, by locale; nothing at first."""
    keeps_sources: bool = False
    """Whether the first round keeps the facts about pages for the second."""


class Sources(NamedTuple):
    """The facts about the pages of a domain that its catalogs are drafted from."""

    template: bytes | None
    """The file of the template as it is to be written; `None` where there is to be none."""
    templates: Mapping[str, Catalog]
    """The template for each locale, by its tag."""
    definitions: Definitions
    page: Page | None
    """The only page; `None` where there are more, or it is a file of strings."""


def sources_of(plan: Plan, domain: Domain) -> Sources:
    """Cut the pages of a domain; raises where one cannot be read."""
    run, (name, names) = plan.run, domain
    pages, problems = run.pages(names)
    if problems:
        raise ToolkitError(problems)
    pages = with_contexts(run, name, pages)
    template = fresh_template(run, name, pages)
    is_page = len(pages) == 1 and not run.project.settings.holds_strings(names[0])
    return Sources(
        template_data(run, name, template, normalize=plan.options.normalize),
        {one.tag: template_in(run, name, template, pages, one) for one in plan.options.locales},
        definitions_of(pages),
        pages[0] if is_page else None,
    )


class Drafts(NamedTuple):
    """The template and the catalogs of a domain as they are to be written."""

    template: bytes | None
    catalogs: tuple[Draft, ...]
    problems: tuple[Problem, ...]
    """The problems of the other catalogs."""


def drafts_of(plan: Plan, domain: Domain, sources: Sources) -> Drafts:
    """Merge the pages of a domain into its catalogs."""
    run, (name, names) = plan.run, domain
    objects = objections(run, names, trivial=plan.options.trivial)
    source = _Source(sources.definitions, objects, sources.page)
    drafts: list[Draft] = []
    troubles: list[Problem] = []
    for locale in plan.options.locales:
        own = sources.templates[locale.tag]
        if not own.messages and not run.exists(run.project.catalog_name(name, locale)):
            continue
        if not run.project.in_locale(names, locale):
            continue
        try:
            drafts.append(_draft(plan, name, own, locale, source))
        except ToolkitError as error:
            troubles += error.problems
    return Drafts(sources.template, tuple(drafts), tuple(troubles))


@dataclass(frozen=True, slots=True)
class Draft:
    """A catalog as it is to be written."""

    file: CatalogFile
    old: bytes | None
    updated: UpdatedCatalog
    wanted: Wanted
    """Its texts that the catalogs of other pages may know."""
    before: Catalog | None
    """The content of the file that it replaces, where that is what it starts from."""


class _Source(NamedTuple):
    """Facts about the pages of a domain."""

    definitions: Definitions
    objects: Objection | None
    """Objects to edits that are not harmless; `None` where nobody calls one so."""
    page: Page | None
    """The only page; `None` where there are more, or it is a file of strings."""


def _at_revision(run: Run, source: _Source, catalog: Catalog) -> Catalog:
    """A catalog that names the revision of its page for which it is most complete."""
    if run.project.settings.as_of == "now" or source.page is None:
        return catalog
    # Few projects ask for this.
    from toolkit.site.as_of import Past  # noqa: PLC0415

    # What git knows is not among what can be asked again.
    run.facts.note_fleeting()
    past = Past(run)
    try:
        return with_revision(catalog, past.revision_for(source.page, catalog))
    finally:
        past.close()


class _Elsewhere:
    """The other catalogs and the memory, as far as a merge asks for them."""

    def __init__(self, leverage: Leverage | None) -> None:
        self._leverage = leverage
        self.asked: list[str] = []

    def same(self, message: Message) -> Message | None:
        """Return the same text."""
        self.asked.append(message.id)
        return self._leverage.same(message) if self._leverage else None

    def alike(self, message: Message, least: float) -> Message | None:
        """Return the text most like it."""
        return self._leverage.alike(message, least) if self._leverage else None


class _Start(NamedTuple):
    """The catalog that an update starts from."""

    file: CatalogFile
    data: bytes | None
    """Its content on disk, `None` where there is none."""
    catalog: Catalog

    @property
    def own(self) -> Catalog | None:
        """The catalog, where it is what the content on disk says."""
        is_own = self.data == self.file.data and self.catalog is self.file.catalog
        return self.catalog if is_own else None


def _start(plan: Plan, domain: str, template: Catalog, locale: Locale) -> _Start:
    """Return the catalog before an update, or the one that takes its place."""
    run = plan.run
    name = run.project.catalog_name(domain, locale)
    own = run.catalog_file(name)
    data = own.data if own else None
    inherited = plan.inherited.get((domain, locale.tag))
    if inherited:
        # What it rests on is not asked for again.
        run.facts.note_fleeting()
        return _Start(own or CatalogFile(name), data, inherited)
    if own:
        check_belongs(own.catalog, template, name)
    source = plan.adopted.get((domain, locale.tag), name)
    file = own or run.catalog_file(source) or CatalogFile(name)
    return _Start(file, data, file.catalog)


def _draft(
    plan: Plan,
    domain: str,
    template: Catalog,
    locale: Locale,
    source: _Source,
) -> Draft:
    run = plan.run
    name = run.project.catalog_name(domain, locale)
    start = _start(plan, domain, template, locale)
    file, before = start.file, start.catalog
    old = before
    elsewhere = _Elsewhere(plan.leverage.get(locale.tag))
    rules = replace(
        merge_rules(run, locale, source.definitions, old, source.objects),
        same=elsewhere.same,
        alike=elsewhere.alike,
    )
    if plan.options.fill:
        old = _without_blanks(old)
    merged = merge(template, without_mark(old), rules)
    catalog = merged.catalog
    if plan.options.purge:
        live = tuple(message for message in catalog.messages if not message.obsolete)
        catalog = replace(catalog, messages=live)
    changes = tuple(change for change in merged.changes if change.fate is not Fate.KEPT)
    blank = [one.id for one in filter(_is_blank, catalog.messages)]
    if blank and plan.leverage:
        taken = _taken(catalog, plan.leverage[locale.tag], fuzzy=run.project.settings.fuzzy)
        catalog = _with_changes(catalog, taken)
        changes += taken
    if elsewhere.asked and plan.options.fill:
        # They are looked for anew each time.
        run.facts.note_fleeting()
    note_untranslated(run, locale, filter(_is_blank, catalog.messages))
    catalog = _at_revision(run, source, with_header(catalog, template, locale, before))
    new = run.with_catalog(CatalogFile(name) if plan.options.normalize else file, catalog)
    # Counting reads the new file, which only a dry run has to tell of.
    count = file.changes(new) if run.dry else 0
    inherited = plan.inherited.get((domain, locale.tag))
    causes = causes_of(file, new, inherited, recut=is_cut_otherwise(before)) if run.dry else ()
    said = translated_texts(run, catalog, new.data)
    if not plan.options.details:
        # Another process would have to be given thousands of messages that nobody looks at.
        changes = tuple(change for change in changes if change.has_word)
    updated = UpdatedCatalog(name, locale.tag, changes, count, causes, said)
    wanted = Wanted(names_of((*blank, *elsewhere.asked)), alike=bool(elsewhere.asked))
    return Draft(new, start.data, updated, wanted, start.own)


def _is_blank(message: Message) -> bool:
    return not (message.obsolete or message.id_plural or message.string)


def _taken(catalog: Catalog, leverage: Leverage, *, fuzzy: bool) -> tuple[Change, ...]:
    """Fill in translations of the very same texts from other pages and the memory."""
    found = []
    for message in filter(_is_blank, catalog.messages):
        same = leverage.same(message)
        if same and (fuzzy or not same.fuzzy):
            notes = tuple(dict.fromkeys((*message.comments, *same.comments)))
            flags = tuple(dict.fromkeys((*same.flags, *message.flags)))
            new = replace(message, string=same.string, flags=flags, comments=notes)
            found.append(Change(Fate.FUZZY if new.fuzzy else Fate.MOVED, new, same))
    return tuple(found)


def _with_changes(catalog: Catalog, changes: Sequence[Change]) -> Catalog:
    new = {change.new.key: change.new for change in changes}
    live = (one if one.obsolete else new.get(one.key, one) for one in catalog.messages)
    return replace(catalog, messages=tuple(live))


def _without_blanks(catalog: Catalog) -> Catalog:
    """The catalog without its untranslated messages, so that they count as new."""
    kept = (
        one
        for one in catalog.messages
        if one.string or one.obsolete or one.id_plural or one.comments
    )
    return replace(catalog, messages=tuple(kept))
