"""Checks of what a text leads to: targets, addresses, references and footnotes."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from markdown_it.common.utils import normalizeReference

from toolkit.checks import Remark, pair_check
from toolkit.dialects.inline import Markup, hidden_code, marks
from toolkit.model.expressions import late
from toolkit.model.findings import Severity
from toolkit.reading import canonical
from toolkit.reading.segment.words import short_references

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from toolkit.checks.subject import Pair, Subject

_TARGET = re.compile(
    r"(?P<image>!)?\[(?:[^\[\]]|\[[^\[\]]*\](?:\([^()]*\))?)*\]\(\s*"
    r"(?P<target><[^<>\n]*>|(?:\\\S|[^\s()<>\\]|\\(?!\S)|\((?:\\\S|[^()\s\\])*\))*)"
)
_LOOSE = late(
    r"\](?P<gap>[ \t\u00a0\u3000]{0,9})(?P<left>[(（])[ \t]{0,9}"
    r"(?P<target><[^<>\n]{1,999}>|[^\s()（）<>]{1,999})"
    r"(?P<title>[ \t]{1,9}(?:\"[^\"\n]{0,999}\"|'[^'\n]{0,999}'))?[ \t]{0,9}(?P<right>[)）])"
)
"""A link with a blank in front of its target, or with full-width brackets around it."""
_ABSOLUTE = re.compile(
    r"(?:[a-z][a-z0-9+.-]*:)?//(?P<host>[^/?#:]*)|[a-z][a-z0-9+.-]*:", re.IGNORECASE
)
_LABEL = re.compile(r"(?<=\])\[([^\[\]]+)\]")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]")


def missing(source: Iterable[str], translation: Iterable[str]) -> list[str]:
    """Return what occurs more often in the source than in the translation."""
    return list(Counter(source) - Counter(translation))


def without_code(pair: Pair, subject: Subject) -> tuple[str, str]:
    """Return source and translation with their code hidden."""
    grammar = subject.dialect.grammar
    return hidden_code(pair.source, grammar), hidden_code(pair.translation, grammar)


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
    lost = missing(*(_targets(side, absolute=absolute, subject=subject) for side in sides))
    if not (lost and subject.labels):
        return lost
    grammar = subject.dialect.grammar
    found, own = (Counter(canonical.linked(side, subject.labels, grammar)) for side in sides[::-1])
    by_reference = set(found - own)
    return [target for target in lost if target not in by_reference]


def loose_links(pair: Pair, subject: Subject, *, absolute: bool) -> list[LooseLink]:
    """The links that a translation has of its source, but for a blank or the width of brackets."""
    if "](" not in pair.source:
        return []
    return _loose_among(_lost_targets(pair, subject, absolute=absolute), pair, subject)


def _loose_among(targets: Sequence[str], pair: Pair, subject: Subject) -> list[LooseLink]:
    """The lost targets that a translation has in such links."""
    if not targets or not _LOOSE.search(pair.translation):
        return []
    lost = Counter(targets)
    found = []
    for match in _LOOSE.finditer(hidden_code(pair.translation, subject.dialect.grammar)):
        target = canonical.target(match["target"].strip("<>"))
        if (match["gap"] or "（" in match["left"] or "）" in match["right"]) and lost[target]:
            lost[target] -= 1
            right = f"]({match['target']}{match['title'] or ''})"
            found.append(LooseLink(match.start(), match[0], right, target))
    return found


class LooseLink(NamedTuple):
    """The end of a link as it is written, and as it has to be."""

    start: int
    written: str
    right: str
    target: str


def _about_targets(pair: Pair, subject: Subject, what: str, *, absolute: bool) -> Iterator[Remark]:
    """The remarks about lost targets."""
    lost = _lost_targets(pair, subject, absolute=absolute)
    loose = {one.target: one for one in _loose_among(lost, pair, subject)}
    for text in lost:
        if one := loose.pop(text, None):
            says = f"“{one.written}” makes no link; write “{one.right}”"
            yield Remark(says, one.written, facts=(text,))
        else:
            yield Remark(
                f"{what} “{text}” of the source is missing", text, lost=True, facts=(text,)
            )


@pair_check("link-target", Severity.ERROR)
def lost_targets(pair: Pair, subject: Subject) -> Iterator[Remark]:
    """A link to a page or heading, or an image, is missing.

    `--fix` can fix it where a blank or full-width brackets broke the link: `[guide]（guide.md）`.
    Bad:  msgid `See [the guide](guide.md).`, msgstr `Siehe die Anleitung.`
    Good: msgstr `Siehe [die Anleitung](guide.md).`
    """
    if "](" in pair.source:
        yield from _about_targets(pair, subject, "target", absolute=False)


@pair_check("url", Severity.WARNING)
def lost_urls(pair: Pair, subject: Subject) -> Iterator[Remark]:
    """A link to another site, or a mail address, is missing.

    Hosts in the setting `allow` may be localized.

    `--fix` can fix it where a blank or full-width brackets broke the link: `[Go] (https://go.dev)`.
    Bad:  msgid `From [Go](https://go.dev).`, msgstr `Von Go.`
    Good: msgstr `Von [Go](https://go.dev).`
    """
    if "](" in pair.source:
        yield from _about_targets(pair, subject, "address", absolute=True)
    if _ADDRESS.search(pair.source):
        for text in _lost_addresses(pair, subject):
            yield Remark(
                f"address “{text}” of the source is missing", text, lost=True, facts=(text,)
            )


def _lost_addresses(pair: Pair, subject: Subject) -> Iterator[str]:
    """The addresses that are links by themselves, and that a translation has in no form."""
    source, here = pair.source, pair.translation
    for mark in marks(source, subject.dialect.grammar):
        if mark.kind in _ADDRESSES:
            # Programs take Chinese words behind a bare URL for a part of it.
            address = _AFTER_ASCII.sub("", source[mark.inner : mark.inner_end])
            outside = _ABSOLUTE.match(address)
            allowed = outside and outside["host"] in subject.allow
            if not allowed and address.removeprefix("mailto:").rstrip("/") not in here:
                yield address


_AFTER_ASCII = re.compile(r"[^!-~].*", re.DOTALL)
_ADDRESS = re.compile(r"://|@|www\.")
_ADDRESSES = frozenset({Markup.AUTOLINK, Markup.MAIL, Markup.URL})


@pair_check("reference", Severity.ERROR)
def lost_references(pair: Pair, subject: Subject) -> Iterator[Remark]:
    """A reference link is missing: `[text][label]`, or `[label]` if the page defines it.

    Bad:  msgid `See [the guide][guide].`, msgstr `Siehe die Anleitung.`
    Good: msgstr `Siehe [die Anleitung][guide].`
    """
    if not subject.labels or "[" not in pair.source:
        return
    named, short = _references(pair.source, subject)
    named_here, short_here = _references(pair.translation, subject, defined=False)
    gone = (Counter(named) + Counter(short)) - Counter(named_here) - Counter(short_here)
    free = len(short_here) - sum(name in subject.labels for name in short_here)
    written_out = _written_out(pair) if gone else frozenset()
    lost = [
        name
        for name in gone.elements()
        if canonical.target(subject.labels.get(name, "")) not in written_out
    ]
    for name in lost[max(0, free) :]:
        label = _as_written(name, pair.source)
        text = f"reference “{label}” of the source is missing"
        yield Remark(text, label, lost=True, facts=(label,))


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
def lost_footnotes(pair: Pair, subject: Subject) -> Iterator[Remark]:
    """A footnote mark is missing.

    Bad:  msgid `It is fast.[^1]`, msgstr `Es ist schnell.`
    Good: msgstr `Es ist schnell.[^1]`
    """
    if "[^" in pair.source:
        found = (_FOOTNOTE.findall(side) for side in without_code(pair, subject))
        for text in missing(*found):
            yield Remark(
                f"footnote “{text}” of the source is missing", text, lost=True, facts=(text,)
            )
