"""Recognize pages in which translations change nothing but words within lines.

Rules for blocks look at how a line starts, and at few marks in it. Where each line starts with text
as before, and these marks are the same and in the same order, a page has the blocks of its source,
and need not be read to know it. The words of a paragraph may come to stand in one line.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from toolkit.dialects.inline import Flavour
from toolkit.model.expressions import late
from toolkit.model.units import Form, Kind
from toolkit.reading.segment import read_header
from toolkit.writing.guard.escapes import is_harmless
from toolkit.writing.guard.skeleton import same_header, same_nesting

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from toolkit.dialects.dialect import Dialect
    from toolkit.dialects.inline import Grammar
    from toolkit.model.document import Document, Edit
    from toolkit.model.units import Unit
    from toolkit.reading.segment import Reading

    Match = Callable[[str], re.Match[str] | None]

Place = tuple[Form, Kind]
_FLOW, _LINE, _QUOTED, _CODE_LINE = Form.FLOW, Form.LINE, Form.QUOTED, Form.CODE_LINE
_HEADING, _FRONT_MATTER = Kind.HEADING, Kind.FRONT_MATTER
_TITLES = (
    Kind.ADMONITION_TITLE,
    Kind.DETAILS_TITLE,
    Kind.TAB_TITLE,
    Kind.BLOCK_TITLE,
    Kind.DIRECTIVE_TITLE,
    Kind.CONTENTS_ENTRY,
)
_PARAGRAPHS = (Kind.PARAGRAPH, Kind.LIST_ITEM, Kind.QUOTE, Kind.FOOTNOTE, Kind.DEFINITION)
_CELLS = (Kind.TABLE_CELL, Kind.TABLE_HEADER)
_ROW_FORMS = (Form.CELL, Form.CODE_CELL)
_NOWHERE = {
    **dict.fromkeys([(_FLOW, kind) for kind in _PARAGRAPHS], ""),
    **dict.fromkeys([(_LINE, kind) for kind in _TITLES], '[]{}"\\<>#|'),
    **dict.fromkeys([(_QUOTED, kind) for kind in _TITLES], '"{}|'),
    **dict.fromkeys([(form, kind) for form in _ROW_FORMS for kind in _CELLS], "|"),
    (_LINE, _HEADING): "{}#|",
    (Form.HTML, Kind.HTML_TEXT): "[]{}\\#`*_|",
    (_CODE_LINE, Kind.CODE_COMMENT): "",
    (_CODE_LINE, Kind.CODE_STRING): "",
}
"""Characters that may be in no text of a place."""
_NAMES = frozenset({(_CODE_LINE, Kind.CODE_TITLE), (Form.ATTRIBUTE, Kind.HTML_ATTRIBUTE)})
_NAME = re.compile(r"[^\W_](?:(?:[^\W_]|[ ,.;()，。；：、（）])*(?:[^\W_]|[.)。）]))?").fullmatch
"""Matches texts of places where they are hardly more than words."""
_MARKED = {
    "$": r"\$(?!\$)",
    "`": "`(?!``)",
    "~": "~(?!~~)",
    ":": ":(?!::)",
    "/": "/(?!//)",
    "[": r"\[(?!\[|!\w|(?:TOC|toc)\])",
    ">": "(?<!--)(?<!--!)>",
    "<": "(?<!8)<(?![!?])",
    "{": r"\{(?![{%#:])",
    "}": r"(?<![%#])\}(?!\})",
    "&": "&",
    "\\": r"\\",
}
"""Patterns of marks where no rule for blocks looks at them."""
_IN_PYTHON = {
    "{": r"\{(?![:%#]|--|\+\+|~~|==|>>)",
    "}": r"\}",
    "&": "&(?!#)|&(?=#(?:[0-9]+|[xX][0-9a-fA-F]+);)",
}
_BRACES = {"{": r"\{", "}": r"\}"}
"""The same of braces where no rule for blocks looks for macros within lines."""
_CONTROL = r"\t\n\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029"
_KEPT = re.compile(r"<[A-Za-z/][^<>]*>?|[|>]|`+|\\[`<|{\\]|&#?\w+;").findall
"""Finds what has to be as it was, in its order."""
_MAY_BE_KEPT = re.compile(r"[<>`&|\\]").search
_OPEN_TAG = late(r"<[A-Za-z/!?][^<>]*(?:\n|\Z)")
"""A tag that does not end in its line, into which Python's reader of HTML may take words."""
_IN_BRACES = r"[^{}\n]"
for _ in range(3):
    _IN_BRACES = rf"(?:[^{{}}\n]|\{{{_IN_BRACES}*+\}})"
