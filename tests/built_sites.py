"""What a built site says: pages, links, navigation; and where a locale falls behind its source."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

from lxml import html

if TYPE_CHECKING:
    from collections.abc import Iterator

BASE = "https://example.org/manual/"
_ATTRIBUTES = ("href", "src", "poster")


@dataclass(frozen=True)
class Site:
    """A built site, with the tags of its locales."""

    root: Path
    tags: tuple[str, ...]

    def pages(self, tag: str = "") -> dict[str, html.HtmlElement]:
        """The pages of a locale, by their names below its folder."""
        found = {}
        for path in sorted(self.root.rglob("*.html")):
            name = path.relative_to(self.root).as_posix()
            folder = name.partition("/")[0]
            own = folder if folder in self.tags else ""
            if own == tag and name != "404.html":
                found[name.removeprefix(f"{tag}/")] = html.fromstring(path.read_bytes())
        return found

    def targets(self, name: str, page: html.HtmlElement) -> Iterator[tuple[str, str]]:
        """What a page leads to: the address as written, and the file below the site's root."""
        for attribute in _ATTRIBUTES:
            for element in page.iterfind(f".//*[@{attribute}]"):
                if element.get("hreflang") is None and element.get("rel") != "canonical":
                    url = element.get(attribute)
                    place = self.place(name, url)
                    if place is not None:
                        yield url, place

    def place(self, name: str, url: str) -> str | None:
        """The file that an address leads to, with its fragment; None for another site's."""
        absolute = urlsplit(urljoin(BASE + name, url))
        if f"{absolute.scheme}://{absolute.netloc}" != BASE.removesuffix("/manual/"):
            return None
        path = unquote(absolute.path)
        if not path.startswith("/manual/"):
            return None
        below = path.removeprefix("/manual/")
        if not below or below.endswith("/"):
            below += "index.html"
        return f"{below}#{unquote(absolute.fragment)}" if absolute.fragment else below

    def is_dead(self, place: str) -> bool:
        """Whether nothing is at a place."""
        name, _, fragment = place.partition("#")
        path = self.root / name
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            return True
        if not fragment or path.suffix != ".html" or fragment.startswith("__"):
            return False
        page = html.fromstring(path.read_bytes())
        return fragment not in {*page.xpath("//@id"), *page.xpath("//a/@name")}


def dead(site: Site, tag: str) -> Counter[str]:
    """How many places of each page of a locale lead nowhere."""
    found: Counter[str] = Counter()
    for name, page in site.pages(tag).items():
        full = f"{tag}/{name}" if tag else name
        found[name] = sum(site.is_dead(place) for _, place in site.targets(full, page))
    return found


def leaving(site: Site, tag: str) -> list[tuple[str, str]]:
    """The links of a locale's pages to pages of the source that the locale has itself."""
    local = site.pages(tag)
    return [
        (name, url)
        for name, page in local.items()
        for url, place in site.targets(f"{tag}/{name}", page)
        if place.partition("#")[0] in local
    ]


def shape(page: html.HtmlElement) -> list[int]:
    """How deep each entry of the navigation stands, in order."""
    nav = page.find('.//nav[@data-md-level="0"]')
    if nav is None:
        return []
    entries = nav.xpath('.//li[contains(@class, "md-nav__item")]')
    contents = 'ancestor::nav[contains(@class, "md-nav--secondary")]'
    return [len(one.xpath("ancestor::li")) for one in entries if not one.xpath(contents)]


def without_languages(data: bytes) -> str:
    """The HTML of a page without what it says of other languages, blanks folded."""
    page = html.fromstring(data)
    switchers = page.xpath('//div[contains(@class, "md-select")]/ancestor::div[1]')
    for element in [*page.xpath("//link[@hreflang]"), *switchers]:
        element.drop_tree()
    for element in page.xpath("//noscript[not(*) and not(normalize-space())]"):
        element.drop_tree()
    text: str = html.tostring(page, encoding="unicode")
    return "".join(text.split())
