"""Translated pages: what of them enters a catalog, and as what."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from toolkit.aligning import Knowledge
from toolkit.aligning.pieces import is_same
from toolkit.aligning.verdict import State, Verdict, verdicts
from toolkit.catalogs.merge import Rules, merge
from toolkit.catalogs.template import definitions_of
from toolkit.commands.importing.alignments import alignment_of
from toolkit.commands.importing.allowing import remedies_for
from toolkit.commands.importing.filling import filled, is_kept
from toolkit.commands.importing.links import with_own_targets
from toolkit.commands.importing.plan import reason_of, refused_for
from toolkit.commands.importing.value import ImportedPage
from toolkit.commands.importing.written_out import with_targets
from toolkit.commands.update.soundness import complaints
from toolkit.model.catalog import Catalog, Message
from toolkit.model.document import Document
from toolkit.model.errors import ToolkitError
from toolkit.reading import canonical
from toolkit.reading.left_out import without_left_out
from toolkit.reading.page import Page
from toolkit.reading.segment import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from toolkit.commands.importing.plan import Plan
    from toolkit.commands.importing.value import ImportRequest
    from toolkit.language.locale import Locale
    from toolkit.model.catalog import MessageKey
    from toolkit.model.errors import Problem
    from toolkit.project.store import Run


def is_open(imported: ImportedPage) -> bool:
    """Whether the other pages may tell that two pages are translations."""
    return imported.alignment.plausible and not imported.alignment.related


class WithPages(NamedTuple):
    """A catalog with what the translations of some pages say."""

    catalog: Catalog
    imported: tuple[ImportedPage, ...]
    problems: tuple[Problem, ...]
    """Why other translations say nothing."""


def with_pages(plan: Plan, pages: Sequence[Page], catalog: Catalog, rules: Rules) -> WithPages:
    """Enter what the translations of some pages say; raises where none can be read."""
    run = plan.run
    told = complaints(run, plan.request.locale, definitions_of(pages))
    found: list[_Pages] = []
    problems: list[Problem] = []
    for page in pages:
        partner = plan.request.partners.get(page.document.path)
        if partner:
            try:
                found.append(_aligned(plan, page, partner))
            except ToolkitError as error:
                problems += error.problems
    if not found:
        raise ToolkitError(problems)
    entered: dict[MessageKey, Message] = {}
    has = {one.key: one.string for one in catalog.messages if is_kept(one)}
    refined = [
        (_settled(verdict, both, told, run, plan.request.locale), both.imported.translation)
        for both in found
        for verdict in both.imported.verdicts
    ]
    settled = iter(_entered(refined, entered, has, plan.request))
    imports = [
        replace(both.imported, verdicts=tuple(islice(settled, len(both.imported.verdicts))))
        for both in found
    ]
    overwrite = plan.request.overwrite
    if plan.request.source_tree:
        full = _brought_forward(catalog, entered, rules, overwrite=overwrite)
    else:
        full = filled(catalog, entered, overwrite=overwrite)
    return WithPages(full, tuple(imports), tuple(problems))


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
    live = {one.key: one for one in brought if is_kept(one)}
    whole = filled(catalog, live, overwrite=overwrite)
    return replace(whole, messages=(*whole.messages, *gone))


class _Pages(NamedTuple):
    """A page, its translation, and what came of comparing them."""

    source: Page
    target: Page
    imported: ImportedPage


def _aligned(plan: Plan, page: Page, partner: str) -> _Pages:
    request = plan.request
    tree = request.tree
    if tree is None:
        raise ValueError("partners need a tree")
    run = plan.run
    keys = run.project.settings.front_matter
    left_out = run.project.settings.left_out(run.project.name_below_content(page.document.path))
    target = Document.from_bytes(partner, tree.read(partner))
    if request.source_tree:
        path = page.document.path
        data = request.source_tree.read(request.earlier.get(path, path))
        old = Document.from_bytes(path, data)
        page = Page(old, without_left_out(read(old, page.dialect, keys), left_out))
    scripts = (run.project.settings.source.script, request.locale.script)
    knowledge = Knowledge(scripts, plan.translations, plan.glossary)
    other = Page(target, without_left_out(read(target, page.dialect, keys), left_out))
    alignment = alignment_of(run, page, other, knowledge)
    said = tuple(verdicts(alignment, scripts, request.least, trusted=plan.trusted))
    return _Pages(page, other, ImportedPage(page.document.path, partner, alignment, said))


def _settled(
    verdict: Verdict,
    pages: _Pages,
    told: Callable[[str, str], list[str]],
    run: Run,
    locale: Locale,
) -> Verdict:
    """A verdict with its text as our build can use it; what it cannot use becomes fuzzy.

    What merely fails a check was published so, and stays: `yiben check` names it.
    """
    if not verdict.used:
        return verdict
    source = verdict.pairing.sources[0]
    page, other = pages.source, pages.target
    definitions = page.reading.definitions
    text = with_targets(verdict.text, other.reading.definitions, definitions)
    linked = canonical.linked(source.text, definitions, page.dialect.grammar)
    text = with_own_targets(source.text, text, page.document.path, other.document.path, linked)
    verdict = replace(verdict, text=text)
    if verdict.state is not State.TRANSLATED:
        return verdict
    foreign = refused_for(run, locale, (source.text, text), definitions)
    if foreign:
        reasons = (*verdict.reasons, reason_of(foreign))
        allow = remedies_for(foreign, locale)
        return replace(verdict, state=State.FUZZY, reasons=reasons, allow=allow)
    return replace(verdict, reasons=(*verdict.reasons, *told(source.text, text)))


def _entered(
    refined: Sequence[tuple[Verdict, str]],
    entered: dict[MessageKey, Message],
    has: Mapping[MessageKey, str],
    request: ImportRequest,
) -> Iterable[Verdict]:
    """Take verdicts into `entered`, the best first; return them in their order, settled.

    Each comes with the translated page that it is about.
    """
    listed = [verdict for verdict, _ in refined]
    for number in _best_first(listed):
        verdict = listed[number]
        unit = verdict.pairing.sources[0].unit
        same = request.same and _is_identical(verdict)
        if unit is None or not (verdict.used or same):
            continue
        key = (unit.context, unit.text)
        if key in has and not request.overwrite and not request.source_tree:
            state = State.KEPT if has[key] == verdict.text else State.OTHER
            listed[number] = replace(verdict, state=state)
        elif same:
            entered.setdefault(key, Message(unit.text, unit.text, context=unit.context))
        elif key in entered:
            if entered[key].string != verdict.text:
                listed[number] = replace(verdict, state=State.TWICE)
        else:
            entered[key] = _message(verdict, key, refined[number][1])
    return listed


def _best_first(listed: Sequence[Verdict]) -> list[int]:
    """The numbers of verdicts: of one source text's, the most frequent translation first.

    What is translated precedes what is fuzzy; among equals the surest pair does.
    """
    votes = Counter(map(_vote, listed))
    return sorted(
        range(len(listed)),
        key=lambda n: (
            listed[n].state is not State.TRANSLATED,
            -votes[_vote(listed[n])],
            -listed[n].pairing.certainty,
            n,
        ),
    )


def _vote(verdict: Verdict) -> tuple[State, str, str]:
    return verdict.state, verdict.pairing.sources[0].text, verdict.text


def _is_identical(verdict: Verdict) -> bool:
    """Whether one text is the same in both languages, as names are."""
    texts = [piece.text for piece in (*verdict.pairing.sources, *verdict.pairing.targets)]
    return verdict.state is State.SAME and len(texts) == 2 and is_same(*texts)  # noqa: PLR2004


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
