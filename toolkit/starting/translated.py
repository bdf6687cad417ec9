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
    from collections.abc import Collection, Iterator, Sequence


@dataclass(frozen=True, slots=True)
class Existing:
    """Pages that are translated into a locale already."""

    tag: str
    place: str
    """Where they lie, as `yiben import` takes it."""
    pages: int


@dataclass(frozen=True, slots=True)
class Group:
    """Pages that translate others of their tree, as their names say."""

    locale: str
    """The locale as they spell it."""
    patterns: tuple[str, ...]
    """What matches them and no other page, for the setting `exclude`."""
    names: frozenset[str]


def groups(names: Collection[str]) -> list[Group]:
    """Pages named as another one, but with a locale behind the name or a folder for it in front.

    `guide-zh_CN.md` and `zh/guide.md` are such ones beside `guide.md`.
    """
    return [*_by_ending(names), *_by_folder(names)]


def _by_ending(names: Collection[str]) -> Iterator[Group]:
    found: dict[str, list[str]] = defaultdict(list)
    for name in names:
        path = PurePosixPath(name)
        end = LOCALE_END.search(path.stem)
        bare = path.with_stem(path.stem[: end.start()]) if end and end.start() else None
        if end and bare and bare.as_posix() in names and known_locale(end[1]):
            found[end[0]].append(name)
    for ending, group in sorted(found.items()):
        suffixes = sorted({PurePosixPath(name).suffix for name in group})
        patterns = tuple(f"*{ending}{suffix}" for suffix in suffixes)
        yield Group(ending[1:], patterns, frozenset(group))


def _by_folder(names: Collection[str]) -> Iterator[Group]:
    found: dict[str, list[str]] = defaultdict(list)
    for name in names:
        folder, _, rest = name.partition("/")
        if rest and is_named_by_locale(folder):
            found[folder].append(rest)
    for folder, rests in sorted(found.items()):
        if 2 * sum(rest in names for rest in rests) >= len(rests):
            group = frozenset(f"{folder}/{rest}" for rest in rests)
            yield Group(folder, (f"{folder}/*",), group)


def is_named_by_locale(folder: str) -> bool:
    """Whether a folder's name is a locale's and nothing that is more likely meant."""
    language = folder.replace("_", "-").partition("-")[0]
    is_code = 2 <= len(language) <= 3  # noqa: PLR2004 - RFC 5646
    return is_code and folder not in _NO_LOCALES and known_locale(folder) is not None


_NO_LOCALES = frozenset({"api", "cli", "dev", "faq", "ops", "sdk", "doc", "img", "lib", "src"})
"""Names of folders that happen to be codes of languages."""


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
