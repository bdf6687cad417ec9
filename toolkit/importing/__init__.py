"""`yiben import`: translations that exist already, as pages or catalogs, into the catalogs.

What a catalog has wins over what is imported, unless the user wants it otherwise.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from toolkit.aligning import Knowledge, align
from toolkit.aligning.verdict import State, Verdict, verdicts
from toolkit.catalog import Catalog, Message
from toolkit.document import Document
from toolkit.errors import ToolkitError
from toolkit.guard.foreign import foreign_features, hosts_of
from toolkit.header import with_header
from toolkit.importing.known import Known
from toolkit.importing.links import with_own_targets
from toolkit.importing.value import Wish
from toolkit.leverage import acceptable, complaints
from toolkit.memories import remembered_translations
from toolkit.merge import Rules, merge
from toolkit.merge.retiring import has_translation, with_earlier
from toolkit.orphans import without_mark
from toolkit.run import Carried, Imported, Outcome, over_domains
from toolkit.segment import read
from toolkit.template import Page
from toolkit.updating import is_cut_otherwise
from toolkit.workflow import check_belongs, fresh_template, save_template

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from toolkit.catalog import MessageKey
    from toolkit.glossary import Glossary
    from toolkit.run import Progress, Run

__all__ = ["Wish", "import_translations"]


_ENOUGH = 3
"""Pages that have to be translations before others are trusted to be."""
_MOST = 0.95
"""The share of pages that have to be, of those of which it can be told."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """What all domains of an import share."""

    wish: Wish
    translations: Mapping[str, str]
    """What memories know. Catalogs do not count: a second import would find more than the first."""
    glossary: Glossary
    known: Known | None = None
    """The messages of the catalog that is imported."""
    trusted: bool | None = None
    """Whether the other pages were translations; `None` in the first round, which finds out."""


def import_translations(run: Run, wish: Wish, progress: Progress) -> Outcome:
    """Enter translations into the catalogs of the pages that have some; others are not touched.

    Raises `SettingsError` or `CatalogError` where a memory of the project is of no use.
    """
    outcome = Outcome()
    wanted = [
        domain
        for domain in run.domains(outcome)
        if any(run.project.page_name(page) in wish.pages for page in domain[1])
    ]
    known = Known(wish.messages) if wish.origin else None
    glossary = run.glossary().of(wish.locale)
    plan = _Plan(wish, remembered_translations(run, wish.locale), glossary, known)
    first = over_domains(run, partial(_import_domain, plan), progress, wanted)
    waiting, first.waiting = first.waiting, []
    plan = replace(plan, trusted=_are_pairs(first.imports))
    late = {run.project.page_name(page) for _, pages in waiting for page in pages}
    first.imports = [one for one in first.imports if one.page not in late]
    outcome.add(first)
    if waiting:
        outcome.add(over_domains(run, partial(_import_domain, plan), progress, waiting))
    return outcome


def _are_pairs(imports: Sequence[Imported]) -> bool:
    """Whether nearly all pages of which it can be told, and some there are, are translations."""
    told = [one.alignment.related for one in imports if not one.alignment.small]
    return len(told) >= _ENOUGH and sum(told) >= _MOST * len(told)


def _import_domain(plan: _Plan, run: Run, domain: str, names: list[str], outcome: Outcome) -> None:
    mine = Outcome()
    pages = list(run.pages(names, mine))
    if mine.problems:
        outcome.add(mine)
        return
    template = fresh_template(run, domain, pages)
    labels = frozenset(label for page in pages for label in page.reading.labels)
    name = run.project.catalog_name(domain, plan.wish.locale)
    data = run.data(name)
    old = run.catalog(name) or Catalog()
    check_belongs(old, template, name)
    rules = Rules(
        acceptable(run, plan.wish.locale, labels),
        counts_alike=plan.wish.locale.counts_alike,
        recut=is_cut_otherwise(old),
    )
    catalog = merge(template, without_mark(old), rules).catalog
    try:
        if plan.known is not None:
            catalog = _with_messages(plan, run, catalog, plan.known, name, mine)
        else:
            catalog = _with_pages(plan, run, pages, catalog, rules, mine)
            if plan.trusted is None and any(map(_is_open, mine.imports)):
                outcome.imports += mine.imports
                outcome.waiting.append((domain, names))
                return
    except ToolkitError as error:
        outcome.problems += error.problems
        return
    save_template(run, domain, template, mine)
    run.save_catalog(name, data, with_header(catalog, template, plan.wish.locale), mine)
    outcome.add(mine)


# Pages


def _is_open(imported: Imported) -> bool:
    """Whether the other pages may tell that two pages are translations."""
    alignment = imported.alignment
    return alignment.small and alignment.alike and not alignment.related


def _with_pages(
    plan: _Plan, run: Run, pages: Sequence[Page], catalog: Catalog, rules: Rules, outcome: Outcome
) -> Catalog:
    """The catalog with what the translations of some pages say."""
    labels = frozenset(label for page in pages for label in page.reading.labels)
    told = complaints(run, plan.wish.locale, labels)
    found: list[tuple[Page, Imported]] = []
    for page in pages:
        partner = plan.wish.partners.get(page.document.path)
        if partner:
            try:
                found.append(_aligned(plan, run, page, partner))
            except ToolkitError as error:
                outcome.problems += error.problems
    if not found:
        raise ToolkitError(outcome.problems)
    entered: dict[MessageKey, Message] = {}
    has = {one.key: one.string for one in catalog.messages if _is_kept(one)}
    for page, imported in found:
        refined = [
            _settled(verdict, page, imported.translation, told, run)
            for verdict in imported.verdicts
        ]
        settled = tuple(_entered(refined, entered, has, imported, plan.wish))
        outcome.imports.append(replace(imported, verdicts=settled))
    if plan.wish.source_tree:
        return _brought_forward(catalog, entered, rules, overwrite=plan.wish.overwrite)
    return _filled(catalog, entered, overwrite=plan.wish.overwrite)


def _is_kept(message: Message) -> bool:
    return has_translation(message) and not message.obsolete


def _brought_forward(
    catalog: Catalog, entered: Mapping[MessageKey, Message], rules: Rules, *, overwrite: bool
) -> Catalog:
    """The catalog with what was said of older texts brought to what the pages say now.

    What was said of texts that are gone stays as obsolete.
    """
    blank = Catalog(
        tuple(
            Message(one.id, context=one.context, extracted=one.extracted, references=one.references)
            for one in catalog.messages
            if not one.obsolete
        )
    )
    brought = merge(blank, Catalog(tuple(entered.values())), rules).catalog.messages
    known = {one.key for one in catalog.messages}
    gone = tuple(one for one in brought if one.obsolete and one.key not in known)
    live = {one.key: one for one in brought if _is_kept(one)}
    filled = _filled(catalog, live, overwrite=overwrite)
    return replace(filled, messages=(*filled.messages, *gone))


def _aligned(plan: _Plan, run: Run, page: Page, partner: str) -> tuple[Page, Imported]:
    wish = plan.wish
    tree = wish.tree
    if tree is None:
        raise ValueError("partners need a tree")
    keys = run.project.settings.front_matter
    target = Document.from_bytes(partner, tree.read(partner))
    if wish.source_tree:
        path = page.document.path
        old = Document.from_bytes(path, wish.source_tree.read(path))
        page = Page(old, read(old, page.dialect, keys))
    scripts = (run.project.settings.source.script, wish.locale.script)
    knowledge = Knowledge(scripts, plan.translations, plan.glossary)
    alignment = align(page, Page(target, read(target, page.dialect, keys)), knowledge)
    said = tuple(verdicts(alignment, scripts, wish.least, trusted=bool(plan.trusted)))
    return page, Imported(page.document.path, partner, alignment, said)


def _settled(
    verdict: Verdict,
    page: Page,
    translation: str,
    told: Callable[[str, str], list[str]],
    run: Run,
) -> Verdict:
    """A verdict with its text as our build can use it; what it cannot use becomes fuzzy.

    What merely fails a check was published so, and stays: `yiben check` names it.
    """
    if not verdict.used:
        return verdict
    source = verdict.pairing.sources[0]
    text = with_own_targets(source.text, verdict.text, page.document.path, translation)
    verdict = replace(verdict, text=text)
    if verdict.state is not State.TRANSLATED:
        return verdict
    foreign = _foreign(run, source.text, text)
    if foreign:
        reasons = (*verdict.reasons, _not_there(foreign))
        return replace(verdict, state=State.FUZZY, reasons=reasons, hosts=hosts_of(foreign))
    return replace(verdict, reasons=(*verdict.reasons, *told(source.text, text)))


def _foreign(run: Run, source: str, text: str) -> list[str]:
    """What the build would refuse a translation for."""
    return foreign_features(source, text, run.project.settings.allow, run.dialect.own_syntax)


def _not_there(foreign: Sequence[str]) -> str:
    return f"not in the source: {', '.join(foreign[:3])}"


def _entered(
    said: Iterable[Verdict],
    entered: dict[MessageKey, Message],
    has: Mapping[MessageKey, str],
    imported: Imported,
    wish: Wish,
) -> Iterable[Verdict]:
    """Takes verdicts into `entered`, the surest first; gives them in their order, settled."""
    listed = list(said)
    order = sorted(range(len(listed)), key=lambda n: (-_rank(listed[n]), n))
    for number in order:
        verdict = listed[number]
        unit = verdict.pairing.sources[0].unit
        if unit is None or not verdict.used:
            continue
        key = (unit.context, unit.text)
        if key in has and not wish.overwrite and not wish.source_tree:
            state = State.KEPT if has[key] == verdict.text else State.OTHER
            listed[number] = replace(verdict, state=state)
        elif key in entered:
            if entered[key].string != verdict.text:
                listed[number] = replace(verdict, state=State.TWICE)
        else:
            entered[key] = _message(verdict, key, imported.translation)
    return listed


def _rank(verdict: Verdict) -> float:
    return verdict.pairing.certainty + (verdict.state is State.TRANSLATED)


def _message(verdict: Verdict, key: MessageKey, origin: str) -> Message:
    if verdict.state is State.TRANSLATED:
        return Message(key[1], verdict.text, context=key[0])
    line = verdict.pairing.targets[0].line
    percent = int(100 * verdict.pairing.certainty)
    words = "; ".join((f"imported from {origin}:{line}, {percent} % certain", *verdict.reasons))
    return Message(
        key[1],
        verdict.text,
        context=key[0],
        comments=(" ".join(words.split()),),
        flags=("fuzzy",),
    )


def _filled(catalog: Catalog, entered: Mapping[MessageKey, Message], *, overwrite: bool) -> Catalog:
    """The catalog with translations for the messages that have none, or for all."""
    messages = []
    for message in catalog.messages:
        new = entered.get(message.key)
        free = overwrite or not has_translation(message)
        if new is None or message.obsolete or message.id_plural or not free:
            messages.append(message)
            continue
        filled = replace(
            message,
            string=new.string,
            flags=tuple(dict.fromkeys((*new.flags, *(f for f in message.flags if f != "fuzzy")))),
            comments=tuple(dict.fromkeys((*message.comments, *new.comments))),
            previous_id=new.previous_id,
            previous_context=new.previous_context,
        )
        messages.append(with_earlier(filled, message) if has_translation(message) else filled)
    return replace(catalog, messages=tuple(messages))


# Catalogs and memories


def _with_messages(
    plan: _Plan,
    run: Run,
    catalog: Catalog,
    known: Known,
    name: str,
    outcome: Outcome,
) -> Catalog:
    """The catalog with what the messages of another one say."""
    entered: dict[MessageKey, Message] = {}
    used: set[int] = set()
    counts: Counter[str] = Counter()
    for message in catalog.messages:
        if message.obsolete or message.id_plural:
            continue
        found = known.found(message)
        if found is None:
            continue
        if has_translation(message) and not plan.wish.overwrite:
            counts["kept"] += 1
            used |= {found.place} if found.message.string == message.string else set()
            continue
        used.add(found.place)
        new = _acceptable(run, found.message, message, plan.wish.origin)
        counts["fuzzy" if new.fuzzy else "translated"] += 1
        entered[message.key] = new
    outcome.carried.append(
        Carried(name, counts["translated"], counts["fuzzy"], counts["kept"], frozenset(used))
    )
    return _filled(catalog, entered, overwrite=plan.wish.overwrite)


def _acceptable(run: Run, new: Message, message: Message, origin: str) -> Message:
    """A message for another one of the same or a similar text; fuzzy where the build refuses it."""
    foreign = [] if new.fuzzy else _foreign(run, message.id, new.string)
    if not foreign:
        return new
    comment = f"imported from {origin}; {_not_there(foreign)}"
    return replace(new, flags=("fuzzy", *new.flags), comments=(*new.comments, comment))
