"""The state of all that a run rests on which changes nothing, without going through it once more.

It is known from three sides: folders and settings are what they were when the run began, as long as
they still are behind it; pages, catalogs and names are what the run was told when it asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from toolkit.project.cache.facts import FILE, THERE
from toolkit.project.cache.snapshot import Entry, entry_of, is_settled, same_states, taken
from toolkit.project.cache.stamps import stamp_of
from toolkit.project.dependencies import standing_dependencies, without_implied

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from toolkit.project.cache.snapshot import Question, Snapshot
    from toolkit.project.cache.stamps import Stamp
    from toolkit.project.store import Run


class Start(NamedTuple):
    """The beginning of a command, before it looked for the settings."""

    folder: Path
    """The folder from which they are looked for."""
    time: int
    settings: Snapshot


class FirstLook(NamedTuple):
    """All that a run may look at by its settings, when it began."""

    root: Path
    known: Snapshot
    """The states of folders and settings."""
    texts: dict[str, Stamp]
    """The pages and catalogs, of which only the stamps are known."""


def first_look(run: Run, start: Start, catalogs: str) -> FirstLook | None:
    """Look at what a run rests on before it works; `None` where something may have changed already.

    `catalogs` is as in `dependencies`.
    """
    standing = standing_dependencies(run.project, start.folder, catalogs)
    if standing is None:
        return None
    root = run.project.root
    known = taken(str(root), standing.others, {})
    if not all(_is_as_it_was(root, entry, start) for entry in known.values()):
        return None
    return FirstLook(root, known, {name: stamp_of(f"{root}/{name}") for name in standing.texts})


def _is_as_it_was(root: Path, entry: Entry, start: Start) -> bool:
    """Whether a file of the settings is what it was when these were read."""
    if entry.kind != FILE or is_settled(entry.stamp, start.time):
        return True
    before = start.settings.get((FILE, str(root / entry.name)))
    return before is not None and before.state == entry.state


def whole_look(run: Run, look: FirstLook, began: int) -> Snapshot | None:
    """Return the states of all that a run rests on, `None` where that cannot be told.

    `began` is when it was looked at first.
    """
    noted = run.facts.looked_at
    if noted is None or not same_states(look.known, taken(str(look.root), look.known, look.known)):
        return None
    found = dict(look.known)
    asked = without_implied(look.root, noted.union(look.known)).difference(look.known)
    for kind, name in asked.union((FILE, name) for name in look.texts):
        entry = _entry(run, look, (kind, name), began)
        if entry is None:
            return None
        found[kind, name] = entry
    return found


def _entry(run: Run, look: FirstLook, question: Question, began: int) -> Entry | None:
    """The state of a page, a catalog or a name as the run knew it."""
    kind, name = question
    if kind not in {FILE, THERE}:
        return None
    used = run.facts.used(kind)
    stamp = look.texts.get(name)
    if kind == FILE and stamp and name in used:
        entry = Entry(kind, name, used[name] or "", stamp if is_settled(stamp, began) else [])
        return entry if entry.is_plain else None
    now = entry_of(str(look.root), question)
    # A link's state also tells where it leads.
    is_same = name not in used or now.state.rpartition(": ")[2] == used[name]
    return now if is_same else None


def still_holds(runs: Sequence[Run], snapshot: Snapshot) -> bool:
    """Whether some runs have used the states in a snapshot, and all others in it are as they were.

    The runs are over one project, and began after the snapshot was taken.
    """
    root = runs[0].project.root
    rest = dict(snapshot)
    for run in runs:
        noted = run.facts.looked_at
        if noted is None or without_implied(root, noted.union(snapshot)).difference(snapshot):
            return False
        used = _answers_of(run)
        rest = {one: entry for one, entry in rest.items() if used.get(one) != entry.state}
    return same_states(rest, taken(str(root), rest, snapshot))


def _answers_of(run: Run) -> dict[Question, str | None]:
    """The answers that a run was given about files and names."""
    used = run.facts.used
    return {(kind, name): one for kind in (FILE, THERE) for name, one in used(kind).items()}
