"""Checks of Chinese text: script, blanks and punctuation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.checks import Remark, pair_check
from toolkit.checks.subject import OBJECT
from toolkit.language.characters import HAN
from toolkit.model.expressions import late
from toolkit.model.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.checks.subject import Pair, Subject

_TIGHT = late(rf"[{HAN}][A-Za-z0-9]|[A-Za-z0-9][{HAN}]")
_LOOSE = late(
    rf"[^\s{OBJECT}][ \t]+[，。；：？！、）》」』】]|[，。；：？！、（《「『【][ \t]+[^\s{OBJECT}]"
)
_NARROW = late(rf"[{HAN}][,;:?!](?=[\s{HAN}]|$)")
_OTHER_SCRIPT = {"Hans": "traditional", "Hant": "simplified"}


def _is_chinese(subject: Subject) -> bool:
    return subject.locale.language in {"zh", "yue"}


@pair_check("script-variant", Severity.WARNING)
def other_variant(pair: Pair, subject: Subject) -> Iterator[Remark]:
    """A traditional catalog contains simplified characters, or vice versa.

    Bad:  msgstr `軟體安裝` in `zh_Hans`
    Good: msgstr `软件安装`
    """
    if not _is_chinese(subject):
        return
    # Its tables take a while to load.
    import hanzidentifier  # noqa: PLC0415

    found = hanzidentifier.identify(pair.plain_translation)
    wrong = {"Hans": hanzidentifier.TRADITIONAL, "Hant": hanzidentifier.SIMPLIFIED}
    script = subject.locale.script
    if found == wrong.get(script):
        yield Remark(f"is written in {_OTHER_SCRIPT[script]} characters")


@pair_check("chinese-spacing", Severity.WARNING)
def chinese_spacing(pair: Pair, subject: Subject) -> Iterator[Remark]:
    """Chinese and Latin letters touch, or full-width punctuation has a space next to it.

    Bad:  msgstr `使用Kubernetes ，并安装`
    Good: msgstr `使用 Kubernetes，并安装`
    """
    if not _is_chinese(subject):
        return
    text = pair.plain_translation
    if tight := _TIGHT.search(text):
        yield Remark("put a space between Chinese and Latin characters", tight[0], facts=("tight",))
    if loose := _LOOSE.search(text):
        yield Remark("full-width punctuation needs no space next to it", loose[0], facts=("loose",))


@pair_check("chinese-punctuation", Severity.WARNING)
def narrow_punctuation(pair: Pair, subject: Subject) -> Iterator[Remark]:
    """A Chinese character is followed by half-width punctuation.

    Bad:  msgstr `注意:先安装`
    Good: msgstr `注意：先安装`
    """
    if _is_chinese(subject) and (narrow := _NARROW.search(pair.plain_translation)):
        mark = narrow[0][-1]
        text = f"“{mark}” after a Chinese character is half-width"
        yield Remark(text, narrow[0], facts=(mark,))
