"""Pages and catalogs as values: the whole way from a page to its translation, without a file."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast

from toolkit.catalogs.belonging import check_belongs
from toolkit.catalogs.header import CREATED, gettext_time, same_texts, template_header, with_header
from toolkit.catalogs.merge import Rules, merge
from toolkit.catalogs.po import read_catalog, write_catalog
from toolkit.catalogs.template import Locations, template_of
from toolkit.catalogs.usable import translations
from toolkit.dialects import dialect_named
from toolkit.dialects.dialect import Dialect
from toolkit.language.locale import Locale, locale_of
from toolkit.model.catalog import Catalog
from toolkit.model.document import Document
from toolkit.reading.page import Page
from toolkit.reading.segment import FRONT_MATTER_KEYS
from toolkit.reading.segment import read as read_document
from toolkit.writing.guard import Guard

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from toolkit.model.catalog import MessageKey
    from toolkit.writing.guard import Built


def dialect(name: str) -> Dialect:
    """Return the dialect registered under a name, ours or that of an installed package.

    Raises `SettingsError` when there is none.
    """
    return dialect_named(name)


def read(
    source: str | bytes,
    dialect: str | Dialect = "commonmark",
    *,
    path: str = "",
    front_matter: Iterable[str] = FRONT_MATTER_KEYS,
) -> Page:
    """Read a page and find its units.

    `path` names the page in catalogs and problems; `front_matter` are the keys whose values are
    translated. Raises `DocumentError` for a page that cannot be read.
    """
    data = source.encode("utf-8", "surrogatepass") if isinstance(source, str) else source
    document = Document.from_bytes(path, data)
    chosen = dialect if isinstance(dialect, Dialect) else dialect_named(dialect).for_file(path)
    return Page(document, read_document(document, chosen, tuple(front_matter)))


def extract(
    pages: Iterable[Page],
    *,
    locations: str = "line",
    project: str = "",
    created: datetime | None = None,
) -> Catalog:
    """Make the template of some pages, each text once.

    `locations` is `line`, `file` or `never`, as the setting is. `created` is the template's date,
    now if none is given.
    """
    template = template_of(pages, Locations(locations))
    time = gettext_time(created or datetime.now(UTC))
    return template_header(template, project or "PACKAGE VERSION", created=time)


def update(catalog: Catalog, template: Catalog, *, locale: str | Locale | None = None) -> Catalog:
    """Bring a catalog up to date with a template; an empty one is made anew.

    Nothing is lost: a translation stays, becomes fuzzy or becomes obsolete. Raises `CatalogError`
    when the catalog is plainly that of another page.
    """
    chosen = locale_of(locale) if isinstance(locale, str) else locale
    check_belongs(catalog, template, "")
    if same_texts(template, _live(catalog)):
        template = _dated(template, dict(catalog.header).get(CREATED, ""))
    rules = Rules(counts_alike=chosen.counts_alike if chosen else None)
    return with_header(merge(template, catalog, rules).catalog, template, chosen, catalog)


def build(
    page: Page,
    catalog: Catalog | Mapping[str, str] | Mapping[MessageKey, str],
    *,
    allow: Iterable[str] = (),
) -> Built:
    """Build the localized page, with the source text for every translation that is refused.

    Of a catalog, messages count that are translated and not fuzzy. A mapping leads from source
    texts, or from pairs of context and source text, to translations. `allow` names the hosts and
    elements that translations may bring in.
    """
    reading = page.reading
    guard = Guard(page.dialect, reading.keys, tuple(allow))
    texts = translations(catalog) if isinstance(catalog, Catalog) else _by_key(page, catalog)
    return guard.built(page.document, reading, texts)


def parse_po(data: bytes, *, path: str = "") -> Catalog:
    """Read a PO or POT file; `path` is only shown in problems.

    Raises `CatalogError` with every problem found.
    """
    return read_catalog(path, data)


def serialize_po(catalog: Catalog, *, wrap: int = 0) -> bytes:
    """Write a catalog as gettext does: `msgcat --no-wrap`, or `--width` for another `wrap`.

    Raises `CatalogError` for what PO cannot hold.
    """
    return write_catalog(catalog, wrap)


def _live(catalog: Catalog) -> Catalog:
    return Catalog(tuple(message for message in catalog.messages if not message.obsolete))


def _dated(template: Catalog, created: str) -> Catalog:
    """The template with another date, where there is one."""
    fields = ((name, created if name == CREATED else value) for name, value in template.header)
    return Catalog(template.messages, tuple(fields)) if created else template


def _by_key(
    page: Page, texts: Mapping[str, str] | Mapping[MessageKey, str]
) -> dict[MessageKey, str]:
    """Translations by context and source text, from those that may leave the context out."""
    known = cast("Mapping[object, str]", texts)
    keys = ((unit.context, unit.text) for unit in page.units)
    return {key: text for key in keys if (text := known.get(key) or known.get(key[1], ""))}
