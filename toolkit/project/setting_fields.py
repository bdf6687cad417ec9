"""The keys of the settings file; their texts are those of its reference and of its schema."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from toolkit.catalogs.template import Locations
from toolkit.dialects.blocks.shortcode_parameters import OPTIONAL_PARAMETERS, PARAMETERS
from toolkit.project.machine_settings import MachineSettings
from toolkit.project.page_rules import PageRules
from toolkit.project.settings_on_disk import CATALOGS, OUTPUT
from toolkit.project.string_rules import StringRules
from toolkit.reading.segment import FRONT_MATTER_KEYS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from toolkit.dialects.blocks.pymd.extensions import Extensions
    from toolkit.dialects.dialect import CodePart
    from toolkit.language.locale import Locale
    from toolkit.reading.renderer import Renderer

DIALECT = "mkdocs"
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
class SettingFields:
    """The settings of a project; each field is a key of the settings file.

    The texts are Markdown, as docs/reference/settings.md and the schema of the settings have them
    (`.ci/generate/reference_tables.py`, `settings_schema.py`): what a key means, and an example.
    `{names}` stands for the words that a setting allows.
    """

    source: Locale
    """The locale the pages are written in, as a BCP 47 tag.
    Example: `source = "zh-Hans"`
    """
    targets: tuple[Locale, ...]
    """The locales they are translated into.
    Example: `targets = ["en", "pt-BR"]`
    """
    content: str = "content"
    """Folder of the pages (`.md`, `.markdown`); names that start with a dot are ignored.
    Example: `content = "docs"`
    """
    catalogs: str = CATALOGS
    """Folder of templates and catalogs.
    Example: `catalogs = "i18n"`
    """
    output: str = OUTPUT
    """The place of a localized page: `{locale}`, and `{path}` (`guide/a.md`) or `{stem}`
    (`guide/a`).
    Example: `output = "site/{locale}/{path}"`
    """
    dialect: str | Mapping[str, str] = DIALECT
    """The dialect of the pages, or dialects by glob patterns below `content`, the first match of
    which counts ([dialects](dialects.md)).
    Example: `dialect = { "blog/*" = "gfm", "*" = "mkdocs" }`
    """
    code: PageRules[CodePart] = field(default_factory=PageRules)
    """The parts of fenced code to translate, for all languages, by language or by [folder or
    pattern](#by-folder): `none`, `comments`, `texts` (comments and strings), `labels` (of Mermaid
    diagrams), `blocks` (everything); anything not listed follows the dialect's default.
    Example: `code = { "*" = "comments", mermaid = "labels", "api/" = "none" }`
    """
    skip: PageRules[tuple[str, ...]] = field(default_factory=PageRules)
    """Kinds of texts that are left out, as `#.` names them (`heading`, `table cell`, `code
    comment`, …), and `names` for texts that are only [names or values](#by-folder); for all pages
    or by folder or pattern.
    Example: `skip = { "api/" = ["table cell", "names"] }`
    """
    catalog: str = "page"
    """One catalog per page, one per folder, or a single one; after a change, `yiben update`
    [carries all translations over](../explanation/merging.md#another-layout-of-catalogs).
    Example: `catalog = "folder"`
    """
    domain: str = "docs"
    """Name of the single catalog; with `folder`, of that for the pages in no folder.
    Example: `domain = "handbook"`
    """
    locations: Locations = Locations.LINE
    """Whether `#:` names `path:line`, only the path, or nothing.
    Example: `locations = "file"`
    """
    wrap: int | None = None
    """Width of new lines in catalogs, as `msgcat --width` counts it; 0 never wraps; without it,
    existing files keep their style and new files are not wrapped.
    Example: `wrap = 79`
    """
    front_matter: tuple[str, ...] = FRONT_MATTER_KEYS
    """Front matter keys whose texts are translated, at any depth and in lists; `params.intro` means
    `intro` directly below `params`. As long as it is not set, `vitepress` and `mdx` add keys of
    their home pages.
    Example: `front_matter = ["title", "hero"]`
    """
    shortcode_parameters: tuple[str, ...] = PARAMETERS
    """Shortcode parameters that are translated: in any shortcode (`title`), in one (`tab.name`), or
    by position from 0 (`tab.0`); for dialect `hugo`.
    Example: `shortcode_parameters = ["title", "tab.name", "button.0"]`
    """
    optional_parameters: tuple[str, ...] = OPTIONAL_PARAMETERS
    """Shortcode parameters that a translation may add to a tag without them, if its language needs
    another form of a word; for dialect `hugo`.
    Example: `optional_parameters = ["term.text"]`
    """
    raw_shortcodes: tuple[str, ...] = ()
    """Further shortcodes that hold code or data, besides `highlight`, `code-toggle`, `mermaid` and
    the like; for dialect `hugo`.
    Example: `raw_shortcodes = ["config-table"]`
    """
    directives: tuple[str, ...] = ()
    """Further directives whose body is Markdown; `.0` means that the argument is text as well; for
    dialect `myst`.
    Example: `directives = ["example", "conftabs.0"]`
    """
    site: str = ""
    """The site's own settings, `mkdocs.yml` or `zensical.toml`; its name, description, copyright
    and navigation titles are translated as well. A list may hold patterns for a generator's own
    [files of strings](#files-of-strings), whose names tell what is translated.
    Example: `site = ["mkdocs.yml", "i18n/en/**/*.json"]`
    """
    strings: StringRules = field(default_factory=StringRules)
    """[Files of strings](#files-of-strings) (YAML, TOML, JSON) by pattern, with the key paths of
    what is translated in them.
    Example: `strings = { "data/*.yaml" = ["title", "items.*.text"] }`
    """
    site_output: str = ""
    """The file of the localized settings of `site`, in the same folder; empty to write none.
    Example: `site_output = "mkdocs.{locale}.yml"`
    """
    switcher: str = ""
    """The script that shows a [menu of languages](../guides/site.md#with-mdbook) in a book of
    mdBook, next to or below a `book.toml` of `site`; `yiben build` writes it for the source's book
    and for each locale's.
    Example: `switcher = "theme/languages.js"`
    """
    admonition_titles: bool = False
    """Whether `!!! note` without a title gets one in the readers' language; a translation in the
    catalog of `site` takes precedence.
    Example: `admonition_titles = true`
    """
    anchors: Anchors = Anchors.PIN
    """`pin`: headings that are link targets keep the id of the source heading; `pin-all`: all
    headings do; `rewrite`: links within a page follow its headings instead; `keep`: nothing is
    done.
    Example: `anchors = "pin-all"`
    """
    slugs: str = ""
    """The generator's rule for heading ids: {names}; empty for what `mkdocs.yml` says, or
    the dialect's default.
    Example: `slugs = "pymdownx"`
    """
    links: str = "localize"
    """Whether links are rewritten to point to the localized pages, and to files at their actual
    place.
    Example: `links = "keep"`
    """
    link_prefix: str | Mapping[str, str] = ""
    """The start of paths from the root of the site (`/guide/start/`) in a locale; a table may
    hold the source's prefix too, which is replaced; translators may write such paths themselves.
    Example: `link_prefix = "/{locale}"`
    """
    front_matter_paths: tuple[str, ...] = ("image", "cover")
    """Front matter keys whose paths are rewritten like links.
    Example: `front_matter_paths = ["image", "hero"]`
    """
    assets: str = "copy"
    """The treatment of files other than pages.
    Example: `assets = "link"`
    """
    skip_below: PageRules[float] = field(default_factory=PageRules)
    """Percentage of a page's words that must be translated for it to be built, for all, by locale
    or by glob patterns.
    Example: `skip_below = { ja = 50, "blog/*" = 0 }`
    """
    notice: str | Mapping[str, str] = ""
    """Markdown to put below the title of incomplete pages; `{percent}` stands for how much is
    translated, `{machine}` for how much of it a machine translated (complete pages with such texts
    show it, too), `{date}` and `{behind}` for the revision that a page is [built
    from](../guides/site.md#locales-that-are-behind); `auto` uses ready-made notices in 33
    languages.
    Example: `notice = "auto"`
    """
    credits: str | Mapping[str, str] = ""
    """A line below translated pages that names their translators, from the comments of catalogs:
    `auto` in the readers' language, your own Markdown with `{translators}`, or `list` for no line;
    a page with the comment `<!-- yiben:credits -->` gets a list of all translators instead, see
    [the site](../guides/site.md#translators).
    Example: `credits = "auto"`
    """
    as_of: str = "now"
    """`catalog`: a page that is not complete is built [as it was when its catalog was
    made](../guides/site.md#locales-that-are-behind).
    Example: `as_of = "catalog"`
    """
    outdated: str = "source"
    """The text that readers see where one was edited a little since it was translated: the source
    text, or the translation with a mark (class `outdated`).
    Example: `outdated = "mark"`
    """
    untranslated: str | Mapping[str, str] = ""
    """One line that replaces running text without a translation.
    Example: `untranslated = "(not translated yet)"`
    """
    page_language: tuple[str, ...] = ()
    """Front matter keys to set: `lang` to the locale, `dir` to its direction.
    Example: `page_language = ["lang", "dir"]`
    """
    allow: tuple[str, ...] | Mapping[str, tuple[str, ...]] = ()
    """Additions that translations may make: links to these hosts or below these root paths
    (`/zh-CN/docs`), these HTML elements without attributes; `*`, or a plain list, means all
    locales.
    Example: `allow = { "*" = ["kbd"], de = ["de.example.org"] }`
    """
    opaque: tuple[str, ...] = ()
    r"""Regular expressions for syntax of your own that contains nothing to translate.
    Example: `opaque = ['\{\*.*?\*\}']`
    """
    exclude: tuple[str, ...] | Mapping[str, tuple[str, ...]] = ()
    """Pages to leave out, by [folder or pattern](#by-folder); `*`, or a plain list, means in all
    locales. A page that is left out in some locales has no catalog and no localized page there;
    links to it lead to the source page.
    Example: `exclude = { "*" = ["drafts/"], ja = ["blog/"] }`
    """
    min_complete: PageRules[float] = field(default_factory=PageRules)
    """Percentage of each page's words that must be translated, for all, by locale or by glob
    patterns.
    Example: `min_complete = { en = 100, "blog/*" = 0 }`
    """
    severity: PageRules[str] = field(default_factory=PageRules)
    """Checks that are reported as `error`, as `warning`, or not at all (`off`), also by glob
    patterns.
    Example: `severity = { code-span = "error", "blog/*" = "off" }`
    """
    emphasis: str = ""
    """The site's rules for emphasis: `commonmark`, `kramdown`, `pandoc`, `python-markdown`,
    `betterem`, `betterem-all`, `betterem-asterisk`, `betterem-none` (its `smart_enable`); empty to
    follow the dialect and `mkdocs.yml`.
    Example: `emphasis = "betterem"`
    """
    glossary: str = ""
    """The project's terms, see [checks](checks.md#glossary).
    Example: `glossary = "glossary.csv"`
    """
    glossary_comments: bool = False
    """Whether the `#.` comments of catalogs tell the terms of the glossary that a text uses: those
    of its locale, in templates those of all.
    Example: `glossary_comments = true`
    """
    baseline: str = ""
    """Known findings that are not reported, see
    [checks](checks.md#start-with-a-project-full-of-findings).
    Example: `baseline = "baseline.json"`
    """
    memory: tuple[str, ...] = ()
    """Earlier translations to take suggestions from: TMX files and catalogs.
    Example: `memory = ["memory.tmx", "compendium.po"]`
    """
    trust_memory: bool = False
    """Whether an identical text in the same context is taken from the memory as translated instead
    of fuzzy.
    Example: `trust_memory = true`
    """
    machine: MachineSettings = field(default_factory=MachineSettings)
    """The provider of drafts for `yiben translate`, and its options, see [drafts by
    machine](../guides/machine.md#settings).
    Example: `machine = { provider = "deepl", key = "DEEPL_KEY" }`
    """
    contexts: str | tuple[str, ...] = "never"
    """Whether equal texts of a page can have [messages of their
    own](../explanation/units.md#equal-texts): with `auto` where a translator asks for it, with a
    list also where a text is of one of these kinds and of another.
    Example: `contexts = ["heading", "button"]`
    """
    fuzzy: bool = True
    """Whether a changed text gets the translation of the text it was, or of a similar one, as
    fuzzy; otherwise it is untranslated, and the old translation stays as obsolete.
    Example: `fuzzy = false`
    """
    fuzzy_limit: float = 0.0
    """Percentage of [likeness](../explanation/merging.md) that two texts must have for that.
    Example: `fuzzy_limit = 60`
    """
    unaffected_trailer: str = ""
    """Trailer of commits whose small edits leave translations as they are, see [the writer's
    word](../explanation/merging.md#the-writers-word).
    Example: `unaffected_trailer = "Translations: unaffected"`
    """
    revision_keys: tuple[str, ...] = REVISION_KEYS
    """Front matter keys in which pages translated by hand name the revision of their source, for
    [`yiben drift`](../guides/drift.md).
    Example: `revision_keys = ["source_commit"]`
    """
    project: str = ""
    """`Project-Id-Version` of new catalogs; empty for the name in `pyproject.toml`, or the
    catalog's.
    Example: `project = "Handbook"`
    """
    cache: bool = True
    """Whether results are kept for the next run, see [below](#cache).
    Example: `cache = false`
    """
    renderer: Renderer | None = field(default=None, compare=False, metadata={"set by": "an option"})
    """The site's own renderer, where a build asks it for a second opinion; no key sets it."""
    owns_site: bool = field(default=True, metadata={"set by": "the parts of the project"})
    """Whether the texts of the site's settings are translated here; no key sets it."""
    extensions: Extensions | None = field(default=None, metadata={"set by": "the site"})
    """The Markdown extensions of the site, as its own settings name them; no key sets them."""
