"""Translated pages that `yiben build` has written: they say no more than the catalogs do."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from toolkit.commands.importing.trees import DiskTree
from toolkit.model.errors import ToolkitError
from toolkit.project.outputs import known_outputs
from toolkit.project.ownership import digest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.commands.importing.value import ImportRequest
    from toolkit.project.project import Project


def own_builds(project: Project, request: ImportRequest) -> Sequence[str]:
    """Return the files of an import that are as a build wrote them."""
    if not isinstance(request.tree, DiskTree):
        return ()
    with suppress(ToolkitError):
        known = known_outputs(project)[0].digests
        tree = request.tree
        found = (name for name in request.files if name in known)
        return [name for name in found if digest(tree.read(name)) in known[name]]
    return ()
