"""A unit: one translatable piece of a page, and how a translation is written back at its place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from toolkit.model.document import Span


class Form(StrEnum):
    """The form of a text in the source, in which a translation has to be written there."""

    FLOW = "flow"
    """Markdown text that may run over several lines."""
    LINE = "line"
    """Markdown text bound to one line: a heading, a block's title."""
    LINE_START = "line-start"
    """The same, and nothing but a container's prefix stands before it in its line."""
    CELL = "cell"
    """A table cell: one line, and every `|` is escaped."""
    CODE_CELL = "code-cell"
    """A table cell where a `|` inside a code span needs no escape (Python-Markdown)."""
    CSV = "csv"
    """A cell of comma-separated values, with its quotes."""
    QUOTED = "quoted"
    """One line between double quotes that end the line."""
    BETWEEN_COLONS = "between-colons"
    """One line between two colons, with none in it."""
    ALIGNED_NAME = "aligned-name"
    """The same, its second colon and the blanks up to a body that goes on at the same column."""
    BRACKETED = "bracketed"
    """One line between square brackets."""
    TITLE = "title"
    """A link reference's title in double quotes, single quotes or parentheses."""
    ATTRIBUTE = "attribute"
    """The value of an HTML attribute."""
    LIST_VALUE = "list-value"
    """A value in quotes in a list of attributes between braces."""
    SCRIPT_STRING = "script-string"
    """The content of a JavaScript string, without its quotes."""
    HTML = "html"
    """Text of an HTML block."""
    CODE_LINE = "code-line"
    """A piece of one line of code."""
    CODE_BLOCK = "code-block"
    """Lines of code, each as it is."""
    YAML_PLAIN = "yaml-plain"
    YAML_SINGLE = "yaml-single"
    YAML_DOUBLE = "yaml-double"
    YAML_LITERAL = "yaml-literal"
    """The lines of a block scalar after `|`."""
    YAML_FOLDED = "yaml-folded"
    """The lines of a block scalar after `>`."""
    TOML_BASIC = "toml-basic"
    TOML_LITERAL = "toml-literal"
    TOML_LINES = "toml-lines"
    """A multi-line basic string."""
    TOML_LITERAL_LINES = "toml-literal-lines"
    JSON_STRING = "json-string"
    PARAMETER = "parameter"
    """A shortcode's parameter with its quotes."""
    RAW_VALUE = "raw-value"
    """The rest of a `key: value` line that is not YAML."""


class Kind(StrEnum):
    """The kinds of units, by the names that catalogs, reports and JSON use."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list item"
    QUOTE = "quote"
    FOOTNOTE = "footnote"
    TERM = "term"
    DEFINITION = "definition"
    FIELD = "field"
    CONTENTS_ENTRY = "contents entry"
    TABLE_HEADER = "table header"
    TABLE_CELL = "table cell"
    FRONT_MATTER = "front matter"
    HTML_TEXT = "HTML text"
    HTML_ATTRIBUTE = "HTML attribute"
    JSX_ATTRIBUTE = "JSX attribute"
    LINK_TITLE = "link title"
    CODE_TITLE = "code title"
    CODE_BLOCK = "code block"
    CODE_COMMENT = "code comment"
    CODE_STRING = "code string"
    DIAGRAM_LABEL = "diagram label"
    ADMONITION_TITLE = "admonition title"
    DETAILS_TITLE = "details title"
    TAB_TITLE = "tab title"
    BLOCK_TITLE = "block title"
    DIRECTIVE_TITLE = "directive title"
    ALERT_TITLE = "alert title"
    DIRECTIVE_OPTION = "directive option"
    CAPTION = "caption"
    ATTRIBUTION = "attribution"
    IMAGE_DESCRIPTION = "image description"
    TOCTREE_ENTRY = "toctree entry"
    GLOSSARY_TERM = "glossary term"
    FIELD_NAME = "field name"
    ABBREVIATION = "abbreviation"
    SHORTCODE_PARAMETER = "shortcode parameter"
    SITE_SETTING = "site setting"
    NAV_TITLE = "nav title"
    STRING = "string"

    @property
    def in_table(self) -> bool:
        """Whether it is a cell of a table."""
        return self in _IN_TABLE

    @property
    def in_code(self) -> bool:
        """Whether it is a piece of a code block, or belongs to one."""
        return self in _IN_CODE


_IN_TABLE = frozenset({Kind.TABLE_HEADER, Kind.TABLE_CELL})
_IN_CODE = frozenset(
    {
        *(Kind.CODE_TITLE, Kind.CODE_BLOCK, Kind.CODE_COMMENT, Kind.CODE_STRING),
        Kind.DIAGRAM_LABEL,
    }
)


@dataclass(frozen=True, slots=True)
class Unit:
    """One translatable piece of a page."""

    kind: Kind
    """The kind of the text."""
    text: str
    """The source text as translators see it (`msgid`): no block syntax, no container prefix, soft
    line breaks joined, hard breaks kept as two blanks or a backslash before `\\n`."""
    span: Span
    """The characters of the document that a translation replaces."""
    form: Form
    detail: str
    """The kind in detail, for translators: `heading 2`, `table header`."""
    trail: tuple[str, ...] = ()
    """The headings it stands under, outermost first."""
    continuation: str = "\n"
    """The text between two of its lines: the line end and the container's prefix."""
    references: tuple[str, ...] = ()
    """Labels of shortcut and collapsed references (`[label]`, `[label][]`) in the text."""
    notes: tuple[str, ...] = ()
    """The writer's notes for translators."""
    context: str | None = None
    """The `msgctxt` the writer gave it."""
