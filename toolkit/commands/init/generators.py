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
from toolkit.commands.init.translated import is_locale_folder, is_named_by_locale, locale_named
from toolkit.model.errors import Problem, ProjectError
from toolkit.project.real_path import real_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

_BELOW = (
    *(".", "docs", "website", "site", "book", "doc", "docs/source", "guide", "documentation"),
    *(
        "docs-site",
        "docs/book",
        "www",
        "web",
        "handbook",
        "manual",
        "docs/website",
        "apps/docs",
        "apps/web",
    ),
    *("apps/www", "packages/docs", "packages/website", "exampleSite"),
)
"""Folders below the project's where configuration files are looked for, in this order."""
_HEADS = ("", "source_", "source-", "docs_", "docs-", "book-")
"""The starts of names of folders that end with a locale."""
_JOINTS = "_-."
_SCRIPTS = ("js", "mjs", "cjs", "ts", "mts", "cts")


def layout_of(root: Path, asked: str = "") -> Layout:
    """The layout of a folder: that of the first generator whose configuration lies there.

    Where each language has a site of its own it is that of the language `asked` for, if any.
    Without a generator, pages in `content` or `docs`, or the folder itself, are GitHub's. Raises
    `ProjectError` where the configuration names a folder that is not there or lies outside.
    """
    without_pages: Layout | None = None
    for found in _sites(root, _BELOW):
        layout = _in_its_folder(root, found)
        if layout:
            return _with_sisters(root, layout)
        without_pages = without_pages or found
    layout = _of_each_language(root, asked)
    if layout:
        return layout
    if without_pages:
        raise ProjectError(_without_pages(without_pages))
    known = (name for name in ("content", "docs", "doc") if (root / name).is_dir())
    return Layout("", "gfm", next(known, "."), BUILD)


def _sites(root: Path, folders: Iterable[str]) -> Iterator[Layout]:
    """The layouts that the configuration files in some folders describe."""
    for below, (pattern, read) in product(folders, _GENERATORS):
        for path in sorted((root / below).glob(pattern)):
            name = path.relative_to(root).as_posix()
            found = read(root, name, text_of(path)) if path.is_file() else None
            if found:
                yield found


def _of_each_language(root: Path, asked: str) -> Layout | None:
    """The layout of a project whose languages each have a folder with all of their site.

    `docs/en/mkdocs.yml` with `docs/en/docs` is such a one, and `docs/en/conf.py` with pages next to
    it; the configuration of one is enough.
    """
    for below, head in product(_BELOW, _HEADS):
        folders = {path.name: path for path in sorted((root / below).glob(f"{head}*/"))}
        pages = {
            name.removeprefix(head): len([*path.rglob("*.md"), *path.rglob("*.mdx")])
            for name, path in folders.items()
            if is_named_by_locale(name.removeprefix(head))
        }
        order = sorted(filter(pages.get, pages), key=lambda tag: (-pages[tag], tag != "en"))
        own = [tag for tag in order if asked and locale_named(tag) == locale_named(asked)]
        for tag in own or order:
            found = _of_language(root, joined("x", below, f"{head}{tag}"), tag)
            if found:
                others = tuple(sorted(other for other in order if other != tag))
                return replace(found, source=found.source or tag, targets=others)
    return None


def _of_language(root: Path, folder: str, tag: str) -> Layout | None:
    """The layout of the site in a language's folder, when its pages lie there."""
    found = next(_sites(root, [folder]), None)
    if not found or not f"{found.content}/".startswith(f"{folder}/"):
        return None
    if not (root / found.content).is_dir():
        return None
    inner = found.content.removeprefix(folder)
    output = f"{folder.removesuffix(tag)}{{locale}}{inner}/{{path}}"
    kept = tuple(one for one in found.exclude if not is_locale_folder(one))
    return replace(found, output=output, exclude=kept, plugin="", site="", switcher="")


def _with_sisters(root: Path, layout: Layout) -> Layout:
    """The layout; with its output where the sites of other languages lie, if these are named so.

    Next to `docs/source/conf.py` that is `docs/source_en`, if it has a `conf.py` as well.
    """
    folder, _, file = layout.file.rpartition("/")
    is_inside = folder and f"{layout.content}/".startswith(f"{folder}/")
    if not (is_inside and layout.output.startswith(BUILD.partition("{")[0])):
        return layout
    for joint in _JOINTS:
        start = f"{folder}{joint}"
        found = sorted(root.glob(f"{start}*/{file}"))
        names = (folder_of(path.relative_to(root).as_posix()) for path in found)
        tags = tuple(filter(is_named_by_locale, (name.removeprefix(start) for name in names)))
        if tags:
            output = f"{start}{{locale}}{layout.content.removeprefix(folder)}/{{path}}"
            targets = tuple(dict.fromkeys((*layout.targets, *tags)))
            return replace(layout, output=output, targets=targets, plugin="", site="", switcher="")
    return layout


def _in_its_folder(root: Path, layout: Layout) -> Layout | None:
    """The layout; with the folder of its file where there are pages in that one alone.

    Nothing where neither has pages. Raises `ProjectError` where the folder of the pages cannot be
    that of a project in `root`.
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
    if folder == "." or not any((root / folder).rglob("*.md")):
        return None
    told = f'{_without_pages(layout, "")}; "{folder}" is used instead, as it has pages'
    return replace(layout, content=folder, unread=(*layout.unread, told))


def _without_pages(layout: Layout, advice: str = "; create it first") -> Problem:
    computed = "".join(f" ({one})" for one in layout.unread) if advice else ""
    problem = f'has its pages in "{layout.content}", which does not exist{advice}{computed}'
    return Problem(layout.file, 0, 0, problem)


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
