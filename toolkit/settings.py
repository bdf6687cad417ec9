"""The project's settings: `[tool.yiben]` in `pyproject.toml`, or the same keys in `yiben.toml`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.anchors import SLUGS
from toolkit.blocks.shortcode_tags import PARAMETERS
from toolkit.dialects import dialect_named
from toolkit.errors import Problem, SettingsError, ToolkitError
from toolkit.locale import Locale, locale_of
from toolkit.segment import FRONT_MATTER_KEYS
from toolkit.template import Locations
from toolkit.toml import read_toml

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FILES = ("yiben.toml", "pyproject.toml")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_PLACEHOLDERS = ("locale", "path", "stem")


class Anchors(StrEnum):
    """What becomes of the ids of headings."""

    PIN = "pin"
    """Headings that anything links to keep the id of their source."""
    PIN_ALL = "pin-all"
    """All headings do."""
    REWRITE = "rewrite"
    """Links within a page follow its headings."""
    KEEP = "keep"
    """Nothing is done."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a project sets; each field is a key of the settings file."""

    source: Locale
    """Locale the pages are written in."""
    targets: tuple[Locale, ...]
    """Locales they are translated into."""
    content: str = "content"
    """Folder of the pages."""
    catalogs: str = "locales"
    """Folder of templates and catalogs."""
    output: str = "build/{locale}/{path}"
    """Where a localized page goes: `{locale}`, `{path}` (`guide/a.md`), `{stem}` (`guide/a`)."""
    dialect: str = "mkdocs"
    catalog: str = "page"
    """`page` for a catalog a page, `single` for one named by `domain`."""
    domain: str = "docs"
    locations: Locations = Locations.LINE
    """How closely `#:` tells where a text stands: `line`, `file` or `never`."""
    wrap: int = 0
    """Display cells a catalog's lines may have; 0 leaves them whole."""
    front_matter: tuple[str, ...] = FRONT_MATTER_KEYS
    """Keys of the front matter whose texts are translated."""
    shortcode_parameters: tuple[str, ...] = PARAMETERS
    """Parameters of shortcodes whose texts are translated: `title`, `tab.name`, `tab.0`."""
    site: str = ""
    """The settings file of the site (`mkdocs.yml`), whose texts are translated as well."""
    admonition_titles: bool = False
    """Whether admonitions without a title get one in the readers' language; needs `site`."""
    anchors: Anchors = Anchors.PIN
    """Whether headings keep the ids of their source: `pin`, `pin-all`, `rewrite` or `keep`."""
    slugs: str = ""
    """How the generator makes ids of headings; empty for what the dialect's programs do."""
    links: str = "localize"
    """`localize` leads links to localized pages and re-bases others, `keep` leaves them."""
    assets: str = "copy"
    """What becomes of files beside the pages: `copy`, `link` or `none`."""
    skip_below: float | Mapping[str, float] = 0
    """Percent of a page's words below which it is not built."""
    notice: str | Mapping[str, str] = ""
    """Markdown on top of pages that are not complete; `{percent}` stands for how far they are."""
    page_language: tuple[str, ...] = ()
    """Keys of the front matter to set: `lang` to the locale, `dir` to its direction."""
    allow: tuple[str, ...] = ()
    """What translations may bring in besides what their source has: hosts and HTML elements."""
    opaque: tuple[str, ...] = ()
    """Regular expressions for syntax of the project's own that holds nothing to translate."""
    exclude: tuple[str, ...] = ()
    """Pages to leave out, as glob patterns below `content`."""
    min_complete: float | Mapping[str, float] = 0
    """Percent of each page's words that have to be translated: for all locales, or by locale."""
    severity: Mapping[str, str] = field(default_factory=dict)
    """Checks that are told as `error`, as `warning`, or not at all (`off`)."""
    glossary: str = ""
    """CSV or TOML file with the terms of the project."""
    baseline: str = ""
    """File with the findings that the project lives with."""
    memory: tuple[str, ...] = ()
    """Files with earlier translations: TMX (`.tmx`) and catalogs (`.po`)."""
    trust_memory: bool = False
    """Whether the same text in the same context is taken from the memory as translated."""
    project: str = ""
    """`Project-Id-Version` of new catalogs."""


