"""The features of a text's tags; what cannot act may come in."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from toolkit.dialects.blocks.harmless import BLANK, is_harmless
from toolkit.dialects.blocks.vue_tags import without_texts
from toolkit.writing.guard.anywhere import folded
from toolkit.writing.guard.feature import Act, Feature

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.dialects.inline import Mark

_HALF_TAG = re.compile(
    r"(?P<name><[/!?%]*(?=[A-Za-z/!?%])[^\s<>/\0\x80-\U0010ffff]*)(?P<more>[^\s<>/\0]*)"
)
"""Matches the start of a tag's name, and the words of other scripts in it (`$a<b$，则`)."""
_TEXT_ATTRIBUTE = re.compile(
    rf"{BLANK}(?:alt|title|aria-label|placeholder){BLANK}*={BLANK}*"
    r"""(?:"[^"<>]*"|'[^'<>]*')""",
    re.IGNORECASE,
)
"""Matches an attribute that is text; other blanks than those of HTML are part of names."""
_NAME = re.compile(r"</?(?P<name>[^\s/>]*)")
_EMPHASIS = re.compile(r"\*+(?!\s)|(?<=[^\s*])\*+|(?<!\w)_+(?!\s)|(?<=[^\s_])_+(?!\w)|~~")
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_SPREADING = frozenset("a b big code em font i nobr s small strike strong tt u".split())
"""Elements that go on behind the end of their block in browsers, until something closes them.

They are the formatting elements of HTML's "Parsing", section "The stack of open elements".
"""


def features_of_tags(
    text: str, tags: Sequence[Mark], *, components: bool = False
) -> Iterator[Feature]:
    """Yield the features of a text's tags, of which more attributes are texts in `components`.

    Those are none that only tell direction and language and are closed in the text.
    """
    harmless = _harmless(text, tags)
    for tag in tags:
        if tag.start not in harmless:
            written = text[tag.start : tag.end]
            written = without_texts(written) if components else written
            yield Feature(Act.HTML, _normalized(written))


def parted_tags(text: str, tags: Sequence[Mark], *, strict: bool) -> Iterator[Feature]:
    """Yield the tags that have no partner in a text; if `strict`, those too that do nothing then.

    A tag without its end reaches into the next texts; the compilers of MDX and Vue stop there.
    """
    opened = Counter[str]()
    for tag in tags:
        written = text[tag.start : tag.end]
        match = _NAME.match(written)
        name = match["name"] if match else ""
        name = name if strict else name.lower()
        if not written.startswith("</"):
            opened[name] += name not in _VOID and not (strict and written.endswith("/>"))
        elif opened[name]:
            opened[name] -= 1
        elif strict:
            yield Feature(Act.HTML, f"</{name}> without its start")
    for name, count in opened.items():
        if count and (strict or name in _SPREADING):
            yield Feature(Act.HTML, f"<{name}> without its end")


def halves_of_tags(text: str) -> Iterator[Feature]:
    """Yield what could become a tag together with another text; `text` has no whole ones."""
    for match in _HALF_TAG.finditer(text) if "<" in text else ():
        yield Feature(Act.HTML, f"{match['name']}{'…' * bool(match['more'])}")


def crossings(text: str, tags: Sequence[Mark], shown: str) -> Iterator[Feature]:
    """Yield the emphasis that starts in an element and ends outside, or the reverse.

    The compilers of MDX and Vue stop there. `shown` is the text without what is no text to readers.
    """
    runs = [(match.start(), match[0]) for match in _EMPHASIS.finditer(shown)]
    written = ((tag.start, text[tag.start : tag.end]) for tag in tags)
    opened = _Opened()
    for _, one in sorted((*runs, *written)) if runs else ():
        if one[0] == "<":
            opened.take_tag(one)
        elif opened.is_crossed_by(one):
            yield Feature(Act.HTML, f"{one} across a tag")


class _Opened:
    """The elements that are open in a text, each with the emphasis that is open in it."""

    def __init__(self) -> None:
        self._elements: list[tuple[str, list[str]]] = [("", [])]
        self._names = Counter[str]()
        self._outside = Counter[str]()
        self._cut: set[str] = set()

    def take_tag(self, tag: str) -> None:
        """Open or close an element, with all that are open in it."""
        match = _NAME.match(tag)
        name = match["name"].lower() if match else ""
        if not tag.startswith("</"):
            if name not in _VOID and not tag.endswith("/>"):
                self._outside.update(self._elements[-1][1])
                self._elements.append((name, []))
                self._names[name] += 1
        elif self._names[name]:
            while self._close() != name:
                pass

    def _close(self) -> str:
        name, runs = self._elements.pop()
        self._names[name] -= 1
        self._cut.update(runs)
        self._outside.subtract(self._elements[-1][1])
        return name

    def is_crossed_by(self, run: str) -> bool:
        """Take in a run of marks; whether it would end emphasis of another element."""
        runs = self._elements[-1][1]
        if run in runs:
            del runs[runs.index(run) :]
        elif self._outside[run] > 0 or run in self._cut:
            return True
        else:
            runs.append(run)
        return False


def _harmless(text: str, tags: Sequence[Mark]) -> set[int]:
    """Return the starts of harmless tags that match and do not overlap others."""
    opened: list[tuple[str, int]] = []
    paired: set[int] = set()
    for tag in tags:
        written = text[tag.start : tag.end]
        match = _NAME.match(written)
        name = match["name"].lower() if match else ""
        if not written.startswith("</"):
            if name not in _VOID and not written.endswith("/>"):
                opened.append((name, tag.start))
        elif opened and opened[-1][0] == name:
            start = opened.pop()[1]
            if is_harmless(written) and is_harmless(text[start : text.index(">", start) + 1]):
                paired |= {start, tag.start}
    return paired


def _normalized(tag: str) -> str:
    """A tag without its text attributes, which are translated."""
    return folded(_TEXT_ATTRIBUTE.sub(" ", tag)).replace(" >", ">")
