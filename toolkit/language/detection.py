"""Detect the language of texts: by script first, by langdetect among those that share one."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from toolkit.language.code_spans import code_span
from toolkit.language.locale import likely_tag
from toolkit.language.scripts import kana, letters, letters_of, main_script
from toolkit.model.expressions import late

if TYPE_CHECKING:
    from collections.abc import Iterable

    from langdetect.detector_factory import DetectorFactory

_LONGEST = 4000
"""Characters of a text that are looked at; more do not change the answer."""
_LEAST_LETTERS = 40
"""Below this a text is too short to tell its language; short texts give wild guesses."""
_HAN_SHARE = 0.2
"""Share of Han among a Chinese or Japanese page's letters; the others are names."""
_KANA_SHARE = 0.05
_SHARED = {
    "Latn": "en de fr es pt it nl pl cs sk sl hr ro hu sv da no fi et lv lt tr vi id ca",
    "Cyrl": "ru uk bg mk",
    "Arab": "ar fa ur",
    "Deva": "hi mr ne",
}
"""Languages of a script, as langdetect has them, that documentation is written in.

A script that is not named here has one language, as far as documentation goes.
"""
_CODE = late(rf"{code_span()}|<[^<>]*>|https?://\S+|\]\([^()]*\)|[\w-]*[\d_/\\.@#][\w/\\.@#-]*\w")


class Detected(NamedTuple):
    """A language, and the share of texts that are in it."""

    tag: str
    share: float
    others: tuple[tuple[str, float], ...] = ()
    """Other languages and their shares, the largest first."""


def most_probable(text: str, languages: Iterable[str]) -> tuple[str, float]:
    """The language of a text among some, and its probability; ("", 0) where none is known.

    The same text always gets the same answer.
    """
    known = tuple(sorted(set(languages) & profiles().keys()))
    if len(known) < 2:  # noqa: PLR2004 - one is no choice
        return (known[0], 1.0) if known else ("", 0.0)
    from langdetect.lang_detect_exception import LangDetectException  # noqa: PLC0415

    detector = _factory(known).create()
    detector.append(text[:_LONGEST])
    try:
        best = detector.get_probabilities()
    except LangDetectException:
        return "", 0.0
    return (best[0].lang, best[0].prob) if best else ("", 0.0)


def language_of(texts: Iterable[str]) -> Detected | None:
    """The locale that most of some texts are in; `None` where they say too little.

    Each text counts once, however long it is. Where all are too short to tell, they are taken
    together.
    """
    found: Counter[str] = Counter()
    short: list[str] = []
    for text in texts:
        plain = _CODE.sub(" ", text[: 4 * _LONGEST])[:_LONGEST]
        tag = tag_of(plain)
        found[tag] += 1
        if not tag:
            short.append(plain)
    del found[""]
    if not found and (tag := tag_of("\n".join(short)[:_LONGEST])):
        found[tag] = 1
    if not found:
        return None
    (tag, count), *others = found.most_common()
    total = found.total()
    return Detected(tag, count / total, tuple((name, one / total) for name, one in others))


def can_tell(language: str) -> bool:
    """Whether a language is one of those that detection can return."""
    shared = {name for names in _SHARED.values() for name in names.split()}
    return language in shared or language in {"zh", "ja"}


def shared_languages(script: str) -> tuple[str, ...]:
    """Return the languages that documentation is written in and that share a script."""
    return tuple(_SHARED.get(script, "").split())


def tag_of(text: str) -> str:
    """Return the tag of a text's language, empty if it cannot be detected."""
    count = letters(text)
    if count < _LEAST_LETTERS:
        return ""
    han = letters_of(text, "Hani")
    if han + kana(text) >= _HAN_SHARE * count:
        return "ja" if kana(text) >= _KANA_SHARE * (han + kana(text)) else _chinese(text)
    script, size = main_script(text)
    if size < count / 2:
        return ""
    if script in _SHARED:
        return most_probable(text, _SHARED[script].split())[0]
    return likely_tag(script)


def _chinese(text: str) -> str:
    """Whether more of a text's characters are traditional alone or simplified alone."""
    import hanzidentifier  # noqa: PLC0415 - loads a dictionary

    kinds = Counter(hanzidentifier.identify(character) for character in text)
    traditional = kinds[hanzidentifier.TRADITIONAL] > kinds[hanzidentifier.SIMPLIFIED]
    return "zh-Hant" if traditional else "zh-Hans"


@lru_cache(maxsize=1)
def profiles() -> dict[str, Path]:
    """Langdetect's profiles by language, except Chinese, which the script reveals."""
    from langdetect import PROFILES_DIRECTORY  # noqa: PLC0415 - loads a good deal

    return {path.name: path for path in Path(PROFILES_DIRECTORY).iterdir() if "-" not in path.name}


@lru_cache(maxsize=16)
def _factory(languages: tuple[str, ...]) -> DetectorFactory:
    """A factory of our own for a closed set of languages; seeded, so that it always says the same.

    The one that `langdetect.detect` uses is the whole program's, and is not seeded.
    """
    from langdetect.detector_factory import DetectorFactory  # noqa: PLC0415

    factory = DetectorFactory()
    factory.set_seed(0)
    texts = [profiles()[language].read_text(encoding="utf-8") for language in languages]
    factory.load_json_profile(texts)
    return factory
