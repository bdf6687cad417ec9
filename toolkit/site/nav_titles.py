"""Titles in the navigation that come from a page: a list of links such as `SUMMARY.md`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from toolkit.model.catalog import MessageKey

_LINK = re.compile(r"\[((?:\\.|[^\[\]\\])*)\]\(")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def titles_in(texts: Mapping[MessageKey, str]) -> dict[str, str]:
    """Return the titles that the messages of such a page have, each with its translation.

    A link's title is its text; a line without a link names a section.
    """
    found: dict[str, str] = {}
    for (_, source), translation in texts.items():
        old, new = _LINK.findall(source), _LINK.findall(translation)
        pairs = zip(old, new, strict=True) if len(old) == len(new) else ()
        found |= {_plain(one): _plain(other) for one, other in pairs}
        if not old:
            found[_plain(source)] = _plain(translation)
    return found


def _plain(text: str) -> str:
    return _ESCAPE.sub(r"\1", text).strip("*_` ")