@dataclass(frozen=True, slots=True)
class SettingsFile:
    """A settings file as it was found: where, and what it says."""

    path: Path
    text: str
    values: Mapping[str, Any] = field(default_factory=dict)
    project: str = ""

    def problem(self, key: str, text: str) -> Problem:
        """A problem with `key`, at its line."""
        match = re.search(rf"^\s*[\"']?{re.escape(key)}[\"']?\s*=", self.text, re.MULTILINE)
        line = self.text.count("\n", 0, match.end()) + 1 if match else 0
        return Problem(self.path.name, line, 1 if line else 0, text)


def find_settings(start: Path) -> SettingsFile:
    """The settings file of the project that `start` lies in; `SettingsError` when there is none."""
    for folder in (start, *start.parents):
        for name in FILES:
            found = _read(folder / name)
            if found:
                return found
    problem = "no settings; put [tool.yiben] into pyproject.toml, or a yiben.toml beside your pages"
    raise SettingsError(Problem(str(start), 0, 0, problem))


def _read(path: Path) -> SettingsFile | None:
    """The settings in a file, `None` when it does not exist or is not about us."""
    if not path.is_file():
        return None
    text, values = read_toml(path.name, path.read_bytes())
    if path.name == "yiben.toml":
        return SettingsFile(path, text, values)
    about = values.get("project")
    project = str(about.get("name", "")) if isinstance(about, dict) else ""
    ours = values.get("tool", {}).get("yiben")
    return SettingsFile(path, text, ours, project) if isinstance(ours, dict) else None


def read_settings(file: SettingsFile) -> Settings:
    """The settings of a file, every value checked.

    Raises one `SettingsError` with all that is wrong: unknown keys and locales, wrong types, paths
    that leave the project.
    """
    known = [item.name for item in fields(Settings)]
    problems = [
        file.problem(key, f'unknown setting "{key}"; {_did_you_mean(key, known)}')
        for key in file.values
        if key not in known
    ]
    problems += [
        Problem(file.path.name, 0, 0, f'"{key}" is missing; name the {what}')
        for key, what in (
            ("source", "locale of the pages"),
            ("targets", "locales to translate into"),
        )
        if key not in file.values
    ]
    values: dict[str, Any] = {"project": file.project}
    for key in known:
        if key in file.values:
            try:
                values[key] = _READERS[key](file.values[key])
            except (ToolkitError, ValueError) as error:
                text = error.problems[0].text if isinstance(error, ToolkitError) else str(error)
                problems.append(file.problem(key, f"{key}: {text}"))
    if values.get("source") in values.get("targets", ()):
        problem = "names the source locale; pages are not translated into it"
        problems.append(file.problem("targets", f"targets: {problem}"))
    if problems:
        raise SettingsError(problems)
    return Settings(**values)


def _did_you_mean(word: str, known: list[str]) -> str:
    close = get_close_matches(word, known, n=1)
    return f'did you mean "{close[0]}"?' if close else f"known: {', '.join(known)}"


