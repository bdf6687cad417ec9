"""Show a translation, with the findings of checks and guard, while it is typed."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING, Any

from toolkit.checks.families import CHECKS, usual_checks
from toolkit.checks.ignoring import ignored_checks
from toolkit.commands.check.plan import CheckOptions, Plan, plan_of
from toolkit.interfaces.preview.inert import Places
from toolkit.interfaces.preview.markers import needed_definitions
from toolkit.interfaces.preview.marks import Markers
from toolkit.interfaces.preview.tree import inner_of
from toolkit.model.catalog import Catalog, Message
from toolkit.model.errors import ToolkitError
from toolkit.model.units import Kind
from toolkit.project.guards import guarded
from toolkit.writing.guard.escapes import escaped
from toolkit.writing.refusals import refusal_text
from toolkit.writing.strings import localized_strings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from toolkit.catalogs.glossary import Glossary
    from toolkit.interfaces.preview.views import View, Views
    from toolkit.interfaces.preview.workspace import Place, Workspace
    from toolkit.language.locale import Locale
    from toolkit.model.units import Unit
    from toolkit.reading.page import Page
    from toolkit.writing.guard import Refusal

_PLAIN = frozenset(
    {Kind.FRONT_MATTER, Kind.SITE_SETTING, Kind.NAV_TITLE, Kind.HTML_ATTRIBUTE, Kind.STRING}
)


class Trial:
    """Tries translations in the pages of a workspace."""

    def __init__(self, workspace: Workspace, views: Views) -> None:
        self._workspace = workspace
        self._views = views
        self._plan: Plan | None = None
        self.problem = ""
        """The reason why glossary and settings of checks cannot be used, if they cannot."""

    def forget(self) -> None:
        """Read settings and glossary again when they are needed next."""
        self._plan = None

    def plan(self) -> Plan:
        """Return what is checked in this project."""
        if self._plan is None:
            run = self._workspace.run
            self.problem = ""
            try:
                self._plan = plan_of(run, run.project.settings.targets, CheckOptions())
            except ToolkitError as error:
                self.problem = str(error.problems[0])
                self._plan = plan_of_nothing(self._workspace)
        return self._plan

    def plan_for(self, locales: tuple[Locale, ...], chosen: Mapping[str, frozenset[str]]) -> Plan:
        """Return the plan of a run over the texts of some domains in some locales."""
        return replace(self.plan(), locales=locales, chosen=chosen, texts_only=True)

    def glossary(self, place: Place) -> Glossary:
        """Return the terms of a locale."""
        return self.plan().glossary.of(place.locale)

    def as_json(self, place: Place, number: int, text: str) -> dict[str, Any]:
        """Return the block of a unit with `text` in it, and what is wrong with that."""
        view = self._views.view(place)
        unit = view.page.units[number]
        refusal = self._refusal(place.locale, view.page, unit, text)
        shown = unit.text if refusal or not text.strip() else text
        return {
            "html": self._html(place, view.page, number, shown),
            "refused": refusal and {"text": refusal_text(refusal), "piece": refusal.piece},
            "findings": list(self._findings(place, view, unit, text)),
        }

    def _refusal(self, locale: Locale, page: Page, unit: Unit, text: str) -> Refusal | None:
        if page.document.path == self._workspace.project.settings.site:
            return None
        settings = self._workspace.project.settings
        if settings.holds_strings(page.document.path):
            known = {(unit.context, unit.text): text}
            left = localized_strings(page.document, page.units, known, settings.allowed(locale))[1]
            return left[0] if left else None
        built = guarded(page, settings, locale, {(unit.context, unit.text): text})
        return built.refusals[0] if built.refusals else None

    def _html(self, place: Place, page: Page, number: int, text: str) -> str:
        unit = page.units[number]
        if unit.kind in _PLAIN or unit.kind.in_code:
            return escape(text, quote=False)
        safe = text if text == unit.text else escaped(unit, text, page.document, page.dialect)
        markers = Markers.unlike(safe)
        source = f"{markers.around(number, safe)}\n\n{needed_definitions(page, (safe,))}"
        html = self._workspace.renderer(place.name).render(source)
        return inner_of(html, number, markers, Places(place.name))

    def _findings(
        self, place: Place, view: View, unit: Unit, text: str
    ) -> Iterator[dict[str, Any]]:
        if not text.strip():
            return
        known = view.message(unit) or Message(unit.text, context=unit.context)
        flags = tuple(flag for flag in known.flags if flag != "fuzzy")
        message = replace(known, string=text, flags=flags)
        plan, ignored = self.plan(), ignored_checks(message)
        subject = plan.subject(
            self._workspace.project.settings,
            place.locale,
            Catalog((message,)),
            view.page.dialect,
            view.page.reading.definitions,
        )
        for check in CHECKS.values():
            severity = plan.severity(check.id, place.name)
            if not check.over_pair or severity is None or check.id in ignored:
                continue
            for one in check.over_pair(subject.pairs[0], subject):
                yield {
                    "check": check.id,
                    "severity": severity.value,
                    "text": one.text,
                    "piece": one.piece,
                    "lost": one.lost,
                }


def plan_of_nothing(workspace: Workspace) -> Plan:
    """Return the plan of a project whose glossary cannot be used."""
    settings = workspace.project.settings
    checks = usual_checks(settings.severity.names())
    return Plan(settings.targets, checks, severities=settings.severity)
