"""Dialects by name, ours and those that other packages register."""

from __future__ import annotations

from importlib import import_module

from toolkit.dialects.dialect import Dialect
from toolkit.language.phrases import did_you_mean
from toolkit.model.errors import Problem, SettingsError

GROUP = "yiben.dialects"
"""The entry-point group under which a package registers a `Dialect` value."""


_OURS = frozenset(
    "commonmark docusaurus gfm hugo kramdown mdbook mdx mkdocs myst mystmd quarto vitepress".split()
)
"""Found without asking the packages that are installed, which takes a while."""


def dialect_names() -> list[str]:
    """Every registered dialect, in alphabetical order."""
    from importlib.metadata import entry_points  # noqa: PLC0415 - slow, and seldom asked

    return sorted(_OURS | {entry.name for entry in entry_points(group=GROUP)})


def all_dialects() -> list[Dialect]:
    """Every dialect that can be named, ours and those of other packages."""
    return [dialect_named(name) for name in dialect_names()]


def dialect_named(name: str) -> Dialect:
    """The dialect registered under `name`; `SettingsError` when there is none."""
    if name in _OURS:
        return _checked(name, import_module(f"{__name__}.{name}").DIALECT)
    from importlib.metadata import entry_points  # noqa: PLC0415 - slow, and seldom asked

    for entry in entry_points(group=GROUP, name=name):
        return _checked(name, entry.load())
    hint = did_you_mean(name, dialect_names())
    raise SettingsError(Problem("", 0, 0, f'unknown dialect "{name}"; {hint}'))


def module_of(name: str) -> str:
    """The module that another package has a dialect in; empty for a dialect of ours."""
    if name in _OURS:
        return ""
    from importlib.metadata import entry_points  # noqa: PLC0415 - slow, and seldom asked

    return next((entry.module for entry in entry_points(group=GROUP, name=name)), "")


def _checked(name: str, value: object) -> Dialect:
    if isinstance(value, Dialect):
        return value
    problem = f'dialect "{name}": the object registered under this name is not a Dialect'
    raise SettingsError(Problem("", 0, 0, problem))
