"""Tags that only tell a text's direction and language, which any translation may have."""

from __future__ import annotations

import re

_VALUE = {
    "dir": "ltr|rtl|auto",
    "lang": "[A-Za-z][A-Za-z0-9-]*",
    "translate": "yes|no",
}
BLANK = r"[ \t\n\r\f]"
"""Matches a blank of HTML; any other is part of a name."""
_ATTRIBUTES = "|".join(
    rf"{name}=(?P<{name}>[\"']?)(?:{value})(?P={name})" for name, value in _VALUE.items()
)
_OPENING = rf"<(?P<name>span|bdi)(?:{BLANK}+(?:{_ATTRIBUTES}))*{BLANK}*>"
_ELEMENT = re.compile(rf"{_OPENING}(?P<inner>[^<]*)</(?P=name){BLANK}*>")
_TAG = re.compile(rf"{_OPENING}|</(?:span|bdi){BLANK}*>")


def is_harmless(tag: str) -> bool:
    """Whether a tag is one of `span` or `bdi` with no attributes but `dir`, `lang`, `translate`."""
    return bool(_TAG.fullmatch(tag))


def without_harmless(text: str) -> str:
    """Replace elements of such tags by their contents, between blanks."""
    return _ELEMENT.sub(r" \g<inner> ", text) if "<" in text else text
