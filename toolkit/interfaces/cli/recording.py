"""Gives back what a command printed, where it would print the same and change nothing.

A command that has changed something is gone through once more, with every change forbidden, so that
what it prints the next time is known by then.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from toolkit.interfaces.cli.caching import leaves_cache, lend_caches
from toolkit.interfaces.cli.noting import can_be_noted, joined_pieces, noting, write_again
from toolkit.interfaces.cli.talk import is_terminal, wanted_colours
from toolkit.project.real_path import real_path

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from toolkit.interfaces.cli.noting import Output
    from toolkit.project.cache.records import Looked
    from toolkit.project.cache.snapshot import Question, Snapshot
    from toolkit.project.first_look import FirstLook, Start
    from toolkit.project.store import Run

    Invoke = Callable[[click.Context], Any]

_RUNS = "yiben.runs"
_SEEN = "yiben.seen"
_START = "yiben.start"
_LOOKS = "yiben.looks"
_CATALOGS = {"extract": "templates", "update": "", "build": "", "check": "", "stats": ""}
"""The commands that are recorded, with the folder of the catalogs that each works with."""
_ASKING = frozenset({"extract", "check", "stats"})
"""The commands that read pages and catalogs by asking for facts only."""
_FREE = frozenset(
    "binary check diff explain fill form locales min_complete normalize purge select ignore".split()
)
"""Options that choose what is done and printed; with any other one nothing is recorded."""
_FORMS = frozenset({None, "text", "json", "markdown"})
"""Reports that rest on nothing but the project."""
_MANY = 8
"""So many times as many known results as new ones make a run a quick one."""
_GOOD = frozenset({0, 1})
"""The statuses of commands that could do all that was asked."""


def note_run(run: Run) -> Run:
    """Note a run over a part of the project, where the command is recorded."""
    ctx = click.get_current_context()
    runs: list[Run] | None = ctx.meta.get(_RUNS)
    if runs is not None:
        runs.append(run)
        run.facts.start_from(ctx.meta[_SEEN].values())
        start: Start | None = ctx.meta.get(_START)
        ctx.meta[_LOOKS].append(_first_look(ctx, run, start) if start and run.dry else None)
    return run


def _first_look(ctx: click.Context, run: Run, start: Start) -> FirstLook | None:
    from toolkit.project.first_look import first_look

    return first_look(run, start, _CATALOGS[str(ctx.info_name)]) if run.cache else None


def recorded(ctx: click.Context, invoke: Invoke) -> Any:  # noqa: ANN401 - click's own signature
    """Invoke a command, unless its record tells what it would print."""
    if not _can_be_recorded(ctx):
        return invoke(ctx)
    recording = _Recording.of(ctx)
    looked = recording.look()
    if looked.record:
        write_again(looked.record.output)
        sys.exit(looked.record.status)
    ctx.meta.update({_RUNS: [], _SEEN: looked.snapshot, _LOOKS: []})
    if not looked.snapshot and ctx.info_name in _ASKING:
        ctx.meta[_START] = recording.begin()
    with noting() as output:
        status = _status(ctx, invoke)
    if status in _GOOD:
        recording.keep(looked.snapshot, _Ending(status, output), invoke)
    sys.exit(status)


def _can_be_recorded(ctx: click.Context) -> bool:
    """Whether all that decides about the command is known, and its output can be noted."""
    is_ours = ctx.info_name in _CATALOGS and ctx.parent is ctx.find_root()
    if not is_ours or leaves_cache(ctx) or ctx.params.get("form") not in _FORMS:
        return False
    others = (one for one in ctx.command.params if one.name not in _FREE and one.name in ctx.params)
    given = ((ctx.params[one.name or ""], one.get_default(ctx)) for one in others)
    return all(not value or value == usual for value, usual in given) and can_be_noted()


def _status(ctx: click.Context, invoke: Invoke) -> int:
    """Invoke a command; its status."""
    try:
        invoke(ctx)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


def _had_little_to_do(runs: Sequence[Run]) -> bool:
    """Whether some of the results were made and most were known.

    Recording takes as long as such a run, and whoever edits pages one by one has no use for it;
    the next run that finds all results known is recorded.
    """
    caches = [run.cache for run in runs if run.cache]
    made = sum(len(one.made) for one in caches)
    return 0 < made * _MANY < sum(len(one.held - one.made) for one in caches)


def _are_troubled(runs: Sequence[Run]) -> bool:
    """Whether some results cannot be kept."""
    return any(run.cache is None or run.cache.trouble for run in runs)


class _Ending(NamedTuple):
    """The end of a command."""

    status: int
    output: Output


class _Recording(NamedTuple):
    """A command that is recorded."""

    ctx: click.Context
    key: str
    start: Path
    home: str

    @classmethod
    def of(cls, ctx: click.Context) -> _Recording:
        """Name the command, by all that decides what it does but the files."""
        from toolkit.project.cache.records import key_of

        start = real_path(Path(ctx.obj))
        terminals = [is_terminal(one) for one in (sys.stdout, sys.stderr)]
        options = (ctx.params, ctx.meta)
        words = [f"{name}={value!r}" for one in options for name, value in sorted(one.items())]
        where = (str(Path.cwd()), str(ctx.obj), os.environ.get("SOURCE_DATE_EPOCH", ""))
        key = key_of((str(ctx.info_name), *words, f"{terminals} {wanted_colours()}", *where))
        return cls(ctx, key, start, os.environ.get("XDG_CACHE_HOME", ""))

    def look(self) -> Looked:
        """Look for a record."""
        from toolkit.project.cache.records import looked_up
        from toolkit.project.settings_files import FILES

        return looked_up(self.key, self.start, FILES, self.home)

    def begin(self) -> Start:
        """Look at the settings before they are read."""
        from toolkit.project.cache.snapshot import taken
        from toolkit.project.dependencies import settings_around
        from toolkit.project.first_look import Start

        return Start(self.start, time.time_ns(), taken("", settings_around(self.start), {}))

    def keep(self, before: Snapshot, ending: _Ending, invoke: Invoke) -> None:
        """Keep what the command would print now; `before` are the states that it has found."""
        from toolkit.project.cache.snapshot import same_states

        runs = self._runs()
        if _had_little_to_do(runs):
            return
        if whole := self._whole_look(runs):
            self._write(runs, ending, whole)
            return
        now = self._snapshot(runs, before)
        if now is None:
            return
        if not same_states(now, before):
            self.ctx.meta[_SEEN] = now
            lend_caches(self.ctx, {run.project.part: run.cache for run in runs if run.cache})
            found = self._gone_through_again(invoke)
            if found is None or not self._is_still(now):
                return
            ending = found
        self._write(runs, ending, now)

    def _write(self, runs: Sequence[Run], ending: _Ending, snapshot: Snapshot) -> None:
        from toolkit.project.cache.records import Record

        cache = runs[0].cache
        if cache:
            record = Record(ending.status, joined_pieces(ending.output), snapshot)
            cache.keep_value(self.key, record.to_bytes())

    def _runs(self) -> Sequence[Run]:
        """The runs since the last time that this was asked."""
        runs: Sequence[Run] = self.ctx.meta.get(_RUNS, ())
        self.ctx.meta[_RUNS] = []
        return runs

    def _snapshot(self, runs: Sequence[Run], known: Snapshot) -> Snapshot | None:
        """The states of all that some runs rest on, `None` where that cannot be told."""
        from toolkit.project.cache.snapshot import taken
        from toolkit.project.dependencies import dependencies

        if not runs or _are_troubled(runs):
            return None
        found: set[Question] = set()
        for run in runs:
            questions = dependencies(run, self.start, _CATALOGS[str(self.ctx.info_name)])
            if questions is None:
                return None
            found |= questions
        return taken(str(runs[0].project.root), found, known)

    def _is_still(self, snapshot: Snapshot) -> bool:
        """Whether the runs since rest on the states in a snapshot and nothing else."""
        from toolkit.project.first_look import still_holds

        runs = self._runs()
        return bool(runs) and not _are_troubled(runs) and still_holds(runs, snapshot)

    def _whole_look(self, runs: Sequence[Run]) -> Snapshot | None:
        """The states that a command rests on which has changed nothing, where they are known."""
        from toolkit.project.cache.snapshot import same_states
        from toolkit.project.first_look import whole_look

        start, looks = self.ctx.meta.pop(_START, None), self.ctx.meta[_LOOKS]
        if start is None or _are_troubled(runs):
            return None
        found: Snapshot = {}
        for run, look in zip(runs, looks, strict=True):
            states = whole_look(run, look, start.time) if look else None
            if states is None or not same_states(states, states | found):
                return None
            found |= states
        return found

    def _gone_through_again(self, invoke: Invoke) -> _Ending | None:
        """The end of the same command once more; `None` where it would change something."""
        from toolkit.project.sealing import SealedError, sealed

        inner = click.Context(self.ctx.command, self.ctx.parent, self.ctx.info_name)
        inner.params, inner.obj = dict(self.ctx.params), self.ctx.obj
        try:
            with noting(silent=True) as output, sealed(), inner:
                status = _status(inner, invoke)
        except SealedError:
            return None
        return _Ending(status, output) if status in _GOOD else None
