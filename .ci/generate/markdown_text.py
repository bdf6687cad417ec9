"""Texts of the program as Markdown shows them."""

from __future__ import annotations

import re

CODE = re.compile(r"(`+).+?\1", re.DOTALL)
ESCAPED = re.compile(r"[<{*_\[]")


def prose(text: str) -> str:
    """Return a text of an explanation as Markdown: what is not code shows as it is."""
    parts, end = [], 0
    for code in CODE.finditer(text):
        parts += [ESCAPED.sub(r"\\\g<0>", text[end : code.start()]), code[0]]
        end = code.end()
    return "".join((*parts, ESCAPED.sub(r"\\\g<0>", text[end:])))
