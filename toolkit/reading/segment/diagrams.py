"""The labels of Mermaid diagrams.

The patterns follow the syntax pages of Mermaid's documentation for flowcharts, sequence, state,
class, entity relationship and Gantt diagrams, pie charts, mind maps, timelines and user journeys.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.model.expressions import late

if TYPE_CHECKING:
    from collections.abc import Iterator

_KIND = late(r"^[ \t]*(?!%%|---|[\w.]+:)(?P<kind>[A-Za-z][\w-]*)", re.MULTILINE)
_LINE = late(r"[^\n]+")
_TITLE = late(r"[ \t]*(?:title|section|accTitle:|accDescr:)[ \t]+(?P<a>\S.*?)[ \t]*$")
_FLOW = late(
    r"\|\"?(?P<a>[^|\"\n]+)\"?\||"  # on an arrow
    r"(?:--|==|-\.)[ \t]+(?P<b>[^\s\[\](){}|>&;\"-][^\[\](){}|&;\"\n]*?)[ \t]+"
    r"(?:--+|==+|\.-+)[>xo]?|"
    r"(?<=[\w\])}])(?:\[\[|\[\(|\(\[|\(\(\(|\(\(|\{\{|\[/|\[\\|\[|\(|\{|>)"
    r"\"?(?P<c>[^\[\](){}|\"\n/\\][^\[\](){}|\"\n]*?)\"?(?:\]|\)|\}|/\]|\\\])|"
    r"(?<=[\w\])}])[\[({]+\"(?P<d>[^\"\n]+)\"[\])}]+|"
    r"\blabel:[ \t]*\"(?P<e>[^\"\n]+)\""
)
_SUBGRAPH = late(
    r"[ \t]*subgraph[ \t]+(?:"
    r"[^\s\[\"]+[ \t]*\[\"?(?P<b>[^\]\"\n]+)\"?\]|"
    r"\"?(?P<a>[^\s\[\"](?:[^\[\"\n]{0,300}[^\s\[\"])?)\"?[ \t]*$)"
)
_SEQUENCE = late(
    r"[ \t]*(?:create[ \t]+)?(?:participant|actor)[ \t]+\S+[ \t]+as[ \t]+(?P<a>\S.*?)[ \t]*$|"
    r"[ \t]*(?:loop|alt|else|opt|par|and|critical|option|break|box)[ \t]+(?P<b>\S.*?)[ \t]*$|"
    r"[^:\n]+:[ \t]*(?P<c>\S.*?)[ \t]*$"
)
_COLON = late(r"[^:\n]*[^:\n\s][ \t]*:[ \t]*(?P<a>[^:\s].*?)[ \t]*$")
_QUOTED = late(r"\"(?P<a>[^\"\n]+)\"")
_RELATED = late(r"\"(?P<a>[^\"\n]+)\"|(?:--|\.\.)[^:\n]{0,300}:[ \t]*(?P<b>\S.*?)[ \t]*$")
_EVENT = late(r":[ \t]*(?P<a>[^:\s][^:\n]*?)[ \t]*(?=:|$)")
_QUADRANT = late(
    r"(?:[xy]-axis[ \t]+|-->[ \t]*|quadrant-[1-4][ \t]+)"
    r"\"?(?P<a>[^\s\"-](?:(?!-->)[^\n\"])*?)\"?[ \t]*(?=-->|$)"
)
_POINT = late(r"[ \t]*(?P<a>[^:\n]*[^:\s])[ \t]*:[ \t]*\[")
_TASK = late(r"[ \t]*(?P<a>[^:\n]*[^:\s])[ \t]*:")
_WHOLE = late(r"[ \t]*(?:\w*[\[({)]+)?(?P<a>[^\[\](){}\n]+?)(?:[\])}(]+)?[ \t]*$")
_BY_KIND = {
    "graph": (_TITLE, _SUBGRAPH, _FLOW),
    "flowchart": (_TITLE, _SUBGRAPH, _FLOW),
    "sequenceDiagram": (_TITLE, _SEQUENCE),
    "stateDiagram": (_COLON, _QUOTED),
    "stateDiagram-v2": (_COLON, _QUOTED),
    "classDiagram": (_RELATED,),
    "erDiagram": (_QUOTED,),
    "gantt": (_TITLE, _TASK),
    "journey": (_TITLE, _TASK),
    "pie": (_TITLE, _QUOTED),
    "quadrantChart": (_TITLE, _QUADRANT, _POINT),
    "timeline": (_TITLE, _EVENT),
    "mindmap": (_WHOLE,),
}
_NO_LABELS = late(
    r"[ \t]*(?:%%|style\b|classDef\b|class\b(?!.*\[\")|click\b|linkStyle\b|direction\b|"
    r"end[ \t]*$|autonumber|links?[ \t]+\S+:|activate\b|deactivate\b|dateFormat|axisFormat|"
    r"tickInterval|excludes|note\b(?!.*[:\"]))"
)
_NOTE = late(r"[ \t]*note[ \t]+(?:left|right)[ \t]+of[ \t]+\S+[ \t]*$", re.IGNORECASE)
_NOTE_END = late(r"[ \t]*end[ \t]+note[ \t]*$", re.IGNORECASE)
_NOTE_LINE = late(r"[ \t]*(?P<a>\S.*?)[ \t]*$")
_SEVERAL = frozenset({_FLOW, _QUOTED, _RELATED, _EVENT, _QUADRANT})
"""The patterns that find all labels of a line, not its one."""
_LETTER = late(r"[^\W\d_]")


def diagram_labels(language: str, content: str) -> Iterator[tuple[int, int]]:
    """Start and end of each label in a Mermaid diagram, in order; none in other languages."""
    if language != "mermaid":
        return
    kind = _KIND.search(content)
    patterns = _BY_KIND.get(kind["kind"]) if kind else None
    if kind is None or patterns is None:
        return
    head = content.find("\n", kind.end())
    first = kind.end() if kind["kind"] == "pie" else head
    in_note = False
    for line in _LINE.finditer(content, max(first, 0)) if first >= 0 else ():
        place = line.span()
        in_note = bool(
            _NOTE.match(content, *place) or (in_note and not _NOTE_END.match(content, *place))
        )
        of_line = (_NOTE_LINE,) if in_note else patterns
        if not _NO_LABELS.match(content, *place):
            yield from (_bare(content, *label) for label in _of_line(content, *place, of_line))


def _bare(content: str, start: int, end: int) -> tuple[int, int]:
    """A label without the quotes and backticks around it, which make it a text, or Markdown."""
    for mark in '"`':
        if content[start] == content[end - 1] == mark and end - start > len("``"):
            start, end = start + 1, end - 1
    return start, end


def _of_line(
    content: str, start: int, end: int, patterns: tuple[re.Pattern[str], ...]
) -> Iterator[tuple[int, int]]:
    """The labels of the first pattern that finds any."""
    for pattern in patterns:
        found = [
            match.span(match.lastgroup or 0)
            for match in _matches(pattern, content, start, end)
            if _LETTER.search(match[match.lastgroup or 0])
        ]
        if found:
            yield from found
            return


def _matches(
    pattern: re.Pattern[str], content: str, start: int, end: int
) -> Iterator[re.Match[str]]:
    if pattern in _SEVERAL:
        yield from pattern.finditer(content, start, end)
        return
    match = pattern.match(content, start, end)
    if match and (pattern is not _SUBGRAPH or match["b"] or _is_mere_title(content, match["a"])):
        yield match


def _is_mere_title(content: str, title: str) -> bool:
    """Whether a group's title is no name that arrows lead to, nor looks like one."""
    name = title.isascii() and title.replace("-", "_").isidentifier()
    return not name and content.count(title) == 1
