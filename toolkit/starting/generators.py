"""The generator that a folder's pages are written for, told by its configuration file.

Where each keeps its pages is said in its own documentation: `docs_dir` (MkDocs), `src` (mdBook),
`contentDir` and the languages' own (Hugo), the folder of `conf.py` (Sphinx), `docs` beside
`docusaurus.config.*` (Docusaurus).
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from toolkit.document import Document
from toolkit.errors import ToolkitError
from toolkit.starting.hugo import site_of
from toolkit.toml import read_toml

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_BELOW = (".", "docs", "website", "site", "book", "doc", "docs/source", "guide")
"""Folders below the project's where configuration files are looked for, in this order."""
_LANGUAGE = re.compile(r"^\s*language\s*=\s*[\"'](\w[\w-]*)[\"']", re.MULTILINE)
_DEFAULT_LOCALE = re.compile(r"\bdefaultLocale\s*:\s*[\"']([\w-]+)[\"']")
_LOCALES = re.compile(r"\blocales\s*:\s*\[([^\]]*)\]")
_QUOTED = re.compile(r"[\"']([\w-]+)[\"']")


@dataclass(frozen=True, slots=True)
class Layout:
    """How a project lies on disk; paths are below the folder, with `/`."""

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


def layout_of(root: Path) -> Layout:
    """The layout of a folder: that of the first generator whose configuration lies there.

    Without one, pages in `content` or `docs`, or the folder itself, are GitHub's.
    """
    for below in _BELOW:
        for pattern, read in _GENERATORS:
            for path in sorted((root / below).glob(pattern)):
                name = path.relative_to(root).as_posix()
                found = read(root, name, _text(path)) if path.is_file() else None
                if found:
                    return _existing(root, found)
    known = (name for name in ("content", "docs", "doc") if (root / name).is_dir())
    return Layout("", "gfm", next(known, "."), "build/{locale}/{path}")


def _existing(root: Path, layout: Layout) -> Layout:
    """The layout; with the folder of its file where the folder that this names is not there."""
    if (root / layout.content).is_dir():
        return layout
    return replace(layout, content=_joined(layout.file, "."))


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8-sig", "replace")


def _joined(name: str, folder: str) -> str:
    """A folder named in the configuration file `name`, below the project's root."""
    parts = [*name.split("/")[:-1], *folder.strip("/").split("/")]
    return "/".join(part for part in parts if part not in {"", "."}) or "."


def _mkdocs(_root: Path, name: str, text: str) -> Layout | None:
    from toolkit.site_yaml import plain_settings  # noqa: PLC0415 - PyYAML is slow to import

    with suppress(ToolkitError):
        content = plain_settings(Document(name, text)).get("docs_dir", "docs")
        return Layout(name, "mkdocs", _joined(name, content), "build/{locale}/{path}", site=name)
    return None


def _mdbook(_root: Path, name: str, text: str) -> Layout | None:
    book = _toml(name, text).get("book", {})
    content = _joined(name, str(book.get("src", "src")))
    language = str(book.get("language", "en"))
    return Layout(name, "mdbook", content, "build/{locale}/{path}", source=language)


def _docusaurus(_root: Path, name: str, text: str) -> Layout | None:
    default = _DEFAULT_LOCALE.search(text)
    listed = _LOCALES.search(text)
    tags = tuple(_QUOTED.findall(listed[1])) if listed else ()
    source = default[1] if default else ""
    output = "i18n/{locale}/docusaurus-plugin-content-docs/current/{path}"
    return Layout(
        name,
        "docusaurus",
        _joined(name, "docs"),
        _joined(name, output),
        source=source,
        targets=tuple(tag for tag in tags if tag != source),
    )


def _hugo(root: Path, name: str, text: str) -> Layout | None:
    found = site_of(root, name, text)
    if not found:
        return None
    folder, site = found
    content, output = (_joined(f"{folder}/x", path) for path in (site.content, site.output))
    return Layout(name, "hugo", content, output, source=site.source, targets=site.targets)


def _sphinx(_root: Path, name: str, text: str) -> Layout | None:
    if "myst" not in text:
        return None
    language = _LANGUAGE.search(text)
    source = language[1] if language else ""
    return Layout(name, "myst", _joined(name, "."), "build/{locale}/{path}", source=source)


def _toml(name: str, text: str) -> dict[str, Any]:
    with suppress(ToolkitError):
        return dict(read_toml(name, text.encode("utf-8"))[1])
    return {}


_GENERATORS: tuple[tuple[str, Callable[[Path, str, str], Layout | None]], ...] = (
    ("mkdocs.y*ml", _mkdocs),
    ("properdocs.y*ml", _mkdocs),
    ("book.toml", _mdbook),
    ("docusaurus.config.*", _docusaurus),
    ("hugo.*", _hugo),
    ("config.*", _hugo),
    ("config/_default/hugo.*", _hugo),
    ("config/_default/config.*", _hugo),
    ("config/_default/*.*", _hugo),
    ("conf.py", _sphinx),
)
"""Configuration files and what they tell, the surer ones first."""
