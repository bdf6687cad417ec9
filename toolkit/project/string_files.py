"""The files of strings that a project has, and the places of their localized copies."""

from __future__ import annotations

from pathlib import PurePosixPath
from posixpath import dirname, join, normpath, relpath
from typing import TYPE_CHECKING

from toolkit.language.names import spellings
from toolkit.project.generator_strings import is_hugo, lies_above_pages, lies_beside
from toolkit.project.output_pattern import filled
from toolkit.project.string_rules import string_output

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from toolkit.language.locale import Locale
    from toolkit.project.project import Project

_PASSED_OVER = frozenset({"node_modules", ".git"})


def string_files(project: Project) -> list[str]:
    """Return the files of strings in their order, without localized copies of others."""
    settings = project.settings
    found = {
        name
        for rule in settings.strings.rules
        for path in project.root.glob(rule.pattern)
        if path.is_file()
        and rule.fits(name := path.relative_to(project.root).as_posix())
        and _PASSED_OVER.isdisjoint(path.parts)
    }
    # A copy may be looked at as a source of further copies only where it is no copy itself.
    copies = {
        copy_name(project, name, locale) for name in found for locale in project.built_locales()
    }
    return sorted(name for name in found if name not in copies and name != settings.site)


def copy_name(project: Project, name: str, locale: Locale) -> str:
    """Return the place of a localized copy of a file of strings, below the root."""
    settings = project.settings
    rule = settings.strings.of(name)
    if rule is None:
        raise ValueError(f"{name} holds no strings")
    written = project.written(locale)
    below = project.name_below_content(name)
    if is_hugo(name) and not rule.output:
        folder = dirname(name).removesuffix("config/_default").rstrip("/")
        return join(folder, f"config/_default/languages.{written}.toml")
    if lies_beside(name) and not rule.output:
        path = PurePosixPath(name)
        return path.with_stem(f"{path.stem}.{written}").as_posix()
    inside = PurePosixPath(name).is_relative_to(settings.content)
    if inside and not rule.output and "{path}" in settings.output:
        return filled(settings.output, written, below)
    if not rule.output and lies_above_pages(name):
        folder = dirname(project.output_name("x.md", locale)) or "."
        place = normpath(join(folder, relpath(name, settings.content)))
        if written in PurePosixPath(place).parts[:-1]:
            return place
    return string_output(rule, name, frozenset(spellings(settings.source)), written)


def string_copies(
    project: Project, names: Iterable[str], locale: Locale
) -> Iterator[tuple[str, str]]:
    """Yield the files with the places of their copies in a locale, where these are others."""
    for name in names:
        copy = copy_name(project, name, locale)
        if copy != name and not project.leaves_out(name, locale):
            yield name, copy
