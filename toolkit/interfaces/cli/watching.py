"""Runs a command again whenever a page, a catalog or a setting changes."""

from __future__ import annotations

import os
import sys
import time
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
        except click.ClickException as error:
            error.show()
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
    places = list(_single_files(projects, directory))
    for project in projects:
        # Whoever runs over what is half-way there says what is wrong with it.
        with suppress(ToolkitError, OSError):
            places += _places(project)
    names = {str(place).lstrip("/") for place in places}
    found = ((name, facts.answer("file", name)) for name in sorted(names))
    return {name: digest for name, digest in found if digest}


def _places(project: Project) -> Iterator[Path]:
    from toolkit.project.string_files import string_files

    pages, _ = project.pages()
    files, _ = project.files()
    root, settings = real_path(project.root), project.settings
    yield from (root / project.page_name(name) for name in (*pages, *files))
    yield from (root / name for name in string_files(project))
    for folder, _, found in os.walk(root / settings.catalogs):
        yield from (Path(folder, name) for name in found if name.endswith(_CATALOGS))


def _single_files(projects: tuple[Project, ...], directory: Path) -> Iterator[Path]:
    """The settings and the files that these name."""
    from toolkit.project.settings_files import FILES

    start = real_path(directory)
    yield from (folder / name for folder in (start, *start.parents) for name in FILES)
    for project in projects:
        yield from (real_path(project.root) / name for name in project.own_files())


def _wait(find: Find, directory: Path, seen: Mapping[str, str]) -> None:
    """Return as soon as any file is not as it was."""
    has_changed = False
    while not has_changed:
        try:
            has_changed = _has_changed(find, directory, seen)
        except FileNotFoundError:
            # A folder went away just before it was watched.
            time.sleep(_STEP / 1000)


def _has_changed(find: Find, directory: Path, seen: Mapping[str, str]) -> bool:
    """Wait until any file is not as it was; `False` once the folders are others than before."""
    from watchfiles import Change, watch

    projects = _found(find, directory)
    folders = _folders(projects)
    numbers = list(map(_number, folders))
    paths = [path for path in folders if path.is_dir()] or [directory]
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
            return True
        gone = {path for kind, path in change if kind is Change.deleted}
        if list(map(_number, folders)) != numbers or not gone.isdisjoint(map(str, folders)):
            # Nobody is told of changes in a folder that took the place of another one, which may
            # even have the same number.
            return False
        first, times = False, now
    return True


def _folders(projects: tuple[Project, ...]) -> list[Path]:
    """The folders of pages and catalogs, whether they are there or not."""
    settings = ((one.root, one.settings) for one in projects)
    names = {root / name for root, one in settings for name in (one.content, one.catalogs)}
    return sorted(names)


def _number(path: Path) -> tuple[int, int]:
    """The number by which the system knows a folder; none where nothing is there."""
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_dev, found.st_ino


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
