"""Directives of MyST by name: what of each one is text.

The names are those of Docutils, Sphinx, MyST-Parser, and of the extensions that their documentation
names most: sphinx-design, sphinx-tabs, sphinx-inline-tabs, sphinx-togglebutton, sphinx-thebe,
sphinx-proof, sphinx-exercise, Sphinx Book Theme.
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
_QUOTES = "aside compound epigraph highlights hlist pull-quote"
_BOXES = (
    "button-link button-ref card-carousel card-footer card-header container class div figure "
    "exercise-end figure-md full-width gallery grid grid-item ifconfig only rst-class solution "
    "solution-end solution-start tab-set tab-set-code tabs"
)
_TITLED_BODIES = (
    "admonition card details dropdown example exercise exercise-start grid-item-card group-tab "
    "list-table margin sidebar tab tab-item table toggle topic"
)

TITLED = frozenset(f"{_TITLED_BODIES} centered contents csv-table rubric thebe-button".split())
"""Directives whose argument is text."""

FIRST_LINE = frozenset(f"{_ADMONITIONS} {_QUOTES} line-block parsed-literal".split())
"""Directives without arguments: what stands in their first line belongs to the body."""

LINES = frozenset({"line-block", "parsed-literal"})
"""Directives whose body is inline text that keeps its lines."""

ATTRIBUTED = frozenset({"epigraph", "highlights", "pull-quote"})
"""Directives whose last paragraph may tell who said the rest."""

VERSIONS = frozenset(_VERSIONS.split())
"""Directives whose argument is a version, and text after it."""

MARKDOWN = frozenset(
    f"{_ADMONITIONS} {_VERSIONS} {_OBJECTS} {_QUOTES} {_BOXES} {_TITLED_BODIES}".split()
)
"""Directives whose body is Markdown."""

CODE = frozenset("code code-block code-cell sourcecode mermaid".split())
"""Directives whose body is code."""

_LITERAL = re.compile(
    r"(?:auto|jupyter-|raw|test)|(?:"
    r"article-info|bibliography|blockdiag|centered|command-output|contents|csv-table|"
    r"currentmodule|date|default-domain|default-role|digraph|doctest|embed|eval-rst|"
    r"graph|graphviz|highlight|iframe|image|include|index|inheritance-diagram|"
    r"literalinclude|math|meta|module|plantuml|plot|productionlist|"
    r"program|program-output|replace|role|rubric|sectnum|tableofcontents|tabularcolumns|thebe-"
    r"button|toctree|unicode|video|youtube|py:module|py:currentmodule|js:module|"
    r"rst:directive)$"
)
"""Directives that hold code, data, other markup, or nothing for readers."""

MARKUP = {"eval-rst": "reStructuredText"}
"""Directives that hold prose in other markup."""

OPTIONS = frozenset({"alt", "caption", "img-alt", "link-alt", "subtitle", "title", "tooltip"})
"""Options whose values are text."""

OWN_OPTIONS = {
    "card": frozenset({"footer", "header"}),
    "article-info": frozenset({"author", "date", "read-time"}),
    "code-cell": frozenset({"code_prompt_hide", "code_prompt_show"}),
    "csv-table": frozenset({"header"}),
}
"""Further ones of single directives."""


NESTED = frozenset({"code-cell"})
"""Directives whose options are mappings of mappings (MyST-NB's `mystnb`)."""


def has_title(name: str) -> bool:
    """Whether what stands after a directive's name is text."""
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
