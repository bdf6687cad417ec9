"""Whether a text holds any character that could act; most texts don't, and need no reading."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.writing.guard.acting import NAMES
from toolkit.writing.guard.anywhere import CONTROLS, has_commit
from toolkit.writing.guard.mentions import has_domain

if TYPE_CHECKING:
    from toolkit.dialects.inline import Grammar
    from toolkit.writing.guard.acting import Place

_ACTIVE = re.compile(rf"[<{{&@\\{CONTROLS}]")
"""Characters that act by themselves."""
_MARKS = re.compile(rf"{_ACTIVE.pattern[:-1]}\[\]}}>:/#!?]")
"""All of these, and some of each that acts beside others."""
_SCHEME_END = "(?i:ttp|tps|ftp|ile|lto|tel|ata|lob|ipt)"
"""Matches the last letters of the schemes that act wherever they stand."""
_ACTIVE_TOGETHER = re.compile(
    r"\](?=[\s(\[:])|\[[\[_tT^]|\}\}|%\}|#\}|--!?>|:::|::(?<!\S::)"
    rf"|:(?<={_SCHEME_END}:)(?=\S)"
    r"|//(?=\w)|#[1-9]|![1-9]|\?[1-9]|-\}|\+\}|=\}|~\}|!\}"
)
"""Characters that act beside others, and those others.

Every feature of running text contains one of these, or `www.`; most texts have none. Each starts
with a character, not with one of several, so that the others are passed over fast.
"""
WORDS = (
    rf"(?:[^\t\n{CONTROLS}\\<>{{}}&@\[\]:/#!?]++"
    rf"|[!?](?![1-9])|:(?!:)(?:(?!\S)|(?<!{_SCHEME_END}:))|/(?!/))++"
)
"""Matches a line of nothing but words: none of the characters above, or not beside those others."""
_SUSPICIOUS_NAME = re.compile(r"=|[\"']\s*/?>|%2[eE]|\.[^\sA-Za-z]*\.")
"""Matches the ends of attributes, and what paths are left by."""


def is_suspicious(text: str, grammar: Grammar, place: Place) -> bool:
    """Whether a text may have features."""
    if _MARKS.search(text) and (_ACTIVE.search(text) or _ACTIVE_TOGETHER.search(text)):
        return True
    if may_be_address(text, grammar):
        return True
    return place in NAMES and is_suspicious_name(text)


def may_be_address(text: str, grammar: Grammar) -> bool:
    """Whether words alone may lead somewhere, or be run as code."""
    if "." in text and ("www." in text.lower() or (grammar.domains and has_domain(text))):
        return True
    return (grammar.mentions and has_commit(text)) or (grammar.code_acts and "`" in text)


def is_suspicious_name(text: str) -> bool:
    """Whether words may do something where themes insert them."""
    return _SUSPICIOUS_NAME.search(text) is not None
