"""A page with its translation, unit by unit, and both as HTML."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from toolkit.interfaces.preview.inert import Places
from toolkit.interfaces.preview.markers import body_of, marked
from toolkit.interfaces.preview.marks import Markers
from toolkit.interfaces.preview.second_process import Job, SecondProcess
from toolkit.interfaces.preview.tree import Rendered, rendered
from toolkit.interfaces.preview.workspace import Cache
from toolkit.project.guards import guarded
from toolkit.writing.guard.escapes import escaped
from toolkit.writing.refusals import refusal_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from toolkit.interfaces.preview.workspace import Place, Workspace
    from toolkit.model.catalog import Catalog, Message, MessageKey
    from toolkit.model.units import Unit
    from toolkit.reading.page import Page
    from toolkit.writing.guard import Refusal

_VIEWS = 3
_FRAMES = 4
_LARGE = 60_000
"""Characters from which on a second process is worth its start."""


@dataclass(frozen=True, slots=True)
class View:
    """A page and its catalog as they were at one time."""

    page: Page
    messages: Mapping[MessageKey, Message]
    refusals: Mapping[int, Refusal]
    """The translations that a build would refuse, by unit."""
    safe: Mapping[int, str]
    """The translations as they may stand in the page, by unit."""

    @property
    def states(self) -> dict[int, str]:
        """The states of all units by their numbers."""
        return {
            number: state_of(self.message(unit), self.refusals.get(number))
            for number, unit in enumerate(self.page.units)
        }

    def message(self, unit: Unit) -> Message | None:
        """Return the message of a unit, where its catalog has one."""
        return self.messages.get((unit.context, unit.text))


def live_messages(catalog: Catalog) -> dict[MessageKey, Message]:
    """Return the messages that pages may use, fuzzy ones among them."""
    return {one.key: one for one in catalog.messages if not one.obsolete and not one.id_plural}


def state_of(message: Message | None, refusal: object) -> str:
    """Return the state of a unit's translation in one word."""
    if message is None or not message.string.strip():
        return "untranslated"
    if message.fuzzy:
        return "fuzzy"
    return "refused" if refusal else "translated"


class Views:
    """The views of a workspace, kept as long as nothing changes."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._views: Cache[View] = Cache(_VIEWS)
        self._frames: Cache[Rendered] = Cache(_FRAMES)
        self._second = SecondProcess()

    def view(self, place: Place) -> View:
        """Return a page in a locale as it is now."""
        revision = self._workspace.revision(place)
        return self._views.of((place, revision), lambda: self._view(place))

    def _view(self, place: Place) -> View:
        page = self._workspace.page(place.name)
        messages = live_messages(self._workspace.catalog(place))
        if self._workspace.project.settings.holds_strings(place.name):
            return View(page, messages, {}, {})
        known = {key: one.string for key, one in messages.items() if one.string.strip()}
        settings = self._workspace.project.settings
        refusals = guarded(page, settings, place.locale, known).refusals
        by_unit = {one.unit: one for one in refusals}
        refused = {n: by_unit[unit] for n, unit in enumerate(page.units) if unit in by_unit}
        safe = {
            number: escaped(unit, known[key], page.document, page.dialect)
            for number, unit in enumerate(page.units)
            if (key := (unit.context, unit.text)) in known
            and number not in refused
            and known[key] != unit.text
        }
        return View(page, messages, refused, safe)

    def source(self, place: Place) -> Rendered:
        """Return the source page as HTML."""
        page = self._workspace.page(place.name)
        key = ("source", place.name, self._workspace.source_revision(place.name))
        return self._frames.of(key, lambda: self._rendered(place, page, {}))

    def target(self, place: Place) -> Rendered:
        """Return the localized page as HTML."""
        key = ("target", place, self._workspace.revision(place))
        view = self.view(place)
        return self._frames.of(
            key, lambda: self._rendered(place, view.page, view.safe, view.states)
        )

    def _rendered(
        self,
        place: Place,
        page: Page,
        safe: Mapping[int, str],
        states: Mapping[int, str] | None = None,
    ) -> Rendered:
        """A side as HTML; that of the source, without states, is made elsewhere where it is large.

        The other one is made here meanwhile.
        """
        if self._workspace.project.settings.holds_strings(place.name):
            return Rendered("", frozenset())
        markers = Markers.unlike(page.document.text, *safe.values())
        body = body_of(marked(page, markers, safe), page.dialect)
        workspace = self._workspace
        if len(body) > _LARGE and states is None:
            rules = workspace.rules_of(place.name)
            return self._second.done(Job(body, markers, place.name, rules, workspace.site))
        html = workspace.renderer(place.name).render(body)
        return rendered(html, markers, Places(place.name), states or {})

    def close(self) -> None:
        """End what works for it elsewhere."""
        self._second.end()

    def as_json(self, place: Place) -> dict[str, Any]:
        """Return all that the page view shows of a page besides its HTML."""
        view = self.view(place)
        path = self._workspace.path_of(place.name)
        return {
            "page": place.name,
            "path": path,
            "locale": place.locale.tag,
            "revision": self._workspace.revision(place),
            "catalog": self._workspace.catalog_name(place),
            "missing": self._workspace.renderer(place.name).missing,
            "units": [unit_as_json(view, number) for number in range(len(view.page.units))],
        }


def unit_as_json(view: View, number: int) -> dict[str, Any]:
    """Return what the interface knows of a unit."""
    unit = view.page.units[number]
    message = view.message(unit)
    refusal = view.refusals.get(number)
    return {
        "n": number,
        "kind": unit.kind.value,
        "detail": unit.detail,
        "trail": unit.trail,
        "notes": unit.notes,
        "context": unit.context,
        "line": view.page.document.place(unit.span.start)[0],
        "source": unit.text,
        **message_as_json(message),
        "state": state_of(message, refusal),
        "refused": {"text": refusal_text(refusal), "piece": refusal.piece} if refusal else None,
    }


def message_as_json(message: Message | None) -> dict[str, Any]:
    """Return what a catalog says of a unit."""
    return {
        "target": message.string if message else "",
        "fuzzy": bool(message and message.fuzzy),
        "comment": "\n".join(message.comments) if message else "",
        "previous": message.previous_id if message and message.fuzzy else None,
        "known": message is not None,
    }
