"""Text put so that no line of it starts a block, closes a heading or opens an attribute list.

Whether a line is dangerous is not guessed: the dialect's own parser reads it where it would stand.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from toolkit.dialects.blocks.attributes import is_attribute_list
from toolkit.dialects.inline.grammar import Flavour
from toolkit.dialects.inline.runs import Runs, escaped_runs
from toolkit.dialects.parser import NestingError
from toolkit.model.units import Form, Kind
from toolkit.writing.forms import spread
from toolkit.writing.guard.underlines import in_two_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.dialects.dialect import Dialect
    from toolkit.model.document import Document
    from toolkit.model.units import Unit

_FLOW, _CSV, _HTML, _CAPTION = Form.FLOW, Form.CSV, Form.HTML, Kind.CAPTION
_LINE_STARTS = frozenset({Form.LINE_START, Form.HTML})
_CELLS = frozenset({Form.CELL, Form.CODE_CELL})
_BLANKS = re.compile(r"\s*")
_LINE_END = re.compile(r"\r\n|\n|\r")
_BACKSLASH_SAFE = frozenset("\\`*_{}[]()#+-.!>")
"""The characters that a backslash escapes in both CommonMark and Python-Markdown."""
_ORDINAL = re.compile(r"\d+(?=[.)])")
_INLINE_START = re.compile(
    r"(?:[*_]{1,3}|~~|`{1,2}|\[(?![xX]\]))(?=[^\W_])|\$(?=[\w\\(])|\d+(?![.)\d])"
)
"""Emphasis, code, a formula, a link's text, a number: what no block starts with."""
_FENCE = re.compile(r"`{3,}|~{3,}|/{3,}|\${2,}")
_ALERT = re.compile(r"\[![A-Za-z]+\]")
_CLOSING_MARKS = re.compile(r"(?P<escapes>\\*)(?P<marks>#+)[ \t]*$")
_ROLE = re.compile(r"\{[\w:.+-]+\}`")
_TAB_ID = re.compile(r"(?<!\\)(?:\\\\)*(?=#)")
"""Matches where the id of a tab of VuePress may start."""
_HARD_BREAK = re.compile(r"(?<!\\)((?:\\\\)*)\\$")
_MARKDOWN_INSIDE = re.compile(r"\smarkdown(?:=[^>]*)?>\s*$")
_LONE_MARKER = re.compile(r"(?:[:+*-]|\d{1,9}[.)])[ \t]*\Z")
"""A marker with nothing behind it, which some programs take for one all the same."""
_INDENT = 4
"""The blanks that make code of a line."""
_LONGEST_START = 1100
"""The characters of a line by which it is known whether it starts a block."""
_BORDER = 3
"""The characters among which the pipe before a cell stands, mostly."""
_UNDERLINE_MARKS = frozenset("=-")
MARKDOWN_FORMS = frozenset(
    {
        Form.FLOW,
        Form.LINE,
        Form.LINE_START,
        Form.QUOTED,
        Form.CELL,
        Form.CODE_CELL,
        Form.HTML,
        Form.BRACKETED,
    }
)


def escaped(unit: Unit, text: str, document: Document, dialect: Dialect) -> str:
    """`text` with what would be block syntax in the place of `unit` of `document` escaped."""
    if dialect.escaping and unit.form in MARKDOWN_FORMS:
        text = dialect.escaping(unit.text, text)
    if text.startswith("<"):
        text = spread(unit, document, text)
    if unit.form is _FLOW:
        text = in_two_lines(unit, text, document, dialect)
    safe = _in_its_block(unit, text, document, dialect)
    if safe != text and dialect.escaping and unit.form in MARKDOWN_FORMS:
        # What stood in code may act where an escape has undone it.
        safe = dialect.escaping(unit.text, safe)
    text = safe
    start = dialect.page_start and dialect.page_start.match(text)
    if start and unit.form in MARKDOWN_FORMS and _is_first(unit, document):
        # A backslash in front of a shortcode would be shown.
        return f"&#32;{text}" if text.lstrip().startswith("{{") else _escape(text.lstrip())
    return text


def _is_first(unit: Unit, document: Document) -> bool:
    """Whether nothing but blanks stands in front of a unit."""
    blanks = _BLANKS.match(document.text)
    return bool(blanks and blanks.end() >= unit.span.start)


def _in_its_block(unit: Unit, text: str, document: Document, dialect: Dialect) -> str:
    """`text` escaped where a line of it, or its end, is syntax of blocks."""
    form = unit.form
    if form is _FLOW and is_harmless(text, dialect):
        return text
    # What a caption says is read as blocks of its own, as a cell of CSV is.
    block_value = unit.kind is _CAPTION or form is _CSV
    if not (block_value or form in MARKDOWN_FORMS) or (
        form is _HTML and not _MARKDOWN_INSIDE.search(_before(document, unit))
    ):
        return text
    lines = _lines(text)
    if lines and _ALERT.match(lines[0]) and not _ALERT.match(unit.text):
        # VitePress finds it in whatever is first in a quote.
        lines[0] = _escape(lines[0])
    if form is _FLOW:
        return "\n".join(_escaped_lines(unit, lines, dialect))
    line = " ".join(lines)
    if _ended(unit.text) == unit.text:
        line = _ended(line)
    if unit.kind is _CAPTION and line[:1] in _UNDERLINE_MARKS:
        # It stands behind an image, which it would underline.
        line = _escape(line)
    if block_value or form in _LINE_STARTS:
        return "".join(_escaped_lines(unit, [line], dialect))
    if form in _CELLS:
        return _cell(unit, line, document, dialect)
    return _title(unit, line, document, dialect)


