"""References by name: Hugo's `ref` and `relref`, and the roles of MyST."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import PurePosixPath
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING, NamedTuple

from toolkit.dialects.blocks.shortcode_parameters import parameters_of
from toolkit.dialects.blocks.shortcode_tags import tags_in
from toolkit.language.names import without_locale
from toolkit.model.expressions import late
from toolkit.project.finding_files import is_page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from toolkit.project.project import Project
    from toolkit.reading.page import Page

_REFS = ("ref", "relref")
_WHERE = ("ref.0", "ref.path", "relref.0", "relref.path")
_ELSEWHERE = ("ref.lang", "relref.lang", "ref.outputFormat", "relref.outputFormat")
_HUGO_FILES = ("hugo.*", "config.*", "config/**/*")
_MOUNTS = late(r"\bmounts?\b|\[\[?module|^module", re.MULTILINE)
_LISTS = late(r"/?(?:tags|categories|series)(?:/|$)")
"""The pages that Hugo makes of taxonomies."""
_FENCE = late(
    r"^(?P<lead>[ \t>]*)(?P<mark>`{3,}|~{3,})(?!\{(?!code|literal)).*?^(?P=lead)(?P=mark)"
    r"|(?<!`)(?P<ticks>`{2,})(?!`).+?(?<!`)(?P=ticks)(?!`)",
    re.MULTILINE | re.DOTALL,
)
_ROLE = late(r"\{(?P<role>doc|ref|numref)\}`(?:[^`<]*<)?(?P<target>[^`<>]+)>?`")
_LABEL = late(
    r"^[ \t]*\((?P<plain>[^()\n]+)\)=|^\.\. _(?P<rst>[^:\n]+):"
    r"|^[ \t]*:(?:name|label): *(?P<name>\S.*)"
    r"|^[ \t]*(?:name|label): *(?P<option>\S.*)|\{[^{}\n]*#(?P<id>[^\s{}]+)",
    re.MULTILINE,
)
_MADE_LABELS = frozenset({"genindex", "modindex", "py-modindex", "search"})
_SOURCES = ("", ".md", ".rst", ".ipynb", ".txt")
_ROOT_FILES = ("conf.py", "_config.yml", "myst.yml")


class Reference(NamedTuple):
    """A reference that leads nowhere."""

    start: int
    end: int
    text: str


class References:
    """The names in a project that references may lead to."""

    def __init__(self, project: Project) -> None:
        self._project = project

    def dead(self, page: Page) -> Iterator[Reference]:
        """Iterate over the references of a page that its generator would refuse."""
        if page.dialect.slugs == "hugo":
            yield from self._dead_refs(page)
        elif page.dialect.grammar.roles:
            yield from self._dead_roles(page)

    def _dead_refs(self, page: Page) -> Iterator[Reference]:
        text = page.document.text
        for tag in tags_in(text):
            if tag.name not in _REFS or any(parameters_of(text, tag, _ELSEWHERE)):
                continue
            for one in parameters_of(text, tag, _WHERE):
                path = one.text.partition("#")[0]
                if path and not self._is_hugo_page(page, path):
                    yield Reference(
                        one.start, one.end, f'{tag.name}: there is no page "{path}" here'
                    )

    def _is_hugo_page(self, page: Page, path: str) -> bool:
        """Whether Hugo finds a page, or it is unknown what Hugo has."""
        if "{{" in path or "://" in path or _LISTS.match(path) or self._is_mounted:
            return True
        wanted = path.lower()
        here = dirname(self._project.name_below_content(page.document.path)).lower()
        plain = normpath(wanted.strip("/")).removesuffix(".md")
        places = [plain] if wanted.startswith("/") else [normpath(join(here, plain)), plain]
        known = self._hugo_names
        return any(place in known or place == "." for place in places) or any(
            name.endswith(f"/{plain}") for name in known if not wanted.startswith("/")
        )

    @cached_property
    def _is_mounted(self) -> bool:
        """Whether a site has pages from elsewhere: of a theme or a module."""
        root = self._root_with("hugo.*", "config.*", "config", "themes")
        files = [path for name in _HUGO_FILES for path in root.glob(name) if path.is_file()]
        texts = (path.read_text("utf-8", "replace") for path in files)
        return any(map(_MOUNTS.search, texts)) or any(root.glob("themes/*/content/**/*.md"))

    @cached_property
    def _hugo_names(self) -> frozenset[str]:
        """The pages and folders below the content folder, as Hugo writes them."""
        content = self._project.root / self._project.settings.content
        found = set()
        for path in content.rglob("*"):
            name = PurePosixPath(path.relative_to(content).as_posix())
            if path.is_dir():
                found.add(name.as_posix().lower())
            elif is_page(path) or path.suffix in {".html", ".adoc", ".org"}:
                stem = without_locale(name.stem, self._project.settings.source) or name.stem
                found.add(name.with_name(stem).as_posix().lower())
                found.add(name.with_suffix("").as_posix().lower())
        return frozenset(found)

    def _dead_roles(self, page: Page) -> Iterator[Reference]:
        text = _FENCE.sub(lambda match: " " * len(match[0]), page.document.text)
        for match in _ROLE.finditer(text):
            target = " ".join(match["target"].split())
            if not self._is_known(page, match["role"], target):
                says = f'{{{match["role"]}}} "{target}" is not here'
                yield Reference(*match.span("target"), says)

    def _is_known(self, page: Page, role: str, target: str) -> bool:
        if ":" in target or "{" in target:
            return True
        if role in {"ref", "numref"}:
            return self._labels is None or target.lower() in self._labels
        if target.startswith("/"):
            place = self._sphinx_root / target.lstrip("/")
        else:
            place = (self._project.root / page.document.path).parent / target
        return any(place.with_name(f"{place.name}{ending}").is_file() for ending in _SOURCES)

    @cached_property
    def _sphinx_root(self) -> Path:
        return self._root_with(*_ROOT_FILES)

    @cached_property
    def _labels(self) -> frozenset[str] | None:
        """All labels of a site, `None` where other programs make some."""
        settings = self._sphinx_root / "conf.py"
        if not settings.is_file():
            return None
        text = settings.read_text("utf-8", "replace")
        if re.search(r"intersphinx|autosectionlabel|autodoc|autoapi|import_module", text):
            return None
        found = set(_MADE_LABELS)
        for path in self._sphinx_root.rglob("*"):
            if path.suffix in {".md", ".rst", ".txt", ".ipynb"} and path.is_file():
                for match in _LABEL.finditer(path.read_text("utf-8", "replace")):
                    label = next(filter(None, match.groups()))
                    found.add(" ".join(label.strip("`'\" ").lower().split()))
        return frozenset(found)

    def _root_with(self, *names: str) -> Path:
        """The folder of the generator's settings: the content folder or one around it."""
        content = self._project.root / self._project.settings.content
        for folder in (content, *content.parents):
            if not folder.is_relative_to(self._project.root):
                break
            if any(any(folder.glob(name)) for name in names):
                return folder
        return content
