"""What of a page became no unit and why, and what looks like the syntax of another dialect.

Syntax that a dialect does not know is text to it: it stays, byte for byte, but is put before
translators as if it were theirs to translate. This tells where.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.dialects.blocks.values import Opaque, block_of
from toolkit.model.units import Kind
from toolkit.reading.segment.code import language_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

    from toolkit.model.units import Unit
    from toolkit.reading.page import Page


@dataclass(frozen=True, slots=True)
class Explanation:
    """A note on a place in a page."""

    line: int
    """From 1."""
    text: str
    doubtful: bool = False
    """Whether the page may be meant otherwise than it was read."""


@dataclass(frozen=True, slots=True)
class _Foreign:
    """Syntax that some dialects know, as it looks to one that does not."""

    pattern: re.Pattern[str]
    what: str
    dialects: tuple[str, ...]


def _foreign(pattern: str, what: str, *dialects: str) -> _Foreign:
    return _Foreign(re.compile(pattern, re.MULTILINE), what, dialects)


_COMPONENTS = ("mdx", "docusaurus", "vitepress")
_IN_TEXT = (
    _foreign(r"(?:!!!|\?\?\?\+?)[ ]?[\w-]+(?:[ ]+\"|[ ]|$)", "an admonition", "mkdocs"),
    _foreign(r"===[+!]? +\"", "a tab", "mkdocs"),
    _foreign(r"///[ ]*[\w-]+", "a block between slashes", "mkdocs"),
    _foreign(r"-+8<-+", "a snippet", "mkdocs"),
    _foreign(r":::+[ ]?[A-Za-z]", "an admonition between colons", "docusaurus", "vitepress"),
    _foreign(r":{3,}\{[\w-]+\}", "a directive", "myst"),
    _foreign(r"\([\w:. -]+\)=$", "a target", "myst"),
    _foreign(
        r"(?:import\s[^.]{0,999}from\s+[\"']|export\s+(?:const|default|function)\b)",
        "a module",
        "mdx",
        "docusaurus",
    ),
    _foreign(r"\[![A-Z]+\]", "an alert", "gfm", "mkdocs", "mdbook", "hugo", "vitepress"),
    _foreign(r":[ \t]{1,4}\S", "a definition", "mkdocs", "mdbook", "hugo", "myst"),
    _foreign(
        r"\|.*\|[ \t]*$",
        "a table",
        *("gfm", "mkdocs", "mdbook", "hugo", "mdx", "docusaurus", "myst", "vitepress"),
    ),
)
"""What the start of a text may look like."""
_ANYWHERE = (
    _foreign(r"\{\{[<%]", "a shortcode", "hugo"),
    _foreign(r"\{[\w:+-]+\}`[^`]", "a role", "myst"),
    _foreign(r"</?[A-Z][\w.]*(?=[\s/>])[^<>]*>", "a component", *_COMPONENTS),
    _foreign(
        r"(?<=\S)[ ]\{[ ]*#[\w-]+[ ]*\}$",
        "the id of a heading",
        *("docusaurus", "mkdocs", "mdbook", "hugo", "vitepress"),
    ),
)
_DIRECTIVE = re.compile(r"\{[\w:-]+\}")
_CLOSING = re.compile(r"[ \t>]*(`{3,}|~{3,})[ \t]*$")
_WHY = {
    "code_block": "indented code",
    "hr": "a rule",
    "module": "imports and exports",
    "opaque": "holds no text of its own",
    "definition": "a link's target",
}


def explanations(page: Page) -> list[Explanation]:
    """Return the notes on a page, in the order of its lines."""
    found = [
        *_front_matter(page),
        *_blocks(page),
        *(one for unit in page.units for one in _doubts(page, unit)),
    ]
    return sorted(found, key=lambda one: one.line)


def _front_matter(page: Page) -> Iterator[Explanation]:
    header = page.reading.header
    if header.lines:
        keys = ", ".join(value.key for value in header.values) or "none"
        yield Explanation(1, f"front matter, {header.lines} lines; translated: {keys}")
    elif page.document.text.startswith(("---\n", "---\r", "+++\n", "+++\r")):
        yield Explanation(1, "starts like front matter, but is read as text", doubtful=True)


def _blocks(page: Page) -> Iterator[Explanation]:
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
        yield from _doubts_of_code(token, page, source)


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


def _doubts_of_code(token: Token, page: Page, source: list[str]) -> Iterator[Explanation]:
    block = block_of(token)
    if isinstance(block, Opaque) and block.unknown:
        directive = f'directive "{block.unknown}"'
        what = f'nothing in {directive} is translated; the setting "directives" may name it'
        yield Explanation((token.map or [0])[0] + 1, what, doubtful=True)
    if token.type != "fence" or not token.map:
        return
    first, last = token.map
    if _DIRECTIVE.match(token.info.strip()) and page.dialect.name != "myst":
        yield Explanation(first + 1, _looks("a directive", ("myst",)), doubtful=True)
    if last - first == 1 or not _CLOSING.match(source[last - 1]):
        yield Explanation(first + 1, "code that nothing closes", doubtful=True)


def _doubts(page: Page, unit: Unit) -> Iterator[Explanation]:
    """What of a unit looks like syntax that its dialect does not know."""
    if unit.kind.in_code or unit.kind is Kind.FRONT_MATTER:
        return
    line = page.document.place(unit.span.start)[0]
    own = page.dialect.name
    for known in _IN_TEXT:
        if own not in known.dialects and known.pattern.match(unit.text):
            yield Explanation(line, _looks(known.what, known.dialects), doubtful=True)
            return
    bare = re.sub(r"(?<!\})(`+)[^`]+\1", " ", unit.text)
    for known in _ANYWHERE:
        if own not in known.dialects and known.pattern.search(bare):
            yield Explanation(line, _looks(known.what, known.dialects), doubtful=True)


def _looks(what: str, dialects: tuple[str, ...]) -> str:
    names = " or ".join(dialects)
    return f"looks like {what}, but is read as text; dialect {names} knows it"
