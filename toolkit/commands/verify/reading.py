"""Reads a page of a built site."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from toolkit.commands.verify.content import content_blocks, heading_ids
from toolkit.commands.verify.targets import links_of
from toolkit.commands.verify.value import Alternate, BuiltPage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborHTMLParser, LexborNode

    from toolkit.commands.verify.value import Link

_LEADING = "[href],[src],[srcset],[poster]"
_IN_PICTURES = ",".join(f"{name}[id],{name} [id]" for name in ("svg", "math", "template"))
_NO_TARGETS = frozenset({"alternate", "canonical", "preconnect", "dns-prefetch", "edit"})
"""Links that are looked at on their own, or lead nowhere."""
_CONTENT = (
    "article.md-content__inner",
    ".theme-doc-markdown",
    ".sl-markdown-content",
    ".vp-doc",
    "[itemprop=articleBody]",
    "[role=main]",
    "#content main",
    "main article",
    "main",
    "article",
    ".markdown-body",
    "#content",
    "body",
)
"""The elements in which sites have their content, from the most exact."""


def read_page(path: str, data: bytes) -> BuiltPage:
    """Read what matters of a page; invalid UTF-8 is passed over."""
    from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415 - an extra of this command

    tree = LexborHTMLParser(data.decode("utf-8", "replace"))
    ids = _ids(tree)
    root = next((node for name in _CONTENT if (node := tree.css_first(name))), None)
    top = tree.css_first("html")
    return BuiltPage(
        path=path,
        language=_value(top, "lang"),
        direction=_value(top, "dir") or _value(tree.css_first("body"), "dir"),
        title=_text(tree.css_first("title")),
        description=_value(tree.css_first("meta[name=description]"), "content"),
        canonical=_value(tree.css_first("link[rel=canonical]"), "href"),
        alternates=tuple(_alternates(tree)),
        ids=frozenset(ids),
        doubled=frozenset(name for name, count in ids.items() if count > 1),
        links=tuple(dict.fromkeys(_links(tree))),
        blocks=content_blocks(root) if root else (),
        redirects=tree.css_first("meta[http-equiv=refresh i]") is not None,
        headings=heading_ids(root) if root else (),
    )


def _value(node: LexborNode | None, name: str) -> str:
    return (node.attributes.get(name) or "").strip() if node else ""


def _text(node: LexborNode | None) -> str:
    return " ".join(node.text().split()) if node else ""


def _ids(tree: LexborHTMLParser) -> Counter[str]:
    """The ids of elements and the names of anchors; pictures' own are nobody's target."""
    found = Counter(node.id for node in tree.css("[id]") if node.id)
    found -= Counter(node.id for node in tree.css(_IN_PICTURES) if node.id)
    for node in tree.css("a[name]"):
        attributes = node.attributes
        if attributes.get("name") and attributes.get("name") != attributes.get("id"):
            found[attributes["name"] or ""] += 1
    return found


def _alternates(tree: LexborHTMLParser) -> Iterator[Alternate]:
    for node in tree.css("link[rel=alternate][hreflang]"):
        yield Alternate(_value(node, "hreflang"), _value(node, "href"))


def _links(tree: LexborHTMLParser) -> Iterator[Link]:
    for node in tree.css(_LEADING):
        attributes = node.attributes
        if _NO_TARGETS.intersection((attributes.get("rel") or "").split()):
            continue
        yield from links_of(node.tag or "", attributes)
