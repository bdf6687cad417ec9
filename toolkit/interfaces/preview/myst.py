"""Pages as MyST-Parser makes them, through docutils."""

from __future__ import annotations

import re
from typing import Any

from docutils.core import publish_parts
from myst_parser.parsers.docutils_ import Parser

_EXTENSIONS = (
    "amsmath attrs_inline attrs_block colon_fence deflist dollarmath fieldlist html_admonition "
    "html_image replacements smartquotes strikethrough substitution tasklist"
).split()
_SETTINGS: dict[str, Any] = {
    "myst_enable_extensions": [
        name for name in _EXTENSIONS if name not in {"replacements", "smartquotes"}
    ],
    "file_insertion_enabled": False,
    "raw_enabled": True,
    "report_level": 5,
    "halt_level": 6,
    "embed_stylesheet": False,
    "stylesheet_path": None,
    "syntax_highlight": "short",
    "doctitle_xform": False,
    "initial_header_level": 1,
    "input_encoding": "unicode",
    "_disable_config": True,
    "warning_stream": "",
    "math_output": "MathML",
}


_SPHINX_ROLE = re.compile(r"\{(?!(?:math|sub|sup|abbr)\})[A-Za-z][\w:.-]*\}(?=`)")
"""Roles that Sphinx resolves; their targets are shown as code."""


def render_myst(text: str) -> str:
    """Return the HTML of a page; directives that only Sphinx knows are left out."""
    text = _SPHINX_ROLE.sub("", text)
    parts = publish_parts(text, parser=Parser(), writer="html5", settings_overrides=_SETTINGS)
    return str(parts["html_body"])
