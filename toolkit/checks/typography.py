"""Checks of typography by language; they run where the settings or the user name them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.checks import Remark, pair_check
from toolkit.checks.subject import OBJECT, plain
from toolkit.model.expressions import late
from toolkit.model.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.checks.subject import Pair, Subject

ON_REQUEST = frozenset(
    {"french-spacing", "quotation-marks", "spanish-marks", "arabic-punctuation", "arrow-direction"}
)
"""The checks that run only where somebody asks for them."""
NARROW = "\u202f"
FRENCH_GAP = late(
    # Neither in smileys and paths, nor between values (`%s:%s`), nor after a line's number.
    rf"(?!(?<={OBJECT}):{OBJECT}|(?<=[%)][a-z]):%|(?<=:\d):|(?<=:\d\d):|(?<=:\d{{3}}):)"
    rf"(?<=[\w»)\]{OBJECT}])[ \t]?(?=[;:!?](?![\w/:;!?=)\\]|-[()DP]))"
    r"|(?<=«)[ \t]?(?=[^\s«])|(?<=[^\s«])[ \t]?(?=»)"
)
"""Matches the place of a narrow blank: nothing or an ordinary blank stands there."""
_NO_BREAK = late(r"&(?:nbsp|#0*160|#x0*a0|#0*8239|#x0*202f);", re.IGNORECASE)
_SHORT_CODE = late(r"(?<![\w:]):[a-z][\w+-]*:(?!\w)")
QUOTES = {
    "fr": (f"«{NARROW}", f"{NARROW}»"),
    "de": ("„", "“"),
    "ja": ("「", "」"),
    "ko": ("“", "”"),
}
"""The outer quotation marks of languages where straight ones are no prose."""
QUOTED = late(r'(?<![\w"=])"(?=[^\s"])([^"\n]*[^\s"])"(?![\w"])')
"""Matches a text between straight double quotation marks."""
ARABIC = "\u0620-\u064a\u066e-\u06d3"
ARABIC_MARK = late(rf"(?<=[{ARABIC}])[,;?](?=\s|$)")
ARABIC_MARKS = {",": "،", ";": "؛", "?": "؟"}
ARABIC_SCRIPT = frozenset({"ar", "fa", "ur", "ps", "ckb", "ug"})
_SENTENCE = late(r"[^.!?…\n]*[?!]+(?!\w)")
_ARROW = late("[→⇒➜⟶]")


@pair_check("french-spacing", Severity.WARNING)
def french_spacing(pair: Pair, subject: Subject) -> Iterator[Remark]:
    """French text lacks a no-break space before `;:!?` or inside of guillemets.

    Bad:  msgstr `Attention ! Lire « ceci »` with ordinary spaces
    Good: msgstr with U+202F, or U+00A0, in their place
    """
    if not is_french(subject):
        return
    text = plain(spelled_blanks(pair.translation), pair.wordless)
    found = FRENCH_GAP.search(text)
    if found:
        end = text[found.start() - 1 : found.end() + 1]
        yield Remark("put a no-break space before ;:!? and inside « »", end)


def spelled_blanks(text: str) -> str:
    """The text, as long as before, with no-break blanks for entities, and without `:names:`."""
    text = _SHORT_CODE.sub(lambda match: OBJECT * len(match[0]), text)
    return _NO_BREAK.sub(lambda match: "\u00a0" * len(match[0]), text)


def is_french(subject: Subject) -> bool:
    """Whether a catalog is in French with blanks before marks; Canada writes none."""
    return subject.locale.language == "fr" and subject.locale.territory != "CA"


@pair_check("quotation-marks", Severity.WARNING)
def quotation_marks(pair: Pair, subject: Subject) -> Iterator[Remark]:
    """Straight quotation marks stand where the language has marks of its own.

    Bad:  msgstr `Klicken Sie auf "Weiter"` in `de`
    Good: msgstr `Klicken Sie auf „Weiter“`
    """
    marks = QUOTES.get(subject.locale.language)
    found = QUOTED.search(pair.plain_translation) if marks else None
    if marks and found:
        yield Remark(f"write {marks[0]}…{marks[1]} instead of straight marks", found[0])


@pair_check("spanish-marks", Severity.WARNING)
def spanish_marks(pair: Pair, subject: Subject) -> Iterator[Remark]:
    """A Spanish question or exclamation doesn't open with `¿` or `¡`.

    Bad:  msgstr `Cómo funciona?`
    Good: msgstr `¿Cómo funciona?`
    """
    if subject.locale.language != "es":
        return
    for sentence in _SENTENCE.finditer(pair.plain_translation):
        text = sentence[0]
        if len(text.split()) > 1 and not re.search("[¿¡]", text) and OBJECT not in text[-2:]:
            yield Remark("open the sentence with ¿ or ¡", text.strip())


@pair_check("arabic-punctuation", Severity.WARNING)
def arabic_punctuation(pair: Pair, subject: Subject) -> Iterator[Remark]:
    """An Arabic letter is followed by a Latin comma, semicolon or question mark.

    Bad:  msgstr `أولاً, ثم`
    Good: msgstr `أولاً، ثم`
    """
    if subject.locale.language in ARABIC_SCRIPT:
        for found in ARABIC_MARK.finditer(pair.plain_translation):
            text = f"write “{ARABIC_MARKS[found[0]]}” after an Arabic letter"
            yield Remark(text, found[0], facts=(found[0],))


@pair_check("arrow-direction", Severity.WARNING)
def arrow_direction(pair: Pair, subject: Subject) -> Iterator[Remark]:
    """An arrow points against the direction of the text, from right to left.

    Bad:  msgstr `الملف → حفظ`
    Good: msgstr `الملف ← حفظ`
    """
    if subject.locale.right_to_left and (found := _ARROW.search(pair.plain_translation)):
        yield Remark(
            "in text from right to left, an arrow to what follows points to the left", found[0]
        )
