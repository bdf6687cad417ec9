"""Pages of the dialects that markdown-it-py renders: the rules of each that readers see."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

_ADMONITIONS = "note tip info warning danger caution important success secondary".split()
_ALERT = re.compile(r"\[!([A-Za-z]+)\][+-]?[ \t]*")
_TITLE = re.compile(r"\s*\w+\s*(?:\[(?P<bracketed>.*)\]|(?P<rest>[^{]*))")
_MODULE_LINE = re.compile(r"^(?:import|export)\s.*(?:\n(?!\n).*)*", re.MULTILINE)
_JSX_COMMENT = re.compile(r"\{/\*.*?\*/\}", re.DOTALL)
_WITH_IDS = frozenset({"docusaurus", "hugo", "mdbook"})
_HEADING_ID = re.compile(r"^(?P<heading>#{1,6}[ \t].*?)[ \t]*\{[#.][^{}\n]*\}[ \t]*$", re.MULTILINE)
_SHORTCODE = re.compile(r"\{\{[<%].*?[>%]\}\}", re.DOTALL)


def renderer(name: str) -> Callable[[str], str]:
    """Return what renders the body of a page of the dialect `name`."""
    program = MarkdownIt("commonmark", {"maxNesting": 500, "html": True})
    if name != "commonmark":
        program.enable(["table", "strikethrough"])
        program.use(footnote_plugin).use(tasklists_plugin)
        program.core.ruler.push("alerts", _alerts)
    if name in {"hugo", "mdbook", "myst"}:
        program.use(deflist_plugin)
    if name == "myst":
        program.use(dollarmath_plugin)
    if name == "docusaurus":
        program.disable("code")
        for kind in _ADMONITIONS:
            program.use(container_plugin, kind, validate=_names(kind), render=_container)
    if name in {"hugo", "mdbook", "docusaurus"}:
        program.use(attrs_plugin)

    def render(text: str) -> str:
        return str(program.render(_readable(name, text)))

    return render


def _names(kind: str) -> Callable[..., bool]:
    """A test whether a fence's words name a kind of admonition, with a title or without."""
    pattern = re.compile(rf"\s*{kind}(?![\w-])")
    return lambda words, *_: bool(pattern.match(words))


def _readable(name: str, text: str) -> str:
    """The text without what only the program of a dialect understands."""
    if name == "docusaurus":
        text = _JSX_COMMENT.sub("", _MODULE_LINE.sub("", text))
    if name in _WITH_IDS:
        text = _HEADING_ID.sub(r"\g<heading>", text)
    if name == "hugo":
        text = _SHORTCODE.sub(lambda match: f"`{match[0]}`" if "`" not in match[0] else "", text)
    return text


def _container(
    _renderer: object, tokens: Sequence[Token], place: int, _options: object, _env: object
) -> str:
    token = tokens[place]
    if token.nesting < 0:
        return "</div>\n"
    kind = token.type.removeprefix("container_").removesuffix("_open")
    match = _TITLE.match(token.info)
    title = (match["bracketed"] or match["rest"] or "").strip() if match else ""
    heading = escape(title, quote=False) or kind.capitalize()
    return f'<div class="admonition {kind}"><p class="admonition-title">{heading}</p>\n'


def _alerts(state: StateCore) -> None:
    """Make GitHub's alerts of quotes that start with `[!NOTE]`."""
    tokens = state.tokens
    for place, token in enumerate(tokens[:-2]):
        inline = tokens[place + 2]
        if token.type != "blockquote_open" or inline.type != "inline":
            continue
        match = _ALERT.match(inline.content)
        if match:
            _become_alert(token, inline, match)


def _become_alert(quote: Token, inline: Token, match: re.Match[str]) -> None:
    kind = match[1].lower()
    quote.tag = "blockquote"
    quote.attrSet("class", f"admonition {kind}")
    quote.attrSet("data-kind", kind.capitalize())
    children: list[Any] = list(inline.children or ())
    rest = match[0]
    while children and rest:
        child = children[0]
        if child.content and rest.startswith(child.content):
            rest = rest[len(child.content) :]
            children.pop(0)
        elif child.content.startswith(rest):
            child.content = child.content[len(rest) :]
            rest = ""
        else:
            break
    if children and children[0].type in {"softbreak", "hardbreak"}:
        children.pop(0)
    inline.children = children
