"""The memory and the time of commands over a tree of ten thousand different real pages.

    python benchmarks/large.py FOLDER... [--pages N] [--tree ROOT] [--commands extract,check]

FOLDERs are trees of Markdown pages, of which so many different ones are taken. Every other message
is translated, by the rules of the pseudo-locale, so that a build and a check have work. With
`--tree` the project is made there, and left there for the next time.

Memory is the share of each process in what it maps (PSS), so that pages of memory that processes
have in common are counted once: the most that all processes had together, and the first one alone.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.catalogs.po import CatalogFile
from toolkit.dialects import dialect_named
from toolkit.language.locale import locale_of
from toolkit.writing.pseudo import pseudo_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

YIBEN = Path(sys.executable).with_name("yiben")
SETTINGS = 'source = "zh-Hans"\ntargets = ["en"]\n'
COMMANDS = "extract,update,build,check,stats"
_A_FOLDER = 100
"""Pages of a folder."""
_PAUSE = 0.25
"""Seconds between two looks at the memory of a command."""


@dataclass(frozen=True, slots=True)
class Use:
    """What a command has used."""

    processor: float
    wall: float
    together: int
    """The most memory that all of its processes had at once, in kilobytes."""
    first: int
    """The most memory that its first process had."""

    def __str__(self) -> str:
        return (
            f"{self.processor:7.1f} {self.wall:7.1f} s"
            f" {self.together / 1024:6.0f} {self.first / 1024:6.0f} MB"
        )


def different_pages(folders: Iterable[Path]) -> Iterator[bytes]:
    """The pages of some trees, each text once."""
    known = set()
    for path in (path for folder in folders for path in sorted(folder.rglob("*.md"))):
        data = path.read_bytes()
        digest = hashlib.sha256(data).digest()
        if digest not in known:
            known.add(digest)
            yield data


def make_tree(root: Path, pages: Sequence[bytes]) -> None:
    """Make a project of some pages, with a catalog a page."""
    (root / "yiben.toml").write_text(SETTINGS, "utf-8")
    for number, data in enumerate(pages):
        place = root / "content" / f"{number // _A_FOLDER}" / f"{number}.md"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    used(root, "update", "--no-cache")
    translate_half(root)


def translate_half(root: Path) -> None:
    """Translate every other message of all catalogs."""
    dialect, locale = dialect_named("mkdocs"), locale_of("en-XA")
    for path in sorted((root / "locales" / "en").rglob("*.po")):
        file = CatalogFile.parse(path.name, path.read_bytes())
        some = (
            replace(one, string=pseudo_text(one.id, dialect, locale))
            for one in file.catalog.messages[::2]
        )
        path.write_bytes(file.replace(*some).data)


def used(root: Path, *words: str) -> Use:
    """Run a command, whatever it finds; end where it cannot do its work."""
    before, start = _children(), time.perf_counter()
    with (root / "output").open("wb") as output:
        command = [str(YIBEN), "-C", str(root), *words]
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT)
        together = first = 0
        while process.poll() is None:
            shares = [_share(one) for one in (process.pid, *_children_of(process.pid))]
            together, first = max(together, sum(shares)), max(first, shares[0])
            time.sleep(_PAUSE)
    if process.returncode not in {0, 1, 2}:
        sys.exit((root / "output").read_text("utf-8"))
    return Use(_children() - before, time.perf_counter() - start, together, first)


def _children() -> float:
    use = resource.getrusage(resource.RUSAGE_CHILDREN)
    return use.ru_utime + use.ru_stime


def _share(process: int) -> int:
    """The kilobytes of a process; what it shares with others counts for each in part."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text("ascii").splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def _children_of(process: int) -> list[int]:
    try:
        text = Path(f"/proc/{process}/task/{process}/children").read_text("ascii")
    except OSError:
        return []
    return [int(word) for word in text.split()]


def measure(root: Path, commands: Sequence[str]) -> None:
    """Print what the commands use, cold and once more."""
    print("processor, wall, memory of all processes and of the first one; cold, then second")
    for folder in (".yiben", "build"):
        shutil.rmtree(root / folder, ignore_errors=True)
    for command in commands:
        print(f"{command:8} {used(root, command)}  {used(root, command)}", flush=True)


def main() -> None:
    """Measure a tree."""
    parser = argparse.ArgumentParser(description="Commands over a large tree.")
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--tree", type=Path, help="where the project is made, and used again")
    parser.add_argument("--commands", default=COMMANDS)
    given = parser.parse_args()
    os.environ.pop("XDG_CACHE_HOME", None)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory() as name:
        root = given.tree or Path(name)
        if not (root / "locales").is_dir():
            pages = list(different_pages(given.folders))
            if len(pages) < given.pages:
                sys.exit(f"the folders have {len(pages)} different pages; name more of them")
            root.mkdir(exist_ok=True)
            step = len(pages) / given.pages
            make_tree(root, [pages[int(number * step)] for number in range(given.pages)])
        sizes = [path.stat().st_size for path in (root / "content").rglob("*.md")]
        size = sum(sizes)
        print(f"{len(sizes)} pages, {size / 1e6:.0f} MB, {os.getloadavg()[0]:.1f} processes beside")
        measure(root, given.commands.split(","))


if __name__ == "__main__":
    main()
