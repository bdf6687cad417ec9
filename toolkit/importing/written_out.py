"""Links by reference that another program wrote out, as mdBook's i18n helpers do.

`[the guide][guide]` in a page is `[the guide](guide.md)` in their catalogs.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from toolkit.segment.words import bracketed

if TYPE_CHECKING:
    from collections.abc import Iterator

_TITLE = r"(?:\s+\"[^\"\n]{0,999}\")?"
_INLINE = rf"\((?:<[^<>\n]{{0,999}}>|(?:[^\s()<>]|\([^\s()]{{0,999}}\)){{0,999}}){_TITLE}\)"
_TAIL = re.compile(rf"{_INLINE}|\[[^\[\]]{{0,999}}\]")
_LINKED = re.compile(rf"\](?:{_TAIL.pattern})")
_WRITTEN_OUT = re.compile(rf"\](?P<tail>{_INLINE})")


def without_targets(text: str) -> str:
    """A text whose links have lost where they lead."""
    return _LINKED.sub("]", text) if "]" in text else text


def with_references(source: str, other: str, translation: str) -> str:
    """A translation of `other` whose links are written as those in `source`.

    `other` is the same text with other targets. A link is known by its text.
    """
    if "](" not in translation:
        return translation
    own = {words: tail or f"[{words}]" for words, tail in _links(source)}
    tails: dict[str, list[str]] = defaultdict(list)
    for words, tail in _links(other):
        if words in own:
            tails[tail].append(f"[{words}]" if own[words] == "[]" else own[words])

    def written(match: re.Match[str]) -> str:
        known = tails.get(match["tail"])
        if not known:
            return match[0]
        tail = known.pop(0) if len(known) > 1 else known[0]
        short = tail[0] == "[" and translation.endswith(tail[:-1], 0, match.start())
        return "]" if short else f"]{tail}"

    return _WRITTEN_OUT.sub(written, translation)


def _links(text: str) -> Iterator[tuple[str, str]]:
    """The text of each `[…]` and what stands behind it, in order."""
    for start, end in sorted(bracketed(text)):
        if start and text[start - 1] == "]":
            continue
        tail = _TAIL.match(text, end)
        yield text[start + 1 : end - 1], tail[0] if tail else ""
