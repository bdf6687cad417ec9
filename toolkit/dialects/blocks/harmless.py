"""Tags that only tell a text's direction and language, which any translation may have."""

from __future__ import annotations

import re

_VALUE = {
    "dir": "ltr|rtl|auto",
    "lang": "[A-Za-z][A-Za-z0-9-]*",
    "translate": "yes|no",
}
_ATTRIBUTES = "|".join(
    rf"{name}=(?P<{name}>[\"']?)(?:{value})(?P={name})" for name, value in _VALUE.items()
)
_TAG = re.compile(rf"<(?:span|bdi)(?:\s+(?:{_ATTRIBUTES}))*\s*>|</(?:span|bdi)\s*>")


def is_harmless(tag: str) -> bool:
    """Whether a tag is one of `span` or `bdi` with no attributes but `dir`, `lang`, `translate`."""
    return bool(_TAG.fullmatch(tag))
