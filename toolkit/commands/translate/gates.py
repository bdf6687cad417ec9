"""The gates: what an answer has to pass before it enters a catalog."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.catalogs.usable import translations
from toolkit.checks.families import CHECKS
from toolkit.checks.ignoring import ignored_checks
from toolkit.checks.language import another_language
from toolkit.checks.subject import Pair
from toolkit.commands.check.plan import CheckOptions, plan_of
from toolkit.dialects.inline import Markup, marks
from toolkit.language.characters import count_east_asian
from toolkit.model.catalog import Catalog
from toolkit.model.findings import Severity
from toolkit.project.guards import guarded
from toolkit.site.yaml_texts import localized_settings
from toolkit.writing.guard.escapes import escaped
from toolkit.writing.strings import localized_strings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from toolkit.checks.subject import Subject
    from toolkit.commands.translate.choosing import Task
    from toolkit.language.locale import Locale
    from toolkit.model.catalog import Message, MessageKey
    from toolkit.model.units import Unit
    from toolkit.project.store import Run
    from toolkit.reading.page import Page

_ALSO = frozenset(
    {
        *("length", "glossary", "same-as-source", "source-left", "script-variant", "number"),
        *("version", "url", "code-span", "hard-break", "too-long"),
    }
)
"""Checks whose findings are warnings, but which a machine's answer must not have."""
_CHATTER = re.compile(
    r"\W*(?:sure\b|certainly\b|of course\b|okay\b|here(?:'s|’s| is| are)\b.{0,40}\btranslat"
    r"|(?:the )?translat(?:ion|ed text)\b.{0,20}:|note:|as an ai\b|i(?:'m|’m| am) sorry\b"
    r"|i (?:cannot|can't|can’t)\b|<think>|hier ist die übersetzung|voici la traduction"
    r"|aquí (?:está|tienes)|claro,|好的[，,。]|当然[，,！]"
    r"|以下是|这是.{0,10}译文|译文[：:]|翻译[：:]"
    r"|以下は|翻訳[：:]|はい[、，])",
    re.IGNORECASE,
)
"""The words with which models start to talk about a translation instead of giving it."""
_PROSE = re.compile(r"(?<![\w`./-])[^\W\d_A-Z]{2,}(?![\w`/-])")
_FEW_WORDS = 3
_SPARE, _GROWTH, _GROWTH_OF_WIDE = 40, 3, 8
_MARKS = (*"`<>{}[]*|", "~~")
_BLOCK = re.compile(r"#{1,6}[ ]|>|[-+*][ ]|\d{1,9}[.)][ ]|!!!|\?\?\?|:::|===|```")
_QUOTES = ('""', "''", "“”", "„“", "«»", "「」", "``")