_OPEN_EXPRESSION = late(rf"{_OPEN_TAG.pattern}|\{{{_IN_BRACES}*+(?:\n|\Z)")
"""The same, or an expression: quotes, code and backslashes may act in those of components."""
_MARKERS = late(
    r"[ >]*(?:(?:[-*+]|\d{1,9}[.)])[ ]+)*(?:\[[ xX]\][ ]+)?(?:\[\^[^\]\n]+\]:[ ]*|:[ ]+)?"
)
_BELOW = late(
    r"[ ]*(?:\r?\n[ >\t]*(?:\r?\n|\Z|(?:[-*+]|\d{1,9}[.)])[ ]+\S|`{3}|~{3}|:{3}|>[ ]*\w)|\Z)"
)
"""Matches what may stand behind a paragraph: a blank line, or the start of another block."""
_TAKING_IN = frozenset({Kind.FOOTNOTE, Kind.DEFINITION})
_DEFINITION_BELOW = late(r"[ ]*\r?\n(?:[ >\t]*\r?\n)*[ >\t]*[:~][ \t]")
_BLANK_BELOW = late(r"[ ]*\r?\n[ >\t]*(?:\r?\n|\Z)|[ ]*\Z")
_ABOVE = late(
    r"[ >\t]*(?:#|!!!|\?\?\?|===|:::|---+\s*\Z|\[(?:\^[^\]]+\]:|!\w+\])\s*\Z|.*-->\s*\Z|\Z)"
)
"""Matches a line that a paragraph below it is no part of."""
_KNOWN_START = late(r"[*_`~!\[:+$/\"'.\d]\S*[^\W_]")
"""Matches starts that are text whatever stands behind them, where they are in the source."""
_HAS_LETTERS = re.compile(r"[^\W_]")
_DEFINITION = late(r"\*?\[(?:[^][\\]|\\.)*\]:")
_LINE_END = late(r"[ ]*\r?\n[ >]*")
_NESTING = late(r"[$\\<>{}`*_]")
_OPEN_SHORTCODE = late(r"\{\{[<%][^{}]*(?:\n|\Z)")
"""A shortcode that does not end in its line, in which any quote may act."""
_LANGUAGES = frozenset(
    "rust rs toml go java bash sh shell python py javascript js yaml yml".split()
)
"""Languages whose comments end with their lines, whatever they say, and strings with quotes.

In those of C a comment may stand in what the lexer takes for the head of a function.
"""
_COMMENT = late(r"(?P<marks>(?:(?://[/!]?|#)[ \t]*)?)[^\W_](?:.*[\w.,;:?!)\"'`。，；：！？）])?")
_STRING = late(r"\"[^\"`\\$]+\"")
"""The forms of comments and strings whose words may be any."""
_COMMENT_END = late(r"/\*|\*/")
_COMMENT_MARK = late(r"(?://[/!]*|#)[ \t]*\Z")
_CHARACTERS = frozenset({"rust", "rs", "go", "java"})
"""Languages in which a single quote starts nothing longer than a line."""
_SHELLS = frozenset({"bash", "sh", "shell"})
_YAML = frozenset({"yaml", "yml"})
_PYTHON = frozenset({"python", "py"})


def keeps_blocks(
    document: Document,
    page: Document,
    reading: Reading,
    edits: Sequence[tuple[Unit, Edit]],
) -> bool:
    """Whether `page`, which is `document` with some edits of its units, surely has its blocks.

    `False` where only reading the page can tell.
    """
    dialect = reading.dialect
    if not dialect.tells_blocks_by_line_starts or dialect.grammar.own_syntax or document.notebook:
        return False
    if _has_open_tag(reading):
        return False
    places = _quiet_texts(dialect.grammar, nests=dialect.nesting is not None)
    if not all(_is_inert(unit, edit.text, document, dialect, places) for unit, edit in edits):
        return False
    return _keeps_header(document, page, reading, edits[0][0]) and (
        not dialect.nesting
        or not (_OPEN_SHORTCODE.search(reading.source) or _may_nest(document, edits))
        or same_nesting(page.with_newlines().text, reading, dialect)
    )


