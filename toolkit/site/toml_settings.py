"""The settings of one locale's site in `zensical.toml`, written with their comments."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from toolkit.dialects.inline.grammar import COMMONMARK
from toolkit.model.document import Edit, Span
from toolkit.site.yaml_readers import absolute_link, language_of, site_url
from toolkit.writing.guard.acting import Place
from toolkit.writing.guard.foreign import foreign_features

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from toolkit.model.catalog import MessageKey
    from toolkit.model.document import Document
    from toolkit.model.units import Unit
    from toolkit.site.yaml_places import Places
    from toolkit.site.yaml_readers import Readers

_TEXTS = ("site_name", "site_description", "copyright")
_TABLE = "project"
_OURS = "yiben"


def localized_toml(
    document: Document,
    units: Sequence[Unit],
    translations: Mapping[MessageKey, str],
    places: Places,
) -> tuple[Document, list[Unit]]:
    """Return the settings of a locale's site, and the units whose translations had to stay out."""
    # Few projects write TOML.
    import tomlkit  # noqa: PLC0415

    texts, refused = _usable(units, translations)
    written: Any = tomlkit.parse(document.text)
    settings = written[_TABLE]
    for key in _TEXTS:
        if isinstance(settings.get(key), str):
            settings[key] = texts.get(_folded(settings[key]), str(settings[key]))
    if "nav" in settings:
        settings["nav"] = _nav(settings["nav"].unwrap(), texts, places.page)
    settings["docs_dir"] = places.docs_dir
    settings["site_dir"] = places.site_dir(str(settings.get("site_dir", "site")))
    _switch(settings, places.readers)
    if settings.get("site_url") and places.readers.is_target:
        settings["site_url"] = site_url(str(settings["site_url"]), places.readers.locale.tag)
    theme = settings.setdefault("theme", tomlkit.table())
    theme["language"] = places.language
    if places.readers.locale.right_to_left or "direction" in theme:
        theme["direction"] = "rtl" if places.readers.locale.right_to_left else "ltr"
    return _rewritten(document, tomlkit.dumps(written)), refused


def written_toml(values: Mapping[str, Any]) -> str:
    """Return values as a file of TOML."""
    import tomlkit  # noqa: PLC0415 - as above

    return tomlkit.dumps(values)


def source_toml(document: Document, readers: Readers, folder: str) -> Document:
    """Return the settings of the source's own site, built beside those of its locales."""
    import tomlkit  # noqa: PLC0415 - as above

    written: Any = tomlkit.parse(document.text)
    written[_TABLE]["site_dir"] = folder
    _switch(written[_TABLE], readers)
    return _rewritten(document, tomlkit.dumps(written))


def _rewritten(document: Document, text: str) -> Document:
    return document.edited([Edit(Span(0, len(document.text)), text)])


def _usable(
    units: Sequence[Unit], translations: Mapping[MessageKey, str]
) -> tuple[dict[str, str], list[Unit]]:
    """Return the translations that may stand in settings by their texts, and the other units."""
    texts: dict[str, str] = {}
    refused = []
    for unit in units:
        text = translations.get((unit.context, unit.text), "").strip()
        if text and foreign_features(unit.text, text, COMMONMARK, place=Place.NAME):
            refused.append(unit)
        elif text:
            texts[_folded(unit.text)] = text
    return texts, refused


def _folded(text: str) -> str:
    return " ".join(str(text).split())


def _nav(value: Any, texts: Mapping[str, str], page: Callable[[str], str]) -> Any:  # noqa: ANN401
    if isinstance(value, list):
        return [_nav(item, texts, page) for item in value]
    if isinstance(value, dict):
        items = value.items()
        return {texts.get(_folded(key), key): _nav(item, texts, page) for key, item in items}
    return page(value) if isinstance(value, str) else value


def _switch(settings: Any, readers: Readers) -> None:  # noqa: ANN401 - a table of the file
    """Let the switcher lead to all locales, and leave our plugin out."""
    url = str(settings.get("site_url", ""))
    extra = settings.setdefault("extra", {})
    if "alternate" in extra:
        extra["alternate"] = list(_absolute(extra["alternate"].unwrap(), url, readers))
    else:
        extra["alternate"] = json.loads(readers.alternates(url))
    plugins = settings.get("plugins")
    if isinstance(plugins, dict):
        plugins.pop(_OURS, None)
    elif isinstance(plugins, list) and _OURS in plugins:
        plugins.remove(_OURS)


def _absolute(
    entries: Sequence[dict[str, str]], url: str, readers: Readers
) -> Iterator[dict[str, str]]:
    for entry in entries:
        locale = language_of(entry.get("lang", ""), readers)
        yield {**entry, "link": absolute_link(entry.get("link", ""), url, locale, readers)}
