"""Runs a command again whenever a page, a catalog or a setting changes."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from toolkit.interfaces.cli.talk import say, tell
from toolkit.language.phrases import counted, needs
from toolkit.model.errors import Problem, ProjectError, ToolkitError
from toolkit.project.real_path import real_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from toolkit.project.project import Project

    Find = Callable[[Path], tuple[Project, ...]]

_WATCH = "yiben.watch"
_DEBOUNCE = 400
"""Milliseconds in which changes count as one."""
_STEP = 100
_PAUSE = 1000
"""Milliseconds after which single files, which editors replace, are looked at."""
_CATALOGS = (".po", ".pot")

State = dict[str, str]
"""The digests of files by their places."""


def _remember(ctx: click.Context, _option: click.Parameter, value: bool) -> None:  # noqa: FBT001
    if value:
        ctx.meta[_WATCH] = value


watch_option = click.option(
    "--watch",
    is_flag=True,
    expose_value=False,
    callback=_remember,
    help="Run again whenever a file changes, until Ctrl-C (extra yiben[watch]).",
)


def is_watching(ctx: click.Context) -> bool:
    """Whether the user asked for a command to be run again."""
    return bool(ctx.meta.get(_WATCH))


def repeat(ctx: click.Context, invoke: Callable[[click.Context], Any], find: Find) -> None:
    """Run a command, and again for each change; only an interrupt ends it.

    `find` finds the parts of the project that a folder lies in.
    """
    try:
        import watchfiles  # noqa: F401
    except ImportError:
        text = needs(["watchfiles"], "watch")
        raise ProjectError(Problem("--watch", 0, 0, text)) from None
    before: State | None = None
    while True:
        projects = _found(find, ctx.obj)
        now = _state(projects, ctx.obj)
        if before is not None and not _others(before, now):
            _wait(find, ctx.obj, now)
            projects = _found(find, ctx.obj)
            now = _state(projects, ctx.obj)
        before = now
        _run(ctx, invoke)
        say(f"watching {counted(len(before), 'file')}; Ctrl-C ends it")


def _run(ctx: click.Context, invoke: Callable[[click.Context], Any]) -> None:
    """Run the command once, in a context of its own, whatever comes of it."""
    inner = click.Context(ctx.command, ctx.parent, ctx.info_name)
    inner.params, inner.obj = dict(ctx.params), ctx.obj
    with inner:
        try:
            invoke(inner)
        except SystemExit:
            pass
        except ToolkitError as error:
            tell(error.problems)
        except OSError as error:
            tell([Problem(str(error.filename or ""), 0, 0, error.strerror or str(error))])
    for stream in (sys.stdout, sys.stderr):
        stream.flush()


def _found(find: Find, directory: Path) -> tuple[Project, ...]:
    """The parts of the project; none while its settings are of no use."""
    with suppress(ToolkitError):
        return find(directory)
    return ()


def _others(before: State, now: State) -> bool:
    """Whether files changed while the command ran that it does not write itself."""
    names = (name for name in before.keys() | now.keys() if before.get(name) != now.get(name))
    return any(not name.endswith(_CATALOGS) for name in names)


def _state(projects: tuple[Project, ...], directory: Path) -> State:
    """The digests of all files that a run depends on."""
    from toolkit.project.cache import Facts

    facts = Facts(Path("/"))
    places = (place for one in projects for place in _places(one))
    single = _single_files(projects, directory)
    names = {str(place).lstrip("/") for place in (*places, *single)}
    found = ((name, facts.answer("file", name)) for name in sorted(names))
    return {name: digest for name, digest in found if digest}


def _places(project: Project) -> Iterator[Path]:
    from toolkit.project.string_files import string_files

    pages, _ = project.pages()
    files, _ = project.files()
    root, settings = real_path(project.root), project.settings
    yield from (root / project.page_name(name) for name in (*pages, *files))
    yield from (root / name for name in string_files(project))
    for ending in _CATALOGS:
        yield from (root / settings.catalogs).rglob(f"*{ending}")


def _single_files(projects: tuple[Project, ...], directory: Path) -> Iterator[Path]:
    """The settings and the files that these name."""
    from toolkit.project.settings_files import FILES

    start = real_path(directory)
    yield from (folder / name for folder in (start, *start.parents) for name in FILES)
    for project in projects:
        yield from (real_path(project.root) / name for name in project.own_files())


def _wait(find: Find, directory: Path, seen: Mapping[str, str]) -> None:
    """Return as soon as any file is not as it was."""
    from watchfiles import watch

    projects = _found(find, directory)
    folders = {
        one.root / name
        for one in projects
        for name in (one.settings.content, one.settings.catalogs)
    }
    paths = sorted(path for path in folders if path.is_dir()) or [directory]
    first, times = True, _times(projects, directory)
    changes = watch(
        *paths,
        watch_filter=_is_of_interest,
        debounce=_DEBOUNCE,
        step=_STEP,
        rust_timeout=_PAUSE,
        yield_on_timeout=True,
    )
    for change in changes:
        now = _times(projects, directory)
        if (first or change or now != times) and _state(_found(find, directory), directory) != seen:
            return
        first, times = False, now


def _is_of_interest(_change: object, path: str) -> bool:
    from toolkit.project.finding_files import GENERATOR_FILES

    name = Path(path).name
    return not name.startswith(".") or name in GENERATOR_FILES


def _times(projects: tuple[Project, ...], directory: Path) -> list[int]:
    """The times at which the single files were written; 0 for those that are not there."""
    times = []
    for path in _single_files(projects, directory):
        try:
            times.append(path.stat().st_mtime_ns)
        except OSError:
            times.append(0)
    return times