def _title(unit: Unit, line: str, document: Document, dialect: Dialect) -> str:
    """A heading, or a block's title; PyMdown's are read as blocks of their own."""
    if unit.kind is Kind.HEADING:
        return _open_ended(_without_box(unit, line, document, dialect))
    line = _escape(line) if line.startswith("#") else line
    in_vue = unit.kind is Kind.TAB_TITLE and dialect.grammar.components
    return _TAB_ID.sub(r"\g<0>\\", line) if in_vue else line


def _without_box(unit: Unit, line: str, document: Document, dialect: Dialect) -> str:
    """A heading's text that makes no box of a task where it stands in a list."""
    in_item = dialect.task_headings and _before(document, unit).strip("# \t>")
    return _escape(line) if in_item and _is_marker(unit, line, dialect) else line


def _before(document: Document, unit: Unit) -> str:
    """Return the text before a unit in its line."""
    return document.text_before(unit.span.start)


def is_harmless(text: str, dialect: Dialect) -> bool:
    """Whether a text is a single line that starts with nothing a block could start with."""
    if "\n" in text or "\r" in text or dialect.has_vanishing(text):
        return False
    if dialect.text_start.match(text):
        return True
    return bool(_INLINE_START.match(text)) and "]:" not in text


def _ended(line: str) -> str:
    """A line whose last backslash escapes nothing behind it."""
    if not line.endswith("\\"):
        return line
    backslashes = len(line) - len(line.rstrip("\\"))
    return line + "\\" * (backslashes % 2)


def _lines(text: str) -> list[str]:
    """The lines that are not blank, without indent; a blank one would end the paragraph."""
    text = text.strip()
    if "\n" not in text and "\r" not in text:
        return [text] if text else []
    return [line.lstrip() for line in _LINE_END.split(text) if line.strip()]


def _escaped_lines(unit: Unit, lines: list[str], dialect: Dialect) -> list[str]:
    own = _lines(unit.text)
    known = [_start_of(line) for line in own]
    lines = [_escaped_behind_tags(own, line, dialect) for line in lines]
    starts = dialect.parser.block.first_characters | _UNDERLINE_MARKS
    safe = [
        _escape(line)
        if line[0] in starts
        and (_start_of(line) or None) not in (known[1:] if index else known[:1])
        and _starts_block(line, index, dialect)
        else line
        for index, line in enumerate(lines)
    ]
    if safe and _is_marker(unit, "\n".join(safe), dialect):
        safe[0] = _escape(safe[0])
    whole = len(safe) == 1 or _is_whole(safe, dialect)
    if not whole:
        # What is text where its source stands may start a block behind other lines.
        safe = [_escape(line) if _starts_block(line, 1, dialect) else line for line in safe]
        whole = _is_whole(safe, dialect)
    if whole and not _has_lists(safe, known, dialect):
        return safe
    # An attribute list or what else is syntax only in a line of its own.
    # In Python-Markdown a backslash breaks no line: it is shown.
    shown = dialect.grammar.flavour is Flavour.PYTHON_MARKDOWN
    kept = r"\1\\\\" if shown else r"\1"
    return [" ".join([*(_HARD_BREAK.sub(kept, line) for line in safe[:-1]), safe[-1]])]


def _escaped_behind_tags(own: list[str], line: str, dialect: Dialect) -> str:
    """Return a line in which no text starts a block once tags have left nothing before or in it.

    `own` is the lines of its source: what stands behind a tag there may do so here.
    """
    vanishing = dialect.vanishing
    if vanishing is None or not dialect.has_vanishing(line):
        return line
    known = {_first_word(rest) for one in own for rest in _behind_tags(one, vanishing)}
    starts = _starts_behind_tags(line, vanishing)
    pieces: list[str] = []
    for start, end in pairwise([*starts, len(line)]):
        piece, window = line[start:end], line[start : start + _LONGEST_START]
        left, text = dialect.without_vanishing(window).strip(), piece.lstrip()
        gap = piece[: len(piece) - len(text)]
        is_new = left and not vanishing.match(text) and _first_word(text) not in known
        if is_new and any(_starts_block(left, index, dialect) for index in (0, 1)):
            text = _escape(text)
        pieces.append(f" {text}" if len(gap.expandtabs(_INDENT)) >= _INDENT else gap + text)
    return "".join(pieces)


def _starts_behind_tags(line: str, vanishing: re.Pattern[str]) -> list[int]:
    """Return where text may come to stand at the start of a line: there, and behind each tag."""
    return [0, *(tag.end() for tag in vanishing.finditer(line))]


