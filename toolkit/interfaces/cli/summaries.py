"""The summary of a run that writes templates and catalogs."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from toolkit.interfaces.cli.groups import FINDINGS, MISUSE
from toolkit.interfaces.cli.talk import say, say_file, tell, warn
from toolkit.language.phrases import counted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from toolkit.commands.update.value import Removed
    from toolkit.model.errors import Problem
    from toolkit.project.store import Saved


@dataclass(frozen=True, slots=True)
class Summary:
    """The files and problems of a run, and what else its report counts."""

    files: Sequence[Saved]
    problems: Sequence[Problem]
    removed: Sequence[Removed] = ()
    messages: Mapping[str, int] = field(default_factory=dict)
    """The number of messages that change, by file."""
    causes: Mapping[str, int] = field(default_factory=dict)
    """The number of changes in catalogs by cause, in a dry run."""
    notes: Sequence[str] = ()
    """Further lines of the summary."""
    outside: int = 0
    """The number of files outside the scope of this run that would change as well."""


def finish(command: str, summary: Summary, *, check: bool) -> None:
    """Report what a run did, then exit with its status."""
    changed = [one.name for one in summary.files if one.changed]
    for name in changed:
        if check:
            warn(f"would change {name}{_how_many(summary.messages.get(name, 0))}")
        else:
            say_file(f"wrote {name}")
    for one in summary.removed:
        say_file(_removal(one.name, one.heir, check=check))
    tell(summary.problems)
    broken = len(summary.problems)
    parts = (counted(broken, "problem"),) if broken else ()
    say_sum(command, len(changed), len(summary.files) - len(changed), *parts, dry=check)
    if summary.causes:
        counts = (f"{cause} {number}" for cause, number in summary.causes.items())
        say(f"in catalogs, by cause: {', '.join(counts)}")
    for note in summary.notes:
        say(note)
    if summary.outside:
        say(f"{counted(summary.outside, 'file')} outside the change would change as well")
    if summary.problems:
        sys.exit(MISUSE)
    sys.exit(FINDINGS if check and (changed or summary.removed) else 0)


def _how_many(messages: int) -> str:
    return f": {counted(messages, 'message')}" if messages else ""


def _removal(name: str, heir: str, *, check: bool) -> str:
    """Describe a file that was deleted or moved, or would be."""
    act = ("would move" if check else "moved") if heir else "would delete" if check else "deleted"
    return f"{act} {name} to {heir}" if heir else f"{act} {name}"


def say_sum(command: str, changed: int, unchanged: int, *parts: str, dry: bool) -> None:
    """Print how many files a command wrote, or would write, and its other counts."""
    verb = "would change" if dry else "written"
    rest = (f"{unchanged} unchanged",) if unchanged > 0 else ()
    parts = (f"{counted(changed, 'file')} {verb}", *rest, *parts)
    say(f"{command}: {' · '.join(parts)}")
