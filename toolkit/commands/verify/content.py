"""The content of a built page as blocks: elements in order, with the runs of text between them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.commands.verify.targets import links_of
from toolkit.commands.verify.value import Block, Link, Piece

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

_BLOCKS = frozenset(
    "address article aside blockquote body caption center col colgroup dd details dialog div dl dt"
    " fieldset figcaption figure h1 h2 h3 h4 h5 h6 header hgroup hr label legend li main menu ol p"
    " picture section summary table tbody td tfoot th thead tr ul audio video iframe object".split()
)
_SILENT = frozenset(
    "button footer form input link meta nav noscript script style template time".split()
)
"""Elements that are the theme's or a program's, not the page's."""
_PICTURES = frozenset({"math", "svg"})
_SILENT_CLASS = re.compile(
    r"\b(?:headerlink|hash-link|header-anchor|heading-anchor|anchorjs-link|md-source-file"
    r"|md-content__button|md-tags|md-feedback|footnote-backref|footnote-back"
    r"|git-revision-date\S*|linenos|linenodiv|sr-only|edit-page|wy-breadcrumbs\S*|rst-footer\S*)\b"
)
_COUNTED = frozenset("a b code del em i img ins kbd mark s strong sub sup".split())
"""Inline elements that a translation has as well; others it may do without."""
_LEADING = frozenset("a area audio embed iframe img object source video".split())
_TITLE = re.compile(r"title|summary|heading", re.IGNORECASE)
_HEADING = re.compile(r"h[1-6]")
_CODE = "\N{OBJECT REPLACEMENT CHARACTER}"
"""The place of code and formulas in prose."""
_FORMULA = re.compile(
    r"\\begin\{(?P<name>[A-Za-z]+\*?)\}.{0,5000}?\\end\{(?P=name)\}|\\\(.*?\\\)|\\\[.*?\\\]"
    r"|\$\$.+?\$\$|(?<![\\$\w])\$(?=\S)[^$]+?(?<=\S)\$(?![\w$])"
)
"""TeX that a program in the browser sets (MathJax, KaTeX)."""
_THROUGH = frozenset({"article", "body", "div", "header", "hgroup", "main", "section"})
"""Elements around headings: the blocks in them count as outermost."""


def heading_ids(root: LexborNode) -> tuple[str, ...]:
    """The ids of all headings in order; those without have an empty one."""
    return tuple(node.id or "" for node in root.css("h1,h2,h3,h4,h5,h6"))


def content_blocks(root: LexborNode) -> tuple[Block, ...]:
    """The outermost blocks of a page's content, in order."""
    return tuple(_outermost(root))


def _outermost(node: LexborNode) -> Iterator[Block]:
    walk = _Walk()
    for child in _children(node):
        if child.tag in _BLOCKS or child.tag == "pre":
            yield from walk.taken()
            yield from _opened(child) if _is_through(child) else _whole(child)
        else:
            walk.inline(child)
    yield from walk.taken()


def _opened(node: LexborNode) -> Iterator[Block]:
    if not _is_silent(node):
        yield (Piece(_label(node), 0),)
        yield from _outermost(node)


def _whole(node: LexborNode) -> Iterator[Block]:
    walk = _Walk()
    walk.block(node, 0)
    yield from walk.taken()


def _is_through(node: LexborNode) -> bool:
    return node.tag in _THROUGH and node.css_first("h1,h2,h3,h4,h5,h6") is not None


def _children(node: LexborNode) -> Iterator[LexborNode]:
    child = node.child
    while child is not None:
        yield child
        child = child.next


def _is_silent(node: LexborNode) -> bool:
    if node.tag in _SILENT:
        return True
    name = node.attributes.get("class")
    return bool(name) and _SILENT_CLASS.search(name or "") is not None


def _types(title: LexborNode) -> frozenset[str]:
    """The types of the admonition that a title belongs to: what it says where the page has none."""
    parent = title.parent
    return frozenset(((parent.attributes.get("class") or "") if parent else "").lower().split())


def _label(node: LexborNode) -> str:
    names = (node.attributes.get("class") or "").split()
    return ".".join([node.tag or "", *names])


class _Walk:
    """Collects the pieces of a block."""

    def __init__(self) -> None:
        self._pieces: list[Piece] = []
        self._depth = 0
        self._names: frozenset[str] = frozenset()
        self._clear()

    def _clear(self) -> None:
        self._texts: list[str] = []
        self._prose: list[str] = []
        self._inline: list[str] = []
        self._codes: list[str] = []
        self._links: list[Link] = []

    def taken(self) -> Iterator[Block]:
        """The collected text as one block; nothing where there is none."""
        self._end_run()
        if self._pieces:
            yield tuple(self._pieces)
        self._pieces = []

    def _end_run(self) -> None:
        if not (self._texts or self._inline or self._links):
            return
        text = " ".join("".join(self._texts).split())
        if text or self._inline or self._links:
            prose = _FORMULA.sub(_CODE, " ".join("".join(self._prose).split()))
            values = (tuple(self._inline), tuple(self._codes), tuple(self._links))
            given = text.lower() in self._names
            self._pieces.append(Piece("", self._depth, text, prose, *values, given))
        self._clear()

    def block(self, node: LexborNode, depth: int) -> None:
        """Take in a block element."""
        if _is_silent(node):
            return
        self._end_run()
        if node.tag == "pre":
            self._pieces.append(Piece(_label(node), depth, node.text().strip("\n")))
            return
        label = _label(node)
        self._pieces.append(Piece(label, depth, links=_links_of(node)))
        self._names = _types(node) if _TITLE.search(label) else frozenset()
        self._depth = depth + 1
        for child in _children(node):
            self.inline(child)
        self._end_run()
        self._depth = depth
        self._names = frozenset()

    def inline(self, node: LexborNode) -> None:
        """Take in a piece of running text, or a block inside."""
        tag = node.tag or ""
        if tag == "-text":
            text = node.text_content or ""
            self._texts.append(text)
            self._prose.append(text)
        elif tag in _BLOCKS or tag == "pre":
            self.block(node, self._depth)
        elif tag in _PICTURES:
            self._inline.append(tag)
        elif not tag.startswith("-") and not _is_silent(node):
            self._element(tag, node)

    def _element(self, tag: str, node: LexborNode) -> None:
        links = _links_of(node)
        if _is_mark_of_heading(node, links):
            for child in _children(node):
                self.inline(child)
            return
        if tag in _COUNTED:
            self._inline.append(tag)
        elif tag == "br":
            self._texts.append(" ")
            self._prose.append(" ")
        self._links += links
        if tag in {"code", "kbd"}:
            text = node.text()
            self._texts.append(text)
            self._prose.append(_CODE)
            self._codes.append(" ".join(text.split()))
            return
        for child in _children(node):
            self.inline(child)


def _is_mark_of_heading(node: LexborNode, links: tuple[Link, ...]) -> bool:
    """Whether a link in a heading leads to the heading itself, as themes put it there."""
    parent = node.parent
    if node.tag != "a" or parent is None or not links or not links[0].url.startswith("#"):
        return False
    return bool(_HEADING.fullmatch(parent.tag or ""))


def _links_of(node: LexborNode) -> tuple[Link, ...]:
    return tuple(links_of(node.tag or "", node.attributes)) if node.tag in _LEADING else ()
