"""The tokens of JavaScript and TypeScript."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

_TOKEN = re.compile(
    r"""(?P<blank>\s+|//[^\n]*|/\*.*?\*/)
    |(?P<string>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)
    |(?P<number>\d[\w.]*)
    |(?P<name>[A-Za-z_$][\w$]*)
    |(?P<mark>\.\.\.|=>|\?\?|\|\||&&|[=!]==?|.)""",
    re.VERBOSE | re.DOTALL,
)
_BLANK = "blank"
_REGEX = re.compile(r"/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\[\n])+/[a-z]*")
_ESCAPE = re.compile(r"\\(u\{[0-9A-Fa-f]+\}|u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|\n|.)", re.DOTALL)
_SIMPLE = dict(zip("ntrbfv0\n", (*"\n\t\r\b\f\v\0", ""), strict=True))
_BEFORE_REGEX = frozenset("(,=:[!&|?{};") | {"return", "=>", "||", "&&", "??"}


class TokenKind(StrEnum):
    """The kind of a token."""

    STRING = "string"
    NUMBER = "number"
    NAME = "name"
    MARK = "mark"
    REGEX = "regex"
    NONE = ""
    """The kind that is read after the last token."""


class Token(NamedTuple):
    """A token: its kind, and how it is written."""

    kind: TokenKind
    text: str


def tokens_of(text: str) -> list[Token]:
    """The tokens of a script without blanks and comments."""
    found: list[Token] = []
    place = 0
    while place < len(text):
        before = found[-1].text if found else "("
        regex = _REGEX.match(text, place) if before in _BEFORE_REGEX else None
        match = regex or _TOKEN.match(text, place)
        if match is None:
            break
        if match.lastgroup != _BLANK:
            kind = TokenKind.REGEX if regex else TokenKind(str(match.lastgroup))
            found.append(Token(kind, match[0]))
        place = match.end()
    return found


def string_value(text: str) -> str | None:
    """Return the value of a string; `None` for a template that something is put into."""
    if text[:1] == "`" and "${" in text:
        return None
    if text[:1] not in {"'", '"', "`"}:
        return ""
    plain = _ESCAPE.sub(_unescaped, text[1:-1])
    # Two escapes can make one character.
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _unescaped(match: re.Match[str]) -> str:
    code = match[1]
    if len(code) > 1:
        point = int(code[1:].strip("{}"), 16)
        return chr(point) if point <= 0x10FFFF else ""  # noqa: PLR2004 - Unicode's last
    return str(_SIMPLE.get(code, code))
