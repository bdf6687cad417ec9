"""The translations of all catalogs, for the checks across them; mostly nobody has to read them."""

from __future__ import annotations

from contextlib import suppress
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from toolkit.checks.across import Translation, difference, differing, packed, unpacked
from toolkit.project.cache import Values, digest_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from toolkit.model.findings import Finding
    from toolkit.project.cache import Cache
    from toolkit.project.store import Run

_VALUES = Values(Translation)


class Pack(NamedTuple):
    """The translations of a catalog."""

    path: str
    digest: str
    """Names the translations, wherever in the catalog they stand."""
    lines: str
    """The line of each translation."""
    data: bytes | None = None
    """The translations, packed, each with its place among them in place of its line.

    `None` where they are kept by their digest.
    """


def pack_of(path: str, translations: Iterable[Translation]) -> Pack:
    """Pack the translations of a catalog."""
    rows = sorted(translations, key=lambda one: one.line)
    data = packed(one._replace(line=place) for place, one in enumerate(rows))
    return Pack(path, digest_of(data), " ".join(str(one.line) for one in rows), data)


def kept_apart(cache: Cache, packs: Iterable[Pack]) -> tuple[Pack, ...]:
    """Keep the content of packs by their digests; return the packs without it."""
    listed = tuple(packs)
    for one in listed:
        if one.data is not None:
            cache.keep_value(_key(cache, one), one.data)
    return tuple(one._replace(data=None) for one in listed)


def _key(cache: Cache, pack: Pack) -> str:
    return cache.key("pack", pack.digest)


def differences(
    run: Run, packs: Sequence[Pack], again: Callable[[], Sequence[Pack]]
) -> Iterator[Finding]:
    """The differences between all catalogs; `again` makes the packs where some were not kept."""
    lines = {one.path: one.lines for one in packs}
    for pair in _pairs(run.cache, packs, again):
        yield difference(*(_in_line(one, lines[one.path]) for one in pair))


def _in_line(translation: Translation, lines: str) -> Translation:
    return translation._replace(line=int(lines.split()[translation.line]))


def _pairs(
    cache: Cache | None, packs: Sequence[Pack], again: Callable[[], Sequence[Pack]]
) -> tuple[tuple[Translation, Translation], ...]:
    """The translations that differ from others, with these."""
    if cache is None:
        return _found(packs)
    key = cache.key("across", *(one.digest for one in packs))
    known = cache.values([key]).get(key)
    if known is not None:
        with suppress(ValueError):
            return tuple(_VALUES.read(known))
    whole = _whole(cache, packs)
    found = _found(again() if any(one.data is None for one in whole) else whole)
    cache.keep_value(key, _VALUES.write(found))
    return found


def _whole(cache: Cache, packs: Sequence[Pack]) -> list[Pack]:
    """The packs with their content, as far as it is kept."""
    kept = cache.values([_key(cache, one) for one in packs if one.data is None])
    return [
        one if one.data is not None else one._replace(data=kept.get(_key(cache, one)))
        for one in packs
    ]


def _found(packs: Iterable[Pack]) -> tuple[tuple[Translation, Translation], ...]:
    return tuple(differing(chain.from_iterable(unpacked(one.data or b"") for one in packs)))
