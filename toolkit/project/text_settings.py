"""Settings that are texts for readers, for all locales or by locale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.language.locale import locale_of
from toolkit.project.setting_values import text_of

if TYPE_CHECKING:
    from collections.abc import Mapping


def notice(value: object) -> str | Mapping[str, str]:
    """A text, for all locales or by locale."""
    if not isinstance(value, dict):
        return text_of(value)
    return {locale_of(tag).tag: text_of(text) for tag, text in value.items()}


def credits_line(value: object) -> str | Mapping[str, str]:
    """A text that names translators, or a word for one of ours; for all locales or by locale."""
    texts = notice(value)
    for text in [texts] if isinstance(texts, str) else texts.values():
        if text not in {"", "auto", "list"} and ("{translators}" not in text or "\n" in text):
            raise ValueError('write "auto", "list", or one line with {translators}')
    return texts


def stand_in(value: object) -> str | Mapping[str, str]:
    """One line of text without markup that acts, for all locales or by locale."""
    texts = notice(value)
    if not all(map(_is_plain, [texts] if isinstance(texts, str) else texts.values())):
        raise ValueError("write one line of text, without links, HTML or macros")
    return texts


def _is_plain(text: str) -> bool:
    # Most projects have no such text, and most commands need no guard.
    from toolkit.dialects.inline.grammar import COMMONMARK  # noqa: PLC0415
    from toolkit.writing.guard.acting import Place  # noqa: PLC0415
    from toolkit.writing.guard.foreign import foreign_features  # noqa: PLC0415

    return "\n" not in text and not foreign_features("", text, COMMONMARK, place=Place.HTML)
