"""Roles in a text: `` {name}`content` `` (MyST-Parser's documentation, "Roles")."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_TEXT_ROLES = (
    "abbr|abbreviation|bdg|bdg-[a-z-]+|command|del|dfn|emphasis|file|guilabel|kbd|keyboard|mark|"
    "menuselection|sc|smallcaps|strike|strong|sub|subscript|sup|superscript|t|term|title|"
    "title-reference|u|underline"
)
"""Roles whose content is text; that of others names something."""
_NAME = r"[A-Za-z][\w:.+-]{0,99}"
_ROLE = re.compile(
    rf"\{{(?P<name>{_NAME})\}}(?P<ticks>`++)(?P<content>.{{1,999}}?)(?<!`)(?P=ticks)(?!`)",
    re.DOTALL,
)
_ROLE_OR_CODE = re.compile(
    rf"\\.|{_ROLE.pattern}|(?<!`)(?P<code>`++).{{1,999}}?(?<!`)(?P=code)(?!`)", re.DOTALL
)
"""A role; what is escaped or stands in code is none (`` `${name}` ``)."""
_OTHER_SYNTAX = re.compile(r"[<$]|\]\(\s*\S*\s+[\"'(]")
"""What may hold backticks that start no code."""
_TARGET = re.compile(r"<(?P<target>[^<>]*)>\s*\Z")
_IS_TEXT = re.compile(rf"(?:{_TEXT_ROLES})\Z")

ROLES = (
    rf"\{{(?:{_TEXT_ROLES})\}}`+(?!`)",
    rf"\{{{_NAME}\}}(?P<role>`++)(?:[^`<]{{1,999}}|[^`]{{1,999}}(?<!>))(?P=role)(?!`)",
    rf"\{{{_NAME}\}}`+(?!`)",
    r"<[^<>`\n]{1,999}>`+",
)
"""Patterns of what of a role holds no words: all of it, or all but its text."""


def role_uses(text: str) -> Iterator[tuple[str, str]]:
    """The name of each role in a text and what it names, which is empty where it holds text."""
    for match in _roles(text):
        target = _TARGET.search(match["content"])
        if target:
            yield match["name"], " ".join(target["target"].split())
        else:
            names_something = not _IS_TEXT.match(match["name"])
            yield match["name"], " ".join(match["content"].split()) if names_something else ""


def _roles(text: str) -> Iterator[re.Match[str]]:
    """The roles in a text; a code span that ends in `}` and what follows it make none.

    Beside tags and formulas, which may hold a backtick, whatever looks like a role counts.
    """
    if "}`" not in text:
        return
    outside = _ROLE_OR_CODE.sub("", text)
    pattern = _ROLE if _OTHER_SYNTAX.search(outside) else _ROLE_OR_CODE
    for match in pattern.finditer(text):
        if match["name"]:
            yield match


def without_roles(text: str) -> str:
    """A text without its roles."""
    for match in reversed(list(_roles(text))):
        text = f"{text[: match.start()]} {text[match.end() :]}"
    return text