def _behind_tags(line: str, vanishing: re.Pattern[str]) -> Iterator[str]:
    yield from (line[start:] for start in _starts_behind_tags(line, vanishing))


def _first_word(text: str) -> str:
    return text.split(maxsplit=1)[0] if text.strip() else ""


def _has_lists(lines: list[str], known: list[str], dialect: Dialect) -> bool:
    """Whether a line could be a list of attributes, where none of the source starts so."""
    return any(
        line.startswith("{")
        and not (dialect.grammar.roles and _ROLE.match(line))
        and (_start_of(line) not in known[1:] or is_attribute_list(line))
        for line in lines[1:]
    )


def _start_of(line: str) -> str:
    """The start of a line that starts no block there, as its source line starts the same way.

    Of what could underline the line above that is not known, which may have had two above it.
    """
    return "" if line[0] in _UNDERLINE_MARKS else line.split(maxsplit=1)[0]


def _is_marker(unit: Unit, text: str, dialect: Dialect) -> bool:
    """Whether a text would start with a task box or be an alert's marker."""
    if unit.kind is Kind.QUOTE and _ALERT.match(text):
        return True
    box = dialect.task.match(text)
    if not box or dialect.task.match(unit.text):
        return False
    # In Hugo `[x](a.md)` is a box as well, but a link outside of lists.
    return unit.kind is not Kind.PARAGRAPH or box[0][-1].isspace() or box.end() == len(text)


def _starts_block(line: str, index: int, dialect: Dialect) -> bool:
    """Whether the parser takes a line for more than text, behind text or behind a blank line."""
    fence = _FENCE.match(line)
    if fence and fence[0] not in line[fence.end() :]:
        # Alone it may be text, but on the page it could meet one that closes it.
        return True
    if _LONE_MARKER.match(line):
        return True
    # Python-Markdown expands tabs before it looks for blocks.
    line = line.expandtabs(4)
    if index:
        return not _is_paragraph(f"x\n{line}", dialect)
    return _block_types(f"x\n\n{line}\n", dialect) != ["paragraph", "paragraph"]


def _is_whole(lines: list[str], dialect: Dialect) -> bool:
    """Whether lines are one paragraph, whatever tags leave of them."""
    text = "\n".join(lines)
    left = dialect.without_vanishing(text)
    return _is_paragraph(text, dialect) and (left == text or _is_paragraph(left, dialect))


def _is_paragraph(text: str, dialect: Dialect) -> bool:
    return _block_types(text + "\n", dialect) == ["paragraph"]


def _block_types(text: str, dialect: Dialect) -> list[str]:
    """The kinds of the blocks of a text; none where they are nested too deep to be read."""
    try:
        tokens, _ = dialect.parser.blocks(text)
    except (NestingError, RecursionError):
        return []
    return [token.type for token in tokens]


def _escape(line: str) -> str:
    """A line whose first mark is escaped, so that it is read as text and shown as before."""
    ordinal = _ORDINAL.match(line)
    if ordinal:
        return f"{ordinal[0]}\\{line[ordinal.end() :]}"
    fence = _FENCE.match(line)
    if fence:
        # PyMdown's `superfences` takes no notice of a backslash.
        return "".join(f"&#{ord(mark)};" for mark in fence[0]) + line[fence.end() :]
    if line[0] in _BACKSLASH_SAFE:
        return f"\\{line}"
    return f"&#{ord(line[0])};{line[1:]}"


def _open_ended(text: str) -> str:
    """A heading's text whose last `#`s are not taken for its closing ones."""
    found = _CLOSING_MARKS.search(text) if "#" in text else None
    if not found:
        return text
    escaped = len(found["escapes"]) % 2
    start = found.start("marks") + escaped
    return text[:start] + text[start:].replace("#", "\\#")


def _runs(text: str) -> list[str]:
    """The runs of backticks in a text, with the backslash in front of them."""
    return [match[0] for match in escaped_runs(text)]


def _with_ticks_in_pairs(text: str) -> str:
    """A text whose runs of backticks that pair with none are written as entities."""
    pieces: list[str] = []
    position = 0
    runs = Runs(text)
    for match in escaped_runs(text):
        if match.start() < position or match[0][0] == "\\":
            continue
        end = runs.span_end(match.start())
        pieces.append(text[position : match.start()])
        alone = end == match.end()
        pieces.append("&#96;" * len(match[0]) if alone else text[match.start() : end])
        position = end
    return "".join((*pieces, text[position:]))


def _cell(unit: Unit, text: str, document: Document, dialect: Dialect) -> str:
    """A cell's text; backticks that pair with none would reach into the next cell."""
    loose = unit.form is Form.CODE_CELL and dialect.grammar.flavour is Flavour.PYTHON_MARKDOWN
    if loose and "`" in text and _runs(text) != _runs(unit.text):
        text = _with_ticks_in_pairs(text)
    start = unit.span.start
    if document.text[max(0, start - _BORDER) : start].rstrip(" \t").endswith("|"):
        return text
    if text and not _before(document, unit).strip(" \t>"):
        return "".join(_escaped_lines(unit, [text], dialect))
    return text
