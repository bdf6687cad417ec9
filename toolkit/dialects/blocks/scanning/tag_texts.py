"""Texts in the parameters of tags alone in their lines: Liquid's, and Quarto's shortcodes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.dialects.blocks.values import Title
from toolkit.model.units import Form, Kind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from toolkit.dialects.parser import Range

PARAMETERS = frozenset(
    "alt caption content description heading label message subtitle summary text title".split()
)
"""Parameters whose texts are translated."""
_PARAMETER = re.compile(
    r"(?<=[\s])(?P<name>[\w-]+)[ \t]*=[ \t]*\"(?P<value>[^\"\\\n{}]*[^\W\d_][^\"\\\n{}]*)\""
)


def parameter_titles(source: str, span: Range, names: Collection[str]) -> Iterator[Title]:
    """Yield the texts between double quotes in some tags; those with escapes or tags are none."""
    for found in _PARAMETER.finditer(source, *span):
        if found["name"] in names:
            yield Title(
                found.span("value"), Kind.SHORTCODE_PARAMETER, Form.LIST_VALUE, found["name"]
            )