def _keeps_header(document: Document, page: Document, reading: Reading, first: Unit) -> bool:
    """Whether a page has the front matter of its source; `first` is the first unit that changed."""
    lines = reading.header.lines
    start = document.line_starts[lines] if lines < len(document.line_starts) else 0
    if first.kind is not _FRONT_MATTER and document.text[start : first.span.start].strip():
        return True
    text = page.with_newlines().text
    return same_header(read_header(text, reading.dialect, reading.keys), text, reading)


def _may_nest(document: Document, edits: Sequence[tuple[Unit, Edit]]) -> bool:
    """Whether a text has, or had, marks that may make elements or macros, or hide such."""
    return any(
        _NESTING.search(edit.text) or _NESTING.search(document.text, edit.span.start, edit.span.end)
        for _, edit in edits
    )


class _QuietTexts(dict[Place, "Match | None"]):
    """Patterns of texts in which rules for blocks look at nothing, by their places.

    Each is made once it is asked for; `None` is for places in which any text may be looked at.
    """

    def __init__(self, grammar: Grammar, *, nests: bool) -> None:
        own = _IN_PYTHON if grammar.html_reader else {} if nests else _BRACES
        self._marked = _MARKED | own
        self._nowhere = ""
        if grammar.components:
            self._nowhere = "<{}"
        elif grammar.flavour is Flavour.KRAMDOWN:
            self._nowhere = "|"

    def __missing__(self, place: Place) -> Match | None:
        also = _NOWHERE.get(place)
        if also is not None:
            self[place] = self._quiet(self._nowhere + also)
        else:
            self[place] = _NAME if place in _NAMES else None
        return self[place]

    def _quiet(self, nowhere: str) -> Match:
        """Return what matches a line with marks in which nothing is looked at, and some nowhere."""
        others = re.escape("".join({*self._marked, *nowhere}))
        marks = "|".join(pattern for mark, pattern in self._marked.items() if mark not in nowhere)
        return re.compile(rf"(?!\s)(?:[^{others}{_CONTROL}]++|{marks})++(?<![\s\\])").fullmatch


_quiet_texts = lru_cache(maxsize=64)(_QuietTexts)


def _has_open_tag(reading: Reading) -> bool:
    """Whether a tag outside of code does not end in its line, and texts may end it."""
    source, grammar = reading.source, reading.dialect.grammar
    expressions = grammar.components or grammar.flavour is Flavour.MDX
    if not (grammar.html_reader or expressions):
        return False
    opening = _OPEN_EXPRESSION if expressions else _OPEN_TAG
    opened = [match.start() for match in opening.finditer(source)]
    if not opened:
        return False
    code = [one.map for one in reading.tokens if one.map and one.type in {"fence", "code_block"}]
    lines = [source.count("\n", 0, place) for place in opened]
    return not all(any(first <= line < last for first, last in code) for line in lines)


def _is_inert(
    unit: Unit,
    text: str,
    document: Document,
    dialect: Dialect,
    places: _QuietTexts,
) -> bool:
    """Whether a text in the place of a unit is nothing but other words to rules for blocks."""
    is_quiet = places[unit.form, unit.kind]
    if is_quiet is None or (dialect.fence_labels and unit.kind is Kind.CODE_TITLE):
        return unit.kind is _FRONT_MATTER
    source = document.text[unit.span.start : unit.span.end]
    if unit.form is _FLOW and "\n" in source:
        source = _LINE_END.sub(" ", source)
        if not _is_joined(source, unit.text):
            return False
    if not (is_quiet(text) and is_quiet(source)):
        return False
    if (_MAY_BE_KEPT(text) or _MAY_BE_KEPT(source)) and _KEPT(text) != _KEPT(source):
        return False
    return _stays_in_place(unit, source, text, document, dialect)


def _is_joined(source: str, text: str) -> bool:
    """Whether a text has all lines of its source: none of them is a block of its own."""
    if source == text:
        return True
    return "".join(source.split()) == "".join(text.split())


