"""Read the languages of a Hugo site, and the places of their pages, from its configuration.

Sources are Hugo's documentation, "Configuration" and "Multilingual mode": one file in TOML, YAML or
JSON, or a folder `config/_default` with a file for each part of it. Names count in any case.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from toolkit.commands.init.layout import Layout, joined
from toolkit.language.locale import locale_of
from toolkit.language.names import spellings
from toolkit.model.document import Document
from toolkit.model.errors import SettingsError, ToolkitError
from toolkit.reading.hugo_settings import hugo_values

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_FOLDER = "config/_default"
_ENDINGS = frozenset({"toml", "yaml", "yml", "json"})
_OF_HUGO = frozenset(
    "baseurl contentdir defaultcontentlanguage disablekinds languagecode permalinks "
    "taxonomies".split()
)
"""Keys that a file named `config` has only where it is Hugo's."""


def hugo(root: Path, name: str, text: str) -> Layout | None:
    """A file of Hugo's configuration."""
    found = site_of(root, name, text)
    if not found:
        return None
    folder, site = found
    content, output, made = (
        joined(f"{folder}/x", path) for path in (site.content, site.output, "public")
    )
    resources = joined(f"{folder}/x", "resources")
    return Layout(
        name,
        "hugo",
        content,
        output,
        source=site.source,
        targets=site.targets,
        ignored=(made, resources),
    )


class Site(NamedTuple):
    """The places of a site's pages, below the folder of its configuration."""

    content: str
    output: str
    source: str
    targets: tuple[str, ...]


def site_of(root: Path, name: str, text: str) -> tuple[str, Site] | None:
    """The site that the file `name` is the configuration of, and the folder it lies in."""
    folder, _, file = name.rpartition("/")
    if file.rpartition(".")[2] not in _ENDINGS:
        return None
    values: dict[str, Any] = {}
    if folder.endswith(_FOLDER):
        folder = folder.removesuffix(_FOLDER).rstrip("/")
    else:
        values = _read(name, text)
        if file.startswith("config.") and not _OF_HUGO & values.keys():
            return None
    for part, found in _parts(root / folder / _FOLDER):
        key, _, language = part.partition(".")
        if key in {"hugo", "config"}:
            values = {**found, **values}
        elif language:
            # `languages.de.toml` speaks of one of them.
            known = _table(values, key)
            values[key] = {**known, language: {**_table(known, language), **found}}
        else:
            values[key] = {**found, **_table(values, key)}
    return folder, _site(root / folder, values)


def _parts(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """The parts of a configuration by the names of their files."""
    for path in sorted(folder.glob("*.*")):
        stem, _, ending = path.name.rpartition(".")
        if ending in _ENDINGS:
            yield stem.lower(), _read(path.name, path.read_bytes().decode("utf-8-sig", "replace"))


def _read(name: str, text: str) -> dict[str, Any]:
    """The values of a file, their names in lower case; none where it cannot be read."""
    with suppress(ToolkitError):
        return _lowered(hugo_values(Document(name, text)))
    return {}


def _lowered(value: object) -> dict[str, Any]:
    """A table whose names, and those of the tables in it, are in lower case."""
    pairs = value.items() if isinstance(value, dict) else ()
    return {
        str(key).lower(): _lowered(inner) if isinstance(inner, dict) else inner
        for key, inner in pairs
    }


def _table(values: Mapping[str, Any], key: str) -> dict[str, Any]:
    found = values.get(key)
    return found if isinstance(found, dict) else {}


def _site(root: Path, values: Mapping[str, Any]) -> Site:
    languages = _languages(values)
    named = str(values.get("defaultcontentlanguage") or "").lower()
    default = named
    if not default:
        default = "en" if "en" in languages or not languages else next(iter(languages))
    common = str(values.get("contentdir") or "content").strip("/")
    places = {tag: folder for tag, folder in languages.items() if folder}
    content = places.get(default, common)
    if default not in places and (root / common / default).is_dir():
        content = f"{common}/{default}"
    source = default if named or languages else ""
    others = {tag: folder for tag, folder in languages.items() if tag != default}
    found = _pattern(content, default, {**others, **places})
    if found:
        return Site(content, found.output, source, tuple(map(found.names.__getitem__, others)))
    return Site(content, f"{content}/{{stem}}.{{locale}}.md", source, tuple(others))


def _languages(values: Mapping[str, Any]) -> dict[str, str]:
    """The folder of each language's pages, or nothing where it has none, the weightiest first."""
    tables = {tag: one for tag, one in _table(values, "languages").items() if isinstance(one, dict)}
    mounted = _mounted(values)
    tables = {**{tag: {} for tag in mounted}, **tables}
    return {
        tag: str(tables[tag].get("contentdir") or mounted.get(tag, "")).strip("/")
        for tag in sorted(tables, key=lambda tag: _weight(tables[tag]))
        if not tables[tag].get("disabled")
    }


def _weight(language: Mapping[str, Any]) -> float:
    weight = language.get("weight")
    return weight if isinstance(weight, int | float) and weight else float("inf")


def _mounted(values: Mapping[str, Any]) -> dict[str, str]:
    """The folders that `module.mounts` puts in the place of a language's pages."""
    mounts = _table(values, "module").get("mounts")
    return {
        str(mount["lang"]).lower(): str(mount["source"])
        for mount in (mounts if isinstance(mounts, list) else ())
        if isinstance(mount, dict) and mount.get("lang") and mount.get("target") == "content"
        if "source" in mount
    }


class _Pattern(NamedTuple):
    """The output pattern of a site, and how its folders name each language."""

    output: str
    names: Mapping[str, str]


def _pattern(content: str, default: str, places: Mapping[str, str]) -> _Pattern | None:
    """The pattern where each language's folder is named by it, in any spelling; else nothing.

    The languages of a folder that is no tag (`content/cn`) keep their own.
    """
    named = list(re.finditer(rf"(?<!\w){re.escape(default)}(?!\w)", content))
    if not named:
        return None
    start, end = named[-1].span()
    head, tail = content[:start], content[end:]
    names = {
        tag: folder[len(head) : len(folder) - len(tail)] if folder else tag
        for tag, folder in places.items()
    }
    if any(
        folder not in {"", f"{head}{names[tag]}{tail}"} or not _names(names[tag], tag)
        for tag, folder in places.items()
    ):
        return None
    return _Pattern(f"{head}{{locale}}{tail}/{{path}}", names)


def _names(name: str, tag: str) -> bool:
    """Whether a folder's name is a tag of a language that another tag names as well."""
    if name == tag:
        return True
    try:
        locale = locale_of(tag)
        return locale_of(name).language == locale.language and name in spellings(locale)
    except SettingsError:
        return False
