"""The endings of files that commands write, so that none holds another format than it names."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.language.phrases import alternatives
from toolkit.model.errors import Problem, ProjectError

if TYPE_CHECKING:
    from collections.abc import Iterable


def ending_of(file: str) -> str:
    """Return the ending of a file in lower case; of `-`, and where it has none, nothing."""
    return Path(file).suffix.lower()


def check_ending(file: str, endings: Iterable[str], advice: str = "rename it") -> None:
    """Raise `ProjectError` for a file that ends otherwise; one without an ending may do so."""
    known = list(endings)
    if ending_of(file) not in {"", *known}:
        text = f"does not end in {alternatives(known)}; {advice}"
        raise ProjectError(Problem(file, 0, 0, text))
