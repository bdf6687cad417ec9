"""The values of settings as they are read: each reader gives the value or says what is wrong.

A reader raises `ValueError` with what to write instead, or a `ToolkitError` of its own.
"""

from __future__ import annotations

import re
from pathlib import Path
from posixpath import normpath
from typing import TYPE_CHECKING
from warnings import catch_warnings, simplefilter

from toolkit.language.locale import Locale, locale_of
from toolkit.language.phrases import alternatives
from toolkit.model.errors import ToolkitError
from toolkit.model.expressions import late
from toolkit.project.output_pattern import check_braces, check_pattern, names_in

if TYPE_CHECKING:
    from collections.abc import Callable

_CONTROL = late(r"[\x00-\x1f\x7f\x85\u2028\u2029]")
_CONTROLS = {"\0": "a NUL", "\n": "a line feed", "\r": "a carriage return", "\t": "a tab"}


class KeyedError(ValueError):
    """Describe a problem below a key of a setting's table."""

    def __init__(self, key: str, error: Exception) -> None:
        below = error.keys if isinstance(error, KeyedError) else ()
        self.keys: tuple[str, ...] = (key, *below)
        text = error.problems[0].text if isinstance(error, ToolkitError) else str(error)
        super().__init__(text)


def text_of(value: object) -> str:
    """A text that is not empty."""
    if not isinstance(value, str) or not value:
        raise ValueError("write a string in quotes")
    return value


def texts_of(value: object) -> tuple[str, ...]:
    """A list of texts."""
    if not isinstance(value, list):
        raise ValueError(  # noqa: TRY004 - told as a setting's problem
            'write a list of strings, such as ["a", "b"]'
        )
    return tuple(text_of(item) for item in value)


def key_paths_of(value: object) -> tuple[str, ...]:
    """A list of front matter keys, one at least, with dots between those of a path."""
    keys = texts_of(value)
    if not keys or not all(re.fullmatch(r"[\w-]+(?:\.[\w-]+)?", key) for key in keys):
        raise ValueError('write a list of keys such as ["source_commit", "l10n.sourceCommit"]')
    return keys


def locale(value: object) -> Locale:
    """A locale by its tag."""
    return locale_of(text_of(value))


def locales(value: object) -> tuple[Locale, ...]:
    """Locales, each once."""
    found = tuple(locale_of(tag) for tag in texts_of(value))
    if not found:
        raise ValueError("name at least one locale")
    if len(set(found)) < len(found):
        raise ValueError("names a locale twice; once is enough")
    return found


def line_of(value: object) -> str:
    """A text of one line, without control characters."""
    text = text_of(value)
    control = _CONTROL.search(text)
    if control:
        what = _CONTROLS.get(control[0], f"the control character U+{ord(control[0]):04X}")
        raise ValueError(f"holds {what}; write one line without it")
    return text


def path_inside(value: object) -> str:
    """A path that stays in the project."""
    path = line_of(value)
    if Path(path).is_absolute() or ".." in Path(path).parts:
        raise ValueError(f'"{path}" leaves the project; name a path inside it')
    return path


def folder_inside(value: object) -> str:
    """A folder that stays in the project, in its shortest form."""
    return normpath(path_inside(value))


def part_name(value: object) -> str:
    """The name of a part of a project, which may be that of a folder."""
    name = normpath(path_inside(value))
    if re.search(r"[{}]", name):
        raise ValueError(f'"{name}" has a brace; write a plain name')
    return name


def output(value: object) -> str:
    """A pattern for the places of localized pages."""
    path = normpath(path_inside(value))
    check_pattern(path)
    return path


def site(value: object) -> str:
    """The settings file of a site: MkDocs', ProperDocs' or Zensical's."""
    path = path_inside(value)
    if path.endswith(".toml") and path.rpartition("/")[2].startswith("zensical"):
        return path
    return file_of(".yml", ".yaml")(value)


