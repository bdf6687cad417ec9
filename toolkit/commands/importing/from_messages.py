"""Messages of another catalog or memory: what of them enters a catalog."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from toolkit.catalogs.merge.retiring import has_translation
from toolkit.commands.importing.filling import filled
from toolkit.commands.importing.plan import reason_of, refused_for
from toolkit.commands.importing.value import Carried

if TYPE_CHECKING:
    from toolkit.commands.importing.known import Found, Known
    from toolkit.commands.importing.plan import Plan
    from toolkit.commands.importing.value import Wish
    from toolkit.model.catalog import Catalog, Message, MessageKey
    from toolkit.project.store import Run


class WithMessages(NamedTuple):
    """A catalog with what the messages of another one say."""

    catalog: Catalog
    carried: Carried


def with_messages(plan: Plan, catalog: Catalog, known: Known, name: str) -> WithMessages:
    """Enter what the messages of another catalog say."""
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
        new = _acceptable(plan.run, found, message, plan.wish)
        counts["fuzzy" if new.fuzzy else "translated"] += 1
        entered[message.key] = new
    return WithMessages(
        filled(catalog, entered, overwrite=plan.wish.overwrite),
        Carried(name, counts["translated"], counts["fuzzy"], counts["kept"], frozenset(used)),
    )


def _acceptable(run: Run, found: Found, message: Message, wish: Wish) -> Message:
    """A message for another one of the same or a similar text.

    It is fuzzy where the build refuses it, and where it leaves out marks of its source.
    """
    new = found.message
    if found.lost and not new.fuzzy:
        comment = f"imported from {wish.origin}; leaves out {', '.join(found.lost)}"
        return replace(new, flags=("fuzzy", *new.flags), comments=(*new.comments, comment))
    foreign = [] if new.fuzzy else refused_for(run, wish.locale, (message.id, new.string))
    if not foreign:
        return new
    comment = f"imported from {wish.origin}; {reason_of(foreign)}"
    return replace(new, flags=("fuzzy", *new.flags), comments=(*new.comments, comment))
