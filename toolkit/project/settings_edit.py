"""Edits of the settings file that change what is asked for and not a character more."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any

from toolkit.language.locale import locale_of
from toolkit.model.errors import Problem, SettingsError, ToolkitError
from toolkit.project.settings_files import FILES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from toolkit.language.locale import Locale
    from toolkit.project.settings_on_disk import SettingsFile

_TARGETS = re.compile(r"(?m)^([ \t]*targets[ \t]*=[ \t]*\[)([^\]]*)(\])")
_ITEM = re.compile(r"""[ \t]*(?:"([^"\n]*)"|'([^'\n]*)')[ \t]*(,?)""")
_KEY = re.compile(
    r"""(?P<start>(?:^|[{,.\[])[ \t]*)(?P<quote>["']?)(?P<key>[A-Za-z][\w-]*)(?P=quote)"""
    r"""(?=[ \t]*(?:=|\]|\.[^\d]))""",
    re.MULTILINE,
)


def renamed_locale(file: SettingsFile, old: Locale, new: Locale) -> str:
    """Return the text of a settings file in which a target and the keys about it have a new tag.

    Raises `SettingsError` where it is written in a way that cannot be edited safely.
    """

    def item(match: re.Match[str]) -> str:
        return match[0].replace(match[1] or match[2], new.tag) if _is(match, old) else match[0]

    def key(match: re.Match[str]) -> str:
        if not _names(match["key"], old):
            return match[0]
        return f"{match['start']}{match['quote']}{new.tag}{match['quote']}"

    text = _TARGETS.sub(lambda found: found[1] + _ITEM.sub(item, found[2]) + found[3], file.text)
    text = _KEY.sub(key, text)
    return _checked(file, text, _renamed(_ours(file, file.text), old, new))


def without_locale(file: SettingsFile, old: Locale) -> str:
    """Return the text of a settings file whose targets lack a locale.

    Raises `SettingsError` where it is the only one, or cannot be taken out safely.
    """

    def items(found: re.Match[str]) -> str:
        kept = _ITEM.sub(lambda match: "" if _is(match, old) else match[0], found[2])
        return found[1] + re.sub(r",[ \t]*\Z", "", kept.lstrip(" ")) + found[3]

    text = _TARGETS.sub(items, file.text)
    wanted = _without(_ours(file, file.text), old)
    return _checked(file, text, wanted)


def _checked(file: SettingsFile, text: str, wanted: Mapping[str, Any]) -> str:
    """The text, if it says what is wanted and nothing else changed."""
    try:
        same = _ours(file, text) == wanted and _rest(file, text) == _rest(file, file.text)
    except (tomllib.TOMLDecodeError, AttributeError):
        same = False
    if not same:
        problem = "the list of targets cannot be edited here; change it by hand, then try again"
        raise SettingsError(file.problem("targets", problem))
    return text


def _ours(file: SettingsFile, text: str) -> dict[str, Any]:
    values = tomllib.loads(text)
    return values if file.path.name == FILES[0] else dict(values["tool"]["yiben"])


def _rest(file: SettingsFile, text: str) -> dict[str, Any]:
    """The parts of a file that are not ours."""
    if file.path.name == FILES[0]:
        return {}
    values = tomllib.loads(text)
    values["tool"].pop("yiben")
    return values


def _renamed(value: Any, old: Locale, new: Locale, name: str = "") -> Any:  # noqa: ANN401 - TOML
    if isinstance(value, dict):
        return {
            new.tag if _names(key, old) else key: _renamed(one, old, new, key)
            for key, one in value.items()
        }
    if isinstance(value, list):
        if name == "targets":
            return [new.tag if _names(str(one), old) else one for one in value]
        return [_renamed(one, old, new) for one in value]
    return value


def _without(values: dict[str, Any], old: Locale) -> dict[str, Any]:
    def left(found: list[str]) -> list[str]:
        return [one for one in found if not _names(one, old)]

    wanted = dict(values)
    if "targets" in wanted:
        wanted["targets"] = left(wanted["targets"])
    if "part" in wanted:
        wanted["part"] = [
            {**one, "targets": left(one["targets"])} if "targets" in one else one
            for one in wanted["part"]
        ]
    return wanted


def _is(match: re.Match[str], locale: Locale) -> bool:
    return _names(match[1] or match[2] or "", locale)


def _names(text: str, locale: Locale) -> bool:
    """Whether a text is the tag of a locale, however it is spelled."""
    try:
        return bool(text) and locale_of(text) == locale
    except ToolkitError:
        return False


def only_target(name: str, locale: Locale) -> SettingsError:
    """Return the error for a project that would be left without a target."""
    text = f'"{locale.tag}" is the only target; a project needs one'
    return SettingsError(Problem(name, 0, 0, text))
