"""The pages of the documentation, in each language that it is in."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import toolkit

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
README = (ROOT / "README.md").read_text(encoding="utf-8")
LOCALES = ("en", "zh-Hans")
OFTEN = ("en", pytest.param("zh-Hans", marks=pytest.mark.nightly))
"""For what takes long: that the code is the same in both languages is tested every time."""
PAGES = sorted(path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md"))


@cache
def localized(name: str, locale: str) -> str:
    """Return a page below `docs` in a locale, built from its catalog."""
    text = (DOCS / name).read_text(encoding="utf-8")
    if locale == LOCALES[0]:
        return text
    folder = ROOT / "locales/docs" / locale.replace("-", "_") / "LC_MESSAGES"
    path = folder / name.replace(".md", ".po")
    catalog = toolkit.parse_po(path.read_bytes(), path=path.name)
    built = toolkit.build(toolkit.read(text, "mkdocs", path=name), catalog)
    assert not built.refusals, built.refusals
    return built.text
