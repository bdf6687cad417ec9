"""A catalog as the checks see it, and its translations as plain text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from toolkit.catalogs.glossary import Glossary

if TYPE_CHECKING:
    from toolkit.dialects.dialect import Dialect
    from toolkit.dialects.inline.emphasis import EmphasisRules
    from toolkit.language.locale import Locale
    from toolkit.model.catalog import Catalog, Message
    from toolkit.reading.canonical import Definitions

OBJECT = "\ufffc"
"""Stands in plain text for what holds no words: code, a target, a tag (Unicode's own mark)."""

LINK_END = re.compile(
    r"\]\(\s*(?:<[^<>\n]*>|[^\s()<>]*(?:\([^()\s]*\)[^\s()<>]*)*)(?:\s+[\"'(]([^\"'()]*)[\"')])?\s*\)"
)
"""Matches the end of a link: its target, and its title in a group."""
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_MARKS = re.compile(r"[*~]+|(?<!\w)_+|_+(?!\w)|!?\[|\]|\\$", re.MULTILINE)


def plain(text: str, wordless: re.Pattern[str]) -> str:
    """`text` without emphasis marks, link brackets and escapes, `OBJECT` for what is no prose."""
    bare = wordless.sub(OBJECT, LINK_END.sub(_link_title, text) if "](" in text else text)
    return _ESCAPE.sub(r"\1", _MARKS.sub("", bare))


def _link_title(match: re.Match[str]) -> str:
    """The end of a link without its bracket, which would take what follows for a target."""
    return f" {match[1]}" if match[1] else ""


@dataclass(frozen=True)
class Pair:
    """A translated message: the source and its translation."""

    message: Message
    wordless: re.Pattern[str]

    @property
    def source(self) -> str:
        """The source text as it stands in the catalog."""
        return self.message.id

    @property
    def translation(self) -> str:
        """The translation as it stands in the catalog."""
        return self.message.string

    @cached_property
    def plain_source(self) -> str:
        """The source without markup."""
        return plain(self.source, self.wordless)

    @cached_property
    def plain_translation(self) -> str:
        """The translation without markup."""
        return plain(self.translation, self.wordless)


@dataclass(frozen=True)
class Subject:
    """A catalog with what the checks have to know of its project."""

    catalog: Catalog
    locale: Locale
    source: Locale
    dialect: Dialect
    locales: tuple[Locale, ...] = ()
    """All target locales of the project."""
    allow: tuple[str, ...] = ()
    """Hosts and elements that translations may bring in, and leave out."""
    labels: Definitions = field(default_factory=dict)
    """The targets of the reference definitions in its pages, by normalized label."""
    glossary: Glossary = field(default_factory=Glossary)
    """Terms of this locale."""
    site_emphasis: EmphasisRules | None = None
    """The site's rules of emphasis; `None` for the dialect's."""

    @cached_property
    def months(self) -> tuple[tuple[str, ...], ...]:
        """The names of the months in this locale."""
        return self.locale.month_names

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """The translations that a build may use; Markdown has none with plural forms."""
        wordless = self.dialect.wordless
        return tuple(
            Pair(message, wordless)
            for message in self.catalog.messages
            if message.translated and not message.id_plural
        )
