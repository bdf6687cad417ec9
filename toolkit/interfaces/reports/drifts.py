"""Reports on what changed since pages were translated, as text, JSON and Markdown."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from toolkit.commands.drift.value import Act, How
from toolkit.interfaces.reports.differences import difference, escaped, markdown_difference
from toolkit.interfaces.reports.json_texts import json_text
from toolkit.language.phrases import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from toolkit.commands.drift.value import Drifted, Origin, TextChange

_SHOWN = 10
"""Digits of a commit."""


class Report(Protocol):
    """Makes a report."""

    def __call__(self, pages: Sequence[Drifted], *, brief: bool) -> str:
        """The report; a `brief` one leaves out the texts."""
        ...


def as_text(pages: Sequence[Drifted], *, brief: bool) -> str:
    """Each page that is behind and what changed, its difference marked as git does it."""
    lines: list[str] = []
    for one in pages:
        if one.origin.version is None:
            lines.append(f"{one.origin.translation}: revision unknown: {one.origin.why}")
        elif one.behind:
            lines.append(f"{one.origin.translation}: {_summary(one)}")
            lines += [] if brief else _details(one)
    return "\n".join(lines)


def _summary(drifted: Drifted) -> str:
    counts = Counter(change.act for change in drifted.changes)
    parts = [f"{counts[act]} {act}" for act in Act if counts[act]] or ["no text changed"]
    revisions = counted(drifted.behind, "revision")
    return f"{_provenance(drifted.origin)}, {revisions} behind: {', '.join(parts)}"


def _provenance(origin: Origin) -> str:
    version = origin.version
    if version is None:
        return "made from an unknown revision"
    how = "recorded" if origin.how is How.RECORDED else f"{int(origin.certainty * 100)}% certain"
    return f"made from {version.commit[:_SHOWN]} of {_date(version.time)} ({how})"


def _date(time: int) -> str:
    return datetime.fromtimestamp(time, UTC).strftime("%Y-%m-%d")


def _details(drifted: Drifted) -> Iterator[str]:
    for change in drifted.changes:
        place = f"{change.line}: " if change.line and change.act is not Act.GONE else ""
        text = difference(change.old, change.text) if change.old else change.text
        yield f"  {change.act}: {place}{' '.join(text.split())}"
    yield f"  {drifted.link or drifted.command}"


def as_json(pages: Sequence[Drifted], *, brief: bool) -> str:
    """All translated pages as JSON, those that are not behind as well."""
    del brief
    return json_text(list(map(_entry, pages)))


def _entry(drifted: Drifted) -> dict[str, object]:
    origin, version = drifted.origin, drifted.origin.version
    return {
        "locale": drifted.locale,
        "page": origin.page,
        "translation": origin.translation,
        "revision": version.commit if version else None,
        "date": _date(version.time) if version else None,
        "name": version.name if version else None,
        "found": origin.how,
        "key": origin.key or None,
        "certainty": round(origin.certainty, 3) if version else None,
        "reason": origin.why or None,
        "behind": drifted.behind,
        "changes": [_change(change) for change in drifted.changes],
        "link": drifted.link or None,
        "command": drifted.command or None,
    }


def _change(change: TextChange) -> dict[str, object]:
    return {
        "act": change.act,
        "text": change.text,
        "old": change.old or None,
        "line": change.line,
    }


def as_markdown(pages: Sequence[Drifted], *, brief: bool) -> str:
    """A table for an issue or a step summary, and the texts below it."""
    behind = [one for one in pages if one.behind or one.origin.version is None]
    if not behind:
        return "All translations are up to date."
    titles = ("locale", "translation", "made from", "behind", *Act)
    lines = [f"| {' | '.join(titles)} |", "|---|---|---|--:|--:|--:|--:|", *map(_row, behind)]
    for one in behind if not brief else ():
        if one.changes:
            lines += ["", f"**{escaped(one.origin.translation)}**", "", *map(_line, one.changes)]
    return "\n".join(lines)


def _row(drifted: Drifted) -> str:
    origin, version = drifted.origin, drifted.origin.version
    made = f"{version.commit[:_SHOWN]} of {_date(version.time)}" if version else "unknown"
    made = f"[{made}]({drifted.link})" if drifted.link else made
    counts = Counter(change.act for change in drifted.changes)
    name = escaped(origin.translation)
    cells = (drifted.locale, name, made, str(drifted.behind), *(str(counts[act]) for act in Act))
    return f"| {' | '.join(cells)} |"


def _line(change: TextChange) -> str:
    return f"- {change.act}: {markdown_difference(change.old or change.text, change.text)}"


REPORTS: Mapping[str, Report] = {"text": as_text, "json": as_json, "markdown": as_markdown}
