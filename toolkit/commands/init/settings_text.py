"""The settings file that a project starts with: what was found, and what one may want to change."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.commands.init.tree import LEFT_OUT
from toolkit.dialects import dialect_names

if TYPE_CHECKING:
    from toolkit.commands.init.first_settings import Start


def settings_text(start: Start) -> str:
    """The settings as a commented `yiben.toml`."""
    layout = start.layout
    site = f"site = {_site(start)}" if layout.site or start.strings else '# site = "mkdocs.yml"'
    left_out = [
        *([f"{name}/*" for name in LEFT_OUT] if layout.content == "." else []),
        *layout.exclude,
    ]
    left_out = list(dict.fromkeys(left_out))
    exclude = f"exclude = {json.dumps(left_out)}" if left_out else '# exclude = ["drafts/*"]'
    return _TEMPLATE.format(
        source=json.dumps(start.source),
        targets=json.dumps(list(start.targets)),
        content=json.dumps(layout.content),
        output=json.dumps(layout.output),
        dialect=json.dumps(layout.dialect),
        dialects=", ".join(dialect_names()),
        site=site,
        exclude=exclude,
        switcher=_SWITCHER.format(json.dumps(layout.switcher)) if layout.switcher else "",
        anchors=_ANCHORS.format(json.dumps(layout.anchors)) if layout.anchors else "",
    )


def _site(start: Start) -> str:
    """The settings of the site, and its files of strings."""
    files = [one for one in (start.layout.site, *start.strings) if one]
    return json.dumps(files if start.strings else files[0])


SCHEMA = "settings.schema.json"
"""The file of this package with the JSON Schema of the settings."""
SCHEMA_COPY = "locales/yiben.schema.json"
"""The place of the schema in a project, so that editors find it on every machine."""


def schema_bytes() -> bytes:
    """The JSON Schema of the settings."""
    return Path(__file__).with_name(SCHEMA).read_bytes()


_ANCHORS = """
# Links to headings follow these, as this generator has no ids set by a page.
anchors = {}
"""
_SWITCHER = """
# The script with the menu of languages, for `additional-js` in book.toml.
switcher = {}
"""
_TEMPLATE = """\
#:schema ./locales/yiben.schema.json
# The settings of Yiben. Lines that start with # are suggestions; `yiben --help` lists the commands.

# The language of the pages, and the languages to translate them into (BCP 47 tags).
source = {source}
targets = {targets}

# The folder of the pages, and their dialect:
# {dialects}.
content = {content}
dialect = {dialect}

# Where templates and catalogs go, and where `yiben build` puts the localized pages.
catalogs = "locales"
output = {output}

# One catalog per page ("page"), or a single one ("single").
# catalog = "page"

# The site's own settings, whose titles are translated as well.
{site}
{switcher}
# Pages to leave out, as patterns.
{exclude}
{anchors}
# Percentage of each page that `yiben check` requires to be translated.
# min_complete = 80
"""
