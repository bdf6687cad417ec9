"""The verdict on a pair of texts: a translation, one to review, or nothing usable."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

from rapidfuzz.fuzz import ratio

from toolkit.aligning.cutting import cut_like
from toolkit.aligning.images import cut_at_images
from toolkit.aligning.pairing import CONTENT, OPENINGS
from toolkit.aligning.pieces import is_same, prose, prose_size
from toolkit.language.characters import is_wide
from toolkit.language.phrases import shortened
from toolkit.language.scripts import is_known, letters, letters_of
from toolkit.model.units import Form, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.aligning.pairing import Alignment, Pairing
    from toolkit.aligning.pieces import Piece

CERTAIN = 0.8
"""The least certainty at which a pair counts as a translation."""
LIKELY = 0.75
"""And to be offered to a translator."""
_SAME = 90.0
"""Likeness in percent of a text that was left in the source language and its source."""
_KEPT = 0.9
"""The share of its letters that a text has kept which nobody translated."""
_LONGEST = 20_000
"""Characters of a text from which on it is compared by its marks alone."""
_TELLING = 1.0
"""The fit by content of cells that belong together whatever their columns are."""
_FEW = 5
"""Words of a text that can be names alone."""
_BREAK = re.compile(r"(?: *|\\)\n")
_BRACKETS = re.compile(r"\([^()]+\)|（[^（）]+）|\[[^\[\]]+\]|［[^［］]+］")
_NUMBERS = {2: "two", 3: "three"}
_HOLDS_SEVERAL = frozenset({Form.FLOW, Form.HTML, Form.YAML_FOLDED, Form.YAML_LITERAL})


class State(StrEnum):
    """The possible uses of a pair of texts."""

    TRANSLATED = "translated"
    FUZZY = "fuzzy"
    KEPT = "kept"
    """The catalog has this translation already."""
    OTHER = "other"
    """The catalog has another translation, which stays."""
    SAME = "same"
    """The translation is the source text: nobody translated it."""
    FOREIGN = "foreign"
    """The translation is not in the target language."""
    DOUBTFUL = "doubtful"
    """Too uncertain to be offered."""
    TWICE = "twice"
    """Another place of the same source text was translated otherwise, and is used."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The decision on a pairing."""

    pairing: Pairing
    state: State
    text: str
    """The translation as it enters the catalog."""
    reasons: tuple[str, ...] = ()
    """The reasons why it is fuzzy, and how the translator changed the structure."""
    allow: tuple[str, ...] = ()
    """The hosts and paths to add to the setting `allow`, where it is fuzzy for its links alone."""

    @property
    def used(self) -> bool:
        """Whether it enters the catalog."""
        return self.state in {State.TRANSLATED, State.FUZZY}


def verdicts(
    alignment: Alignment,
    scripts: tuple[str, str],
    least: float = LIKELY,
    *,
    trusted: bool = False,
) -> Iterator[Verdict]:
    """Return the verdict on each pairing of two pages, in the order of the source.

    Pairs less certain than `least` are not used. Pages that are `trusted` to be translations of
    each other need no proof of it when nothing speaks against it.
    """
    related = alignment.related or (trusted and alignment.plausible)
    for pairing in _pairings(alignment, scripts, related=related):
        yield _verdict(pairing, scripts, least, related=related)


def _verdict(pairing: Pairing, scripts: tuple[str, str], least: float, *, related: bool) -> Verdict:
    source, text = _joined(pairing.sources), _joined(pairing.targets)
    at_marks = _broken(pairing) or _around_images(pairing)
    text = at_marks or text
    reasons = tuple(_structural(pairing))
    plain, original = prose(text), prose(source)
    bare_words = _without_glosses(plain, original)
    nearly = _is_nearly(bare_words, original) and _keeps_letters(plain, original, *scripts)
    untouched = nearly and not _is_begun(plain, original, *scripts)
    same = untouched or is_same(text, source)
    state = State.SAME if same else _unusable(pairing, plain, scripts)
    if state is None and pairing.certainty < least:
        state = State.DOUBTFUL
    if state is None:
        single = len(pairing.sources) == len(pairing.targets) == 1 or bool(at_marks)
        single = single or _is_cut_at_sentences(pairing, scripts)
        sure = related and pairing.certainty >= CERTAIN
        bare = _is_bare_image(source, text)
        clean = single and sure and not (nearly or bare or _is_adrift(pairing))
        state = State.TRANSLATED if clean else State.FUZZY
        reasons += () if related else ("the two pages have little in common",)
        reasons += ("partly left in the source language",) if nearly else ()
        reasons += ("only one side has words next to the image",) if bare else ()
    return Verdict(pairing, state, text, reasons)


def _pairings(
    alignment: Alignment, scripts: tuple[str, str], *, related: bool
) -> Iterator[Pairing]:
    """The pairings, with a part for each source of a text that can be cut with certainty."""
    for pairing in alignment.pairings:
        several = len(pairing.sources) > len(pairing.targets) == 1
        cut = cut_like(pairing.sources, pairing.targets[0], scripts) if several else None
        certainty = pairing.certainty * cut.likelihood if cut else 0.0
        if cut is None or certainty < CERTAIN or not related:
            yield pairing
            continue
        for source, part in zip(pairing.sources, cut.parts, strict=True):
            yield replace(pairing, sources=(source,), targets=(part,), certainty=certainty)


def _unusable(pairing: Pairing, plain: str, scripts: tuple[str, str]) -> State | None:
    """Why a translation, without its markup `plain`, cannot be used; mostly nothing."""
    if _is_foreign(plain, *scripts):
        return State.FOREIGN
    several = len(pairing.targets) > 1
    unit = pairing.sources[0].unit
    if several and (unit is None or unit.form not in _HOLDS_SEVERAL):
        return State.DOUBTFUL
    return None


