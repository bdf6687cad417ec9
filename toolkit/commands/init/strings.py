"""The files in which a generator keeps its own strings, as a project has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.model.document import Document
from toolkit.model.errors import ToolkitError
from toolkit.reading.strings import CONFIGURATION, ENDINGS, string_texts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from toolkit.commands.init.layout import Layout


def string_patterns(root: Path, layout: Layout, source: str) -> tuple[str, ...]:
    """Return patterns for the files of strings of a project whose pages are in `source`."""
    wanted = _patterns(layout, source)
    return tuple(dict.fromkeys(one for one in wanted if _is_there(root, one)))


def _patterns(layout: Layout, source: str) -> Iterator[str]:
    folder = layout.file.rpartition("/")[0]
    top = f"{folder}/" if folder else ""
    content = "" if layout.content == "." else f"{layout.content}/"
    if layout.dialect in {"docusaurus", "mdx"}:
        yield f"{top}i18n/{source}/**/*.json"
        yield from (f"{content}**/_category_{ending}" for ending in ENDINGS if ending != ".toml")
    if layout.dialect == "hugo":
        for ending in ENDINGS:
            yield f"{top}hugo{ending}"
            yield f"{top}config/_default/hugo{ending}"
            yield f"{top}i18n/{source}{ending}"
            for name in ("menus", "menu", "params", "languages"):
                yield f"{top}config/_default/{name}.{source}{ending}"
    if layout.dialect == "myst" and layout.file.rpartition("/")[2] == CONFIGURATION:
        yield layout.file
    if layout.dialect in {"mdbook", "mystmd", "quarto"} and layout.file:
        yield layout.file


def _is_there(root: Path, pattern: str) -> bool:
    """Whether there is such a file that can be read."""
    return any(path.is_file() and _is_sound(path) for path in root.glob(pattern))


def _is_sound(path: Path) -> bool:
    try:
        string_texts(Document.from_bytes(path.name, path.read_bytes()))
    except (ToolkitError, OSError):
        return False
    return True
