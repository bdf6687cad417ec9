"""Runs with a cache: nothing changed, one page changed, and the parts of the time they take.

Run `python benchmarks/warm.py [FOLDER] [COPIES]`; FOLDER is a tree of Markdown pages and defaults
to the OI-wiki pages of the corpus beside the project, COPIES (2) is how often it is taken; a page
is edited in a tree of twice as many. Times are seconds of the processor, of a command and the
processes that it starts.
"""

from __future__ import annotations

import hashlib
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import polib

from toolkit.catalogs.po import CatalogFile
from toolkit.commands.update.memories import Remembered, leverage_of
from toolkit.language.locale import locale_of
from toolkit.project.cache import open_cache
from toolkit.project.project import Project
from toolkit.project.store import Run

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 5
DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "OI-wiki" / "docs"
YIBEN = Path(sys.executable).with_name("yiben")
COMMANDS = ("extract", "update", "build", "check", "stats")
SETTINGS = 'source = "zh-Hans"\ntargets = ["en"]\n'
_HAN = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")


def tree_of(root: Path, folder: Path, copies: int) -> Path:
    """A project with a tree of pages several times, half of which are translated."""
    (root / "yiben.toml").write_text(SETTINGS, "utf-8")
    for number in range(copies):
        shutil.copytree(folder, root / "content" / f"copy{number}")
    yiben(root, "update")
    for path in sorted((root / "locales").rglob("*.po"))[::2]:
        file = CatalogFile.parse(path.name, path.read_bytes())
        messages = (replace(one, string=_HAN.sub("o", one.id)) for one in file.catalog.messages)
        path.write_bytes(file.replace(*messages).data)
    return root


def processor(work: Callable[..., object], *words: object) -> float:
    """Seconds of the processor that this process and those it starts spend on some work."""
    before = spent()
    work(*words)
    return spent() - before


def usual(work: Callable[..., object], *words: object) -> float:
    """The median of several rounds."""
    return median([processor(work, *words) for _ in range(ROUNDS)])


def spent() -> float:
    """Seconds of the processor so far."""
    uses = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in uses)


def yiben(root: Path, *words: str) -> None:
    """Run a command, whatever it finds."""
    subprocess.run([str(YIBEN), "-C", str(root), *words], capture_output=True, check=False)


def files_of(root: Path, command: str) -> list[Path]:
    """The files that a command depends on."""
    folders = {"content": "*.md"}
    if command in {"extract", "update", "check"}:
        folders["locales/templates"] = "*.pot"
    if command != "extract":
        folders["locales/en"] = "*.po"
    if command == "build":
        folders["build"] = "*.md"
    return [
        path for name, ending in folders.items() for path in sorted((root / name).rglob(ending))
    ]


def read_and_hash(paths: list[Path]) -> None:
    """Read files and name their content."""
    for path in paths:
        hashlib.sha256(path.read_bytes()).hexdigest()


def nothing_changed(root: Path) -> None:
    """Print what a second run takes beside what it cannot do without."""
    words = (
        "nothing changed: cold, second, usual; start, reading and hashing; the rest in multiples"
    )
    print(f"\n{words} of these (second, usual)")
    shutil.rmtree(root / ".yiben", ignore_errors=True)
    cold = {command: processor(yiben, root, command) for command in COMMANDS}
    first = usual(yiben, root, "--version")
    for command in COMMANDS:
        second = processor(yiben, root, command)
        warm, read = usual(yiben, root, command), usual(read_and_hash, files_of(root, command))
        rests = [(one - first) / read for one in (second, warm)]
        print(
            f"{command:8} {cold[command]:6.2f} {second:6.3f} {warm:6.3f}   {first:5.3f} {read:6.3f}"
            f"   {rests[0]:5.1f} {rests[1]:5.1f}"
        )


def one_page_changed(root: Path) -> None:
    """Print what update, build and check take together once a page was edited."""
    commands = ("update", "build", "check")
    cold = sum(processor(yiben, root, name, "--no-cache") for name in commands)
    for name in commands:
        yiben(root, name)
    pages = sorted((root / "content").rglob("*.md"))
    times = []
    for page in pages[:: len(pages) // ROUNDS][:ROUNDS]:
        page.write_text(page.read_text("utf-8") + f"\n改了。{time.time()}\n", "utf-8")
        times.append(sum(processor(yiben, root, name) for name in commands))
    warm = median(times)
    print(
        f"\none page of {len(pages)} changed: {cold:.2f} cold, {warm:.2f} warm, {warm / cold:.3f}"
    )


def catalogs_read(root: Path) -> None:
    """Print what reading all catalogs takes with polib, without a cache and with one."""
    names = [
        path.relative_to(root).as_posix() for path in sorted((root / "locales/en").rglob("*.po"))
    ]
    texts = {name: (root / name).read_bytes() for name in names}
    locale = locale_of("en")

    def with_cache() -> None:
        project = Project.found_from(root)
        run = Run(project, cache=open_cache(project))
        leverage_of(run, locale, Remembered(()))
        if run.cache:
            run.cache.flush()

    def without() -> None:
        for name, data in texts.items():
            _ = CatalogFile.parse(name, data).catalog.messages

    with_cache()
    theirs = usual(lambda: [polib.pofile(data.decode("utf-8")) for data in texts.values()])
    ours, warm = usual(without), usual(with_cache)
    print(
        f"\n{len(names)} catalogs: polib {theirs:.2f}, read {ours:.2f} ({ours / theirs:.2f}),"
        f" known {warm:.3f} (a {ours / warm:.1f}th)"
    )


def nothing_to_merge(folder: Path) -> None:
    """Print what an update of one large catalog takes to which nothing has to be done."""
    if not shutil.which("msgmerge"):
        return
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        (root / "yiben.toml").write_text(f'{SETTINGS}catalog = "single"\n', "utf-8")
        shutil.copytree(folder, root / "content")
        yiben(root, "update")
        (catalog,), (template,) = (list(root.rglob(f"*.{ending}")) for ending in ("po", "pot"))
        words = ["msgmerge", "--quiet", "--no-wrap", "--previous", "-o", os.devnull]
        theirs = usual(partial(subprocess.run, check=True), [*words, str(catalog), str(template)])
        plain = usual(yiben, root, "update", "--no-cache")
        ours = usual(yiben, root, "update")
        messages = template.read_text("utf-8").count("\nmsgid ") - 1
        print(
            f"\nnothing to merge, one catalog of {messages}: msgmerge {theirs:.2f},"
            f" update {ours:.2f} ({ours / theirs:.2f}), without a cache {plain:.2f};"
            " pages are read as well"
        )


def main() -> None:
    """Measure a tree."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    copies = int(sys.argv[2]) if len(sys.argv) > 2 else 2  # noqa: PLR2004 - the second word
    if not folder.is_dir():
        sys.exit(f"{folder}: no such folder; name a tree of Markdown pages")
    os.environ.pop("XDG_CACHE_HOME", None)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory() as name:
        root = tree_of(Path(name), folder, copies)
        pages = sum(1 for _ in (root / "content").rglob("*.md"))
        print(f"{pages} pages, {os.getloadavg()[0]:.1f} other processes")
        nothing_changed(root)
        catalogs_read(root)
    with tempfile.TemporaryDirectory() as name:
        one_page_changed(tree_of(Path(name), folder, 2 * copies))
    nothing_to_merge(folder)
    shutil.rmtree(name, ignore_errors=True)


if __name__ == "__main__":
    main()
