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
    except tomllib.TOMLDecodeError as error:
        place = _AT_LINE.search(str(error))
        line, column = (int(place[1]), int(place[2])) if place else (0, 0)
        what = _AT_LINE.sub("", str(error)).strip()
        raise SettingsError(Problem(name, line, column, f"is not valid TOML: {what}")) from None
    except ValueError:
        # Python reads no number of more than some thousand digits.
        raise SettingsError(Problem(name, 0, 0, "has a number that is too long")) from None
    except RecursionError:
        raise SettingsError(Problem(name, 0, 0, "is nested too deeply; flatten it")) from None
