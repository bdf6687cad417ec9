"""The labels of Mermaid diagrams.

The patterns follow the syntax pages of Mermaid's documentation for flowcharts, sequence, state,
class, entity relationship and Gantt diagrams, pie charts, mind maps, timelines and user journeys.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_KIND = re.compile(r"^[ \t]*(?!%%|---|[\w.]+:)(?P<kind>[A-Za-z][\w-]*)", re.MULTILINE)
_LINE = re.compile(r"[^\n]+")
_TITLE = re.compile(r"[ \t]*(?:title|section|accTitle:|accDescr:)[ \t]+(?P<a>\S.*?)[ \t]*$")
_FLOW = re.compile(
    r"\|\"?(?P<a>[^|\"\n]+)\"?\||"  # on an arrow
    r"(?:--|==|-\.)[ \t]+(?P<b>[^\s\[\](){}|>&;\"-][^\[\](){}|&;\"\n]*?)[ \t]+"
    r"(?:--+|==+|\.-+)[>xo]?|"
    r"(?<=[\w\])}])(?:\[\[|\[\(|\(\[|\(\(\(|\(\(|\{\{|\[/|\[\\|\[|\(|\{|>)"
    r"\"?(?P<c>[^\[\](){}|\"\n/\\][^\[\](){}|\"\n]*?)\"?(?:\]|\)|\}|/\]|\\\])|"
    r"(?<=[\w\])}])[\[({]+\"(?P<d>[^\"\n]+)\"[\])}]+"
)
_SUBGRAPH = re.compile(r"[ \t]*subgraph[ \t]+(?P<a>[^\[\"\n]*[^\[\"\n\x00-\x7f][^\[\"\n]*?)[ \t]*$")
_SEQUENCE = re.compile(
    r"[ \t]*(?:participant|actor)[ \t]+\S+[ \t]+as[ \t]+(?P<a>\S.*?)[ \t]*$|"
    r"[ \t]*(?:loop|alt|else|opt|par|and|critical|option|break|box)[ \t]+(?P<b>\S.*?)[ \t]*$|"
    r"[^:\n]+:[ \t]*(?P<c>\S.*?)[ \t]*$"
)
_COLON = re.compile(r"[^:\n]*[^:\n\s][ \t]*:[ \t]*(?P<a>[^:\s].*?)[ \t]*$")
_QUOTED = re.compile(r"\"(?P<a>[^\"\n]+)\"")
_TASK = re.compile(r"[ \t]*(?P<a>[^:\n]*[^:\s])[ \t]*:")
_WHOLE = re.compile(r"[ \t]*(?:\w*[\[({]+)?(?P<a>[^\[\](){}\n]+?)(?:[\])}]+)?[ \t]*$")
_BY_KIND = {
    "graph": (_TITLE, _SUBGRAPH, _FLOW),
    "flowchart": (_TITLE, _SUBGRAPH, _FLOW),
    "sequenceDiagram": (_TITLE, _SEQUENCE),
    "stateDiagram": (_COLON, _QUOTED),
    "stateDiagram-v2": (_COLON, _QUOTED),
    "classDiagram": (_QUOTED,),
    "erDiagram": (_QUOTED,),
    "gantt": (_TITLE, _TASK),
    "journey": (_TITLE, _TASK),
    "pie": (_TITLE, _QUOTED),
    "quadrantChart": (_TITLE,),
    "timeline": (_TITLE, _COLON),
    "mindmap": (_WHOLE,),
}
_NO_LABELS = re.compile(
    r"[ \t]*(?:%%|style\b|classDef\b|class\b|click\b|linkStyle\b|direction\b|end[ \t]*$|"
    r"autonumber|activate\b|deactivate\b|dateFormat|axisFormat|tickInterval|excludes|note\b(?!.*:))"
)
_LETTER = re.compile(r"[^\W\d_]")


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
    for line in _LINE.finditer(content, max(first, 0)) if first >= 0 else ():
        if not _NO_LABELS.match(content, *line.span()):
            yield from _of_line(content, *line.span(), patterns)


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
    if pattern in {_FLOW, _QUOTED}:
        yield from pattern.finditer(content, start, end)
        return
    match = pattern.match(content, start, end)
    # A group's title is its name, too, and arrows may lead to it.
    if match and (pattern is not _SUBGRAPH or content.count(match["a"]) == 1):
        yield match
