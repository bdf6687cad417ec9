"""Instructions of writers in comments: leave this out, note that, give this a context."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from toolkit.dialects.blocks.values import (
    Code,
    Elements,
    Html,
    Opaque,
    block_of,
    note_block,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

    from toolkit.dialects.blocks.values import Block

_COMMENT_OPEN, _COMMENT_CLOSE = "<!--", "-->"
_COMMAND = re.compile(
    r"(?P<word>(?:yiben|i18n|mdpo|translate)[:-][a-z-]+|(?:TRANSLATORS|i18n)(?=:)):?"
    r"(?:\s+(?P<text>.*))?",
    re.DOTALL,
)
_WORD = re.compile(r"\w+")
_CODE_COMMAND = re.compile(r"<!--\s*mdpo-(?P<word>include|disable)-codeblock(?P<many>s?)\s*-->")
_BLOCK_KEY = re.compile(r"[^\n]*:[ \t]*[|>][+-]?\d?[ \t]*(?:#[ \t]*(?P<text>[^\n]*))?\n")
_COMMENT_LINE = re.compile(r"[ \t]*#[ \t]*(?P<text>(?:yiben|TRANSLATORS|i18n)\b.*)")
_COMMENT_BEHIND = re.compile(
    r"(?:[\"']{0,3},?[ \t]*|[\"']?:[ \t][^\n#\"']*)(?<=[ \t])#[ \t]*(?P<text>[^\n]*)"
)
"""Behind a value, or behind a key and its value."""
COMMANDS = re.compile(r"(?:<!--\s*(?:yiben|i18n|mdpo|translate)[:-].*?-->[ \t]*)+", re.DOTALL)
"""Comments for us, with the blanks behind them."""
_HELPERS = re.compile(
    r"(?:i18n|mdbook-xgettext)\s*:\s*"
    r"(?:(?P<word>skip(?:[-:\s]+(?:start|end))?)|comment(?![\w-]):?\s*(?P<text>.*))",
    re.DOTALL,
)
"""Comments as mdBook's i18n helpers accept them, with blanks and more dashes."""
_MEANINGS = {
    "yiben:off": "off",
    "yiben:on": "on",
    "yiben:skip": "skip",
    "yiben:note": "note",
    "yiben:context": "context",
    "yiben:ignore": "ignore",
    "yiben:max": "max",
    "translate:off": "off",
    "translate:on": "on",
    "TRANSLATORS": "note",
    "i18n": "note",
    "i18n:skip": "skip text",
    "i18n:skip-start": "off",
    "i18n:skip-end": "on",
    "i18n:comment": "note",
    "mdpo-disable": "off",
    "mdpo-enable": "on",
    "mdpo-disable-next-line": "skip text",
    "mdpo-disable-next-block": "skip text",
    "mdpo-enable-next-line": "take text",
    "mdpo-enable-next-block": "take text",
    "mdpo-translator": "note",
    "mdpo-context": "context",
}
"""Our commands, those of mdBook's and mdpo's users that mean the same, and gettext's."""


def comment_of(block: Block | None, source: str) -> str:
    """An HTML block that starts with a comment, or another dialect's comment as one in HTML."""
    match block:
        case Html(lines):
            start, end = lines[0][0], lines[-1][1]
            return source[start:end] if source.startswith(_COMMENT_OPEN, start) else ""
        case Elements(comment=comment) | Opaque(comment=comment) if comment:
            return f"{_COMMENT_OPEN} {comment} {_COMMENT_CLOSE}"
    return ""


def comments_beside(source: str, start: int, end: int) -> str:
    """Return what comments say above a value of the settings or front matter, and behind it.

    They come as those of HTML do, so that the same reader understands them.
    """
    line = source.rfind("\n", 0, start) + 1
    above = _BLOCK_KEY.fullmatch(source, source.rfind("\n", 0, max(line - 1, 0)) + 1, line)
    line = above.start() if above else line
    found = [above["text"]] if above and above["text"] else []
    while line:
        before = source.rfind("\n", 0, line - 1) + 1
        comment = _COMMENT_LINE.fullmatch(source, before, line - 1)
        if not comment:
            break
        found.insert(0, comment["text"])
        line = before
    behind = _COMMENT_BEHIND.match(source, end)
    found += [behind["text"]] if behind else []
    return "".join(f"{_COMMENT_OPEN} {text} {_COMMENT_CLOSE}" for text in found)


def note_included_code(tokens: Sequence[Token], source: str) -> None:
    """Note which code a writer wants translated as a whole, or not at all (mdpo's comments)."""
    if "codeblock" not in source:
        return
    all_of_it: bool | None = None
    following: bool | None = None
    for token in tokens:
        if token.type in {"fence", "code_block"}:
            included = all_of_it if following is None else following
            following = None
            if included is not None:
                note_block(token, Code(included))
            continue
        for command in _CODE_COMMAND.finditer(comment_of(block_of(token), source)):
            wanted = command["word"] == "include"
            if command["many"]:
                all_of_it = wanted
            else:
                following = wanted


@dataclass(slots=True)
class Steering:
    """The effect of the comments read so far on the next units."""

    off: bool = False
    skip: bool = False
    """Whether the next block is left out."""
    skip_text: bool = False
    """Whether the next text is."""
    take_text: bool = False
    """Whether the next text is taken though those around it are left out."""
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
        elif meaning == "skip text":
            self.skip_text = True
        elif meaning == "take text":
            self.take_text = True
        elif meaning == "max" and text.isdecimal():
            self.notes.append(f"yiben: max {int(text)}")
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
