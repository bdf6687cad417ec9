"""Help for one unit: texts translated before that are like it, terms, the same text elsewhere."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from toolkit.catalogs.memory import Memory, entries_of, reader_of
from toolkit.catalogs.po import read_catalog
from toolkit.commands.update.orphans import our_catalogs
from toolkit.interfaces.preview.versions import stamp_of
from toolkit.interfaces.preview.workspace import Cache
from toolkit.model.catalog import Catalog
from toolkit.model.errors import ToolkitError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.catalogs.glossary import Glossary
    from toolkit.catalogs.memory import Entry
    from toolkit.interfaces.preview.versions import Stamp
    from toolkit.interfaces.preview.workspace import Place, Workspace
    from toolkit.language.locale import Locale
    from toolkit.model.units import Unit

_LEAST = 0.5
_MOST = 5
_MOST_ELSEWHERE = 8
_MEMORIES = 2


class Suggestions:
    """The translations of a text in a workspace's catalogs and memories."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._entries: dict[str, tuple[Stamp, tuple[Entry, ...]]] = {}
        self._memories: Cache[Memory] = Cache(_MEMORIES)
        self._lock = threading.Lock()

    def as_json(self, place: Place, unit: Unit, glossary: Glossary) -> dict[str, Any]:
        """Return suggestions with their likeness, terms, and the same source elsewhere."""
        own = self._workspace.catalog_name(place)
        with self._lock:
            memory = self._memory(place.locale)
            close = memory.close(unit.text, _MOST * 2, _LEAST)
        others = [
            (entry, share)
            for entry, share in close
            if not (entry.origin == own and entry.source == unit.text)
        ]
        return {
            "suggestions": [
                {
                    "source": entry.source,
                    "target": entry.translation,
                    "likeness": round(share * 100),
                    "origin": entry.origin,
                }
                for entry, share in others[:_MOST]
            ],
            "terms": [
                {"source": term.source, "targets": _targets(term), "note": term.note}
                for term in glossary.used(unit.text)
            ],
            "elsewhere": [
                {"origin": entry.origin, "target": entry.translation}
                for entry in memory.entries
                if entry.source == unit.text and entry.origin != own
            ][:_MOST_ELSEWHERE],
        }

    def _memory(self, locale: Locale) -> Memory:
        """Everything translated into a locale; read again where a file changed."""
        root = self._workspace.project.root
        names = [*our_catalogs(self._workspace.run, locale.folder)]
        names += self._workspace.project.settings.memory
        stamps = tuple((name, stamp_of(root / name)) for name in names)

        def make() -> Memory:
            found = (entry for name, stamp in stamps for entry in self._of(name, stamp, locale))
            return Memory.of(found)

        return self._memories.of((locale.tag, stamps), make)

    def _of(self, name: str, stamp: Stamp, locale: Locale) -> tuple[Entry, ...]:
        known = self._entries.get(f"{locale.tag} {name}")
        if known is None or known[0] != stamp:
            known = (stamp, tuple(self._read(name, locale)))
            self._entries[f"{locale.tag} {name}"] = known
        return known[1]

    def _read(self, name: str, locale: Locale) -> Iterator[Entry]:
        """The entries of a file; none of one that cannot be read, which the checks tell of."""
        try:
            data = self._workspace.run.data(name)
            if data is None:
                return
            read = reader_of(name)
            if read:
                yield from read(name, data, self._workspace.project.settings.source, locale)
            else:
                yield from entries_of(read_catalog(name, data) or Catalog(), name)
        except ToolkitError:
            return


def _targets(term: Any) -> list[str]:  # noqa: ANN401 - a Term
    return [term.source] if term.keep else list(term.target)
