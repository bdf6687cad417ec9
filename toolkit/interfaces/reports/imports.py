"""Reports on an import: counts, and every text without a place."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from toolkit.aligning.verdict import State
from toolkit.commands.importing.allowing import proposed
from toolkit.commands.importing.left_over import unused
from toolkit.language.phrases import shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from toolkit.aligning.pieces import Piece
    from toolkit.aligning.verdict import Verdict
    from toolkit.commands.importing import ImportRequest
    from toolkit.commands.importing.allowing import Allowance
    from toolkit.commands.importing.value import Carried, ImportedPage
    from toolkit.language.locale import Locale
    from toolkit.model.catalog import Message

_LENGTH = 60
_FEW = 4
"""Words that only a text has, at least, which could have been translated."""
_WORDS = {
    State.SAME: "left in the source language",
    State.FOREIGN: "not in the target language",
    State.OTHER: "not used, because the catalog has another translation",
    State.DOUBTFUL: "not used, because its source text is uncertain",
    State.TWICE: "not used, because the same source text has another translation elsewhere",
}
STRANGERS = "these two pages don't seem to be translations of each other"
LITTLE = "too little text to be sure; nothing is entered as translated"


def imports_text(imports: Sequence[ImportedPage], *, brief: bool) -> str:
    """A line a page and, unless `brief`, one for each text that was left out or rebuilt."""
    lines = []
    for one in imports:
        lines.append(f"{one.page} <- {one.translation}: {_counts(one)}")
        trouble = trouble_of(one)
        lines += [f"{one.translation}: {trouble}"] if trouble else []
        lines += () if brief else left_out(one)
    if len(imports) > 1:
        lines.append(f"{len(imports)} pages: {_total(imports)}")
    return "".join(f"{line}\n" for line in lines)


def links_text(imports: Sequence[ImportedPage], locale: Locale, allow: Allowance) -> str:
    """A line on translations that are fuzzy for nothing but their links; mostly nothing."""
    count, setting = proposed(imports, locale, allow)
    if not count:
        return ""
    text = f"{count} fuzzy only because of their links; review them"
    if setting:
        text += f", or, if you trust their targets, allow them with the setting {setting}"
    return f"{text}\n"


def code_text(imports: Sequence[ImportedPage], *, units_in_code: bool) -> str:
    """A line on code blocks that say something else in the translation; mostly nothing."""
    count = sum(one.alignment.other_code for one in imports)
    if not count:
        return ""
    blocks = "1 code block differs" if count == 1 else f"{count} code blocks differ"
    text = f"{blocks} from the source's, which the build takes"
    if not units_in_code:
        text += (
            "; if comments or texts in them are translated, set the setting"
            ' code = "comments" or "texts" and import again'
        )
    return f"{text}\n"


def trouble_of(one: ImportedPage) -> str:
    """The problem of a pair of pages as a whole; mostly none."""
    sure = any(verdict.state is State.TRANSLATED for verdict in one.verdicts)
    if one.alignment.related or sure or not (one.verdicts or one.alignment.targets):
        return ""
    return LITTLE if one.alignment.small else STRANGERS


def _counts(one: ImportedPage) -> str:
    states = Counter(verdict.state for verdict in one.verdicts)
    parts = [f"{states[state]} {state}" for state in State if states[state]]
    parts += [f"{len(one.alignment.sources)} without translation"] if one.alignment.sources else []
    parts += [f"{len(one.alignment.targets)} left over"] if one.alignment.targets else []
    return ", ".join(parts) or "nothing to pair"


def _total(imports: Sequence[ImportedPage]) -> str:
    states = Counter(verdict.state for one in imports for verdict in one.verdicts)
    lost = sum(len(one.alignment.sources) for one in imports)
    over = sum(len(one.alignment.targets) for one in imports)
    parts = [f"{states[state]} {state}" for state in State if states[state]]
    return ", ".join((*parts, f"{lost} without translation", f"{over} left over"))


def left_out(one: ImportedPage) -> Iterator[str]:
    """A line for each text on either side that is not simply translated, at its place."""
    for verdict in one.verdicts:
        yield from _doubts(one, verdict)
    for piece in one.alignment.sources:
        yield f"{one.page}:{piece.line}: no translation found: {_short(piece)}"
    for piece in one.alignment.targets:
        yield f"{one.translation}:{piece.line}: left over: {_short(piece)}"


def _doubts(one: ImportedPage, verdict: Verdict) -> Iterator[str]:
    pairing = verdict.pairing
    place = f"{one.page}:{pairing.sources[0].line}"
    for piece in pairing.targets if verdict.state in _WORDS and not _is_name(verdict) else ():
        there = f"{one.translation}:{piece.line}"
        yield f"{there}: {_WORDS[verdict.state]}: {_short(piece)} (for {place})"
    if verdict.used and verdict.reasons:
        there = f"{one.translation}:{pairing.targets[0].line}"
        yield f"{place}: {verdict.state}: {'; '.join(verdict.reasons)} ({there})"
    for piece in pairing.sources[1:]:
        yield f"{one.page}:{piece.line}: translated together with the text before: {_short(piece)}"


def _is_name(verdict: Verdict) -> bool:
    """Whether a text is the same in both languages because it is a name or a number."""
    text = verdict.text
    return verdict.state is State.SAME and len(text.split()) < _FEW and text.isascii()


def _short(piece: Piece) -> str:
    return f"“{shortened(piece.text, _LENGTH)}”"


def carried_text(carried: Sequence[Carried], request: ImportRequest, *, brief: bool) -> str:
    """The text about an import from another catalog, with the translations that were of no use."""
    if not request.origin:
        return ""
    lines = [
        f"{one.path}: {one.translated} translated, {one.fuzzy} fuzzy, {one.kept} kept"
        for one in carried
    ]
    lines += (line for one in carried for line in one.returned)
    rest = unused(request, carried)
    lines += () if brief else _unused(rest, request.origin)
    done = len(request.messages) - len(rest)
    lines.append(f"{request.origin}: {done} messages used or empty, {len(rest)} unused")
    return "".join(f"{line}\n" for line in lines)


def _unused(rest: Iterable[Message], origin: str) -> Iterator[str]:
    for message in rest:
        yield f"{origin}:{message.line}: not used: “{shortened(message.id, _LENGTH)}”"
