"""Locales by the names that themes have for them."""

from __future__ import annotations

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