def _is_adrift(pairing: Pairing) -> bool:
    """Whether cells are paired by their column alone, in tables that have other columns."""
    one, other = pairing.sources[0], pairing.targets[0]
    first = one.column == other.column == 0
    shared = pairing.features[CONTENT] if pairing.features else 0.0
    return _is_recut(one, other) and not first and shared < _TELLING


def _is_recut(one: Piece, other: Piece) -> bool:
    return 0 not in {one.columns, other.columns} and one.columns != other.columns


def _is_bare_image(one: str, other: str) -> bool:
    """Whether one of two texts has words beside its image, and the other an image alone."""
    images = all("![" in text or "<img" in text.lower() for text in (one, other))
    return images and bool(prose_size(one)) != bool(prose_size(other))


def _without_glosses(text: str, original: str) -> str:
    """A text without the words of its source that it gives in brackets: `网卡 (Interface)`."""

    def kept(match: re.Match[str]) -> str:
        words = match[0].strip()[1:-1].strip()
        own = any(f"{opening}{words}" in original for opening in "([（［")
        return " " if words in original and not own else match[0]

    rest = _BRACKETS.sub(kept, text)
    return rest if letters(rest) else text


def _is_begun(plain: str, original: str, source: str, target: str) -> bool:
    """Whether a text has words of the target's script that the source lacks."""
    if source == target or not is_known(target):
        return False
    return letters_of(plain, target) > letters_of(original, target)


def _keeps_letters(plain: str, original: str, source: str, target: str) -> bool:
    """Whether a text still has the letters of the source's script, where that is another one.

    `Elastic network` for `弹性网络 (Elastic network)` is a translation.
    """
    if source == target or not is_known(source):
        return True
    return letters_of(plain, source) >= _KEPT * letters_of(original, source)


def _is_nearly(one: str, other: str) -> bool:
    """Whether a text of more than a name is nearly the other one."""
    if len(one.split()) < _FEW or max(len(one), len(other)) > _LONGEST:
        return False
    return bool(ratio(one, other, score_cutoff=_SAME))


def _is_foreign(plain: str, source: str, target: str) -> bool:
    """Whether a text has words of the source's script alone, and more than a name has."""
    if source == target or not (is_known(source) and is_known(target)):
        return False
    if letters_of(plain, target) or not letters(plain):
        return False
    words = len(plain.split()) if source == "Latn" else letters_of(plain, source)
    return words >= _FEW


def _joined(pieces: Sequence[Piece]) -> str:
    whole = pieces[0].text
    for text in (piece.text for piece in pieces[1:]):
        close = is_wide(whole[-1:] or " ") and is_wide(text[:1] or " ")
        whole += text if close else f" {text}"
    return whole


def _is_cut_at_sentences(pairing: Pairing, scripts: tuple[str, str]) -> bool:
    """Whether a source text has become several that it can be cut into with certainty."""
    kinds = {piece.kind for piece in (*pairing.sources, *pairing.targets)}
    # A neighbour without partner may be one more part of it.
    if len(pairing.sources) > 1 or len(kinds) > 1 or any(pairing.features[OPENINGS:][:1]):
        return False
    cut = cut_like(pairing.targets, pairing.sources[0], scripts[::-1])
    return cut is not None and pairing.certainty * cut.likelihood >= CERTAIN


def _broken(pairing: Pairing) -> str:
    """The texts of a translation with the line breaks of their source between them.

    Empty unless each line of the source has become a text of its own.
    """
    breaks = _BREAK.findall(pairing.sources[0].text)
    if len(pairing.sources) > 1 or not len(breaks) == len(pairing.targets) - 1 > 0:
        return ""
    return _woven([piece.text for piece in pairing.targets], breaks)


def _around_images(pairing: Pairing) -> str:
    """The words and images of a translation with what stands between those of their source.

    Empty unless a source text with images has become these images and the words beside them.
    """
    if len(pairing.sources) > 1:
        return ""
    texts = [piece.text for piece in pairing.targets]
    parts = cut_at_images(pairing.sources[0].text, texts)
    if parts is None:
        return ""
    return _woven(texts, [_blanks_between(one, other) for one, other in pairwise(parts)])


def _blanks_between(one: str, other: str) -> str:
    return one[len(one.rstrip()) :] + other[: len(other) - len(other.lstrip())]


def _woven(texts: Sequence[str], between: Sequence[str]) -> str:
    return "".join(one for pair in zip(texts, (*between, ""), strict=True) for one in pair)


def _structural(pairing: Pairing) -> Iterator[str]:
    """The differences in structure from the source, which the build follows."""
    one, other = pairing.sources[0], pairing.targets[0]
    if other.unit and other.text != other.unit.text:
        yield "part of a longer text in the translation"
    if len(pairing.targets) > 1:
        yield f"{_NUMBERS[len(pairing.targets)]} texts in the translation"
    if len(pairing.sources) > 1:
        others = " and ".join(f"“{_short(piece)}”" for piece in pairing.sources[1:])
        next_ = "the next one" if len(pairing.sources) == 2 else "the next two"  # noqa: PLR2004
        yield f"one text in the translation with {next_}, {others}"
    if one.kind != other.kind:
        yield f"{other.kind} in the translation"
    elif one.kind == Kind.HEADING and one.detail != other.detail:
        yield f"{other.detail} in the translation"
    if _is_recut(one, other):
        yield f"the table has {other.columns} columns in the translation, not {one.columns}"
    if pairing.moved:
        yield "in a different place in the translation"


def _short(piece: Piece) -> str:
    return shortened(piece.text, _SHOWN)


_SHOWN = 40
"""Characters of a text in a comment."""
