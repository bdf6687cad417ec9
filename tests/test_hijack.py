"""No translation can take a page over: attacks at random, judged by the programs that render."""

import sys
from difflib import unified_diff
from random import SystemRandom

import pytest
from attacks import attacked, source_of
from judges import JUDGES, Deeds, compiled, deeds_of, macros_of, read_by_vitepress

pytestmark = pytest.mark.peers
_PAGES = 500
_PAGES_AT_NIGHT = 10_000
_AT_A_TIME = 500
_COMPILED = ["docusaurus", "mdx", "mdx-md"]
DIALECTS = [*JUDGES, *_COMPILED, "vitepress"]


def judged(dialect, texts):
    """By the name of each program what it makes of the pages."""
    if dialect in _COMPILED:
        return {"MDX": compiled(texts, dialect)}
    if dialect == "vitepress":
        return {"VitePress": read_by_vitepress(texts)}
    return {name: [deeds_of(html) for html in render(texts)] for name, render in JUDGES[dialect]}


def changes(source, text):
    lines = unified_diff(source.split("\n"), text.split("\n"), n=0, lineterm="")
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


def faults(dialect, seeds):
    """Pages that do what their source does not, or are built otherwise."""
    source = source_of(dialect)[0].text
    pages = attacked(dialect, seeds)
    for program, deeds in judged(dialect, [source, *(page.text for _, _, page in pages)]).items():
        own = deeds[0]
        assert isinstance(own, Deeds), own
        for (seed, _, page), there in zip(pages, deeds[1:], strict=True):
            where = f"{program}, seed {seed}"
            if not isinstance(there, Deeds):
                yield where, there, changes(source, page.text)
            elif there.features - own.features:
                yield where, there.features - own.features, changes(source, page.text)
            elif there.blocks != own.blocks:
                yield where, "other blocks", changes(source, page.text)
            elif macros_of(page.text) - macros_of(source):
                yield where, "other macros", changes(source, page.text)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_no_attack_brings_anything_in(dialect):
    assert not list(faults(dialect, range(_PAGES)))


@pytest.mark.nightly
@pytest.mark.parametrize("dialect", DIALECTS)
def test_no_attack_of_many_brings_anything_in(dialect, capsys):
    first = SystemRandom().randrange(10**9)
    with capsys.disabled():
        sys.stdout.write(f"\n{dialect}: seeds from {first}\n")
    for start in range(first, first + _PAGES_AT_NIGHT, _AT_A_TIME):
        assert not list(faults(dialect, range(start, start + _AT_A_TIME)))


@pytest.mark.parametrize("dialect", DIALECTS)
def test_attacks_that_are_built_as_they_are_act(dialect):
    """The judges see what the guard keeps out: without it, attacks do act."""
    source, reading = source_of(dialect)
    unit = next(unit for unit in reading.units if unit.text == "Last paragraph.")
    for attack in ("<script>alert(1)</script>", "[x](https://evil.example)", "x\n\n- y"):
        hostile = source.text.replace(unit.text, attack)
        for own, there in (deeds[:2] for deeds in judged(dialect, [source.text, hostile]).values()):
            assert there != own, attack
