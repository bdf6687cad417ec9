"""The project's settings: `[tool.yiben]` in `pyproject.toml`, or the same keys in `yiben.toml`."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from posixpath import splitext
from typing import TYPE_CHECKING

from toolkit.catalogs.template import Locations
from toolkit.dialects import dialect_named
from toolkit.dialects.blocks.shortcode_tags import OPTIONAL_PARAMETERS, PARAMETERS
from toolkit.dialects.dialect import OwnSyntax
from toolkit.project.machine_settings import MachineSettings
from toolkit.project.page_rules import PageRules, fits
from toolkit.project.settings_on_disk import CATALOGS, OUTPUT
from toolkit.project.string_rules import StringRules
from toolkit.reading.segment import FRONT_MATTER_KEYS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from toolkit.dialects.blocks.pymd.extensions import Extensions
    from toolkit.dialects.dialect import CodePart, Dialect
    from toolkit.language.locale import Locale
    from toolkit.reading.renderer import Renderer

_DIALECT = "mkdocs"
REVISION_KEYS = ("default_lang_commit", "l10n.sourceCommit", "i18n_source_sha")


class Anchors(StrEnum):
    """The treatment of headings' ids."""

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
    """The settings of a project; each field is a key of the settings file."""

    source: Locale
    """Locale the pages are written in."""
    targets: tuple[Locale, ...]
    """Locales they are translated into."""
    content: str = "content"
    """Folder of the pages."""
    catalogs: str = CATALOGS
    """Folder of templates and catalogs."""
    output: str = OUTPUT
    """The path of a localized page: `{locale}`, `{path}` (`guide/a.md`), `{stem}` (`guide/a`)."""
    dialect: str | Mapping[str, str] = _DIALECT
    """The dialect of pages: a name, or names by glob patterns below `content`."""
    code: PageRules[CodePart] = field(default_factory=PageRules)
    """The parts of fenced code that are translated, by language and by glob patterns."""
    skip: PageRules[tuple[str, ...]] = field(default_factory=PageRules)
    """Kinds of texts that are left out, `names` for names and values; also by glob patterns."""
    catalog: str = "page"
    """`page` for a catalog a page, `folder` for one a folder, `single` for one for all."""
    domain: str = "docs"
    """Name of the single catalog, or of that for the pages in no folder."""
    locations: Locations = Locations.LINE
    """The precision of places in `#:`: `line`, `file` or `never`."""
    wrap: int | None = None
    """Display cells a catalog's lines may have; 0 leaves them whole."""
    front_matter: tuple[str, ...] = FRONT_MATTER_KEYS
    """Keys of the front matter whose texts are translated."""
    shortcode_parameters: tuple[str, ...] = PARAMETERS
    """Parameters of shortcodes whose texts are translated: `title`, `tab.name`, `tab.0`."""
    optional_parameters: tuple[str, ...] = OPTIONAL_PARAMETERS
    """Parameters of shortcodes that a translation may add to a tag: `glossary_tooltip.text`."""
    raw_shortcodes: tuple[str, ...] = ()
    """Further shortcodes that hold code or data: `code-toggle`."""
    directives: tuple[str, ...] = ()
    """Further directives that hold Markdown: `example`; `example.0` where the argument is text."""
    site: str = ""
    """The settings file of the site (`mkdocs.yml`), whose texts are translated as well."""
    strings: StringRules = field(default_factory=StringRules)
    """Files of strings by pattern, with the key paths of what is translated in them."""
    site_output: str = ""
    """The path of the site's localized settings, `mkdocs.{locale}.yml`; empty for nowhere."""
    switcher: str = ""
    """The script with the menu of languages of a book, `theme/languages.js`; empty for none."""
    admonition_titles: bool = False
    """Whether admonitions without a title get one in the readers' language."""
    anchors: Anchors = Anchors.PIN
    """Whether headings keep the ids of their source: `pin`, `pin-all`, `rewrite` or `keep`."""
    slugs: str = ""
    """The way the generator makes ids of headings; empty for that of the dialect's programs."""
    links: str = "localize"
    """`localize` leads links to localized pages and re-bases others, `keep` leaves them."""
    link_prefix: str | Mapping[str, str] = ""
    """The prefix of root paths of pages, `/{locale}`; also by locale, the source's included."""
    front_matter_paths: tuple[str, ...] = ("image", "cover")
    """Keys of the front matter whose paths are rewritten as links are."""
    assets: str = "copy"
    """The treatment of files other than pages: `copy`, `link` or `none`."""
    skip_below: PageRules[float] = field(default_factory=PageRules)
    """Percent of a page's words below which it is not built; also by locale and glob patterns."""
    notice: str | Mapping[str, str] = ""
    """Markdown on top of pages that are not complete, `{percent}` for how far; `auto` for ours."""
    credits: str | Mapping[str, str] = ""
    """Markdown below pages, `{translators}` for their names; `auto` for ours, `list` for none."""
    as_of: str = "now"
    """`catalog` to build a page that is not complete as it was when its catalog was made."""
    outdated: str = "source"
    """`mark` to publish fuzzy translations of texts with small edits, with a mark."""
    untranslated: str | Mapping[str, str] = ""
    """The replacement for running text without a translation; empty to keep the text."""
    page_language: tuple[str, ...] = ()
    """Keys of the front matter to set: `lang` to the locale, `dir` to its direction."""
    allow: tuple[str, ...] | Mapping[str, tuple[str, ...]] = ()
    """The hosts and HTML elements that translations may add."""
    opaque: tuple[str, ...] = ()
    """Regular expressions for syntax of the project's own that holds nothing to translate."""
    exclude: tuple[str, ...] | Mapping[str, tuple[str, ...]] = ()
    """Pages to leave out, as glob patterns below `content`; also by locale."""
    min_complete: PageRules[float] = field(default_factory=PageRules)
    """Percent of each page's words that have to be translated; also by locale and glob patterns."""
    severity: PageRules[str] = field(default_factory=PageRules)
    """Checks that are reported as `error`, as `warning`, or not at all (`off`), also by pages."""
    emphasis: str = ""
    """The way the site makes emphasis; empty for that of the dialect and `mkdocs.yml`."""
    glossary: str = ""
    """CSV or TOML file with the terms of the project."""
    glossary_comments: bool = False
    """Whether comments of catalogs tell the terms of the glossary that a text uses."""
    baseline: str = ""
    """File with the findings that the project lives with."""
    memory: tuple[str, ...] = ()
    """Files with earlier translations: TMX (`.tmx`) and catalogs (`.po`)."""
    trust_memory: bool = False
    """Whether the same text in the same context is taken from the memory as translated."""
    machine: MachineSettings = field(default_factory=MachineSettings)
    """The provider that drafts translations, and its options: a table."""
    contexts: str | tuple[str, ...] = "never"
    """`auto` to tell equal texts apart where a translator asks for it; also a list of kinds."""
    fuzzy: bool = True
    """Whether a changed text gets the translation of what it was, or of a similar one, as fuzzy."""
    fuzzy_limit: float = 0.0
    """Percent of likeness below which it does not."""
    unaffected_trailer: str = ""
    """The trailer of commits whose small edits leave translations as they are."""
    revision_keys: tuple[str, ...] = REVISION_KEYS
    """Keys of the front matter in which translations made by hand name the source's revision."""
    project: str = ""
    """`Project-Id-Version` of new catalogs."""
    cache: bool = True
    """Whether what was found out is kept for the next run, in `.yiben`."""
    renderer: Renderer | None = field(default=None, compare=False, metadata={"set by": "an option"})
    """The site's own renderer, where a build asks it for a second opinion; no key sets it."""
    owns_site: bool = field(default=True, metadata={"set by": "the parts of the project"})
    """Whether the texts of the site's settings are translated here; no key sets it."""
    extensions: Extensions | None = field(default=None, metadata={"set by": "the site"})
    """The Markdown extensions of the site, as its own settings name them; no key sets them."""

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
        return next(found, _DIALECT)


@cache
def _dialect_with(name: str, own: OwnSyntax, ending: str) -> Dialect:
    """A dialect for files of an ending, with what a project says of its syntax and code."""
    return dialect_named(name).for_file(f"x{ending}").configured(own)
