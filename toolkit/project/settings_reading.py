"""The settings of a file, read and checked: how each key is read, and what they say together."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from posixpath import normpath
from typing import TYPE_CHECKING, Any

from toolkit.catalogs.template import Locations
from toolkit.dialects.dialect import Emphasis
from toolkit.language.phrases import did_you_mean
from toolkit.model.errors import Problem, SettingsError, ToolkitError
from toolkit.project import setting_tables as tables
from toolkit.project import setting_values as read
from toolkit.project import text_settings as texts
from toolkit.project.machine_settings import machine
from toolkit.project.output_pattern import filled
from toolkit.project.settings import Anchors, Settings
from toolkit.project.settings_files import FILES
from toolkit.project.settings_on_disk import CATALOGS, OUTPUT, TABLE
from toolkit.project.string_rules import StringRules, site_files, string_rules
from toolkit.reading.anchors import SLUGS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from toolkit.project.settings_on_disk import SettingsFile

_NO_LOCALES = frozenset({"templates", "left-over"})
"""Folders of catalogs that are no locale's."""


def read_settings(file: SettingsFile) -> Settings:
    """The settings of a file, every value checked.

    Raises one `SettingsError` with all that is wrong: unknown keys and locales, wrong types, paths
    that leave the project.
    """
    _check_is_no_table(file)
    known = [item.name for item in fields(Settings) if not item.metadata]
    problems = [
        file.problem(key, f'unknown setting "{key}"; {did_you_mean(key, known)}')
        for key in file.values
        if key not in known
    ]
    problems += [
        file.problem(key, f'"{key}" is missing; name the {what}')
        for key, what in (
            ("source", "locale of the pages"),
            ("targets", "locales to translate into"),
        )
        if key not in file.values
    ]
    values: dict[str, Any] = {"project": file.project, "owns_site": file.owns_site}
    for key in known:
        if key in file.values:
            try:
                values[key] = _READERS[key](file.values[key])
            except (ToolkitError, ValueError) as error:
                text = error.problems[0].text if isinstance(error, ToolkitError) else str(error)
                inner = getattr(error, "keys", ())
                problems.append(file.problem(key, f"{key}: {text}", inner))
    if values.get("source") in values.get("targets", ()):
        problem = "names the source locale; pages are not translated into it"
        problems.append(file.problem("targets", f"targets: {problem}"))
    sites = values.get("site")
    if sites:
        values["site"] = sites.settings
        values["strings"] = values.get("strings", StringRules()).with_known(sites.strings)
    problems += _misplaced(file, values)
    site, localized = values.get("site", ""), values.get("site_output", "")
    if localized and (not site or Path(site).parent != Path(localized).parent):
        problem = f'site_output: put it next to "site" ({site or "which is missing"})'
        problems.append(file.problem("site_output", problem))
    elif localized and (site.endswith(".toml") != localized.endswith(".toml")):
        problem = f'site_output: it must end like "site" ({site})'
        problems.append(file.problem("site_output", problem))
    if problems:
        raise SettingsError(problems)
    return Settings(**values)


def _check_is_no_table(file: SettingsFile) -> None:
    """Raise `SettingsError` for a `yiben.toml` that has its settings in a table."""
    if file.path.name != FILES[0]:
        return
    tool = file.values.get("tool")
    inner = isinstance(tool, dict) and isinstance(tool.get("yiben"), dict)
    for name, is_there in ((TABLE, inner), ("yiben", isinstance(file.values.get("yiben"), dict))):
        if is_there:
            problem = f"[{name}] is for pyproject.toml; remove this line"
            raise SettingsError(file.problem(name, problem))


def _memories(value: object) -> tuple[str, ...]:
    """Memories and catalogs; what memories are is asked for where there are some."""
    from toolkit.catalogs.memory import FORMATS  # noqa: PLC0415 - slow to import, seldom asked

    return tuple(map(read.file_of(*FORMATS, ".po"), read.texts_of(value)))


def _misplaced(file: SettingsFile, values: Mapping[str, Any]) -> Iterator[Problem]:
    """Outputs that would lie among catalogs, and texts of two kinds in one catalog."""
    output, catalogs = values.get("output", OUTPUT), values.get("catalogs", CATALOGS)
    for locale in values.get("targets", ()):
        place = normpath(filled(output, locale.written, "x.md"))
        if not Path(place).is_relative_to(catalogs):
            continue
        below = Path(place).relative_to(catalogs).parts
        if below[0] in _NO_LOCALES or "LC_MESSAGES" in below:
            text = f'output: {place} is among the catalogs of "{catalogs}"; name another folder'
            yield file.problem("output", text)
            return
    if values.get("as_of") == "catalog" and values.get("catalog", "page") != "page":
        text = 'as_of: "catalog" needs a catalog for each page; set catalog = "page"'
        yield file.problem("as_of", text)
    if values.get("catalog", "page") != "page" and values.get("domain") == values.get("site", ""):
        text = "domain: is the name of the site's settings, whose catalog it would be; change it"
        yield file.problem("domain", text)


_READERS: Mapping[str, Callable[[object], object]] = {
    "source": read.locale,
    "targets": read.locales,
    "content": read.folder_inside,
    "catalogs": read.folder_inside,
    "output": read.output,
    "dialect": tables.dialect,
    "code": tables.code,
    "skip": tables.kinds_left_out,
    "catalog": read.one_of("page", "folder", "single"),
    "domain": read.path_inside,
    "locations": lambda value: Locations(read.one_of(*Locations)(value)),
    "wrap": read.wrap,
    "front_matter": read.texts_of,
    "shortcode_parameters": read.texts_of,
    "optional_parameters": read.texts_of,
    "raw_shortcodes": read.texts_of,
    "directives": read.texts_of,
    "site": site_files,
    "strings": string_rules,
    "site_output": read.site_output,
    "switcher": read.file_of(".js"),
    "admonition_titles": read.truth,
    "anchors": lambda value: Anchors(read.one_of(*Anchors)(value)),
    "slugs": read.one_of(*SLUGS),
    "links": read.one_of("localize", "keep"),
    "assets": read.one_of("copy", "link", "none"),
    "skip_below": tables.thresholds,
    "link_prefix": tables.link_prefix,
    "front_matter_paths": read.texts_of,
    "notice": texts.notice,
    "credits": texts.credits_line,
    "as_of": read.one_of("now", "catalog"),
    "outdated": read.one_of("source", "mark"),
    "untranslated": texts.stand_in,
    "page_language": lambda value: tuple(
        read.one_of("lang", "dir")(key) for key in read.texts_of(value)
    ),
    "allow": tables.allowance,
    "opaque": read.patterns,
    "exclude": tables.exclusions,
    "min_complete": tables.thresholds,
    "severity": tables.severities,
    "emphasis": read.one_of(*Emphasis),
    "glossary": read.file_of(".csv", ".toml"),
    "glossary_comments": read.truth,
    "baseline": read.file_of(".json"),
    "memory": _memories,
    "trust_memory": read.truth,
    "machine": machine,
    "contexts": read.contexts,
    "fuzzy": read.truth,
    "fuzzy_limit": read.percent,
    "unaffected_trailer": read.trailer,
    "revision_keys": read.key_paths_of,
    "project": read.line_of,
    "cache": read.truth,
}
