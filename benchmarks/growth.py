"""How the time of commands grows with the tree, the page, the catalog and the memory.

    python benchmarks/growth.py [tree|page|catalog|blocks|memory ...] [--size N]

Each series is measured at 1, 2, 4 and 8 times its size (`--size`: pages, kilobytes, messages,
blocks or entries). Times are seconds of the processor, of a command and the processes that it
starts, less those of the same command at the size 1. An exponent of 1 is a time that grows as the
size does; the one at the end of a row is the slope through all four sizes. `--folder` is a tree of
Markdown pages, by default the OI-wiki pages of the corpus beside the project. `large.py` measures a
tree of ten thousand pages.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, replace
from itertools import cycle, islice
from math import log2
from pathlib import Path
from statistics import linear_regression
from typing import TYPE_CHECKING

from toolkit.catalogs.po import CatalogFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

YIBEN = Path(sys.executable).with_name("yiben")
DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "OI-wiki" / "docs"
SETTINGS = 'source = "zh-Hans"\ntargets = ["en"]\n'
FACTORS = (1, 2, 4, 8)


@dataclass(frozen=True, slots=True)
class Use:
    """What a command has used."""

    seconds: float
    """Of the processor."""
    megabytes: float
    """The most memory that one of its processes had."""


def used(root: Path, *words: str) -> Use:
    """Run a command, whatever it finds."""
    with (root / "output").open("wb") as output:
        command = [str(YIBEN), "-C", str(root), *words]
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in {0, 1}:
        sys.exit((root / "output").read_text("utf-8"))
    return Use(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def slope(times: Sequence[float]) -> float:
    """The exponent of growth: the slope of the line nearest to the logarithms."""
    return linear_regression(
        [log2(factor) for factor in FACTORS], [log2(max(time, 1e-3)) for time in times]
    ).slope


def series(
    title: str, make: Callable[[Path, int], None], size: int, commands: Sequence[str]
) -> None:
    """Print what some commands, one after the other, take at each size."""
    print(f"\n{title}: {', '.join(str(size * factor) for factor in FACTORS)}")
    start, *uses = (measured(make, count, commands) for count in (1, *(size * f for f in FACTORS)))
    for place, command in enumerate(commands):
        found = [use[place].seconds - start[place].seconds for use in uses]
        peak = max(use[place].megabytes for use in uses)
        seconds = " ".join(f"{one:7.2f}" for one in found)
        print(f"{command:33} {seconds}   exponent {slope(found):5.2f}   {peak:4.0f} MB", flush=True)


def measured(make: Callable[[Path, int], None], count: int, commands: Sequence[str]) -> list[Use]:
    """What some commands use in a project of a size."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        (root / "content").mkdir()
        (root / "yiben.toml").write_text(SETTINGS, "utf-8")
        make(root, count)
        return [used(root, *command.split()) for command in commands]


def pages_of(folder: Path) -> list[str]:
    """The pages of a tree."""
    return [path.read_text("utf-8") for path in sorted(folder.rglob("*.md"))]


def numbered(pages: Sequence[str], count: int) -> Iterator[tuple[int, str]]:
    """So many pages; those that come again are told apart by a line of their own."""
    for number, page in enumerate(islice(cycle(pages), count)):
        yield number, f"{page}\n第 {number} 页。\n"


def translate_half(root: Path) -> None:
    """Translate every other message."""
    for path in sorted((root / "locales" / "en").rglob("*.po")):
        file = CatalogFile.parse(path.name, path.read_bytes())
        some = file.catalog.messages[::2]
        path.write_bytes(file.replace(*(replace(one, string=f"{one.id}!") for one in some)).data)


