"""Checks of what has to be the same in source and translation: targets, code, marks."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from markdown_it.common.utils import normalizeReference

from toolkit.checks import Said, pair_check
from toolkit.checks.emphasis import advice, emphasized
from toolkit.dialects.inline import Markup, hidden_code, marks
from toolkit.dialects.inline.emphasis import RULES
from toolkit.dialects.inline.roles import role_uses
from toolkit.language.scripts import pattern
from toolkit.model.findings import Severity
from toolkit.reading import canonical
from toolkit.reading.segment.words import short_references

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from toolkit.checks.subject import Pair, Subject

_TARGET = re.compile(
    r"(?P<image>!)?\[(?:[^\[\]]|\[[^\[\]]*\](?:\([^()]*\))?)*\]\(\s*"
    r"(?P<target><[^<>\n]*>|(?:\\\S|[^\s()<>\\]|\\(?!\S)|\((?:\\\S|[^()\s\\])*\))*)"
)
_ABSOLUTE = re.compile(
    r"(?:[a-z][a-z0-9+.-]*:)?//(?P<host>[^/?#:]*)|[a-z][a-z0-9+.-]*:", re.IGNORECASE
)
_LABEL = re.compile(r"(?<=\])\[([^\[\]]+)\]")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]")
_PLACEHOLDER = re.compile(
    r"\{\{.{0,999}?\}\}|\{%.{0,999}?%\}|\$\{\w+\}|%\(\w+\)[sd]"
    r"|(?<![\w:/]):(?=[a-z0-9_+-]*[a-z])[a-z0-9_+-]+:(?![\w:/])"
    r"|(?<![\w+])\+\+[a-z0-9\"'][a-z0-9\"'+ -]*?\+\+(?![\w+])"
)
_TAG = re.compile(r"(?<!\\)<(?P<end>/?)(?P<name>[A-Za-z][\w-]*)(?=[\s/>])[^<>]*?(?P<empty>/?)>")
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_ATTRIBUTES = re.compile(r"(?<=[)\]`*_>])\{:?[ ]*[^{}\s%][^{}\n]*\}")
_HARD_BREAK = re.compile(r"(?: {2,}|\\)\n|<br\s*/?>(?!\n)")


def _lost(source: Iterable[str], translation: Iterable[str]) -> list[str]:
    """Return what occurs more often in the source than in the translation."""
    return list(Counter(source) - Counter(translation))


def _targets(text: str, *, absolute: bool, subject: Subject) -> Iterator[str]:
    for match in _TARGET.finditer(hidden_code(text, subject.dialect.grammar)):
        target = canonical.target(match["target"].strip("<>"))
        outside = None if match["image"] else _ABSOLUTE.match(target)
        allowed = outside and outside["host"] in subject.allow
        if target and bool(outside) is absolute and not allowed:
            yield target


def _lost_targets(pair: Pair, subject: Subject, *, absolute: bool) -> list[str]:
    """The targets that a translation lacks; those it has by reference are there."""
    sides = (pair.source, pair.translation)
    lost = _lost(*(_targets(side, absolute=absolute, subject=subject) for side in sides))
    if not (lost and subject.labels):
        return lost
    grammar = subject.dialect.grammar
    found, own = (Counter(canonical.linked(side, subject.labels, grammar)) for side in sides[::-1])
    by_reference = set(found - own)
    return [target for target in lost if target not in by_reference]


def _without_code(pair: Pair, subject: Subject) -> tuple[str, str]:
    grammar = subject.dialect.grammar
    return hidden_code(pair.source, grammar), hidden_code(pair.translation, grammar)


@pair_check("link-target", Severity.ERROR)
def lost_targets(pair: Pair, subject: Subject) -> Iterator[Said]:
    """A link to a page or heading, or an image, is missing.

    Bad:  msgid `See [the guide](guide.md).`, msgstr `Siehe die Anleitung.`
    Good: msgstr `Siehe [die Anleitung](guide.md).`
    """
    if "](" in pair.source:
        for text in _lost_targets(pair, subject, absolute=False):
            yield Said(f"target “{text}” of the source is missing", text, lost=True)


@pair_check("url", Severity.WARNING)
def lost_urls(pair: Pair, subject: Subject) -> Iterator[Said]:
    """A link to another site is missing; hosts in the setting `allow` may be localized.

    Bad:  msgid `From [Go](https://go.dev).`, msgstr `Von Go.`
    Good: msgstr `Von [Go](https://go.dev).`
    """
    if "](" in pair.source:
        for text in _lost_targets(pair, subject, absolute=True):
            yield Said(f"address “{text}” of the source is missing", text, lost=True)


@pair_check("reference", Severity.ERROR)
def lost_references(pair: Pair, subject: Subject) -> Iterator[Said]:
    """A reference link is missing: `[text][label]`, or `[label]` if the page defines it.

    Bad:  msgid `See [the guide][guide].`, msgstr `Siehe die Anleitung.`
    Good: msgstr `Siehe [die Anleitung][guide].`
    """
    if not subject.labels or "[" not in pair.source:
        return
    named, short = _references(pair.source, subject)
    named_here, short_here = _references(pair.translation, subject, defined=False)
    missing = (Counter(named) + Counter(short)) - Counter(named_here) - Counter(short_here)
    free = len(short_here) - sum(name in subject.labels for name in short_here)
    written_out = _written_out(pair) if missing else frozenset()
    lost = [
        name
        for name in missing.elements()
        if canonical.target(subject.labels.get(name, "")) not in written_out
    ]
    for name in lost[max(0, free) :]:
        label = _as_written(name, pair.source)
        yield Said(f"reference “{label}” of the source is missing", label, lost=True)


def _written_out(pair: Pair) -> frozenset[str]:
    """Return the inline targets of a translation that its source does not have."""
    found, own = (
        {canonical.target(match["target"].strip("<>")) for match in _TARGET.finditer(side)}
        for side in (pair.translation, pair.source)
    )
    return frozenset(found - own)


def _references(
    text: str, subject: Subject, *, defined: bool = True
) -> tuple[list[str], list[str]]:
    """The labels of full references, and the texts of short ones, normalized."""
    bare = hidden_code(text, subject.dialect.grammar)
    named = [normalizeReference(label) for label in _LABEL.findall(bare)]
    short = [
        normalizeReference(bare[start + 1 : end - 1])
        for start, end in short_references(bare, subject.dialect.grammar)
    ]
    full = [name for name in named if name in subject.labels]
    return full, [name for name in short if not defined or name in subject.labels]


def _as_written(label: str, text: str) -> str:
    """A normalized label as it stands in a text."""
    written = _LABEL.findall(text)
    written += [text[start + 1 : end - 1] for start, end in short_references(text)]
    return next((name for name in written if normalizeReference(name) == label), label)


@pair_check("footnote", Severity.ERROR)
def lost_footnotes(pair: Pair, subject: Subject) -> Iterator[Said]:
    """A footnote mark is missing.

    Bad:  msgid `It is fast.[^1]`, msgstr `Es ist schnell.`
    Good: msgstr `Es ist schnell.[^1]`
    """
    if "[^" in pair.source:
        found = (_FOOTNOTE.findall(side) for side in _without_code(pair, subject))
        for text in _lost(*found):
            yield Said(f"footnote “{text}” of the source is missing", text, lost=True)


@pair_check("placeholder", Severity.ERROR)
def lost_placeholders(pair: Pair, subject: Subject) -> Iterator[Said]:
    """A macro, placeholder, icon or key is missing.

    Bad:  msgid `Version {{ version }}`, msgstr `Version`
    Good: msgstr `Version {{ version }}`
    """
    apart = subject.dialect.apart
    grammar = subject.dialect.grammar
    sides = (hidden_code(apart(side), grammar) for side in (pair.source, pair.translation))
    for text in _lost(*([match[0] for match in _PLACEHOLDER.finditer(side)] for side in sides)):
        yield Said(f"placeholder “{text}” of the source is missing", text, lost=True)


@pair_check("html-tag", Severity.ERROR)
def lost_tags(pair: Pair, subject: Subject) -> Iterator[Said]:
    """An HTML tag is missing, or tags are nested wrongly.

    Bad:  msgid `Press <kbd>Tab</kbd>.`, msgstr `Drücken Sie <kbd>Tab.`
    Good: msgstr `Drücken Sie <kbd>Tab</kbd>.`
    """
    if "<" not in pair.source:
        return
    source, translation = (list(_TAG.finditer(side)) for side in _without_code(pair, subject))
    lost = _lost(map(_tag_name, source), map(_tag_name, translation))
    for name in lost:
        yield Said(f"tag {name} of the source is missing", name.rstrip(">"), lost=True)
    if not lost and _is_nested(source) and not _is_nested(translation):
        yield Said("HTML tags are nested wrongly; close the inner one first", translation[0][0])


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
def lost_attributes(pair: Pair, subject: Subject) -> Iterator[Said]:
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
    for same in _lost(*([one for one, _ in side] for side in (source, translation))):
        text = written[same]
        yield Said(f"attribute list “{text}” of the source is missing", text, lost=True)


@pair_check("dead-emphasis", Severity.ERROR)
def dead_emphasis(pair: Pair, subject: Subject) -> Iterator[Said]:
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
        yield Said(f"“{new}” makes no emphasis here; {advice(new, rules)}", new)


@pair_check("hard-break", Severity.WARNING)
def lost_breaks(pair: Pair, _subject: Subject) -> Iterator[Said]:
    r"""A line break is missing; some editors strip the two spaces that make one.

    Bad:  msgid `One  \nTwo`, msgstr `Eins\nZwei`
    Good: msgstr `Eins  \nZwei`
    """
    if "\n" in pair.source or "<br" in pair.source:
        lost = len(_HARD_BREAK.findall(pair.source)) - len(_HARD_BREAK.findall(pair.translation))
        if lost > 0:
            breaks = "line break of the source is" if lost == 1 else "line breaks of the source are"
            yield Said(f"{lost} {breaks} missing")


@pair_check("code-span", Severity.WARNING)
def lost_code(pair: Pair, subject: Subject) -> Iterator[Said]:
    """A code span or role is missing; the text of a role may be translated.

    Words of the source's language in a code span may be translated too, and a list in one may be
    split into several code spans.
    Bad:  msgid ``Run `make`.``, msgstr `Starten Sie „make“.`
    Good: msgstr ``Starten Sie `make`.``
    """
    if "`" not in pair.source:
        return
    source = list(dict.fromkeys(_codes(pair.source, subject)))
    here = dict.fromkeys(_codes(pair.translation, subject))
    lost = [one for one in source if one not in here]
    if not lost:
        return
    words = pattern(subject.source.script) if subject.source.script != "Latn" else None
    others = [one for one in here if one not in source]
    for kind, text in lost:
        if kind == "code" and _is_cut(text, here):
            continue
        if kind == "code" and words and words.search(text) and others:
            others.pop()
            continue
        yield Said(f"{kind} “{text}” of the source is missing", text, lost=True)


def _is_cut(text: str, here: Iterable[tuple[str, str]]) -> bool:
    """Whether each item of a list in code is one in other code."""
    items = _ENUMERATED.split(text)
    known = {item for _, other in here for item in _ENUMERATED.split(other)}
    return len(items) > 1 and known.issuperset(items)


_ENUMERATED = re.compile(r"\s*[、，,～]\s*")
"""Marks between the items of a list, or the ends of a range."""


def _codes(text: str, subject: Subject) -> Iterator[tuple[str, str]]:
    grammar = subject.dialect.grammar
    for name, target in role_uses(text, grammar):
        yield "role", f"{name} {target}".rstrip()
    for mark in marks(text, grammar):
        if mark.kind is Markup.CODE:
            yield "code", " ".join(text[mark.inner : mark.inner_end].split())


@pair_check("edge-newline", Severity.ERROR)
def edge_newlines(pair: Pair, _subject: Subject) -> Iterator[Said]:
    r"""A translation starts or ends with a line break where its source does not.

    `--fix` can fix it.
    Bad:  msgid `Done.`, msgstr `Fertig.\n`.
    Good: msgstr `Fertig.`.
    """
    for name, edge in (("starts", slice(1)), ("ends", slice(-1, None))):
        if (pair.source[edge] == "\n") != (pair.translation[edge] == "\n"):
            yield Said(
                f"{name} with a line break in either the source or the translation, but not in both"
            )


@pair_check("edge-blank", Severity.WARNING)
def edge_blanks(pair: Pair, _subject: Subject) -> Iterator[Said]:
    """A translation starts or ends with a space where its source does not.

    `--fix` can fix it.
    Bad:  msgid `Done.`, msgstr `Fertig. `
    Good: msgstr `Fertig.`
    """
    for name, edge in (("starts", slice(1)), ("ends", slice(-1, None))):
        here = pair.translation[edge]
        if here.isspace() and here not in "\r\n" and not pair.source[edge].isspace():
            yield Said(f"{name} with a space that the source doesn't have")
