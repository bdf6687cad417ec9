"""Pair the pages of a project with the translations that people made of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.commands.importing.finding import Finder, base_of, check_place
from toolkit.commands.importing.trees import DiskTree
from toolkit.model.errors import Problem, ProjectError
from toolkit.project.outputs import known_outputs

if TYPE_CHECKING:
    from toolkit.language.locale import Locale
    from toolkit.project.store import Run


def pairs_of(run: Run, locale: Locale, place: str = "") -> list[tuple[str, str]]:
    """The pages of a project and the files that translate them, below the project's root.

    What yiben has built is no translation made by hand. Raises `ProjectError` for a place that
    holds nothing.
    """
    project = run.project
    pattern = place or project.settings.output
    check_place(pattern)
    tree = DiskTree(project.root)
    base = base_of(pattern) if "{" in pattern else pattern
    if place and not tree.is_folder(base):
        raise ProjectError(Problem(place, 0, 0, "no such folder"))
    names = tree.pages_below(base) if tree.is_folder(base) else frozenset()
    manifest, _ = known_outputs(project)
    names = frozenset(name for name in names if name not in manifest.digests)
    finder = Finder(pattern, project.settings.source, locale, names)
    pages = {page: project.page_name(page) for page in project.pages()[0]}
    found = ((path, finder.partner(page, path)) for page, path in pages.items())
    return [(path, partner) for path, partner in found if partner]
