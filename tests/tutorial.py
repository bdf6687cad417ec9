"""The tutorial as a reader follows it: files are written, catalogs filled, commands run."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import polib
from projects import translate, yiben

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = Path(__file__).parents[1] / "docs/start/tutorial.md"
MKDOCS = Path(sys.executable).with_name("mkdocs")
_FENCE = re.compile(r'^```(\w+)(?: title="([^"\n]*)")?\n(.*?)^```', re.MULTILINE | re.DOTALL)
_QUIET = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}


@dataclass(frozen=True, slots=True)
class Command:
    """A command of the tutorial."""

    words: str
    shown: str
    """The output that the tutorial shows; empty where it shows none."""
    output: str


def follow(text: str, folder: Path) -> Iterator[Command]:
    """Follow the tutorial in a folder; iterate over its commands, each run already."""
    blocks = _FENCE.findall(text)
    for number, (language, title, code) in enumerate(blocks):
        path = folder / title
        if title and language == "po":
            known = {entry.msgid: entry.msgstr for entry in polib.pofile(code)}
            translate(path, known)
            _revise(path, known)
        elif title:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(code, encoding="utf-8")
        elif language == "sh":
            after = blocks[number + 1] if number + 1 < len(blocks) else ("", "", "")
            shown = after[2] if after[0] == "text" else ""
            yield Command(code.strip(), shown, _run(code.strip(), folder))


def _run(command: str, folder: Path) -> str:
    program, *words = shlex.split(command)
    if program == "yiben":
        run = yiben(folder, *words)
        return run.stdout + run.stderr
    assert program == "mkdocs", command
    done = subprocess.run(
        [str(MKDOCS), *words], cwd=folder, capture_output=True, text=True, check=True, env=_QUIET
    )
    return done.stdout


def _revise(path: Path, known: dict[str, str]) -> None:
    """Take the flag of the messages that were revised away, as one does in an editor."""
    entries = path.read_text(encoding="utf-8").split("\n\n")
    for number, entry in enumerate(entries):
        if any(f'msgid "{text}"' in entry.split("\n") for text in known):
            entries[number] = re.sub(r"^#(, fuzzy|\| .*)\n", "", entry, flags=re.MULTILINE)
    path.write_text("\n\n".join(entries), encoding="utf-8")
