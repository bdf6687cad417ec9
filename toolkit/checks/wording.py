"""Checks of the words of a translation, in whatever language; all of them are warnings."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING
from unicodedata import category, combining, normalize

from toolkit.catalogs.glossary import stands_in
from toolkit.checks import Remark, pair_check
from toolkit.checks.amounts import amounts, has_amount
from toolkit.checks.endings import MARKS, asks_by_words, ending
from toolkit.checks.spelled import is_spelled, without_idioms
from toolkit.language.scripts import (
    DENSE,
    HAN_SCRIPTS,
    WITHOUT_BLANKS,
    letters,
    letters_of,
    pattern,
)
from toolkit.model.expressions import late
from toolkit.model.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from toolkit.catalogs.glossary import Glossary
    from toolkit.checks.subject import Pair, Subject

_IN_THOUSANDS = r"[1-9]\d{0,2}(?:\.\d{3}){2,}(?![\w.]*\w)"
_VERSION = re.compile(rf"(?<![\w.])(?!{_IN_THOUSANDS})v?\d+(?:\.\d+){{2,}}(?![\w])")
_LIMIT = re.compile(r"\s*yiben:\s*max[ \t:]+(\d{1,6})\s*")
_IN_LAKHS = re.compile(r"(?<![\d,])\d{1,2}(?:,\d\d)+,\d{3}(?![\d,]*\d)")
_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"\d+(?:[,.'’ \u00a0\u202f\u2009\u066c]\d{3}(?!\d))*")
_LOWER_WORD = late(r"(?<![\w.@/:-])[a-zß-öø-ÿ]{2,}(?![\w@/:-]|\.\w)")
_LATIN_RUN = late(
    r"(?<![A-Za-z0-9'’-])[A-Za-z][A-Za-z0-9'’-]*+(?:[ ,]++[A-Za-z][A-Za-z0-9'’-]*+){3,}"
)
_HAN_RUN = pattern("Hani", "{4,}")
_DOUBLED = re.compile(r"(?<![\w-])([^\W\d_]{2,})[ \t\n]+\1(?![\w-])", re.IGNORECASE)
_DOUBLED_HAN = late(r"的的|在在|和和|与与|或或")
_MEANT_TWICE = {
    "de": frozenset("der die das den dem sie".split()),
    "fr": frozenset("nous vous".split()),
    "en": frozenset("had that".split()),
    "it": frozenset("man mano via piano".split()),
    "nl": frozenset("dat die je u ze zij".split()),
    "vi": frozenset("song ngang xa luôn".split()),
    "id": frozenset(),
}
"""Words that a language may well have twice in a row."""
_DOUBLING = frozenset("as bn gu hi kn ml mr ne or pa pcm si sw ta te tr ur".split())
"""Languages that double words by their grammar: কখনও কখনও, tek tek, vile vile."""
_BRACKETS = (("(（", ")）"), ("「", "」"), ("『", "』"), ("《", "》"), ("【", "】"), ("“", "”"))
_QUOTES_DIFFER = frozenset(
    "de cs sk sl hr bg sr hu ro pl nl fi sv da lt lv et is mk ka uk ru".split()
)
"""Languages in which “ may close or ” may open."""
_MIXED = re.compile(r"（[^()（）]*\)|\([^()（）]*）")
_LENGTHS = {
    (False, True): (30, 0.12, 1.2),
    (True, False): (12, 0.8, 8.0),
    (True, True): (12, 0.4, 2.5),
    (False, False): (30, 0.4, 2.5),
}
"""The bounds of lengths, by whether the letters of source and target say much each.

