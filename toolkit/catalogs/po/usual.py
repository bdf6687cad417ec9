"""Entries in the form that gettext writes, read at one stroke.

Nearly all entries are such. Whatever is unusual in any way is left to `scanning`, which goes line
by line; an entry that both can read is the same message to both.
"""

from __future__ import annotations

from typing import NamedTuple

from toolkit.catalogs.po.escapes import KNOWN_TO_POLIB, unescape
from toolkit.model.catalog import Message
from toolkit.model.expressions import late

_BODY = rf'"[^"\\\n]*+(?:\\{KNOWN_TO_POLIB}[^"\\\n]*+)*+"\n'
_TEXT = rf"({_BODY}(?:{_BODY})*+)"
_PREVIOUS = rf"#\| msgid ({_BODY}(?:#\| {_BODY})*+)"
_ENTRY = late(
    rf"(\n*+)((?:#(?:[.:, ][^\n]*+)?\n)*+)(?:{_PREVIOUS})?(?:msgctxt {_TEXT})?"
    rf"msgid {_TEXT}msgstr {_TEXT}(?:\Z|(?=\n++(?:\Z|#(?![~|])|msgid \"|msgctxt \")))"
)
"""Ends where another message starts, so that nothing after it can belong to it."""


class Place(NamedTuple):
    """The lines of a message in its file, from 1."""

    first: int
    """The line of its first comment, or of its first keyword."""
    keyword: int
    """The line of `msgctxt`, or of `msgid` where there is none."""
    last: int


Usual = tuple[Message, Place, int]
"""An entry of the usual form, where it stands, and the character after its last line."""


class _OddError(Exception):
    """An entry is not of the usual form."""


def usual_entry(text: str, start: int, line: int) -> Usual | None:
    """Read the entry at a place that starts a line, or blank lines before one.

    `line` is the number of the lines before that place.
    """
    found = _ENTRY.match(text, start)
    if found is None:
        return None
    blank, comments, previous, context, source, string = found.groups()
    first = keyword = line + len(blank) + 1
    for lines in (comments, previous, context):
        if lines:
            keyword += lines.count("\n")
    try:
        said = _Comments(comments)
    except _OddError:
        return None
    message = Message(
        _joined(source),
        _joined(string),
        context=None if context is None else _joined(context),
        comments=tuple(said.comments),
        extracted=tuple(said.extracted),
        references=_distinct(said.references),
        flags=_distinct(said.flags),
        previous_id=None if previous is None else _joined(previous.replace("#| ", "")),
        line=keyword,
    )
    last = keyword + source.count("\n") + string.count("\n") - 1
    return message, Place(first, keyword, last), found.end()


def _distinct(words: list[str]) -> tuple[str, ...]:
    return tuple(words) if len(words) < 2 else tuple(dict.fromkeys(words))  # noqa: PLR2004 - plain


class _Comments:
    """The comments of an entry, by what they say."""

    __slots__ = ("comments", "extracted", "flags", "references")

    def __init__(self, text: str) -> None:
        self.comments: list[str] = []
        self.extracted: list[str] = []
        self.references: list[str] = []
        self.flags: list[str] = []
        for line in text.split("\n")[:-1]:
            # Nearly all lines are of these two kinds.
            if line.startswith("#. "):
                self.extracted.append(_checked(line[3:]))
            elif line.startswith("#: ") and line.isprintable():
                self.references += line[3:].split()
            else:
                self._take(line[1:2], line)

    def _take(self, kind: str, line: str) -> None:
        if kind == ".":
            self.extracted.append(_checked(line[2:].removeprefix(" ")))
        elif kind == ":":
            if not line.isprintable():
                # Odd blanks, or marks around names with blanks.
                raise _OddError
            self.references += line[2:].split()
        elif kind == ",":
            self.flags += filter(None, (one.strip(" \t") for one in line[2:].split(",")))
            if any(one != "fuzzy" and one.lower() == "fuzzy" for one in self.flags):
                raise _OddError
        else:
            self.comments.append(_checked(line[1:].removeprefix(" ")))


def _checked(comment: str) -> str:
    if comment.endswith("\\ "):
        raise _OddError
    return comment


def _joined(lines: str) -> str:
    """The text that some lines hold between their quotes."""
    body = lines[1:-2]
    if "\n" in body:
        body = body.replace('"\n"', "")
    return unescape(body) if "\\" in body else body
