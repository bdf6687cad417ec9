"""The oracle: a page as the reader's program shows it, and what has to stay when it is localized.

MkDocs' pages are rendered by Python-Markdown with the extensions that Material for MkDocs
recommends, the others by markdown-it-py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

import lxml.html
import markdown
import yaml
from markdown_it import MarkdownIt
from marking import MARKER
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

_EXTENSIONS = (
    "abbr admonition attr_list def_list footnotes md_in_html tables toc pymdownx.arithmatex "
    "pymdownx.betterem pymdownx.blocks.admonition pymdownx.blocks.definition "
    "pymdownx.blocks.details pymdownx.blocks.html pymdownx.blocks.tab pymdownx.caret "
    "pymdownx.critic pymdownx.details pymdownx.emoji pymdownx.highlight pymdownx.inlinehilite "
    "pymdownx.keys pymdownx.magiclink pymdownx.mark pymdownx.smartsymbols pymdownx.snippets "
    "pymdownx.superfences pymdownx.tabbed pymdownx.tasklist pymdownx.tilde"
).split()
_OPTIONS: dict[str, dict[str, object]] = {
    "pymdownx.arithmatex": {"generic": True},
    "pymdownx.blocks.tab": {"alternate_style": True},
    "pymdownx.snippets": {"base_path": ["no such folder"], "check_paths": False},
    "pymdownx.superfences": {"custom_fences": [{"name": "mermaid", "class": "mermaid"}]},
    "pymdownx.tabbed": {"alternate_style": True},
    "pymdownx.tasklist": {"custom_checkbox": True},
}
_FRONT_MATTER = re.compile(r"-{3}[ \t]*\n(.*?\n)(?:-{3}|\.{3})[ \t]*\n", re.DOTALL)
_META = re.compile(r"[ ]{0,3}[A-Za-z0-9_-]+:")
_META_MORE = re.compile(r"[ ]{4}|\t")
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header iframe label legend li main nav ol "
    "option p section summary table tbody td th thead tr ul video".split()
)
_SILENT_ELEMENTS = frozenset("code kbd math pre script style svg".split())
_SILENT_CLASSES = frozenset("arithmatex footnote-ref footnote-backref magiclink mermaid".split())
_NO_PROSE = re.compile(
    r"\$\$.*?\$\$|\\begin\{.*?\\end\{[^}]*\}|\$[^$\n]+\$|https?://\S+|\{\{.*?\}\}|\{%.*?%\}"
    r"|^::: ?\S+|-+8<-+.*|:[a-z0-9_+-]+:",
    re.DOTALL,
)
_TEXT_ATTRIBUTES = ("alt", "title", "aria-label", "placeholder")


@dataclass
class Block:
    """A block-level element: its own letters outside code, and whether the marker is in it."""

    tag: str
    text: str = ""
    marked: bool = False

    @property
    def letters(self) -> int:
        return sum(map(str.isalpha, _NO_PROSE.sub(" ", self.text)))


@dataclass(frozen=True)
class Facts:
    """What of a rendered page must not change: its tags with their classes, and its targets."""

    tags: list[str]
    targets: set[str]
    blocks: list[Block]


def facts(text: str, dialect: str) -> Facts:
    """The facts of a page's HTML."""
    root = lxml.html.fragment_fromstring(_html(text, dialect), create_parent="div")
    found = Facts([], set(), [])
    _visit(root, Block("div"), found, silent=False)
    return found


def _html(text: str, dialect: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if dialect == "mkdocs":
        program = _python_markdown()
        program.reset()
        return str(program.convert(_without_meta(text)))
    return str(_markdown_it(dialect).render(text))


@cache
def _python_markdown() -> markdown.Markdown:
    return markdown.Markdown(extensions=_EXTENSIONS, extension_configs=_OPTIONS)


@cache
def _markdown_it(dialect: str) -> MarkdownIt:
    program = MarkdownIt("commonmark", {"maxNesting": 500}).use(front_matter_plugin)
    if dialect in {"docusaurus", "gfm", "mdbook"}:
        program.enable(["table", "strikethrough"]).use(footnote_plugin)
    if dialect == "docusaurus":
        program.disable(["code", "html_block"])
    return program


def _without_meta(text: str) -> str:
    """A page without its meta-data, by the rules of MkDocs."""
    match = _FRONT_MATTER.match(text)
    if match:
        try:
            found = yaml.safe_load(match[1])
        except yaml.YAMLError:
            return text
        return text[match.end() :].lstrip("\n") if isinstance(found, dict) else text
    lines = text.split("\n")
    count = 0
    while count < len(lines) and lines[count].strip():
        if not _META.match(lines[count]) and not (count and _META_MORE.match(lines[count])):
            break
        count += 1
    return "\n".join(lines[count:]).lstrip("\n")


def _visit(element: Any, block: Block, found: Facts, *, silent: bool) -> None:
    if not isinstance(element.tag, str):
        return
    classes = (element.get("class") or "").split()
    found.tags.append(".".join((element.tag, *classes)))
    for name in ("href", "src"):
        if target := element.get(name):
            found.targets.add("#" if target.startswith("#") else target)
    if element.tag in _BLOCKS:
        block = Block(element.tag)
        found.blocks.append(block)
    if any(MARKER.strip() in (element.get(name) or "") for name in _TEXT_ATTRIBUTES):
        block.marked = True
    silent = silent or _is_silent(element, classes)
    _read(element.text, block, silent=silent)
    for child in element:
        _visit(child, block, found, silent=silent)
        _read(child.tail, block, silent=silent)


def _is_silent(element: Any, classes: list[str]) -> bool:
    """Whether an element's text is code, mathematics, or written by the program itself."""
    text = (element.text or "").strip()
    if element.tag in _SILENT_ELEMENTS or _SILENT_CLASSES.intersection(classes):
        return True
    if "admonition-title" in classes:
        return text.lower() in (element.getparent().get("class") or "").lower().split()
    return element.tag == "a" and (element.get("href") or "").endswith(text) and bool(text)


def _read(text: str | None, block: Block, *, silent: bool) -> None:
    if text:
        block.marked = block.marked or MARKER.strip() in text
        block.text += "" if silent else text
