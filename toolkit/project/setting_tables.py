"""Settings that may be tables: by pages, by locales, by names of checks or languages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from toolkit.dialects import dialect_named
from toolkit.dialects.dialect import CodePart
from toolkit.language.locale import locale_of
from toolkit.language.phrases import did_you_mean
from toolkit.model.errors import ToolkitError
from toolkit.model.units import Kind
from toolkit.project.page_rules import PageRule, PageRules, is_glob
from toolkit.project.setting_values import KeyedError, one_of, percent_of, text_of, texts_of
from toolkit.reading.left_out import NAMES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_Value = TypeVar("_Value")


def dialect(value: object) -> str | Mapping[str, str]:
    """A dialect's name, or names by glob patterns."""
    if not isinstance(value, dict):
        return dialect_named(text_of(value)).name
    if not value:
        raise ValueError('write a table, such as { "blog/*" = "gfm", "*" = "mkdocs" }')
    found = {}
    for glob, name in value.items():
        try:
            found[glob] = dialect_named(text_of(name)).name
        except (ToolkitError, ValueError) as error:
            raise KeyedError(glob, error) from None
    return found


def code(value: object) -> PageRules[CodePart]:
    """The parts of code that are translated, for all languages, by language and by pages."""
    return _page_rules(value, lambda part: CodePart(one_of(*CodePart)(part)), str.lower)


def kinds_left_out(value: object) -> PageRules[tuple[str, ...]]:
    """Kinds of texts, for all pages or by glob patterns."""
    return _page_rules(value, _kinds, _no_name)


def _kinds(value: object) -> tuple[str, ...]:
    known = [*Kind, NAMES]
    for name in texts_of(value):
        if name not in known:
            raise ValueError(f'unknown kind "{name}"; {did_you_mean(name, known)}')
    return tuple(sorted(set(texts_of(value))))


def _no_name(key: str) -> str:
    raise ValueError(f'"{key}" is not a pattern of pages; write "{key}/" for a folder')


def thresholds(value: object) -> PageRules[float]:
    """Percent, for all pages, or by locale and glob patterns."""
    return _page_rules(value, percent_of, lambda tag: locale_of(tag).tag)


def _page_rules(
    value: object,
    read: Callable[[object], _Value],
    name_of: Callable[[str], str],
    outer: PageRule[str] | None = None,
) -> PageRules[_Value]:
    """The rules in a table whose keys are names or patterns, and whose values may be tables."""
    place = outer or PageRule("")
    if not isinstance(value, dict) or (place.glob and place.name):
        return PageRules((PageRule(read(value), place.glob, place.name),))
    rules: list[PageRule[_Value]] = []
    for key, inner in value.items():
        try:
            found = _placed_below(place, key, name_of)
            rules += _page_rules(inner, read, name_of, found).rules
        except (ToolkitError, ValueError) as error:
            raise KeyedError(key, error) from None
    return PageRules(tuple(rules))


def _placed_below(outer: PageRule[str], key: str, name_of: Callable[[str], str]) -> PageRule[str]:
    """The place of a key inside the place of its table."""
    if outer.glob and key == "*":
        # What a folder says of everything else in it.
        return outer._replace(name="")
    mine = outer._replace(glob=key) if is_glob(key) else outer._replace(name=name_of(key))
    if (outer.glob or outer.name) and not (mine.glob and mine.name):
        raise ValueError("is nested too deeply; write one level of pages and one of names")
    return mine


def allowance(value: object) -> tuple[str, ...] | Mapping[str, tuple[str, ...]]:
    """A list of strings, for all locales or by locale; `*` stands for all."""
    if not isinstance(value, dict):
        return texts_of(value)
    return {tag if tag == "*" else locale_of(tag).tag: texts_of(own) for tag, own in value.items()}


def exclusions(value: object) -> tuple[str, ...] | Mapping[str, tuple[str, ...]]:
    """Patterns of pages, for all locales or by locale; `*` stands for all."""
    if not isinstance(value, dict):
        return texts_of(value)
    found = {}
    for tag, own in value.items():
        try:
            found[tag if tag == "*" else locale_of(tag).tag] = texts_of(own)
        except (ToolkitError, ValueError) as error:
            raise KeyedError(tag, error) from None
    return found


def link_prefix(value: object) -> str | Mapping[str, str]:
    """The start of root paths, for all locales with `{locale}`, or by locale."""
    if isinstance(value, dict):
        return {locale_of(tag).tag: _root_path(text) for tag, text in value.items()}
    text = _root_path(value)
    if text and "{locale}" not in text:
        raise ValueError('needs {locale}, such as "/{locale}"')
    return text


def _root_path(value: object) -> str:
    text = text_of(value)
    if text and not re.fullmatch(r"/(?:[\w.-]|\{locale\})+(?:/(?:[\w.-]|\{locale\})+)*/?", text):
        raise ValueError(f'"{text}" is not a path from the root of a site, such as "/{{locale}}"')
    return text.rstrip("/")


def severities(value: object) -> PageRules[str]:
    """Severities by the names of checks and by glob patterns."""
    if not isinstance(value, dict):
        raise ValueError('write a table, such as { number = "off" }')  # noqa: TRY004
    return _page_rules(value, one_of("error", "warning", "off"), _check_name)


def _check_name(name: str) -> str:
    # The checks are loaded only where a project says something of them.
    from toolkit.checks.families import CHECKS  # noqa: PLC0415

    if name not in CHECKS:
        raise ValueError(f'unknown check "{name}"; {did_you_mean(name, list(CHECKS))}')
    return name