The shortest source that is judged, and the lowest and the highest ratio.
"""
_PARAGRAPH = "paragraph."
"""The comment of running text, which goes on in the next block if it ends with no mark."""
_WORDS = 3
_HAN_WORDS = 6
_DIGITS_SPELLED = 10


@pair_check("number", Severity.WARNING)
def lost_numbers(pair: Pair, subject: Subject) -> Iterator[Remark]:
    """A number is missing; months may be named, and numbers written in words.

    Numbers in words are recognized by CLDR's spelling, and 100 万 is the same as 1 million. Numbers
    below ten may be missing if the translation has no other number, and "from 0 to 1" is taken for
    a figure of speech.
    Bad:  msgid `Keep 25 copies.`, msgstr `Behalten Sie 20 Kopien.`
    Good: msgstr `Behalten Sie 25 Kopien.`
    """
    if not _DIGIT.search(pair.plain_source):
        return
    text = pair.translation
    source, here = (_numbers(without_idioms(side)) for side in (pair.plain_source, text))
    here |= {int(_digits(lakhs)): lakhs for lakhs in _IN_LAKHS.findall(text)}
    others = here.keys() - source.keys()
    for number, written in source.items():
        if number in here or _is_month(number, text, subject):
            continue
        if number < _DIGITS_SPELLED and not others:
            continue
        if is_spelled(number, pair.plain_translation, subject.locale):
            continue
        if not _has_amount_of(number, pair, here, subject):
            words = f"number {written} of the source is missing"
            yield Remark(words, written, lost=True, facts=(_digits(written),))


def _has_amount_of(number: int, pair: Pair, here: Iterable[int], subject: Subject) -> bool:
    """Whether a translation has the amount that a number of the source is part of."""
    large = amounts(pair.plain_source, subject.source)
    found = frozenset(here)
    return number in large and has_amount(large[number], pair.translation, found, subject.locale)


def _is_month(number: int, text: str, subject: Subject) -> bool:
    names = subject.months[number - 1] if 0 < number <= len(subject.months) else ()
    return any(name in text.lower() for name in names)


def _numbers(text: str) -> dict[int, str]:
    """The numbers of a text by value, as they are written; those in versions are left out.

    Full-width digits count as digits, and what groups thousands does not part a number; dots that
    do make no version of it.
    """
    text = _VERSION.sub(" ", text)
    whole = normalize("NFKC", text) if _DIGIT.search(text) else ""
    found = {int(_digits(written)): written for written in _NUMBER.findall(whole)}
    found.pop(0, None)
    return found


def _digits(written: str) -> str:
    return "".join(filter(str.isdigit, written))


@pair_check("version", Severity.WARNING)
def lost_versions(pair: Pair, _subject: Subject) -> Iterator[Remark]:
    """A version number is missing.

    Bad:  msgid `Since 1.6.7.`, msgstr `Seit 1.6.8.`
    Good: msgstr `Seit 1.6.7.`
    """
    if "." in pair.source:
        lost = Counter(_VERSION.findall(pair.plain_source))
        for text in lost - Counter(_VERSION.findall(pair.translation)):
            yield Remark(
                f"version “{text}” of the source is missing", text, lost=True, facts=(text,)
            )


@pair_check("same-as-source", Severity.WARNING)
def same_as_source(pair: Pair, subject: Subject) -> Iterator[Remark]:
    """A translation of several words is identical to its source.

    Names, code and words that the glossary keeps don't count as words.
    Bad:  msgid `Open the settings first.`, msgstr `Open the settings first.`
    Good: msgstr `Öffnen Sie zuerst die Einstellungen.`
    """
    if pair.translation.strip() != pair.source.strip():
        return
    if subject.locale.language == subject.source.language:
        return
    if subject.source.script in WITHOUT_BLANKS:
        same = letters_of(pair.plain_source, "Hani") >= _HAN_WORDS
    else:
        same = len(_plain_words(pair.plain_source, subject.glossary)) >= _WORDS
    if same:
        yield Remark("is the same as its source; translate it, or ignore this check for it")


def _plain_words(text: str, glossary: Glossary) -> list[str]:
    """Words in lower case that the glossary does not keep: no names, no acronyms."""
    return [word for word in _LOWER_WORD.findall(text) if word not in glossary.kept]


@pair_check("source-left", Severity.WARNING)
def source_left(pair: Pair, subject: Subject) -> Iterator[Remark]:
    """Source words are left in a translation that uses a different script.

    Bad:  msgid `Install it first, then restart the pod.`, msgstr `先安装，then restart the pod。`
    Good: msgstr `先安装，再重启 Pod。`
    """
    source, target = subject.source.script, subject.locale.script
    if pair.translation == pair.source or source == target:
        return
    if source in HAN_SCRIPTS and target not in HAN_SCRIPTS:
        for run in _HAN_RUN.findall(pair.plain_translation):
            if run in pair.plain_source and run.lower() not in subject.glossary.kept:
                yield Remark(f"“{run}” of the source is left over", run, facts=(run,))
    elif source == "Latn" and target in HAN_SCRIPTS:
        for run in _LATIN_RUN.findall(pair.plain_translation):
            if run in pair.plain_source and len(_plain_words(run, subject.glossary)) >= _WORDS:
                yield Remark(f"“{run}” of the source is left over", run, facts=(run,))


@pair_check("doubled-word", Severity.WARNING)
def doubled_word(pair: Pair, subject: Subject) -> Iterator[Remark]:
    """A word is repeated.

    Bad:  msgstr `Öffnen Sie die die Datei.`
    Good: msgstr `Öffnen Sie die Datei.`
    """
    text = pair.plain_translation
    if subject.locale.language in _DOUBLING:
        return
    found = [match for match in _DOUBLED.finditer(text) if not _is_part(match)]
    if subject.locale.language == "zh":
        found += _DOUBLED_HAN.finditer(text)
    if not found or _DOUBLED.search(pair.plain_source):
        return
    fine = _MEANT_TWICE.get(subject.locale.language, frozenset())
    for match in found:
        if (match.lastindex and match[1].lower()) not in fine:
            words = " ".join(match[0].split())
            yield Remark(f"“{words}” repeats a word", match[0], facts=(words,))


def _is_part(match: re.Match[str]) -> bool:
    """Whether what is doubled goes on in a combining mark, which is no letter to expressions."""
    around = (match.string[max(match.start() - 1, 0) : match.start()], match.string[match.end() :])
    return any(one and category(one[0])[0] == "M" for one in around)


@pair_check("bracket", Severity.WARNING)
def unpaired_brackets(pair: Pair, subject: Subject) -> Iterator[Remark]:
    """A bracket or quotation mark has no partner, or one of a different width.

    Bad:  msgstr `集群（cluster)`
    Good: msgstr `集群（cluster）`
    """
    text = pair.plain_translation
    if mixed := _MIXED.search(text):
        says = "one bracket is full-width and the other half-width; write both alike"
        yield Remark(says, mixed[0], facts=("widths",))
        return
    for opening, closing in _BRACKETS:
        if opening == "“" and subject.locale.language in _QUOTES_DIFFER:
            continue
        if _surplus(text, opening, closing) and not _surplus(pair.plain_source, opening, closing):
            left, right = opening[-1], closing[-1]
            says = f"“{left}” and “{right}” don't match; close each one"
            yield Remark(says, facts=(left, right))


def _surplus(text: str, opening: str, closing: str) -> int:
    return sum(map(text.count, opening)) - sum(map(text.count, closing))


@pair_check("end-mark", Severity.WARNING)
def other_end(pair: Pair, subject: Subject) -> Iterator[Remark]:
    """The source ends with `?`, `!` or `:`, but its translation does not, or the other way round.

    Chinese, Japanese and Korean may ask by words alone.
    Bad:  msgid `What is a pod?`, msgstr `什么是 Pod。`
    Good: msgstr `什么是 Pod？`
    """
    source = ending(pair.plain_source, subject.source)
    here = ending(pair.plain_translation, subject.locale)
    if source == here or not {source, here} & MARKS or {source, here} == {":", "."}:
        return
    if (source, here) == ("", ":") and _PARAGRAPH in pair.message.extracted:
        return
    if "?" in {source, here} and _asks_by_words(pair, subject):
        return
    marks = [f"“{mark}”" if mark else "no mark" for mark in (source, here)]
    yield Remark(f"ends with {marks[1]}, its source with {marks[0]}", facts=(source, here))


def _asks_by_words(pair: Pair, subject: Subject) -> bool:
    """Whether a side without a question mark is a question; only Japanese ends one with a stop."""
    if asks_by_words(pair.plain_source, subject.source):
        return True
    japanese = subject.locale.language == "ja"
    return japanese and asks_by_words(pair.plain_translation, subject.locale)


@pair_check("length", Severity.WARNING)
def odd_length(pair: Pair, subject: Subject) -> Iterator[Remark]:
    """A translation is much shorter or longer than its source.

    Bad:  msgid `Install the package, then restart the cluster.`, msgstr `安装。`
    Good: msgstr `安装该软件包，然后重启集群。`
    """
    scripts = (subject.source.script, subject.locale.script)
    least, low, high = _LENGTHS[scripts[0] in DENSE, scripts[1] in DENSE]
    size = letters(pair.plain_source)
    if size >= least:
        ratio = letters(pair.plain_translation) / size
        if not low <= ratio <= high:
            size_word = "short" if ratio < low else "long"
            text = f"is very {size_word} for its source; check that nothing is lost or added"
            yield Remark(text, facts=(size_word,))


@pair_check("too-long", Severity.WARNING)
def over_the_limit(pair: Pair, _subject: Subject) -> Iterator[Remark]:
    """A translation has more characters than the writer says there is room for.

    Writers put `<!-- yiben:max 60 -->` in front of a text, `# yiben:max 60` next to a setting.

    Bad:  `#. yiben: max 12`, msgstr `Erste Schritte mit dem Cluster`
    Good: msgstr `Erste Schritte`, where `max 14` is said
    """
    limits = [int(found[1]) for line in pair.message.extracted if (found := _LIMIT.fullmatch(line))]
    if limits:
        text = normalize("NFC", pair.plain_translation)
        size = sum(not combining(character) for character in text)
        if size > min(limits):
            yield Remark(f"has {size} characters, but only {min(limits)} fit; shorten it")


@pair_check("glossary", Severity.WARNING)
def glossary_terms(pair: Pair, subject: Subject) -> Iterator[Remark]:
    """A term is not translated as in the glossary (see the setting `glossary`).

    Bad:  msgid `容器`, msgstr `vessel`, where the glossary has `container`
    Good: msgstr `container`
    """
    text = pair.plain_translation
    for term in subject.glossary.used(pair.plain_source):
        if term.keep and not stands_in(term.source, pair.translation, case=term.case):
            yield Remark(
                f"“{term.source}” must stay as it is", term.source, lost=True, facts=(term.source,)
            )
        if term.target and not any(stands_in(word, text, case=term.case) for word in term.target):
            wanted = " or ".join(f"“{word}”" for word in term.target)
            says = f"“{term.source}” is {wanted} in the glossary"
            yield Remark(says, term.source, lost=True, facts=(term.source, *term.target))
        for word in term.forbidden:
            if stands_in(word, text, case=term.case):
                says = f"“{word}” is not a translation of “{term.source}”"
                yield Remark(says, word, facts=(word, term.source))
