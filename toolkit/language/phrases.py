"""Parts of English sentences that programs say: numbers of things, long texts, other words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def counted(number: int, thing: str, things: str = "") -> str:
    """Return a number with its noun: `no errors`, `1 error`, `2 errors`."""
    if number == 1:
        return f"1 {thing}"
    return f"{number or 'no'} {things or f'{thing}s'}"


def alternatives(words: Sequence[str]) -> str:
    """Return words as what is to be chosen from: `a, b or c`."""
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last


def shortened(text: str, most: int) -> str:
    """Return a text in one line of at most `most` characters."""
    return cut(" ".join(text.split()), most)


def cut(text: str, most: int) -> str:
    """Return at most `most` characters of a text, which shows where the rest is missing."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def needs(packages: Iterable[str], extra: str) -> str:
    """Say which packages are missing, and the extra that brings them."""
    return f"needs {', '.join(packages)}; pip install 'yiben[{extra}]'"


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """Return the known word that is close to an unknown one as a question.

    Where none is, `otherwise`, or all that are known.
    """
    from difflib import get_close_matches  # noqa: PLC0415 - for mistakes only

    words = list(known)
    close = get_close_matches(word, words, n=1)
    if close:
        return f'did you mean "{close[0]}"?'
    return otherwise or f"known: {', '.join(words)}"
