"""The file that a project's settings stand in, with the tables of its parts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from toolkit.model.errors import Problem, SettingsError
from toolkit.model.expressions import late
from toolkit.model.toml import read_toml
from toolkit.project import setting_values as read
from toolkit.project.files import read_bytes
from toolkit.project.settings_files import FILES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

TABLE = "tool.yiben"
"""The table of our settings in `pyproject.toml`."""
PART, NAME = "part", "name"
CATALOGS = "locales"
OUTPUT = "build/{locale}/{path}"
_HEADER = late(r"\s*\[+([^\[\]]+)\]")
_KEY = late(r"\s*((?:[\w.\- ]|\"[^\"]*\"|'[^']*')+?)\s*=")


def _bare(name: str) -> str:
    """A dotted name without blanks and quotes."""
    return re.sub(r"[\s\"']", "", name)


@dataclass(frozen=True, slots=True)
class SettingsFile:
    """A settings file as it was found: where, and what it says."""

    path: Path
    text: str
    values: Mapping[str, Any] = field(default_factory=dict)
    project: str = ""
    part: str = ""
    """The name of the part that `values` are about; empty for a project without parts."""
    number: int = 0
    """The number of the table among those of parts, from 1 on."""
    owns_site: bool = True
    """Whether the texts of the site's settings are this part's to translate."""

    def problem(self, key: str, text: str, inner: Sequence[str] = ()) -> Problem:
        """A problem with `key`, or with the key below it that `inner` leads to, at its line."""
        keys = [".".join((key, *inner[:deep])) for deep in range(len(inner), -1, -1)]
        own = [f"{PART}.{one}" for one in keys] if self.number else []
        lines = (*(self._line(one, self.number) for one in own), *map(self._line, keys))
        rest = self._line(PART, self.number) if self.number else 0
        line = next((line for line in lines if line), rest)
        return Problem(self.path.name, line, 1 if line else 0, text)

    def _line(self, key: str, number: int = 0) -> int:
        """The line at which one of our keys is set, 0 where it is not to be found.

        With `number` it is looked for in that table of a part only.
        """
        own = "" if self.path.name == FILES[0] else TABLE
        wanted = f"{own}.{key}".strip(".")
        part = f"{own}.{PART}".strip(".")
        table, parts = "", 0
        for line_number, line in enumerate(self.text.split("\n"), 1):
            header = _HEADER.match(line)
            name = _KEY.match(line)
            table = _bare(header[1]) if header else table
            parts += bool(header) and table == part
            found = table if header else f"{table}.{_bare(name[1])}" if name else ""
            if number not in {0, parts}:
                continue
            if f"{found.strip('.')}.".startswith(f"{wanted}."):
                return line_number
        return 0


def find_settings(start: Path) -> SettingsFile:
    """The settings file of the project that `start` lies in; `SettingsError` when there is none."""
    for folder in (start, *start.parents):
        for name in FILES:
            found = _read(folder / name)
            if found:
                return found
    problem = (
        "no settings; `yiben init` writes a yiben.toml for the pages in a folder"
        " (or put [tool.yiben] into pyproject.toml)"
    )
    raise SettingsError(Problem(str(start), 0, 0, problem))


def _read(path: Path) -> SettingsFile | None:
    """The settings in a file, `None` when it does not exist or is not about us."""
    return settings_in(path, read_bytes(path, path.name)) if path.is_file() else None


def settings_in(path: Path, data: bytes) -> SettingsFile | None:
    """The settings in the bytes of a file, `None` when it is not about us."""
    text, values = read_toml(path.name, data)
    if path.name == FILES[0]:
        return SettingsFile(path, text, values)
    about = values.get("project")
    project = " ".join(str(about.get("name", "")).split()) if isinstance(about, dict) else ""
    ours = values.get("tool", {}).get("yiben")
    return SettingsFile(path, text, ours, project) if isinstance(ours, dict) else None


def parts_of(file: SettingsFile) -> tuple[SettingsFile, ...]:
    """The settings of each part of a project, the file itself where it has no parts.

    A part has the settings that stand above all parts, but for those it sets itself. Raises
    `SettingsError` for tables of parts that cannot be told apart.
    """
    if PART not in file.values:
        return (file,)
    tables = file.values[PART]
    if not (isinstance(tables, list) and tables and all(isinstance(one, dict) for one in tables)):
        text = "part: write one table [[part]] for each part of the project"
        raise SettingsError(file.problem(PART, text))
    shared = {key: value for key, value in file.values.items() if key != PART}
    owners = [number for number, one in enumerate(tables, 1) if "site" not in one]
    parts = tuple(
        _part(file, shared, table, number, owns_site="site" in table or number == owners[0])
        for number, table in enumerate(tables, 1)
    )
    _check_names(parts)
    return parts


def _part(
    file: SettingsFile,
    shared: Mapping[str, Any],
    table: Mapping[str, Any],
    number: int,
    *,
    owns_site: bool,
) -> SettingsFile:
    own = {key: value for key, value in table.items() if key != NAME}
    values = {**shared, **own}
    part = replace(file, values=values, number=number, owns_site=owns_site)
    name = table.get(NAME, values.get("content"))
    try:
        name = read.part_name(name)
    except ValueError as error:
        raise SettingsError(part.problem(NAME, f"{NAME}: {error}")) from None
    if "catalogs" not in own:
        values["catalogs"] = f"{shared.get('catalogs', CATALOGS)}/{name}"
    if "output" not in values:
        values["output"] = OUTPUT.replace("{path}", f"{name}/{{path}}")
    if not owns_site:
        values.pop("site_output", None)
    return replace(part, part=name)


def _check_names(parts: Sequence[SettingsFile]) -> None:
    """Raise `SettingsError` where two parts have one name, folder of pages or of catalogs."""
    problems = []
    for index, part in enumerate(parts):
        for key in ("content", "catalogs"):
            others = [one for one in parts[:index] if one.values.get(key) == part.values.get(key)]
            if others:
                text = f'{key}: the part "{others[0].part}" has the same one; name another folder'
                problems.append(part.problem(key, text))
        if any(one.part == part.part for one in parts[:index]):
            problems.append(part.problem(NAME, f'{NAME}: "{part.part}" names two parts'))
    if problems:
        raise SettingsError(problems)
