"""The translated parts of a code block: comments, strings, the labels of diagrams.

Which tokens are comments and strings is said by Pygments' lexer for the fence's language; a
language that it does not know has neither.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from toolkit.dialects.dialect import CodePart
from toolkit.model.expressions import late
from toolkit.model.units import Kind
from toolkit.reading.segment.diagrams import diagram_labels

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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
_COMMENT_MARKS = ("//", "/*", "#", "--")
"""The starts of documentation that is a comment; in other languages it is a string."""
_STRING = "string"
_DOCUMENTATION = "documentation"
_CUT = frozenset({_STRING, "lines"})
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
    return "\0".join(content[end:start] for end, start in zip(ends, starts, strict=True))


@lru_cache(maxsize=2048)
def _lexed(language: str, content: str, *, strings: bool, marks: bool) -> tuple[Piece, ...]:
    lexer = _lexer(language)
    if lexer is None:
        return ()
    found: list[Piece] = []
    for start, text, is_string in _runs(lexer.get_tokens_unprocessed(content)):
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


@cache
def _lexer(language: str) -> Any:  # noqa: ANN401 - Pygments has no types
    """Return the lexer of a language, loaded once; None where Pygments has none for it."""
    # Pygments is slow to import, and few projects translate code.
    from pygments.lexers import get_lexer_by_name  # noqa: PLC0415

    return get_lexer_by_name(language) if language in _languages() else None


@cache
def _languages() -> frozenset[str]:
    """The names by which Pygments and its plugins know languages, asked for once."""
    from pygments.lexers import get_all_lexers  # noqa: PLC0415 - as above

    return frozenset(alias.lower() for one in get_all_lexers() for alias in one[1])


def _runs(tokens: Iterable[tuple[int, Any, str]]) -> Iterator[tuple[int, str, bool]]:
    """Each comment and each string as start, text and whether it is a string.

    Lexers cut strings at escapes and placeholders, and some comments at their marks; the pieces are
    put together again.
    """
    start, text, last = 0, "", ""
    for index, kind, value in tokens:
        what = _what(kind, value)
        if what == last and what in _CUT:
            text += value
            continue
        if last:
            yield start, text, last == _STRING
        start, text, last = index, value, what
    if last:
        yield start, text, last == _STRING


def _what(kind: Any, value: str) -> str:  # noqa: ANN401 - Pygments has no types
    """Whether a token is a comment, a comment of many lines, a string or none of them."""
    what = _of_kind(kind)
    if what == _DOCUMENTATION:
        return "comment" if value.lstrip().startswith(_COMMENT_MARKS) else _STRING
    return what


@cache
def _of_kind(kind: Any) -> str:  # noqa: ANN401 - Pygments has no types
    """Return the role of tokens of a kind, as `_what` does; for documentation, values decide."""
    from pygments.token import Comment, String  # noqa: PLC0415 - as above

    if kind in Comment:
        code = kind in Comment.Preproc or kind in Comment.PreprocFile or kind in Comment.Hashbang
        return "" if code else "lines" if kind in Comment.Multiline else "comment"
    if kind in String.Doc:
        return _DOCUMENTATION
    # Strings that a program runs or names things by hold no texts.
    named = (String.Symbol, String.Backtick, String.Regex)
    return _STRING if kind in String and not any(kind in one for one in named) else ""


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
