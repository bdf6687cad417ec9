"""Directives of MyST by name: what of each one is text.

The names are those of Docutils, Sphinx, MyST-Parser, and of the extensions that their documentation
names most: sphinx-design, sphinx-inline-tabs, sphinx-togglebutton, sphinx-proof, Sphinx Book Theme.
"""

from __future__ import annotations

import re

_ADMONITIONS = (
    "attention caution danger error hint important note seealso tip warning todo versionhint"
)
_VERSIONS = "deprecated versionadded versionchanged versionremoved"
_OBJECTS = (
    "attribute class cmdoption confval data decorator decoratormethod describe envvar exception "
    "function object option method property staticmethod classmethod"
)
_QUOTES = "aside compound epigraph highlights hlist line-block pull-quote"
_BOXES = (
    "button-link button-ref card-carousel card-footer card-header container class div figure "
    "figure-md full-width gallery grid grid-item ifconfig only rst-class tab-set"
)
_TITLED_BODIES = (
    "admonition card details dropdown example exercise grid-item-card list-table margin "
    "sidebar tab tab-item table toggle topic"
)

TITLED = frozenset(f"{_TITLED_BODIES} centered csv-table rubric".split())
"""Directives whose argument is text."""

FIRST_LINE = frozenset(f"{_ADMONITIONS} {_QUOTES}".split())
"""Directives without arguments: what stands in their first line belongs to the body."""

VERSIONS = frozenset(_VERSIONS.split())
"""Directives whose argument is a version, and text behind it."""

MARKDOWN = frozenset(
    f"{_ADMONITIONS} {_VERSIONS} {_OBJECTS} {_QUOTES} {_BOXES} {_TITLED_BODIES}".split()
)
"""Directives whose body is Markdown."""

CODE = frozenset("code code-block code-cell sourcecode mermaid".split())
"""Directives whose body is code."""

_LITERAL = re.compile(
    r"(?:auto|jupyter-|raw|test)|(?:"
    r"bibliography|blockdiag|command-output|contents|csv-table|currentmodule|date|default-domain|"
    r"default-role|digraph|doctest|embed|eval-rst|graph|graphviz|highlight|iframe|image|include|"
    r"index|inheritance-diagram|literalinclude|math|meta|module|parsed-literal|plantuml|plot|"
    r"productionlist|program|program-output|replace|role|sectnum|tabularcolumns|toctree|unicode|"
    r"video|youtube|py:module|py:currentmodule|js:module|rst:directive)$"
)
"""Directives that hold code, data, other markup, or nothing for readers."""

OPTIONS = frozenset({"alt", "caption", "link-alt", "subtitle", "title", "tooltip"})
"""Options whose values are text."""

OWN_OPTIONS = {"csv-table": frozenset({"header"})}
"""Further ones of single directives."""


def has_title(name: str) -> bool:
    """Whether what stands behind a directive's name is text."""
    return name in TITLED or name in FIRST_LINE or name.startswith("prf:")


def holds_markdown(name: str, *, colons: bool) -> bool | None:
    """Whether a directive's body is Markdown; `None` when it is not known.

    Colons are made for Markdown (MyST-Parser's documentation, "Code fences using colons"), so that
    a directive between them holds some unless it is known not to. What has a domain (`py:function`)
    describes an object.
    """
    if name in MARKDOWN:
        return True
    if name in CODE or _LITERAL.match(name):
        return False
    if colons or ":" in name:
        return True
    return None
