"""The places where the texts of units are used, which decide how these may be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.model.units import Form, Kind
from toolkit.writing.guard.acting import Place

if TYPE_CHECKING:
    from toolkit.model.units import Unit

_PLACES = {
    Form.HTML: Place.HTML,
    Form.ATTRIBUTE: Place.HTML,
    Form.LIST_VALUE: Place.HTML,
    Form.SCRIPT_STRING: Place.HTML,
    **dict.fromkeys(
        (
            *(Form.YAML_PLAIN, Form.YAML_SINGLE, Form.YAML_DOUBLE, Form.YAML_LITERAL),
            *(Form.YAML_FOLDED, Form.TOML_BASIC, Form.TOML_LITERAL, Form.TOML_LINES),
            *(Form.TOML_LITERAL_LINES, Form.JSON_STRING, Form.PARAMETER, Form.RAW_VALUE),
        ),
        Place.NAME,
    ),
}

_RUNNING = Place.TEXT
_PLACES_OF_KINDS = {
    Kind.SITE_SETTING: Place.NAME,
    Kind.NAV_TITLE: Place.NAME,
    Kind.HEADING: Place.HEADING,
    # VitePress shows both as they are, and Hugo hands the first to themes as HTML.
    Kind.ALERT_TITLE: Place.HTML,
    Kind.CODE_TITLE: Place.HTML,
}


def place_of(unit: Unit) -> Place:
    """Return where a unit's text is used, which decides how it may be read."""
    if unit.kind is Kind.ADMONITION_TITLE and unit.form is Form.LINE:
        # VuePress shows those of its containers as they are.
        return Place.HTML
    return _PLACES_OF_KINDS.get(unit.kind) or _PLACES.get(unit.form, _RUNNING)
