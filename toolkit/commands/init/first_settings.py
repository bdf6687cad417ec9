"""Choose the first settings of a project from what lies in its folder."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from toolkit.commands.init.generators import layout_of
from toolkit.commands.init.ignoring import not_ignored
from toolkit.commands.init.layout import below
from toolkit.commands.init.page_signs import shown_dialect
from toolkit.commands.init.source import chosen, same_writing, source_of
from toolkit.commands.init.strings import string_patterns
from toolkit.commands.init.translated import (
    ending_patterns,
    existing,
    groups,
    is_locale_folder,
    is_named_by_locale,
    locale_named,
    shared_holder,
    siblings,
)
from toolkit.commands.init.tree import other_pages, tree_of
from toolkit.dialects import dialect_named
from toolkit.language.locale import locale_of
from toolkit.language.names import LOCALE_END, spellings
from toolkit.model.document import Document
from toolkit.model.errors import Problem, ProjectError, SettingsError, ToolkitError
from toolkit.reading.site_yaml_pairs import translated_texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from toolkit.commands.init.layout import Layout
    from toolkit.commands.init.source import Source
    from toolkit.commands.init.translated import Group
    from toolkit.commands.init.tree import Tree
    from toolkit.language.locale import Locale

_TARGET = "en"
_OTHER_TARGET = "zh-Hans"
"""The target of a project until its settings name one, and that of a project in English."""


@dataclass(frozen=True, slots=True)
class Start:
    """The first settings of a project, and how they were found."""

    layout: Layout
    source: str
    targets: tuple[str, ...]
    report: tuple[str, ...]
    """The lines to print for the user."""
    strings: tuple[str, ...] = ()
    """Patterns for the generator's own files of strings."""


@dataclass(frozen=True, slots=True)
class _Own:
    """The layout of the source's own pages, and how they were told from their translations."""

    layout: Layout
    why: str = ""


def start_of(root: Path, source: str = "", targets: Sequence[str] = (), dialect: str = "") -> Start:
    """Choose the first settings of a folder's project; given values win over found ones.

    Raises `ProjectError` where there are no pages or their language cannot be told, and
    `SettingsError` for a locale or dialect that does not exist.
    """
    layout = layout_of(root, source)
    if dialect:
        layout = replace(layout, dialect=dialect_named(dialect).name)
    own = _own_pages(root, layout, source)
    layout = _without_translations(root, own.layout)
    if not (dialect or layout.file):
        layout = _as_pages_show(root, layout)
    tree = _tree(root, layout)
    if not tree.names:
        raise ProjectError(Problem(layout.content, 0, 0, _no_pages(root, layout)))
    found = source_of(layout, tree, source, own.why)
    wanted = tuple(_tag(tag) for tag in targets) or _targets(layout, found.tag)
    wanted = tuple(_spelled(root, layout.output, wanted))
    locale = locale_of(found.tag)
    same = next((tag for tag in wanted if locale_of(tag).full == locale.full), "")
    if same:
        named = found.tag if same == found.tag else f"{same} is {found.tag}, which"
        problem = f"{named} is the language of the pages; it cannot be a target"
        raise SettingsError(Problem("", 0, 0, problem))
    report = tuple(_report(root, layout, tree, found, wanted))
    return Start(layout, found.tag, wanted, report, string_patterns(root, layout, found.tag))


def _as_pages_show(root: Path, layout: Layout) -> Layout:
    """The layout with the dialect that the pages show."""
    found = shown_dialect(_tree(root, layout).sources())
    return replace(layout, dialect=found.dialect, shown=found.pages) if found else layout


def _tree(root: Path, layout: Layout) -> Tree:
    return tree_of(root / layout.content, layout.dialect, layout.exclude)


def _no_pages(root: Path, layout: Layout) -> str:
    others = other_pages(root / layout.content)
    hint = f"; {others}, which yiben does not read" if others else ""
    return f"no Markdown pages here; run this in the folder of your documentation{hint}"


