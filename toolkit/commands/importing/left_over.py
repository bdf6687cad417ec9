"""Texts without a place after an import, kept in a catalog that serves as a memory."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.aligning.verdict import State
from toolkit.catalogs.header import template_header, with_header
from toolkit.catalogs.po import CatalogFile
from toolkit.model.catalog import Catalog, Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from toolkit.commands.importing.value import Carried, Imported, ImportedPage, ImportRequest
    from toolkit.project.store import Run, Saved

_LOST = frozenset({State.OTHER, State.DOUBTFUL, State.TWICE, State.FOREIGN})
"""Verdicts that leave a translation out of the catalog."""


def keep_left_over(run: Run, request: ImportRequest, imported: Imported) -> tuple[Saved, ...]:
    """Add what found no place to the locale's file of such texts; what is in it stays."""
    found = [message for one in imported.pages for message in _of_page(one)]
    found += [
        replace(message, context=request.origin, flags=(), obsolete=False)
        for message in (unused(request, imported.carried) if request.origin else ())
        if not message.id_plural
    ]
    if not found:
        return ()
    name = run.project.left_over_name(request.locale)
    file = run.catalog_file(name)
    data = file.data if file else None
    file = file or CatalogFile(name)
    old = file.catalog
    catalog = replace(old, messages=(*old.messages, *_new(found, old.messages)))
    if catalog == old:
        return ()
    settings = run.project.settings
    title = settings.project or "left-over"
    template = template_header(Catalog(), title, settings.source, run.now())
    catalog = with_header(catalog, template, request.locale, old)
    return (run.save_catalog(name, data, run.with_catalog(file, catalog)),)


def unused(request: ImportRequest, carried: Sequence[Carried]) -> list[Message]:
    """The translations of a catalog or memory that were of no use."""
    used = {place for one in carried for place in one.used}
    return [
        message
        for place, message in enumerate(request.messages)
        if place not in used and message.id and (message.string or any(message.plurals))
    ]


def _of_page(imported: ImportedPage) -> Iterator[Message]:
    """The texts of a translated page that are in no catalog."""
    origin = imported.translation
    for verdict in imported.verdicts:
        if verdict.state in _LOST:
            sources, targets = verdict.pairing.sources, verdict.pairing.targets
            yield _message(sources[0].text, verdict.text, origin, targets[0].line)
    for piece in imported.alignment.targets:
        yield _message(piece.text, piece.text, origin, piece.line)


def _message(source: str, text: str, origin: str, line: int) -> Message:
    """A text with its source; where that is not known, it stands for itself."""
    told = (
        "left over, its source text was not found" if source == text else "not used by the import"
    )
    return Message(
        source, text, context=origin, extracted=(told,), references=(f"{origin}:{line}",)
    )


def _new(found: Iterable[Message], known: Iterable[Message]) -> Iterator[Message]:
    """The messages that are not known, each under a context of its own."""
    texts = {message.key: message.string for message in known}
    for message in found:
        if not (message.id.strip() and message.string.strip()):
            continue
        context, number = message.context, 1
        while texts.get((context, message.id), message.string) != message.string:
            number += 1
            context = f"{message.context} ({number})"
        if (context, message.id) not in texts:
            texts[context, message.id] = message.string
            yield replace(message, context=context)


def waiting_texts(catalog: Catalog, name: str) -> int:
    """The number of texts of a file that an import found no place for."""
    return sum(
        any(place.rpartition(":")[0] == name for place in message.references)
        for message in catalog.messages
    )
