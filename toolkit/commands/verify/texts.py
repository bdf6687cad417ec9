"""The texts of a page's catalog as readers see them."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rapidfuzz.fuzz import ratio

from toolkit.commands.verify.comparing import short
from toolkit.commands.verify.value import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from toolkit.commands.verify.value import Piece
    from toolkit.model.catalog import Message

_HIDDEN = re.compile(
    r"!\[[^\]]*\](?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\]]*\])"  # an image
    r"|(?<=\])\([^()]*(?:\([^()]*\)[^()]*)*\)"  # a target
    r"|(?<=\])\[[^\]]*\]"  # a label
    r"|\[\^[^\]]+\]"  # a footnote
    r"|</?[A-Za-z][\w-]*(?:\s[^<>]*)?/?>"  # a tag
    r"|\{\s*[:#.][^{}]*\}"  # an attribute list
    r"|:[A-Za-z][\w+-]*:"  # an icon
)
_NO_LETTER = re.compile(r"[\W_]+")
_ALIKE = 60
"""Percent from which on two texts are the same but for how they are shown."""
_FEW = 2
"""Letters of a text that tell nothing."""


def letters_of_markdown(text: str) -> str:
    """The letters and digits that a reader sees of a text in Markdown."""
    return letters(html.unescape(_HIDDEN.sub("", text)))


def letters(text: str) -> str:
    """The letters and digits of a text."""
    return _NO_LETTER.sub("", text).casefold()


@dataclass(frozen=True, slots=True)
class Texts:
    """The messages of a page by the letters of their source texts."""

    _known: Mapping[str, Sequence[Message]] = field(default_factory=dict)

    @classmethod
    def of(cls, messages: Iterable[Message]) -> Texts:
        """The texts of a catalog; obsolete ones are no text of the page."""
        known: dict[str, list[Message]] = {}
        for message in messages:
            if not message.obsolete:
                key = letters_of_markdown(message.id)
                if len(key) > _FEW:
                    known.setdefault(key, []).append(message)
        return cls(known)

    @property
    def has_translations(self) -> bool:
        """Whether any text of the page is translated."""
        return any(one.translated for messages in self._known.values() for one in messages)

    def messages(self, text: str) -> Sequence[Message]:
        """The messages whose source a reader sees as `text`."""
        return self._known.get(letters(text), ())

    def fault(self, ours: Piece, theirs: Piece, path: str) -> Fault | None:
        """The fault of the text of a run, as far as a message shows it."""
        found = () if ours.given or ours.label else self.messages(ours.text)
        if not (found and letters(ours.prose)) or not all(message.translated for message in found):
            return None
        shown, source = letters(theirs.text), letters(ours.text)
        wanted = {letters_of_markdown(message.string) for message in found}
        if shown in wanted or (shown == source and source in wanted):
            return None
        if shown == source:
            says = (
                f"shows the source text “{short(theirs.text)}”, although its message is translated"
            )
            shown_text = theirs.text
            return Fault("site-source-text", path, says, shown_text[:20], ours.text, (shown_text,))
        if max(ratio(shown, one) for one in wanted) >= _ALIKE:
            return None
        wish = short(found[0].string)
        says = f"shows “{short(theirs.text)}”, but the translation of its message is “{wish}”"
        facts = theirs.text, found[0].string
        return Fault("site-foreign-text", path, says, theirs.text[:20], ours.text, facts)


NO_TEXTS = Texts()
