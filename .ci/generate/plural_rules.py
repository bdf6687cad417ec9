"""Write `plural_rules.py`, the table of plural forms in use, from what three programs say.

Needs gettext's `msginit`, Babel and the package `weblate-language-data` (MIT licence), and a file
of Babel's answers in other releases if their numbers are to be kept as well:

    python .ci/generate/plural_rules.py [NUMBERS.json]... > plural_rules.py
    python .ci/generate/plural_rules.py --numbers > NUMBERS.json    # with another Babel
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from textwrap import wrap

from babel.localedata import locale_identifiers
from babel.messages.plurals import get_plural

TEMPLATE = (
    'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    'msgid "x"\nmsgid_plural "y"\nmsgstr[0] ""\nmsgstr[1] ""\n'
)
MANUAL = {
    "ar": (
        6,
        "(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5)",
    ),
    "ca": (2, "(n != 1)"),
}
"""Languages of gettext's manual that `msginit` of gettext 0.21 leaves out."""
HEAD = '''"""Plural forms in use by language: from gettext, and where it is silent from Weblate.

Made by `.ci/generate/plural_rules.py`.
"""
'''


def babel_numbers() -> dict[str, int]:
    """Count the plural forms that the installed Babel knows, by language."""
    names = [name for name in locale_identifiers() if "_" not in name]
    return {name: get_plural(name).num_plurals for name in names}


def gettext_rule(name: str) -> tuple[int, str] | None:
    """Return the number of forms and the expression that gettext gives a new catalog."""
    if name in MANUAL:
        return MANUAL[name]
    made = subprocess.run(
        ["msginit", "-i", "-", "-o", "-", "-l", name, "--no-translator", "--no-wrap"],
        input=TEMPLATE,
        capture_output=True,
        text=True,
        check=False,
    )
    found = re.search(r"Plural-Forms: nplurals=(\d+); plural=(.*?);\\n", made.stdout)
    return (int(found[1]), found[2]) if found else None


def spelled(expression: str) -> str:
    """Return an expression as gettext spells it where it has the same one."""
    return f"({expression})" if expression in {"n != 1", "n > 1"} else expression


def rules(numbers: list[dict[str, int]]) -> tuple[dict[str, tuple[int, str]], dict[str, set[int]]]:
    """Return the rule for new catalogs, and all numbers of forms in use, by language."""
    from weblate_language_data import languages, plurals  # noqa: PLC0415

    preferred = {
        name: gettext_rule(name) or (number, spelled(rule))
        for name, _, number, rule in languages.LANGUAGES
    }
    known: dict[str, set[int]] = defaultdict(set)
    tables = (
        languages.LANGUAGES,
        plurals.CLDRPLURALS,
        plurals.QTPLURALS,
        plurals.EXTRAPLURALS,
    )
    for name, _, number, _ in (row for table in tables for row in table):
        known[name].add(number)
    for name, number in (item for table in numbers for item in table.items()):
        known[name].add(number)
    return preferred, known


def without_regions(preferred: dict[str, tuple[int, str]]) -> dict[str, tuple[int, str]]:
    """Drop what a language's own entry says already (`de_AT` beside `de`)."""
    return {
        name: rule
        for name, rule in preferred.items()
        if not re.search(r"[_@]", name) or preferred.get(re.split("[_@]", name)[0]) != rule
    }


def table(numbers: list[dict[str, int]]) -> str:
    """Return the text of the module."""
    preferred, known = rules(numbers)
    preferred = without_regions(preferred)
    groups = defaultdict(list)
    for name, rule in preferred.items():
        groups[rule].append(name)
    lines = [HEAD, "RULES: tuple[tuple[int, str, str], ...] = ("]
    by_size = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    for (number, rule), names in by_size:
        lines += ["    (", f"        {number},"]
        lines += literal(rule, "        ", ",") + literal(" ".join(sorted(names)), "        ", ",")
        lines.append("    ),")
    lines += [")", '"""Number of forms, expression in C, languages."""', ""]
    lines.append("OTHER_NUMBERS: dict[int, str] = {")
    others = defaultdict(list)
    for name, counts in known.items():
        if "_" in name or "@" in name:
            continue
        for number in counts - {preferred.get(name, (0, ""))[0]}:
            others[number].append(name)
    for number, names in sorted(others.items()):
        text = literal(" ".join(sorted(names)), "        ", "")
        lines += [f"    {number}: (", *text, "    ),"]
    lines += ["}", '"""Numbers of forms that catalogs of these languages have as well."""']
    return "\n".join(lines) + "\n"


def literal(text: str, indent: str, end: str) -> list[str]:
    """Return the lines of a string literal, wrapped; in parentheses where they are several."""
    parts = wrap(text, 80 - len(indent), drop_whitespace=False, break_on_hyphens=False)
    lines = [f'"{part}"' for part in parts]
    if len(lines) == 1 or not end:
        return [indent + line for line in lines[:-1]] + [indent + lines[-1] + end]
    return [f"{indent}(", *(f"{indent}    {line}" for line in lines), f"{indent}){end}"]


if __name__ == "__main__":
    if "--numbers" in sys.argv:
        print(json.dumps(babel_numbers()))
    else:
        older = [json.loads(Path(name).read_text(encoding="utf-8")) for name in sys.argv[1:]]
        print(table([babel_numbers(), *older]), end="")
