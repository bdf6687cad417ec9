"""Choose the rules that a site's Markdown extensions switch on.

What a site does not name is off, as with Python-Markdown; MkDocs adds tables and fenced code.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from toolkit.dialects.blocks.pymd import containers, definitions, leaves, lists
from toolkit.dialects.blocks.pymd.elements import html_element
from toolkit.dialects.blocks.pymd.fancy_lists import STYLES, fancy_lists, fits_a_list
from toolkit.dialects.blocks.pymd.fences import stash_fences
from toolkit.dialects.blocks.pymd.parser import Processors, Rule
from toolkit.dialects.blocks.pymd.plain_fences import stash_plain_fences
from toolkit.dialects.blocks.pymd.slash_types import SlashKind, SlashType
from toolkit.dialects.blocks.pymd.slashes import slash_blocks
from toolkit.dialects.blocks.pymd.slices import OPEN
from toolkit.dialects.blocks.pymd.tables import table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from toolkit.dialects.blocks.pymd.parser import Processor
    from toolkit.dialects.blocks.pymd.slices import Slice
    from toolkit.dialects.blocks.pymd.stash import Stash

Extensions = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
"""The names of extensions with their options; lists of names are joined by commas."""

_CORE_PREFIX = "markdown.extensions."
_ALWAYS = ("tables", "fenced_code")
_EXTRA = "footnotes attr_list def_list tables abbr md_in_html".split()
_BUNDLES = {
    "extra": ["fenced_code", *_EXTRA],
    "pymdownx.extra": ["pymdownx.superfences", "pymdownx.betterem", *_EXTRA],
}
_DETAILS = ("???", "///", "<")
_NONE = ""
"""The start of blocks that are not indented, for what takes none of these."""
_FANCY = "pymdownx.fancylists"
_TRUE = frozenset({"true", "yes", "on", "1"})
_BLOCKS = "pymdownx.blocks."
_ADMONITIONS = "note attention caution danger error tip hint warning important"
_MATERIAL = (
    "abbr admonition attr_list def_list footnotes md_in_html pymdownx.arithmatex pymdownx.critic "
    "pymdownx.details pymdownx.snippets pymdownx.superfences pymdownx.tabbed "
    "pymdownx.blocks.caption pymdownx.blocks.definition pymdownx.blocks.details "
    "pymdownx.blocks.html pymdownx.blocks.tab"
).split()
MATERIAL: Extensions = (
    *((name, ()) for name in _MATERIAL),
    (
        "pymdownx.blocks.admonition",
        (("types", f"{_ADMONITIONS} info check success bug example quote".replace(" ", ",")),),
    ),
)
"""The extensions with blocks that Material for MkDocs recommends."""
MORE = (
    "tables toc pymdownx.betterem pymdownx.caret pymdownx.emoji pymdownx.highlight "
    "pymdownx.inlinehilite pymdownx.keys pymdownx.magiclink pymdownx.mark pymdownx.smartsymbols "
    "pymdownx.tasklist pymdownx.tilde"
).split()
"""The others that it recommends."""


class Rules(NamedTuple):
    """The rules by which a site's pages are read."""

    processors: Processors
    stash_fences: Callable[[Slice, Stash], Slice]
    markdown_in_html: bool
    snippets: bool
    critic: bool
    letters: bool
    """Whether lists can be numbered by letters."""


def named(extensions: Extensions) -> dict[str, dict[str, str]]:
    """Return the options of each extension that is on, those of bundles and of MkDocs too."""
    found: dict[str, dict[str, str]] = {name: {} for name in _ALWAYS}
    for name, options in extensions:
        short = name.removeprefix(_CORE_PREFIX).partition(":")[0]
        found.setdefault(short, {}).update(options)
        for one in _BUNDLES.get(short, ()):
            found.setdefault(one, {})
    return found


def is_set(options: Mapping[str, str], name: str) -> bool:
    """Whether an option that is true or false is true."""
    return options.get(name, "").lower() in _TRUE


def rules_for(extensions: Extensions | None) -> Rules:
    """Return the rules of a site, or of those that do as Material recommends."""
    on = named(MATERIAL if extensions is None else extensions)
    superfences = on.get("pymdownx.superfences")
    fences: Callable[[Slice, Stash], Slice] = stash_plain_fences
    if superfences is not None:
        fences = partial(stash_fences, relaxed=is_set(superfences, "relaxed_headers"))
    return Rules(
        processors=Processors(_processors(on)),
        stash_fences=fences,
        markdown_in_html="md_in_html" in on,
        snippets="pymdownx.snippets" in on,
        critic="pymdownx.critic" in on,
        letters=_FANCY in on,
    )


