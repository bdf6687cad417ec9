"""Sites of projects with parts, built with MkDocs and our plugin in this process."""

from __future__ import annotations

from contextlib import chdir
from typing import TYPE_CHECKING

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from projects import translate, write_files, yiben

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def write_parts(
    root: Path, files: Mapping[str, str], translations: Mapping[str, dict[str, str]]
) -> Path:
    """A project with these files, whose catalogs in each folder of a locale are filled in."""
    write_files(root, files)
    assert yiben(root, "update").returncode == 0
    for path in root.rglob("*.po"):
        translate(path, translations.get(path.parents[1].name, {}))
    return root


def build_parts(root: Path, settings: str = "mkdocs.yml", folder: str = "site") -> Path:
    """The folder of the site that a file of settings describes."""
    with pytest.MonkeyPatch.context() as patch, chdir(root):
        patch.setenv("NO_MKDOCS_2_WARNING", "1")
        config = load_config(settings, strict=True, site_dir=str(root / folder))
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
        config.plugins.on_shutdown()
    return root / folder
