"""The same page in other languages: the switcher, `hreflang` and the sitemap."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from mkdocs.utils import get_relative_url

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from toolkit.language.locale import Locale

_LINK = re.compile(
    r"[ \t]*<link\s+rel=\"?alternate\"?\s+href=\"?(?P<href>[^\s\">]*)\"?\s+"
    r"hreflang=\"?(?P<lang>[^\s\">]+)\"?\s*/?>[ \t]*\n?"
)
_CHOICE = re.compile(r"<a\b(?=[^>]*\bmd-select__link\b)(?=[^>]*\bhreflang=)")
_ANEW = ' target="_self"'
_SCRIPT = """<script>
{ const links = %s
  for (const link of document.querySelectorAll("a.md-select__link[hreflang]"))
    if (link.hreflang in links) link.href = new URL(links[link.hreflang], location)
  document.querySelectorAll("head noscript link").forEach(link => link.remove()) }
</script>
"""
_SENDING = """<script>
{ const pages = %s, key = "yiben-language"
  const full = tag => { const l = new Intl.Locale(tag).maximize(); return l.language + l.script }
  try {
    if (!sessionStorage.getItem(key)) {
      sessionStorage.setItem(key, "1")
      const known = Object.keys(pages), wishes = navigator.languages.map(full)
      const wish = wishes.find(one => known.some(tag => full(tag) === one))
      const tag = known.find(one => full(one) === wish)
      if (tag && pages[tag]) location.replace(new URL(pages[tag], location))
    }
  } catch {} }
</script>
"""
_HTML = re.compile(r"<html\b[^>]*>", re.IGNORECASE)
_LANGUAGE = re.compile(r"\slang=(\"[^\"]*\"|[^\s>]+)", re.IGNORECASE)
_ENTRY = re.compile(r"[ \t]*<url>\s*<loc>(?P<loc>[^<]*)</loc>.*?</url>\s*?\n?", re.DOTALL)
_NAMESPACE = ' xmlns:xhtml="http://www.w3.org/1999/xhtml"'


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the site, in the switcher."""

    tag: str
    """The locale's tag; empty for the source."""
    locale: Locale
    name: str
    lang: str
    """The language as `hreflang` has it."""


def languages_of(
    source: Locale, locales: Sequence[Locale], own: Iterable[Mapping[str, Any]]
) -> tuple[Language, ...]:
    """Return the languages of a site; `own` are the entries that it gives the switcher itself."""
    plain = [
        Language(tag, locale, locale.own_name, locale.tag)
        for tag, locale in (("", source), *((one.tag, one) for one in locales))
    ]
    langs: dict[str, str] = {}
    for entry in own:
        language = _language_of(entry, plain)
        if language is not None and entry.get("lang"):
            langs.setdefault(language.tag, str(entry["lang"]))
    return tuple(replace(one, lang=langs.get(one.tag, one.lang)) for one in plain)


def switcher(
    languages: Sequence[Language],
    own: Iterable[Mapping[str, Any]],
    link: Callable[[Language], str | None],
) -> list[dict[str, Any]]:
    """Return the entries of the language switcher, the site's own among them in their order."""
    rest = {language.tag: language for language in languages}
    entries = []
    for entry in own:
        language = _language_of(entry, rest.values())
        if language is None:
            entries.append(dict(entry))
            continue
        del rest[language.tag]
        address = link(language)
        if address is not None:
            entries.append({"lang": language.lang, **entry, "link": address})
    first = [
        {"name": one.name, "link": address, "lang": one.lang}
        for one in rest.values()
        if (address := link(one)) is not None
    ]
    return [*entries, *first] if entries else first


def _language_of(entry: Mapping[str, Any], languages: Iterable[Language]) -> Language | None:
    """Return the language of ours that an entry of the site is about."""
    link, lang = str(entry.get("link", "")), str(entry.get("lang", "")).lower()
    if re.match(r"[a-z]+://", link, re.IGNORECASE):
        return None
    folder = link.removeprefix("./").strip("/").lower()
    known = list(languages)
    for language in known:
        if language.tag and folder.rpartition("/")[2] == language.tag.lower():
            return language
    by_tag = [one for one in known if lang in {one.locale.tag.lower(), one.locale.language}]
    return next((one for one in by_tag if not folder or not one.tag), None) or next(
        (one for one in by_tag if lang == one.locale.tag.lower()), None
    )


