"""Errors, each with one clear line per problem."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, with its place and its remedy.

    `path` is shown as given; `line` and `column` count from 1, 0 means "the whole file".
    """

    path: str
    line: int
    column: int
    text: str

    def __str__(self) -> str:
        place = self.path
        if self.line:
            place += f":{self.line}:{self.column}" if self.column else f":{self.line}"
        return f"{place}: {self.text}" if place else self.text


class ToolkitError(Exception):
    """Base of every error of ours: one or more problems, each a line."""

    def __init__(self, problems: Problem | Sequence[Problem]) -> None:
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[type[ToolkitError], tuple[tuple[Problem, ...]]]:
        # Between processes an exception is made anew from its words, unless it says otherwise.
        return type(self), (self.problems,)


class DocumentError(ToolkitError):
    """A source page that cannot be read or segmented."""


class CatalogError(ToolkitError):
    """A catalog or template that cannot be read, or is not for this page."""


class SettingsError(ToolkitError):
    """A setting that is unknown, malformed or points outside the project."""


class MdbookError(ToolkitError):
    """Something else than what mdBook gives its preprocessors."""


class ProjectError(ToolkitError):
    """A folder, file or locale of the project that cannot be used."""
