"""The cache of a run of the command, and the option that leaves it out."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from toolkit.interfaces.cli.talk import say_file

if TYPE_CHECKING:
    from collections.abc import Mapping

    from toolkit.project.cache import Cache
    from toolkit.project.project import Project

_NO_CACHE = "yiben.no-cache"
_OPEN = "yiben.caches"


def _leave_cache(ctx: click.Context, _option: click.Parameter, value: bool) -> None:  # noqa: FBT001
    ctx.meta[_NO_CACHE] = value


cache_option = click.option(
    "--no-cache",
    is_flag=True,
    expose_value=False,
    callback=_leave_cache,
    help="Neither use the cache of earlier runs nor write it.",
)


def lend_caches(ctx: click.Context, caches: Mapping[str, Cache]) -> None:
    """Let a command use caches that are open, by the parts of the project."""
    ctx.meta[_OPEN] = caches


def leaves_cache(ctx: click.Context) -> bool:
    """Whether the user wants no cache."""
    return bool(ctx.meta.get(_NO_CACHE))


def cache_of(project: Project) -> Cache | None:
    """The cache of a project, which is written when the command ends."""
    from toolkit.project.cache import open_cache

    ctx = click.get_current_context()
    if leaves_cache(ctx) or not project.settings.cache:
        return None
    known: Mapping[str, Cache] = ctx.meta.get(_OPEN, {})
    if project.part in known:
        return known[project.part]
    cache = open_cache(project, os.environ.get("XDG_CACHE_HOME", ""))
    if cache is None:
        say_file("no cache can be made here")
        return None

    def finish_cache() -> None:
        cache.flush()
        if cache.trouble:
            say_file(cache.trouble)

    ctx.call_on_close(finish_cache)
    return cache
