"""Cut a page into its units: the translatable texts, and exactly where they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from posixpath import basename
from typing import TYPE_CHECKING

from toolkit.dialects.parser import NestingError
from toolkit.model.errors import DocumentError, Problem
from toolkit.reading.segment.front_matter import read_front_matter
from toolkit.reading.segment.steering import note_included_code
from toolkit.reading.segment.walk import Walk

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from markdown_it.token import Token

    from toolkit.dialects.dialect import Dialect
    from toolkit.model.document import Document
    from toolkit.model.units import Unit
    from toolkit.reading.segment.front_matter import Header

RULES_VERSION = 2
"""Counts up when the rules of segmenting change; catalogs tell by which they were cut."""

FRONT_MATTER_KEYS: tuple[str, ...] = (
    *("title", "linkTitle", "description", "summary", "subtitle", "tagline"),
    *("sidebar_label", "pagination_label"),
)
"""Keys of the front matter whose texts are translated unless the settings name others."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A page as it was read: its units and what they stand in."""

    units: tuple[Unit, ...]
    """The units in their order; their spans neither overlap nor leave the text."""
    source: str
    r"""The text the parser saw, its lines ended by `\n`."""
    tokens: Sequence[Token]
    """The block tokens; offsets in them count in `source`."""
    header: Header
    """The front matter."""
    labels: Collection[str]
    """The labels of reference definitions, normalized."""
    dialect: Dialect
    """The dialect it was read in."""
    keys: tuple[str, ...] = FRONT_MATTER_KEYS
    """The keys of the front matter whose texts are units."""

    @property
    def definitions(self) -> Mapping[str, str]:
        """The target of each reference definition, by its normalized label."""
        if not isinstance(self.labels, Mapping):
            return {}
        return {label: str(one.get("href", "")) for label, one in self.labels.items()}


def read(
    document: Document, dialect: Dialect, front_matter_keys: tuple[str, ...] = FRONT_MATTER_KEYS
) -> Reading:
    """Read a page. Raises `DocumentError` where blocks are nested too deep."""
    unified = document.with_newlines()
    reading = _read(unified, dialect, front_matter_keys)
    contents = bool(dialect.contents_page) and dialect.contents_page == basename(document.path)
    walk = Walk(unified, document, dialect, reading.labels, contents=contents)
    walk.front_matter(reading.header.values)
    walk.tokens(reading.tokens)
    return replace(reading, units=tuple(walk.units))


def read_blocks(
    document: Document, dialect: Dialect, front_matter_keys: tuple[str, ...] = FRONT_MATTER_KEYS
) -> Reading:
    """Return `read` without the units: enough to compare the structure of two pages."""
    return _read(document.with_newlines(), dialect, front_matter_keys)


def _read(document: Document, dialect: Dialect, front_matter_keys: tuple[str, ...]) -> Reading:
    """The blocks of a page whose lines all end alike."""
    source = document.text
    header = read_header(source, dialect, front_matter_keys)
    try:
        tokens, environment = dialect.parser.blocks(source, header.lines)
    except NestingError as error:
        problem = f"{error}; flatten the quotes or lists here"
        raise DocumentError(Problem(document.path, error.line + 1, 1, problem)) from None
    except RecursionError:
        problem = "nested too deeply for the stack that the calling program left"
        raise DocumentError(Problem(document.path, 1, 1, problem)) from None
    labels = environment.get("references", {})
    note_included_code(tokens, source)
    return Reading((), source, tokens, header, labels, dialect, front_matter_keys)


def read_header(
    source: str, dialect: Dialect, front_matter_keys: tuple[str, ...] = FRONT_MATTER_KEYS
) -> Header:
    r"""Return the front matter of a page whose lines end in `\n`."""
    return read_front_matter(source, dialect.front_matter, _keys(dialect, front_matter_keys))


def _keys(dialect: Dialect, keys: tuple[str, ...]) -> frozenset[str]:
    """The keys that are translated; a project that names its own has no others."""
    own = dialect.front_matter_texts if keys == FRONT_MATTER_KEYS else ()
    return frozenset((*keys, *own))


def segment(
    document: Document, dialect: Dialect, front_matter_keys: tuple[str, ...] = FRONT_MATTER_KEYS
) -> tuple[Unit, ...]:
    """The units of a page, as `read` finds them."""
    return read(document, dialect, front_matter_keys).units
