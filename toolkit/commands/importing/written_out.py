"""Links by reference that another program wrote out, as mdBook's i18n helpers do.

`[the guide][guide]` in a page is `[the guide](guide.md)` in their catalogs.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from markdown_it.common.utils import normalizeReference

from toolkit.reading import canonical
from toolkit.reading.segment.words import bracketed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.reading.canonical import Definitions

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


def with_targets(text: str, theirs: Definitions, ours: Definitions) -> str:
    """A translation whose references lead where its own page's definitions said.

    `[words][label]` becomes `[words](target)` where our page has no such definition, or another.
    """
    if not theirs or "[" not in text:
        return text
    starts = {end: start for start, end in bracketed(text)}
    for end, start in sorted(starts.items(), reverse=True):
        if start and text[start - 1] == "]" and start in starts:
            label = text[start + 1 : end - 1].strip() or text[starts[start] + 1 : start - 1]
            head = start
        elif text[end : end + 1] in {"(", "["} or text[start + 1] in "^]":
            continue
        else:
            label, head = text[start + 1 : end - 1], end
        name = normalizeReference(label)
        if name in theirs and _leads(theirs, name) != _leads(ours, name):
            text = f"{text[:head]}({_written(theirs[name])}){text[end:]}"
    return text


def _leads(definitions: Definitions, name: str) -> str | None:
    return canonical.target(definitions[name]) if name in definitions else None


def _written(target: str) -> str:
    return target if re.fullmatch(r"[^\s()<>]+", target) else f"<{target}>"


def _links(text: str) -> Iterator[tuple[str, str]]:
    """The text of each `[…]` and what stands behind it, in order."""
    for start, end in sorted(bracketed(text)):
        if start and text[start - 1] == "]":
            continue
        tail = _TAIL.match(text, end)
        yield text[start + 1 : end - 1], tail[0] if tail else ""
