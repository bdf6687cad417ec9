r"""Escape sequences of PO strings, as GNU gettext 0.21 reads them (po-lex.c).

`\a \b \f \n \r \t \v \\ \"`, one to three octal digits, `\x` and hexadecimal digits; the
numbers are bytes of UTF-8.
"""

from __future__ import annotations

import re

import polib

from toolkit.model.expressions import late

KNOWN_TO_POLIB = r'[nrtvbf"\\]'
UNKNOWN = late(r'(?:\\(?:[abfnrtv"\\0-7]|x[0-9A-Fa-f]))|(\\.?)', re.DOTALL)
"""Matches every escape sequence; group 1 is set at one that gettext does not know."""

_PAIR = late(r"((?:\\(?:[0-7]{1,3}|x[0-9A-Fa-f]+))+)|\\(.)", re.DOTALL)
_NUMBER = late(r"\\(?:([0-7]{1,3})|x([0-9A-Fa-f]+))")
_CONTROL = re.compile(r"[\a\b\f\n\r\t\v]")
_ESCAPED = {
    "\a": r"\a",
    "\b": r"\b",
    "\f": r"\f",
    "\n": r"\n",
    "\r": r"\r",
    "\t": r"\t",
    "\v": r"\v",
}


def escape(text: str) -> str:
    r"""Give `text` as it stands between quotes, e.g. `say \"hi\"\n`."""
    text = text.replace("\\", r"\\").replace('"', r"\"")
    return text if text.isprintable() else _CONTROL.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    return _ESCAPED[found[0]]


def unescape(body: str) -> str:
    """Return the text that stands between quotes, of escapes that polib knows."""
    parts = body.split(r"\\")
    if all(part.count("\\") == part.count(r"\"") for part in parts):
        return "\\".join([part.replace(r"\"", '"') for part in parts])
    return polib.unescape(body)


def simplify(body: str) -> str:
    r"""Rewrite the escapes polib does not know (`\a`, numbers) into what it does.

    Raises `ValueError` when numbers give no UTF-8, or a NUL.
    """
    return _PAIR.sub(_simpler, body)


def _simpler(found: re.Match[str]) -> str:
    if found[1] is None:
        return "\a" if found[2] == "a" else found[0]
    numbers = _NUMBER.findall(found[1])
    # gettext keeps the low byte of a longer number, as C does.
    codes = bytes((int(octal, 8) if octal else int(digits, 16)) & 0xFF for octal, digits in numbers)
    if 0 in codes:
        raise ValueError("NUL")
    # A raw bell is what polib can carry; the escape of it is what it cannot.
    return "\a".join(escape(part) for part in codes.decode("utf-8").split("\a"))


def split_lines(text: str) -> list[str]:
    r"""Cut after every `\n`; the parts joined give `text`."""
    lines = [f"{line}\n" for line in text.split("\n")]
    last = lines.pop()[:-1]
    return [*lines, last] if last else lines
