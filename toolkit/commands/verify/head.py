"""Check what search engines read of a built page: language, title, address, alternates."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from toolkit.commands.verify.value import Fault
from toolkit.language.locale import locale_of
from toolkit.model.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from toolkit.commands.verify.addresses import SiteFiles
    from toolkit.commands.verify.value import BuiltPage
    from toolkit.language.locale import Locale


def head_faults(page: BuiltPage, locale: Locale) -> Iterator[Fault]:
    """The faults in the language and direction that a page declares."""
    if not page.language:
        yield Fault("site-lang", page.path, f'has no language; set <html lang="{locale.tag}">')
    elif not is_language(page.language, locale):
        text = f'declares the language "{page.language}", but is in {locale.tag}'
        yield Fault("site-lang", page.path, text, "<html", facts=(page.language,))
    wanted = "rtl" if locale.right_to_left else "ltr"
    if (page.direction.lower() or "ltr") not in {wanted, "auto"}:
        has = page.direction or "no direction"
        text = f'has {has}; {locale.english_name} needs dir="{wanted}"'
        yield Fault("site-dir", page.path, text, "<html", facts=(page.direction,))


@lru_cache(1024)
def is_language(written: str, locale: Locale) -> bool:
    """Whether a tag on a page names a locale, however exactly."""
    try:
        other = locale_of(written)
    except SettingsError:
        return False
    regions = (other.territory, locale.territory)
    same = other.language == locale.language and other.script == locale.script
    bare = not other.territory and "-" not in written and other.language == locale.language
    return bare or (same and (not all(regions) or regions[0] == regions[1]))


def title_faults(source: BuiltPage, localized: BuiltPage) -> Iterator[Fault]:
    """A title that is missing, or the source's although the first heading is translated."""
    if source.title and not localized.title:
        yield Fault("site-title", localized.path, "has no title", "<title")
        return
    first, own = _first_heading(source), _first_heading(localized)
    if first and own and first != own and first in source.title and source.title == localized.title:
        text = f"has its source page's title, “{localized.title}”, over the heading “{own}”"
        yield Fault("site-title", localized.path, text, "<title", facts=(localized.title,))


def _first_heading(page: BuiltPage) -> str:
    for block in page.blocks:
        if block[0].label.partition(".")[0] == "h1":
            return " ".join(piece.text for piece in block).strip()
    return ""


def canonical_faults(
    page: BuiltPage, site: SiteFiles, *, wanted: bool, copied: str = ""
) -> Iterator[Fault]:
    """A canonical address that is not the page's own; with `wanted`, also where there is none.

    `copied` is the page that this one is an untranslated copy of, whose address it may have.
    """
    if not page.canonical:
        if wanted:
            yield Fault("site-canonical", page.path, "has no canonical address", "<head")
        return
    address = site.address(page.path, page.canonical)
    if address is None or address.file not in {page.path, copied or page.path}:
        text = f'names "{page.canonical}" as its canonical address instead of its own'
        yield Fault("site-canonical", page.path, text, 'rel="canonical"', facts=(page.canonical,))


class Alternates(NamedTuple):
    """The targets of a page's alternates, by their languages."""

    path: str
    tag: str
    files: tuple[tuple[str, str | None], ...]
    """A language with a file; `None` for another site, empty for what does not exist."""


def alternates_of(page: BuiltPage, tag: str, site: SiteFiles) -> Alternates | None:
    """The alternates of a page, `None` where it has none."""
    if not page.alternates:
        return None
    files = []
    for one in page.alternates:
        address = site.address(page.path, one.url)
        files.append((one.language, address.file if address else None))
    return Alternates(page.path, tag, tuple(files))


def alternate_faults(
    found: Mapping[str, Alternates], groups: Mapping[str, Mapping[str, str]], locales: list[Locale]
) -> Iterator[Fault]:
    """Alternates that lead to another page, to none, or to one that does not lead back.

    `groups` have the files of pages that belong together, by tag, for each of them.
    """
    faults = [fault for one in found.values() for fault in _wrong(one, groups, locales)]
    everywhere = len(faults) > len(found) and len(found) > _FEW
    if everywhere and _are_static(found):
        text = (
            f"has the same alternates as all other {len(found) - 1} pages; search engines "
            "ignore those that don't lead to the same page in other languages"
        )
        yield Fault("site-alternate", min(found, key=lambda name: (len(name), name)), text)
        return
    yield from faults
    wrong = {fault.path for fault in faults}
    yield from (fault for fault in _one_way(found) if fault.path not in wrong)


_FEW = 4


def _are_static(found: Mapping[str, Alternates]) -> bool:
    return len({one.files for one in found.values()}) == 1


def _wrong(
    one: Alternates, groups: Mapping[str, Mapping[str, str]], locales: list[Locale]
) -> Iterator[Fault]:
    own = groups.get(one.path, {})
    for language, file in one.files:
        mark = f'hreflang="{language}"'
        if file == "":
            text = f"{mark} leads to no page"
            yield Fault("site-alternate", one.path, text, mark, facts=(language,))
        tag = next((loc.tag for loc in locales if is_language(language, loc)), "")
        if file and tag in own and own[tag] != file and language != "x-default":
            text = f"{mark} leads to {file} instead of {own[tag]}"
            yield Fault("site-alternate", one.path, text, mark, facts=(language, file))


def _one_way(found: Mapping[str, Alternates]) -> Iterator[Fault]:
    """Pages that others name as their alternates and that name none of these."""
    for one in found.values():
        for _, file in one.files:
            if not file or file == one.path:
                continue
            back = found.get(file)
            if back is None:
                text = f"has no alternates, although {one.path} names it as one"
                yield Fault("site-alternate", file, text, "<head", facts=(one.path,))
            elif one.path not in {other for _, other in back.files}:
                text = (
                    f"has no alternate that leads back to {one.path}, although that names it as one"
                )
                yield Fault("site-alternate", file, text, "hreflang", facts=(one.path,))
