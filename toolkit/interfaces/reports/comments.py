"""Findings as Markdown: a comment on a pull request, or the summary of a step."""

from __future__ import annotations

import html
import re
from itertools import groupby
from typing import TYPE_CHECKING

from toolkit.interfaces.reports.characters import encodable, printable
from toolkit.language.phrases import counted
from toolkit.model.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.model.findings import Finding

_COMMENT = 64_900
"""Bytes of a comment; GitHub takes 65,536 characters."""
_SUMMARY = 1_048_576 - 1024
"""Bytes of a step's summary (GitHub's limit is a mebibyte), with room for the last line."""
_SYNTAX = re.compile(r"[\\`*_{}\[\]().#+!|~@:$-]")
_NAMES = re.compile(r"(?<=@)(?=\w)|(?<=#)(?=\d)")
"""Inside `@name` and `#1`: GitHub calls people and links issues even where these are escaped."""


def as_markdown(findings: Sequence[Finding]) -> str:
    """A sum, and a table for each file."""
    return _within(findings, _COMMENT)


def step_summary(findings: Sequence[Finding]) -> str:
    """The same, as long as GitHub takes for the summary of a step."""
    return _within(findings, _SUMMARY)


def _within(findings: Sequence[Finding], limit: int) -> str:
    """Return as many lines as fit into `limit` bytes, and the number of findings left out."""
    lines: list[str] = []
    size = told = 0
    for line, count in _lines(findings):
        size += len(line.encode()) + 1
        if size > limit:
            lines.append(f"\n… and {len(findings) - told} more.")
            break
        lines.append(line)
        told += count
    return "\n".join(lines)


def _lines(findings: Sequence[Finding]) -> Iterator[tuple[str, int]]:
    """The lines, and with each how many findings it tells."""
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    warnings = counted(len(findings) - errors, "warning")
    yield f"**yiben check: {counted(errors, 'error')}, {warnings}**", 0
    for path, group in groupby(findings, key=lambda finding: finding.path):
        yield f"\n{_escaped(path)}\n\n| line | | check | |\n|--:|---|---|---|", 0
        for one in group:
            cells = (str(one.line or ""), one.severity, f"`{one.check}`", _escaped(one.text))
            yield f"| {' | '.join(cells)} |", 1


def _escaped(text: str) -> str:
    """Text in which no Markdown program finds markup, in one line."""
    line = html.escape(" ".join(printable(encodable(text)).split()), quote=False)
    return _NAMES.sub("\u200b", _SYNTAX.sub(r"\\\g<0>", line))
