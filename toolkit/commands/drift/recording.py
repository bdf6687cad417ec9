"""The revision of its source that a translation's front matter names."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from toolkit.model.document import Document, Edit, Span
from toolkit.model.units import Form
from toolkit.reading.segment import read_blocks
from toolkit.reading.segment.front_matter import front_value
from toolkit.site.front import with_front_matter

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from toolkit.commands.drift.value import Origin
    from toolkit.dialects.dialect import Dialect

_REVISION = re.compile(r"[0-9a-fA-F]{4,64}")
_NUMBER = re.compile(r"[0-9]+(?:[eE][0-9]+)?|0b[01]+")
_DOUBLE = frozenset({Form.TOML_BASIC, Form.TOML_LITERAL, Form.JSON_STRING, Form.YAML_DOUBLE})


class Record(NamedTuple):
    """A revision as a page names it."""

    key: str
    revision: str
    line: int
    column: int


def record_of(document: Document, dialect: Dialect, keys: Sequence[str]) -> Record | None:
    """The revision that a page names under the first of some keys that it has."""
    plain = document.with_newlines()
    for key in keys:
        value = front_value(plain.text, dialect.front_matter, key)
        if value and value.text.strip():
            return Record(key, value.text.strip(), *plain.place(value.start))
    return None


def is_revision(text: str) -> bool:
    """Whether a text looks like the name of a commit or blob."""
    return bool(_REVISION.fullmatch(text))


def usual_key(origins: Iterable[Origin], keys: Sequence[str]) -> str:
    """The key that most pages have, or else the first one."""
    counts = Counter(one.key for one in origins if one.key)
    return counts.most_common(1)[0][0] if counts else keys[0]


def with_record(document: Document, dialect: Dialect, key: str, revision: str) -> Document:
    """A page that names a revision under a key; everything else stays."""
    plain = document.with_newlines()
    value = front_value(plain.text, dialect.front_matter, key)
    if value:
        shift = document.shift_from(plain.text)
        span = Span(shift(value.start), shift(value.end))
        text = f'"{revision}"' if value.form in _DOUBLE else _as_yaml(revision)
        return document.edited([Edit(span, text)])
    parent, _, last = key.rpartition(".")
    if not parent:
        reading = read_blocks(document, dialect)
        return with_front_matter(document, reading, {key: _as_yaml(revision)})
    return _with_nested(document, dialect, (parent, last), revision)


def _with_nested(
    document: Document, dialect: Dialect, keys: tuple[str, str], revision: str
) -> Document:
    """A page with a key below another one, which is there already or comes with it."""
    parent, last = keys
    reading = read_blocks(document, dialect)
    header = document.text[: _end(document, reading.header.lines)]
    newline = document.newline
    if header.lstrip().startswith(("+++", "{")):
        # A dotted key means the same in TOML, and is at least visible in JSON.
        return with_front_matter(document, reading, {f"{parent}.{last}": revision})
    known = re.search(rf"^{re.escape(parent)}:[ \t]*(?:\r\n|\n|\r)", header, re.MULTILINE)
    if known:
        indent = re.match(r"[ ]+", document.text[known.end() :])
        line = f"{indent[0] if indent else '  '}{last}: {_as_yaml(revision)}{newline}"
        return document.edited([Edit(Span(known.end(), known.end()), line)])
    value = f"{newline}  {last}: {_as_yaml(revision)}"
    return with_front_matter(document, reading, {parent: value})


def _end(document: Document, lines: int) -> int:
    starts = (*document.line_starts, len(document.text))
    return starts[min(lines, len(starts) - 1)]


def _as_yaml(revision: str) -> str:
    """A revision that YAML reads as a text."""
    return f'"{revision}"' if _NUMBER.fullmatch(revision) else revision
