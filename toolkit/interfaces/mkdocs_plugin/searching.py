"""The search of the site, over pages in several languages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.contrib.search import LangOption

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, MutableMapping, Sequence

    from mkdocs.config.defaults import MkDocsConfig

    from toolkit.language.locale import Locale

_PLUGINS = ("material/search", "search")
_ENGLISH = "en"
_LUNR = "assets/javascripts/lunr/min/lunr.{}.min.js"
_WORDS = "search.config."


def configure(config: MkDocsConfig, locales: Sequence[Locale]) -> None:
    """Let the search know the languages of all locales, the source's first."""
    for name in _PLUGINS:
        plugin: Any = config.plugins.get(name)
        if plugin is None:
            continue
        if "pipeline" in plugin.config:
            _configure_material(config, plugin.config, locales)
        elif "lang" in plugin.config:
            known = plugin.config["lang"] or []
            own = (_lunr_language(one) for one in locales)
            plugin.config["lang"] = _once([*known, *(name for name in own if name)]) or ["en"]


def _lunr_language(locale: Locale) -> str | None:
    """The language as MkDocs' own search has it; English needs no file of its own there."""
    if locale.language == _ENGLISH:
        return _ENGLISH
    found: str | None = LangOption().get_lunr_supported_lang(locale.folder)
    return found


def _configure_material(
    config: MkDocsConfig,
    settings: MutableMapping[str, Any],
    locales: Sequence[Locale],
) -> None:
    from toolkit.site.languages import theme_language  # noqa: PLC0415

    texts = [_texts(config, theme_language(one.tag, config.theme.dirs)) for one in locales]
    languages = [
        part
        for locale, one in zip(locales, texts, strict=True)
        for part in _material_languages(config, locale, one["lang"])
    ]
    settings["lang"] = _once([*(settings["lang"] or []), *filter(None, languages)])
    if "" in languages:
        # With two languages and more, the program drops the letters of all others.
        settings["lang"] = settings["lang"][:1]
    if not settings["separator"]:
        settings["separator"] = "|".join(_once(one["separator"] for one in texts))
    if settings["pipeline"] is None:
        steps = (part.strip() for one in texts for part in one["pipeline"].split(","))
        # Stemmers of several languages run one after the other, and spoil each other's words.
        lost = {"", "stemmer"} if len(_once(filter(None, languages))) > 1 else {""}
        settings["pipeline"] = _once(step for step in steps if step not in lost)


def _material_languages(config: MkDocsConfig, locale: Locale, named: str) -> list[str]:
    """The languages that a locale is searched in; an empty one where its letters are in none.

    `named` is what the theme says, which is English for many languages that there are files for.
    """
    languages = [part for part in named.replace(" ", "").split(",") if part]
    if locale.language == _ENGLISH or languages not in ([], [_ENGLISH]):
        return languages
    for folder in config.theme.dirs:
        if Path(folder, _LUNR.format(locale.language)).is_file():
            return [locale.language]
    return languages if locale.script == "Latn" else [""]


def _texts(config: MkDocsConfig, language: str) -> dict[str, str]:
    """The theme's texts about searching in a language."""
    env = config.theme.get_env()
    values = {"config": {"theme": {"language": language}}}
    module: Any = env.get_template("partials/language.html", None, values).module
    return {key: str(module.t(_WORDS + key)) for key in ("lang", "separator", "pipeline")}


def _once(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))


def drop(config: MkDocsConfig, copies: Collection[str]) -> None:
    """Take pages that are copies of their source out of a written index."""
    path = Path(config.site_dir, "search", "search_index.json")
    if not copies or not path.is_file():
        return
    data = json.loads(path.read_text(encoding="utf-8"))
    entries = data.get("docs", [])
    kept = [one for one in entries if one.get("location", "").partition("#")[0] not in copies]
    if len(kept) < len(entries) and "index" not in data:
        text = json.dumps({**data, "docs": kept}, ensure_ascii=False, separators=(",", ":"))
        path.write_text(text, encoding="utf-8")
