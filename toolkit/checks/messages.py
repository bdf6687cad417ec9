"""Checks of single translations against their source."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from toolkit.checks import check
from toolkit.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.checks import Said, Subject

_CODE = re.compile(r"(?<!`)(?P<ticks>`++)(?P<code>.+?)(?<!`)(?P=ticks)(?!`)", re.DOTALL)
_TARGET = re.compile(r"\]\(\s*<?([^\s()<>]+(?:\([^()\s]*\)[^\s()<>]*)*)")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]")
_PLACEHOLDER = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\$\{\w+\}|%\(\w+\)[sd]")
_VERSION = re.compile(r"(?<![\w.])v?\d+(?:\.\d+){2,}(?![\w])")


def _lost(pattern: re.Pattern[str], source: str, translation: str) -> list[str]:
    """What `pattern` finds more often in the source than in the translation."""
    missing = Counter(_texts(pattern, source)) - Counter(_texts(pattern, translation))
    return list(missing)


def _texts(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    for match in pattern.finditer(text):
        yield " ".join((match.groupdict().get("code") or match[match.lastindex or 0]).split())


def _each_lost(subject: Subject, pattern: re.Pattern[str], what: str) -> Iterator[Said]:
    for message in subject.translated:
        for text in _lost(pattern, message.id, message.string):
            yield message.line, f"{what} “{text}” of the source is missing"


@check("link-target", Severity.ERROR)
def lost_targets(subject: Subject) -> Iterator[Said]:
    """A link or image of the source is missing.

    Bad:  msgid `See [the guide](guide.md).`, msgstr `Siehe die Anleitung.`
    Good: msgstr `Siehe [die Anleitung](guide.md).`
    """
    return _each_lost(subject, _TARGET, "target")


@check("footnote", Severity.ERROR)
def lost_footnotes(subject: Subject) -> Iterator[Said]:
    """A footnote mark of the source is missing.

    Bad:  msgid `It is fast.[^1]`, msgstr `Es ist schnell.`
    Good: msgstr `Es ist schnell.[^1]`
    """
    return _each_lost(subject, _FOOTNOTE, "footnote")


@check("placeholder", Severity.ERROR)
def lost_placeholders(subject: Subject) -> Iterator[Said]:
    """A template macro or placeholder of the source is missing.

    Bad:  msgid `Version {{ version }}`, msgstr `Version`
    Good: msgstr `Version {{ version }}`
    """
    return _each_lost(subject, _PLACEHOLDER, "placeholder")


@check("code-span", Severity.WARNING)
def lost_code(subject: Subject) -> Iterator[Said]:
    """A code span of the source is missing.

    Bad:  msgid ``Run `make`.``, msgstr `Starten Sie „make“.`
    Good: msgstr ``Starten Sie `make`.``
    """
    return _each_lost(subject, _CODE, "code")


@check("version", Severity.WARNING)
def lost_versions(subject: Subject) -> Iterator[Said]:
    """A version number of the source is missing.

    Bad:  msgid `Since 1.6.7.`, msgstr `Seit 1.6.8.`
    Good: msgstr `Seit 1.6.7.`
    """
    return _each_lost(subject, _VERSION, "version")
