"""Lines as kramdown tells them apart, and what ends a text that has lines without its mark.

Sources are kramdown's documentation of its syntax and the behaviour of kramdown 2.4 with
kramdown-parser-gfm 1.1 as Jekyll sets them (`input: GFM`, `hard_wrap: false`).
"""

from __future__ import annotations

import re

from toolkit.dialects.blocks.scanning.blanks import is_blank

NAME = r"[A-Za-z_:\u00a0-\U0010ffff][\w:.\u00b7-]*"
"""The name of an element or attribute."""
_ANY = r"(?:\\\}|[^}])"
SPAN_ELEMENTS = frozenset(
    "a abbr acronym b big bdo br button cite code del dfn em i img input ins kbd label mark option "
    "q rb rbc rp rt rtc ruby samp select small span strong sub sup tt u var".split()
)
_NO_SPAN = rf"(?!(?:{'|'.join(sorted(SPAN_ELEMENTS | {'script'}))})\b)"
LIST_MARK = r"(?:[+*-]|\d+\.)"

BLANK = re.compile(r"\s*$", re.ASCII)
IAL = re.compile(r"[ ]{0,3}\{:(?!:|/)(?P<list>" + _ANY + r"+)\}\s*$", re.ASCII)
"""A list of attributes alone in a line, for the block above or below it."""
ITEM_IAL = re.compile(r"\s*\{:(?!(?:\w[\w-]*)?:|/)" + _ANY + r"+\}\s*", re.ASCII)
"""The same before the text of a list's item or of a term."""
NAMED_LIST = re.compile(r"[ ]{0,3}\{:\w[\w-]*:" + _ANY + r"+\}\s*$", re.ASCII)
"""The definition of a list of attributes that others refer to."""
EXTENSION = re.compile(
    r"[ ]{0,3}\{::(?P<name>\w+)(?:\s" + _ANY + r"*?|)(?P<alone>/)?\}\s*$", re.DOTALL | re.ASCII
)
END_MARK = re.compile(r"\^\s*$", re.ASCII)
"""The end-of-block marker."""
HTML_EDGE = re.compile(rf"[ ]{{0,3}}<(?:/{_NO_SPAN}{NAME}\s*>|{_NO_SPAN}{NAME})", re.ASCII)
"""A tag that ends lines without a container's mark."""
LIST_START = re.compile(rf"[ ]{{0,3}}(?P<mark>{LIST_MARK})(?P<rest>[\t| ].*)$")
DEFINITION_START = re.compile(r"[ ]{0,3}(?P<mark>:)(?P<rest>[\t| ].*)$")
HEADING = re.compile(r"(?P<level>#{1,6})[\t ]+(?P<text>.*)$")
HEADING_ID = re.compile(r"[\t ]+\{#[A-Za-z_:\u00c0-\U0010ffff][\w:.\u00b7-]*\}[ \t]*$", re.ASCII)
UNDERLINE = re.compile(r"(?P<level>[-=])[-=]*[ \t\r\f\v]*$")
RULE = re.compile(r"[ ]{0,3}(?P<mark>[*_-])[ \t]*(?P=mark)[ \t]*(?P=mark)(?:(?P=mark)|[ \t])*$")
QUOTE = re.compile(r"[ ]{0,3}>[ ]?")
FENCE = re.compile(r"[ ]{0,3}(?P<run>(?P<mark>[~`])(?P=mark){2,})(?P<info>.*)$")
FENCE_INFO = re.compile(r"\s*(?P<language>\S*)\s*$", re.ASCII)
FOOTNOTE = re.compile(r"[ ]{0,3}\[\^(?P<label>\w[\w-]*)\]:[ \t]*(?P<text>.*)$", re.ASCII)
LINK = re.compile(
    r"[ ]{0,3}\[(?P<label>[^\n\]]+)\]:[ \t]*(?:<(?P<angle>.*?)>|(?P<plain>[^\n]*?\S[^\n]*?))"
    r"(?:(?:[ \t]*\n|[ \t]+)[ \t]*(?P<quote>[\"'])(?P<title>.+?)(?P=quote))?[ \t]*(?:\n|\Z)",
    re.ASCII,
)
ABBREVIATION = re.compile(r"[ ]{0,3}\*\[(?P<short>.+?)\]:(?P<text>.*)$")
MATH = re.compile(r"[ ]{0,3}\$\$(?:(?!\$\$).)*+\$\$\s*?\n", re.DOTALL | re.ASCII)
TABLE_LINE = re.compile(r"\||.*?[^\\\n]\|")
TABLE_SEPARATOR = re.compile(r"[+|: \t-]*?-[+|: \t-]*?[ \t]*$")
TABLE_FOOTER = re.compile(r"[+|: \t=]*?=[+|: \t=]*?[ \t]*$")
INDENT = "    "
LIQUID_TAGS = re.compile(
    r"[ \t]*(?:\{%-?(?:[^%]|%(?!\}))*-?%\}[ \t]*)+$|[ \t]*\{\{[^{}\n]*\}\}[ \t]*$"
)
"""A line that nothing but tags of Liquid stand in."""
STASHED = re.compile("[ ]*\x02(?P<number>\\d+)\x03[ ]*$", re.ASCII)
"""The placeholder for what Liquid takes out of a page."""


def ends_lazy(line: str) -> bool:
    """Whether a line ends lines that would go on without the mark of what they stand in."""
    return (
        is_blank(line)
        or IAL.match(line) is not None
        or END_MARK.match(line) is not None
        or HTML_EDGE.match(line) is not None
        or (STASHED.match(line) is not None)
    )


def ends_paragraph(line: str) -> bool:
    """Whether a line ends the paragraph above it."""
    first = line.lstrip(" ")[:1]
    if first.isalpha():
        return False
    return (
        ends_lazy(line)
        or LIST_START.match(line) is not None
        or HEADING.match(line) is not None
        or DEFINITION_START.match(line) is not None
        or QUOTE.match(line) is not None
        or FENCE.match(line) is not None
    )