def _own_pages(root: Path, layout: Layout, asked: str) -> _Own:
    """The pages of the source, where each language has a folder or an ending of its own."""
    tree = _tree(root, layout)
    named = asked or layout.source
    folders = _folders(tree.names)
    inside = sum(map(len, folders.values()))
    several = len(folders) > 1 or any(_is_same(layout.source, name) for name in folders)
    beside = any(group.locale in folders for group in groups(tree.names))
    if several and not beside and 2 * inside >= len(tree.names) and "{stem}" not in layout.output:
        picked = chosen(root, tree, folders, named)
        return _Own(_in_folder(layout, picked.name, folders), picked.why)
    ended = siblings(tree.names)
    if len(ended) > 1:
        picked = chosen(root, tree, {name[1:]: pages for name, pages in ended.items()}, named)
        return _Own(_with_ending(layout, picked.name, ended), picked.why)
    return _Own(layout)


def _folders(names: Sequence[str]) -> dict[str, list[str]]:
    """Pages by the folder that is named by their locale."""
    found: dict[str, list[str]] = {}
    for name in names:
        folder, slash, _ = name.partition("/")
        if slash and is_named_by_locale(folder):
            found.setdefault(folder, []).append(name)
    return found


def _in_folder(layout: Layout, own: str, folders: dict[str, list[str]]) -> Layout:
    others = tuple(name for name in sorted(folders) if name != own)
    return replace(
        layout,
        content=f"{layout.content}/{own}".removeprefix("./"),
        source=layout.source if _is_same(layout.source, own) else own,
        targets=(*layout.targets, *others),
        exclude=tuple(one for one in layout.exclude if not is_locale_folder(one)),
    )


def _is_same(tag: str, name: str) -> bool:
    one, other = locale_named(tag) if tag else None, locale_named(name)
    return one is not None and other is not None and same_writing(one, other)


def _with_ending(layout: Layout, own: str, ended: dict[str, list[str]]) -> Layout:
    others = {name: pages for name, pages in sorted(ended.items()) if name[1:] != own}
    patterns = [one for name, pages in others.items() for one in ending_patterns(name, pages)]
    return replace(
        layout,
        source=layout.source if _is_same(layout.source, own) else own,
        targets=(*layout.targets, *(name[1:] for name in others)),
        exclude=tuple(dict.fromkeys((*layout.exclude, *patterns))),
    )


def _without_translations(root: Path, layout: Layout) -> Layout:
    """The layout without the pages that translate others of their tree."""
    tree = _tree(root, layout)
    beside = list(_translations_beside(tree))
    patterns = (pattern for group in beside for pattern in group.patterns)
    found = replace(
        layout,
        targets=(*layout.targets, *filter(None, (_named(group) for group in beside))),
        exclude=tuple(dict.fromkeys((*layout.exclude, *patterns))),
    )
    holder = shared_holder(tree.names, beside)
    return below(found, holder) if holder else found


def _named(group: Group) -> str:
    """The tag of the locale that pages are named by; a country stands for its language."""
    locale = locale_named(group.locale)
    return locale.tag if locale else ""


def _translations_beside(tree: Tree) -> Iterator[Group]:
    """Pages that translate others of their tree; believed when they are in that language.

    Not every language can be detected, and translations may only be begun: next to two folders that
    are believed, all others are.
    """
    found = groups(tree.names)
    sure = [group for group in found if _is_in_its_language(tree, group)]
    holders = Counter(group.holder for group in sure if group.holder)
    yield from (group for group in found if group in sure or holders[group.holder] > 1)


def _is_in_its_language(tree: Tree, group: Group) -> bool:
    found = tree.language(sorted(group.names))
    named = locale_named(group.locale)
    return bool(found and named and locale_of(found.tag).language == named.language)


