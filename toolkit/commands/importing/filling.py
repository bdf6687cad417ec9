"""Translations entered into the messages of a catalog."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.catalogs.merge.retiring import has_translation, with_earlier

if TYPE_CHECKING:
    from collections.abc import Mapping

    from toolkit.model.catalog import Catalog, Message, MessageKey


def filled(catalog: Catalog, entered: Mapping[MessageKey, Message], *, overwrite: bool) -> Catalog:
    """The catalog with translations for the messages that have none, or for all.

    A fuzzy message whose very translation comes in as a good one is fuzzy no more.
    """
    messages = []
    for message in catalog.messages:
        new = entered.get(message.key)
        confirmed = new and message.fuzzy and not new.fuzzy and new.string == message.string
        free = overwrite or confirmed or not has_translation(message)
        if new is None or message.obsolete or message.id_plural or not free:
            messages.append(message)
            continue
        full = replace(
            message,
            string=new.string,
            flags=tuple(dict.fromkeys((*new.flags, *(f for f in message.flags if f != "fuzzy")))),
            comments=tuple(dict.fromkeys((*message.comments, *new.comments))),
            previous_id=new.previous_id,
            previous_context=new.previous_context,
        )
        messages.append(with_earlier(full, message) if has_translation(message) else full)
    return replace(catalog, messages=tuple(messages))


def is_kept(message: Message) -> bool:
    """Whether a message says something that stays."""
    return has_translation(message) and not message.obsolete
