"""Folders of pages and locales that the settings name."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from toolkit.language.locale import PSEUDO_LOCALES
from toolkit.model.errors import Problem
from toolkit.project.page_rules import is_wild

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from toolkit.project.settings import Settings
    from toolkit.project.settings_on_disk import SettingsFile


class NamedIn(NamedTuple):
    """The settings of a part of a project, and how to read their file."""

    settings: Settings
    file: Callable[[], SettingsFile]


def missing_folders(root: Path, parts: Sequence[NamedIn]) -> Iterator[Problem]:
    """The folders that the settings name and no part of the project has."""
    named = [
        (one, key, pattern)
        for one in parts
        for key, pattern in one.settings.patterns()
        if pattern.endswith("/") and not is_wild(pattern)
    ]
    there = {
        pattern for one, _, pattern in named if (root / one.settings.content / pattern).is_dir()
    }
    for one, key, pattern in named:
        if pattern not in there:
            text = f'{key}: no folder "{pattern}" in "{one.settings.content}"'
            yield one.file().problem(key, text, (pattern,))


def blocked_folders(root: Path, parts: Sequence[NamedIn]) -> Iterator[Problem]:
    """Find files, and links that lead nowhere, where folders of catalogs have to be.

    Nothing below it can be read, as if there were no catalogs yet.
    """
    folders = {
        f"{one.settings.catalogs}/{folder}/LC_MESSAGES"
        for one in parts
        for folder in ("templates", *(locale.folder for locale in one.settings.targets))
    }
    paths = (root / name for name in sorted(folders) if not (root / name).is_dir())
    for path in dict.fromkeys(filter(None, map(_blocking, paths))):
        name = path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
        yield Problem(name, 0, 0, "is not a folder, but catalogs belong into it; move it away")


def _blocking(folder: Path) -> Path | None:
    """Return what stands in the place of a folder that is not there, or of one above it."""
    there = next((one for one in (folder, *folder.parents) if os.path.lexists(one)), None)
    return there if there and not there.is_dir() else None


def strange_locales(parts: Sequence[NamedIn]) -> Iterator[Problem]:
    """The locales that settings hold for and no part of the project has."""
    targets = list(dict.fromkeys(one.tag for part in parts for one in part.settings.targets))
    known = {*targets, *PSEUDO_LOCALES, *(part.settings.source.tag for part in parts)}
    for part in parts:
        for key, tag in part.settings.named_locales():
            if tag not in known:
                listed = ", ".join(targets)
                text = f'{key}: "{tag}" has no effect, as it is not a target ({listed})'
                yield part.file().problem(key, text, (tag,))
