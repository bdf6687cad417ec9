"""Rules for files of strings next to the pages: what is translated, where copies go."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import PurePosixPath
from posixpath import normpath
from typing import TYPE_CHECKING, NamedTuple

from toolkit.language.phrases import alternatives
from toolkit.model.expressions import late
from toolkit.project import setting_values as read
from toolkit.project.generator_strings import language_of_known, paths_of_known
from toolkit.project.output_pattern import check_names
from toolkit.reading.strings import ENDINGS, can_hold_strings
from toolkit.reading.strings.key_paths import KeyPaths

if TYPE_CHECKING:
    from collections.abc import Collection

_PARTS = late(r"(\*\*/|\*\*|\*|\?)")
_GLOBS = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
_SITE = late(r"(?:[^*?]*/)?(?:(?:mkdocs|properdocs)[^/*?]*\.ya?ml|zensical[^/*?]*\.toml)")
_HOLDS_STRINGS = late(r"(?:[^*?]*/)?(?:_quarto|_config|myst)\.ya?ml")
"""Settings of sites whose texts are those of a file of strings."""
_TABLE = frozenset({"keys", "output", "language"})
_PLACEHOLDERS = ("locale", "path", "folder", "name", "stem")


class StringRule(NamedTuple):
    """Files of strings by a pattern below the root."""

    pattern: str
    """The pattern as in shells: `*` stays in a folder, `**` does not."""
    keys: tuple[str, ...] = ()
    """The key paths of what is translated; none for what is known of files with such names."""
    output: str = ""
    """The place of a localized copy; empty for where such files are looked for."""
    language: str = ""
    """The key whose value becomes the locale; mostly none."""

    def fits(self, name: str) -> bool:
        """Whether a file below the root is among them."""
        return bool(_expression(self.pattern).fullmatch(name)) and can_hold_strings(name)

    def language_in(self, name: str) -> KeyPaths:
        """The key path of the locale in one of its files; mostly none."""
        key = self.language or language_of_known(name)
        return KeyPaths.parse((key,) if key else ())

    def paths_in(self, name: str) -> KeyPaths:
        """The key paths for one of its files."""
        return KeyPaths.parse(self.keys or paths_of_known(name))


@cache
def _expression(pattern: str) -> re.Pattern[str]:
    pieces = _PARTS.split(pattern)
    pieces[::2] = map(re.escape, pieces[::2])
    pieces[1::2] = (_GLOBS[piece] for piece in pieces[1::2])
    return re.compile("".join(pieces))


@dataclass(frozen=True, slots=True)
class StringRules:
    """All such files of a project; the first pattern that fits a file counts."""

    rules: tuple[StringRule, ...] = field(default=())

    def of(self, name: str) -> StringRule | None:
        """The rule for a file; `None` for one that holds no strings."""
        return next((rule for rule in self.rules if rule.fits(name)), None)

    def with_known(self, patterns: tuple[str, ...]) -> StringRules:
        """Return these and files of which the names tell everything."""
        return StringRules((*self.rules, *map(StringRule, patterns)))


def string_rules(value: object) -> StringRules:
    """The value of the setting; raises `ValueError` for what is none."""
    if not isinstance(value, dict):
        raise ValueError(  # noqa: TRY004 - told as a setting's problem
            'write a table, such as { "data/*.yaml" = ["title", "items.*.text"] }'
        )
    rules = []
    for pattern, item in value.items():
        try:
            rules.append(_rule(pattern, item))
        except ValueError as error:
            raise read.KeyedError(pattern, error) from None
    return StringRules(tuple(rules))


def _rule(pattern: str, value: object) -> StringRule:
    path = pattern_of(pattern)
    if not isinstance(value, dict):
        return StringRule(path, _keys(value))
    unknown = sorted(value.keys() - _TABLE)
    if unknown:
        raise ValueError(f'unknown key "{unknown[0]}"; use keys, output or language')
    output = value.get("output", "")
    return StringRule(
        path,
        _keys(value["keys"]) if "keys" in value else (),
        _output(output) if output else "",
        read.text_of(value["language"]) if "language" in value else "",
    )


@dataclass(frozen=True, slots=True)
class SiteFiles:
    """The files of a site's own texts."""

    settings: str = ""
    """The settings of MkDocs or a relative; empty where there are none."""
    strings: tuple[str, ...] = ()
    """Patterns for files of strings."""


def site_files(value: object) -> SiteFiles:
    """The value of the setting `site`: a file, or a list with patterns for files of strings."""
    if isinstance(value, str):
        if _HOLDS_STRINGS.fullmatch(value):
            return SiteFiles("", (pattern_of(value),))
        return SiteFiles(read.site(value))
    names = read.texts_of(value)
    settings = [name for name in names if _is_settings(name)]
    if len(settings) > 1:
        raise ValueError(f'"{settings[1]}" would be a second site; use a [[part]] for it')
    own = read.site(settings[0]) if settings else ""
    return SiteFiles(own, tuple(pattern_of(name) for name in names if name not in settings))


def _is_settings(name: str) -> bool:
    return bool(_SITE.fullmatch(name))


def pattern_of(value: object) -> str:
    """A pattern for files of strings."""
    path = normpath(read.path_inside(value))
    if not can_hold_strings(path):
        raise ValueError(f'"{path}" must end in {alternatives(ENDINGS)}')
    return path


def _keys(value: object) -> tuple[str, ...]:
    keys = read.texts_of(value)
    KeyPaths.parse(keys)
    return keys


def _output(value: object) -> str:
    path = normpath(read.path_inside(value))
    check_names(path, _PLACEHOLDERS)
    if "{locale}" not in path:
        raise ValueError("needs {locale}, to keep languages apart")
    return path


def string_output(rule: StringRule, name: str, source: Collection[str], locale: str) -> str:
    """The place of a localized copy of `name`.

    `source` has the spellings of the source's locale, `locale` is the target's. A copy lies where
    the source's locale in the path is the target's; else beside, in a folder of the locale.
    """
    path = PurePosixPath(name)
    if rule.output:
        folder = path.parent.as_posix()
        place = rule.output.format(
            locale=locale, path=name, folder=folder, name=path.name, stem=path.stem
        )
        return normpath(place)
    return _swapped(path, source, locale) or _beside(path, locale)


def _swapped(path: PurePosixPath, source: Collection[str], locale: str) -> str:
    """The path with the source's locale in a folder or the name made the target's."""
    parts = list(path.parts)
    for number, part in enumerate(parts[:-1]):
        if part in source:
            parts[number] = locale
            return "/".join(parts)
    stem, _, tag = path.stem.rpartition(".")
    if path.stem in source:
        return path.with_stem(locale).as_posix()
    return path.with_stem(f"{stem}.{locale}").as_posix() if stem and tag in source else ""


def _beside(path: PurePosixPath, locale: str) -> str:
    """`data/fr/titles.yaml` for `data/titles.yaml`, `params.fr.toml` for `params.toml`."""
    top, *rest = path.parts
    if not rest:
        return path.with_stem(f"{path.stem}.{locale}").as_posix()
    return "/".join((top, locale, *rest))
