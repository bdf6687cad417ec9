"""Lists of attributes as Python-Markdown's extension `attr_list` reads them."""

from __future__ import annotations

import re

_ATTRIBUTES = re.compile(r"[ ]*\{:?[ ]*(?P<list>[^}\n ][^\n]*)\}[ ]*$")
_ATTRIBUTE = re.compile(r"[^ =}]+=\".*?\"|[^ =}]+='.*?'|[^ =}]+=[^ =}]+|[^ =}]+|[ ]")


def is_attribute_list(line: str) -> bool:
    """Whether a line is a list of attributes as `attr_list` reads them for a block."""
    match = _ATTRIBUTES.match(line)
    if match is None:
        return False
    rest = match["list"]
    while rest and (one := _ATTRIBUTE.match(rest)):
        rest = rest[one.end() :]
    return "}" not in rest
