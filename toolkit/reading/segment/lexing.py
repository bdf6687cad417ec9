"""Find the comments and strings of code, by Pygments' lexer for its language."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_COMMENT_MARKS = ("//", "/*", "#", "--")
"""The starts of documentation that is a comment; in other languages it is a string."""
_STRING = "string"
_DOCUMENTATION = "documentation"
_CUT = frozenset({_STRING, "lines"})


class Run(NamedTuple):
    """A comment, or a string, of some code."""

    start: int
    text: str
    is_string: bool


class _Marks(NamedTuple):
    """The marks of which each comment and each string of a language has one."""

    marks: tuple[str, ...]
    flat: bool = True
    """Whether nothing but strings and comments stands inside of these, even if they are broken."""
    pattern: re.Pattern[str] | None = None
    """A further mark, which is one at some places only."""
    inner: tuple[str, ...] = ()
    """Further marks, inside of strings: one that nothing ends may go on behind the last of them."""

    def last_in(self, content: str) -> int:
        """Return where the last mark of some code starts, or -1; with a pattern, where any does."""
        last = max(map(content.rfind, self.marks), default=-1)
        if last >= 0:
            return max(last, *map(content.rfind, self.inner)) if self.inner else last
        found = self.pattern.search(content) if self.pattern else None
        return found.start() if found else -1


_SLASHES = ("//", "/*")
_DIRECTIVE = re.compile(r"(?<!\{)#")
"""The start of a preprocessor's directive, behind which comments have no marks of their own.

A brace stands before those that mdBook puts in the place of code (`{{#include}}`).
"""
_C_MARKS = _Marks(('"', "'", *_SLASHES, "/\\"), flat=False, pattern=_DIRECTIVE)
_MARKS = {
    "Rust": _Marks(('"', "'", *_SLASHES)),
    "TOML": _Marks(("#", '"', "'"), inner=("\\",)),
    "Go": _Marks(('"', "'", "`", *_SLASHES, "/\\")),
    "Java": _Marks(('"', "'", *_SLASHES)),
    "C": _C_MARKS,
    "C++": _C_MARKS,
    "Bash": _Marks(("#", '"', "'", "\\", "<<", "${"), inner=("$", ")", "}", "`")),
    "Python": _Marks(("#", '"', "'"), flat=False),
    "JavaScript": _Marks(('"', "'", "`", *_SLASHES, "<!--"), flat=False),
    "Markdown": _Marks(("```",), flat=False),
    "Diff": _Marks(()),
    "Text only": _Marks(()),
}
"""The marks by the name of Pygments' lexer; code of other languages is read to its end."""
_RUST_NAME = r"[a-zA-Z_]\w*+"
_RUST_WORDS = (
    r"(?:[\s{}()\[\],;.=+*%^|<>&@~?!]++"
    rf"|(?!(?:mod|fn|struct|enum|type|union|default|break|continue)\b|b?r?[\"'#]){_RUST_NAME}"
    rf"|::(?=\w)|(?:fn|mod)\s++{_RUST_NAME}|[0-9][0-9_]*+(?!\w|\.(?!\.))"
    r"|#(?!!?\[)|#!?\[[^\"\[\]]*+\]|/(?![/*])|-(?!>)"
    rf"|(?:->|:(?!:)|(?:struct|enum|type|union)\b)\s*+(?:&\s*+)*+{_RUST_NAME}(?=\s*+[^\s'&\w])"
    r"|(?:->|:)\s*+(?:&\s*+)*+(?:(?=[^\s'&\w:]|[0-9])|(?:mut|dyn|impl)\b)|:(?=:++[^\s'&\w:]))++"
)
"""Matches code after which Pygments' lexer for Rust is in the state that it was in before.

A type behind a colon or an arrow ends where nothing follows that may be part of one.
"""


def comments_and_strings(language: str, content: str) -> Iterator[Run]:
    """Yield the comments and strings of code; none where Pygments does not know its language."""
    lexer = _lexer(language)
    if lexer is None:
        return
    known = _MARKS.get(lexer.name)
    last = known.last_in(content) if known else len(content)
    if last < 0:
        return
    tokens = lexer.get_tokens_unprocessed(content)
    yield from _runs(tokens, last if known and known.flat else len(content))


