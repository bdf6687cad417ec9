"""The generator that a folder's pages are written for, told by its configuration file."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from toolkit.errors import Problem, ProjectError
from toolkit.starting import javascript_sites, python_sites, static_sites
from toolkit.starting.hugo import hugo
from toolkit.starting.layout import BUILD, Layout
from toolkit.starting.python_sites import text_of

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
    for below in _BELOW:
        for pattern, read in _GENERATORS:
            for path in sorted((root / below).glob(pattern)):
                name = path.relative_to(root).as_posix()
                found = read(root, name, text_of(path)) if path.is_file() else None
                if found:
                    _check_folder(root, found)
                    return found
    known = (name for name in ("content", "docs", "doc") if (root / name).is_dir())
    return Layout("", "gfm", next(known, "."), BUILD)


def _check_folder(root: Path, layout: Layout) -> None:
    """Raise `ProjectError` where the folder of the pages cannot be that of a project in `root`."""
    steps = sum(part == ".." for part in layout.content.split("/"))
    if steps:
        outer = os.path.relpath(root.joinpath(*[".."] * steps).resolve())
        problem = (
            f"has its pages in {layout.content}, outside of this folder; start in the one that"
            f" holds both, `yiben {'' if outer == '.' else f'-C {outer} '}init`"
        )
        raise ProjectError(Problem(layout.file, 0, 0, problem))
    if not (root / layout.content).is_dir():
        problem = f'has its pages in "{layout.content}", which is not there; make it first'
        raise ProjectError(Problem(layout.file, 0, 0, problem))


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
