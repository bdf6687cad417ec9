"""A dialect: how one family of tools reads Markdown, as a value."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from posixpath import splitext
from typing import TYPE_CHECKING

from toolkit.dialects.blocks.attributes import without_last_list
from toolkit.dialects.blocks.leaves import read_paragraph
from toolkit.dialects.blocks.opaque import line_rule
from toolkit.dialects.inline.grammar import COMMONMARK, Grammar
from toolkit.dialects.parser import PageParser
from toolkit.language.code_spans import code_span

if TYPE_CHECKING:
    from toolkit.dialects.blocks.pymd.extensions import Extensions
    from toolkit.dialects.slug_rule import Slugs

Plugin = Callable[[PageParser], None]
"""Adds or replaces block rules, as a markdown-it plugin does."""


class FrontMatter(StrEnum):
    """The front matter that a page may have."""

    YAML = "yaml"
    """A YAML mapping between two `---` lines."""
    MKDOCS = "mkdocs"
    """The same, or else `key: value` lines up to the first blank one (MkDocs' MultiMarkdown)."""
    HUGO = "hugo"
    """YAML between `---`, TOML between `+++`, or a JSON object."""


class Emphasis(StrEnum):
    """The marks that make emphasis."""

    COMMONMARK = "commonmark"
    """Runs that flank a word by CommonMark's rules, which punctuation can undo."""
    KRAMDOWN = "kramdown"
    """Asterisks anywhere but beside blanks; underscores do not open or close within words."""
    PANDOC = "pandoc"
    """The same, but what follows a blank may close."""
    PYTHON_MARKDOWN = "python-markdown"
    """Asterisks anywhere but beside blanks; underscores at the edges of words alone."""
    BETTEREM = "betterem"
    """`pymdownx.betterem`: punctuation counts as in CommonMark, underscores bind whole words."""
    BETTEREM_ALL = "betterem-all"
    """The same with `smart_enable: all`: asterisks bind whole words as well."""
    BETTEREM_ASTERISK = "betterem-asterisk"
    BETTEREM_NONE = "betterem-none"


class Syntax(StrEnum):
    """Syntax that some dialects know and others take for text, in the words of an explanation."""

    ADMONITION = "an admonition"
    ALERT = "an alert"
    COLON_BLOCK = "an admonition between colons"
    COMPONENT = "a component"
    DEFINITION = "a definition"
    DIRECTIVE = "a directive"
    HEADING_ID = "the id of a heading"
    MODULE = "a module"
    ROLE = "a role"
    SHORTCODE = "a shortcode"
    SLASH_BLOCK = "a block between slashes"
    SNIPPET = "a snippet"
    TAB = "a tab"
    TABLE = "a table"
    TARGET = "a target"


class CodePart(StrEnum):
    """The parts of fenced code that are translated."""

    NONE = "none"
    COMMENTS = "comments"
    TEXTS = "texts"
    """Comments and strings."""
    LABELS = "labels"
    """The texts that readers see of a diagram (Mermaid's)."""
    BLOCKS = "blocks"
    """The whole block, as one unit."""


_CODE_SPAN = rf"(?<!\\)(?:\\\\)*+\\`|{code_span()}"
_COMMON_INLINE = (
    r"<!--.{0,999}?-->",
    r"<\?.{0,999}?\?>",
    r"</?[A-Za-z][^<>]{0,999}>",  # tags and autolinks
    # link targets, titles left in
    r"(?<=\])\((?:\{\{[^{}]{0,999}\}\}|[^()\s\"']|\([^()]{0,999}\)){0,999}",
    r"(?<=\])\[[^\[\]]{0,999}\]",  # reference labels
    r"\b(?:https?|ftp|mailto)://?[^\s<>\"、。，；：！？（）「」]+|\bwww\.[^\s<>]+",
    r"\{\{.{0,999}?\}\}|\{%.{0,999}?%\}",
    r"&#?\w+;",
)
TEMPLATE_TAGS = re.compile(r"\{%(?:[^%]|%(?!\}))*+%\}|\{\{[^{}]*+\}\}|\{#(?:[^#]|#(?!\}))*+#\}")
"""Tags of Liquid and Jinja, and what they put in, which may be nothing."""


@dataclass(frozen=True, slots=True)
class OwnSyntax:
    """A project's own syntax."""

    parameters: tuple[str, ...] = ()
    """Parameters of shortcodes that are translated."""
    directives: tuple[str, ...] = ()
    """Further directives that hold Markdown; `name.0` where the argument is text."""
    opaque: tuple[str, ...] = ()
    """Patterns as `Dialect.leaving_out` takes them."""
    code: tuple[tuple[str, CodePart], ...] = ()
    """The parts of code that are translated, by language."""
    extensions: Extensions | None = None
    """The Markdown extensions that the site names, where its settings are known."""
    optional_parameters: tuple[str, ...] = ()
    """Parameters of shortcodes that a translation may have where its source has them not."""
    raw_shortcodes: tuple[str, ...] = ()
    """Further shortcodes that hold code or data."""


@dataclass(frozen=True)
class Dialect:
    """Block rules, and what of a line is no text."""

    name: str
    plugins: tuple[Plugin, ...]
    """Applied in order to a parser that knows CommonMark's blocks."""
    syntax: frozenset[Syntax] = frozenset()
    """The syntax that its pages may have and that no other field states."""
    front_matter: FrontMatter = FrontMatter.YAML
    grammar: Grammar = COMMONMARK
    """The grammar of inline text."""
    attribute_lists: bool = False
    """Whether `{ #id .class }` ends headings, cells and paragraphs (Python-Markdown's)."""
    heading_id: str = ""
    """The text that gives a heading an id, with `ID` in its place: ` { #ID }`; empty for none."""
    markdown_in_html: bool = False
    """Whether a tag's attribute `markdown` makes Markdown of what it holds (Python-Markdown's)."""
    code_hides_pipes: bool = False
    """Whether a `|` inside a code span leaves a table cell whole."""
    task: re.Pattern[str] = re.compile(r"\[[ xX]\][ \t]+")
    """The box of a task before a list item's text, with the blanks after it."""
    task_headings: bool = False
    """Whether a heading that an item of a list begins with may have such a box as well."""
    backslash_pairs: bool = False
    """Whether a `|` after two backslashes ends a table cell."""
    slugs: Slugs = "github"
    """The way the dialect's programs make ids of headings, by the names of `reading.anchors`."""
    ids_of_site: bool = False
    """Whether the site's own settings say which ids headings get, so that none is known."""
    code: Mapping[str, CodePart] = field(default_factory=dict)
    """The parts of fenced code that are translated, by language; `*` means all others."""
    fence_titles: bool = False
    """Whether fenced code can have a title in its header (`title="…"`)."""
    fence_labels: bool = False
    """Whether fenced code can have a label in its header (`[label]`)."""
    code_marks: bool = False
    """Whether the marks of comments and strings are part of their texts (`// so`, `"so"`)."""
    code_spans_say: bool = False
    """Whether texts of code spans alone are units."""
    heading_references: bool = False
    """Whether `[Text of a heading]` is a link to it (Pandoc's)."""
    contents_page: str = ""
    """Name of pages that are tables of contents: there only the texts of links are units."""
    includes: str = ""
    """Pattern of what puts another file in, whose path from the page's folder is group `path`."""
    inserting: re.Pattern[str] | None = None
    """Matches what puts another file into a page, whose definitions count in the page."""
    local_schemes: tuple[str, ...] = ()
    """Schemes before targets that lead to the project's own pages and files."""
    addresses: bool = False
    """Whether links name pages as the site does: from its root, without a file ending."""
    front_matter_texts: tuple[str, ...] = ()
    """Keys of the front matter that are translated besides those of all dialects."""
    escaping: Callable[[str, str], str] | None = None
    """Escapes in a translation what would act and is not in its source text: `(source, text)`."""
    emphasis: Emphasis = Emphasis.COMMONMARK
    python_markdown: bool = False
    """Whether Python-Markdown renders its pages, with the settings of a MkDocs site."""
    hard_line_ends: bool = False
    """Whether each line of a paragraph ends with a break that readers see."""
    expands_tabs: bool = False
    """Whether tabs are expanded before a page is read, so that one can break a line."""
    inline: tuple[str, ...] = field(default=())
    """Patterns of inline syntax without words of its own, besides CommonMark's and macros.

    What they match has to be bounded, so that an opening mark that nothing closes stays cheap.
    """

    vanishing: re.Pattern[str] | None = None
    """Tags that may leave nothing in the page before its blocks are read, as Liquid's do."""
    page_start: re.Pattern[str] | None = None
    """The starts of a page that no text may have, since they would be front matter."""
    made: Callable[[OwnSyntax], Dialect] | None = None
    """Makes the dialect anew for a project's shortcodes or directives, where it has such."""
    words_apart: Callable[[str], str] | None = None
    """Moves the texts in a text's macros after it, so that their rest can be compared."""
    nesting: Callable[[str], object] | None = None
    """Counts how a page's macros or elements are nested, which no translation may change."""
    by_line_starts: tuple[Plugin, ...] = ()
    """The plugins that tell blocks by how lines start, and by few marks in them.

    Where a dialect has no others, a page in which translations change nothing but words is not read
    again (`writing.guard.inert`); which marks those are is said there.
    """
    hides_dot_files: bool = False
    """Whether all programs of the dialect leave files out whose names start with a dot."""

    notebooks: bool = False
    """Whether its programs read Jupyter's notebooks."""
    by_ending: Mapping[str, Dialect] = field(default_factory=dict)
    """The dialects of files with certain endings: plain Markdown beside MDX."""
    description: str = field(default="", compare=False)
    """The pages it is for, as Markdown, for the reference."""

    def for_file(self, name: str) -> Dialect:
        """The dialect in which its programs read a file of this name."""
        return self.by_ending.get(splitext(name)[1].lower(), self) if self.by_ending else self

    def knows(self, syntax: Syntax) -> bool:
        """Whether pages of the dialect may have this syntax."""
        match syntax:
            case Syntax.HEADING_ID:
                return bool(self.heading_id)
            case Syntax.COMPONENT:
                return self.grammar.components or syntax in self.syntax
            case _:
                return syntax in self.syntax

    def code_part(self, language: str) -> CodePart:
        """The part of fenced code that is translated, by the language that its fence names."""
        return self.code.get(language) or self.code.get("*", CodePart.NONE)

    def configured(self, own: OwnSyntax) -> Dialect:
        """The dialect as a project sets it."""
        dialect = self.made(own) if self.made else self
        return dialect.leaving_out(own.opaque).translating_code(dict(own.code))

    def translating_code(self, parts: Mapping[str, CodePart]) -> Dialect:
        """The dialect with what a project says of its code, by language, put over its own."""
        return replace(self, code={**self.code, **parts}) if parts else self

    def leaving_out(self, patterns: tuple[str, ...]) -> Dialect:
        """The dialect with syntax of a project's own that holds nothing to translate.

        `patterns` are regular expressions; a line that one matches whole is no unit, and what one
        matches inside a text is no word.
        """
        if not patterns:
            return self

        def own_lines(parser: PageParser) -> None:
            whole = re.compile(rf"(?:{'|'.join(patterns)})[ \t]*$")
            parser.opaque_lines.append(whole)
            parser.block.add("own_syntax", line_rule(whole), before="code", starts="")

        return replace(
            self,
            grammar=replace(self.grammar, own_syntax=patterns),
            plugins=(*self.plugins, own_lines),
            inline=(*self.inline, *patterns),
        )

    def has_vanishing(self, text: str) -> bool:
        """Whether a text has tags that may leave nothing in the page."""
        return "{" in text and self.vanishing is not None and bool(self.vanishing.search(text))

    def without_vanishing(self, text: str) -> str:
        """Return a text as it is read where these tags leave nothing."""
        return self.vanishing.sub("", text) if self.vanishing else text

    def apart(self, text: str) -> str:
        """A text with the words in its macros moved after it, where the dialect has such."""
        return self.words_apart(text) if self.words_apart and "{{" in text else text

    @cached_property
    def tells_blocks_by_line_starts(self) -> bool:
        """Whether all of its plugins do, so that words within lines are none of their business."""
        return bool(self.by_line_starts) and set(self.plugins) <= set(self.by_line_starts)

    @cached_property
    def parser(self) -> PageParser:
        """The page parser, made once."""
        parser = PageParser()
        for plugin in self.plugins:
            plugin(parser)
        if self.attribute_lists:
            read_paragraph(parser, without_last_list, "{")
        return parser

    @cached_property
    def text_start(self) -> re.Pattern[str]:
        """The start of a line that can be nothing but text."""
        marks = "".join(sorted(self.parser.block.first_characters | set("[=-")))
        return re.compile(rf"[^\s{re.escape(marks)}]")

    @cached_property
    def wordless(self) -> re.Pattern[str]:
        """The parts of an inline text that hold no words: code, targets, tags, macros."""
        common = _COMMON_INLINE if self.code_spans_say else (_CODE_SPAN, *_COMMON_INLINE)
        return re.compile("|".join((*common, *self.inline)), re.DOTALL)