def _text(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError("write a text between quotes")
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ValueError(  # noqa: TRY004 - told as a setting's problem
            'write a list of texts, such as ["a", "b"]'
        )
    return tuple(_text(item) for item in value)


def _locale(value: object) -> Locale:
    return locale_of(_text(value))


def _locales(value: object) -> tuple[Locale, ...]:
    found = tuple(locale_of(tag) for tag in _texts(value))
    if not found:
        raise ValueError("name one locale at least")
    if len(set(found)) < len(found):
        raise ValueError("names a locale twice; once is enough")
    return found


def _inside(value: object) -> str:
    path = _text(value)
    if Path(path).is_absolute() or ".." in Path(path).parts:
        raise ValueError(f'"{path}" leaves the project; name a path inside it')
    return path


def _output(value: object) -> str:
    path = _inside(value)
    for name in _PLACEHOLDER.findall(path):
        if name not in _PLACEHOLDERS:
            raise ValueError(f"unknown {{{name}}}; use {{locale}}, {{path}} or {{stem}}")
    if "{locale}" not in path or not ("{path}" in path or "{stem}" in path):
        raise ValueError("needs {locale} and one of {path} and {stem}, to tell the pages apart")
    return path


def _dialect(value: object) -> str:
    return dialect_named(_text(value)).name


def _one_of(*allowed: str) -> Callable[[object], str]:
    def read(value: object) -> str:
        if value not in allowed:
            raise ValueError(f"{value!r} is not known; write one of {', '.join(allowed)}")
        return str(value)

    return read


def _patterns(value: object) -> tuple[str, ...]:
    for pattern in _texts(value):
        try:
            re.compile(pattern)
        except re.error as error:
            raise ValueError(f'"{pattern}" is no regular expression: {error}') from None
    return _texts(value)


def _wrap(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError("write a number of columns such as 79, or 0 for no wrapping")
    return value


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("write true or false")  # noqa: TRY004 - told as a setting's problem
    return value


def _percent(value: object) -> float:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or not 0 <= float(str(value)) <= 100:  # noqa: PLR2004 - percent
        raise ValueError("write a number from 0 to 100, or a table of them by locale")
    return float(str(value))


def _thresholds(value: object) -> float | Mapping[str, float]:
    if not isinstance(value, dict):
        return _percent(value)
    return {locale_of(tag).tag: _percent(share) for tag, share in value.items()}


def _notice(value: object) -> str | Mapping[str, str]:
    if not isinstance(value, dict):
        return _text(value)
    return {locale_of(tag).tag: _text(text) for tag, text in value.items()}


def _severities(value: object) -> Mapping[str, str]:
    # The checks are loaded only where a project says something of them.
    from toolkit.checks.families import CHECKS  # noqa: PLC0415

    if not isinstance(value, dict):
        raise ValueError('write a table, such as { number = "off" }')  # noqa: TRY004
    for name, word in value.items():
        if name not in CHECKS:
            raise ValueError(f'unknown check "{name}"; {_did_you_mean(name, list(CHECKS))}')
        _one_of("error", "warning", "off")(word)
    return value


def _file_of(*endings: str) -> Callable[[object], str]:
    def read(value: object) -> str:
        path = _inside(value)
        if not path.endswith(endings):
            raise ValueError(f'"{path}" has another ending than {" or ".join(endings)}')
        return path

    return read


_READERS: Mapping[str, Callable[[object], object]] = {
    "source": _locale,
    "targets": _locales,
    "content": _inside,
    "catalogs": _inside,
    "output": _output,
    "dialect": _dialect,
    "catalog": _one_of("page", "single"),
    "domain": _inside,
    "locations": lambda value: Locations(_one_of(*Locations)(value)),
    "wrap": _wrap,
    "front_matter": _texts,
    "shortcode_parameters": _texts,
    "site": _file_of(".yml", ".yaml"),
    "admonition_titles": _truth,
    "anchors": lambda value: Anchors(_one_of(*Anchors)(value)),
    "slugs": _one_of(*SLUGS),
    "links": _one_of("localize", "keep"),
    "assets": _one_of("copy", "link", "none"),
    "skip_below": _thresholds,
    "notice": _notice,
    "page_language": lambda value: tuple(_one_of("lang", "dir")(key) for key in _texts(value)),
    "allow": _texts,
    "opaque": _patterns,
    "exclude": _texts,
    "min_complete": _thresholds,
    "severity": _severities,
    "glossary": _file_of(".csv", ".toml"),
    "baseline": _file_of(".json"),
    "memory": lambda value: tuple(_file_of(".tmx", ".po")(path) for path in _texts(value)),
    "trust_memory": _truth,
    "project": _text,
}
