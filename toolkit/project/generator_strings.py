"""The files in which generators keep their own strings, by the files' names."""

from __future__ import annotations

import re
from typing import NamedTuple

from toolkit.model.expressions import late

_READ = ("title", "subtitle", "description", "summary", "tagline", "copyright", "footer", "label")


_HUGO = (
    "title",
    "copyright",
    *(f"params.**.{key}" for key in _READ),
    "menu.*.*.name",
    "menus.*.*.name",
)


_QUARTO_TEXTS = ("title", "subtitle", "description", "text", "section", "part", "toc-title")
_QUARTO = (
    *("title", "subtitle", "abstract", "toc-title", "language.**", "crossref.**"),
    *("!crossref.chapters", "!crossref.labels", "!crossref.**.*-labels", "!language.**.file"),
    *(
        f"{top}.{key}"
        for top in ("website", "book")
        for key in ("title", "subtitle", "description")
    ),
    *(
        f"{top}.{part}.**.{key}"
        for top in ("website", "book")
        for part in ("navbar", "sidebar", "chapters", "appendices", "page-footer", "margin-header")
        for key in _QUARTO_TEXTS
    ),
    *("website.page-footer", "website.page-footer.*", "website.announcement.content"),
    *("book.page-footer", "book.page-footer.*", "format.*.toc-title", "format.*.code-summary"),
)


class _Known(NamedTuple):
    name: re.Pattern[str]
    keys: tuple[str, ...]
    language: str = ""


def _known(name: str, *keys: str, language: str = "") -> _Known:
    return _Known(late(name), keys, language)


_FORMAT = r"\.(?:toml|ya?ml|json)"
_FILES = (
    # Docusaurus: what `docusaurus write-translations` writes, and the labels of folders.
    _known(r"(?:.*/)?_category_\.(?:json|ya?ml)", "label", "link.title", "link.description"),
    _known(
        r"(?:.*/)?i18n/[^/]+/(?:code|docusaurus-[^/]+/(?:.*/)?[^/]+)\.json",
        "*.message",
    ),
    # Hugo (go-i18n): a text a key, its plural forms, or a list of `id` and `translation`.
    _known(
        rf"(?:.*/)?i18n/[^/]+{_FORMAT}",
        *("**", "!**.id", "!**.description", "!**.hash", "!**.leftdelim", "!**.rightdelim"),
    ),
    _known(
        rf"(?:.*/)?menus?(?:\.[^/.]+)?{_FORMAT}",
        *("**.name", "**.title", "**.params.description"),
    ),
    _known(rf"(?:.*/)?params(?:\.[^/.]+)?{_FORMAT}", *(f"**.{key}" for key in _READ)),
    _known(
        rf"(?:.*/)?languages?(?:\.[^/.]+)?{_FORMAT}",
        *("title", "copyright", *(f"params.**.{key}" for key in _READ), "menu*.*.name"),
    ),
    # Hugo in one file; what is not said of a language counts for all.
    _known(
        rf"(?:.*/)?hugo{_FORMAT}",
        *(f"{start}{key}" for start in ("", "languages.*.") for key in _HUGO),
    ),
    # Sphinx
    _known(r"(?:.*/)?conf\.py", "project", "html_title", "html_short_title", language="language"),
    # Quarto; a copy stands with the pages of its locale, which make a project of their own.
    _known(r"(?:.*/)?_quarto(?:-[^/]+)?\.ya?ml", *_QUARTO, language="lang"),
    # The MyST engine
    _known(
        r"(?:.*/)?myst\.ya?ml",
        *(f"project.{key}" for key in ("title", "short_title", "subtitle", "description")),
        *("project.toc.**.title", "site.title", "site.nav.**.title", "site.actions.*.title"),
        *("site.options.logo_text", "project.abbreviations.*"),
        language="project.language",
    ),
    # Jekyll
    _known(
        r"(?:.*/)?_config\.ya?ml",
        *("title", "description", "tagline", "subtitle", "footer_content"),
        language="lang",
    ),
    # mdBook
    _known(r"(?:.*/)?book\.toml", "book.title", "book.description", language="book.language"),
)


def paths_of_known(name: str) -> tuple[str, ...]:
    """Return the key paths of a file that its name tells; everything for any other."""
    return next((one.keys for one in _FILES if one.name.fullmatch(name)), ("**",))


def is_hugo(name: str) -> bool:
    """Whether a file is a site's whole configuration for Hugo."""
    return bool(re.fullmatch(rf"(?:.*/)?hugo{_FORMAT}", name))


def lies_above_pages(name: str) -> bool:
    """Whether a generator looks for a file from the folder of the pages upwards."""
    return name.rpartition("/")[2] == "book.toml"


def lies_beside(name: str) -> bool:
    """Whether a generator is given a file's copy by its name, beside the file itself."""
    return re.fullmatch(r"(?:.*/)?_config\.ya?ml", name) is not None


def language_of_known(name: str) -> str:
    """Return the key of a file's language; empty where it has none."""
    return next((one.language for one in _FILES if one.name.fullmatch(name)), "")
