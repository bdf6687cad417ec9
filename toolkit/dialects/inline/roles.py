"""Roles in a text: `` {name}`content` `` (MyST-Parser's documentation, "Roles")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.dialects.inline.mark import Markup
from toolkit.dialects.inline.reading import marks
from toolkit.model.expressions import late

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.dialects.inline.grammar import Grammar
    from toolkit.dialects.inline.mark import Mark

_TEXT_ROLES = (
    "abbr|abbreviation|bdg|bdg-[a-z-]+|command|del|dfn|emphasis|file|guilabel|kbd|keyboard|mark|"
    "menuselection|sc|smallcaps|strike|strong|sub|subscript|sup|superscript|t|term|title|"
    "title-reference|u|underline"
)
"""Roles whose content is text; that of others names something."""
_NAME = r"[A-Za-z][\w:.+-]{0,99}"
_TARGET = late(r"<(?P<target>[^<>]*)>\s*\Z")
_IS_TEXT = late(rf"(?:{_TEXT_ROLES})\Z")

ROLES = (
    rf"\{{(?:{_TEXT_ROLES})\}}`+(?!`)",
    rf"\{{{_NAME}\}}(?P<role>`++)(?:[^`<]{{1,999}}|[^`]{{1,999}}(?<!>))(?P=role)(?!`)",
    rf"\{{{_NAME}\}}`+(?!`)",
    r"<[^<>`\n]{1,999}>`+",
)
"""Patterns of what of a role holds no words: all of it, or all but its text."""


def role_uses(text: str, grammar: Grammar) -> Iterator[tuple[str, str]]:
    """Yield the name of each role in a text and what it names; empty where it holds text."""
    if grammar.roles and "}`" in text:
        for mark in marks(text, grammar):
            if mark.kind is Markup.ROLE:
                yield role_of(text, mark)


def role_of(text: str, mark: Mark) -> tuple[str, str]:
    """Return the name of a role and what it names; the text that some show is translated."""
    name = text[mark.start + 1 : text.index("}", mark.start)]
    content = text[mark.inner : mark.inner_end]
    target = _TARGET.search(content)
    if target:
        return name, " ".join(target["target"].split())
    return name, "" if _IS_TEXT.match(name) else " ".join(content.split())


def named_place(text: str, mark: Mark) -> tuple[int, int]:
    """Return where the role `mark` writes what it names, or its content where that is alone."""
    target = _TARGET.search(text, mark.inner, mark.inner_end)
    return target.span("target") if target else (mark.inner, mark.inner_end)
