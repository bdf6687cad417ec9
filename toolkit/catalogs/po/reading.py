"""Read the bytes of a PO file as a `Catalog`."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from toolkit.catalogs.po.decoding import Decoded, decode, is_utf8
from toolkit.catalogs.po.diagnosis import merge_leftovers
from toolkit.catalogs.po.escapes import unescape
from toolkit.catalogs.po.marks import STICKY, anything_hidden, reveal
from toolkit.catalogs.po.scanning import scan
from toolkit.model.catalog import Catalog, Message
from toolkit.model.errors import CatalogError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from toolkit.catalogs.po.usual import Place
    from toolkit.model.catalog import MessageKey

_CHARSET = re.compile(r"(charset=)([^\s;]+)")
_NUL = "\0"


class Reading(NamedTuple):
    """The content of a file, and the places where it stands."""

    decoded: Decoded
    messages: tuple[Message, ...]
    """The messages in file order, the header included."""
    places: tuple[Place, ...]
    """The place of each message."""


def read(path_name: str, data: bytes, *, compendium: bool = False) -> Reading:
    r"""Read a PO or POT file; `path_name` is only shown in problems.

    In a `compendium` a text may hold several versions, which is a problem elsewhere.

    Dropped, as GNU gettext drops them: comments after the last message, a reference or flag told
    twice, blanks around flags.

    Raises `CatalogError` with every problem found. A message told twice is one, also when one of
    the two is obsolete: gettext refuses such a file, and keeping either would lose the other.

    Rules: GNU gettext manual, "The Format of PO Files"; where it is silent, `msgcat` 0.21.
    """
    decoded = decode(path_name, data)
    text = decoded.lines
    found = scan(path_name, text)
    problems = [*found.problems, *_nuls(path_name, text)]
    if not compendium:
        problems += merge_leftovers(path_name, text)
    messages = [
        lines if isinstance(lines, Message) else _message(lines, place.keyword)
        for lines, place in zip(found.messages, found.places, strict=True)
    ]
    problems += _repeated(path_name, messages)
    if problems:
        raise CatalogError(sorted(problems, key=lambda problem: (problem.line, problem.column)))
    return Reading(decoded, tuple(messages), found.places)


def _nuls(path_name: str, text: str) -> list[Problem]:
    if _NUL not in text:
        return []
    return [
        Problem(path_name, number, line.index(_NUL) + 1, "a NUL character; delete it")
        for number, line in enumerate(text.split("\n"), 1)
        if _NUL in line
    ]


def _repeated(path_name: str, messages: Iterable[Message]) -> list[Problem]:
    first: dict[MessageKey, int] = {}
    problems = []
    for message in messages:
        line = first.setdefault(message.key, message.line)
        if line != message.line:
            what = "this obsolete message" if message.obsolete else "this message"
            words = f"{what} is also on line {line}; keep one of the two"
            problems.append(Problem(path_name, message.line, 1, words))
    return problems


class _Lines:
    """The lines of a message, by what they say."""

    __slots__ = ("comments", "extracted", "flags", "obsolete", "plurals", "references", "texts")

    def __init__(self, lines: Iterable[str]) -> None:
        self.texts: dict[str, str] = {}
        """The text after each keyword, and after `#| ` and a keyword."""
        self.plurals: list[str] = []
        self.comments: list[str] = []
        self.extracted: list[str] = []
        self.references: list[str] = []
        self.flags: list[str] = []
        self.obsolete = False
        for line in lines:
            if line[0] == "#" and line[1] not in "~|":
                self._comment(line[1], line)
            else:
                self._text(line)

    def _comment(self, kind: str, line: str) -> None:
        if kind == ":":
            self.references += line[3:].split()
        elif kind == ",":
            self.flags += line[3:].split(", ")
        elif kind == ".":
            self.extracted.append(_comment(line[3:]))
        else:
            self.comments.append(_comment(line[2:]))

    def _text(self, line: str) -> None:
        keyword, _, body = line[:-1].partition(' "')
        text = unescape(body)
        if keyword.startswith("msgstr["):
            self.plurals.append(text)
        elif keyword == "#~ msgid":
            self.obsolete = True
            self.texts["msgid"] = text
        else:
            self.texts[keyword] = text


def _message(lines: Sequence[str], number: int) -> Message:
    found = _Lines(lines)
    texts = found.texts
    # `Fuzzy` is no flag to gettext, and not written by it.
    flags = dict.fromkeys(one for one in found.flags if one == "fuzzy" or one.lower() != "fuzzy")
    plural = texts.get("msgid_plural")
    message = Message(
        # A mark stands before both.
        id=texts["msgid"][1:],
        string=texts.get("msgstr", ""),
        context=texts.get("msgctxt"),
        id_plural=plural[1:] if plural else None,
        plurals=tuple(found.plurals),
        comments=tuple(found.comments),
        extracted=tuple(found.extracted),
        references=tuple(dict.fromkeys(found.references)),
        flags=tuple(flag for flag in flags if not flag.startswith(STICKY)),
        sticky=tuple(flag[1:] for flag in flags if flag.startswith(STICKY)),
        previous_context=texts.get("#| msgctxt"),
        previous_id=texts.get("#| msgid"),
        previous_plural=texts.get("#| msgid_plural"),
        obsolete=found.obsolete,
        line=number,
    )
    return _revealed(message) if any(map(anything_hidden, lines)) else message


def _comment(line: str) -> str:
    """A comment line as it was meant: gettext puts a blank after a last backslash."""
    line = line[:-1]
    return line[:-1] if line.endswith("\\ ") else line


def _revealed(message: Message) -> Message:
    """Put back what the guard hid, wherever it may be."""
    changes: dict[str, Any] = {}
    for field in fields(message):
        value = getattr(message, field.name)
        if isinstance(value, str):
            changes[field.name] = reveal(value)
        elif isinstance(value, tuple):
            changes[field.name] = tuple(map(reveal, value))
    return replace(message, **changes)


def is_header(message: Message) -> bool:
    """Whether a message is the header entry of its file."""
    return message.key == (None, "") and not message.obsolete


def catalog_of(messages: Sequence[Message]) -> Catalog:
    r"""Return the messages of a file as a catalog.

    Header fields are split at the first colon and lose the one blank after it; a header line
    without a colon is kept as `("", line)`, so an empty header entry is `(("", ""),)` and an
    absent one `()`. A charset other than UTF-8 becomes UTF-8, as texts no longer have one.
    `#.` comments of the header join its other comments.
    """
    header = next(filter(is_header, messages), None)
    if header is None:
        return Catalog(tuple(messages))
    return Catalog(
        messages=tuple(one for one in messages if one is not header),
        header=tuple(map(_header_field, header.string.removesuffix("\n").split("\n"))),
        header_comments=header.comments + header.extracted,
        header_flags=header.flags,
    )


def _header_field(line: str) -> tuple[str, str]:
    key, colon, value = line.partition(":")
    if not colon or not key:
        return "", line
    if key.lower() == "content-type":
        value = _CHARSET.sub(_in_utf8, value)
    return key, value.removeprefix(" ")


def _in_utf8(found: re.Match[str]) -> str:
    return found[0] if is_utf8(found[2]) else f"{found[1]}UTF-8"
