"""Collect the words of a locale: its catalogs, memory and glossary."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.catalogs.glossary import Glossary
from toolkit.catalogs.memory import Memory
from toolkit.commands.translate.providers.provider import Request, Similar, Term
from toolkit.commands.update.leverage import Lenders, Leverage
from toolkit.commands.update.memories import leverage_of, remembered, whole_memory
from toolkit.reading.codes import pieces_of

if TYPE_CHECKING:
    from toolkit.commands.translate.choosing import Candidate, Task
    from toolkit.language.locale import Locale
    from toolkit.model.catalog import Message
    from toolkit.model.errors import Problem
    from toolkit.project.machine_settings import MachineSettings
    from toolkit.project.store import Run

_SIMILAR = 3
_LIKENESS = 0.5


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The knowledge that a translator into a locale would have at hand."""

    locale: Locale
    leverage: Leverage
    """The texts that may be taken over."""
    memory: Memory
    """All translations, to show those of similar texts."""
    glossary: Glossary
    problems: tuple[Problem, ...] = ()

    @classmethod
    def of(cls, run: Run, locale: Locale, glossary: Glossary) -> Knowledge:
        """Read catalogs and memories of a locale; `glossary` has the terms of all."""
        files = remembered(run, locale)
        return cls(
            locale,
            leverage_of(run, locale, files),
            whole_memory(run, locale, files),
            glossary.of(locale),
            files.problems,
        )

    @classmethod
    def nothing(cls, locale: Locale) -> Knowledge:
        """Return empty knowledge, for where an answer is there already."""
        empty = Memory.of(())
        return cls(locale, Leverage(Lenders(), empty, trusted=False), empty, Glossary())

    def known(self, message: Message) -> Message | None:
        """Return the translation of the same text, or as fuzzy that of one much like it."""
        return self.leverage.same(message) or self.leverage.alike(message)

    def request(self, run: Run, task: Task, wanted: Candidate) -> Request:
        """Return a request that says what a person would be told."""
        settings: MachineSettings = run.project.settings.machine
        unit, around = wanted.around.unit, wanted.around
        return Request(
            unit.text,
            pieces_of(unit.text, task.page.dialect),
            run.project.settings.source.tag,
            self.locale.tag,
            context=unit.context,
            kind=unit.detail,
            trail=unit.trail,
            notes=unit.notes,
            before=around.before.text if around.before else "",
            behind=around.behind.text if around.behind else "",
            terms=tuple(self._terms(unit.text)),
            similar=tuple(self._similar(unit.text)),
            tone=self.locale.text_of(settings.tone),
            instructions=self.locale.text_of(settings.instructions),
        )

    def _terms(self, text: str) -> list[Term]:
        used = self.glossary.used(text)
        found = (Term(one.source, (one.source,) if one.keep else one.target) for one in used)
        return [one for one in found if one.targets]

    def _similar(self, text: str) -> list[Similar]:
        close = self.memory.close(text, _SIMILAR, _LIKENESS)
        return [Similar(one.source, one.translation, round(share, 2)) for one, share in close]
