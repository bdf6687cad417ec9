"""Gives what checks report its place in a catalog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.catalogs.po import place_of
from toolkit.checks.families import CHECKS
from toolkit.checks.fixes import fix_of
from toolkit.checks.ignoring import ignored_checks
from toolkit.model.findings import Finding, Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from toolkit.checks import Remark
    from toolkit.checks.subject import Subject
    from toolkit.model.catalog import Message, MessageKey


def finding_about(
    path: str,
    check: str,
    text: str,
    line: int = 0,
    page: str = "",
    facts: tuple[str, ...] | None = None,
) -> Finding:
    """A finding about a whole file."""
    return Finding(path, line, check, CHECKS[check].severity, text, page=page, facts=facts)


class Placed:
    """The places of one catalog's messages: in its lines and in the pages."""

    def __init__(
        self, name: str, data: bytes, subject: Subject, pages: Mapping[MessageKey, str], page: str
    ) -> None:
        self._name = name
        self._data = data
        self._subject = subject
        self._pages = pages
        self._page = page
        self._lines: list[str] = []

    def findings(self, remarks: Iterator[tuple[str, Remark]]) -> Iterator[Finding]:
        """A finding for each, but for what a comment at its message ignores."""
        for check, one in remarks:
            if one.message is None:
                fix = fix_of(check, None, self._subject)
                yield Finding(
                    self._name,
                    1,
                    check,
                    CHECKS[check].severity,
                    one.text,
                    page=self._page,
                    fix=fix,
                    facts=one.facts,
                )
            elif check not in ignored_checks(one.message):
                yield self._placed(check, one, one.message)

    def _placed(self, check: str, remark: Remark, message: Message) -> Finding:
        if not self._lines:
            self._lines = self._data.decode("utf-8", "replace").replace("\r", "").split("\n")
        keyword = "msgid" if remark.lost else "msgstr"
        line, excerpt = place_of(self._lines, message.line, remark.piece, keyword)
        return Finding(
            self._name,
            line,
            check,
            CHECKS[check].severity,
            remark.text,
            excerpt.start + 1,
            f"{message.context}\4{message.id}" if message.context else message.id,
            excerpt,
            (message.references or ("",))[0],
            self._pages.get(message.key, self._page),
            fix=fix_of(check, message, self._subject) if self._subject else Fix.NONE,
            facts=remark.facts,
        )
