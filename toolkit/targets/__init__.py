"""Every link target of a page with its exact place, and how another one is written there."""

from __future__ import annotations

from toolkit.targets.pages import targets
from toolkit.targets.value import Kind, Target, Writing
from toolkit.targets.writing import edit

__all__ = ["Kind", "Target", "Writing", "edit", "targets"]
