"""Tags that only tell a text's direction and language, which any translation may have."""

from __future__ import annotations

import re

_VALUE = {
    "dir": "ltr|rtl|auto",
    "lang": "[A-Za-z][A-Za-z0-9-]*",
    "translate": "yes|no",
}
_BLANK = r"[ \t\n\r\f]"
_ATTRIBUTES = "|".join(
    rf"{name}=(?P<{name}>[\"']?)(?:{value})(?P={name})" for name, value in _VALUE.items()
)
_ELEMENT = re.compile(
    rf"<(?P<name>span|bdi)(?:{_BLANK}+(?:{_ATTRIBUTES}))*{_BLANK}*>(?P<inner>[^<]*)</(?P=name){_BLANK}*>"
)
_TAG = re.compile(
    rf"<(?:span|bdi)(?:{_BLANK}+(?:{_ATTRIBUTES}))*{_BLANK}*>|</(?:span|bdi){_BLANK}*>"
)


def is_harmless(tag: str) -> bool:
    """Whether a tag is one of `span` or `bdi` with no attributes but `dir`, `lang`, `translate`."""
    return bool(_TAG.fullmatch(tag))


def without_harmless(text: str) -> str:
    """Replace elements of such tags by their contents, between blanks."""
    return _ELEMENT.sub(r" \g<inner> ", text) if "<" in text else text
