"""A language's own settings of a Hugo site: `config/_default/languages.fr.toml`.

Hugo's settings file (`hugo.toml`, `.yaml`, `.json`) holds the title, parameters and menus of the
source language, at the top or below `languages.en`. Those of another language go into a file of
their own, which Hugo reads as well; keys that the settings file has for that language stay there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.model.document import Document
from toolkit.reading.hugo_settings import hugo_values
from toolkit.site.toml_settings import written_toml

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

_OF_LANGUAGE = ("title", "copyright", "params", "menus", "menu")
_TABLES = frozenset({"params", "menus", "menu"})


def language_file(document: Document, place: str, source: Collection[str], locale: str) -> Document:
    """Return what a translated `hugo.toml` says of a locale, as the file for this language alone.

    `source` has the spellings of the source's locale.
    """
    values = _lowered(hugo_values(document))
    languages = {key.lower(): one for key, one in _table(values, "languages").items()}
    spelled = {tag.lower() for tag in source}
    own = next((one for key, one in languages.items() if key in spelled), None)
    theirs = _lowered(_table(languages, locale.lower()))
    said = _without(_merged(_picked(values), _picked(_lowered(own))), theirs)
    return Document(place, written_toml(said))


def _lowered(values: object) -> dict[str, Any]:
    """A table whose keys are in lower case, in which Hugo compares them."""
    return (
        {str(key).lower(): one for key, one in values.items()} if isinstance(values, dict) else {}
    )


def _table(values: Mapping[str, Any], key: str) -> dict[str, Any]:
    found = values.get(key)
    return found if isinstance(found, dict) else {}


def _picked(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: values[key] for key in _OF_LANGUAGE if values.get(key)}


def _merged(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Both, the second going first; their tables are joined."""
    tables = {key: {**_table(one, key), **_table(other, key)} for key in _TABLES & one.keys()}
    return {**one, **other, **tables}


def _without(said: dict[str, Any], theirs: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values that the language does not have yet."""
    kept = {key: one for key, one in said.items() if key in _TABLES or key not in theirs}
    for key in _TABLES & kept.keys():
        known = {name.lower() for name in _table(theirs, key)}
        kept[key] = {name: one for name, one in kept[key].items() if name.lower() not in known}
    return {key: one for key, one in kept.items() if one}
