"""Whole commands on one processor and on all of them: how much of the time several save.

    python benchmarks/processors.py [tree|single|assets ...] [--rounds N] [--copies N]

`tree` is a tree of Markdown pages (`--folder`, by default the OI-wiki pages of the corpus beside
the project, `--copies` times), each page with a catalog of its own; `single` is the same tree with
one catalog of all messages; `assets` is one page with thousands of files beside it. Every other
message is translated. Each run starts from the same files, without a cache.

Printed are the shortest wall times of alternating runs, on one processor and on all, with their
ratio, and the seconds that the first process needs for itself while others help it: what is left
however many there are. Other work on the machine spoils the ratios.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from toolkit.catalogs.po import CatalogFile
from toolkit.project.pool import processors

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "OI-wiki" / "docs"
SETTINGS = 'source = "zh-Hans"\ntargets = ["en"]\n'
COMMANDS = ("extract", "update", "build", "check", "stats")
_ASSETS, _SIZE = 4000, 20_000
"""Files beside a page, and the bytes of each."""
_PROGRAM = """
import atexit, os, resource, sys
from toolkit.interfaces.cli import run
place = int(sys.argv.pop())
sys.argv[0] = "yiben"
def tell():
    use = resource.getrusage(resource.RUSAGE_SELF)
    os.write(place, str(use.ru_utime + use.ru_stime).encode())
atexit.register(tell)
run()
"""
"""Runs yiben, and tells what the first process alone has used."""


class Times(NamedTuple):
    """The seconds of a command."""

    wall: float
    own: float
    """Of the processor, in the first process alone."""


def run(root: Path, command: str, allowed: set[int]) -> Times:
    """Run a command on some processors, whatever it finds."""
    end, start = os.pipe()
    words = ["-c", _PROGRAM, "-C", str(root), command, str(start)]
    bound = partial(os.sched_setaffinity, 0, allowed)
    before = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *words],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        pass_fds=[start],
        preexec_fn=bound,  # noqa: PLW1509 - there are no threads
    )
    _, told = process.communicate()
    wall = time.perf_counter() - before
    os.close(start)
    if process.returncode not in {0, 1}:
        sys.exit(told.decode())
    with os.fdopen(end, "rb") as file:
        return Times(wall, float(file.read()))


def measure(root: Path, command: str, rounds: int) -> None:
    """Print what a command takes on one processor and on all."""
    every = os.sched_getaffinity(0)
    found: dict[bool, list[Times]] = {True: [], False: []}
    state = root.with_name("state")
    for number in range(rounds):
        for alone in (True, False) if number % 2 else (False, True):
            again(root, state, command)
            found[alone].append(run(root, command, {min(every)} if alone else every))
    one, several = (min(times.wall for times in found[alone]) for alone in (True, False))
    own = min(times.own for times in found[False])
    print(f"{command:8} {one:7.2f} {several:7.2f} {several / one:7.2f} {own:9.2f}", flush=True)


def again(root: Path, state: Path, command: str) -> None:
    """Make the files what they were, without those that the command is to make."""
    made = {"extract": "locales/templates", "update": "locales/en", "build": "build"}
    for name in (".yiben", "locales", "build"):
        shutil.rmtree(root / name, ignore_errors=True)
    shutil.copytree(state / "locales", root / "locales")
    shutil.rmtree(root / made.get(command, ".yiben"), ignore_errors=True)
    # What was deleted and copied is not to be written to the disk meanwhile.
    os.sync()


def translate_half(root: Path) -> None:
    """Translate every other message."""
    for path in sorted((root / "locales" / "en").rglob("*.po")):
        file = CatalogFile.parse(path.name, path.read_bytes())
        some = (replace(one, string=f"{one.id}!") for one in file.catalog.messages[::2])
        path.write_bytes(file.replace(*some).data)


def pages(root: Path, folder: Path, copies: int) -> None:
    """A tree of pages, several times."""
    for number in range(copies):
        shutil.copytree(folder, root / "content" / f"copy{number}")


def beside_a_page(root: Path, _folder: Path, _copies: int) -> None:
    """One page, and files beside it."""
    for number in range(_ASSETS):
        place = root / "content" / "images" / f"{number // 100}" / f"{number}.bin"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(number.to_bytes(4, "big") * (_SIZE // 4))
    (root / "content" / "index.md").write_text("# 安装\n", "utf-8")


class Case(NamedTuple):
    """A project that is measured."""

    make: Callable[[Path, Path, int], None]
    more: str = ""
    """Further settings."""
    commands: Sequence[str] = COMMANDS


CASES = {
    "tree": Case(pages),
    "single": Case(pages, 'catalog = "single"\n'),
    "assets": Case(beside_a_page, commands=("build", "check")),
}


def main() -> None:
    """Measure the projects that are named, by default all."""
    parser = argparse.ArgumentParser(description="Commands on one processor and on all.")
    parser.add_argument("names", nargs="*", choices=CASES, metavar="|".join(CASES))
    parser.add_argument("--folder", type=Path, default=DEFAULT, help="a tree of Markdown pages")
    parser.add_argument("--copies", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--commands", help="which, with commas between them")
    given = parser.parse_args()
    if not given.folder.is_dir():
        sys.exit(f"{given.folder}: no such folder; name a tree of Markdown pages")
    os.environ.pop("XDG_CACHE_HOME", None)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    print(f"{processors()} processors, {os.getloadavg()[0]:.1f} processes beside")
    for name in given.names or CASES:
        case = CASES[name]
        with tempfile.TemporaryDirectory() as place:
            root = Path(place) / "project"
            root.mkdir()
            (root / "yiben.toml").write_text(SETTINGS + case.more, "utf-8")
            case.make(root, given.folder, given.copies)
            run(root, "update", os.sched_getaffinity(0))
            translate_half(root)
            shutil.copytree(root / "locales", root.with_name("state") / "locales")
            print(f"\n{name}: seconds on one, on all, their ratio, of the first process alone")
            for command in given.commands.split(",") if given.commands else case.commands:
                measure(root, command, given.rounds)


if __name__ == "__main__":
    main()
