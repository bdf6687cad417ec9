"""Checks over all catalogs of a locale: what one text became in several places."""

from __future__ import annotations

import json
from array import array
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from toolkit.checks import CHECKS, announce
from toolkit.language.phrases import shortened
from toolkit.model.findings import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from toolkit.model.catalog import Message, MessageKey

announce(
    "inconsistent",
    Severity.WARNING,
    "A text is translated differently in two catalogs of the same locale.\n\n"
    "Bad:  `安装` is `Installation` on one page and `Installieren` on another.\n"
    "Good: both are `Installation`, or the writer has given one of them a context.",
)
announce(
    "tab-label",
    Severity.ERROR,
    "A tab's label is translated differently on two pages, which breaks linked tabs.\n\n"
    "Bad:  the tab `方法一` is `Method 1` on one page and `First method` on another.\n"
    "Good: both are `Method 1`.",
)


class Translation(NamedTuple):
    """A translation, and where it stands."""

    locale: str
    context: str | None
    source: str
    text: str
    path: str
    line: int
    tab: bool
    page: str


def translations_of(
    locale: str, path: str, messages: Iterable[Message], tabs: Container[MessageKey], page: str
) -> tuple[Translation, ...]:
    """The translations of a catalog, for the checks across catalogs.

    `tabs` are the messages that label tabs.
    """
    return tuple(
        Translation(
            locale,
            message.context,
            message.id,
            message.string,
            path,
            message.line,
            message.key in tabs,
            page,
        )
        for message in messages
        if message.translated and not message.id_plural
    )


def packed(translations: Iterable[Translation]) -> bytes:
    """Return the translations of one catalog as JSON, which takes less room."""
    rows = list(translations)
    if not rows:
        return b""
    first = rows[0]
    texts = [(one.context, one.source, one.text, one.line, one.tab) for one in rows]
    plain = json.dumps([first.locale, first.path, first.page, texts], ensure_ascii=False)
    return plain.encode("utf-8", "surrogatepass")


def unpacked(data: bytes) -> Iterator[Translation]:
    """Return the translations that were packed."""
    locale, path, page, rows = json.loads(data) if data else ("", "", "", ())
    for context, source, words, line, tab in rows:
        yield Translation(locale, context, source, words, path, line, tab, page)


def marks_of(translations: Iterable[Translation]) -> bytes:
    """Number the source text of each translation, and that text together with the translation.

    This is all that it takes to tell whether catalogs differ, and little to keep.
    """
    numbers = array(_NUMBER)
    for one in translations:
        words = f"{one.locale}\0{one.context is None}\0{one.context}\0{one.source}\0"
        source = blake2b(words.encode("utf-8", "surrogatepass"), digest_size=numbers.itemsize)
        whole = source.copy()
        whole.update(one.text.encode("utf-8", "surrogatepass"))
        numbers.frombytes(source.digest() + whole.digest())
    return numbers.tobytes()


def contested(marks: Iterable[bytes]) -> frozenset[int]:
    """Return the numbers of the source texts that have different translations."""
    # A share of all texts at a time takes less memory.
    shares = [array(_NUMBER) for _ in range(_SHARES)]
    for data in marks:
        for pair in _pairs(data):
            shares[pair[0] % _SHARES].extend(pair)
    return frozenset(source for share in shares for source in _contested_in(share))


def _contested_in(share: array[int]) -> Iterator[int]:
    first: dict[int, int] = {}
    for source, whole in _pairs(share):
        if first.setdefault(source, whole) != whole:
            yield source


def _pairs(marks: bytes | array[int]) -> Iterator[tuple[int, int]]:
    numbers = array(_NUMBER, marks)
    return zip(numbers[::2], numbers[1::2], strict=True)


def is_contested(marks: bytes, sources: Container[int]) -> bool:
    """Whether some of the translations have source texts that are among `sources`."""
    return any(source in sources for source, _ in _pairs(marks))


def chosen(data: bytes, marks: bytes, sources: Container[int]) -> Iterator[Translation]:
    """Return those of the translations that were packed whose source texts are among `sources`."""
    for one, (source, _) in zip(unpacked(data), _pairs(marks), strict=True):
        if source in sources:
            yield one


def differing(
    translations: Iterable[Translation],
) -> Iterator[tuple[Translation, Translation]]:
    """Each translation that is not the one that came first, with that one."""
    first: dict[tuple[str, str | None, str], Translation] = {}
    for one in translations:
        known = first.setdefault((one.locale, one.context, one.source), one)
        if known.text != one.text:
            yield one, known


def difference(one: Translation, known: Translation) -> Finding:
    """The finding about a translation that is not the one that came first."""
    check = CHECKS["tab-label" if known.tab and one.tab else "inconsistent"]
    return Finding(
        one.path,
        one.line,
        check.id,
        check.severity,
        f"differs from “{shortened(known.text, _SHOWN)}” in {known.path}:{known.line}",
        message=f"{one.context}\4{one.source}" if one.context else one.source,
        page=one.page,
        others=(known.path,),
        facts=(known.text, known.path),
    )


_SHOWN = 40
"""Characters of a text in a finding."""
_NUMBER = "Q"
_SHARES = 64
"""Speed: so many parts of the pairs are looked at one after the other."""
