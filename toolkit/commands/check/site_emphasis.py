"""Read a MkDocs site's rules of emphasis from its settings, which stand next to the project's."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from toolkit.dialects.dialect import Emphasis
from toolkit.dialects.inline.emphasis import RULES, EmphasisRules
from toolkit.model.errors import ToolkitError

if TYPE_CHECKING:
    from collections.abc import Mapping

SITE_FILES = ("mkdocs.yml", "mkdocs.yaml", "properdocs.yml")
_BETTEREM = "pymdownx.betterem"
_BUNDLE = "pymdownx.extra"
"""Has betterem among the extensions it loads."""
_SMART = {"all": "*_", "asterisk": "*", "underscore": "_"}
_NO = frozenset({"false", "no", "off"})

Reader = Callable[[str], bytes | None]
"""Gives the bytes of a file below the project's root, `None` where there is none."""


def site_emphasis(data: Reader, site: str = "") -> EmphasisRules | None:
    """The rules of a site that uses betterem, or the core's; `None` where there is no site.

    `site` is the settings' own name for the file; others are looked for by their usual names. One
    that cannot be read says nothing here.
    """
    for name in dict.fromkeys((site, *SITE_FILES)):
        if name and data(name) is not None:
            try:
                # PyYAML is slow to import, and many projects have no YAML.
                from toolkit.reading.site_yaml_extensions import inherited_extensions  # noqa: PLC0415

                return _rules(inherited_extensions(data, name))
            except ToolkitError:
                return None
    return None


def _rules(extensions: Mapping[str, Mapping[str, str]]) -> EmphasisRules:
    if not {_BETTEREM, _BUNDLE} & extensions.keys():
        return RULES[Emphasis.PYTHON_MARKDOWN]
    options = extensions.get(_BETTEREM, {})
    whole_words = _SMART.get(options.get("smart_enable", "underscore"), "")
    punctuation = options.get("punctuation", "true").lower() not in _NO
    return EmphasisRules(punctuation=punctuation, whole_words=frozenset(whole_words))
