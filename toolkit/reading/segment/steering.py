"""What writers tell us in comments: leave this out, note that, give this a context."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from toolkit.dialects.blocks.values import Elements, Html, Opaque, Text

if TYPE_CHECKING:
    from toolkit.dialects.blocks.values import Block

_COMMENT_OPEN, _COMMENT_CLOSE = "<!--", "-->"
_COMMAND = re.compile(
    r"(?P<word>(?:yiben|i18n|mdpo)[:-][a-z-]+|(?:TRANSLATORS|i18n)(?=:)):?(?:\s+(?P<text>.*))?",
    re.DOTALL,
)
_WORD = re.compile(r"\w+")
_HELPERS = re.compile(
    r"(?:i18n|mdbook-xgettext)\s*:\s*"
    r"(?:(?P<word>skip(?:[-:\s]+(?:start|end))?)|comment(?![\w-]):?\s*(?P<text>.*))",
    re.DOTALL,
)
"""As mdBook's i18n helpers take them, with blanks and more dashes."""
_MEANINGS = {
    "yiben:off": "off",
    "yiben:on": "on",
    "yiben:skip": "skip",
    "yiben:note": "note",
    "yiben:context": "context",
    "yiben:ignore": "ignore",
    "TRANSLATORS": "note",
    "i18n": "note",
    "i18n:skip": "skip",
    "i18n:skip-start": "off",
    "i18n:skip-end": "on",
    "i18n:comment": "note",
    "mdpo-disable": "off",
    "mdpo-enable": "on",
    "mdpo-disable-next-line": "skip",
    "mdpo-disable-next-block": "skip",
    "mdpo-translator": "note",
    "mdpo-context": "context",
}
"""Our commands, those of mdBook's and mdpo's users that mean the same, and gettext's."""


def comment_of(block: Block | None, source: str) -> str:
    """An HTML block that starts with a comment, or another dialect's comment as one in HTML."""
    match block:
        case Text():
            pass
        case Html(lines):
            start, end = lines[0][0], lines[-1][1]
            return source[start:end] if source.startswith(_COMMENT_OPEN, start) else ""
        case Elements(comment=comment) | Opaque(comment=comment) if comment:
            return f"{_COMMENT_OPEN} {comment} {_COMMENT_CLOSE}"
    return ""


@dataclass(slots=True)
class Steering:
    """What the comments read so far mean for the next units."""

    off: bool = False
    skip: bool = False
    notes: list[str] = field(default_factory=list)
    context: str | None = None

    def read(self, text: str) -> None:
        """Take in the commands among the comments of an HTML block."""
        for comment in text.split(_COMMENT_OPEN)[1:]:
            inside = comment.partition(_COMMENT_CLOSE)[0].strip().strip("-").strip()
            if helper := _HELPERS.fullmatch(inside):
                word = "-".join(_WORD.findall(helper["word"] or "comment"))
                self._obey(_MEANINGS[f"i18n:{word}"], (helper["text"] or "").strip())
            elif command := _COMMAND.fullmatch(inside):
                self._obey(_MEANINGS.get(command["word"], ""), (command["text"] or "").strip())

    def _obey(self, meaning: str, text: str) -> None:
        if meaning in {"on", "off"}:
            self.off = meaning == "off"
        elif meaning == "skip":
            self.skip = True
        elif meaning == "note" and text:
            self.notes.append(" ".join(text.split()))
        elif meaning == "ignore" and text:
            self.notes.append(f"yiben: ignore {' '.join(text.split())}")
        elif meaning == "context" and text:
            self.context = text

    def take(self) -> tuple[tuple[str, ...], str | None]:
        """Notes and context for the unit that comes now; they hold for it alone."""
        taken = tuple(self.notes), self.context
        self.notes, self.context = [], None
        return taken
