"""Edit the settings of one locale's site that readers and search engines see.

Each function gives edits of the settings file; what stands in none is the generator's own choice.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import yaml

from toolkit.language.locale import locale_of
from toolkit.model.document import Edit, Span
from toolkit.model.errors import SettingsError
from toolkit.model.expressions import late

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from toolkit.language.locale import Locale

_SEARCH = frozenset({"search", "material/search"})
_OURS = "yiben"
_OTHERS = frozenset({"i18n", "mkdocs-static-i18n"})
"""Names of the other plugin that builds all locales, each of which has settings of its own here."""
_STEMMED = frozenset(
    "ar da de en es fi fr hi hu hy it ja kn ko nl no pt ro ru sa sv ta te th tr vi zh".split()
)
"""Languages that the search of MkDocs knows words of (lunr-languages)."""
_ABSOLUTE = late(r"[a-z][a-z0-9+.-]*:|/", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Readers:
    """Whom a locale's site is for."""

    locale: Locale
    source: Locale
    targets: Sequence[Locale]

    @property
    def is_target(self) -> bool:
        """Whether the site is not the source's own."""
        return self.locale != self.source

    def alternates(self, url: str) -> str:
        """The entries of a switcher between the sites, as a list of YAML in one line."""
        top = urlsplit(url).path.rstrip("/") + "/" if url else "../" if self.is_target else "./"
        links = [(self.source, top), *((one, f"{top}{one.tag}/") for one in self.targets)]
        entries = [{"name": one.own_name, "link": link, "lang": one.tag} for one, link in links]
        return json.dumps(entries, ensure_ascii=False)

    @property
    def search(self) -> str:
        """The language as the search names it; English where it has none."""
        return self.locale.language if self.locale.language in _STEMMED else "en"


def reader_edits(
    text: str, known: Mapping[str, yaml.Node], inherited: str, readers: Readers
) -> list[Edit]:
    """The edits of settings for their readers; `inherited` is the address of the source's site."""
    url = _plain(known.get("site_url")) or inherited
    node = known.get("site_url")
    edits: list[Edit] = []
    if isinstance(node, yaml.ScalarNode) and _plain(node) and readers.is_target:
        edits.append(Edit(_span(node), _quoted(site_url(url, readers.locale.tag))))
    extra = known.get("extra")
    edits += _alternates(_below(extra, "alternate"), url, readers)
    edits += _plugins(text, known.get("plugins"), readers)
    edits += _direction(known.get("theme"), readers.locale)
    return edits


def site_url(url: str, tag: str) -> str:
    """The address of a locale's site."""
    return f"{url.rstrip('/')}/{tag}/" if url else ""


def _plain(node: yaml.Node | None) -> str:
    """A text of the file; what the environment fills in is none."""
    known = isinstance(node, yaml.ScalarNode) and not node.tag.startswith("!")
    return str(node.value) if node is not None and known else ""


def _below(node: yaml.Node | None, name: str) -> yaml.Node | None:
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return next((value for key, value in pairs if key.value == name), None)


def _span(node: yaml.Node) -> Span:
    return Span(node.start_mark.index, node.end_mark.index)


def _quoted(text: str) -> str:
    return (
        text if re.fullmatch(r"https?://[\w./~-]+", text) else json.dumps(text, ensure_ascii=False)
    )


def _alternates(node: yaml.Node | None, url: str, readers: Readers) -> Iterator[Edit]:
    """The links of the language switcher, made absolute: a locale's site is no part of another."""
    for item in node.value if isinstance(node, yaml.SequenceNode) else ():
        link = _below(item, "link")
        if not isinstance(link, yaml.ScalarNode) or link.tag.startswith("!"):
            continue
        new = absolute_link(link.value, url, _entry(item, readers), readers)
        if new != link.value:
            yield Edit(_span(link), new if re.fullmatch(r"[\w./-]+", new) else json.dumps(new))


def _entry(item: yaml.Node, readers: Readers) -> Locale | None:
    """The locale that an entry of the switcher is for, by its language."""
    name = _plain(_below(item, "lang")) or _plain(_below(item, "hreflang"))
    return language_of(name, readers)


def language_of(name: str, readers: Readers) -> Locale | None:
    """Return the locale of the site that a language names."""
    try:
        wanted = locale_of(name)
    except SettingsError:
        return None
    every = (readers.source, *readers.targets)
    exact = [one for one in every if one == wanted]
    alike = [one for one in every if one.language == wanted.language]
    return next(iter((*exact, *(alike if len(alike) == 1 else ()))), None)


