"""Findings as bytes, which take a tenth of the room: most are looked at once, at the end."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any

from toolkit.model.findings import Excerpt, Finding, Fix, Severity
from toolkit.project.cache.values import from_bytes, to_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SEVERITIES = {one.value: one for one in Severity}
_FIXES = {one.value: one for one in Fix}


class _Texts(dict[str, int]):
    """The numbers of texts, each of which is kept once."""

    def __missing__(self, text: str) -> int:
        self[text] = number = len(self)
        return number


def pack_findings(findings: Iterable[Finding]) -> bytes:
    """Return findings as bytes, nothing for none."""
    texts = _Texts()
    rows = [_row(one, texts) for one in findings]
    if not rows:
        return b""
    return zlib.compress(to_bytes([list(texts), rows]), 1)


def unpack_findings(data: bytes) -> Iterator[Finding]:
    """Return the findings that were packed; equal texts of theirs are one."""
    if data:
        texts, rows = from_bytes(zlib.decompress(data))
        for row in rows:
            yield _finding(texts, *row)


def _row(one: Finding, texts: _Texts) -> list[Any]:
    excerpt = one.excerpt
    return [
        texts[one.path],
        one.line,
        texts[one.check],
        one.severity,
        texts[one.text],
        one.column,
        texts[one.message],
        excerpt and (texts[excerpt.text], excerpt.start, excerpt.end),
        texts[one.source],
        texts[one.page],
        [texts[name] for name in one.others],
        one.fix,
        one.facts if one.facts is None else [texts[fact] for fact in one.facts],
    ]


def _finding(texts: list[str], *row: Any) -> Finding:  # noqa: ANN401 - as JSON has it
    path, line, check, severity, text, column, message, excerpt, *rest = row
    source, page, others, fix, facts = rest
    return Finding(
        texts[path],
        line,
        texts[check],
        _SEVERITIES[severity],
        texts[text],
        column,
        texts[message],
        Excerpt(texts[excerpt[0]], *excerpt[1:]) if excerpt else None,
        texts[source],
        texts[page],
        tuple(texts[name] for name in others),
        _FIXES[fix],
        None if facts is None else tuple(texts[fact] for fact in facts),
    )