def with_alternates(
    html: str, here: str, counterparts: Mapping[str, str], all_langs: Iterable[str], default: str
) -> str:
    """Return a page that names its counterparts, and only those, in other languages.

    `counterparts` are addresses by `hreflang`; `default` is the one for readers of no language
    that the site has, empty where there is none.
    """
    ours = set(all_langs)
    end = html.find("</head>")
    if end < 0:
        return html
    links = [(link.span(), link["lang"]) for link in _LINK.finditer(html, 0, end)]
    named = [(span, lang) for span, lang in links if lang in ours]
    targets = {**counterparts, **({"x-default": default} if default else {})}
    lines = "".join(_link(lang, get_relative_url(url, here)) for lang, url in targets.items())
    if named and lines:
        # Material's script asks for a sitemap beside each link that it sees.
        lines = f"<noscript>\n{lines}</noscript>\n"
    place = named[0][0][0] if named else end
    parts, position = [], 0
    for (start, stop), _ in named:
        parts.append(html[position:start])
        position = stop
    head = "".join((*parts, html[position:end]))
    return f"{head[:place]}{lines}{head[place:]}{html[end:]}"


def with_switcher(html: str, here: str, links: Mapping[str, str], *, instant: bool) -> str:
    """Return a page of Material whose switcher loads pages anew, since language and script change.

    With instant navigation the switcher outlives the page that it came with; its links, addresses
    by `hreflang`, are set anew then. The alternates in the head, which only such a page has as
    elements, go: the theme's script would ask for a sitemap beside each.
    """
    html = _CHOICE.sub(rf"\g<0>{_ANEW}", html)
    if not instant or not links:
        return html
    place = html.rfind("</article>")
    addresses = {lang: get_relative_url(url, here) for lang, url in links.items()}
    script = _SCRIPT % json.dumps(addresses).replace("<", "\\u003c")
    return html if place < 0 else f"{html[:place]}{script}{html[place:]}"


def sending_on(html: str, here: str, counterparts: Mapping[str, str]) -> str:
    """Return a page that sends a reader who comes for the first time to the best counterpart.

    `counterparts` are addresses by `hreflang`; whoever has been here in this tab may stay.
    """
    found = {
        lang: "" if url.strip("./") == here.strip("./") else get_relative_url(url, here)
        for lang, url in counterparts.items()
    }
    place = html.find("</head>")
    script = _SENDING % json.dumps(found).replace("<", "\\u003c")
    return html if place < 0 else f"{html[:place]}{script}{html[place:]}"


def _link(lang: str, href: str) -> str:
    return f'<link rel="alternate" href="{escape(href)}" hreflang="{escape(lang)}">\n'


def with_language(html: str, locale: Locale, lang: str) -> str:
    """Return a page whose root element says its language and direction, where it does not."""
    root = _HTML.search(html)
    if root is None:
        return html
    tag = root[0]
    found = _LANGUAGE.search(tag)
    if found is None:
        tag = f'{tag[:-1]} lang="{lang}">'
    elif found[1].strip('"').replace("_", "-").split("-")[0] != lang.split("-", maxsplit=1)[0] or (
        "_" in found[1]
    ):
        tag = f'{tag[: found.start(1)]}"{lang}"{tag[found.end(1) :]}'
    body = re.search(r"<body\b[^>]*>", html)
    has_direction = any(" dir=" in part for part in (tag, body[0] if body else ""))
    if locale.right_to_left and not has_direction:
        tag = f'{tag[:-1]} dir="rtl">'
    return html[: root.start()] + tag + html[root.end() :]


def with_sitemap_links(xml: str, alternates: Mapping[str, Mapping[str, str]], site_url: str) -> str:
    """Return a sitemap in which every page names the same page in other languages.

    `alternates` are by address the addresses by language. What stands there twice, since copies
    have the address of their source page, stands there once afterwards.
    """
    seen = set()

    def entry(found: re.Match[str]) -> str:
        place = found["loc"]
        if place in seen:
            return ""
        seen.add(place)
        links = alternates.get(place, {})
        if not links or "hreflang" in found[0]:
            return found[0]
        lines = "".join(
            f'         <xhtml:link rel="alternate" hreflang="{escape(lang)}" '
            f'href="{escape(urljoin(site_url, address))}"/>\n'
            for lang, address in links.items()
        )
        end = found[0].rindex("</url>")
        head = found[0][:end].rstrip() + "\n"
        return f"{head}{lines}    {found[0][end:]}"

    changed = _ENTRY.sub(entry, xml)
    if "<xhtml:link" in changed and "xmlns:xhtml" not in changed:
        changed = changed.replace("<urlset", f"<urlset{_NAMESPACE}", 1)
    return changed