def absolute_link(link: str, url: str, locale: Locale | None, readers: Readers) -> str:
    """Return a link of the source's site as one that leads there from every locale's."""
    if _ABSOLUTE.match(link):
        return link
    if link in {"", ".", "./"} and locale not in {None, readers.source}:
        link = f"{locale.tag}/" if locale else link
    if not url:
        # One folder up from a locale's site lies the source's.
        return f"../{link.removeprefix('./')}" if readers.is_target else link
    return urlsplit(urljoin(f"{url.rstrip('/')}/", link)).path


def _plugins(text: str, node: yaml.Node | None, readers: Readers) -> Iterator[Edit]:
    """The search in the readers' language, and no plugin that makes all locales at once."""
    if isinstance(node, yaml.MappingNode):
        names = [(str(key.value), key, value) for key, value in node.value]
    elif isinstance(node, yaml.SequenceNode):
        names = [_named(item) for item in node.value]
    else:
        return
    # The source's pages may need theirs: it tells them from translations next to them.
    unwanted = {_OURS, *(_OTHERS if readers.is_target else ())}
    gone = [name in unwanted for name, *_ in names]
    if all(gone):
        yield from [_emptied(node)] if gone else ()
        return
    if _is_flow(node):
        yield from _without_in_line([(item, options or item) for _, item, options in names], gone)
    for (name, item, options), goes in zip(names, gone, strict=True):
        if goes and not _is_flow(node):
            yield _without(text, item, options or item)
        elif name in _SEARCH:
            yield from _search(_below(options, "lang"), readers)


def _named(item: yaml.Node) -> tuple[str, yaml.Node, yaml.Node | None]:
    if isinstance(item, yaml.MappingNode) and item.value:
        key, value = item.value[0]
        return str(key.value), item, value
    return str(item.value), item, None


def _search(node: yaml.Node | None, readers: Readers) -> Iterator[Edit]:
    if isinstance(node, yaml.ScalarNode):
        yield Edit(_span(node), readers.search)
    elif isinstance(node, yaml.SequenceNode):
        names = [str(item.value) for item in node.value]
        own = readers.source.language
        kept = [readers.search if name == own else name for name in names]
        new = list(dict.fromkeys(kept if own in names else [readers.search, *kept]))
        if new != names:
            yield Edit(_span(node), f"[{', '.join(new)}]{_line_end(node)}")


def _line_end(node: yaml.Node) -> str:
    """The end of the last line of a list on lines of its own, inside of its marks."""
    return "" if getattr(node, "flow_style", False) else "\n" + " " * node.end_mark.column


def _emptied(node: yaml.Node) -> Edit:
    return Edit(_span(node), f"[]{_line_end(node)}")


def _without(text: str, item: yaml.Node, last: yaml.Node) -> Edit:
    """The edit that takes an item out of a list or mapping on lines of its own."""
    start = text.rfind("\n", 0, item.start_mark.index) + 1
    end = start + len(text[start : max(item.end_mark.index, last.end_mark.index)].rstrip())
    behind = text.find("\n", end)
    return Edit(Span(start, behind + 1 if behind >= 0 else len(text)), "")


def _is_flow(node: yaml.Node) -> bool:
    return bool(getattr(node, "flow_style", False))


def _without_in_line(
    items: Sequence[tuple[yaml.Node, yaml.Node]], gone: Sequence[bool]
) -> Iterator[Edit]:
    """The edits that take items out of `[a, b]`, with the commas after them, or before the last.

    An item is a node with the last one of it.
    """
    kept = [place for place, goes in enumerate(gone) if not goes]
    for before, after in pairwise([-1, *kept]):
        if after - before > 1:
            yield Edit(Span(_start(items[before + 1]), _start(items[after])), "")
    if kept[-1] + 1 < len(items):
        yield Edit(Span(_end(items[kept[-1]]), _end(items[-1])), "")


def _start(item: tuple[yaml.Node, yaml.Node]) -> int:
    return int(item[0].start_mark.index)


def _end(item: tuple[yaml.Node, yaml.Node]) -> int:
    return max(int(node.end_mark.index) for node in item)


def _direction(theme: yaml.Node | None, locale: Locale) -> Iterator[Edit]:
    """The direction of the text, where the settings name one or the theme would not know it."""
    wanted = "rtl" if locale.right_to_left else "ltr"
    node = _below(theme, "direction")
    if isinstance(node, yaml.ScalarNode) and node.value != wanted:
        yield Edit(_span(node), wanted)