def tree(folder: Path, size: int) -> None:
    """Grow the number of pages."""
    pages = pages_of(folder)
    pages = pages[:: max(1, len(pages) // size)]

    def make(root: Path, count: int) -> None:
        for number, page in numbered(pages, count):
            place = root / "content" / f"{number // 50}" / f"{number}.md"
            place.parent.mkdir(exist_ok=True)
            place.write_text(page, "utf-8")

    commands = ("update", "update -q", "build", "build -q", "check", "check -q", "stats")
    series("pages", make, size, commands)


def page(folder: Path, size: int) -> None:
    """Grow one page."""
    text = "\n\n".join(one.partition("\n")[2] for one in pages_of(folder))

    def make(root: Path, kilobytes: int) -> None:
        data = text.encode()[: kilobytes * 1024]
        (root / "content" / "a.md").write_text(data.decode("utf-8", "ignore"), "utf-8")

    series("kilobytes of a page", make, size, ("update", "build", "check", "stats"))


def blocks(_: Path, size: int) -> None:
    """Grow the tiny blocks of a page."""

    def make(root: Path, count: int) -> None:
        kinds = cycle(("字{}\n\n", "- 项{}\n\n", "## 题{}\n\n", "> 引{}\n\n"))
        text = "".join(next(kinds).format(number) for number in range(count))
        (root / "content" / "a.md").write_text(text, "utf-8")

    series("tiny blocks of a page", make, size, ("update", "build", "check", "stats"))


def catalog(folder: Path, size: int) -> None:
    """Grow the messages of a single catalog."""
    lines = list(dict.fromkeys(line for one in pages_of(folder) for line in prose(one)))

    def make(root: Path, count: int) -> None:
        (root / "yiben.toml").write_text(f'{SETTINGS}catalog = "single"\n', "utf-8")
        for number in range(0, count, 100):
            text = "\n\n".join(islice(cycle(lines), number, min(number + 100, count)))
            (root / "content" / f"{number}.md").write_text(f"{text}\n", "utf-8")
        used(root, "update")
        translate_half(root)

    commands = ("update --no-cache", "build --no-cache", "check --no-cache", "stats --no-cache")
    series("messages of one catalog", make, size, commands)


def prose(text: str) -> Iterator[str]:
    """The lines of a page that are text and nothing else."""
    for line in text.split("\n"):
        if line and line[0].isalnum() and len(line) > 1 and "|" not in line:
            yield line


def memory(_: Path, size: int) -> None:
    """Grow the translations that are exported and imported."""

    def make(root: Path, count: int) -> None:
        for number in range(0, count, 1000):
            texts = (
                f"这是第{one}句话，共有{count}句。\n"
                for one in range(number, min(number + 1000, count))
            )
            (root / "content" / f"{number}.md").write_text("\n".join(texts), "utf-8")
        used(root, "update")
        translate_half(root)

    def make_files(root: Path, count: int) -> None:
        make(root, 2 * count)
        for command in exports:
            used(root, *command.split())
        shutil.rmtree(root / "locales" / "en")

    exports = ("export -l en -o all.tmx", "export -l en -o all.xlf")
    imports = ("import content all.tmx -l en", "import content all.xlf -l en")
    series("messages that are exported", make, size, exports)
    series("translations that are imported", make_files, size, imports)


SERIES = {
    "tree": (tree, 60),
    "page": (page, 256),
    "catalog": (catalog, 2500),
    "blocks": (blocks, 12_500),
    "memory": (memory, 25_000),
}
"""The series with their usual sizes."""


def main() -> None:
    """Measure the series that are named, by default all."""
    parser = argparse.ArgumentParser(description="The growth of the time that commands take.")
    parser.add_argument("names", nargs="*", choices=SERIES, metavar="|".join(SERIES))
    parser.add_argument("--size", type=int, help="the size to start from")
    parser.add_argument("--folder", type=Path, default=DEFAULT, help="a tree of Markdown pages")
    given = parser.parse_args()
    if not given.folder.is_dir():
        sys.exit(f"{given.folder}: no such folder; name a tree of Markdown pages")
    os.environ.pop("XDG_CACHE_HOME", None)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    for name in given.names or SERIES:
        measure, usual = SERIES[name]
        measure(given.folder, given.size or usual)


if __name__ == "__main__":
    main()
