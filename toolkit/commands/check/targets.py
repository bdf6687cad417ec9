"""Follow the links of a project's pages as far as possible without a build."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import partial
from posixpath import dirname, join, normpath, splitext
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from toolkit.language.code_spans import code_span
from toolkit.model.errors import ToolkitError
from toolkit.project.cache import joined
from toolkit.project.cache.facts import THERE
from toolkit.project.cache.work import derived
from toolkit.project.finding_files import PAGE_ENDINGS
from toolkit.reading.anchors import heading_ids, slugify
from toolkit.reading.targets import TargetKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from toolkit.project.store import Run
    from toolkit.reading.page import Page
    from toolkit.reading.site_yaml_facts import SiteFacts

_OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:|//|\\|@|~|\?|$", re.IGNORECASE)
"""The prefixes that no path of the project has."""
_MADE = re.compile(r"\{\{|\{%|\$\{|[<>{}]")
"""Placeholders that another program fills in."""
_REST = re.compile(r"[?#].*", re.DOTALL)
_MARKDOWN = frozenset({TargetKind.LINK, TargetKind.IMAGE, TargetKind.DEFINITION})
_INDEX = frozenset({"index", "readme", "_index"})
_PICTURES = frozenset(".png .jpg .jpeg .gif .svg .webp .avif .ico .bmp".split())
_HARMLESS = frozenset(
    "autorefs awesome-nav awesome-pages charts exclude git-authors git-committers git-committers-2"
    " git-revision-date git-revision-date-localized glightbox group i18n include-markdown info"
    " literate-nav macros mermaid2 meta minify mkdocstrings offline open-in-new-tab optimize"
    " print-site privacy search section-index social table-reader tags typeset yiben".split()
)
"""Plugins of MkDocs that make no files that pages link to."""
_INSERTING = re.compile(
    r"^[ \t]*-+8<-+|^:::|\{!|<!--\s*@include|^\s*<[A-Z]|^import |^\s*```\{(?:include|toc)",
    re.MULTILINE,
)
"""Syntax that may bring headings into a page."""
_INSERTING_HINT = re.compile(r"8<|:::|\{!|@include|<[A-Z]|import |```\{")
"""Pieces of which all such syntax has one."""
_TEMPLATE = re.compile(r"\{\{|\{%")
"""Macros, which may make headings too if a program reads them; in a formula they are braces."""
_CODE = re.compile(
    r"^(?P<lead>[ \t>]*)(?P<mark>`{3,}|~{3,}).*?^(?P=lead)(?P=mark)|" + code_span(lines=False),
    re.MULTILINE | re.DOTALL,
)
_NO_TEMPLATES = (_HARMLESS | {"blog", "redirects", "rss"}) - {
    "include-markdown",
    "macros",
    "table-reader",
}
"""Plugins of MkDocs that read no macros."""
_OWN_IDS = re.compile(r"(?:__|fn:|fnref|user-content-|top$|:~:|!|/|$)", re.IGNORECASE)
"""The prefixes of ids that extensions and browsers make themselves."""
_SLUGIFY = ", or set slugify for toc in the site's settings"
_SLUGS = frozenset({"slugify", "separator"})
"""Options of `toc` that decide about ids."""


ID = "id"
"""The kind of the question whether a page has an id."""


class Dead(NamedTuple):
    """A target that leads nowhere."""

    check: str
    text: str
    place: str = ""
    """The id that it would have to lead to, as `file#id`; for files, `places_of` lists them."""


@dataclass
class SourceSite:
    """The files of a project, and the ids of its pages as its generator makes them."""

    run: Run
    facts: SiteFacts | None
    """The facts in the site's own settings, `None` without any."""
    pages: Collection[str]
    """All pages of the project, below its root."""
    key: str = ""
    """Names what the facts come from."""
    _there: dict[str, bool] = field(default_factory=dict)
    _own: tuple[str, Mapping[str, str] | None] = ("", None)
    """The ids of the page that was looked at last."""

    def dead(self, page: Page, url: str, kind: TargetKind) -> Dead | None:
        """Return the fault of a dead target of a page; `None` where it is alive or unknown."""
        if kind is TargetKind.AUTOLINK or _OUTSIDE.match(url) or _MADE.search(url):
            return None
        path, here = _path_in(url), page.document.path
        if kind in {TargetKind.SNIPPET, TargetKind.INCLUDE}:
            return self._dead_file(here, path, kind)
        found = here if not path else self._found(page, path, kind)
        if found is None:
            return None
        if not found:
            picture = kind is TargetKind.IMAGE or splitext(path)[1].lower() in _PICTURES
            what = "image" if picture else "page or file"
            check = "dead-image" if picture else "dead-link"
            return Dead(check, f'there is no {what} "{path}" here')
        return self._dead_fragment(page, found, unquote(url.partition("#")[2]))

    def _dead_file(self, here: str, path: str, kind: TargetKind) -> Dead | None:
        bases = [dirname(here), "", self.run.project.settings.content]
        if kind is TargetKind.SNIPPET and self.facts:
            bases += self.facts.snippets
        if path.startswith(("/", "http")) or any(
            self._is_there(normpath(join(b, path))) for b in bases
        ):
            return None
        if any(normpath(join(base, path)).startswith("..") for base in bases):
            return None
        return Dead("dead-link", f'the file "{path}", which is to be included, does not exist')

    def _is_there(self, name: str) -> bool:
        there = self._there.get(name)
        if there is None:
            there = self._there[name] = self.run.exists(name)
        else:
            self.run.facts.note(THERE, name, "1" if there else "")
        return there

    def _found(self, page: Page, path: str, kind: TargetKind) -> str | None:
        """The file that a path leads to: empty for none, `None` where nobody knows."""
        if self._is_mkdocs(page):
            return self._in_mkdocs(page.document.path, path, kind)
        return self._anywhere(page, path)

    def _is_mkdocs(self, page: Page) -> bool:
        return page.dialect.python_markdown

    def _docs(self) -> str:
        """The folder that the site's addresses start from, empty where it is unknown."""
        content = self.run.project.settings.content
        docs = (
            normpath(join(dirname(self.run.project.settings.site), self.facts.docs))
            if self.facts
            else ""
        )
        return docs if docs and f"{content}/".startswith(f"{docs}/") else ""

    def _in_mkdocs(self, here: str, path: str, kind: TargetKind) -> str | None:
        """Look as MkDocs does: among the source's files, then among the addresses of the pages."""
        docs = self._docs()
        if path.startswith("/"):
            if not docs or not self.facts or self.facts.absolute != "relative_to_docs":
                return None
            target = normpath(f"{docs}{path}")
            return target if self._is_there(target) else ""
        if kind in _MARKDOWN:
            target = normpath(join(dirname(here), path))
            if self._is_there(target) and (not docs or target.startswith(f"{docs}/")):
                return self._page_in(target)
        known = [self._by_address(here, path, docs, below=one) for one in self._ways()]
        if any(one is None for one in known):
            return None
        found = next(filter(None, known), "")
        return found or (None if self._may_be_made(path) else "")

    def _ways(self) -> tuple[bool, ...]:
        return (self.facts.directory_urls,) if self.facts else (True, False)

    def _page_in(self, target: str) -> str:
        """A page itself, or the page of a folder."""
        names = (f"{target}/{name}.md" for name in ("index", "README"))
        return (
            target if target in self.pages else next((n for n in names if n in self.pages), target)
        )

    def _by_address(self, here: str, path: str, docs: str, *, below: bool) -> str | None:
        """Follow an address; with `below`, from the folder that a page is published as."""
        stem = splitext(here)[0]
        folder = dirname(here)
        if below and stem.rpartition("/")[2].lower() not in _INDEX:
            folder = stem
        target = normpath(join(folder, path))
        if target.startswith("..") or (docs and not f"{target}/".startswith(f"{docs}/")):
            return None
        below_docs = target[len(docs) + 1 :] if docs else target
        tags = {one.tag for one in self.run.project.settings.targets}
        if below_docs.partition("/")[0] in tags:
            return None
        names = (target, f"{target}.md", f"{target}/index.md", f"{target}/README.md")
        pages = [splitext(target)[0] + ".md"] if target.endswith(".html") else []
        if target.endswith("/index.html"):
            pages += [f"{dirname(target)}{name}.md" for name in ("/index", "/README", "")]
        return next((name for name in (*names, *pages) if self._is_there(name)), "")

    def _may_be_made(self, path: str) -> bool:
        """Whether a plugin or hook may make a file that the source does not have."""
        if self.facts is None:
            return False
        names = {name.removeprefix("material/") for name in self.facts.plugins} - _HARMLESS
        only_addresses = names <= {"blog", "redirects", "rss"}
        is_page = splitext(path)[1].lower() in PAGE_ENDINGS
        return self.facts.hooks or bool(names and not (only_addresses and is_page))

    def _anywhere(self, page: Page, path: str) -> str | None:
        """Look in the places of any generator; only what is plainly a file can be missing."""
        ending = splitext(path)[1].lower()
        if path.startswith("/"):
            return next(self._matches(normpath(path.lstrip("/"))), None)
        here = page.document.path
        found = next(self._candidates(here, path), None)
        if found is not None:
            return found
        if normpath(join(dirname(here), path)).startswith(".."):
            return None
        decided = ending in PAGE_ENDINGS or ending in _PICTURES
        return "" if decided or (ending and page.dialect.slugs == "github") else None

    def _candidates(self, here: str, path: str) -> Iterator[str]:
        content = self.run.project.settings.content
        for base in (dirname(here), splitext(here)[0], content, *_STATIC):
            yield from self._matches(normpath(join(base, path)))

    def _matches(self, target: str) -> Iterator[str]:
        """The files that are written as `target`, with endings and locales left out."""
        content = self.run.project.settings.content
        stem, ending = splitext(target)
        tag = self.run.project.settings.source.written
        names = [target, f"{target}.md", f"{target}.mdx", f"{stem}.md", f"{stem}.{tag}{ending}"]
        folder = target.removesuffix("/index.html").removesuffix("/index")
        names += [f"{folder}/{name}.md" for name in ("index", "README", "_index")]
        for name in (*names, *(f"{content}/{name}" for name in names)):
            if not name.startswith("..") and self._is_there(name):
                yield name

    def _dead_fragment(self, page: Page, name: str, fragment: str) -> Dead | None:
        if _OWN_IDS.match(fragment):
            return None
        ids = self._ids_of(page, name)
        if name != page.document.path:
            self.run.facts.note(ID, joined(name, fragment), _standing(ids, fragment))
        if ids is None or fragment in ids or (self._is_loose(page) and fragment.lower() in ids):
            return None
        where = "this page" if name == page.document.path else name
        text = f'{where} has no heading or id "{fragment}"'
        if near := _named_so(ids, fragment):
            text += f'; the heading of that name has the id "{near}": link to "#{near}"'
            text += _SLUGIFY if page.dialect.python_markdown and near.startswith("_") else ""
        return Dead("dead-fragment", text, f"{name}#{fragment}")

    def _is_loose(self, page: Page) -> bool:
        return page.dialect.slugs == "github"

    def _ids_of(self, page: Page, name: str) -> Mapping[str, str] | None:
        """The ids of a page with the texts of their headings, `None` where they are unknown."""
        if name != page.document.path:
            return self._ids_elsewhere(name) if name in self.pages else None
        if self._own[0] != name:
            self._own = name, self._known_ids(page) if name in self.pages else None
        return self._own[1]

    def _ids_elsewhere(self, name: str) -> Mapping[str, str] | None:
        """The ids of another page than the one that is checked."""
        found = derived(self.run, f"ids {self.key}", name, partial(self._listed_ids, name))
        return None if found is None else dict(found)

    def _listed_ids(self, name: str) -> list[tuple[str, str]] | None:
        try:
            page = self.run.page(self.run.project.name_below_content(name))
        except ToolkitError:
            return None
        ids = self._known_ids(page)
        return None if ids is None else sorted(ids.items())

    def standing(self, question: str) -> str:
        """Answer the question how a page stands to an id."""
        name, _, fragment = question.partition("\0")
        return _standing(self._ids_elsewhere(name) if name in self.pages else None, fragment)

    def _may_insert(self, text: str) -> bool:
        """Whether a program may bring headings into a page with this text outside of code."""
        if _INSERTING_HINT.search(text) and _INSERTING.search(text):
            return True
        names = (
            {name.removeprefix("material/") for name in self.facts.plugins} if self.facts else {""}
        )
        has_templates = not names <= _NO_TEMPLATES or (self.facts is not None and self.facts.hooks)
        return has_templates and _TEMPLATE.search(text) is not None

    def _known_ids(self, page: Page) -> Mapping[str, str] | None:
        settings, text = self.run.project.settings, page.document.text
        if self._is_unknown(page) or self._may_insert(_CODE.sub("", text)):
            return None
        if self.facts and "slugify" in self.facts.labels and '=== "' in text:
            return None
        slugs = settings.slugs or page.dialect.slugs
        headings = heading_ids(page.reading, page.document, page.dialect, slugs)
        explicit = {match["id"]: "" for match in _EXPLICIT.finditer(text)}
        return explicit | {one.id: one.text for one in headings}

    def _is_unknown(self, page: Page) -> bool:
        """Whether nobody knows how the ids of a page are made."""
        settings, dialect = self.run.project.settings, page.dialect
        if not dialect.python_markdown:
            return dialect.ids_of_site
        # Only the setting `site` tells the dialect of the options.
        options = not settings.site and self.facts and self.facts.toc & _SLUGS
        return not settings.slugs and bool(dialect.ids_of_site or options)


