"""The meaning of a target, from its notation."""

from __future__ import annotations

import html
import re

from markdown_it.common.utils import unescapeAll

from toolkit.reading.targets.value import Writing

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_PATHS = frozenset({Writing.PATH, Writing.PATH_SINGLE, Writing.PATH_LINE})
_MARKDOWN = frozenset({Writing.PLAIN, Writing.ANGLE})


def url_of(written: str, writing: Writing) -> str:
    """The URL that `written` means in its place; percent escapes stay as they are."""
    if writing in _MARKDOWN:
        return unescapeAll(written).strip() if "\\" in written or "&" in written else written
    if writing in _PATHS:
        return written.strip()
    url = decoded(written)
    if writing is Writing.MAIL:
        return f"mailto:{url}"
    is_short = writing is Writing.BARE and url[:4].lower() == "www."
    return f"http://{url}" if is_short else url


def decoded(text: str) -> str:
    """Return a text with its character references decoded as Markdown does it.

    Unlike HTML it knows none without a semicolon (CommonMark 0.31, section 2.5).
    """
    return _ENTITY.sub(lambda match: html.unescape(match[0]), text) if "&" in text else text
