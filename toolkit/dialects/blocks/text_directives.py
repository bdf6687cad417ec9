"""Directives within a text, `:name[label]{attributes}` (remark-directive), which may cut code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.language.code_spans import code_span
from toolkit.model.expressions import late

if TYPE_CHECKING:
    import re

_DIRECTIVE = late(
    rf"\\.|{code_span()}|(?P<directive>(?<!:):[A-Za-z][\w-]*)(?=[\[{{])"
    r"(?P<parts>(?:\[[^\[\]`]*+\])?+(?:\{[^{}`]*+\})?+(?![\[{]))?"
)
_LEAF_LINE = late(r"[ \t]*\n[ \t]*(?=::[A-Za-z])")


def without_text_directives(source: str, text: str) -> str:
    """Return a translation whose directives are escaped that its source does not have.

    Label and attributes end at their brackets, even in the midst of what would be code; those
    that hold a backtick are escaped as well. A site without a directive of the name shows it as
    it is written. A line that starts with two colons is a directive in code as well: it is put
    behind the line above.
    """
    if "::" in text and "\n" in text and "\n::" not in source:
        text = _LEAF_LINE.sub(" ", text)
    if ":" not in text or not ("[" in text or "{" in text):
        return text

    def written(found: re.Match[str]) -> str:
        name = found["directive"]
        is_foreign = name and (name not in source or not found["parts"])
        return f"\\{found[0]}" if is_foreign else found[0]

    return _DIRECTIVE.sub(written, text)
