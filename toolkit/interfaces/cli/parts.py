"""The parts of a project that a command acts on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from toolkit.interfaces.cli.talk import tell
from toolkit.model.errors import Problem, ProjectError
from toolkit.project.real_path import real_path

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from toolkit.language.locale import Locale
    from toolkit.project.project import Project

PARTS = "yiben.parts"
"""The context's key for the parts of the project that the user named."""

_WARNED = "yiben.warned"
"""The key for the context of the command whose user was warned about the settings."""


def project_of(directory: Path) -> Project:
    """Find the project, or its one part, that `directory` or the user names."""
    from toolkit.project.project import Project

    parts = chosen_parts()
    return Project.found_from(directory, parts[0] if len(parts) == 1 else "")


def projects_of(directory: Path) -> tuple[Project, ...]:
    """Find the parts of the project around `directory` that the user wants, all by default.

    A project without parts is its own only one.
    """
    from toolkit.project.project import Project

    parts = chosen_parts()
    if parts:
        found = tuple(Project.found_from(directory, part) for part in dict.fromkeys(parts))
    else:
        found = Project.all_from(directory)
    context = click.get_current_context()
    if context.meta.get(_WARNED) is not context:
        context.meta[_WARNED] = context
        tell(found[0].strange_locales())
    return found


def project_at(directory: Path, path: str) -> Project:
    """Find the project, or the part of it that has the page or folder `path`."""
    found = projects_at(directory, path)
    if len(found) > 1:
        names = ", ".join(one.part for one in found)
        raise ProjectError(
            Problem(path, 0, 0, f"has pages of several parts: {names}; choose one with --part")
        )
    return found[0]


def projects_at(directory: Path, path: str) -> tuple[Project, ...]:
    """Find the project, the part that has `path`, or all parts inside the folder `path`."""
    projects = projects_of(directory)
    place = real_path(directory / path)
    folders = {one.part: real_path(one.root / one.settings.content) for one in projects}
    around = [one for one in projects if place.is_relative_to(folders[one.part])]
    if around:
        return (max(around, key=lambda one: len(folders[one.part].parts)),)
    inside = tuple(one for one in projects if folders[one.part].is_relative_to(place))
    return inside or projects[:1]


def parts_into(projects: Sequence[Project], tag: str) -> tuple[tuple[Project, Locale], ...]:
    """Return the parts of a project that are translated into a locale, with it.

    Raises `SettingsError` where there is none.
    """
    found = ((one, locale) for one in projects for locale in one.locales((tag,)))
    return tuple(found) or ((projects[0], projects[0].target(tag)),)


def chosen_parts() -> tuple[str, ...]:
    """Return the parts of the project that the user named."""
    ctx = click.get_current_context(silent=True)
    parts: tuple[str, ...] = ctx.meta.get(PARTS, ()) if ctx else ()
    return parts