def _stays_in_place(
    unit: Unit, source: str, text: str, document: Document, dialect: Dialect
) -> bool:
    """Whether a text is bound to its place in the same way as its source."""
    if unit.form is _QUOTED:
        return True
    if unit.form is _CODE_LINE:
        return _is_same_code(unit, source, text, document)
    if not _starts_alike(source, text, dialect, marked=unit.kind is _HEADING):
        return False
    return unit.form is not _FLOW or _stands_alone(unit, document.text)


def _is_same_code(unit: Unit, source: str, text: str, document: Document) -> bool:
    """Whether two texts of code are a comment, or a string, in the same way."""
    language = unit.detail.partition(" · ")[2]
    if language not in _LANGUAGES or (language in _SHELLS and "<<" in document.text):
        return False
    quotes = '"' if language in _CHARACTERS else "\"'"
    if [mark for mark in source if mark in quotes] != [mark for mark in text if mark in quotes]:
        # One of them may pair with a quote above that nothing ends.
        return False
    start, end = unit.span.start, unit.span.end
    if unit.kind is Kind.CODE_COMMENT:
        line = document.text[document.text.rfind("\n", 0, start) + 1 : start]
        return _is_same_comment(source, text, line)
    if language in _YAML or (language in _PYTHON and ("{" in text or "{" in source)):
        # Blanks cut strings of YAML, expressions those of Python.
        return False
    if not source.startswith('"'):
        # The quotes stand beside the text.
        before, behind = document.text[start - 1], document.text[end : end + 1]
        source, text = f"{before}{source}{behind}", f"{before}{text}{behind}"
    return bool(_STRING.fullmatch(source) and _STRING.fullmatch(text))


def _is_same_comment(source: str, text: str, before: str) -> bool:
    """Whether two texts are a comment that ends with its line; `before` is what stands there."""
    one, other = _COMMENT.fullmatch(source), _COMMENT.fullmatch(text)
    if one is None or other is None or one["marks"] != other["marks"]:
        return False
    if not (one["marks"] or _COMMENT_MARK.search(before)):
        return False
    return not (_COMMENT_END.search(source) or _COMMENT_END.search(text))


def _starts_alike(source: str, text: str, dialect: Dialect, *, marked: bool) -> bool:
    """Whether a line starts with text, or with what its source starts with.

    Where a mark of a heading is in front of it (`marked`), only the box of a task may act there.
    """
    if not _HAS_LETTERS.search(text) or _DEFINITION.match(text):
        return False
    # In Python-Markdown braces act at a line's start only where nothing else stands in the line.
    braced = dialect.grammar.html_reader and source.startswith("{")
    if is_harmless(text, dialect) and (marked or braced or is_harmless(source, dialect)):
        return True
    start = text.split(maxsplit=1)[0]
    known = marked or (_KNOWN_START.match(start) and source.split(maxsplit=1)[0] == start)
    if not known:
        return False
    return not (dialect.task.match(text) or dialect.task.match(source))


def _stands_alone(unit: Unit, text: str) -> bool:
    """Whether a paragraph has no lines above or below it that may belong to it."""
    start, end = unit.span.start, unit.span.end
    if not _BELOW.match(text, end):
        return False
    line = text.rfind("\n", 0, start) + 1
    prefix = text[line:start]
    last = text.rfind("\n", 0, end) + 1
    if last > start and _may_go_on(unit, text, last, lazy=bool(prefix.strip(" >"))):
        return False
    if prefix.strip(" >"):
        return _MARKERS.fullmatch(prefix) is not None
    above = text[text.rfind("\n", 0, line - 1) + 1 : line - 1] if line else ""
    if (">" in prefix) is not above.lstrip().startswith(">"):
        return ">" in prefix
    return _ABOVE.match(above.rstrip("\r")) is not None


def _may_go_on(unit: Unit, text: str, last: int, *, lazy: bool) -> bool:
    """Whether it may depend on its lines, the last of which starts at `last`, what stands below.

    Definitions and notes take in what a line without indent goes on with (`lazy`); a term is one
    line above a definition.
    """
    if _BLANK_BELOW.match(text, unit.span.end):
        return _DEFINITION_BELOW.match(text, unit.span.end) is not None
    return unit.kind in _TAKING_IN or (lazy and text[last] not in " >")
