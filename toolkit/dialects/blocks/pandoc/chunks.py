"""Texts in the options of a code cell (`#| fig-cap: "Words"`)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.dialects.blocks.values import Title
from toolkit.model.units import Form, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.dialects.blocks.scanning.emitter import Emitter
    from toolkit.dialects.blocks.scanning.scanner import Row

_OPTION = re.compile(
    r"[ ]*(?:#|//|--|%|%%)\|[ ]*(?P<key>[\w.-]+):[ ]+"
    r"(?P<value>'(?:[^']|'')*'|\"(?:[^\"\\]|\\[\"\\])*\"|[^\s'\"|>#!&*\[\]{}%@`-][^\n]*?)[ ]*$"
)
_COMMENT = re.compile(r"[ ]#|:[ ]|:$")
_KEYS = frozenset(
    "fig-cap fig-subcap fig-alt tbl-cap tbl-subcap lst-cap code-summary cap title alt".split()
)
_ESCAPED = re.compile(r"\\([\"\\])")
_FORMS = {"'": Form.YAML_SINGLE, '"': Form.YAML_DOUBLE}


def option_titles(out: Emitter, info: str, rows: Sequence[Row]) -> Iterator[tuple[Title, Row]]:
    """Yield the options of a cell that are texts, with the lines in which they stand."""
    if not info.startswith("{") or info.startswith(("{.", "{=", "{#")):
        return
    for text, place in rows:
        found = _OPTION.match(text)
        if found is None:
            if "|" not in text[:4]:
                return
            continue
        if found["key"] not in _KEYS:
            continue
        value = found["value"]
        form = _FORMS.get(value[0], Form.YAML_PLAIN)
        if form is Form.YAML_PLAIN and _COMMENT.search(value):
            continue
        start = place + found.start("value")
        span = out.range((start, start + len(value)))
        title = Title(span, Kind.DIRECTIVE_OPTION, form, found["key"], text=_read(value, form))
        yield title, (text, place)


def _read(value: str, form: Form) -> str:
    if form is Form.YAML_SINGLE:
        return value[1:-1].replace("''", "'")
    return _ESCAPED.sub(r"\1", value[1:-1]) if form is Form.YAML_DOUBLE else value
