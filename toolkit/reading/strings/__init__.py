"""Files of strings: the texts of a program or site in YAML, TOML or JSON, as units."""

from __future__ import annotations

import re
import tomllib
from posixpath import splitext
from typing import TYPE_CHECKING, NamedTuple

from toolkit.model.document import Span
from toolkit.model.errors import DocumentError, Problem
from toolkit.model.toml import toml_problem
from toolkit.model.units import Form, Kind, Unit
from toolkit.reading.segment.steering import Steering, comments_beside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from toolkit.model.document import Document
    from toolkit.reading.segment.value import Trail
    from toolkit.reading.strings.key_paths import KeyPaths

ENDINGS = (".json", ".toml", ".yaml", ".yml")
CONFIGURATION = "conf.py"
"""Sphinx' configuration, the one file of Python that is read."""
_LETTER = re.compile(r"[^\W\d_]")
_BLOCKS = frozenset({Form.YAML_LITERAL, Form.YAML_FOLDED})
_NOTE = "description"
"""The key beside a text that says what it is for (Docusaurus, browsers' extensions, go-i18n)."""


class StringText(NamedTuple):
    """A text of a file of strings and its place."""

    trail: Trail
    span: Span
    text: str
    """The whole text, with the blanks around it."""
    form: Form
    indent: str = ""
    """The indent of each line of a block scalar."""


def string_texts(document: Document) -> tuple[StringText, ...]:
    """Return all texts of a file in their order.

    Raises `DocumentError` with line and column for a file that is not what its name says.
    """
    return tuple(_READERS[splitext(document.path)[1].lower()](document))


def string_units(document: Document, paths: KeyPaths) -> tuple[Unit, ...]:
    """Return the texts below some keys as units; raises as `string_texts` does."""
    texts = string_texts(document)
    notes = {one.trail[:-1]: one.text for one in texts if one.trail and one.trail[-1] == _NOTE}
    units = (
        _unit(document, one, notes.get(one.trail[:-1], ""))
        for one in texts
        if paths.choose(one.trail) and _LETTER.search(one.text)
    )
    return tuple(sorted((unit for unit in units if unit), key=lambda unit: unit.span))


def _unit(document: Document, one: StringText, note: str) -> Unit | None:
    steering = Steering()
    if not document.path.endswith(ENDINGS[0]):
        steering.read(comments_beside(document.text, one.span.start, one.span.end))
    notes, context = steering.take()
    if steering.skip:
        return None
    name = ".".join(map(str, one.trail))
    return Unit(
        Kind.STRING,
        one.text.strip(),
        one.span,
        one.form,
        f"{Kind.STRING} · {name}" if name else Kind.STRING,
        continuation=document.newline + one.indent,
        notes=(*notes, *([" ".join(note.split())] if note.strip() and note != one.text else [])),
        context=context,
    )


def _json(document: Document) -> Iterator[StringText]:
    from toolkit.model.json_nodes import json_problem, only_node  # noqa: PLC0415 - seldom wanted

    try:
        root = only_node(document.text)
    except (ValueError, RecursionError) as error:
        raise DocumentError(json_problem(document.path, error, 1)) from None
    for trail, (start, end, text) in root.texts():
        yield StringText(trail, Span(start, end), str(text), Form.JSON_STRING)


def _toml(document: Document) -> Iterator[StringText]:
    from toolkit.reading.segment.toml_values import toml_texts  # noqa: PLC0415 - seldom wanted

    flat = document.with_newlines()
    try:
        data = tomllib.loads(flat.text)
    except (ValueError, RecursionError) as error:
        raise DocumentError(toml_problem(document.path, error, 1)) from None
    found = toml_texts(flat.text)
    if not found and data and any(isinstance(one, str) for one in data.values()):
        raise DocumentError(
            Problem(
                document.path,
                1,
                1,
                "has texts that cannot be located; please report this file",
            )
        )
    shift = document.shift_from(flat.text)
    for trail, start, end, text, form in found:
        yield StringText(trail, Span(shift(start), shift(end)), text, form)


def _yaml(document: Document) -> Iterator[StringText]:
    # PyYAML is slow to import, and many projects have no YAML.
    from toolkit.reading.strings.yaml_files import yaml_file_texts  # noqa: PLC0415

    for trail, value in yaml_file_texts(document):
        span = Span(value.start, value.end)
        yield StringText(trail, span, value.text, value.form, value.indent)


def _python(document: Document) -> Iterator[StringText]:
    from toolkit.reading.strings.python_files import python_texts  # noqa: PLC0415 - seldom wanted

    for name, start, end, text in python_texts(document):
        yield StringText((name,), Span(start, end), text, Form.SCRIPT_STRING)


def can_hold_strings(path: str) -> bool:
    """Whether the name of a file, or a pattern, is that of a file of strings."""
    return path.lower().endswith(ENDINGS) or path.rpartition("/")[2] == CONFIGURATION


def edges(one: StringText) -> tuple[str, str]:
    """Return the blanks around a text that a translation keeps."""
    if one.form in _BLOCKS:
        return "", ""
    bare = one.text.strip()
    start = one.text.index(bare)
    return one.text[:start], one.text[start + len(bare) :]


_READERS: dict[str, Callable[[Document], Iterator[StringText]]] = {
    ".json": _json,
    ".py": _python,
    ".toml": _toml,
    ".yaml": _yaml,
    ".yml": _yaml,
}
