"""What the MkDocs plugin costs of a whole build, and how soon an edited message is on its page.

    python benchmarks/site.py [--pages 240 --locales 2]

A site of real pages is built with Material for MkDocs, its catalogs filled with a stand-in for
translations: as `mkdocs build` does, and once more behind an edit of a catalog, as `mkdocs serve`
does. Both are set against builds of the source alone, taken as many times as there are languages:
the seconds that somebody waits, those that the process of MkDocs computes, and those that all
processes compute. Builds of both kinds alternate, and the least of each counts.
"""

from __future__ import annotations

import argparse
import logging
import multiprocessing
import os
import shutil
import tempfile
import time
from dataclasses import astuple, dataclass, replace
from functools import reduce
from operator import or_
from pathlib import Path
from time import process_time

from edited_pages import translated
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from updating import CORPUS

from toolkit.catalogs.po import read_catalog, write_catalog
from toolkit.commands.update import UpdateOptions, update
from toolkit.project.project import Project
from toolkit.project.store import Run

LOCALES = ("en", "de", "fr", "ja", "ar", "es", "ko", "ru")
ROUNDS = 2
PLAIN, SITE_SETTINGS = "mkdocs-plain.yml", "mkdocs.yml"
SITE = """
site_name: Site
docs_dir: content
theme: {name: material, language: zh}
plugins: [yiben]
markdown_extensions: [admonition, attr_list, footnotes, pymdownx.details, pymdownx.superfences]
"""


def main() -> None:
    """Print seconds and ratios."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, default=240)
    parser.add_argument("--locales", type=int, default=2)
    options = parser.parse_args()
    if not CORPUS.is_dir():
        print(f"no corpus at {CORPUS}; nothing to measure")
        return
    logging.disable(logging.WARNING)
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), options.pages, LOCALES[: options.locales])


@dataclass(frozen=True)
class Took:
    """The seconds of a build."""

    wall: float
    own: float
    total: float

    def __or__(self, other: Took) -> Took:
        """Return the lesser of each."""
        return Took(*map(min, astuple(self), astuple(other)))


def measure(root: Path, pages: int, locales: tuple[str, ...]) -> None:
    """Build the site and its source by turns, the site without a cache and behind an edit."""
    prepare(root, pages, locales)
    times = len(locales) + 1
    timed(root, PLAIN)
    plain, whole, edited = [], [], []
    for number in range(ROUNDS):
        plain.append(timed(root, PLAIN))
        vars(MkDocsConfig)["plugins"].plugin_cache.clear()
        shutil.rmtree(root / ".yiben", ignore_errors=True)
        whole.append(timed(root, SITE_SETTINGS))
        fill(next((root / "locales" / locales[0]).rglob("*.po")), f"edited {number} ")
        edited.append(timed(root, SITE_SETTINGS))
    least = reduce(or_, plain)
    print(f"{pages} pages in {times} languages; plain, {times} times: {times * least.wall:.2f} s")
    for name, found in (("build", whole), ("behind an edit", edited)):
        took = reduce(or_, found)
        ratios = (
            f"{mine / theirs / times:.2f}"
            for mine, theirs in zip(astuple(took), astuple(least), strict=True)
        )
        print(f"{name:16}{took.wall:7.2f} s; waited, own, all processes: {' '.join(ratios)} x")


def timed(root: Path, settings: str) -> Took:
    """Build a site, and return what that takes."""
    computed, children, start = process_time(), children_time(), time.perf_counter()
    build(load_config(str(root / settings), site_dir=str(root / f"site-{settings}")))
    wall, own = time.perf_counter() - start, process_time() - computed
    for one in multiprocessing.active_children():
        one.join()
    return Took(wall, own, own + children_time() - children)


def children_time() -> float:
    """Return the seconds that the processes computed which ended."""
    found = os.times()
    return found.children_user + found.children_system


def prepare(root: Path, pages: int, locales: tuple[str, ...]) -> None:
    """A project of real pages with catalogs that are filled."""
    source = sorted((CORPUS / "OI-wiki/docs").rglob("*.md"))
    for number in range(pages):
        page = source[number % len(source)]
        name = page.relative_to(CORPUS / "OI-wiki/docs")
        target = root / "content" / str(number // len(source)) / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(page, target)
    tags = ", ".join(f'"{tag}"' for tag in locales)
    (root / "yiben.toml").write_text(f'source = "zh-Hans"\ntargets = [{tags}]\n')
    (root / SITE_SETTINGS).write_text(SITE)
    (root / PLAIN).write_text(SITE.replace("[yiben]", "[]"))
    run = Run(Project.found_from(root))
    update(run, UpdateOptions(run.project.locales(())), lambda domains: domains)
    for path in root.rglob("*.po"):
        fill(path, "")


def fill(path: Path, mark: str) -> None:
    """Fill in a catalog."""
    catalog = read_catalog(path.name, path.read_bytes())
    messages = (replace(one, string=mark + translated(one.id)) for one in catalog.messages)
    path.write_bytes(write_catalog(replace(catalog, messages=tuple(messages))))


if __name__ == "__main__":
    main()
