"""Pages of Jekyll and Quarto in forms that markdown-it knows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_FENCE = re.compile(r"[ ]*(`{3,}|~{3,})")
_LIQUID_LINE = re.compile(r"[ \t]*(?:\{%.*?%\}[ \t]*)+$")
_LIQUID = re.compile(r"\{%.*?%\}|\{\{.*?\}\}")
_HIGHLIGHT = re.compile(
    r"^[ ]*\{%-?\s*highlight\s+(?P<name>\S+).*?%\}[ ]*\n(?P<code>.*?)"
    r"^[ ]*\{%-?\s*endhighlight\s*-?%\}[ ]*$",
    re.MULTILINE | re.DOTALL,
)
_HIDDEN = re.compile(
    r"\{%-?\s*comment\b.*?%\}.*?\{%-?\s*endcomment\s*-?%\}|\{::comment\}.*?\{:/(?:comment)?\}",
    re.DOTALL,
)
_LIST_LINE = re.compile(r"[ ]{0,3}\{:[^{}]*\}[ \t]*$|\^[ \t]*$")
_LIST = re.compile(r"\{:[^{}\n]*\}")
_ID = re.compile(r"^([ ]{0,3}#{1,6}[ \t].*?)[ \t]*\{[^{}\n]*\}[ \t]*$")
_DIV = re.compile(
    r"(?P<colons>:{3,})[ \t]*(?:\{(?P<list>[^\n]*)\}|(?P<name>[\w-]+))?[ \t]*:*[ \t]*$"
)
_CALLOUT = re.compile(r"\.callout-(?P<kind>note|tip|warning|important|caution)")
_TITLE = re.compile(r"title=\"(?P<title>(?:\\.|[^\"\\])*)\"")
_CELL = re.compile(r"^([ ]*(?:`{3,}|~{3,}))[ ]*\{\{?([\w.=]+)[^\n]*\}[ ]*$")
_SHORTCODE = re.compile(r"\{\{<.*?>\}\}")
_MARKS = re.compile(r"(?<=[\])`])\{[^{}\n]*\}")
_CAPTION = re.compile(r"(?:[Tt]able)?:[ ]+(?=\S)")
_MOST_COLONS = 20
"""Colons of a container that is not in one; of those in it one less."""


def plain_kramdown(text: str) -> str:
    """Return a page of Jekyll without lists of attributes and with its tags as code."""
    text = _HIGHLIGHT.sub(lambda code: f"```{code['name']}\n{code['code']}```", text)
    return _by_lines(_HIDDEN.sub("", text), _kramdown_line)


def _kramdown_line(line: str) -> str:
    if _LIQUID_LINE.match(line) or _LIST_LINE.match(line):
        return ""
    line = _LIQUID.sub(lambda tag: "" if "`" in line else f"`{tag[0]}`", line)
    return _ID.sub(r"\1", _LIST.sub("", line))


def plain_quarto(text: str) -> str:
    """Return a page of Quarto with callouts as containers and without lists of attributes."""
    opened: list[bool] = []

    def plain(line: str) -> str:
        div = _DIV.match(line)
        if div:
            return _div(div, opened)
        line = _SHORTCODE.sub(lambda code: "" if "`" in line else f"`{code[0]}`", line)
        return _CAPTION.sub("", _ID.sub(r"\1", _MARKS.sub("", line))) if line else line

    return _by_lines(text, plain)


def _div(div: re.Match[str], opened: list[bool]) -> str:
    """The line of a container for one of a div; divs that are no callouts have none."""
    if div["list"] is None and div["name"] is None:
        depth = len(opened)
        return ":" * (_MOST_COLONS - depth) + "\n" if opened and opened.pop() else ""
    kind = _CALLOUT.search(div["list"] or f".{div['name']}")
    opened.append(kind is not None)
    if kind is None:
        return ""
    title = _TITLE.search(div["list"] or "")
    colons = ":" * (_MOST_COLONS - len(opened))
    return f"\n{colons}{kind['kind']} {title['title'] if title else ''}"


def _by_lines(text: str, plain: Callable[[str], str]) -> str:
    """The text with each line outside of fenced code turned."""
    lines: list[str] = []
    fence = ""
    for line in text.split("\n"):
        mark = _FENCE.match(line)
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
            lines.append(_CELL.sub(r"\1\2", line))
        else:
            lines.append(line if fence else plain(line))
    return "\n".join(lines)
