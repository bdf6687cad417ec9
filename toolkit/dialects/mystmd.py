"""MyST as its own engine reads it (mystmd, Jupyter Book 2), where that differs from Sphinx.

Boxes have titles, and the body of a glossary is Markdown: "Admonitions" and "Glossaries" in the
engine's guide.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.dialects.myst import myst

if TYPE_CHECKING:
    from toolkit.dialects.dialect import Dialect

_TITLED = (
    "attention caution danger error hint important note seealso tip warning aside"
    " prf:algorithm solution"
)
_DIRECTIVES = (*(f"{name}.0" for name in _TITLED.split()), "glossary", "blockquote")
_TEXTS = ("short_title", "subtitle", "abstract", "summary", "plain_language_summary", "keypoints")


def mystmd(own: tuple[str, ...]) -> Dialect:
    """The dialect with further directives that hold Markdown, as for `myst`."""
    base = myst((*_DIRECTIVES, *own))
    return replace(
        base,
        name="mystmd",
        grammar=replace(base.grammar, mentions=True, domains=True),
        description=(
            "MyST as its own engine and Jupyter Book 2 read it: as `myst`, but boxes have "
            "titles (`:::{note} Title`), glossaries hold Markdown, `short_title` and further "
            "front matter"
        ),
        front_matter_texts=_TEXTS,
        made=lambda said: mystmd(said.directives),
    )


DIALECT = mystmd(())