def _runs(tokens: Iterable[tuple[int, Any, str]], last_mark: int) -> Iterator[Run]:
    """Each comment and each string of the tokens, up to code behind the last mark of one.

    Lexers cut strings at escapes and placeholders, and some comments at their marks; the pieces are
    put together again.
    """
    start, text, last = 0, "", ""
    for index, kind, value in tokens:
        what = _of_kind(kind)
        if what == _DOCUMENTATION:
            what = _of_documentation(value)
        if what == last and what in _CUT:
            text += value
            continue
        if last:
            yield Run(start, text, last == _STRING)
        start, text, last = index, value, what
        if not what and index > last_mark:
            break
    if last:
        yield Run(start, text, last == _STRING)


@cache
def _lexer(language: str) -> Any:  # noqa: ANN401 - Pygments has no types
    """Return the lexer of a language, loaded once; None where Pygments has none for it."""
    # Pygments is slow to import, and few projects translate code.
    from pygments.lexers import get_lexer_by_name  # noqa: PLC0415

    if language not in _languages():
        return None
    lexer = get_lexer_by_name(language)
    own = {"Rust": _rust_lexer, "TOML": _toml_lexer}.get(lexer.name)
    return own() if own else lexer


def _rust_lexer() -> Any:  # noqa: ANN401 - as above
    """Return Pygments' lexer for Rust, which takes words and brackets together.

    It has some forty rules to try for each of them.
    """
    from pygments.lexer import inherit  # noqa: PLC0415 - as above
    from pygments.lexers.rust import RustLexer  # noqa: PLC0415
    from pygments.token import Comment, String, Text  # noqa: PLC0415

    # Nothing else starts with a quote, or with two slashes and another character.
    tokens = {
        "base": [
            (_RUST_WORDS, Text),
            (r'"[^\\"]*+"', String),
            ('"', String, "string"),
            (r"//(?![/!]).*\n", Comment.Single),
            inherit,
        ]
    }
    return type("WordsOfRustLexer", (RustLexer,), {"tokens": tokens})()


def _toml_lexer() -> Any:  # noqa: ANN401 - as above
    """Return Pygments' lexer for TOML, which takes keys, tables and simple strings as wholes."""
    from pygments.lexer import inherit  # noqa: PLC0415 - as above
    from pygments.lexers.configs import TOMLLexer  # noqa: PLC0415
    from pygments.token import String, Text  # noqa: PLC0415

    tokens = {
        "root": [
            (r"(?:[A-Za-z0-9_.\s-]|\[\[?[A-Za-z0-9_. \t-]*+\]\]?)++", Text),
            (r"=\s*", Text, "value"),
            inherit,
        ],
        "value": [(r'"(?!"")[^"\\]*+"', String, "#pop"), inherit],
    }
    return type("KeysOfTomlLexer", (TOMLLexer,), {"tokens": tokens})()


@cache
def _languages() -> frozenset[str]:
    """The names by which Pygments and its plugins know languages, asked for once."""
    from pygments.lexers import get_all_lexers  # noqa: PLC0415 - as above

    return frozenset(alias.lower() for one in get_all_lexers() for alias in one[1])


def _of_documentation(value: str) -> str:
    """Whether documentation is a comment, or a string."""
    return "comment" if value.lstrip().startswith(_COMMENT_MARKS) else _STRING


@cache
def _of_kind(kind: Any) -> str:  # noqa: ANN401 - Pygments has no types
    """Whether tokens are comments, comments of many lines, strings, documentation or none."""
    from pygments.token import Comment, String  # noqa: PLC0415 - as above

    if kind in Comment:
        code = kind in Comment.Preproc or kind in Comment.PreprocFile or kind in Comment.Hashbang
        return "" if code else "lines" if kind in Comment.Multiline else "comment"
    if kind in String.Doc:
        return _DOCUMENTATION
    # Strings that a program runs or names things by hold no texts.
    named = (String.Symbol, String.Backtick, String.Regex)
    return _STRING if kind in String and not any(kind in one for one in named) else ""
