"""Why an update changes messages: the pages did, or yiben reads and writes them otherwise."""

from __future__ import annotations

import re
from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from toolkit.catalogs.po import CatalogFile
    from toolkit.model.catalog import Catalog, Message

_MARK = re.compile(r"[\W_]+")
_RENEWED = frozenset({"POT-Creation-Date", "PO-Revision-Date"})
Difference = tuple["Message | None", "Message | None"]
"""A message as it is in a file and as it will be; `None` where it is not."""


class Cause(StrEnum):
    """The causes of changes in catalogs."""

    TEXTS = "texts of pages"
    SEGMENTATION = "segmentation"
    """The same words, cut into other messages."""
    LAYOUT = "layout of catalogs"
    """Messages that come from catalogs of another layout."""
    COMMENTS = "comments"
    PLACES = "places"
    HEADERS = "headers"


def causes_of(
    old: CatalogFile, new: CatalogFile, inherited: Catalog | None = None, *, recut: bool = False
) -> tuple[tuple[str, int], ...]:
    """Count what an update changes in a catalog, by its causes.

    With `recut`, the catalog was cut by other rules of segmenting.
    """
    known = {(one.key, one.string) for one in inherited.messages} if inherited else set()
    differences = list(old.differences(new))
    texts = _recut(differences) if recut else frozenset()
    counts = Counter(_cause(one, known, texts) for one in differences)
    headers = set(old.catalog.header) ^ set(new.catalog.header)
    if old.data and any(name not in _RENEWED for name, _ in headers):
        counts[Cause.HEADERS] += 1
    return tuple((cause.value, counts[cause]) for cause in Cause if counts[cause])


def _cause(
    difference: Difference, known: Collection[tuple[object, str]], recut: Collection[str]
) -> Cause:
    old, new = difference
    if old and new and _translation_of(old) == _translation_of(new):
        same_comments = (old.extracted, old.comments) == (new.extracted, new.comments)
        return Cause.PLACES if same_comments else Cause.COMMENTS
    if new and (new.key, new.string) in known:
        return Cause.LAYOUT
    one = new or old
    return Cause.SEGMENTATION if one and one.id in recut else Cause.TEXTS


def _translation_of(message: Message) -> tuple[object, ...]:
    """Return what matters to translators: everything except comments and places."""
    return (message.string, message.plurals, message.flags, message.obsolete, message.previous_id)


def _recut(differences: Iterable[Difference]) -> frozenset[str]:
    """The texts whose words were, or are now, part of a text on the other side."""
    gone: dict[str, str] = {}
    came: dict[str, str] = {}
    for old, new in differences:
        was, now = old is not None and not old.obsolete, new is not None and not new.obsolete
        if old and was and not now:
            gone[old.id] = _words(old.id)
        if new and now and not was:
            came[new.id] = _words(new.id)
    pairs = [(one, other) for one in gone for other in came if _holds(gone[one], came[other])]
    return frozenset(text for pair in pairs for text in pair)


def _holds(one: str, other: str) -> bool:
    return one in other or other in one


def _words(text: str) -> str:
    return _MARK.sub("", text).casefold()
