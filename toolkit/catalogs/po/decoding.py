"""Turn the bytes of a PO file into text and back: byte order mark, charset, line ends."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from toolkit.model.errors import CatalogError, Problem

_CHARSET = re.compile(rb'^"?[^#\n]*Content-Type:[^"\n]*charset=([A-Za-z0-9_.:+-]+)', re.MULTILINE)
_CHARSET_IN_TEXT = re.compile(r"(Content-Type:[^\"\n]*charset=)([A-Za-z0-9_.:+-]+)")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_RETURNS = "the lines end with a carriage return alone; save the file with the line ends of Unix"
_LEAST_CHARACTERS = 4
"""Text of another charset next to never holds so many characters of UTF-8, and nothing else."""
_UNSET = {"charset", "ascii", "us-ascii"}


class Decoded(NamedTuple):
    """The text of a file and how it stands in its bytes."""

    text: str
    """The text with the line ends of the file."""
    charset: str = "UTF-8"
    """The charset as the header names it."""
    bom: bool = False
    """Whether a byte order mark stands in front."""

    @property
    def lines(self) -> str:
        r"""The text with `\n` for every line end."""
        return self.text.replace("\r\n", "\n") if "\r\n" in self.text else self.text

    @property
    def newline(self) -> str:
        """The line end that most lines have."""
        windows = self.text.count("\r\n")
        return "\r\n" if windows > self.text.count("\n") - windows else "\n"

    def encode(self, text: str) -> bytes:
        """Return another text as bytes of the same manner; in UTF-8 where the charset ends."""
        if not is_utf8(self.charset):
            try:
                return text.encode(self.charset)
            except UnicodeEncodeError:
                text = _CHARSET_IN_TEXT.sub(r"\1UTF-8", text, count=1)
        return text.encode()


def decode(path_name: str, data: bytes) -> Decoded:
    r"""Read the text of a PO file.

    The charset is the one its header names; UTF-8 where it names none, names the placeholder
    `CHARSET`, or names ASCII (a part of UTF-8). A byte order mark before UTF-8 is dropped.
    Raises `CatalogError` when Python does not know the charset, the bytes are not in it or are
    plainly UTF-8, or when lines end with a carriage return alone: the whole file would be one line.
    """
    if data.startswith(_UTF16):
        raise CatalogError(Problem(path_name, 1, 1, "this is UTF-16; save the file as UTF-8"))
    bom = data.startswith(codecs.BOM_UTF8)
    data = without_mark(data)
    found = _CHARSET.search(data)
    charset = found[1].decode("ascii", "replace") if found else "UTF-8"
    try:
        text = data.decode("utf-8" if charset.lower() in _UNSET else charset)
    except UnicodeDecodeError as error:
        raise CatalogError(_undecodable(path_name, data, error, charset)) from None
    except (LookupError, UnicodeError):
        before = data[: found.start(1) if found else len(data)]
        line = before.count(b"\n") + 1
        words = f"charset {charset} is unknown; convert the file to UTF-8"
        raise CatalogError(Problem(path_name, line, 0, words)) from None
    if "\r" in text and "\n" not in text:
        raise CatalogError(Problem(path_name, 1, 1, _RETURNS))
    if found and not is_utf8(charset) and _is_plainly_utf8(data):
        line = data[: found.start(1)].count(b"\n") + 1
        words = f"the header says {charset}, but the file is in UTF-8; write charset=UTF-8"
        raise CatalogError(Problem(path_name, line, 0, words))
    return Decoded(text, charset, bom)


def without_mark(data: bytes) -> bytes:
    """Return the bytes behind a byte order mark."""
    return data.removeprefix(codecs.BOM_UTF8)


def is_utf8(charset: str) -> bool:
    """Whether a header's charset may stay as it is when the file is written in UTF-8."""
    try:
        return charset.lower() == "charset" or codecs.lookup(charset).name == "utf-8"
    except LookupError:
        return False


def _is_plainly_utf8(data: bytes) -> bool:
    """Whether bytes make so many characters of UTF-8 that they can be text of no other charset."""
    if data.isascii():
        return False
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return False
    return len(text) - len(text.encode("ascii", "ignore")) >= _LEAST_CHARACTERS


def _undecodable(path_name: str, data: bytes, error: UnicodeDecodeError, charset: str) -> Problem:
    before = data[: error.start]
    line = before.count(b"\n") + 1
    column = len(before[before.rfind(b"\n") + 1 :].decode(error.encoding, "replace")) + 1
    words = (
        f"byte 0x{data[error.start]:02x} is not valid {charset}; "
        "save the file as UTF-8 with `charset=UTF-8` in its header"
    )
    return Problem(path_name, line, column, words)
