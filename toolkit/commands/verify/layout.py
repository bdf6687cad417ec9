"""Group the pages of a built site: a source page and its localizations."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from toolkit.commands.verify.addresses import place_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from toolkit.language.locale import Locale

_INDEX = frozenset({"index", "readme", "_index"})
_NUMBER = re.compile(r"^\d+[-_. ]+")
ERROR_PAGES = frozenset({"404.html", "404/index.html"})


@dataclass(frozen=True, slots=True)
class SiteLayout:
    """The folder of each locale's pages below the site's."""

    source: str
    """The folder of the source's pages; empty for the site's own."""
    targets: Mapping[str, str]
    """The folders of the targets by their tags."""
    pages: tuple[str, ...] = ()
    """The files of the source's pages."""

    def counterpart(self, page: str, tag: str) -> str:
        """The file of a source page in a locale, where both have the same name."""
        below = page[len(self.source) + 1 :] if self.source else page
        return f"{self.targets[tag]}/{below}".lstrip("/")

    def source_of(self, page: str) -> str:
        """The file of the source page of any page, where both have the same name."""
        for folder in self.targets.values():
            if page.startswith(f"{folder}/"):
                return f"{self.source}/{page[len(folder) + 1 :]}".lstrip("/")
        return page


def layout_of(
    files: Collection[str], source: Locale, targets: Sequence[Locale], named: Mapping[str, str]
) -> SiteLayout:
    """The layout that the folders of a site show, or that the user `named` by tags."""
    html = sorted(name for name in files if name.endswith(".html"))
    folders = frozenset(_folders(html))
    found = {
        locale.tag: named[locale.tag] if locale.tag in named else _folder(locale, folders, targets)
        for locale in targets
    }
    own = {tag: folder for tag, folder in found.items() if folder is not None}
    top = named.get(source.tag)
    if top is None:
        top = _folder(source, folders - set(own.values()), targets) or ""
        top = "" if _leads_away(top, own.values(), html) else top
    inside = tuple(f"{folder}/" for folder in own.values())
    pages = tuple(
        name
        for name in html
        if name.startswith(f"{top}/" if top else "")
        and not name.startswith(inside)
        and name not in ERROR_PAGES
    )
    return SiteLayout(top, own, pages)


def _leads_away(top: str, others: Collection[str], html: Sequence[str]) -> bool:
    """Whether the source's folder only leads to pages at the root, as Hugo's `/en/` does.

    That is so where the locales have far more pages, and the root has more as well.
    """
    most = max((len(_below(folder, html)) for folder in others), default=0)
    own = len(_below(top, html))
    beside = len(html) - own - sum(len(_below(folder, html)) for folder in others)
    return bool(top) and 2 * own < most and own < beside


def _below(folder: str, html: Sequence[str]) -> list[str]:
    return [name for name in html if name.startswith(f"{folder}/")]


def _folders(html: Iterable[str]) -> Iterator[str]:
    for name in html:
        for folder in PurePosixPath(name).parents:
            yield folder.as_posix()


def _folder(locale: Locale, folders: Collection[str], targets: Sequence[Locale]) -> str | None:
    """The folder of a locale, by the ways in which tags are written."""
    by_name = {name.lower().replace("_", "-"): name for name in sorted(folders)}
    names = [locale.tag, f"{locale.language}-{locale.territory}".rstrip("-")]
    if sum(one.language == locale.language for one in targets) == 1:
        names += [locale.language]
    names += _CHINESE.get(locale.tag, ())
    found = (by_name.get(name.lower()) for name in (locale.written.replace("_", "-"), *names))
    return next((name for name in found if name), None)


_CHINESE = {"zh-Hans": ("zh-cn",), "zh-Hant": ("zh-tw", "zh-hk")}
"""Countries that stand for scripts."""


@dataclass(frozen=True, slots=True)
class PageNames:
    """Finds the project's page that a built page was made of."""

    _exact: Mapping[str, str]
    _rough: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, pages: Iterable[str], stem_of: Mapping[str, str]) -> PageNames:
        """Group pages below the content folder; `stem_of` strips a locale from their stems."""
        exact: dict[str, str] = {}
        rough: defaultdict[str, list[str]] = defaultdict(list)
        for page in pages:
            place = _place_of_page(stem_of.get(page, page))
            exact.setdefault(place, page)
            rough[_roughly(place)].append(page)
        return cls(exact, {place: ones[0] for place, ones in rough.items() if len(ones) == 1})

    def page_of(self, file: str) -> str:
        """The page of a file below the folder of the source's pages; empty for none."""
        place = place_of(file)
        parts = place.split("/")
        # Some generators put the pages below a folder of the site's (`docs/`).
        for name in (place, "/".join(parts[1:])) if len(parts) > 1 else (place,):
            found = self._exact.get(name) or self._rough.get(_roughly(name))
            if found is not None:
                return found
        return ""


def _place_of_page(page: str) -> str:
    path = PurePosixPath(page).with_suffix("")
    place = path.parent if path.name.lower() in _INDEX else path
    return "" if place == PurePosixPath() else place.as_posix()


def _roughly(place: str) -> str:
    parts = (_NUMBER.sub("", part).lower().replace(" ", "-") for part in place.split("/"))
    return "/".join(parts)
