"""The settings file that a project starts with: what was found, and what one may want to change."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from toolkit.detection import language_of
from toolkit.dialects import dialect_named
from toolkit.document import Document
from toolkit.errors import Problem, ProjectError, ToolkitError
from toolkit.finding_files import PAGE_ENDINGS
from toolkit.locale import locale_of
from toolkit.segment import segment
from toolkit.starting.generators import layout_of
from toolkit.starting.translated import (
    Group,
    existing,
    groups,
    is_named_by_locale,
    known_locale,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from toolkit.locale import Locale
    from toolkit.starting.generators import Layout

_MOST_PAGES = 400
"""Pages that the language is told from; more do not change the answer."""
_TARGET = "en"
_OTHER_TARGET = "zh-Hans"
"""What a project is translated into until it says so, and what one in English is."""


@dataclass(frozen=True, slots=True)
class Start:
    """What a project starts with, and how it was found out."""

    layout: Layout
    source: str
    targets: tuple[str, ...]
    exclude: tuple[str, ...]
    """Patterns of pages that are translations of others."""
    told: tuple[str, ...]
    """What is said to whoever starts: one line each."""


def start_of(root: Path, source: str = "", targets: Sequence[str] = (), dialect: str = "") -> Start:
    """What a folder's project starts with; what is given wins over what is found.

    Raises `ProjectError` where there are no pages or their language cannot be told, and
    `SettingsError` for a locale or dialect that does not exist.
    """
    layout = layout_of(root)
    if dialect:
        layout = replace(layout, dialect=dialect_named(dialect).name)
    layout = _in_folder_of_locale(root, layout, source or layout.source)
    everything = _pages(root / layout.content)
    beside = list(_translations_beside(layout, root / layout.content, everything))
    own = frozenset().union(*(group.names for group in beside))
    pages = [path for path in everything if _below(path, root / layout.content) not in own]
    if not pages:
        problem = "no Markdown pages here; go to the folder of your documentation"
        raise ProjectError(Problem(layout.content, 0, 0, problem))
    told = [f"pages: {layout.content} ({len(pages)} of them), dialect {layout.dialect}"]
    if layout.file:
        told[0] += f", as {layout.file} says"
    tag, how = _source(layout, pages, source)
    told.append(f"source language: {tag} ({how})")
    layout = replace(layout, targets=(*layout.targets, *(_tag(group.locale) for group in beside)))
    wanted = tuple(map(_tag, targets)) or _targets(layout, tag)
    locales = tuple(map(locale_of, wanted))
    told += _imports(root, layout, locale_of(tag), locales)
    exclude = tuple(pattern for group in beside for pattern in group.patterns)
    return Start(layout, tag, wanted, exclude, tuple(told))


def _translations_beside(layout: Layout, content: Path, pages: Sequence[Path]) -> Iterator[Group]:
    """Pages that translate others of their tree; believed when they are in that language."""
    for group in groups({_below(path, content) for path in pages}):
        paths = [content / name for name in sorted(group.names)[:_MOST_PAGES]]
        said = language_of(_texts(layout, paths))
        if said and locale_of(said.tag).language == locale_of(group.locale).language:
            yield group


def _below(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()


def _imports(
    root: Path, layout: Layout, source: Locale, targets: Sequence[Locale]
) -> Iterator[str]:
    """What can be told of translations that are there already."""
    names = {path.relative_to(root).as_posix() for path in _pages(root)}
    parent = layout.content.rpartition("/")[0]
    places = [layout.output, layout.content, *([parent] if parent else [])]
    for one in existing(layout.content, places, source, targets, names):
        place = f"'{one.place}'" if "{" in one.place else one.place
        command = f"yiben import {layout.content} {place} -l {one.tag}"
        yield f"translations: {one.pages} pages in {one.tag}; `{command}` brings them in"


def _pages(folder: Path) -> list[Path]:
    found = (path for path in folder.rglob("*") if path.suffix.lower() in PAGE_ENDINGS)
    return sorted(path for path in found if path.is_file() and _is_visible(path, folder))


def _is_visible(path: Path, folder: Path) -> bool:
    parts = path.relative_to(folder).parts
    return not any(part.startswith(".") or part in _LEFT_OUT for part in parts)


_LEFT_OUT = ("build", "locales", "node_modules", "venv")
"""Folders that programs fill, which nobody translates."""


def _in_folder_of_locale(root: Path, layout: Layout, source: str) -> Layout:
    """The layout with the folder of the source's language, where each language has one.

    So it is when two folders or more are named by locales and hold most of the pages, and these do
    not translate those above.
    """
    content = root / layout.content
    if not content.is_dir() or "{stem}" in layout.output:
        return layout
    counts = {
        path.name: _size(path)
        for path in content.iterdir()
        if path.is_dir() and is_named_by_locale(path.name)
    }
    everything = _pages(content)
    pages = sum(count for count, _ in counts.values())
    if len(counts) < 2 or pages * 2 < len(everything):  # noqa: PLR2004 - one is no choice
        return layout
    beside = groups({_below(path, content) for path in everything})
    if any(group.locale in counts for group in beside):
        return layout
    same = [name for name in counts if source and _tag(name) == _tag(source)]
    own = same[0] if same else max(sorted(counts), key=lambda name: counts[name])
    folder = f"{layout.content}/{own}".removeprefix("./")
    return replace(
        layout,
        content=folder,
        targets=tuple(name for name in sorted(counts) if name != own),
    )


def _size(folder: Path) -> tuple[int, int]:
    """How many pages a folder has, and their bytes."""
    pages = _pages(folder)
    return len(pages), sum(path.stat().st_size for path in pages)


def _tag(name: str) -> str:
    return locale_of(name).tag


def _source(layout: Layout, pages: Sequence[Path], source: str) -> tuple[str, str]:
    """The source's tag, and how it is known.

    What the pages say goes over the configuration, which often has its generator's default.
    """
    if source:
        return _tag(source), "as you say"
    found = language_of(_texts(layout, pages[:_MOST_PAGES]))
    named = _known_tag(layout.source)
    if found is None:
        if named:
            return named, f"as {layout.file} says"
        problem = "its pages say too little to tell their language; name it with --source"
        raise ProjectError(Problem(layout.content, 0, 0, problem))
    same = named and locale_of(named).language == locale_of(found.tag).language
    if same and locale_of(named).script == locale_of(found.tag).script:
        return named, f"as {layout.file} and the pages say"
    return found.tag, f"{found.share:.0%} of the text"


def _known_tag(name: str) -> str:
    locale = known_locale(name) if name else None
    return locale.tag if locale else ""


def _texts(layout: Layout, pages: Sequence[Path]) -> Iterator[str]:
    """What readers see of each page that can be read."""
    dialect = dialect_named(layout.dialect)
    for path in pages:
        try:
            document = Document.from_bytes(path.name, path.read_bytes())
            yield "\n".join(unit.text for unit in segment(document, dialect))
        except (ToolkitError, OSError):
            continue


def _targets(layout: Layout, source: str) -> tuple[str, ...]:
    own = locale_of(source)
    found = (locale for locale in map(known_locale, layout.targets) if locale and locale != own)
    known = dict.fromkeys(found)
    if known:
        return tuple(locale.written for locale in known)
    return (_OTHER_TARGET,) if locale_of(source).language == _TARGET else (_TARGET,)


def settings_text(start: Start) -> str:
    """The settings as a commented `yiben.toml`."""
    layout = start.layout
    site = f"site = {json.dumps(layout.site)}" if layout.site else '# site = "mkdocs.yml"'
    left_out = [
        *([f"{name}/*" for name in _LEFT_OUT] if layout.content == "." else []),
        *start.exclude,
    ]
    exclude = f"exclude = {json.dumps(left_out)}" if left_out else '# exclude = ["drafts/*"]'
    return _TEMPLATE.format(
        source=json.dumps(start.source),
        targets=json.dumps(list(start.targets)),
        content=json.dumps(layout.content),
        output=json.dumps(layout.output),
        dialect=json.dumps(layout.dialect),
        site=site,
        exclude=exclude,
    )


_TEMPLATE = """\
# The settings of Yiben. What stands behind a # is a suggestion; `yiben --help` names the commands.

# The language that the pages are written in, and those that they are translated into (BCP 47).
source = {source}
targets = {targets}

# Where the pages lie, and how they are to be read:
# commonmark, docusaurus, gfm, hugo, mdbook, mkdocs, myst.
content = {content}
dialect = {dialect}

# Where templates and catalogs go, and where `yiben build` puts the localized pages.
catalogs = "locales"
output = {output}

# A catalog for each page, or "single" for one.
# catalog = "page"

# The site's own settings, whose titles are translated as well.
{site}

# Pages to leave out, as patterns.
{exclude}

# Percent of each page that `yiben check` wants to be translated.
# min_complete = 80
"""
