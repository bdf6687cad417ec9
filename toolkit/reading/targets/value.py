"""A link target, and how it is written at its place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from toolkit.model.document import Span


class TargetKind(StrEnum):
    """The syntax that makes the link."""

    LINK = "link"
    """`[text](target)`."""
    IMAGE = "image"
    """`![alt](target)`."""
    DEFINITION = "definition"
    """`[label]: target`."""
    HTML = "html"
    """An attribute `href`, `src` or `poster`, or one candidate of a `srcset`."""
    AUTOLINK = "autolink"
    """`<https://…>`, `<name@host>`, or either of them bare where the dialect links those."""
    FRONT_MATTER = "front matter"
    """A key of the front matter that leads to a page."""
    INCLUDE = "include"
    """A file that the dialect's programs put in, read from the page's folder."""
    SNIPPET = "snippet"
    """A file that PyMdown's `snippets` puts in: `--8<-- "path"`, or a line between two marks."""


class Writing(StrEnum):
    """The syntax around a target, in which another one has to be written there."""

    PLAIN = "plain"
    """Markdown's, up to a blank or a closing parenthesis."""
    ANGLE = "angle"
    """Markdown's between `<` and `>`."""
    DOUBLE = "double"
    """An attribute's value in double quotes."""
    SINGLE = "single"
    """An attribute's value in single quotes."""
    UNQUOTED = "unquoted"
    """An attribute's value without quotes."""
    SOURCE_SET = "source-set"
    """A candidate in a quoted `srcset`."""
    AUTOLINK = "autolink"
    """An absolute URL between `<` and `>`."""
    BARE = "bare"
    """An absolute URL with nothing around it."""
    MAIL = "mail"
    """A mail address without `mailto:`."""
    PATH = "path"
    """A snippet's path in double quotes."""
    PATH_SINGLE = "path-single"
    """A snippet's path in single quotes."""
    PATH_LINE = "path-line"
    """A snippet's path in a line of its own."""


@dataclass(frozen=True, slots=True)
class Target:
    """The target of one link of a page, and the exact place where it is written."""

    span: Span
    """The characters of the document that hold it, without `<>` or quotes."""
    text: str
    """The text as written."""
    url: str
    """The meaning of the text: entities and backslash escapes resolved, percent escapes left."""
    kind: TargetKind
    writing: Writing


class Place(NamedTuple):
    """A target in the text that was searched: its start and end there."""

    start: int
    end: int
    kind: TargetKind
    writing: Writing
