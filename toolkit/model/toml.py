"""TOML files, with the place of what is wrong in them."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from toolkit.model.errors import Problem, SettingsError

_AT_LINE = re.compile(r"\(at line (\d+), column (\d+)\)")


def read_toml(name: str, data: bytes) -> tuple[str, dict[str, Any]]:
    """The text and the values of a TOML file; `SettingsError` with line and column."""
    try:
        text = data.decode("utf-8-sig")
        return text, tomllib.loads(text)
    except UnicodeDecodeError:
        raise SettingsError(Problem(name, 0, 0, "is not UTF-8; save it as UTF-8")) from None
    except (ValueError, RecursionError) as error:
        raise SettingsError(toml_problem(name, error)) from None


def toml_problem(name: str, error: ValueError | RecursionError, line: int = 0) -> Problem:
    """Describe why a file cannot be read as TOML; `line` is named where its place is unknown."""
    if isinstance(error, tomllib.TOMLDecodeError):
        place = _AT_LINE.search(str(error))
        line, column = (int(place[1]), int(place[2])) if place else (line, line)
        what = _AT_LINE.sub("", str(error)).strip()
        return Problem(name, line, column, f"is not valid TOML: {what}")
    if isinstance(error, RecursionError):
        return Problem(name, line, line, "is nested too deeply; flatten it")
    # Python reads no number of more than some thousand digits.
    return Problem(name, line, line, "has a number that is too long")
