"""The settings file that a project starts with: what was found, and what one may want to change."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.commands.init.tree import LEFT_OUT

if TYPE_CHECKING:
    from toolkit.commands.init.first_settings import Start


def settings_text(start: Start) -> str:
    """The settings as a commented `yiben.toml`."""
    layout = start.layout
    site = f"site = {json.dumps(layout.site)}" if layout.site else '# site = "mkdocs.yml"'
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
        site=site,
        exclude=exclude,
    )


SCHEMA = "settings.schema.json"
"""The file of this package with the JSON Schema of the settings."""
SCHEMA_COPY = "locales/yiben.schema.json"
"""Where a project has it, so that editors find it on every machine."""


def schema_bytes() -> bytes:
    """The JSON Schema of the settings."""
    return Path(__file__).with_name(SCHEMA).read_bytes()


_TEMPLATE = """\
#:schema ./locales/yiben.schema.json
# The settings of Yiben. What stands behind a # is a suggestion; `yiben --help` names the commands.

# The language that the pages are written in, and those that they are translated into (BCP 47).
source = {source}
targets = {targets}

# Where the pages lie, and how they are to be read:
# commonmark, docusaurus, gfm, hugo, mdbook, mkdocs, myst.
content = {content}
dialect = {dialect}

# Where templates and catalogs go, and where `yiben build` puts the localized pages.
catalogs = "locales"
output = {output}

# A catalog for each page, or "single" for one.
# catalog = "page"

# The site's own settings, whose titles are translated as well.
{site}

# Pages to leave out, as patterns.
{exclude}

# Percent of each page that `yiben check` wants to be translated.
# min_complete = 80
"""
