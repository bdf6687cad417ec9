"""Messages that were exported and come back: taken one by one, through the gates of drafts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from toolkit.catalogs.unit_comments import neighbours
from toolkit.commands.exchange.ids import message_digest, translation_digest, unit_id
from toolkit.commands.translate.choosing import Candidate, Place, Task
from toolkit.language.phrases import counted, shortened
from toolkit.reading.codes import lost_codes, name_of, pieces_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from toolkit.commands.exchange.ids import Back
    from toolkit.commands.importing.plan import Plan
    from toolkit.model.catalog import Catalog, Message, MessageKey
    from toolkit.reading.page import Page

_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Taken:
    """The messages that came back and are entered, and the lines about them."""

    entered: Mapping[MessageKey, Message]
    handled: Mapping[MessageKey, frozenset[int]]
    """The messages that nobody else needs to look for, with their places in the file."""
    lines: tuple[str, ...] = ()


def take_back(plan: Plan, path: str, pages: Sequence[Page], catalog: Catalog) -> Taken:
    """Compare what came back with the catalog, and judge what is new in it."""
    answers: dict[MessageKey, Back] = {}
    handled: dict[MessageKey, frozenset[int]] = {}
    lines: list[str] = []
    for message in catalog.messages:
        # The same text may have other translations on other pages.
        own = plan.back.get(unit_id(message.key, message.string))
        one = own or plan.back.get(message_digest(message.key))
        if one is None or message.obsolete or message.id_plural:
            continue
        handled[message.key] = one.places
        if one.message.string == message.string and one.message.fuzzy >= message.fuzzy:
            continue
        unchanged_here = one.exported == translation_digest(message.string)
        if not (unchanged_here or plan.request.overwrite or not message.string):
            lines.append(_line(plan, one, message, "kept: it was changed here since the export"))
            continue
        answers[message.key] = one
    absent = sum(not (one.obsolete or one.key in handled) for one in catalog.messages)
    if handled and absent:
        lines.append(f"{path}: {counted(absent, 'message')} not in {plan.request.origin}")
    judged = list(_judged(plan, path, pages, catalog, answers))
    entered = {one.message.key: one.message for one in judged}
    return Taken(entered, handled, (*lines, *(one.line for one in judged if one.line)))


class _Judged(NamedTuple):
    """A message to enter, and the line about it; empty where it only became translated."""

    message: Message
    line: str


def _judged(
    plan: Plan,
    path: str,
    pages: Sequence[Page],
    catalog: Catalog,
    answers: Mapping[MessageKey, Back],
) -> Iterator[_Judged]:
    messages = {one.key: one for one in catalog.messages if one.key in answers}
    for page in pages:
        wanted = {
            (around.unit.context, around.unit.text): Candidate(messages.pop(key), around)
            for around in neighbours(page.units)
            if (key := (around.unit.context, around.unit.text)) in messages
        }
        if not wanted or plan.gates is None:
            continue
        task = Task(Place(plan.request.locale, "", ""), path, page, catalog, wanted)
        texts = {key: answers[key].message.string for key in wanted}
        found = plan.gates.complaints(task, texts, in_order=False)
        for key, one in wanted.items():
            told = (*found.get(key, ()), *_lost(page, key[1], texts[key]))
            yield _entered(plan, answers[key], one.message, told)


def _lost(page: Page, source: str, translation: str) -> Iterator[str]:
    pieces = pieces_of(source, page.dialect)
    for code in lost_codes(pieces, pieces_of(translation, page.dialect)):
        yield f"{name_of(code)} is missing"


def _entered(plan: Plan, back: Back, message: Message, told: Sequence[str]) -> _Judged:
    fuzzy = ("fuzzy",) if told or back.message.fuzzy else ()
    flags = (*fuzzy, *(flag for flag in message.flags if flag != "fuzzy"))
    comments = message.comments
    if told:
        comments = (*comments, f"imported from {plan.request.origin}; {'; '.join(told)}")
    new = replace(
        message,
        string=back.message.string,
        flags=flags,
        comments=tuple(dict.fromkeys(comments)),
        previous_id=message.previous_id if fuzzy else None,
        previous_context=message.previous_context if fuzzy else None,
    )
    if told:
        return _Judged(new, _line(plan, back, message, f"fuzzy: {'; '.join(told)}"))
    changed = message.string and message.string != new.string
    return _Judged(new, _line(plan, back, message, "changed") if changed else "")


def _line(plan: Plan, back: Back, message: Message, what: str) -> str:
    place = f"{plan.request.origin}:{back.message.line}"
    old, new = (shortened(one.string, _SHOWN) for one in (message, back.message))
    return f"{place}: {what}: “{old}” → “{new}”" if old and old != new else f"{place}: {what}"