def _report(
    root: Path, layout: Layout, tree: Tree, source: Source, targets: Sequence[str]
) -> Iterator[str]:
    """The lines that report what was found."""
    pages = f"pages: {layout.content} ({len(tree.names)} of them), dialect {layout.dialect}"
    shown = f", as {layout.shown} of them show" if layout.shown else ""
    yield f"{pages}, as {layout.file} says" if layout.file else f"{pages}{shown}"
    yield f"source language: {source.tag} ({source.how})"
    yield from layout.unread
    yield from _misnamed(layout, source.tag)
    yield from _imports(root, layout, locale_of(source.tag), tuple(map(locale_of, targets)))
    yield from _titles(root, layout, tuple(map(locale_of, targets)))
    if layout.plugin:
        yield layout.plugin
    ignored = not_ignored(root, layout.output, layout.ignored, targets)
    if ignored:
        yield f".gitignore: add {' '.join(ignored)}"


def _misnamed(layout: Layout, source: str) -> Iterator[str]:
    """The lines about languages that are named by something else than a locale."""
    for name in dict.fromkeys(layout.targets):
        locale = locale_named(name)
        if locale is None:
            yield f'"{name}" is not a locale; name the target with -t'
        elif locale.written != name and locale != locale_of(source):
            where = f"pages in {locale.tag} go to {layout.output}; the folder {name} is not used"
            yield f'"{name}" is a country; {where}'


def _imports(
    root: Path, layout: Layout, source: Locale, targets: Sequence[Locale]
) -> Iterator[str]:
    """The lines about translations that exist already."""
    names = set(tree_of(root, layout.dialect).names)
    parent = layout.content.rpartition("/")[0]
    places = [layout.output, layout.content, *([parent] if parent else []), *_beside(layout)]
    for one in existing(layout.content, places, source, targets, names):
        place = f"'{one.place}'" if "{" in one.place else one.place
        command = f"yiben import {layout.content} {place} -l {one.tag}"
        some = "1 page" if one.pages == 1 else f"{one.pages} pages"
        yield f"translations: {some} in {one.tag}; `{command}` imports them"


def _beside(layout: Layout) -> Iterator[str]:
    """The places of translations in folders next to that of the pages: `docs_zh` for `docs`."""
    end = LOCALE_END.search(layout.content)
    start = layout.content[: end.start()] if end and locale_named(end[1]) else layout.content
    if layout.content != ".":
        yield from (f"{start}{joint}{{locale}}/{{path}}" for joint in "_-.")


def _titles(root: Path, layout: Layout, targets: Sequence[Locale]) -> Iterator[str]:
    """The lines about titles that the settings of a MkDocs site have in other languages."""
    file = root / layout.file
    if layout.dialect != "mkdocs" or file.suffix not in {".yml", ".yaml"}:
        return
    try:
        site = Document.from_bytes(layout.file, file.read_bytes())
        known = [one for one in targets if translated_texts(site, site, spellings(one))]
    except (ToolkitError, OSError):
        return
    for one in known:
        command = f"yiben import {layout.file} {layout.file} -l {one.tag}"
        yield f"titles: {layout.file} has some in {one.tag}; `{command}` imports them"


def _tag(name: str) -> str:
    return locale_of(name).tag


def _spelled(root: Path, output: str, tags: Sequence[str]) -> Iterator[str]:
    """Yield tags as the folders of their locales spell them: `zh-CN` where settings say `zh-cn`."""
    above, inside, _ = f"/{output}".partition("/{locale}/")
    folder = root / above.lstrip("/")
    there = {path.name for path in folder.iterdir() if path.is_dir()} if folder.is_dir() else set()
    alike = {name.lower(): name for name in sorted(there)}
    for tag in tags:
        found = alike.get(tag.lower(), tag) if inside and tag not in there else tag
        yield found if _is_same(tag, found) else tag


def _targets(layout: Layout, source: str) -> tuple[str, ...]:
    """The locales that the configuration or the tree names, but the source's."""
    own = locale_of(source)
    found = dict.fromkeys(
        filter(None, map(locale_named, (*layout.targets, layout.source or source)))
    )
    # The same language may be named otherwise: `zh` for pages in zh-Hans.
    alike = [one for one in found if same_writing(one, own)]
    left_out = {own} if own in found else set(alike[:1])
    kept = [one for one in found if one not in left_out]
    if kept:
        return tuple(locale.written for locale in kept)
    return (_OTHER_TARGET,) if own.language == _TARGET else (_TARGET,)
