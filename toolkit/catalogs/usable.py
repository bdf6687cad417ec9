"""The translations that a build may use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.catalogs.babel_texts import is_shielded, unshielded

if TYPE_CHECKING:
    from toolkit.model.catalog import Catalog, MessageKey


def translations(catalog: Catalog) -> dict[MessageKey, str]:
    """Return what the build may use: translated, not fuzzy, not obsolete."""
    found = {message.key: message.string for message in catalog.messages if message.translated}
    shields = [key for key in found if is_shielded(key[1])]
    for key in shields:
        found.setdefault((key[0], unshielded(key[1])), unshielded(found[key]))
    return found
