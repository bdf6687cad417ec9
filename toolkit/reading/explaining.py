"""Explain what of a page became no unit, and what looks like the syntax of another dialect.

Syntax that a dialect does not know is text to it: it stays, byte for byte, but is put before
translators as if it were theirs to translate. This tells where.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.dialects.blocks.values import Opaque, block_of
from toolkit.dialects.dialect import Syntax
from toolkit.language.code_spans import code_span
from toolkit.model.units import Kind
from toolkit.reading.segment.code import language_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

    from toolkit.dialects.dialect import Dialect
    from toolkit.model.units import Unit
    from toolkit.reading.page import Page


@dataclass(frozen=True, slots=True)
class Explanation:
    """A note on a place in a page."""

    line: int
    """The line, from 1."""
    text: str
    doubtful: bool = False
    """Whether the page may be meant otherwise than it was read."""


def _patterns(*pairs: tuple[Syntax, str]) -> tuple[tuple[Syntax, re.Pattern[str]], ...]:
    return tuple((syntax, re.compile(pattern, re.MULTILINE)) for syntax, pattern in pairs)


_IN_TEXT = _patterns(
    (Syntax.ADMONITION, r"(?:!!!|\?\?\?\+?)[ ]?[\w-]+(?:[ ]+\"|[ ]|$)"),
    (Syntax.TAB, r"===[+!]? +\""),
    (Syntax.SLASH_BLOCK, r"///[ ]*[\w-]+"),
    (Syntax.SNIPPET, r"-+8<-+"),
    (Syntax.COLON_BLOCK, r":::+[ ]?[A-Za-z]"),
    (Syntax.DIRECTIVE, r":{3,}\{[\w-]+\}"),
    (Syntax.TARGET, r"\([\w:. -]+\)=$"),
    (
        Syntax.MODULE,
        r"(?:import\s[^.]{0,999}from\s+[\"']|export\s+(?:const|default|function)\b)",
    ),
    (Syntax.ALERT, r"\[![A-Z]+\]"),
    (Syntax.DEFINITION, r":[ \t]{1,4}\S"),
    (Syntax.TABLE, r"\|.*\|[ \t]*$"),
)
"""Syntax that the start of a text may look like."""
_ANYWHERE = _patterns(
    (Syntax.SHORTCODE, r"\{\{[<%]"),
    (Syntax.ROLE, r"\{[\w:+-]+\}`[^`]"),
    (Syntax.COMPONENT, r"</?[A-Z][\w.]*(?=[\s/>])[^<>]*>"),
    (Syntax.HEADING_ID, r"(?<=\S)[ ]\{[ ]*#[\w-]+[ ]*\}$"),
)
_DIRECTIVE = re.compile(r"\{[\w:-]+\}")
_CODE = re.compile(rf"(?<!\}}){code_span()}")
_CLOSING = re.compile(r"[ \t>]*(`{3,}|~{3,})[ \t]*$")
_WHY = {
    "code_block": "indented code",
    "hr": "a rule",
    "module": "imports and exports",
    "opaque": "holds no text of its own",
    "definition": "a link's target",
}


def explanations(page: Page, dialects: Sequence[Dialect]) -> list[Explanation]:
    """Explain a page, in the order of its lines; `dialects` are those that it may be meant for."""
    found = [
        *_front_matter(page),
        *_blocks(page, dialects),
        *(one for unit in page.units for one in _doubts(page, unit, dialects)),
    ]
    return sorted(found, key=lambda one: one.line)


def _front_matter(page: Page) -> Iterator[Explanation]:
    header = page.reading.header
    if header.lines:
        keys = ", ".join(value.key for value in header.values) or "none"
        yield Explanation(1, f"front matter, {header.lines} lines; translated: {keys}")
    elif page.document.text.startswith(("---\n", "---\r", "+++\n", "+++\r")):
        yield Explanation(1, "starts like front matter, but is read as text", doubtful=True)


def _blocks(page: Page, dialects: Sequence[Dialect]) -> Iterator[Explanation]:
    """The blocks that hold no unit."""
    source = page.reading.source.split("\n")
    starts = {page.document.place(unit.span.start)[0] for unit in page.units}
    for token in page.reading.tokens:
        if not token.map or token.nesting:
            continue
        first, last = token.map[0] + 1, token.map[1]
        if not any(line in starts for line in range(first, last + 1)):
            why = _why(token)
            if why:
                lines = f"lines {first} to {last}" if last > first else "one line"
                yield Explanation(first, f"no unit: {why}, {lines}")
        yield from _doubts_of_code(token, page, source, dialects)


def _why(token: Token) -> str:
    if token.type == "fence":
        return f"code {language_of(token.info)}".rstrip()
    if token.type in {"html_block", "jsx"}:
        return "tags or comments without words"
    if token.type in {"paragraph", "heading", "table"}:
        return "text without words, or left out"
    block = block_of(token)
    if isinstance(block, Opaque) and block.markup:
        return f"{block.markup}, which is not translated"
    return _WHY.get(token.type, "")


def _doubts_of_code(
    token: Token, page: Page, source: list[str], dialects: Sequence[Dialect]
) -> Iterator[Explanation]:
    block = block_of(token)
    if isinstance(block, Opaque) and block.unknown:
        directive = f'directive "{block.unknown}"'
        what = f'nothing in {directive} is translated; the setting "directives" can include it'
        yield Explanation((token.map or [0])[0] + 1, what, doubtful=True)
    if token.type != "fence" or not token.map:
        return
    first, last = token.map
    if _DIRECTIVE.match(token.info.strip()) and not page.dialect.knows(Syntax.DIRECTIVE):
        yield Explanation(first + 1, _looks(Syntax.DIRECTIVE, dialects), doubtful=True)
    if last - first == 1 or not _CLOSING.match(source[last - 1]):
        yield Explanation(first + 1, "code that nothing closes", doubtful=True)


def _doubts(page: Page, unit: Unit, dialects: Sequence[Dialect]) -> Iterator[Explanation]:
    """The parts of a unit that look like syntax which its dialect does not know."""
    if unit.kind.in_code or unit.kind is Kind.FRONT_MATTER:
        return
    line = page.document.place(unit.span.start)[0]
    for syntax, pattern in _IN_TEXT:
        if not page.dialect.knows(syntax) and pattern.match(unit.text):
            yield Explanation(line, _looks(syntax, dialects), doubtful=True)
            return
    bare = _CODE.sub(" ", unit.text)
    for syntax, pattern in _ANYWHERE:
        if not page.dialect.knows(syntax) and pattern.search(bare):
            yield Explanation(line, _looks(syntax, dialects), doubtful=True)


def _looks(syntax: Syntax, dialects: Sequence[Dialect]) -> str:
    names = " or ".join(one.name for one in dialects if one.knows(syntax))
    hint = f"; dialect {names} supports it" if names else ""
    return f"looks like {syntax}, but is read as text{hint}"
