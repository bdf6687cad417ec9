"""Texts as Babel can hold them: it takes the `% d` of “100 % done” for a placeholder of Python's.

Babel decides that from the text alone, whenever it reads or writes a catalog, and then demands the
same placeholder of the translation. A word joiner (U+2060), which nobody sees, after such a `%`
keeps it from that; in the build it is taken away again.
"""

from __future__ import annotations

from toolkit.model.expressions import late

_JOINER = "\u2060"
_PLACEHOLDER = late(
    r"%(?=(?:\(\w*\))?[-#0 +]?(?:\*|\d+)?(?:\.(?:\*|\d+))?[hlL]?[diouxXeEfFgGcrs%])"
)
"""The `%` of what `babel.messages.catalog.PYTHON_FORMAT` matches (Babel 2.18)."""
_JOINED = late(f"%{_JOINER}")


def shielded(text: str) -> str:
    """A text in which Babel sees no placeholder."""
    return _PLACEHOLDER.sub(f"%{_JOINER}", text)


def is_shielded(text: str) -> bool:
    """Whether a text may have been shielded."""
    return _JOINER in text


def unshielded(text: str) -> str:
    """The text that was shielded."""
    return _JOINED.sub("%", text)
