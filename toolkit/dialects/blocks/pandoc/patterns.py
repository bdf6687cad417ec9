"""Lines as Pandoc's reader of Markdown tells them apart.

Sources are "Pandoc's Markdown" of Pandoc's manual, Quarto's documentation ("Markdown Basics",
"Divs and Spans", "Code cells"), and the behaviour of Pandoc 2.17 and 3.
"""

from __future__ import annotations

import re

_VALUE = r"(?:\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|[^\s\"'{}]+)"
ATTRIBUTES = rf"\{{[ \t]*+(?:[#.=-]?[^\s{{}}=\"']++(?:={_VALUE})?+[ \t]*+)*+\}}"
"""A list of attributes between braces."""

BLANK = re.compile(r"\s*$")
INDENT = "    "
DIV = re.compile(
    rf"(?P<colons>:{{3,}})[ \t]*(?:(?P<list>{ATTRIBUTES})|(?P<name>[^\s:{{}}]+))[ \t]*:*[ \t]*$"
)
DIV_END = re.compile(r":{3,}[ \t]*:*[ \t]*$")
FENCE = re.compile(r"[ ]{0,3}(?P<run>`{3,}|~{3,})[ \t]*(?P<info>[^\n]*)$")
FENCE_INFO = re.compile(rf"(?:\{{[^\n]*\}}|\S+[ \t]*(?:{ATTRIBUTES})?)?[ \t]*$")
HEADING = re.compile(r"(?P<level>#{1,6})(?:[ \t]+(?P<text>.*)|(?P<none>))$")
HEADING_LIST = re.compile(rf"(?:(?<![ \t])|(?<=^))[ \t]*(?:{ATTRIBUTES})[ \t]*$")
CLOSING_MARKS = re.compile(r"(?:(?<!\\)|(?<=(?<!\\)\\\\))#+[ \t]*$")
UNDERLINE = re.compile(r"(?P<mark>=+|-+)[ \t]*$")
RULE = re.compile(r"[ ]{0,3}(?P<mark>[*_-])(?:[ \t]*(?P=mark)){2,}[ \t]*$")
QUOTE = re.compile(r"[ ]{0,3}>[ ]?")
BULLET = re.compile(r"[ ]{0,3}[*+-](?:(?=$)|[ ])(?:[ ]{0,3}(?![ ]))?")
_ROMAN = r"(?=[ivxlcdmIVXLCDM])(?:[ivxlcdm]+|[IVXLCDM]+)"
_NUMBER = rf"(?:\d{{1,9}}|#|@[\w-]*|{_ROMAN}|[a-z]|[A-Z])"
ORDERED = re.compile(
    rf"[ ]{{0,3}}(?:\({_NUMBER}\)(?:(?=$)|[ ])|{_NUMBER}\)(?:(?=$)|[ ])"
    r"|(?:\d{1,9}|#|[a-z]|[ivxlcdm]+|[IVXLCDM]{2,})\.(?:(?=$)|[ ])|[A-Z]\.(?:(?=$)|[ ][ ]))"
    r"(?:[ ]{0,3}(?![ ]))?"
)
"""Numbers, letters and marks of examples; a capital with a period wants two blanks after it."""
DEFINITION = re.compile(r"[ ]{0,2}[:~](?P<blanks>[ ]+)(?=[^ \t\n])")
NOTE = re.compile(r"[ ]{0,3}\[\^(?P<label>[^\]\s]+)\]:[ \t]*(?P<text>.*)$")
LINK = re.compile(
    r"[ ]{0,3}\[(?!\^)(?P<label>(?:\\.|[^\[\]\\\n]|\[[^\[\]\n]*\])+)\]:[ \t]*\n?[ \t]*"
    r"(?:<(?P<angle>[^<>\n]*)>|(?P<plain>\S+))"
    r"(?:(?:[ \t]+|[ \t]*\n[ \t]*)"
    r"(?P<title>\"(?:\\.|[^\\\n])*\"|'(?:\\.|[^\\\n])*'|\((?:\\.|[^\\\n])*\)))?"
    rf"(?:[ \t]*(?:{ATTRIBUTES}))?[ \t]*(?:\n|\Z)"
)
LINE_BLOCK = re.compile(r"\|(?:[ ]|[ \t]*$)")
CAPTION = re.compile(
    r"[ ]{0,3}(?:Table:|:(?![^\w\s$+<=>^`|~\U0001f300-\U0001faff]))[ \t]*(?=[^ \t\n])"
)
GRID = re.compile(r"[ ]{0,3}\+(?:[-=:]+\+)+[ \t]*$")
DASHES = re.compile(r"[ ]{0,3}(?:-{2,}(?:[ ]+-+)*|-(?:[ ]+-+)+)[ \t]*$")
SIMPLE_HEAD = re.compile(r"[ ]{0,3}-+(?:[ ]+-+)*[ \t]*$")
PIPE_BREAK = re.compile(r"[ ]{0,3}\|?[ \t]*:?-+:?[ \t]*(?:[|+][ \t]*:?-+:?[ \t]*)*[|+]?[ \t]*$")
TITLE_LINE = re.compile(r"%[ \t]*(?P<text>.*)$")
SHORTCODE = re.compile(r"[ ]{0,3}(?:\{\{<[^\n]*?>\}\}[ \t]*)+$")
TEX_OPEN = re.compile(r"[ ]{0,3}\\begin\{(?P<name>[A-Za-z]+\*?)\}")
TEX_LINE = re.compile(r"[ ]{0,3}(?:\\[A-Za-z]+\*?(?:\[[^\]\n]*\]|\{[^{}\n]*\})*[ \t]*)+$")
YAML = re.compile(r"---[ \t]*$")
YAML_END = re.compile(r"(?:---|\.\.\.)[ \t]*$")
_BLOCK_TAGS = (
    "blockquote body canvas caption center col colgroup dd details dir div dl dt fieldset "
    "figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html "
    "isindex main menu meta nav noframes ol output p pre section summary table tbody td textarea "
    "tfoot th thead tr ul video address article aside audio applet button embed iframe li map "
    "area noscript object progress script style svg template"
)
_TAG_REST = r"(?:\"[^\"]*\"|'[^']*'|[^<>\"'])*"
BLOCK_TAG = re.compile(
    rf"[ ]*<(?P<closing>/?)(?P<name>{'|'.join(_BLOCK_TAGS.split())})\b(?P<rest>{_TAG_REST})>",
    re.IGNORECASE,
)
COMMENT = re.compile(r"[ ]*<!--.*?-->|[ ]*<\?.*?\?>|[ ]*<![A-Z][^>]*>", re.DOTALL)
VERBATIM_TAGS = frozenset({"script", "style", "pre", "textarea"})
"""Elements whose content is no Markdown."""


def list_start(line: str) -> int:
    """Return the width of a list's mark with the blanks around it; 0 where a line has none."""
    if RULE.match(line):
        return 0
    mark = BULLET.match(line) or ORDERED.match(line)
    return mark.end() if mark else 0
