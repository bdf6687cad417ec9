"""YAML as nodes with their places, or as plain values; PyYAML, and so this, is slow to import."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import yaml

from toolkit.model.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Read = TypeVar("_Read")
FAULTS = (yaml.YAMLError, ValueError, LookupError, TypeError, AttributeError, RecursionError)
"""The errors of PyYAML, and of its constructors: for `!!int` without digits, `!!bool x`, …"""


class NotYamlError(Exception):
    """A text is no valid YAML, or has a value that no program can construct."""

    def __init__(self, error: Exception) -> None:
        """Take the place and the reason from an error of PyYAML or of a constructor."""
        mark = getattr(error, "problem_mark", None)
        self._place = (mark.line + 1, mark.column + 1) if mark else None
        if isinstance(error, RecursionError):
            self._text = "is nested too deeply"
        else:
            reason = str(error) if isinstance(error, ValueError) else ""
            what = getattr(error, "problem", None) or reason or "cannot be read"
            self._text = f"is not valid YAML: {what}"
        super().__init__(self._text)

    def problem(self, path: str, line: int = 0) -> Problem:
        """Return the fault of a file; `line` and a column are where it names no place."""
        line, column = self._place or (line, line)
        return Problem(path, line, column, self._text)


def node_of(text: str) -> yaml.Node | None:
    """Return the nodes of one document, `None` for an empty one, or raise `NotYamlError`."""
    node: yaml.Node | None = _read(lambda: yaml.compose(text, Loader=_LOADER))
    return node


def nodes_of(text: str) -> list[yaml.Node | None]:
    """Return the nodes of all documents, or raise `NotYamlError`."""
    return _read(lambda: list(yaml.compose_all(text, Loader=_LOADER)))


def value_of(text: str, loader: Any = _LOADER) -> Any:  # noqa: ANN401 - whatever is written there
    """Return the value of a document in plain YAML, or raise `NotYamlError`.

    `loader` is a class of PyYAML's that constructs plain values as well.
    """
    return _read(lambda: yaml.load(text, Loader=loader))  # noqa: S506 - see above


def _read(read: Callable[[], _Read]) -> _Read:
    try:
        return read()
    except FAULTS as error:
        raise NotYamlError(error) from None
