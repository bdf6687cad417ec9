"""The header entry of templates and catalogs."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from toolkit import __version__
from toolkit.segment import RULES_VERSION

if TYPE_CHECKING:
    from collections.abc import Mapping

    from toolkit.catalog import Catalog
    from toolkit.locale import Locale

CREATED = "POT-Creation-Date"
RULES = "X-Yiben-Segmentation"
_CREATED_LINE = re.compile(rb'^"POT-Creation-Date: ([^"\\]*)', re.MULTILINE)
_GENERATOR = f"yiben {__version__}"
_CONTENT = {
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
}


def now() -> str:
    """The time as gettext writes it, or the one `SOURCE_DATE_EPOCH` sets."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    time = datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)
    return time.strftime("%Y-%m-%d %H:%M+0000")


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
        **({"X-Source-Language": source.folder} if source else {}),
        "X-Generator": _GENERATOR,
        RULES: str(RULES_VERSION),
    }
    return replace(template, header=tuple(fields.items()), header_flags=("fuzzy",))


def creation_date(data: bytes) -> str:
    """The creation date in the bytes of a template, empty when there is none."""
    match = _CREATED_LINE.search(data)
    return match[1].decode("ascii", "replace") if match else ""


def same_texts(template: Catalog, old: Catalog) -> bool:
    """Whether two templates have the same messages in the same order."""
    return [message.key for message in template.messages] == [
        message.key for message in old.messages
    ]


def new_catalog_header(template: Catalog, locale: Locale | None) -> Mapping[str, str]:
    """The header of a catalog that is made for the first time."""
    fields = dict(template.header)
    ours = {
        "PO-Revision-Date": fields.get(CREATED) or now(),
        "Last-Translator": "",
        "Language-Team": locale.english_name if locale else "",
        "Language": locale.folder if locale else "",
        **_CONTENT,
        **({"Plural-Forms": locale.plural_forms} if locale else {}),
    }
    last = {name: value for name, value in fields.items() if name.startswith("X-")}
    first = {name: value for name, value in fields.items() if name not in last}
    return {**first, **ours, **last}


def with_header(catalog: Catalog, template: Catalog, locale: Locale | None) -> Catalog:
    """A merged catalog with its header brought up to date: fields are added and two are renewed.

    What a translator or another tool wrote into the header stays, in its order.
    """
    wanted = new_catalog_header(template, locale)
    fields = dict(catalog.header) or dict(wanted)
    for name, value in wanted.items():
        fields.setdefault(name, value)
    fields[CREATED] = dict(template.header).get(CREATED, fields[CREATED])
    fields[RULES] = str(RULES_VERSION)
    return replace(catalog, header=tuple(fields.items()))
