"""The project's settings: `[tool.yiben]` in `pyproject.toml`, or the same keys in `yiben.toml`."""

from __future__ import annotations

from functools import cache
from posixpath import splitext
from typing import TYPE_CHECKING

from toolkit.dialects import dialect_named
from toolkit.dialects.dialect import OwnSyntax
from toolkit.project.page_rules import PageRules, fits
from toolkit.project.setting_fields import DIALECT, REVISION_KEYS, Anchors, SettingFields

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.dialects.dialect import CodePart, Dialect
    from toolkit.language.locale import Locale

__all__ = ["REVISION_KEYS", "Anchors", "Settings"]


class Settings(SettingFields):
    """The settings of a project, with what they say of a page or a locale."""

    __slots__ = ()

    def holds_strings(self, name: str) -> bool:
        """Whether a file, by its place below the root, holds strings and is no page."""
        return bool(name) and (name == self.site or self.strings.of(name) is not None)

    def allowed(self, locale: Locale | None = None) -> tuple[str, ...]:
        """Return what translations into a locale may add; without one, into every locale."""
        prefix = self.prefix_of(locale) if locale else ""
        prefixes = (prefix,) if prefix else ()
        if isinstance(self.allow, tuple):
            return (*self.allow, *prefixes)
        own = self.allow.get(locale.tag, ()) if locale else ()
        return (*self.allow.get("*", ()), *own, *prefixes)

    def excludes(self, page: str, locale: Locale | None = None) -> bool:
        """Whether a page below `content` is left out in a locale; without one, in all."""
        if isinstance(self.exclude, tuple):
            patterns = self.exclude
        else:
            own = self.exclude.get(locale.tag, ()) if locale else ()
            patterns = (*self.exclude.get("*", ()), *own)
        return any(fits(pattern, page) for pattern in patterns)

    def patterns(self) -> Iterator[tuple[str, str]]:
        """Return the patterns of pages in the settings, each with its key."""
        excluded = [self.exclude] if isinstance(self.exclude, tuple) else self.exclude.values()
        yield from (("exclude", one) for patterns in excluded for one in patterns)
        yield from (("dialect", one) for one in self.dialect if not isinstance(self.dialect, str))
        for key in ("code", "skip", "skip_below", "min_complete", "severity"):
            rules: PageRules[object] = getattr(self, key)
            yield from ((key, one) for one in rules.patterns())

    def named_locales(self) -> Iterator[tuple[str, str]]:
        """Return the tags of locales that settings hold for alone, each with its key."""
        for key in ("skip_below", "min_complete"):
            rules: PageRules[float] = getattr(self, key)
            yield from ((key, tag) for tag in sorted(rules.names()))
        for key in ("exclude", "allow", "link_prefix"):
            value = getattr(self, key)
            tags = value if isinstance(value, dict) else ()
            yield from ((key, tag) for tag in tags if tag != "*")

    def left_out(self, page: str) -> tuple[str, ...]:
        """Return the kinds of texts that are left out of a page below `content`."""
        return self.skip.of(page, "") or ()

    def _code_of(self, page: str) -> tuple[tuple[str, CodePart], ...]:
        """The parts of code that are translated in a page, by language; `*` means all others."""
        names = {"*": "", **{name: name for name in sorted(self.code.names())}}
        found = {language: self.code.of(page, name) for language, name in names.items()}
        return tuple((language, part) for language, part in found.items() if part)

    def prefix_of(self, locale: Locale) -> str:
        """Return what root paths start with in a locale; empty where they stay as they are."""
        if isinstance(self.link_prefix, str):
            is_source = locale == self.source
            return "" if is_source else self.link_prefix.format(locale=locale.written)
        return self.link_prefix.get(locale.tag, "")

    def dialect_of(self, page: str) -> Dialect:
        """The dialect of a page below `content`; with `""` that of most pages."""
        own = OwnSyntax(
            self.shortcode_parameters,
            self.directives,
            self.opaque,
            self._code_of(page),
            self.extensions,
            self.optional_parameters,
            self.raw_shortcodes,
        )
        return _dialect_with(self._dialect_name(page), own, splitext(page)[1])

    def _dialect_name(self, page: str) -> str:
        if isinstance(self.dialect, str):
            return self.dialect
        if not page:
            return self.dialect.get("*") or next(iter(self.dialect.values()))
        found = (name for glob, name in self.dialect.items() if fits(glob, page))
        return next(found, DIALECT)


@cache
def _dialect_with(name: str, own: OwnSyntax, ending: str) -> Dialect:
    """A dialect for files of an ending, with what a project says of its syntax and code."""
    return dialect_named(name).for_file(f"x{ending}").configured(own)
