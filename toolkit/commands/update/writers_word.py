"""The commits by which writers say that an edit does not affect translations."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from toolkit.model.document import Document
from toolkit.model.errors import ToolkitError
from toolkit.project.git_blobs import Blobs
from toolkit.project.history import history_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.project.history import Version
    from toolkit.project.store import Run

_LATEST = 60
"""Versions of a page in which an edit is looked for."""


class _Step(NamedTuple):
    """A commit's edit of a page."""

    removed: frozenset[str]
    added: frozenset[str]
    harmless: bool
    """Whether it calls itself so."""


class WritersWord:
    """The commits of some pages; those with a trailer (`Translations: unaffected`) are harmless."""

    def __init__(self, run: Run, pages: Sequence[str], trailer: str) -> None:
        self._run = run
        self._pages = pages
        self._trailer = trailer
        self._value = trailer.partition(":")[2].strip().casefold()

    def covers(self, old: str, new: str) -> bool:
        """Whether harmless commits alone turned one text into the other.

        Raises `ProjectError` where there is no history.
        """
        # The history is not among what can be asked again.
        self._run.facts.note_fleeting()
        return any(_is_covered(steps, old, new) for steps in self._steps)

    @cached_property
    def _steps(self) -> list[list[_Step]]:
        blobs = Blobs(self._run.project.root)
        try:
            return [list(self._steps_of(page, blobs)) for page in self._pages]
        finally:
            blobs.close()

    def _steps_of(self, page: str, blobs: Blobs) -> Iterator[_Step]:
        """The edits of a page, the newest first; what is in no commit yet is never harmless."""
        run = self._run
        path = run.project.place_of(page)
        versions = history_of(run, self._trailer).versions(path)[:_LATEST]
        texts = [self._texts(page, version, blobs) for version in versions]
        now = frozenset(unit.text for unit in run.page(page).units)
        if texts:
            yield _Step(texts[0] - now, now - texts[0], harmless=False)
        for version, after, before in zip(versions, texts, texts[1:], strict=False):
            values = {value.casefold() for value in version.trailers}
            yield _Step(before - after, after - before, harmless=self._value in values)

    def _texts(self, page: str, version: Version, blobs: Blobs) -> frozenset[str]:
        try:
            document = Document.from_bytes(version.name, blobs.read(version.blob))
            return frozenset(unit.text for unit in self._run.page_of(page, document).units)
        except ToolkitError:
            return frozenset()


def _is_covered(steps: Sequence[_Step], old: str, new: str) -> bool:
    """Whether the new text came and the old one went in commits that are all harmless."""
    begun = False
    for step in steps:
        begun = begun or new in step.added
        if begun and not step.harmless:
            return False
        if begun and old in step.removed:
            return True
    return False
