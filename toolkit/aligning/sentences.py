"""The sentences of a text, by the marks that end them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from toolkit.language.code_spans import code_span
from toolkit.language.punctuation import MEANINGS

if TYPE_CHECKING:
    from collections.abc import Sequence

CLOSING = r"(?:[)\]”’」』）\"'…]|[^\S\n]?[\U0001f000-\U0001faff\u2600-\u27bf]\ufe0f?)*"
"""Matches the rest of a sentence behind its mark: brackets, quotation marks, emoji."""
WHOLE = re.compile(
    rf"{code_span()}|!?\[[^\[\]]*\](?:\([^()]*\)|\[[^\[\]]*\])?|<[^<>]*>|\{{\{{[^{{}}\n]*\}}\}}"
    r"|（[^（）]*）|\([^()]*\)|“[^“”]*”|「[^「」]*」",
)
"""Matches code, links, tags and quotations, inside of which no sentence ends."""
_END = re.compile(rf"[。！？!?]|\.(?=\s|{CLOSING}[*_]*$)|[:：](?={CLOSING}[*_]*$)")
_ENDS = ".!?"
_REMEMBERED = 16384


@lru_cache(maxsize=_REMEMBERED)
def sentence_marks(text: str) -> str:
    """The marks that end the sentences of a text, each as the one of ASCII that means the same.

    A colon is one at the end of the text alone.
    """
    bare = WHOLE.sub("x", text)
    return "".join(MEANINGS.get(match[0], match[0]) for match in _END.finditer(bare))


def count_sentences(text: str) -> int:
    """The number of sentences of a text, which is one at least."""
    return max(1, len(sentence_marks(text).rstrip(":")))


def has_marks_of(whole: str, parts: Sequence[str]) -> bool:
    """Whether the sentences of a text have the marks of its parts, each of which ends with one.

    Only different marks tell: full stops stand everywhere.
    """
    marks, ends = sentence_marks(whole), [sentence_marks(part) for part in parts]
    inner = all(end and end[-1] in _ENDS for end in ends[:-1])
    return len(set(marks)) > 1 and inner and bool(ends[-1]) and marks == "".join(ends)
