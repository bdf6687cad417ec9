"""Features that a translation must not add: elements, targets, macros."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from toolkit.dialects.inline import Flavour, Markup, marks
from toolkit.dialects.inline.reading import LONGEST_KEPT
from toolkit.reading import canonical
from toolkit.writing.guard.acting import (
    Place,
    acting_marks,
    features,
    features_anywhere,
    label_of,
)
from toolkit.writing.guard.addresses import cut_url
from toolkit.writing.guard.feature import Act, Feature, is_allowed, meant
from toolkit.writing.guard.readings import readings
from toolkit.writing.guard.repeating import repeats
from toolkit.writing.guard.suspicion import is_suspicious
from toolkit.writing.guard.template_tags import parted_template_tags

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from toolkit.dialects.inline import Grammar, Mark
    from toolkit.reading.canonical import Definitions


_URL_START = re.compile(r"://|[wW]{3}\.")
_BEFORE_MAIL = "'\"=;:,!#?^`{|}~/"
"""The marks that some programs take for the start of an address."""
_REMEMBERED = 1024
"""Speed: texts whose features are known: those of a page, in one locale after the other."""


def foreign_features(
    source: str,
    translation: str,
    grammar: Grammar,
    *,
    place: Place = Place.TEXT,
    allowed: tuple[str, ...] = (),
    definitions: Definitions | None = None,
) -> list[Feature]:
    """Return what a translation adds to the features of its source; mostly nothing.

    `allowed` names hosts (`docs.example.org`) and elements (`kbd`) that may come in. What a
    reference leads to, by the page's `definitions`, may be linked without it, and the reverse.
    """
    found = dict.fromkeys(_own_syntax(source, translation, grammar)) if grammar.own_syntax else {}
    if is_suspicious(translation, grammar, place):
        added = _added if len(translation) > LONGEST_KEPT else _remembered
        found |= dict.fromkeys(added(source, translation, grammar, place))
    if "{%" in source:
        strict = grammar.flavour is Flavour.KRAMDOWN
        found |= dict.fromkeys(parted_template_tags(source, translation, strict=strict))
    if not found:
        return []
    if definitions:
        same = _linked_otherwise(source, grammar, place, definitions)
        found = {feature: None for feature in found if feature not in same}
    return [feature for feature in found if not (allowed and is_allowed(feature, allowed))]


def _own_syntax(source: str, text: str, grammar: Grammar) -> Iterator[Feature]:
    """The pieces of a project's own syntax that a text adds."""
    for match in chain.from_iterable(re.finditer(one, text) for one in grammar.own_syntax):
        if match[0] not in source:
            yield Feature(Act.MACRO, match[0])


def _linked_otherwise(
    source: str, grammar: Grammar, place: Place, definitions: Definitions
) -> frozenset[Feature]:
    """Links of a source text as they are with, and without, the page's definitions."""
    known = _known(source, readings(grammar, place, source)[0])
    acts = (Act.TARGET, Act.IMAGE) if "![" in source else (Act.TARGET,)
    linked = list(canonical.linked(source, definitions, grammar))
    targets = (Feature(act, one) for act in acts for one in linked)
    labels = (
        Feature(Act.LABEL, label_of(label))
        for label, written in definitions.items()
        if Feature(Act.TARGET, canonical.target(written)) in known
    )
    return frozenset((*targets, *labels))


def ended_urls(source: str, text: str, grammar: Grammar) -> str:
    """Return a text whose bare URLs end where they were meant to, in front of the sentence.

    Only in dialects that link bare URLs: others may have the sentence behind them.
    """
    if (
        not grammar.bare
        or not _URL_START.search(text)
        or repeats(source, text, grammar, Place.TEXT)
    ):
        return text
    urls = [mark for mark in marks(text, grammar) if mark.kind is Markup.URL]
    known = _known(source, readings(grammar, Place.TEXT, source)[0]) if urls else frozenset()
    for mark in reversed(urls):
        url = meant(text[mark.start : mark.end], _targets(known))
        if url and canonical.url(text[mark.start : mark.end]) not in _targets(known):
            text = text[: mark.start] + _ended(url, grammar) + text[mark.start + len(url) :]
    return text


def _ended(url: str, grammar: Grammar) -> str:
    """Return a bare URL as a link that ends with it; unchanged if it would be no link bare."""
    target = _with_scheme(url, grammar)
    if target != url or grammar.flavour is Flavour.MDX:
        return f"[{url}]({target})" if target else url
    return f"<{url}>"


