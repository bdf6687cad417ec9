"""Themes in the language of a localized page."""

from __future__ import annotations

import copy
import gettext
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import pass_context
from mkdocs.localization import parse_locale

from toolkit.site.languages import theme_language

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2 import Environment
    from jinja2.runtime import Context
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.pages import Page
    from mkdocs.theme import Theme

    from toolkit.language.locale import Locale

_TEXTS = ("site_name", "site_description", "copyright")


class LocalTheme(Mapping[str, Any]):
    """A theme that speaks another language; all else is the theme's own."""

    def __init__(self, theme: Theme, locale: Locale) -> None:
        self._theme = theme
        self._own: dict[str, Any] = {}
        if "language" in theme:
            self._own["language"] = theme_language(locale.tag, theme.dirs)
        self.locale = parse_locale(locale.folder)
        if "locale" in theme:
            self._own["locale"] = self.locale

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - as the theme has it
        return getattr(self._theme, name)

    def __getitem__(self, key: str) -> Any:  # noqa: ANN401 - as the theme has it
        return self._own[key] if key in self._own else self._theme[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._theme)

    def __len__(self) -> int:
        return len(self._theme)


def local_config(
    config: MkDocsConfig, locale: Locale, translated: Callable[[str], str]
) -> MkDocsConfig:
    """Return the site's configuration in a locale."""
    local = copy.copy(config)
    for key in _TEXTS:
        if config[key]:
            local[key] = translated(config[key])
    local["theme"] = LocalTheme(config.theme, locale)
    return local


class Speech:
    """Switches the texts of themes that have them from gettext, page by page."""

    def __init__(self, env: Environment, theme: Theme) -> None:
        self._env = env
        self._theme = theme
        self._current = ""
        # Material and its like have their texts in templates, by `theme.language`.
        self._speaks = "language" not in theme and hasattr(env, "install_gettext_translations")

    def switch(self, locale: Locale | None) -> None:
        """Let the theme speak a locale's language, its own for `None`."""
        name = locale.folder if locale else ""
        if not self._speaks or name == self._current:
            return
        self._current = name
        self._env.install_gettext_translations(  # type: ignore[attr-defined]
            self._translations(name or str(self._theme.locale))
        )

    def _translations(self, name: str) -> gettext.NullTranslations:
        """The theme's texts in a language; as they are where it has none of them."""
        names = [name, name.partition("_")[0]]
        found = gettext.NullTranslations()
        for folder in self._theme.dirs:
            place = Path(folder, "locales")
            loaded = gettext.translation("messages", place, names, fallback=True)
            if isinstance(loaded, gettext.GNUTranslations):
                if isinstance(found, gettext.GNUTranslations):
                    found.add_fallback(loaded)
                else:
                    found = loaded
        return found


class FinalAddress(str):
    """An address that is meant as it stands, also on a page of another locale."""

    __slots__ = ()


def lead_templates(env: Environment, local: Callable[[Page, str], str | None]) -> None:
    """Let the addresses in templates lead to what the page's locale has.

    `local` gives the address that one has on a page; `None` where it is the same.
    """
    plain = env.filters["url"]

    @pass_context
    def url(context: Context, value: str | None) -> str:
        page = context.get("page")
        if page is not None and value and not isinstance(value, FinalAddress):
            value = local(page, str(value)) or value
        found: str = plain(context, value)
        return found

    env.filters["url"] = url
