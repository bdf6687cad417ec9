"""Reads the fixture files: a title, a source and its expected units, each ended by a `.` line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

FIXTURES = Path(__file__).parent / "fixtures"
NEWLINE = "⏎"
"""Stands for a line end inside a unit's text."""


@dataclass(frozen=True)
class Case:
    """One case of a fixture file."""

    title: str
    dialect: str
    source: str
    expected: list[str]


def cases() -> list[Case]:
    """Every case of every dialect's fixture files."""
    return [case for path in sorted(FIXTURES.glob("*/*.txt")) for case in cases_in(path)]


def cases_in(path: Path) -> list[Case]:
    """Every case of a file; its folder names the dialect."""
    parts: list[list[str]] = [[]]
    for line in path.read_bytes().decode("utf-8").split("\n"):
        if line == ".":
            parts.append([])
        else:
            parts[-1].append(line)
    triples = zip(parts[0::3], parts[1::3], parts[2::3], strict=False)
    return [
        Case(
            title=f"{path.parent.name}/{path.stem}: {' '.join(title).strip()}",
            dialect=path.parent.name,
            source="".join(f"{line}\n" for line in source),
            expected=expected,
        )
        for title, source, expected in triples
    ]
