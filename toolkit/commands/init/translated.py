"""Translations that lie in a project already, beside the pages or in folders of their own."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from toolkit.commands.importing.finding import Finder
from toolkit.language.locale import Locale, locale_of
from toolkit.language.names import COUNTRIES, LOCALE_END
from toolkit.model.errors import ToolkitError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence


@dataclass(frozen=True, slots=True)
class Existing:
    """Pages that are translated into a locale already."""

    tag: str
    place: str
    """Their place, as `yiben import` takes it."""
    pages: int


@dataclass(frozen=True, slots=True)
class Group:
    """Pages that translate others of their tree, as their names say."""

    locale: str
    """The locale as they spell it."""
    patterns: tuple[str, ...]
    """Patterns that match them and no other page, for the setting `exclude`."""
    names: frozenset[str]
    holder: str = ""
    """The folder that has theirs; empty where their names end in the locale."""


def groups(names: Collection[str]) -> list[Group]:
    """Pages named as another one, but with a locale after the name or a folder for it in front.

    `guide-zh_CN.md` and `zh/guide.md` are such ones beside `guide.md`.
    """
    return [*_by_ending(names), *_by_folder(names)]


def siblings(names: Collection[str]) -> dict[str, list[str]]:
    """Pages that differ in the locale at the end of their names alone, by that ending.

    `guide.en.md` and `guide.zh.md` are such ones where no `guide.md` lies beside them.
    """
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for name in names:
        path = PurePosixPath(name)
        end = LOCALE_END.search(path.stem)
        bare = path.with_stem(path.stem[: end.start()]) if end and end.start() else None
        if end and bare and bare.as_posix() not in names and locale_named(end[1]):
            found[bare.as_posix()][end[0]] = name
    several: dict[str, list[str]] = defaultdict(list)
    shared = {ending for one in found.values() if len(one) > 1 for ending in one}
    for one in found.values():
        for ending in one.keys() & shared:
            several[ending].append(one[ending])
    return dict(several)


def ending_patterns(ending: str, names: Collection[str]) -> tuple[str, ...]:
    """Patterns for pages with a locale at the end of their names."""
    return tuple(
        f"*{ending}{suffix}" for suffix in sorted({PurePosixPath(n).suffix for n in names})
    )


def _by_ending(names: Collection[str]) -> Iterator[Group]:
    found: dict[str, list[str]] = defaultdict(list)
    for name in names:
        path = PurePosixPath(name)
        end = LOCALE_END.search(path.stem)
        bare = path.with_stem(path.stem[: end.start()]) if end and end.start() else None
        if end and bare and bare.as_posix() in names and locale_named(end[1]):
            found[end[0]].append(name)
    for ending, group in sorted(found.items()):
        yield Group(ending[1:], ending_patterns(ending, group), frozenset(group))


def _by_folder(names: Collection[str]) -> Iterator[Group]:
    """Folders named by a locale, at any depth, whose pages are those of the folder above."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name in names:
        parts = name.split("/")[:-1]
        for depth, part in enumerate(parts):
            if is_named_by_locale(part):
                found["/".join(parts[: depth + 1]), part].append(name)
                break
    for (folder, tag), group in sorted(found.items()):
        above = _above(folder)
        rests = [name.removeprefix(f"{folder}/") for name in group]
        if 2 * sum(any(start + rest in names for start in above) for rest in rests) >= len(rests):
            yield Group(tag, (f"{folder}/*",), frozenset(group), f"{folder.rpartition('/')[0]}/")


def shared_holder(names: Sequence[str], found: Sequence[Group]) -> str:
    """The folder that has all translations, and most of the pages themselves; empty for none."""
    holders = {group.holder for group in found}
    translated = frozenset().union(*(group.names for group in found))
    holder = holders.pop() if len(holders) == 1 else ""
    pages = [name for name in names if name not in translated]
    inside = sum(name.startswith(holder) for name in pages)
    return holder.rstrip("/") if 2 * inside >= len(pages) else ""


def _above(folder: str) -> tuple[str, ...]:
    """The folders above a locale's folder whose pages it may translate."""
    parent = folder.rpartition("/")[0]
    holder, _, last = parent.rpartition("/")
    starts = [parent, holder] if last in _HOLDERS else [parent]
    return tuple(f"{start}/" if start else "" for start in starts)


_HOLDERS = frozenset({"i18n", "l10n", "translations", "translation", "lang", "langs", "locale"})
"""Folders that hold those of languages."""


def is_named_by_locale(folder: str) -> bool:
    """Whether a folder's name is a locale's and nothing that is more likely meant."""
    language = folder.replace("_", "-").partition("-")[0]
    is_code = 2 <= len(language) <= 3  # noqa: PLR2004 - RFC 5646
    return is_code and folder not in _NO_LOCALES and locale_named(folder) is not None


def is_locale_folder(pattern: str) -> bool:
    """Whether a pattern of pages leaves out the folder of a locale: `en/*`."""
    folder, slash, rest = pattern.partition("/")
    return bool(slash) and rest == "*" and locale_named(folder) is not None


_NO_LOCALES = frozenset(
    "api app bin cli css dev doc faq hw img ios lib ops os pkg sdk src tls web www".split()
)
"""Names of folders that happen to be codes of languages."""


def locale_named(name: str) -> Locale | None:
    """The locale that a file, a folder or a configuration names, where there is one."""
    try:
        return locale_of(COUNTRIES.get(name.lower(), name))
    except ToolkitError:
        return None


def existing(
    content: str, places: Sequence[str], source: Locale, targets: Sequence[Locale], names: set[str]
) -> Iterator[Existing]:
    """Find existing translations by locale, at the first of `places` that has some.

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
