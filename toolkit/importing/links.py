"""Links of a translated page that lead to the same place as those of its source."""

from __future__ import annotations

import re
from posixpath import basename

from toolkit.aligning.pieces import place_of

_TARGET = re.compile(
    r"""(?<=\]\()([^\s()<>]{1,1000})(?=[)\s])|(?<=\shref=["'])([^\s"'<>]{1,1000})(?=["'])"""
)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,30}:|//")


def with_own_targets(source: str, translation: str, page: str, other: str) -> str:
    """A translation whose relative targets are written as in its source.

    A translated page links to translated pages (`guide.en.md`, `../en/guide.md`, `#overview`); the
    build leads the links of the source there by itself. A target is changed when it names the same
    page as the target at its place in the source, or as only one of those there. A link back to the
    source page stays as it is. `page` and `other` are the paths of the two pages.
    """
    theirs = _targets(source)
    ours = _targets(translation)
    if not ours or ours == theirs:
        return translation
    changes = {
        target: wanted for target in ours if (wanted := _same(target, theirs, ours, page, other))
    }
    return _TARGET.sub(lambda match: changes.get(match[0], match[0]), translation)


def _targets(text: str) -> list[str]:
    return [match[0] for match in _TARGET.finditer(text)] if "(" in text or "href" in text else []


def _same(target: str, theirs: list[str], ours: list[str], page: str, other: str) -> str | None:
    """The target of the source that leads where one of the translation does."""
    back = basename(target.partition("#")[0]) == basename(page) != basename(other)
    if target in theirs or _SCHEME.match(target) or back:
        return None
    at = ours.index(target)
    if len(theirs) == len(ours) and _alike(target, theirs[at], page, other):
        return theirs[at]
    alike = {one for one in theirs if _alike(target, one, page, other)}
    return alike.pop() if len(alike) == 1 else None


def _alike(target: str, wanted: str, page: str, other: str) -> bool:
    if _SCHEME.match(wanted):
        return False
    return _named(target, other) == _named(wanted, page)


def _named(target: str, page: str) -> str:
    """The page a relative target names, without what differs between languages."""
    return place_of(target.partition("#")[0] or basename(page))