class Gates:
    """The gates of a locale."""

    def __init__(self, run: Run, locale: Locale) -> None:
        self._run = run
        self._locale = locale
        self._plan = plan_of(run, run.project.settings.targets, CheckOptions())

    def complaints(
        self, task: Task, answers: Mapping[MessageKey, str], *, in_order: bool
    ) -> dict[MessageKey, tuple[str, ...]]:
        """Return what is wrong with answers to messages of a page; nothing for the good ones.

        `in_order` asks for links in the order of the source, for answers whose links could
        otherwise have been swapped.
        """
        page = task.page
        found: dict[MessageKey, list[str]] = {}
        subject = self._plan.subject(
            self._run.project.settings,
            self._locale,
            Catalog(),
            page.dialect,
            page.reading.definitions,
        )
        for key, text in answers.items():
            unit, message = task.wanted[key].around.unit, task.wanted[key].message
            told = list(self._of_text(page, unit, text, in_order=in_order))
            found[key] = told or list(self._of_checks(subject, replace(message, string=text)))
        sound = {key: text for key, text in answers.items() if not found[key]}
        for unit, reason in self._refusals(task, sound):
            if (unit.context, unit.text) in sound:
                found[unit.context, unit.text].append(reason)
        return {key: tuple(told) for key, told in found.items() if told}

    def _of_text(self, page: Page, unit: Unit, text: str, *, in_order: bool) -> Iterator[str]:
        if not text.strip():
            yield "is empty"
        elif text.count("\n") > unit.text.count("\n"):
            yield "has more lines than its source"
        elif len(text) > _longest(unit.text):
            yield "is much longer than its source"
        elif (talk := _CHATTER.match(text)) and not unit.text.startswith(talk[0]):
            yield "talks about the translation instead of giving it"
        elif text[0] + text[-1] in _QUOTES and unit.text[0] + unit.text[-1] not in _QUOTES:
            yield "is in quotation marks, unlike its source"
        elif text == unit.text and len(_PROSE.findall(text)) >= _FEW_WORDS:
            yield "is the same as its source"
        elif added := _added(unit.text, text):
            yield f"has marks that its source doesn't have: {added}"
        elif fault := _fault_at_edges(page, unit, text):
            yield fault
        elif in_order and _links(page, text) != _links(page, unit.text):
            yield "has its links in a different order; each link text needs its own target"

    def _of_checks(self, subject: Subject, message: Message) -> Iterator[str]:
        pair = Pair(message, subject.dialect.wordless)
        ignored = ignored_checks(message)
        for check in CHECKS.values():
            gate = check.severity is Severity.ERROR or check.id in _ALSO
            if check.over_pair and gate and check.id not in ignored:
                yield from (one.text for one in check.over_pair(pair, subject))
        other = another_language(pair.plain_translation, self._locale)
        if other:
            yield f"is in {other}, not in {self._locale.english_name}"

    def _refusals(
        self, task: Task, answers: Mapping[MessageKey, str]
    ) -> Iterator[tuple[Unit, str]]:
        """The answers that the build would not use, next to what the page has already."""
        if not answers:
            return
        page, settings = task.page, self._run.project.settings
        texts = {**translations(task.catalog), **answers}
        if page.document.path == settings.site:
            for unit in localized_settings(page.document, page.units, texts)[1]:
                yield unit, "changes more of the settings than its text"
            return
        if settings.holds_strings(page.document.path):
            allowed = settings.allowed(self._locale)
            for refusal in localized_strings(page.document, page.units, texts, allowed)[1]:
                yield refusal.unit, refusal.reason
            return
        for refusal in guarded(page, settings, self._locale, texts).refusals:
            yield refusal.unit, refusal.reason


def _longest(source: str) -> int:
    """The most characters that a translation may have, be the text as short as it will."""
    wide = count_east_asian(source)
    return _SPARE + _GROWTH * (len(source) - wide) + _GROWTH_OF_WIDE * wide


def _added(source: str, text: str) -> str:
    """The characters of Markdown that a text has more of than its source."""
    return " ".join(mark for mark in _MARKS if text.count(mark) > source.count(mark))


def _fault_at_edges(page: Page, unit: Unit, text: str) -> str:
    """Return the fault at the start or end of a text that its source lacks; empty without one."""
    if text != text.strip() and unit.text == unit.text.strip():
        return "starts or ends with a blank, unlike its source"
    if _starts_block(page, unit, text):
        return "starts like a block of Markdown (heading, list, quote, …)"
    return ""


def _starts_block(page: Page, unit: Unit, text: str) -> bool:
    """Whether a text begins like a block, or would have to be escaped, and its source not."""
    start = _BLOCK.match(text)
    if start and not unit.text.startswith(start[0]):
        return True
    if escaped(unit, text, page.document, page.dialect) == text:
        return False
    return escaped(unit, unit.text, page.document, page.dialect) == unit.text


_LEADING = frozenset({Markup.LINK, Markup.IMAGE, Markup.REFERENCE})


def _links(page: Page, text: str) -> list[str]:
    """The targets of a text's links and the labels of its references, in order."""
    found = sorted(
        (one for one in marks(text, page.dialect.grammar) if one.kind in _LEADING),
        key=lambda one: one.start,
    )
    return [text[one.inner : one.inner_end] for one in found]
