"""Messages of another catalog or memory: what of them enters a catalog."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from toolkit.catalogs.merge.retiring import has_translation
from toolkit.commands.importing.filling import filled
from toolkit.commands.importing.plan import reason_of, refused_for
from toolkit.commands.importing.returned import take_back
from toolkit.commands.importing.value import Carried

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.commands.importing.known import Found, Known
    from toolkit.commands.importing.plan import Plan
    from toolkit.commands.importing.returned import Taken
    from toolkit.commands.importing.value import ImportRequest
    from toolkit.model.catalog import Catalog, Message, MessageKey
    from toolkit.project.store import Run
    from toolkit.reading.page import Page


class WithMessages(NamedTuple):
    """A catalog with what the messages of another one say."""

    catalog: Catalog
    carried: Carried


def with_messages(
    plan: Plan, catalog: Catalog, known: Known, name: str, pages: Sequence[Page]
) -> WithMessages:
    """Enter what the messages of another catalog say."""
    taken = take_back(plan, name, pages, catalog)
    catalog = _with_returned(catalog, taken)
    entered: dict[MessageKey, Message] = {}
    used: set[int] = set().union(*taken.handled.values())
    counts = Counter("fuzzy" if one.fuzzy else "translated" for one in taken.entered.values())
    counts["kept"] = len(taken.handled) - len(taken.entered)
    for message in catalog.messages:
        if message.obsolete or message.id_plural or message.key in taken.handled:
            continue
        found = known.found(message)
        # A file of ours has every message; what it leaves open, no similar text fills.
        if found is None or (plan.back and found.message.previous_id is not None):
            continue
        if has_translation(message) and not (plan.request.overwrite or _confirms(found, message)):
            counts["kept"] += 1
            used |= {found.place} if found.message.string == message.string else set()
            continue
        used.add(found.place)
        new = _acceptable(plan.run, found, message, plan.request)
        counts["fuzzy" if new.fuzzy else "translated"] += 1
        entered[message.key] = new
    return WithMessages(
        filled(catalog, entered, overwrite=plan.request.overwrite),
        Carried(
            name,
            counts["translated"],
            counts["fuzzy"],
            counts["kept"],
            frozenset(used),
            taken.lines,
        ),
    )


def _with_returned(catalog: Catalog, taken: Taken) -> Catalog:
    if not taken.entered:
        return catalog
    messages = (taken.entered.get(one.key, one) for one in catalog.messages)
    return replace(catalog, messages=tuple(messages))


def _confirms(found: Found, message: Message) -> bool:
    """Whether the other catalog has the very translation that waits here as fuzzy."""
    same = found.message.string == message.string and message.previous_id is None
    return message.fuzzy and same and not (found.message.fuzzy or found.lost)


def _acceptable(run: Run, found: Found, message: Message, request: ImportRequest) -> Message:
    """A message for another one of the same or a similar text.

    It is fuzzy where the build refuses it, and where it leaves out marks of its source.
    """
    new = found.message
    if found.lost and not new.fuzzy:
        comment = f"imported from {request.origin}; leaves out {', '.join(found.lost)}"
        return replace(new, flags=("fuzzy", *new.flags), comments=(*new.comments, comment))
    foreign = [] if new.fuzzy else refused_for(run, request.locale, (message.id, new.string))
    if not foreign:
        return new
    comment = f"imported from {request.origin}; {reason_of(foreign)}"
    return replace(new, flags=("fuzzy", *new.flags), comments=(*new.comments, comment))
