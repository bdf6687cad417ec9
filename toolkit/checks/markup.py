"""Checks of what has to be the same in source and translation: tags, code, marks."""

from __future__ import annotations

import re
from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING

from toolkit.checks import Remark, pair_check
from toolkit.checks.emphasis import advice, emphasized
from toolkit.checks.targets import missing, without_code
from toolkit.dialects.inline import Markup, hidden_code, marks
from toolkit.dialects.inline.emphasis import RULES
from toolkit.dialects.inline.roles import role_uses
from toolkit.language.scripts import pattern
from toolkit.model.findings import Severity
from toolkit.reading import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from toolkit.checks.subject import Pair, Subject

_PLACEHOLDER = re.compile(
    r"\{\{.{0,999}?\}\}|\{%.{0,999}?%\}|\$\{\w+\}|%\(\w+\)[sd]"
    r"|(?<![\w:/]):(?=[a-z0-9_+-]*[a-z])[a-z0-9_+-]+:(?![A-Za-z0-9_:/])"
    r"|(?<![\w+])\+\+[a-z0-9\"'][a-z0-9\"'+ -]*?\+\+(?![\w+])"
)
_TAG = re.compile(r"(?<!\\)<(?P<end>/?)(?P<name>[A-Za-z][\w-]*)(?=[\s/>])[^<>]*?(?P<empty>/?)>")
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_ATTRIBUTES = re.compile(r"(?<=[)\]`*_>])\{:?[ ]*[^{}\s%][^{}\n]*\}")
_VERBATIM = re.compile(r"[`$]|\\[(\[]")
"""The marks of which code, roles and formulas each have one."""
_TEXT_IN_FORMULA = re.compile(r"\\(text(?:bf|it|rm|sf|tt)?|mathrm|mbox|operatorname)\s*\{[^{}]*\}")
_AROUND_FORMULA = re.compile(r"^(?:\$\$?`?|\\[(\[])|(?:`?\$\$?|\\[)\]])$|\s+")
_HARD_BREAK = re.compile(r"(?: {2,}|\\)\n|<br\s*/?>(?!\n)")


@pair_check("placeholder", Severity.ERROR)
def lost_placeholders(pair: Pair, subject: Subject) -> Iterator[Remark]:
    """A macro, placeholder, icon or key is missing.

    Bad:  msgid `Version {{ version }}`, msgstr `Version`
    Good: msgstr `Version {{ version }}`
    """
    apart = subject.dialect.apart
    grammar = subject.dialect.grammar
    sides = (hidden_code(apart(side), grammar) for side in (pair.source, pair.translation))
    for text in missing(*([match[0] for match in _PLACEHOLDER.finditer(side)] for side in sides)):
        yield Remark(
            f"placeholder “{text}” of the source is missing", text, lost=True, facts=(text,)
        )


@pair_check("html-tag", Severity.ERROR)
def lost_tags(pair: Pair, subject: Subject) -> Iterator[Remark]:
    """An HTML tag is missing, or tags are nested wrongly.

    Bad:  msgid `Press <kbd>Tab</kbd>.`, msgstr `Drücken Sie <kbd>Tab.`
    Good: msgstr `Drücken Sie <kbd>Tab</kbd>.`
    """
    if "<" not in pair.source:
        return
    source, translation = (list(_TAG.finditer(side)) for side in without_code(pair, subject))
    lost = missing(map(_tag_name, source), map(_tag_name, translation))
    for name in lost:
        text = f"tag {name} of the source is missing"
        yield Remark(text, name.rstrip(">"), lost=True, facts=(name,))
    if not lost and _is_nested(source) and not _is_nested(translation):
        text = "HTML tags are nested wrongly; close the inner one first"
        yield Remark(text, translation[0][0], facts=("nesting",))


def _tag_name(tag: re.Match[str]) -> str:
    return f"<{tag['end']}{tag['name'].lower()}>"


def _is_nested(tags: Iterable[re.Match[str]]) -> bool:
    opened: list[str] = []
    for tag in tags:
        name = tag["name"].lower()
        if name in _VOID or tag["empty"]:
            continue
        if not tag["end"]:
            opened.append(name)
        elif not opened or opened.pop() != name:
            return False
    return not opened


@pair_check("attribute-list", Severity.ERROR)
def lost_attributes(pair: Pair, subject: Subject) -> Iterator[Remark]:
    """An attribute list is missing.

    Bad:  msgid `[Start](start.md){ .md-button }`, msgstr `[Los](start.md)`
    Good: msgstr `[Los](start.md){ .md-button }`
    """
    if not subject.dialect.attribute_lists or "{" not in pair.source:
        return
    source, translation = (
        [(canonical.attribute_list(text), text) for text in _ATTRIBUTES.findall(side)]
        for side in (pair.source, pair.translation)
    )
    written = dict(source)
    for same in missing(*([one for one, _ in side] for side in (source, translation))):
        text = written[same]
        yield Remark(
            f"attribute list “{text}” of the source is missing", text, lost=True, facts=(text,)
        )


@pair_check("dead-emphasis", Severity.ERROR)
def dead_emphasis(pair: Pair, subject: Subject) -> Iterator[Remark]:
    """Emphasis markers will be displayed literally, which is common next to Chinese text.

    Markers with spaces inside and markers without a partner never work. Whether `**注意：**请` is
    bold depends on the site: it is in Python-Markdown, but not with `pymdownx.betterem` or in
    CommonMark. `mkdocs.yml` or the setting `emphasis` decides.
    Bad:  msgid `a _degraded_ pointer`, msgstr `指针_降级_为`
    Good: msgstr `指针*降级*为`
    """
    if not {"*", "_"} & {*pair.source, *pair.translation}:
        return
    rules = subject.site_emphasis or RULES[subject.dialect.emphasis]
    wordless = subject.dialect.wordless
    source = emphasized(pair.source, rules, wordless)
    translation = emphasized(pair.translation, rules, wordless)
    if translation.lacks(source):
        known = Counter(source.dead)
        new = next(
            (one for one in translation.dead if known.subtract([one]) or known[one] < 0),
            translation.dead[0],
        )
        yield Remark(f"“{new}” makes no emphasis here; {advice(new, rules)}", new, facts=(new,))


