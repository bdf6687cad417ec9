"""Every link target of a page with its exact place, and how another one is written there."""

from __future__ import annotations

from toolkit.targets.pages import targets
from toolkit.targets.snippets import SNIPPET_MARK
from toolkit.targets.value import Target, TargetKind, Writing
from toolkit.targets.writing import edit

__all__ = ["SNIPPET_MARK", "Target", "TargetKind", "Writing", "edit", "targets"]
