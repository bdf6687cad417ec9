"""Parts whose pages are outside of `docs_dir`: their files in the site, and links to them."""

from __future__ import annotations

import os
from pathlib import Path
from posixpath import join, normpath
from typing import TYPE_CHECKING

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, set_exclusions

from toolkit.project.real_path import real_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

    from toolkit.interfaces.mkdocs_plugin.parts import SitePart


def check_names(mounted: Iterable[str], parts: Sequence[str]) -> None:
    """Raise `PluginError` for a name in the option `mount` that is no part's."""
    for name in mounted:
        if name not in parts:
            known = ", ".join(parts) if any(parts) else "the project has none"
            raise PluginError(f'yiben: mount: no part is called "{name}"; parts: {known}')


def mount(part: SitePart, files: Files, config: MkDocsConfig) -> None:
    """Add the files of a part to those of the site, where the site has none of that name."""
    found = []
    for path in _files_below(part.content):
        uri = f"{part.prefix}{path.relative_to(part.content).as_posix()}"
        if uri in files.src_uris:
            continue
        file = File(uri, config.docs_dir, config.site_dir, config.use_directory_urls)
        file.abs_src_path = str(path)
        found.append(file)
    set_exclusions(found, config)
    for file in found:
        files.append(file)


def _files_below(folder: Path) -> Iterator[Path]:
    """Iterate over the files of a folder, in an order that is always the same."""
    for place, folders, names in os.walk(folder, followlinks=True):
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        yield from (Path(place, name) for name in sorted(names) if not name.startswith("."))


def aliases(parts: Sequence[SitePart], config: MkDocsConfig) -> Mapping[str, str]:
    """Return the folders that links between parts lead to on the disk, and what they are here.

    Both are paths below `docs_dir`, the latter with a slash at the end.
    """
    docs = real_path(Path(config.docs_dir))
    found = {}
    for part in parts:
        if part.is_mounted(config):
            there = Path(os.path.relpath(part.content, docs)).as_posix()
            back = Path(os.path.relpath(docs, part.content)).as_posix()
            found[there] = part.prefix
            found[normpath(join(part.prefix, back))] = ""
    return found
