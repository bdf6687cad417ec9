"""The words that were decided, in all that people read in English."""

import re

import click
import pytest
from documentation import DOCS, PAGES, ROOT

from toolkit.checks.families import CHECKS
from toolkit.interfaces.cli import main

CODE = re.compile(
    r"^ *```.*?^ *```|``.*?``|`[^`\n]+`|“[^”]*”|\]\([^)]*\)", re.MULTILINE | re.DOTALL
)
RULES = {
    "no blank before %": r"\d %",
    "a program reports, lists or explains": r"\b(?:is|are) told\b|\btells (?:what|how|one|more)\b",
    "next to": r"\bbeside (?!s)",
    "has no, doesn't have": r"\b(?:has|have) not\b(?! \w+(?:ed|en)\b)(?! been| lost)",
    "is rewritten": r"\b(?:is|are) led\b",
    "is ignored, is skipped": r"\bpassed (?:over|by)\b",
    "nothing stands anywhere": r"\b(?:text|key|word|name)s? stands?\b",
    "one per page": r"\ba (?:catalog|file|folder|line|command) a [a-z]+\b",
    "takes precedence": r"\bgoes first\b",
    "-ize": r"\b(?:[Ll]ocalis|[Rr]ecognis)",
}
TEXTS = {name: (DOCS / name).read_text("utf-8") for name in PAGES}
TEXTS["README.md"] = (ROOT / "README.md").read_text("utf-8")
TEXTS |= {f"check {one.id}": one.explanation for one in CHECKS.values()}


def help_texts(command, name):
    """The help of a command and of those below it."""
    context = click.Context(command, info_name=name)
    yield name, command.get_help(context)
    for key in command.list_commands(context) if isinstance(command, click.Group) else ():
        yield from help_texts(command.get_command(context, key), f"{name} {key}")


TEXTS |= dict(help_texts(main, "yiben"))


@pytest.mark.parametrize("rule", RULES)
def test_the_words_are_those_that_were_decided(rule):
    pattern = re.compile(RULES[rule])
    found = [
        f"{name}: {' '.join(prose[max(0, one.start() - 40) : one.end() + 20].split())}"
        for name, text in TEXTS.items()
        for prose in [CODE.sub("X", text)]
        for one in pattern.finditer(prose)
    ]
    assert not found, "\n".join(found)


def test_the_readme_fits_on_two_screens_before_the_details():
    before = TEXTS["README.md"].partition("## Before and after")[0]
    assert before.count("\n") <= 70
    for wanted in ("round-trip.png", "## Install", "## Two commands", "guides/writing.md"):
        assert wanted in before
