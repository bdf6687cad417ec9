"""Comments that say which checks leave a message alone.

Translators write `# yiben: ignore number, length`; writers put `<!-- yiben:ignore number -->` in
front of a text, which comes to its message as `#. yiben: ignore number`. Comments survive gettext's
programs, where flags do not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from toolkit.model.catalog import Message

_COMMENT = re.compile(r"\s*yiben:\s*ignore[ \t:]+(?P<names>.*)")
_NONE: frozenset[str] = frozenset()
_BETWEEN = re.compile(r"[\s,]+")


def ignored_checks(message: Message) -> frozenset[str]:
    """The ids of the checks that a message's comments turn off for it."""
    return ignored_by((*message.comments, *message.extracted))


def ignored_by(lines: Iterable[str]) -> frozenset[str]:
    """The ids of the checks that lines of comments turn off."""
    found = [
        match["names"] for line in lines if "yiben:" in line and (match := _COMMENT.fullmatch(line))
    ]
    if not found:
        return _NONE
    return frozenset(name for names in found for name in _BETWEEN.split(names.strip()) if name)
