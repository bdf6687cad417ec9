"""Find the faults of a text's codes after their way through another program."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from toolkit.language.phrases import shortened
from toolkit.reading.codes.coding import Code, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_LONGEST = 40


def code_faults(source: Iterable[Code], found: Sequence[Code]) -> tuple[str, ...]:
    """Describe the codes of a source that are lost, doubled or crossed in `found`, one by one."""
    wanted = {(one.number, one.role): one for one in source}
    counts = Counter((one.number, one.role) for one in found)
    faults = []
    for key, one in wanted.items():
        if one.role is not Role.CLOSE and not counts[key]:
            faults.append(f"{name_of(one)} is missing")
        elif one.role is not Role.CLOSE and counts[key] > 1:
            faults.append(f"{name_of(one)} is there {counts[key]} times")
    return (*faults, *_crossed(wanted, found))


def _crossed(wanted: dict[tuple[int, Role], Code], found: Sequence[Code]) -> Iterator[str]:
    """Describe pairs whose halves don't nest."""
    opened: list[int] = []
    for one in found:
        if one.role is Role.OPEN:
            opened.append(one.number)
        elif one.role is Role.CLOSE:
            if opened and opened[-1] == one.number:
                opened.pop()
                continue
            opener = wanted.get((one.number, Role.OPEN), one)
            yield f"{name_of(opener)} ends where it must not"
            if one.number in opened:
                opened.remove(one.number)
    for number in opened:
        yield f"{name_of(wanted[number, Role.OPEN])} is not closed"


def name_of(code: Code) -> str:
    """Return a code by its kind and text, for people."""
    return f"{code.kind} “{shortened(code.text, _LONGEST)}”"