def _with_scheme(url: str, grammar: Grammar) -> str:
    """Return a bare URL with the scheme that its program gives one without; empty for no link."""
    if url[:4].lower() != "www.":
        return url
    scheme = grammar.url_end.scheme
    return f"{scheme}{url}" if scheme else ""


def _added(source: str, text: str, grammar: Grammar, place: Place) -> tuple[Feature, ...]:
    """Return the features that a text adds, whatever its page defines."""
    if repeats(source, text, grammar, place):
        return ()
    return tuple(_foreign(source, ended_urls(source, text, grammar), grammar, place))


_remembered = lru_cache(maxsize=_REMEMBERED)(_added)
"""The same for short texts, which a server asks for again with each edit of their page."""


def _foreign(source: str, text: str, grammar: Grammar, place: Place) -> Iterator[Feature]:
    anywhere = list(features_anywhere(text, grammar, place))
    if anywhere:
        known = _known_anywhere(source, grammar, place)
        anywhere = [one for one in anywhere if one not in known]
    grammars = readings(grammar, place, text)
    for reading, found in _different_readings(source, text, grammars):
        stray = _stray(text, found, grammars) if reading.flavour is Flavour.MDX else ()
        theirs = dict.fromkeys((*features(text, found, reading), *stray, *anywhere))
        if theirs:
            yield from _unknown(theirs, _known(source, reading), strict=grammar.bare)


def _stray(text: str, found: Iterable[Mark], grammars: Iterable[Grammar]) -> Iterator[Feature]:
    """Yield the marks that stop MDX where a site has formulas; others are escaped when written."""
    starts = _stray_starts(found)
    plain = next((one for one in grammars if not one.formulas), None)
    escaped = _stray_starts(acting_marks(text, plain)) if plain and starts else starts
    yield from (Feature(Act.HTML, text[start]) for start in sorted(starts - escaped))


def _stray_starts(found: Iterable[Mark]) -> set[int]:
    return {mark.start for mark in found if mark.kind is Markup.STRAY}


def _different_readings(
    source: str, text: str, grammars: tuple[Grammar, ...]
) -> Iterator[tuple[Grammar, tuple[Mark, ...]]]:
    """Each grammar with the marks of a text, without those that find what one before it did."""
    if len(grammars) == 1:
        yield grammars[0], acting_marks(text, grammars[0])
        return
    seen: list[tuple[object, ...]] = []
    for grammar in grammars:
        found = acting_marks(text, grammar)
        read = (grammar.flavour, found, acting_marks(source, grammar))
        if read not in seen:
            seen.append(read)
            yield grammar, found


def _unknown(
    theirs: Iterable[Feature], known: frozenset[Feature], *, strict: bool
) -> Iterator[Feature]:
    for feature in theirs:
        if feature in known:
            continue
        if feature.bare and not strict and meant(feature.text, _targets(known)):
            continue
        yield feature


def _targets(known: frozenset[Feature]) -> Iterator[str]:
    return (feature.text for feature in known if feature.act is Act.TARGET)


@lru_cache(maxsize=_REMEMBERED)
def _known(source: str, reading: Grammar) -> frozenset[Feature]:
    """The features of a source text; a page is built for one locale after the other.

    What `[guide]` leads to, `[die Anleitung][guide]` may lead to as well; and a URL that ran into
    the sentence behind it may be cut where it was meant to end, a mail address where it starts.
    """
    found = set(features(source, acting_marks(source, reading), reading))
    urls = [cut_url(feature.text) for feature in found if feature.bare]
    found |= {Feature(Act.TARGET, url) for url in urls}
    found |= {Feature(Act.TARGET, _with_scheme(url, reading)) for url in urls}
    found |= {
        Feature(Act.MAIL, feature.text.lstrip(_BEFORE_MAIL))
        for feature in found
        if feature.act is Act.MAIL
    }
    for mark in marks(source, reading):
        if mark.kind is Markup.SHORT:
            label = label_of(source[mark.inner : mark.inner_end])
            found.add(Feature(Act.LABEL, "!" * source.startswith("!", mark.start) + label))
    return frozenset(found)


@lru_cache(maxsize=_REMEMBERED)
def _known_anywhere(source: str, grammar: Grammar, place: Place) -> frozenset[Feature]:
    """The features of a source text that no reading of it changes."""
    return frozenset(features_anywhere(source, grammar, place))
