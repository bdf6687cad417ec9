"""Links of a translated page that lead to the same place as those of its source."""

from __future__ import annotations

import re
from collections import defaultdict
from posixpath import basename
from typing import TYPE_CHECKING

from toolkit.aligning.pieces import place_of

if TYPE_CHECKING:
    from collections.abc import Iterable

_TARGET = re.compile(
    r"""(?<=\]\()([^\s()<>]{1,1000})(?=[)\s])|(?<=\shref=["'])([^\s"'<>]{1,1000})(?=["'])"""
)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,30}:|//")


def with_own_targets(
    source: str, translation: str, page: str, other: str, linked: Iterable[str] = ()
) -> str:
    """A translation whose relative targets are written as in its source.

    A translated page links to translated pages (`guide.en.md`, `../en/guide.md`, `#overview`); the
    build leads the links of the source there by itself. A target is changed when it names the same
    page as the target at its place in the source, or as only one of those there. A link back to the
    source page stays as it is. `page` and `other` are the paths of the two pages; `linked` is what
    references of the source lead to.
    """
    theirs = _targets(source)
    ours = _targets(translation)
    if not ours or ours == theirs:
        return translation
    names: dict[str, set[str]] = defaultdict(set)
    known = {*theirs, *linked}
    for target in known:
        if not _SCHEME.match(target):
            names[_named(target, page)].add(target)
    changes: dict[str, str] = {}
    for at, target in enumerate(ours):
        alike = names.get(_named(target, other), set())
        if target not in changes and alike and _is_free(target, page, other):
            paired = theirs[at] if len(theirs) == len(ours) else ""
            only = next(iter(alike)) if len(alike) == 1 else target
            changes[target] = paired if paired in alike else only
    for target in known:
        changes.pop(target, None)
    return _TARGET.sub(lambda match: changes.get(match[0], match[0]), translation)


def _targets(text: str) -> list[str]:
    return [match[0] for match in _TARGET.finditer(text)] if "(" in text or "href" in text else []


def _is_free(target: str, page: str, other: str) -> bool:
    """Whether a target is relative and does not lead back to the source page."""
    back = basename(target.partition("#")[0]) == basename(page) != basename(other)
    return not _SCHEME.match(target) and not back


def _named(target: str, page: str) -> str:
    """The page a relative target names, without what differs between languages."""
    return place_of(target.partition("#")[0] or basename(page))
