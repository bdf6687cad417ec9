"""Findings about links, images and fragments that lead nowhere, in pages and translations."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from toolkit.checks import Remark
from toolkit.checks.ignoring import ignored_by
from toolkit.commands.check.places import finding_about
from toolkit.commands.check.references import References
from toolkit.commands.check.targets import ID, SourceSite
from toolkit.model.document import Span
from toolkit.model.errors import ToolkitError
from toolkit.model.findings import Excerpt
from toolkit.reading.targets import TargetKind, targets
from toolkit.reading.targets.inline import places_in
from toolkit.reading.targets.meaning import url_of
from toolkit.site.asking import NotedNames

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from toolkit.commands.check.targets import Dead
    from toolkit.model.catalog import Message, MessageKey
    from toolkit.model.document import Document
    from toolkit.model.findings import Finding
    from toolkit.project.store import Run
    from toolkit.reading.page import Page
    from toolkit.reading.site_yaml_facts import SiteFacts
    from toolkit.reading.targets import Target

_LABEL = re.compile(r"\[(?P<label>[^\[\]]+)\]:\s*<?\Z")
_NAMED = re.compile(r"\{(?:doc|ref|numref)\}`|\{\{[<%]\s*(?:rel)?ref\b")
"""References by name."""
DEAD = frozenset({"dead-link", "dead-fragment", "dead-image"})
_sites: WeakKeyDictionary[Run, SourceSite] = WeakKeyDictionary()
_known_references: WeakKeyDictionary[Run, References] = WeakKeyDictionary()


def source_site(run: Run, pages: Sequence[str] | None = None) -> SourceSite:
    """The files and ids of a project as far as they are known, found out once a process."""
    if run not in _sites:
        project = run.project
        pages = project.pages()[0] if pages is None else pages
        names = NotedNames(run.facts, "source page", frozenset(map(project.page_name, pages)))
        with run.facts.noting() as note:
            facts = _facts(run)
        site = SourceSite(run, facts, names, json.dumps(note.asked))
        run.facts.learn(ID, site.standing)
        _sites[run] = site
    return _sites[run]


def _facts(run: Run) -> SiteFacts | None:
    """The facts in the site's settings; `mkdocs.yml` is looked for where no setting names them."""
    name = run.project.settings.site or "mkdocs.yml"
    try:
        if not name.endswith((".yml", ".yaml")) or run.data(name) is None:
            return None
        # PyYAML is slow to import.
        from toolkit.reading.site_yaml_facts import site_facts  # noqa: PLC0415

        return site_facts(run.data, name)
    except ToolkitError:
        return None


def dead_in_page(run: Run, page: Page) -> Iterator[Finding]:
    """The targets of a page that lead nowhere."""
    site, document = source_site(run), page.document
    for target in targets(document, page.reading, page.dialect, outside=False):
        dead = site.dead(page, target.url, target.kind)
        if dead and _is_used(document, target) and dead.check not in _ignored(page, target.span):
            line, column = document.place(target.span.start)
            found = finding_about(
                document.path, dead.check, dead.text, line, document.path, (target.url,)
            )
            excerpt = _excerpt(document, target.span, column)
            yield replace(found, column=column, excerpt=excerpt, others=_others(dead))
    if _NAMED.search(document.text) and not page.dialect.python_markdown:
        # They may lead to any page and label of the project.
        run.facts.note_elsewhere()
    for one in _references(run).dead(page):
        span = Span(one.start, one.end)
        if "dead-link" not in _ignored(page, span):
            line, column = document.place(one.start)
            facts = (document.text[one.start : one.end],)
            found = finding_about(document.path, "dead-link", one.text, line, document.path, facts)
            yield replace(found, column=column, excerpt=_excerpt(document, span, column))


def _others(dead: Dead) -> tuple[str, ...]:
    return (dead.place,) if dead.place else ()


def _references(run: Run) -> References:
    if run not in _known_references:
        _known_references[run] = References(run.project)
    return _known_references[run]


def _is_used(document: Document, target: Target) -> bool:
    """Whether a link's definition is used: programs do not look at those that are not."""
    if target.kind is not TargetKind.DEFINITION:
        return True
    label = _LABEL.search(document.text, 0, target.span.start)
    if label is None:
        return True
    words = r"\s+".join(map(re.escape, label["label"].split()))
    return bool(re.search(rf"\[\s*{words}\s*\](?!:)", document.text, re.IGNORECASE))


def _ignored(page: Page, span: Span) -> frozenset[str]:
    """The checks that the writer turned off for the text around a place."""
    notes = (
        note
        for unit in page.units
        if unit.span.start <= span.start < unit.span.end
        for note in unit.notes
    )
    return ignored_by(notes)


def _excerpt(document: Document, span: Span, column: int) -> Excerpt:
    start = span.start - column + 1
    end = document.text.find("\n", start)
    lines = document.text[start : end if end >= 0 else None].splitlines()
    line = lines[0] if lines else ""
    return Excerpt(line, column - 1, min(len(line), column - 1 + span.end - span.start))


def dead_in_translations(
    run: Run, page: Page, messages: Mapping[MessageKey, Message], known: Mapping[MessageKey, str]
) -> Iterator[tuple[str, Remark]]:
    """Targets that translators have put in the place of the source's and that lead nowhere."""
    site = source_site(run)
    for unit in page.units:
        key = (unit.context, unit.text)
        text = known.get(key, "")
        if "](" not in text and "<" not in text:
            continue
        own = dict(_urls(unit.text, page))
        for url, kind in _urls(text, page):
            dead = site.dead(page, url, kind) if url not in own else None
            if dead:
                yield dead.check, Remark(dead.text, url, message=messages.get(key))


def _urls(text: str, page: Page) -> Iterator[tuple[str, TargetKind]]:
    dialect = page.dialect
    for place in places_in(text, dialect.grammar, (), dialect.inline):
        yield url_of(text[place.start : place.end], place.writing), place.kind
