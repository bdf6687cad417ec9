"""The ways in which programs make the ids of headings."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class SlugRule(NamedTuple):
    """A way to make ids, with the options that Python-Markdown's sites have for it."""

    name: str
    """One of the ways that `reading.anchors` knows."""
    separator: str = "-"
    case: str = "lower"
    normalization: str = "NFC"
    percent_encode: bool = False


Slugs = str | SlugRule
"""A way to make ids, by its name alone where it has no options."""

_PYMDOWNX = "pymdownx.slugs."
_CASES = {"none", "lower", "lower-ascii", "fold"}
_FORMS = {"NFC", "NFD", "NFKC", "NFKD"}
_PLAIN = {
    "": SlugRule("toc"),
    "markdown.extensions.toc.slugify": SlugRule("toc"),
    "markdown.extensions.toc.slugify_unicode": SlugRule("toc-unicode"),
    f"{_PYMDOWNX}uslugify": SlugRule("pymdownx"),
    f"{_PYMDOWNX}uslugify_encoded": SlugRule("pymdownx", percent_encode=True),
    f"{_PYMDOWNX}uslugify_cased": SlugRule("pymdownx", case="none"),
    f"{_PYMDOWNX}uslugify_cased_encoded": SlugRule("pymdownx", case="none", percent_encode=True),
    f"{_PYMDOWNX}gfm": SlugRule("pymdownx", case="lower-ascii"),
    f"{_PYMDOWNX}gfm_encoded": SlugRule("pymdownx", case="lower-ascii", percent_encode=True),
}


def slugs_of_toc(options: Mapping[str, str]) -> Slugs | None:
    """Return the way that Python-Markdown's extension `toc` makes ids with some options.

    It is `None` where the site names a function that nobody here knows.
    """
    name, *arguments = options.get("slugify", "").split(" ")
    rule = _PLAIN.get(name)
    if name == f"{_PYMDOWNX}slugify":
        rule = _pymdownx(dict(one.partition("=")[::2] for one in arguments))
    if rule is None:
        return None
    rule = rule._replace(separator=options.get("separator", "-"))
    return rule.name if rule == SlugRule(rule.name) else rule


def _pymdownx(options: Mapping[str, str]) -> SlugRule | None:
    case, form = options.get("case", "none"), options.get("normalize", "NFC")
    encode = options.get("percent_encode", "").lower() in {"true", "yes", "on"}
    if case not in _CASES or form not in _FORMS:
        return None
    return SlugRule("pymdownx", case=case, normalization=form, percent_encode=encode)
