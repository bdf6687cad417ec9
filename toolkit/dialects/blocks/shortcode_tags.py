"""Shortcode tags as Hugo reads them, and which of them make a pair.

The syntax is that of Hugo's documentation, "Shortcodes": `{{< name >}}` and `{{% name %}}`, closed
by `{{< /name >}}` or by themselves (`{{< name />}}`), with parameters by name or by position, in
double quotes, in backticks or bare. Hugo finds them everywhere, in code as well, but not in
comments such as `{{</* name */>}}`, which may hold further tags.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from toolkit.model.expressions import late

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence


RAW = frozenset(
    "abc bash chart chem code code-block code-toggle codeblock comment console csv diff dot "
    "echarts gist goat graphviz highlight html json jsx katex kroki latex math mermaid plantuml "
    "raw rawhtml script shell sql style svg terminal yaml".split()
)
"""Shortcodes that hold code, data or nothing for readers."""
_CODE_LANGUAGE = late(r"\bcodelang\s*=|\bcode\s*=\s*\"?true\b")
_HOLDS_TEXT = late(r"\btext\s*=")

_NO_OPENING = r"\{(?!\{[<%])"
_COMMENT_ENDS = {"{{</*": "*/>}}", "{{%/*": "*/%}}"}
_MARK = late(
    r"(?P<comment>\{\{[<%]/\*)|\{\{(?:(?P<angle><)|%)-?\s*+(?P<close>/?)\s*+"
    r"(?P<name>\w[\w.-]*+(?:/[\w.-]++)*+)(?=[\s/>%])"
    rf'(?P<body>(?:"(?:[^"\\{{]|\\"|\\|{_NO_OPENING})*+"|`(?:[^`{{]|{_NO_OPENING})*+`'
    r"|(?!/?\s*-?[>%]\}\}|\{\{[<%])[^\"`])*+)(?P<alone>/?)\s*+-?(?(angle)>|%)\}\}",
    re.DOTALL,
)
_TAG_CHARACTER = late(r"[^\n]")
_DEPTH = 20
"""Levels of shortcodes that are compared; no page has more."""


class Tag(NamedTuple):
    """A shortcode's tag: where it stands, and what it does."""

    start: int
    end: int
    name: str
    closes: bool
    alone: bool
    """Whether it closes itself."""
    body: tuple[int, int]
    """The place of its parameters."""
    raw: bool
    """Whether what stands between it and its partner is no Markdown."""


def tags_in(text: str, raw: Collection[str] = RAW) -> list[Tag]:
    """The tags of a text in order, in time linear to its length; `raw` are those that hold data."""
    if "{{" not in text:
        return []
    return [
        Tag(
            *match.span(),
            match["name"],
            bool(match["close"]),
            bool(match["alone"]),
            match.span("body"),
            _holds_raw_text(match["name"], match["body"], raw),
        )
        for match in _run_tags(text)
    ]


def _run_tags(text: str) -> Iterator[re.Match[str]]:
    """The tags outside of comments, each of which goes on to the first end of its kind."""
    position = 0
    unclosed: set[str] = set()
    while match := _MARK.search(text, position):
        position = match.end()
        opening = match["comment"]
        if not opening:
            yield match
        elif opening not in unclosed:
            end = text.find(_COMMENT_ENDS[opening], position)
            position = end if end >= 0 else position
            if end < 0:
                unclosed.add(opening)


def partners(tags: Sequence[Tag]) -> Mapping[int, int]:
    """The index of each paired tag's partner.

    A closing tag belongs to the last open one of its name; what was opened after that one and is
    still open stands alone.
    """
    found: dict[int, int] = {}
    opened: list[int] = []
    count: Counter[str] = Counter()
    for index, tag in enumerate(tags):
        if not tag.closes:
            if not tag.alone:
                opened.append(index)
                count[tag.name] += 1
            continue
        while count[tag.name]:
            last = opened.pop()
            count[tags[last].name] -= 1
            if tags[last].name == tag.name:
                found[last], found[index] = index, last
                break
    return found


def _holds_raw_text(name: str, body: str, raw: Collection[str]) -> bool:
    """Whether a shortcode holds code: by its name, or because a parameter says so.

    `codelang` is what the tabs of Kubernetes' documentation have, `code=true` Docsy's cards.
    """
    return (
        name.rpartition("/")[2] in raw
        or name in raw
        or name.endswith(".inline")
        or bool(_CODE_LANGUAGE.search(body))
    )


def _tabs_of_code(text: str, tags: Sequence[Tag], pairs: Mapping[int, int]) -> Iterator[int]:
    """The tabs that hold code because neither they nor the pane around them say `text=true`.

    Docsy's documentation, "Tabbed panes": code is what they hold unless told otherwise.
    """
    end = 0
    for index, tag in enumerate(tags):
        pair = pairs.get(index, -1)
        if pair <= index or _HOLDS_TEXT.search(text, *tag.body):
            continue
        if tag.name == "tabpane":
            end = max(end, tags[pair].start)
        elif tag.name == "tab" and tag.start < end:
            yield index


def nesting(text: str) -> Counter[tuple[str, ...]]:
    """Count for the paired shortcodes of a page how often each stands below which others.

    Gives how often each stands below which others. Hugo builds no site with one that is not closed,
    or is closed after the end of another.
    """
    tags = tags_in(text)
    pairs = partners(tags)
    closed = {tag.name for tag in tags if tag.closes}
    trail: list[str] = []
    trails: Counter[tuple[str, ...]] = Counter()
    for index, tag in enumerate(tags):
        if tag.name not in closed:
            continue
        if index not in pairs:
            kind = "closes" if tag.closes else "alone"
            trails[*trail[-_DEPTH:], tag.name, kind] += 1
        elif tag.closes:
            trail.pop()
        else:
            trail.append(tag.name)
            trails[tuple(trail[-_DEPTH:])] += 1
    return trails


class PageTags:
    """The tags of a page, found by their places."""

    def __init__(self, text: str, raw: Collection[str] = RAW) -> None:
        self.tags = tags_in(text, raw)
        self.pairs = partners(self.tags)
        for index in _tabs_of_code(text, self.tags, self.pairs):
            self.tags[index] = self.tags[index]._replace(raw=True)
        self.at = {tag.start: index for index, tag in enumerate(self.tags)}
        self.starts = [tag.start for tag in self.tags]
        self.ends = [tag.end for tag in self.tags]
        self._text = text

    @cached_property
    def words(self) -> str:
        """The page with a word in the place of each tag, as Hugo gives it to Markdown's reader."""
        pieces: list[str] = []
        position = 0
        for tag in self.tags:
            word = _TAG_CHARACTER.sub("x", self._text[tag.start : tag.end])
            pieces += (self._text[position : tag.start], word)
            position = tag.end
        return "".join((*pieces, self._text[position:]))
