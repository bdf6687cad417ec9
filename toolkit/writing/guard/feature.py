"""Features: what a text can do beyond being read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from toolkit.dialects.inline import MASK
from toolkit.model.expressions import late

if TYPE_CHECKING:
    from collections.abc import Iterable


class Act(StrEnum):
    """The kinds of features."""

    HTML = "HTML"
    COMMENT = "comment mark"
    ATTRIBUTE = "attribute"
    """Text that could add attributes to a tag into which a theme inserts a name."""
    TARGET = "link target"
    IMAGE = "image"
    MAIL = "mail address"
    MENTION = "mention"
    LABEL = "reference label"
    REFERENCE = "reference"
    DEFINITION = "definition"
    FOOTNOTE = "footnote"
    ATTRIBUTES = "attribute list"
    SNIPPET = "snippet"
    FORMULA = "command in a formula"
    DIRECTIVE = "directive"
    CRITIC = "critic mark"
    CONTENTS = "table of contents"
    EXPRESSION = "expression"
    MACRO = "macro"
    ROLE = "role"
    READER = "broken HTML"
    """Text that confuses a program which reads all HTML of a page first."""
    BOX = "ticked box"
    STRING_END = "backslash before the end of a string"
    LIST_END = "what its list of attributes cannot hold,"
    BIDI = "bidi control"
    CONTROL = "control character"
    CHARACTER = "reference to no character"


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing that a text can do; features with the same effect are equal."""

    act: Act
    text: str
    bare: bool = field(default=False, compare=False)
    """Whether it is a URL that nothing stands around, whose end its characters tell."""

    def __str__(self) -> str:
        if self.act in _BY_CODE:
            return f"{self.act} U+{ord(self.text):04X}"
        return f"{self.act} “{_HIDDEN.sub('…', self.text)}”"


_HIDDEN = re.compile(f"{MASK}+")
"""The text that was hidden from the reading; nobody may see it, and PO cannot hold it."""
_BY_CODE = frozenset({Act.BIDI, Act.CONTROL})
_LEADING = frozenset({Act.TARGET, Act.IMAGE})
_WEB = late(r"(?:https?:)?//(?P<host>[A-Za-z0-9.-]+)(?::\d+)?(?:[/?#][^\\]*)?", re.IGNORECASE)
_ELEMENT = late(r"</?(?P<name>[A-Za-z][\w:-]*)(?: ?/)?>?")
_AUTHORITY = late(r"(?:[A-Za-z][A-Za-z0-9+.-]*:)?//(?P<authority>[^/?#\\]*)")
_SENTENCE_MARK = late(r"[^\x21-\x7e\w]|[)\]}>,;:!?.'\"*_~|]")


def host_of(target: str) -> str:
    """Return the host a web address leads to; empty where it may lead elsewhere than it seems."""
    match = _WEB.fullmatch(target)
    return match["host"].lower() if match else ""


def _is_below(target: str, allowed: tuple[str, ...]) -> bool:
    """Whether a target is a root path below one that is allowed."""
    paths = (one.rstrip("/") for one in allowed if one.startswith("/") and one != "/")
    plain = target.partition("#")[0].partition("?")[0]
    is_root = plain.startswith("/") and not plain.startswith("//") and ".." not in plain.split("/")
    return is_root and any(f"{plain}/".startswith(f"{path}/") for path in paths)


def is_allowed(feature: Feature, allowed: tuple[str, ...]) -> bool:
    """Whether the project allows a feature: the host of a target, or an element."""
    if feature.act in _LEADING:
        return host_of(feature.text) in allowed or _is_below(feature.text, allowed)
    element = _ELEMENT.fullmatch(feature.text) if feature.act is Act.HTML else None
    return element is not None and element["name"] in allowed


def meant(target: str, known: Iterable[str]) -> str:
    """Return the known URL that a bare one is, with some of the sentence behind it; else nothing.

    Programs take `https://example.org/a，以及` for one URL. The host has to be the same.
    """
    found = (
        one
        for one in known
        if one
        and target.startswith(one)
        and _SENTENCE_MARK.match(target, len(one))
        and _authority(target) == _authority(one)
    )
    return max(found, key=len, default="")


def _authority(target: str) -> str:
    match = _AUTHORITY.match(target)
    return match["authority"] if match else ""
