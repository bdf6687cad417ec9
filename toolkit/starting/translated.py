"""Translations that lie in a project already, beside the pages or in folders of their own."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from toolkit.errors import ToolkitError
from toolkit.importing.finding import Finder
from toolkit.locale import Locale, locale_of
from toolkit.locale_names import LOCALE_END

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Existing:
    """Pages that are translated into a locale already."""

    tag: str
    place: str
    """Where they lie, as `yiben import` takes it."""
    pages: int


def endings(names: Collection[str]) -> Mapping[str, list[str]]:
    """Pages that are named as another one with a locale behind it, by that ending.

    `guide-zh_CN.md` beside `guide.md` is found under `-zh_CN`.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for name in names:
        path = PurePosixPath(name)
        end = LOCALE_END.search(path.stem)
        bare = path.with_stem(path.stem[: end.start()]) if end and end.start() else None
        if end and bare and bare.as_posix() in names and known_locale(end[1]):
            found[end[0]].append(name)
    return found


def known_locale(name: str) -> Locale | None:
    """The locale that a file or folder is named by, where there is one."""
    try:
        return locale_of(name)
    except ToolkitError:
        return None


def existing(
    content: str, places: Sequence[str], source: Locale, targets: Sequence[Locale], names: set[str]
) -> Iterator[Existing]:
    """What is translated already, by locale: at the first of `places` that has something.

    Places are folders or patterns as those of `Finder`; `names` are all pages, from the project's
    root.
    """
    start = "" if content == "." else f"{content}/"
    pages = [name.removeprefix(start) for name in names if name.startswith(start)]
    for target in targets:
        for place in places:
            finder = Finder(place, source, target, frozenset(names))
            found = {partner for page in pages if (partner := finder.partner(page, start + page))}
            if found:
                yield Existing(target.tag, place, len(found))
                break
