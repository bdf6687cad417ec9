"""Write `toolkit/checks/spelled_numbers.json`: small numbers in words, from CLDR's rules.

Needs ICU, which carries CLDR's rule-based number formats, and its Python binding (Debian's
`python3-icu`): `/usr/bin/python3 .ci/generate/spelled_numbers.py`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FILE = Path(__file__).parents[2] / "toolkit/checks/spelled_numbers.json"
NUMBERS = (*range(25), *range(30, 101, 10), 200, 1000)
_RULES = ("%spellout-cardinal", "%spellout-ordinal", "%spellout-numbering")
_SOFT = {0xAD: None, 0x200B: None}


def spelled_numbers() -> dict[str, dict[str, list[str]]]:
    """By language and number the starts that its words may have."""
    import icu  # noqa: PLC0415 - of this script alone

    languages = sorted({name.split("_")[0] for name in icu.Locale.getAvailableLocales()})
    found = {language: _words_of(icu, language) for language in languages}
    # Languages without rules of their own get those of another one.
    own = {language for language in found if found[language] != found["en"] or language == "en"}
    return {language: words for language, words in found.items() if words and language in own}


def _words_of(icu: Any, language: str) -> dict[str, list[str]]:  # noqa: ANN401 - has no types
    rules = icu.RuleBasedNumberFormat(icu.URBNFRuleSetTag.SPELLOUT, icu.Locale(language))
    names = [
        rules.getRuleSetName(number)
        for number in range(rules.getNumberOfRuleSetNames())
        if rules.getRuleSetName(number).startswith(_RULES)
    ]
    words = {}
    for number in NUMBERS:
        texts = {rules.format(number, name).translate(_SOFT).lower() for name in names}
        plain = {text for text in texts if not any(map(str.isdigit, text))}
        if plain:
            words[str(number)] = _shortest(plain)
    return words


def _shortest(texts: set[str]) -> list[str]:
    """The texts that start with no other one."""
    return sorted(
        text for text in texts if not any(text != one and text.startswith(one) for one in texts)
    )


if __name__ == "__main__":
    lines = [
        f"{json.dumps(language)}: {json.dumps(words, ensure_ascii=False, separators=(',', ':'))}"
        for language, words in spelled_numbers().items()
    ]
    FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
