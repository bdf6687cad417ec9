"""The types of PyMdown's `///` blocks: what their arguments and options must be."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from toolkit.model.expressions import late

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


# By what they leave out, as `re` takes long to read a set of all that lies beyond ASCII.
_IDENTIFIER = r"-?[^\x00-@\[-^`{-\x7f][^\x00-,./:-@\[-^`{-\x7f]*"
_PART = (
    rf"(?:[#.]{_IDENTIFIER}"
    rf"|\[(?:[ \t]*{_IDENTIFIER}(?:[ \t]*=[ \t]*(?:\"[^\"]*\"|'[^']*'|{_IDENTIFIER}))?)*[ \t]*\])"
)
SELECTOR = late(rf"(?P<tag>{_IDENTIFIER}){_PART}*")
_CAPTION = late(rf"[<>]?[ ]*(?:\^?[1-9]\d*(?:\.[1-9]\d*)*)?(?:(?:^|[ ]|(?<=[<> ]))[ ]*{_PART}+)?")
_MODES = frozenset({"auto", "inline", "block", "raw", "html"})


class SlashKind(StrEnum):
    """The kinds of `///` blocks."""

    ADMONITION = "admonition"
    CAPTION = "caption"
    DEFINE = "define"
    DETAILS = "details"
    HTML = "html"
    LIST = "list"
    TAB = "tab"


@dataclass(frozen=True, slots=True)
class SlashType:
    """A type of `///` blocks."""

    kind: SlashKind
    argument: bool | None = None
    """Whether it must have an argument or must not; `None` where it may."""
    options: Mapping[str, str] = field(default_factory=dict)
    """Its options with what their values are: `flag`, `name`, `mode`."""
    fits: Callable[[str], bool] | None = None
    """Whether it can have an argument, where its kind alone does not tell."""
    modes: Mapping[str, str] = field(default_factory=dict)
    """The reading of elements of the site's own (`custom` of `blocks.html`)."""


def options_in(header: str, kind: SlashType) -> dict[str, Any] | None:
    """The options in YAML, `None` where a block of this type has no such."""
    from toolkit.dialects.blocks.yaml_options import yaml_options  # noqa: PLC0415 - PyYAML is slow to import

    found = yaml_options(textwrap.dedent(header))
    if found is None:
        return None
    return found if all(_is_option(kind, name, value) for name, value in found.items()) else None


def _is_option(kind: SlashType, name: object, value: object) -> bool:
    if name == "attrs":
        return isinstance(value, dict) and all(
            re.fullmatch(_IDENTIFIER, str(key)) and isinstance(one, str)
            for key, one in value.items()
        )
    match kind.options.get(str(name)):
        case "flag":
            return isinstance(value, bool)
        case "name":
            return isinstance(value, str) and bool(re.fullmatch(_IDENTIFIER, value))
        case "mode":
            return isinstance(value, str) and value.lower() in _MODES
    return False


def fits_argument(kind: SlashType, argument: str) -> bool:
    """Whether an argument is of the form that it must have."""
    if kind.fits is not None:
        return kind.fits(argument)
    if kind.kind is SlashKind.HTML:
        return bool(SELECTOR.fullmatch(argument))
    if kind.kind is SlashKind.CAPTION and argument:
        return bool(_CAPTION.fullmatch(argument))
    return True
