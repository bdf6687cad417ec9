"""Which language texts are in: by script first, by langdetect among those that share one."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from toolkit.scripts import is_known, kana, letters, letters_of

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
_ALONE = {
    "Kore": "ko",
    "Grek": "el",
    "Hebr": "he",
    "Thai": "th",
    "Beng": "bn",
    "Taml": "ta",
    "Telu": "te",
    "Knda": "kn",
    "Mlym": "ml",
    "Gujr": "gu",
    "Guru": "pa",
    "Geor": "ka",
    "Armn": "hy",
}
"""Scripts that one language has to itself, as far as documentation goes."""
_SHARED = {
    "Latn": "en de fr es pt it nl pl cs sk sl hr ro hu sv da no fi et lv lt tr vi id ca",
    "Cyrl": "ru uk bg mk",
    "Arab": "ar fa ur",
    "Deva": "hi mr ne",
}
"""Languages of a script, as langdetect has them, that documentation is written in."""
_CODE = re.compile(r"`[^`]*`|<[^<>]*>|https?://\S+|\]\([^()]*\)|[\w-]*[\d_/\\.@#][\w/\\.@#-]*\w")


class Detected(NamedTuple):
    """A language, and the share of letters in the texts that are in it."""

    tag: str
    share: float


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
    """The locale that most letters of some texts are in; `None` where they say too little."""
    found: Counter[str] = Counter()
    for text in texts:
        plain = _CODE.sub(" ", text[: 4 * _LONGEST])[:_LONGEST]
        count = letters(plain)
        tag = _tag(plain, count) if count >= _LEAST_LETTERS else ""
        if tag:
            found[tag] += count
    if not found:
        return None
    (tag, count), *_ = found.most_common(1)
    return Detected(tag, count / found.total())


def _tag(text: str, count: int) -> str:
    """The tag of a text's language, empty where it cannot be told."""
    han = letters_of(text, "Hani")
    if han + kana(text) >= _HAN_SHARE * count:
        return "ja" if kana(text) >= _KANA_SHARE * (han + kana(text)) else _chinese(text)
    script = max((*_ALONE, *_SHARED), key=lambda name: letters_of(text, name))
    if not is_known(script) or letters_of(text, script) < count / 2:
        return ""
    if script in _ALONE:
        return _ALONE[script]
    return most_probable(text, _SHARED[script].split())[0]


def _chinese(text: str) -> str:
    """Whether more of a text's characters are traditional alone or simplified alone."""
    import hanzidentifier  # noqa: PLC0415 - loads a dictionary

    kinds = Counter(hanzidentifier.identify(character) for character in text)
    traditional = kinds[hanzidentifier.TRADITIONAL] > kinds[hanzidentifier.SIMPLIFIED]
    return "zh-Hant" if traditional else "zh-Hans"


@lru_cache(maxsize=1)
def profiles() -> dict[str, Path]:
    """Langdetect's profiles by language, but those of Chinese, which the script tells."""
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