def _processors(on: Mapping[str, Mapping[str, str]]) -> Iterable[Rule]:
    """The processors by priority in Python-Markdown; those without a name are always on.

    What is indented below an admonition, a set of tabs or details goes on with it, and `///` blocks
    and elements of HTML can be such, too.
    """
    sane_titles = "pymdownx.saneheaders" in on
    superfences = on.get("pymdownx.superfences", {})
    no_code = is_set(superfences, "disable_indented_code_blocks")
    quotes = on.get("pymdownx.quotes", {})
    callouts = is_set(quotes, "callouts")
    quote = partial(containers.quote, apart="pymdownx.quotes" in on, callouts=callouts)
    slashes = _slash_types(on)
    numbered, bulleted = _lists(on)
    numbers, bullets = (None, None) if _FANCY in on else ("0", "*+-")
    ordered: tuple[tuple[str, Processor, tuple[str, ...], str | None], ...] = (
        ("admonition", containers.admonition, ("!!!", "///", "<"), "!"),
        ("md_in_html", html_element, ("<",), OPEN),
        ("pymdownx.details", partial(containers.details, sane=sane_titles), _DETAILS, "?"),
        ("pymdownx.tabbed", containers.tab, ("===", "///", "<"), "="),
        ("", leaves.empty, (), _NONE),
        ("", lists.list_indent, (), _NONE),
        ("" if slashes else "off", slash_blocks(slashes, sane=sane_titles), ("///",), "/"),
        ("def_list", lists.definition_indent, (), _NONE),
        ("off" if no_code else "", leaves.code, (), _NONE),
        ("pymdownx.arithmatex", leaves.formula, (), "$\\"),
        ("", leaves.api_reference, (), ":#"),
        ("tables", table, (), "|"),
        ("", partial(leaves.heading, sane=sane_titles), (), "#"),
        ("", leaves.setext_heading, (), "=-"),
        ("", leaves.rule, (), "-_*"),
        ("", numbered, (), numbers),
        ("", bulleted, (), bullets),
        ("def_list", definitions.definition, (), ":"),
        ("", quote, (), ">"),
        ("footnotes", definitions.footnote, (), "["),
        ("abbr", definitions.abbreviation, (), "*"),
        ("", definitions.reference, (), "["),
        ("", leaves.paragraph, (), None),
    )
    return (
        Rule(processor, hints, starts)
        for name, processor, hints, starts in ordered
        if not name or name in on
    )


def _lists(on: Mapping[str, Mapping[str, str]]) -> tuple[Processor, Processor]:
    """The processors for lists."""
    if _FANCY in on:
        return fancy_lists(_styles(on))
    sane = "sane_lists" in on
    return partial(lists.ordered_list, sane=sane), partial(lists.bullet_list, sane=sane)


def _styles(on: Mapping[str, Mapping[str, str]]) -> frozenset[str]:
    return frozenset(on[_FANCY].get("additional_ordered_styles", STYLES).split(","))


def _modes(on: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """The reading of the elements that a site names for `/// html`."""
    listed = on.get(f"{_BLOCKS}html", {}).get("custom", "").split(",")
    return {tag: mode or "auto" for tag, _, mode in (one.partition("=") for one in listed) if tag}


def _slash_types(on: Mapping[str, Mapping[str, str]]) -> dict[str, SlashType]:
    """The types of `///` blocks."""
    found: dict[str, SlashType] = {}
    flags = {"open": "flag", "type": "name"}
    plain = {
        "tab": SlashType(SlashKind.TAB, argument=True, options={"new": "flag", "select": "flag"}),
        "html": SlashType(
            SlashKind.HTML, argument=True, options={"markdown": "mode"}, modes=_modes(on)
        ),
        "definition": SlashType(SlashKind.DEFINE, argument=False),
        "details": SlashType(SlashKind.DETAILS, options=flags),
        "admonition": SlashType(SlashKind.ADMONITION, options={"type": "name"}),
    }
    names = {"definition": "define"}
    found.update(
        (names.get(name, name), kind) for name, kind in plain.items() if _BLOCKS + name in on
    )
    defaults = {"admonition": _ADMONITIONS.replace(" ", ","), "details": ""}
    kinds = {
        "admonition": SlashType(SlashKind.ADMONITION),
        "details": SlashType(SlashKind.DETAILS, options={"open": "flag"}),
    }
    for name, types in defaults.items():
        if _BLOCKS + name in on:
            listed = on[_BLOCKS + name].get("types", types)
            found.update((one, kinds[name]) for one in listed.split(",") if one)
    if _FANCY in on:
        fits = partial(fits_a_list, styles=_styles(on))
        found["fancylists"] = SlashType(SlashKind.LIST, argument=True, fits=fits)
    if f"{_BLOCKS}caption" in on:
        listed = on[f"{_BLOCKS}caption"].get("types", "caption,figure-caption,table-caption")
        found.update((one, SlashType(SlashKind.CAPTION)) for one in listed.split(",") if one)
    return found
