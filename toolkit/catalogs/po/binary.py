"""Catalogs as programs read them: the binary files of `msgfmt`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polib

if TYPE_CHECKING:
    from toolkit.model.catalog import Catalog, Message


def binary_of(catalog: Catalog) -> bytes:
    """Return a catalog as an MO file, with what is translated and neither fuzzy nor obsolete."""
    file = polib.POFile()
    file.metadata = dict(catalog.header)
    file.extend(_entry(one) for one in catalog.messages if _is_used(one))
    data: bytes = file.to_binary()
    return data


def _is_used(message: Message) -> bool:
    """Whether each form of a message is translated; of plurals the first will do for `msgfmt`."""
    forms = message.plurals if message.id_plural is not None else (message.string,)
    return bool(forms) and all(forms) and not (message.fuzzy or message.obsolete)


def _entry(message: Message) -> polib.POEntry:
    return polib.POEntry(
        msgid=message.id,
        msgstr=message.string,
        msgctxt=message.context,
        msgid_plural=message.id_plural or "",
        msgstr_plural=dict(enumerate(message.plurals)),
    )
