"""The header entry of templates and catalogs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from toolkit import __version__
from toolkit.language.field import language_field
from toolkit.reading.segment import RULES_VERSION

if TYPE_CHECKING:
    from collections.abc import Mapping

    from toolkit.language.locale import Locale
    from toolkit.model.catalog import Catalog, Message, MessageKey

CREATED = "POT-Creation-Date"
SOURCE = "X-Source-Language"
RULES = "X-Yiben-Segmentation"
REVISION = "X-Source-Revision"
"""The revision of the page for which a catalog was most complete."""
_GENERATOR = f"yiben {__version__}"
_CONTENT = {
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
}


def now(epoch: int | None = None) -> str:
    """Return the time as gettext writes it; with `epoch` that one, in seconds since 1970."""
    return gettext_time(datetime.now(UTC) if epoch is None else datetime.fromtimestamp(epoch, UTC))


def gettext_time(time: datetime) -> str:
    """Return a time as gettext writes it, in UTC."""
    return time.astimezone(UTC).strftime("%Y-%m-%d %H:%M+0000")


def template_header(
    template: Catalog, project: str, source: Locale | None = None, created: str = ""
) -> Catalog:
    """A new template with its header; `created` is its date, now if none is given."""
    fields = {
        "Project-Id-Version": project,
        "Report-Msgid-Bugs-To": "",
        CREATED: created or now(),
        "PO-Revision-Date": "YEAR-MO-DA HO:MI+ZONE",
        "Last-Translator": "FULL NAME <EMAIL@ADDRESS>",
        "Language-Team": "LANGUAGE <LL@li.org>",
        "Language": "",
        **_CONTENT,
        **({SOURCE: source.tag} if source else {}),
        "X-Generator": _GENERATOR,
        RULES: str(RULES_VERSION),
    }
    return replace(template, header=tuple(fields.items()), header_flags=("fuzzy",))


def same_texts(template: Catalog, old: Catalog) -> bool:
    """Whether two templates have messages of the same texts."""
    return {message.key for message in template.messages} == {
        message.key for message in old.messages
    }


def new_catalog_header(template: Catalog, locale: Locale | None) -> Mapping[str, str]:
    """The header of a catalog that is made for the first time."""
    fields = dict(template.header)
    ours = {
        "PO-Revision-Date": fields.get(CREATED) or now(),
        "Last-Translator": "",
        "Language-Team": locale.english_name if locale else "",
        "Language": language_field(locale) if locale else "",
        **_CONTENT,
        **({"Plural-Forms": locale.plural_forms} if locale else {}),
    }
    last = {name: value for name, value in fields.items() if name.startswith("X-")}
    first = {name: value for name, value in fields.items() if name not in last}
    return {**first, **ours, **last}


def with_header(
    catalog: Catalog, template: Catalog, locale: Locale | None, old: Catalog
) -> Catalog:
    """Return a merged catalog with its header brought up to date.

    What a translator or another tool wrote into the header of `old` stays: its date is renewed
    when a message changes. Where there is no header yet, it is made with the first change.
    """
    changed = _by_key(catalog) != _by_key(old) or catalog.header_comments != old.header_comments
    if not any(name for name, _ in old.header):
        if not changed and old.messages:
            return replace(catalog, header=old.header)
        return replace(catalog, header=tuple(new_catalog_header(template, locale).items()))
    fields = _corrected(old.header, template, locale)
    if changed:
        renewed = {CREATED: dict(template.header).get(CREATED, ""), RULES: str(RULES_VERSION)}
        fields = tuple((name, renewed.get(name) or value) for name, value in fields)
    return replace(catalog, header=fields)


def with_revision(catalog: Catalog, revision: str) -> Catalog:
    """A catalog that names a revision of its page; without one it stays as it is."""
    if not revision:
        return catalog
    fields = dict(catalog.header) | {REVISION: revision}
    return replace(catalog, header=tuple(fields.items()))


def _by_key(catalog: Catalog) -> Mapping[MessageKey, Message]:
    return {message.key: message for message in catalog.messages}


def _corrected(
    header: tuple[tuple[str, str], ...], template: Catalog, locale: Locale | None
) -> tuple[tuple[str, str], ...]:
    """A header of ours with the names of languages as we write them today."""
    if locale is None or not dict(header).get("X-Generator", "").startswith("yiben "):
        return header
    source = dict(template.header).get(SOURCE, "")
    earlier = {
        ("Language", locale.folder): language_field(locale),
        (SOURCE, source.replace("-", "_")): source,
    }
    return tuple((name, earlier.get((name, value), value)) for name, value in header)
