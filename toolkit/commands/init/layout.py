"""The layout of a project on disk, as its generator's configuration describes it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from posixpath import normpath
from typing import TYPE_CHECKING

from toolkit.dialects import dialect_names

if TYPE_CHECKING:
    from collections.abc import Iterator

BUILD = "build/{locale}/{path}"
"""The place of localized pages when a generator has none for them."""
_DIALECTS = {
    "vitepress": ("vitepress", "gfm"),
    "mdx": ("mdx", "docusaurus"),
    "kramdown": ("kramdown", "gfm"),
    "quarto": ("quarto", "gfm"),
}
"""The dialects for a kind of pages, the best first; not all have to be there."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The layout of a project on disk; paths are below the folder, with `/`."""

    file: str
    """The configuration file that told; empty where none did."""
    dialect: str
    content: str
    output: str
    site: str = ""
    """The settings of the site whose texts can be translated, where there are such."""
    source: str = ""
    """The tag of the source's language, where the configuration names it."""
    targets: tuple[str, ...] = ()
    """Other locales that the configuration names, as folders and addresses spell them."""
    exclude: tuple[str, ...] = ()
    """Patterns of pages that the generator leaves out, or that are translations."""
    unread: tuple[str, ...] = ()
    """The parts of the configuration that are computed or unusable, and what to do about them."""
    switcher: str = ""
    """The place of a menu of languages, where we have one for the generator."""
    plugin: str = ""
    """The lines to put into the generator's configuration."""
    anchors: str = ""
    """The treatment of headings' ids, where the generator knows none that a page gives."""
    shown: int = 0
    """The pages that show the dialect, where no configuration names it."""
    ignored: tuple[str, ...] = ()
    """The paths of the generator and of ours that belong into `.gitignore`."""


def dialect_for(kind: str) -> str:
    """The name of the dialect for a kind of pages: the best that is there."""
    known = dialect_names()
    return next((name for name in _DIALECTS.get(kind, ()) if name in known), kind)


def joined(name: str, *folders: str) -> str:
    """A path that the configuration file `name` names, below the project's root.

    It starts with `..` where it leads out of that.
    """
    return normpath("/".join([name.rpartition("/")[0] or ".", *map(_relative, folders)]))


def _relative(path: str) -> str:
    return path.strip().lstrip("/") or "."


def folder_of(name: str) -> str:
    """The folder of a file below the root; `.` for the root itself."""
    return name.rpartition("/")[0] or "."


def excluded_patterns(globs: object) -> Iterator[str]:
    """Globs of a generator as patterns of the setting `exclude`; they are below the content."""
    for glob in globs if isinstance(globs, list) else ():
        plain = str(glob).removeprefix("./").strip("/")
        if plain.startswith("**/"):
            yield plain[3:]
        if plain:
            yield plain.replace("**/", "*/").replace("**", "*")
            if not plain.endswith("*") and "." not in plain.rpartition("/")[2]:
                yield f"{plain}/*"


def locales_in(content: str) -> str:
    """The output where each locale has a folder among the pages."""
    return "{locale}/{path}" if content == "." else f"{content}/{{locale}}/{{path}}"


def below(layout: Layout, folder: str) -> Layout:
    """The layout with the pages of one folder alone, where locales have folders among the pages."""
    if layout.output != locales_in(layout.content):
        return layout
    content = f"{layout.content}/{folder}".removeprefix("./")
    patterns = (pattern.removeprefix(f"{folder}/") for pattern in layout.exclude)
    kept = (
        one
        for one, pattern in zip(patterns, layout.exclude, strict=True)
        if one != pattern or pattern.startswith("*")
    )
    return replace(layout, content=content, output=locales_in(content), exclude=tuple(kept))
