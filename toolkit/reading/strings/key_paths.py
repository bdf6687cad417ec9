"""Key paths: which texts of a file of strings are translated."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.reading.segment.value import Trail

_STEP = re.compile(r'"(?P<quoted>[^"]+)"|(?P<bare>[^".]+)')
_ANY, _DEEP = "*", "**"


@dataclass(frozen=True, slots=True)
class KeyPaths:
    """Paths such as `title`, `items.*.text`, `**.label`, `!**.id`; the last that fits decides.

    `*` is one key or any item of a list, `**` any number of them. A path to a list means its items.
    A key with dots stands in quotes.
    """

    paths: tuple[tuple[bool, tuple[str, ...]], ...] = ()
    """Each path in steps, and whether what it leads to is translated."""

    @classmethod
    def parse(cls, texts: Sequence[str]) -> KeyPaths:
        """Read paths; raises `ValueError` for one that is none."""
        return cls(tuple(_parse(text) for text in texts))

    def choose(self, trail: Trail) -> bool:
        """Whether the text that a trail leads to is translated."""
        fitting = (wanted for wanted, steps in reversed(self.paths) if _fits(steps, trail))
        return next(fitting, False)


def _parse(text: str) -> tuple[bool, tuple[str, ...]]:
    path = text.removeprefix("!")
    steps, position = [], 0
    while position <= len(path):
        match = _STEP.match(path, position)
        if not match or path[match.end() : match.end() + 1] not in {"", "."}:
            raise ValueError(f'"{text}" is not a key path; write one such as "items.*.text"')
        steps.append(match["quoted"] or match["bare"])
        position = match.end() + 1
    return path == text, tuple(steps)


def _fits(steps: tuple[str, ...], trail: Trail) -> bool:
    if not steps:
        return all(isinstance(part, int) for part in trail)
    if steps[0] == _DEEP:
        return any(_fits(steps[1:], trail[number:]) for number in range(len(trail) + 1))
    return bool(trail) and _is_step(steps[0], trail[0]) and _fits(steps[1:], trail[1:])


def _is_step(step: str, part: str | int) -> bool:
    return step in {_ANY, str(part)}