def site_output(value: object) -> str:
    """A pattern for the places of localized settings of a site."""
    path = file_of(".yml", ".yaml", ".toml")(value)
    check_braces(path)
    if names_in(path) != ["locale"] or "/" in path.partition("{")[2]:
        raise ValueError('needs {locale} in the name of the file, such as "mkdocs.{locale}.yml"')
    return path


def one_of(*allowed: str) -> Callable[[object], str]:
    """A reader of one of some words."""

    def read(value: object) -> str:
        if value not in allowed:
            said = f'"{value}"' if isinstance(value, str) else repr(value)
            raise ValueError(f"{said} is not allowed; write one of {', '.join(allowed)}")
        return str(value)

    return read


def patterns(value: object) -> tuple[str, ...]:
    """Regular expressions that can stand beside others in one."""
    return tuple(_pattern(text, number) for number, text in enumerate(texts_of(value)))


def _pattern(text: str, number: int) -> str:
    """A pattern whose flags and names of groups are its own."""
    try:
        with catch_warnings():
            simplefilter("ignore", FutureWarning)
            re.compile(text)
    except (re.error, RecursionError, OverflowError) as error:
        raise ValueError(f'"{text}" is not a valid regular expression: {error}') from None
    if _counts_groups(text):
        raise ValueError(
            f'"{text}" refers to a group by number; name it, (?P<name>…), and refer to (?P=name)'
        )
    scoped = _FLAGS.sub("", text)
    flags = "".join(_FLAGS.findall(text)[:1])
    # A comment of a verbose pattern ends with its line.
    end = "\n)" if "x" in flags else ")"
    return _NAMED.sub(rf"\g<0>own{number}_", f"(?{flags}:{scoped}{end}" if flags else text)


def _counts_groups(text: str) -> bool:
    escaped = (match[1] for match in re.finditer(r"\\(.)", text, re.DOTALL))
    return any("1" <= mark <= "9" for mark in escaped) or "(?(1" in text


_FLAGS = late(r"\A\(\?([aimsux]+)\)")
"""Flags for a whole pattern; among others they count for that part alone."""
_NAMED = late(r"(?<!\\)\(\?(?:P<(?![=!])|P=|\((?=[A-Za-z_]))")
"""The prefix before the name of a group."""


def wrap(value: object) -> int:
    """Display cells of a line, 0 for any number."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError("write a number of columns such as 79, or 0 for no wrapping")
    return value


def truth(value: object) -> bool:
    """Yes or no."""
    if not isinstance(value, bool):
        raise ValueError("write true or false")  # noqa: TRY004 - told as a setting's problem
    return value


def percent_of(value: object) -> float:
    """A share from 0 to 100, of a setting that may also be a table."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or not 0 <= float(str(value)) <= 100:  # noqa: PLR2004 - percent
        raise ValueError("write a number from 0 to 100, or a table of them by locale or pages")
    return float(str(value))


def contexts(value: object) -> str | tuple[str, ...]:
    """`never`, `auto`, or the kinds of texts that differ from all others."""
    if isinstance(value, str):
        return one_of("never", "auto")(value)
    kinds = texts_of(value)
    for kind in kinds:
        if not re.fullmatch(r"[A-Za-z][\w -]*", kind):
            raise ValueError(f'"{kind}" is not a kind of text such as "heading" or "button"')
    return kinds or "auto"


def percent(value: object) -> float:
    """A share from 0 to 100."""
    try:
        return percent_of(value)
    except ValueError:
        raise ValueError("write a number from 0 to 100") from None


def trailer(value: object) -> str:
    """A trailer of commits."""
    text = line_of(value)
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*: \S.*", text):
        raise ValueError('write a key and a value such as "Translations: unaffected"')
    return text


def file_of(*endings: str) -> Callable[[object], str]:
    """A reader of a path with one of some endings."""

    def read(value: object) -> str:
        path = path_inside(value)
        if not path.endswith(endings):
            raise ValueError(f'"{path}" must end in {alternatives(endings)}')
        return path

    return read
