"""From the bytes of a PO file to its text: byte order mark, charset, line ends."""

from __future__ import annotations

import codecs
import re

from toolkit.errors import CatalogError, Problem

_CHARSET = re.compile(rb'^"?[^#\n]*Content-Type:[^"\n]*charset=([A-Za-z0-9_.:+-]+)', re.MULTILINE)
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_UNSET = {"charset", "ascii", "us-ascii"}


def decode(path_name: str, data: bytes) -> str:
    r"""Give the text of a PO file, its line ends made `\n`.

    The charset is the one its header names; UTF-8 where it names none, names the placeholder
    `CHARSET`, or names ASCII (a part of UTF-8). A byte order mark before UTF-8 is dropped.
    Raises `CatalogError` when Python does not know the charset, or the bytes are not in it.
    """
    if data.startswith(_UTF16):
        raise CatalogError(Problem(path_name, 1, 1, "this is UTF-16; save the file as UTF-8"))
    data = data.removeprefix(codecs.BOM_UTF8)
    found = _CHARSET.search(data)
    charset = found[1].decode("ascii", "replace") if found else "UTF-8"
    try:
        text = data.decode("utf-8" if charset.lower() in _UNSET else charset)
    except LookupError:
        line = data.count(b"\n", 0, found.start(1)) + 1 if found else 0
        words = f"charset {charset} is unknown; convert the file to UTF-8"
        raise CatalogError(Problem(path_name, line, 0, words)) from None
    except UnicodeDecodeError as error:
        raise CatalogError(_undecodable(path_name, data, error, charset)) from None
    return text.replace("\r\n", "\n") if "\r\n" in text else text


def is_utf8(charset: str) -> bool:
    """Tell whether a header's charset may stay as it is when the file is written in UTF-8."""
    try:
        return charset.lower() == "charset" or codecs.lookup(charset).name == "utf-8"
    except LookupError:
        return False


def _undecodable(path_name: str, data: bytes, error: UnicodeDecodeError, charset: str) -> Problem:
    before = data[: error.start]
    line = before.count(b"\n") + 1
    column = len(before[before.rfind(b"\n") + 1 :].decode(error.encoding, "replace")) + 1
    words = (
        f"byte 0x{data[error.start]:02x} is not valid {charset}; "
        "save the file as UTF-8 with `charset=UTF-8` in its header"
    )
    return Problem(path_name, line, column, words)
