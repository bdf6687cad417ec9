"""Parameters of Hugo's shortcodes whose values are texts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from toolkit.dialects.blocks.shortcode_tags import tags_in
from toolkit.model.expressions import late

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from toolkit.dialects.blocks.shortcode_tags import Tag

PARAMETERS: tuple[str, ...] = (
    *("title", "subtitle", "caption", "alt", "text", "label", "heading", "header"),
    *("summary", "description", "tooltip", "placeholder", "tab.name", "tab.0", "details.0"),
    *("expand.0", "button.text", "figure.attr", "footer", "subheader", "prepend"),
    *("caution.0", "danger.0", "important.0", "info.0", "note.0", "tip.0", "warning.0"),
    *("notice.1", "card.tag", "timelineItem.badge"),
)
"""Parameters whose texts are translated unless the settings name others.

`title` is one of any shortcode, `tab.name` of this one, `tab.0` its first without a name. They are
those of Hugo's own documentation, Kubernetes', and the themes Docsy, Hextra, Book, Relearn, Congo
and Blowfish.
"""
OPTIONAL_PARAMETERS: tuple[str, ...] = ("glossary_tooltip.text",)
"""The parameters that a translation may add to a tag unless the settings name others.

Kubernetes' shows the name of a term, whose form in a sentence is another one in many languages.
"""
_PARAMETER = late(
    r"(?:(?P<key>[\w-]++)\s*+=\s*+)?+(?P<value>\"(?P<double>(?:[^\"\\]|\\\"|\\)*+)\"|`(?P<raw>[^`]*+)`"
    r"|(?P<bare>[^\s\"`]++))",
    re.DOTALL,
)
_ESCAPES = late(r"\\(?:`|\Z)")
"""Backslashes that Hugo takes for escapes in double quotes: `\\\"` and, with an error, ``\\` ``."""
_NO_TEXTS = frozenset({"true", "false"})


class Parameter(NamedTuple):
    """A parameter's text, and where it stands with its quotes."""

    start: int
    end: int
    text: str
    key: str
    """Its name, or the number of its position from 0."""
    whole: int
    """The start of the parameter with its name and the blanks before it."""


def parameters_of(text: str, tag: Tag, wanted: Collection[str]) -> Iterator[Parameter]:
    """The texts of a tag that are translated; `wanted` is as `PARAMETERS`."""
    if tag.closes:
        return
    position = 0
    for match in _PARAMETER.finditer(text, *tag.body):
        key = match["key"]
        if key is None:
            key, position = str(position), position + 1
        named = f"{tag.name}.{key}"
        if named in wanted or (match["key"] and key in wanted):
            value = _meaning(match)
            if value:
                blanks = len(text[: match.start()]) - len(text[: match.start()].rstrip())
                yield Parameter(*match.span("value"), value, key, match.start() - blanks)


def _meaning(match: re.Match[str]) -> str:
    r"""The text of a parameter, without the blanks at its edges.

    Where a quote is escaped Hugo drops every backslash of the value; else it keeps them all.
    """
    if match["bare"] is not None:
        return "" if match["bare"] in _NO_TEXTS else match["bare"]
    text: str = match["raw"] if match["raw"] is not None else match["double"]
    if match["double"] and '\\"' in text:
        text = text.replace("\\", "")
    return " ".join(text.split())


def written_parameter(text: str, source: str) -> str:
    r"""A text as a parameter with its quotes; `source`, which stood there, where none can hold it.

    In double quotes `\"` is a quote, but only where no other backslash stands; in backticks all
    stands for itself.
    """
    text = " ".join(text.split())
    if "\\" not in text:
        return '"' + text.replace('"', '\\"') + '"'
    if '"' not in text and not _ESCAPES.search(text):
        return f'"{text}"'
    if "`" not in text:
        return f"`{text}`"
    return written_parameter(source, "") if source else '""'


def texts_apart(text: str, wanted: Collection[str], optional: Collection[str] = ()) -> str:
    """A text with the values of the `wanted` parameters moved after it.

    Two texts with the same tags then differ in words alone. The `optional` ones are moved whole, so
    that a tag may have them in one text and not in the other.
    """
    if "{{" not in text:
        return text
    pieces: list[str] = []
    values: list[str] = []
    position = 0
    for tag in tags_in(text):
        for parameter in parameters_of(text, tag, wanted):
            if f"{tag.name}.{parameter.key}" in optional:
                pieces.append(text[position : parameter.whole])
            else:
                pieces += (text[position : parameter.start], '""')
            values.append(parameter.text)
            position = parameter.end
    return "".join((*pieces, text[position:])) + "".join(f"\n{value}" for value in values)
