"""Find the files below a folder, and those among them that nobody can work with."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass, field
from os.path import splitext
from typing import TYPE_CHECKING

from toolkit.model.errors import Problem
from toolkit.model.notebook import ENDING
from toolkit.project.files import kind_of
from toolkit.project.real_path import real_path

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

PAGE_ENDINGS = frozenset({".md", ".markdown", ".mdx", ".qmd", ENDING})
GENERATOR_FILES = frozenset(
    {".authors.yml", ".meta.yaml", ".meta.yml", ".nav.yaml", ".nav.yml", ".pages", ".pages.yml"}
)
"""Files with a dot in front that MkDocs' plugins read beside pages."""
_UNNAMABLE = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]")
"""Characters that no line of a catalog can hold: line ends, controls, bytes outside of UTF-8."""
_NAMES = {"\n": "a line feed", "\t": "a tab", "\r": "a carriage return"}


def is_page(path: str | Path) -> bool:
    """Whether a file is a page, by its ending."""
    return splitext(path)[1].lower() in PAGE_ENDINGS  # noqa: PTH122 - asked often


@dataclass(frozen=True, slots=True)
class Tree:
    """All that lies below a folder, but for what is hidden, by paths with `/`."""

    files: list[str] = field(default_factory=list)
    folders: list[str] = field(default_factory=list)
    """The folders that were looked into, the first one among them."""
    problems: list[Problem] = field(default_factory=list)
    """The reasons for which links were not followed."""


def tree_of(folder: Path, skipped: Collection[Path]) -> Tree:
    """All files below a folder, without hidden ones and those in some folders."""
    tree = Tree()
    _collect(folder.as_posix(), (), frozenset(one.as_posix() for one in skipped), tree)
    return tree


def _collect(folder: str, above: tuple[Path, ...], skipped: frozenset[str], tree: Tree) -> None:
    real = real_path(folder)
    if real in above:
        text = "this symbolic link points to a folder that contains it; remove it"
        tree.problems.append(Problem(folder, 0, 0, text))
        return
    tree.folders.append(folder)
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        tree.problems.append(Problem(folder, 0, 0, f"cannot be read: {error.strerror}"))
        return
    for entry in entries:
        path = f"{folder}/{entry.name}"
        hidden = entry.name.startswith(".") and entry.name not in GENERATOR_FILES
        if hidden or path in skipped:
            continue
        if _is_folder(entry):
            _collect(path, (*above, real), skipped, tree)
        else:
            tree.files.append(path)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Whether an entry is a folder; a link that leads nowhere is a file that cannot be read."""
    try:
        return entry.is_dir()
    except OSError:
        return False


def trouble_with(path: str, name: str, *, by_name: bool) -> str:
    """Why a file is passed over: what it is, or `by_name` what its name holds; mostly nothing."""
    bad = _UNNAMABLE.search(name) if by_name else None
    if bad:
        what = _NAMES.get(bad[0], "a character that catalogs cannot name")
        what = "a byte that is not UTF-8" if "\ud800" <= bad[0] <= "\udfff" else what
        return f"has {what} in its name; rename it"
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116 - asked often
    except OSError:
        return ""
    if stat.S_ISREG(mode):
        return ""
    return f'is {kind_of(mode)}, not a file; remove it, or name it under "exclude"'


def shown(name: str) -> str:
    """A file's name as one line of text."""
    return _UNNAMABLE.sub(lambda found: repr(found[0])[1:-1], name)
