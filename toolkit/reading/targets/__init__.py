"""Every link target of a page with its exact place, and how another one is written there."""

from __future__ import annotations

from toolkit.reading.targets.pages import targets
from toolkit.reading.targets.snippets import SNIPPET_MARK
from toolkit.reading.targets.value import Target, TargetKind, Writing
from toolkit.reading.targets.writing import edit

__all__ = ["SNIPPET_MARK", "Target", "TargetKind", "Writing", "edit", "targets"]
