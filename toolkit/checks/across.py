"""Checks over all catalogs of a locale: what one text became in several places."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from toolkit.checks import CHECKS, announce
from toolkit.findings import Finding, Severity
from toolkit.template import kind_of
from toolkit.units import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from toolkit.catalog import Message

announce(
    "inconsistent",
    Severity.WARNING,
    "The same text is translated differently in two catalogs of a locale.\n\n"
    "Bad:  `安装` is `Installation` on one page and `Installieren` on another.\n"
    "Good: both are `Installation`, or the writer gave one of them a context.",
)
announce(
    "tab-label",
    Severity.ERROR,
    "A tab's label is translated differently on two pages, so that linked tabs come apart.\n\n"
    "Bad:  the tab `方法一` is `Method 1` on one page and `First method` on another.\n"
    "Good: both are `Method 1`.",
)


class Told(NamedTuple):
    """A translation, and where it stands."""

    locale: str
    context: str | None
    source: str
    translation: str
    path: str
    line: int
    tab: bool


def told(locale: str, path: str, messages: Iterable[Message]) -> list[Told]:
    """What a catalog says, for the checks across catalogs."""
    return [
        Told(
            locale,
            message.context,
            message.id,
            message.string,
            path,
            message.line,
            any(kind_of(line) is Kind.TAB_TITLE for line in message.extracted),
        )
        for message in messages
        if message.translated and not message.id_plural
    ]


def drifting(translations: Iterable[Told]) -> Iterator[Finding]:
    """A finding for each text whose translation is not the one that came first."""
    first: dict[tuple[str, str | None, str], Told] = {}
    for one in sorted(translations, key=lambda one: (one.path, one.line)):
        known = first.setdefault((one.locale, one.context, one.source), one)
        if known.translation != one.translation:
            check = CHECKS["tab-label" if known.tab and one.tab else "inconsistent"]
            text = f"is “{_short(known.translation)}” in {known.path}:{known.line}"
            yield Finding(one.path, one.line, check.id, check.severity, text, message=one.source)


def _short(text: str, width: int = 40) -> str:
    line = " ".join(text.split())
    return line if len(line) <= width else f"{line[: width - 1]}…"
