"""The comment on a machine's translation: who made it, and a hash that tells whether it still is.

`# machine: deepl 3f2a9c01d4e7` stands above the message. Comments survive gettext's programs and
editors; once a person changes the translation, its hash no longer fits.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from toolkit.model.expressions import late

if TYPE_CHECKING:
    from toolkit.model.catalog import Message

_MARK = late(r"\s*machine:[ \t]+(?P<provider>\S+)[ \t]+(?P<digest>[0-9a-f]{12})\s*")
_DIGITS = 12


def machine_mark(provider: str, text: str) -> str:
    """Return the comment for a translation that a provider made."""
    return f"machine: {provider} {_digest(text)}"


def is_mark(comment: str) -> bool:
    """Whether a comment line is such a mark."""
    return bool(_MARK.fullmatch(comment))


def is_machine_made(message: Message) -> bool:
    """Whether a message's translation is a machine's, and nobody has changed it since."""
    marks = map(_MARK.fullmatch, message.comments)
    digests = {mark["digest"] for mark in marks if mark}
    return bool(digests) and _digest(message.string) in digests


def without_marks(comments: tuple[str, ...]) -> tuple[str, ...]:
    """Return comment lines but for the marks among them."""
    return tuple(line for line in comments if not is_mark(line))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
