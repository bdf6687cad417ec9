"""Locales by the names that themes have for them."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_DEFAULT = "en"


def theme_language(tag: str, folders: Iterable[str]) -> str:
    """The language of a Material theme for a locale's tag: `zh` for `zh-Hans`.

    `folders` are those the theme looks for templates in; the first name with a file of texts is
    taken, the more exact ones first, and English where there is none.
    """
    parts = tag.split("-")
    names = ["-".join(parts[:count]) for count in range(len(parts), 0, -1)]
    if len(parts) > 1:
        names.insert(-1, f"{parts[0]}-{parts[-1]}")
    known = [Path(folder, "partials", "languages") for folder in folders]
    found = (name for name in names for folder in known if (folder / f"{name}.html").is_file())
    return next(found, _DEFAULT)


def material_language(tag: str) -> str:
    """Return `theme_language`, asked of Material for MkDocs itself where it is installed.

    Where it is not, the tag without a script: `zh` for `zh-Hans`, but `zh-Hant` for itself.
    """
    spec = find_spec("material")
    if spec is None or spec.origin is None:
        return tag if tag == "zh-Hant" else re.sub("-[A-Z][a-z]{3}", "", tag)
    return theme_language(tag, [str(Path(spec.origin).parent / "templates")])
