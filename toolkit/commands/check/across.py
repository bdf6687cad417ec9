"""The translations of all catalogs, for the checks across them; mostly nobody has to read them."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from toolkit.checks.across import (
    Translation,
    chosen,
    contested,
    difference,
    differing,
    is_contested,
    marks_of,
    packed,
)
from toolkit.project.cache import Values, digest_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from toolkit.model.findings import Finding
    from toolkit.project.cache import Cache
    from toolkit.project.store import Run

_VALUES = Values(Translation)
_BATCH = 64
"""Packs whose content is read at once."""


class Pack(NamedTuple):
    """The translations of a catalog."""

    path: str
    digest: str
    """Names the translations, wherever in the catalog they stand."""
    lines: str
    """The line of each translation."""
    marks: bytes
    """Two numbers of each translation, as `marks_of` has them."""
    data: bytes | None = None
    """The translations, packed and compressed, each with its place among them as its line.

    `None` where they are kept by their digest.
    """


Again = Callable[[Sequence[str]], Sequence[Pack]]
"""Makes the packs of some catalogs once more, with their content."""


def pack_of(path: str, translations: Iterable[Translation]) -> Pack:
    """Pack the translations of a catalog."""
    rows = sorted(translations, key=lambda one: one.line)
    data = packed(one._replace(line=place) for place, one in enumerate(rows))
    lines = " ".join(str(one.line) for one in rows)
    return Pack(path, digest_of(data), lines, marks_of(rows), zlib.compress(data, 1))


def kept_apart(cache: Cache, packs: Iterable[Pack]) -> tuple[Pack, ...]:
    """Keep the content of packs by their digests; return the packs without it."""
    listed = tuple(packs)
    for one in listed:
        if one.data is not None:
            cache.keep_value(_key(cache, one), one.data)
    return tuple(one._replace(data=None) for one in listed)


def _key(cache: Cache, pack: Pack) -> str:
    return cache.key("pack", pack.digest)


def differences(run: Run, packs: Sequence[Pack], again: Again) -> Iterator[Finding]:
    """The differences between all catalogs; `again` makes packs once more that were not kept."""
    lines = {one.path: one.lines for one in packs}
    for pair in _pairs(run.cache, packs, again):
        yield difference(*(_in_line(one, lines[one.path]) for one in pair))


def _in_line(translation: Translation, lines: str) -> Translation:
    return translation._replace(line=int(lines.split()[translation.line]))


def _pairs(
    cache: Cache | None, packs: Sequence[Pack], again: Again
) -> tuple[tuple[Translation, Translation], ...]:
    """The translations that differ from others, with these."""
    if cache is None:
        return _found(packs, list)
    key = cache.key("across", *(one.digest for one in packs))
    known = cache.values([key]).get(key)
    if known is not None:
        with suppress(ValueError):
            return tuple(_VALUES.read(known))
    found = _found(packs, partial(_whole, cache, again))
    cache.keep_value(key, _VALUES.write(found))
    return found


def _found(
    packs: Sequence[Pack], whole: Callable[[Sequence[Pack]], Iterable[Pack]]
) -> tuple[tuple[Translation, Translation], ...]:
    """Compare the translations of those texts that have several; `whole` gives packs content."""
    sources = contested(one.marks for one in packs)
    concerned = [one for one in packs if is_contested(one.marks, sources)]
    ordered = sorted(concerned, key=attrgetter("path"))
    parts = (
        chosen(zlib.decompress(one.data), one.marks, sources) for one in whole(ordered) if one.data
    )
    return tuple(differing(chain.from_iterable(parts)))


def _whole(cache: Cache, again: Again, packs: Sequence[Pack]) -> Iterator[Pack]:
    """The packs with their content, a few at a time; made again from the first that is gone."""
    for start in range(0, len(packs), _BATCH):
        batch = packs[start : start + _BATCH]
        kept = cache.values([_key(cache, one) for one in batch])
        whole = [one._replace(data=one.data or kept.get(_key(cache, one))) for one in batch]
        if any(one.data is None for one in whole):
            rest = [one.path for one in packs[start:]]
            made = {one.path: one for one in again(rest)}
            yield from (made[path] for path in rest if path in made)
            return
        yield from whole