def _path_in(url: str) -> str:
    return unquote(_REST.sub("", url))


def places_of(here: str, url: str) -> tuple[str, ...]:
    """The files that a dead url of a page would have led to, as far as it names one."""
    found, path = [], _path_in(url)
    for base in (dirname(here), splitext(here)[0], ""):
        target = normpath(join(base, path.lstrip("/")))
        page = target.removesuffix("/index.html").removesuffix(".html")
        found += [target, f"{page}.md", f"{page}/index.md", f"{page}/README.md"]
    return tuple(dict.fromkeys(found))


def _standing(ids: Mapping[str, str] | None, fragment: str) -> str:
    """Whether a page has an id, or one that differs by its case; `?` where nobody knows.

    Where it has none, the id of the heading with such a text.
    """
    if ids is None:
        return "?"
    if fragment in ids:
        return "1"
    return "case" if fragment.lower() in ids else f"#{_named_so(ids, fragment)}"


def _named_so(ids: Mapping[str, str], fragment: str) -> str:
    """The id of the heading whose text says what a fragment says; empty without one."""
    wanted = slugify(fragment, "github")
    return next((name for name, text in ids.items() if slugify(text, "github") == wanted), "")


_STATIC = ("static", "public", "assets", "docs/public", "src/assets", "")
"""Folders that generators publish at the top of the site."""
_EXPLICIT = re.compile(
    r"(?:\{[^{}\n]*#|(?:i(?<=\bi)d|n(?<=\bn)ame)\s*=\s*[\"']?)(?P<id>[^\s\"'{}>]+)"
)
"""An id; the search for one is quick as all start with one of three characters."""
