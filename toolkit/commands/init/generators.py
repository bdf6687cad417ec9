"""The generator that a folder's pages are written for, told by its configuration file."""

from __future__ import annotations

import os
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

from toolkit.commands.init import javascript_sites, python_sites, static_sites
from toolkit.commands.init.hugo import hugo
from toolkit.commands.init.layout import BUILD, Layout, folder_of, joined
from toolkit.commands.init.python_sites import text_of
from toolkit.commands.init.translated import is_named_by_locale
from toolkit.model.errors import Problem, ProjectError
from toolkit.project.real_path import real_path

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_BELOW = (
    *(".", "docs", "website", "site", "book", "doc", "docs/source", "guide", "documentation"),
    *("docs-site", "www", "web", "handbook", "manual", "docs/website", "apps/docs", "apps/web"),
    *("apps/www", "packages/docs", "packages/website"),
)
"""Folders below the project's where configuration files are looked for, in this order."""
_SCRIPTS = ("js", "mjs", "cjs", "ts", "mts", "cts")


def layout_of(root: Path) -> Layout:
    """The layout of a folder: that of the first generator whose configuration lies there.

    Without one, pages in `content` or `docs`, or the folder itself, are GitHub's. Raises
    `ProjectError` where the configuration names a folder that is not there or lies outside.
    """
    for below, (pattern, read) in product(_BELOW, _GENERATORS):
        for path in sorted((root / below).glob(pattern)):
            name = path.relative_to(root).as_posix()
            found = read(root, name, text_of(path)) if path.is_file() else None
            if found:
                return _in_its_folder(root, found)
    found = _of_each_language(root)
    if found:
        return found
    known = (name for name in ("content", "docs", "doc") if (root / name).is_dir())
    return Layout("", "gfm", next(known, "."), BUILD)


def _of_each_language(root: Path) -> Layout | None:
    """The layout of a project whose languages each have a folder with all of their site.

    `docs/en/mkdocs.yml` with `docs/en/docs` is such a one; the configuration of one is enough.
    """
    for below in ("docs", ".", "doc"):
        folders = [path for path in (root / below).glob("*/") if is_named_by_locale(path.name)]
        pages = {path.name: len(list(path.rglob("*.md"))) for path in folders}
        order = sorted(pages, key=lambda name: (-pages[name], name != "en", name))
        for own in order if len(order) > 1 else ():
            found = _of_language(root, joined("x", below, own))
            if found:
                others = tuple(name for name in sorted(pages) if name != own and pages[name])
                return replace(found, source=found.source or own, targets=others)
    return None


def _of_language(root: Path, folder: str) -> Layout | None:
    """The layout of the site in a language's folder, when its pages lie there."""
    path = root / folder / "mkdocs.yml"
    found = (
        python_sites.mkdocs(root, f"{folder}/mkdocs.yml", text_of(path)) if path.is_file() else None
    )
    if (
        not found
        or not found.content.startswith(f"{folder}/")
        or not (root / found.content).is_dir()
    ):
        return None
    above = folder.rpartition("/")[0]
    inner = found.content.removeprefix(f"{folder}/")
    output = f"{above}/{{locale}}/{inner}/{{path}}".removeprefix("/")
    return replace(found, output=output, plugin="", site="")


def _in_its_folder(root: Path, layout: Layout) -> Layout:
    """The layout; with the folder of its file where there are pages in that one alone.

    Raises `ProjectError` where the folder of the pages cannot be that of a project in `root`.
    """
    steps = sum(part == ".." for part in layout.content.split("/"))
    if steps:
        outer = os.path.relpath(real_path(root.joinpath(*[".."] * steps)))
        problem = (
            f"has its pages in {layout.content}, outside of this folder; start in the one that"
            f" holds both, `yiben {'' if outer == '.' else f'-C {outer} '}init`"
        )
        raise ProjectError(Problem(layout.file, 0, 0, problem))
    if (root / layout.content).is_dir():
        return layout
    folder = folder_of(layout.file)
    problem = f'has its pages in "{layout.content}", which does not exist'
    if folder == "." or not any((root / folder).rglob("*.md")):
        computed = "".join(f" ({one})" for one in layout.unread)
        raise ProjectError(Problem(layout.file, 0, 0, f"{problem}; create it first{computed}"))
    told = f'{layout.file}: {problem}; "{folder}" is used instead, as it has pages'
    return replace(layout, content=folder, unread=(*layout.unread, told))


def _named(stem: str, read: Callable[[Path, str, str], Layout | None]) -> list[_Entry]:
    return [(f"{stem}.{ending}", read) for ending in _SCRIPTS]


_Entry = tuple[str, "Callable[[Path, str, str], Layout | None]"]
_GENERATORS: tuple[_Entry, ...] = (
    ("mkdocs.y*ml", python_sites.mkdocs),
    ("properdocs.y*ml", python_sites.mkdocs),
    ("zensical.toml", python_sites.zensical),
    ("book.toml", static_sites.mdbook),
    *_named("docusaurus.config", javascript_sites.docusaurus),
    *_named(".vitepress/config", javascript_sites.vitepress),
    *_named(".vitepress/config/index", javascript_sites.vitepress),
    *_named(".vuepress/config", javascript_sites.vuepress),
    *_named("astro.config", javascript_sites.astro),
    *_named("rspress.config", javascript_sites.rspress),
    *_named("next.config", javascript_sites.next_site),
    *_named("source.config", javascript_sites.fumadocs_collections),
    ("config.toml", static_sites.zola),
    ("hugo.*", hugo),
    ("config.*", hugo),
    ("config/_default/hugo.*", hugo),
    ("config/_default/config.*", hugo),
    ("config/_default/*.*", hugo),
    ("conf.py", python_sites.sphinx),
    ("_quarto.y*ml", python_sites.quarto),
    ("myst.y*ml", python_sites.myst),
    ("_config.y*ml", python_sites.jupyter_book),
    ("_config.y*ml", static_sites.hexo),
    ("_config.y*ml", static_sites.jekyll),
    ("index.html", static_sites.docsify),
    (".gitbook.yaml", static_sites.gitbook),
)
"""Configuration files and what they tell, the surer ones first."""
