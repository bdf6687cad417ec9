"""Follow the links, images and fragments of built pages."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from toolkit.commands.verify.comparing import short
from toolkit.commands.verify.value import Fault
from toolkit.language.locale import locale_of
from toolkit.language.names import without_locale

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from toolkit.commands.verify.addresses import SiteFiles
    from toolkit.commands.verify.layout import SiteLayout
    from toolkit.commands.verify.value import BuiltPage, Link, Piece


class WantedId(NamedTuple):
    """A fragment that a page links to; whether it exists is known when all pages are read."""

    path: str
    url: str
    file: str
    fragment: str


class PageLinks(NamedTuple):
    """The destinations of a page's links."""

    dead: dict[str, Fault]
    """The dead links, by their places as the source page has them."""
    wanted: tuple[WantedId, ...]


def links_of_page(page: BuiltPage, site: SiteFiles, layout: SiteLayout) -> PageLinks:
    """Look up all targets of a page."""
    dead: dict[str, Fault] = {}
    wanted = []
    for link in page.links:
        address = site.address(page.path, link.url)
        if address is None:
            continue
        if not address.file:
            dead.setdefault(layout.source_of(address.path), _dead(page.path, link))
        elif address.wants_id and link.tag in {"a", "area"}:
            wanted.append(WantedId(page.path, link.url, address.file, address.fragment))
    return PageLinks(dead, tuple(wanted))


def _dead(path: str, link: Link) -> Fault:
    facts = (link.url,)
    if link.is_image:
        text = f'shows no image: "{link.url}" does not exist'
        return Fault("site-image", path, text, link.url, facts=facts)
    what = "leads to" if link.tag in {"a", "area"} else "asks for"
    text = f'{what} "{link.url}", which does not exist'
    return Fault("site-link", path, text, link.url, facts=facts)


def fragment_faults(
    wanted: Iterable[WantedId], ids: Mapping[str, frozenset[str]], layout: SiteLayout
) -> Iterator[Fault]:
    """The fragments that no element has; what is dead in the source counts there alone."""
    dead = [one for one in wanted if one.file in ids and one.fragment not in ids[one.file]]
    known = {(one.path, one.file, one.fragment) for one in dead}
    for one in dict.fromkeys(dead):
        source = (layout.source_of(one.path), layout.source_of(one.file), one.fragment)
        if source in known and source[0] != one.path:
            continue
        where = "the page" if one.file == one.path else one.file
        says = f'leads to "{one.url}", but {where} has no id "{one.fragment}"'
        yield Fault("site-fragment", one.path, says, one.url, facts=(one.url,))


class Compared(NamedTuple):
    """The properties by which two pages that belong together are compared."""

    site: SiteFiles
    layout: SiteLayout
    counterparts: Mapping[str, str]
    """The files of localized pages by those of their source pages."""


def target_faults(
    ours: Piece, theirs: Piece, paths: tuple[str, str], known: Compared, allowed: str
) -> Iterator[Fault]:
    """Links of a run that lead elsewhere than its source's.

    `paths` are the files of the two pages; `allowed` is a translation that may name other targets.
    """
    own = {link.url for link in ours.links}
    expected = [_place(link, paths[0], known) for link in ours.links]
    found = [_place(link, paths[1], known) for link in theirs.links]
    missing = Counter(filter(None, (_counterpart(one, known.counterparts) for one in expected)))
    extra: list[tuple[str, Link]] = []
    for place, link in zip(found, theirs.links, strict=True):
        if place is None:
            continue
        same = next((one for one in _spellings(place, paths[0], known) if missing[one] > 0), None)
        if same is None and link.url in own and missing[link.url] > 0:
            # It leads out of the source's site, and means the same from here.
            same = link.url
        same = same or next(filter(None, (_renamed(place, one, known) for one in +missing)), None)
        if same is None:
            extra.append((place, link))
        else:
            missing[same] -= 1
    yield from _faults(theirs, [*missing.elements()], extra, paths[1], allowed)


def _faults(
    theirs: Piece, missing: list[str], extra: list[tuple[str, Link]], path: str, allowed: str
) -> Iterator[Fault]:
    for place, link in extra:
        if link.url in allowed or place.startswith(_DEAD):
            # A dead link is told as one.
            missing = missing[1:]
            continue
        says = f' instead of "{missing[0]}"' if missing else ", unlike its source page"
        missing = missing[1:]
        text = f'leads to "{link.url}"{says}'
        yield Fault("site-target", path, text, link.url, theirs.text, (link.url,))
    for place in missing:
        near = f" in “{short(theirs.text)}”" if theirs.text else ""
        text = f'has no link or image that leads to "{place.removeprefix(_DEAD)}"{near}'
        yield Fault("site-target", path, text, theirs.text[:20], theirs.text, (place, theirs.text))


_DEAD = "\0"
"""Stands before what leads to no file."""


def _place(link: Link, path: str, known: Compared) -> str | None:
    """The destination of a link: a file, another site's URL, or no file; `None` for a fragment."""
    address = known.site.address(path, link.url)
    if address is None:
        return _shared(link.url, known.site.base)
    if address.file == path and link.url.startswith("#"):
        return None
    return address.file or f"{_DEAD}{known.layout.source_of(address.path)}"


def _shared(url: str, base: str) -> str:
    """The address of another site, without a query that tells it a page of ours to share."""
    service, _, query = url.partition("?")
    return service if base and base in unquote(query) else url


def _renamed(place: str, missing: str, known: Compared) -> str | None:
    """A source page that a locale may have under a name of its own, as blogs name their posts."""
    lonely = missing not in known.counterparts and missing in known.layout.pages
    if not (lonely and place.endswith(".html")):
        return None
    folders = tuple(f"{folder}/" for folder in known.layout.targets.values())
    free = place.startswith(folders) and place not in known.counterparts.values()
    return missing if free else None


def _counterpart(place: str | None, counterparts: Mapping[str, str]) -> str:
    return counterparts.get(place, place) if place else ""


def _spellings(place: str, source: str, known: Compared) -> Iterator[str]:
    """A target, and the source's file that a locale's own stands for."""
    yield place
    here = known.layout.source_of(place)
    if here != place and here not in known.counterparts and source:
        yield here
        yield from (one for one in _without_locale(here, known) if one)


def _without_locale(place: str, known: Compared) -> Iterator[str]:
    """A picture for all readers where the locale has its own: `chart.png` for `chart.de.png`."""
    stem, dot, ending = place.rpartition(".")
    bare, mark, _ = stem.rpartition(".")
    for tag in known.layout.targets:
        if mark and without_locale(stem, locale_of(tag)) != stem:
            yield f"{bare}{dot}{ending}"
