"""A stand-in for a translation: the text with a marker in front of its first word."""

from __future__ import annotations

import re

MARKER = "ẊX "
_WORDLESS = re.compile(
    r"(?<!\\)(?:\\\\)*+\\`|(?<!`)(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)"  # code
    r"|<!--.*?-->|</?[A-Za-z][^<>]*>"  # comments, tags, autolinks
    r"|\]\((?:[^()]|\([^()]*\))*\)|\]\[[^\]]*\]|\[\^[^\]]+\]"  # targets, labels, footnotes
    r"|https?://[^\s)>]+|www\.\S+"
    r"|\$\$.+?\$\$|\$(?=\S)[^$]*?\S\$|\\\(.+?\\\)|\\\[.+?\\\]"  # formulas
    r"|\{\{.*?\}\}|\{%.*?%\}|\{[:#.][^}]*\}|(?<=[)\]`*_])\{[^}]*\}"  # macros, attributes
    r"|(?<![\w:]):[A-Za-z][\w-]*(?=[\[{])"  # directives
    r"|&#?\w+;|\+\+[\w+\"' -]+\+\+|(?<!\w):[a-z0-9+_-]+:(?!\w)",  # entities, keys, emoji
    re.DOTALL,
)
_LETTER = re.compile(r"[^\W\d_]")
_ATTRIBUTE = re.compile(r"""(?:alt|title|aria-label|placeholder)\s*=\s*["']|\]\([^()"]*\s\"""")


def marked(text: str) -> str:
    """`text` with the marker in front of its first word, outside of code, targets and tags.

    A text whose only words are a tag's or link's title gets it there; one without words stays.
    """
    skipped = {place for match in _WORDLESS.finditer(text) for place in range(*match.span())}
    for match in _LETTER.finditer(text):
        if match.start() not in skipped:
            return _inserted(text, _word_start(text, match.start(), skipped))
    attribute = _ATTRIBUTE.search(text)
    return _inserted(text, attribute.end()) if attribute else text


def _word_start(text: str, place: int, skipped: set[int]) -> int:
    while place and text[place - 1].isalnum() and place - 1 not in skipped:
        place -= 1
    return place - 1 if place and text[place - 1] == "\\" else place


def _inserted(text: str, place: int) -> str:
    return text[:place] + MARKER + text[place:]
