"""Pages of the dialects that markdown-it-py renders, by the rules that readers see."""

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

from toolkit.dialects.inline.grammar import Flavour
from toolkit.interfaces.preview.plain_forms import plain_kramdown, plain_quarto

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

    from toolkit.interfaces.preview.rules import Rules

_ADMONITIONS = "note tip info warning danger caution important success secondary".split()
_PLAIN_CONTAINERS = ("code-group", "raw", "v-pre")
_ALERT = re.compile(r"\[!([A-Za-z]+)\][+-]?[ \t]*")
_TITLE = re.compile(r"\s*\w+\s*(?:\[(?P<bracketed>.*)\]|(?P<rest>[^{]*))")
_MODULE_LINE = re.compile(r"^(?:import|export)\s.*(?:\n(?!\n).*)*", re.MULTILINE)
_JSX_COMMENT = re.compile(r"\{/\*.*?\*/\}", re.DOTALL)
_TAG_LINE = re.compile(r"[ \t]*</?[A-Za-z][\w.:-]*(?:\s[^<>]*)?/?>[ \t]*")
_FENCE = re.compile(r"[ \t]*(```+|~~~+)")
_INCLUDED = re.compile(r"^<<<[ \t]*(\S[^`\n]*)$", re.MULTILINE)
_HEADING_ID = re.compile(r"^(?P<heading>#{1,6}[ \t].*?)[ \t]*\{[#.][^{}\n]*\}[ \t]*$", re.MULTILINE)
_PLAIN_FORMS: Mapping[str, Callable[[str], str]] = {
    Flavour.KRAMDOWN: plain_kramdown,
    Flavour.PANDOC: plain_quarto,
}
_SHORTCODE = re.compile(r"\{\{[<%].*?[>%]\}\}", re.DOTALL)


def renderer(rules: Rules) -> Callable[[str], str]:
    """Return what renders the body of a page by some rules."""
    program = MarkdownIt("commonmark", {"maxNesting": 500, "html": True})
    has_plain_form = rules.flavour in _PLAIN_FORMS
    if rules.tables:
        program.enable(["table", "strikethrough"])
        program.use(footnote_plugin).use(tasklists_plugin)
    if rules.alerts:
        program.core.ruler.push("alerts", _alerts)
    if rules.definitions:
        program.use(deflist_plugin)
    if has_plain_form or rules.roles:
        program.use(dollarmath_plugin)
    if rules.flavour == Flavour.MDX:
        program.disable("code")
    if rules.containers:
        _use_containers(program)
    if rules.heading_ids and not has_plain_form:
        program.use(attrs_plugin)

    def render(text: str) -> str:
        return str(program.render(_readable(rules, text)))

    return render


def _use_containers(program: MarkdownIt) -> None:
    for kind in (*_ADMONITIONS, "details"):
        program.use(container_plugin, kind, validate=_names(kind), render=_container)
    for kind in _PLAIN_CONTAINERS:
        program.use(container_plugin, kind, validate=_names(kind))


def _names(kind: str) -> Callable[..., bool]:
    """A test whether a fence's words name a kind of admonition, with a title or without."""
    pattern = re.compile(rf"\s*{kind}(?![\w-])")
    return lambda words, *_: bool(pattern.match(words))


def _readable(rules: Rules, text: str) -> str:
    """The text without what only the program of a dialect understands."""
    if rules.flavour == Flavour.MDX:
        text = _with_tags_apart(_JSX_COMMENT.sub("", _MODULE_LINE.sub("", text)))
    if rules.flavour in _PLAIN_FORMS:
        return _PLAIN_FORMS[rules.flavour](text)
    if rules.fence_labels:
        text = _INCLUDED.sub(r"`\1`", text)
    if rules.heading_ids:
        text = _HEADING_ID.sub(r"\g<heading>", text)
    if rules.shortcodes:
        text = _SHORTCODE.sub(lambda match: f"`{match[0]}`" if "`" not in match[0] else "", text)
    return text


def _with_tags_apart(text: str) -> str:
    """The text with blank lines around tags that have lines of their own: they hold Markdown."""
    lines: list[str] = []
    fence = ""
    for line in text.split("\n"):
        match = _FENCE.match(line)
        if match and (not fence or match[1].startswith(fence)):
            fence = "" if fence else match[1]
        is_apart = not fence and _TAG_LINE.fullmatch(line)
        lines += ["", line.strip(), ""] if is_apart else [line]
    return "\n".join(lines)


def _container(
    _renderer: object, tokens: Sequence[Token], place: int, _options: object, _env: object
) -> str:
    token = tokens[place]
    name = token.type.removeprefix("container_").removesuffix("_open").removesuffix("_close")
    block, title = ("details", "summary") if name == "details" else ("div", "p")
    if token.nesting < 0:
        return f"</{block}>\n"
    match = _TITLE.match(token.info)
    words = (match["bracketed"] or match["rest"] or "").strip() if match else ""
    heading = escape(words, quote=False) or name.capitalize()
    is_open = " open" if block == "details" else ""
    head = f'<{title} class="admonition-title">{heading}</{title}>'
    return f'<{block} class="admonition {name}"{is_open}>{head}\n'


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
