"""Every link target of a page with its exact place, and how another one is written there."""

from __future__ import annotations

from toolkit.targets.pages import targets
from toolkit.targets.value import Target, TargetKind, Writing
from toolkit.targets.writing import edit

__all__ = ["Target", "TargetKind", "Writing", "edit", "targets"]
