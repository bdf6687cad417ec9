"""Code spans in running text, as a part of patterns.

A run of backticks is closed by the next run of the same length (CommonMark 0.31, section 6.1).
Where it matters what a page's program makes of a text, `dialects.inline` reads it.
"""

LONGEST = 999
"""Characters that are looked at, so that a run that nothing closes stays cheap."""


def code_span(code: str = "in_code", *, lines: bool = True) -> str:
    """Return the pattern of a code span, whose groups are `ticks` and what `code` names.

    With `lines` it may run over several lines.
    """
    character = r"(?s:.)" if lines else r"[^\n]"
    return rf"(?<!`)(?P<ticks>`++)(?P<{code}>{character}{{1,{LONGEST}}}?)(?<!`)(?P=ticks)(?!`)"
