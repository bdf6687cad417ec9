"""What the MkDocs plugin costs of a whole build, and how soon an edited message is on its page.

    python benchmarks/site.py [--pages 500 --locales 5]

A site of real pages is built with Material for MkDocs, its catalogs filled with a stand-in for
translations. The time of our hooks is set against that of the whole build, and the whole build
against one of the source alone, as many times as there are languages.
"""

from __future__ import annotations

import argparse
import logging
import shutil
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from edited_pages import translated
from mkdocs.commands.build import build
from mkdocs.config import load_config
from updating import CORPUS

from toolkit.catalogs.po import read_catalog, write_catalog
from toolkit.commands.update import UpdateOptions, update
from toolkit.project.project import Project
from toolkit.project.store import Run

LOCALES = ("en", "de", "fr", "ja", "ar", "es", "ko", "ru")
HOOKS = ("on_config", "on_files", "on_nav", "on_page_context")
PLAIN = "mkdocs-plain.yml"
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
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--locales", type=int, default=5)
    options = parser.parse_args()
    if not CORPUS.is_dir():
        print(f"no corpus at {CORPUS}; nothing to measure")
        return
    logging.disable(logging.WARNING)
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), options.pages, LOCALES[: options.locales])


def measure(root: Path, pages: int, locales: tuple[str, ...]) -> None:
    """Build the site twice, the second time after an edit of one message."""
    prepare(root, pages, locales)
    start = time.perf_counter()
    build(load_config(str(root / PLAIN), site_dir=str(root / "site-plain")))
    plain = (time.perf_counter() - start) * (len(locales) + 1)
    config = load_config(str(root / "mkdocs.yml"), site_dir=str(root / "site"))
    plugin = config.plugins["yiben"]
    total, ours = timed_build(config, plugin)
    count = pages * (len(locales) + 1)
    print(f"{count} pages in {total:.1f} s; our hooks {ours:.1f} s, a ratio of {ours / total:.3f}")
    print(f"as many pages of the source alone: {plain:.1f} s, a ratio of {total / plain:.2f}")
    path = next((root / "locales" / locales[0]).rglob("*.po"))
    fill(path, "edited ")
    config = load_config(str(root / "mkdocs.yml"), site_dir=str(root / "site"))
    config.plugins["yiben"] = plugin
    start = time.perf_counter()
    plugin.on_config(config)
    config.plugins._current_plugin = "yiben"  # noqa: SLF001 - as MkDocs sets it
    from mkdocs.structure.files import get_files  # noqa: PLC0415

    plugin.on_files(get_files(config), config=config)
    print(f"after the edit of a catalog: {time.perf_counter() - start:.2f} s")


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
    (root / "mkdocs.yml").write_text(SITE)
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


def timed_build(config: object, plugin: object) -> tuple[float, float]:
    """Seconds of a whole build, and those of our hooks in it."""
    spent = [0.0]
    events = config.plugins.events  # type: ignore[attr-defined]
    for name in HOOKS:
        methods = events[name.removeprefix("on_")]
        for place, method in enumerate(methods):
            if getattr(method, "__self__", None) is plugin:
                methods[place] = clocked(method, spent)
    start = time.perf_counter()
    build(config)  # type: ignore[arg-type]
    return time.perf_counter() - start, spent[0]


def clocked(method: object, spent: list[float]) -> object:
    """The method, adding its seconds to `spent`."""

    def run(*values: object, **named: object) -> object:
        start = time.perf_counter()
        result = method(*values, **named)  # type: ignore[operator]
        spent[0] += time.perf_counter() - start
        return result

    return run


if __name__ == "__main__":
    main()