@pair_check("hard-break", Severity.WARNING)
def lost_breaks(pair: Pair, _subject: Subject) -> Iterator[Remark]:
    r"""A line break is missing; some editors strip the two spaces that make one.

    Bad:  msgid `One  \nTwo`, msgstr `Eins\nZwei`
    Good: msgstr `Eins  \nZwei`
    """
    if "\n" in pair.source or "<br" in pair.source:
        lost = len(_HARD_BREAK.findall(pair.source)) - len(_HARD_BREAK.findall(pair.translation))
        if lost > 0:
            breaks = "line break of the source is" if lost == 1 else "line breaks of the source are"
            yield Remark(f"{lost} {breaks} missing")


class _Verbatim(StrEnum):
    """The parts of a text that stay word by word, as findings name them."""

    CODE = "code"
    FORMULA = "formula"
    ROLE = "role"


@pair_check("code-span", Severity.WARNING)
def lost_code(pair: Pair, subject: Subject) -> Iterator[Remark]:
    r"""A code span, formula or role is missing; the text of a role may be translated.

    Words of the source's language in a code span may be translated too, as may those in the
    `\text{…}` of a formula, and a list in one may be split into several code spans.
    Bad:  msgid ``Run `make`.``, msgstr `Starten Sie „make“.`
    Good: msgstr ``Starten Sie `make`.``
    """
    if not _VERBATIM.search(pair.source):
        return
    source = list(dict.fromkeys(_codes(pair.source, subject)))
    here = dict.fromkeys(_codes(pair.translation, subject))
    lost = [one for one in source if one not in here]
    if not lost:
        return
    words = pattern(subject.source.script) if subject.source.script != "Latn" else None
    others = [one for one in here if one not in source]
    for kind, text in lost:
        if kind is _Verbatim.CODE and _is_cut(text, here):
            continue
        if kind is _Verbatim.FORMULA and _is_in_formula(text, here):
            continue
        if kind is not _Verbatim.ROLE and words and words.search(text) and others:
            others.pop()
            continue
        shown = text if kind is not _Verbatim.FORMULA else _written(text, pair.source, subject)
        yield Remark(f"{kind} “{shown}” of the source is missing", shown, lost=True, facts=(text,))


def _is_in_formula(formula: str, here: Iterable[tuple[_Verbatim, str]]) -> bool:
    """Whether a formula is part of another one; numbers are the business of another check."""
    if formula.isdecimal():
        return True
    return any(formula in text for kind, text in here if kind is _Verbatim.FORMULA)


def _written(formula: str, text: str, subject: Subject) -> str:
    """A formula as it stands in a text."""
    found = (text[one.start : one.end] for one in marks(text, subject.dialect.grammar))
    return next((one for one in found if _bare(one) == formula), formula)


def _bare(formula: str) -> str:
    """A formula without its marks, its blanks, and the words that it shows as text."""
    return _AROUND_FORMULA.sub("", _TEXT_IN_FORMULA.sub(r"\\1{}", formula))


def _is_cut(text: str, here: Iterable[tuple[_Verbatim, str]]) -> bool:
    """Whether each item of a list in code is one in other code."""
    items = _ENUMERATED.split(text)
    known = {item for _, other in here for item in _ENUMERATED.split(other)}
    return len(items) > 1 and known.issuperset(items)


_ENUMERATED = re.compile(r"\s*[、，,～]\s*")
"""Marks between the items of a list, or the ends of a range."""


def _codes(text: str, subject: Subject) -> Iterator[tuple[_Verbatim, str]]:
    grammar = subject.dialect.grammar
    for name, target in role_uses(text, grammar):
        yield _Verbatim.ROLE, f"{name} {target}".rstrip()
    for mark in marks(text, grammar):
        if mark.kind is Markup.CODE:
            yield _Verbatim.CODE, " ".join(text[mark.inner : mark.inner_end].split())
        elif mark.kind is Markup.FORMULA:
            yield _Verbatim.FORMULA, _bare(text[mark.start : mark.end])


@pair_check("edge-newline", Severity.ERROR)
def edge_newlines(pair: Pair, _subject: Subject) -> Iterator[Remark]:
    r"""A translation starts or ends with a line break where its source does not.

    `--fix` can fix it.
    Bad:  msgid `Done.`, msgstr `Fertig.\n`.
    Good: msgstr `Fertig.`.
    """
    for name, edge in (("starts", slice(1)), ("ends", slice(-1, None))):
        if (pair.source[edge] == "\n") != (pair.translation[edge] == "\n"):
            side = "source" if pair.source[edge] == "\n" else "translation"
            yield Remark(f"only the {side} {name} with a line break", facts=(name,))


@pair_check("edge-blank", Severity.WARNING)
def edge_blanks(pair: Pair, _subject: Subject) -> Iterator[Remark]:
    """A translation starts or ends with a space where its source does not.

    `--fix` can fix it.
    Bad:  msgid `Done.`, msgstr `Fertig. `
    Good: msgstr `Fertig.`
    """
    for name, edge in (("starts", slice(1)), ("ends", slice(-1, None))):
        here = pair.translation[edge]
        if here.isspace() and here not in "\r\n" and not pair.source[edge].isspace():
            yield Remark(f"{name} with a space that the source doesn't have", facts=(name,))
