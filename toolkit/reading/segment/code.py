"""The translated parts of a code block: comments, strings, the labels of diagrams.

Which tokens are comments and strings is said by Pygments' lexer for the fence's language; a
language that it does not know has neither.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from toolkit.dialects.dialect import CodePart
from toolkit.model.expressions import late
from toolkit.model.units import Kind
from toolkit.reading.segment.diagrams import diagram_labels
from toolkit.reading.segment.lexing import comments_and_strings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.dialects.dialect import Dialect

_LANGUAGE = late(r"\{?[ ]*\.?(?P<name>[\w+#.-]*)")
_LINE = late(r"[^\n]+")
_OPENING = late(
    r"[ \t]*"
    r"(?:/\*+!?|//[/!]*|#+[!:]?|--+(?:\[\[)?|;+|%+\{?|<!--+|\(\*+|\{-|\*(?!/)|=begin\b|'(?=\s))?"
    r"[ \t]*"
)
_CLOSING = late(r"[ \t]*(?:\*+/|--+>|\*+\)|-\}|\]\]|%\}|=end\b)?[ \t\r]*$")
_QUOTES = late(r"(?P<prefix>[A-Za-z]{0,3}\#{0,3})(?P<quote>\"\"\"|'''|[\"'`])")
_MOST_CHARACTERS = 50_000
"""Longer blocks are data; lexers are not made for them."""


class Piece(NamedTuple):
    """A piece of code that is translated; its place counts in that block."""

    start: int
    end: int
    kind: Kind


def language_of(info: str) -> str:
    """The language that a fence names: `rust` for `rust,editable` and for `{.rust title="x"}`."""
    match = _LANGUAGE.match(info)
    return match["name"].lower() if match else ""


def code_pieces(
    info: str, content: str, dialect: Dialect, *, included: bool | None = None
) -> tuple[Piece, ...]:
    """The pieces of fenced code that are translated, in order; `info` is the fence's text.

    `included` is what the writer says of all of it.
    """
    if included is None and (not dialect.code or len(content) > _MOST_CHARACTERS):
        return ()
    language = language_of(info)
    part = dialect.code_part(language)
    if included is not None:
        part = CodePart.BLOCKS if included else CodePart.NONE
    match part:
        case CodePart.NONE:
            return ()
        case CodePart.BLOCKS:
            text = content.strip("\n")
            start = content.find(text)
            return (Piece(start, start + len(text), Kind.CODE_BLOCK),) if text.strip() else ()
        case CodePart.LABELS:
            labels = diagram_labels(language, content)
            return tuple(Piece(start, end, Kind.DIAGRAM_LABEL) for start, end in labels)
    return _lexed(language, content, strings=part is CodePart.TEXTS, marks=dialect.code_marks)


def code_shape(info: str, content: str, dialect: Dialect, *, included: bool | None = None) -> str:
    """All of fenced code but what is translated; of two equal ones the same texts differ."""
    pieces = code_pieces(info, content, dialect, included=included)
    if not pieces:
        return content
    ends = (0, *(piece.end for piece in pieces))
    starts = (*(piece.start for piece in pieces), len(content))
    return "\0".join([content[end:start] for end, start in zip(ends, starts, strict=True)])


@lru_cache(maxsize=2048)
def _lexed(language: str, content: str, *, strings: bool, marks: bool) -> tuple[Piece, ...]:
    found: list[Piece] = []
    for start, text, is_string in comments_and_strings(language, content):
        if is_string and not strings:
            continue
        kind = Kind.CODE_STRING if is_string else Kind.CODE_COMMENT
        if marks:
            found += _whole(start, text, kind)
        elif is_string:
            found += _unquoted(start, text, kind)
        else:
            found += _comment_lines(start, text, kind)
    return tuple(found)


def _whole(start: int, text: str, kind: Kind) -> Iterator[Piece]:
    bare = text.strip()
    left = start + text.find(bare)
    if bare:
        yield Piece(left, left + len(bare), kind)


def _unquoted(start: int, text: str, kind: Kind) -> Iterator[Piece]:
    """The text between the quotes, where it is one line."""
    opening = _QUOTES.match(text)
    if opening and "\n" not in text and text.endswith(opening["quote"]):
        left, right = opening.end(), len(text) - len(opening["quote"])
        if left < right:
            yield Piece(start + left, start + right, kind)


def _comment_lines(start: int, text: str, kind: Kind) -> Iterator[Piece]:
    """The lines of a comment without its marks; each is a piece, so that code keeps its lines."""
    for line in _LINE.finditer(text):
        opening = _OPENING.match(text, *line.span())
        left = opening.end() if opening else line.start()
        closing = _CLOSING.search(text, left, line.end())
        right = closing.start() if closing else line.end()
        if left < right:
            yield Piece(start + left, start + right, kind)
