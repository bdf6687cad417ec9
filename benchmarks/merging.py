"""Large catalogs: read as polib reads them, merged as msgmerge merges them.

    python benchmarks/merging.py [FOLDER] [--messages 16000]

FOLDER is a tree of Markdown pages, by default the OI-wiki pages of the corpus beside the project;
its texts become the messages, with numbers behind those that are needed again. Times are seconds of
the processor, the least of some rounds in turn. What is printed:

- reading a catalog, against polib's own time;
- a merge with a template that has the same texts, files read and written, against msgmerge;
- a merge with a template of which no text is known, and none is like one that is; and for fewer
  messages the same against msgmerge, whose time grows with their square.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING

import polib
from edited_pages import translated
from growth import DEFAULT, pages_of, prose

from toolkit.catalogs.merge import merge
from toolkit.catalogs.po import CatalogFile, write_catalog
from toolkit.model.catalog import Catalog, Message

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROUNDS = 5
FEW = 2000
"""Messages of which msgmerge knows none; it takes as long as one has patience for."""
HEADER = (
    ("Language", "en"),
    ("MIME-Version", "1.0"),
    ("Content-Type", "text/plain; charset=UTF-8"),
    ("Content-Transfer-Encoding", "8bit"),
)
MERGE = ("msgmerge", "--quiet", "--no-wrap", "--previous", "--output-file", os.devnull)


def spent(who: int) -> float:
    """Seconds of the processor so far."""
    use = resource.getrusage(who)
    return use.ru_utime + use.ru_stime


def ours(work: Callable[[], object]) -> float:
    """Seconds of this process."""
    before = spent(resource.RUSAGE_SELF)
    work()
    return spent(resource.RUSAGE_SELF) - before


def theirs(*words: str) -> float:
    """Seconds of another program."""
    before = spent(resource.RUSAGE_CHILDREN)
    subprocess.run(words, check=True)
    return spent(resource.RUSAGE_CHILDREN) - before


def least(*works: Callable[[], float], rounds: int = ROUNDS) -> list[float]:
    """The least time of each, run in turn."""
    found = [[work() for work in works] for _ in range(rounds)]
    return [min(times) for times in zip(*found, strict=True)]


def messages_of(folder: Path, count: int) -> list[Message]:
    """So many messages with translations."""
    texts = dict.fromkeys(line for page in pages_of(folder) for line in prose(page))
    found = islice(cycle(texts), count)
    return [
        Message(
            text if number < len(texts) else f"{text} {number}",
            f"{number} {translated(text)}",
            extracted=("paragraph",),
            references=(f"content/{number // 50}.md:{number % 50}",),
        )
        for number, text in enumerate(found)
    ]


def template_of(messages: Sequence[Message]) -> bytes:
    """The messages without their translations, as a file."""
    return write_catalog(Catalog(tuple(replace(one, string="") for one in messages), HEADER))


def merged(catalog: Path, template: Path) -> bytes:
    """Read both files, merge them and make the new one."""
    old = CatalogFile.parse(catalog.name, catalog.read_bytes())
    new = CatalogFile.parse(template.name, template.read_bytes())
    return old.with_catalog(merge(new.catalog, old.catalog).catalog, 0).data


def in_files(root: Path, messages: Sequence[Message]) -> list[Path]:
    """Some messages as a catalog and a template, and a template of as many others."""
    others = [
        replace(one, id=f"{number}{translated(one.id)}"[::-1])
        for number, one in enumerate(messages)
    ]
    files = {
        "old.po": write_catalog(Catalog(tuple(messages), HEADER)),
        "old.pot": template_of(messages),
        "new.pot": template_of(others),
    }
    for name, data in files.items():
        (root / name).write_bytes(data)
    return [root / name for name in files]


def measure(root: Path, messages: Sequence[Message]) -> None:
    """Print all figures."""
    catalog, same, other = in_files(root, messages)
    data = catalog.read_bytes()
    text = data.decode("utf-8")
    size = f"{len(messages)} messages, {len(data) / 1e6:.1f} MB"
    read, plain = least(
        partial(ours, lambda: CatalogFile.parse(catalog.name, data).catalog),
        partial(ours, lambda: polib.pofile(text)),
    )
    print(f"{size}: read in {read:.2f} s, by polib in {plain:.2f} s: {read / plain:.2f}")
    if merged(catalog, same) != data:
        sys.exit("a merge that has nothing to do changed the file")
    if shutil.which(MERGE[0]):
        mine, gettext = least(
            partial(ours, partial(merged, catalog, same)),
            partial(theirs, *MERGE, str(catalog), str(same)),
        )
        print(f"nothing to merge: {mine:.2f} s, msgmerge {gettext:.2f} s: {mine / gettext:.2f}")
    (unknown,) = least(partial(ours, partial(merged, catalog, other)), rounds=1)
    print(f"none of them known: {unknown:.2f} s")


def measure_few(root: Path, messages: Sequence[Message]) -> None:
    """Print what a merge without known texts takes, against msgmerge."""
    catalog, _, other = in_files(root, messages)
    mine, gettext = least(
        partial(ours, partial(merged, catalog, other)),
        partial(theirs, *MERGE, str(catalog), str(other)),
        rounds=1,
    )
    ratio = mine / gettext
    print(f"none of {len(messages)} known: {mine:.2f} s, msgmerge {gettext:.2f} s: {ratio:.3f}")


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description="Reading and merging large catalogs.")
    parser.add_argument("folder", nargs="?", type=Path, default=DEFAULT)
    parser.add_argument("--messages", type=int, default=16_000)
    given = parser.parse_args()
    if not given.folder.is_dir():
        sys.exit(f"{given.folder}: no such folder; name a tree of Markdown pages")
    start = time.monotonic()
    messages = messages_of(given.folder, given.messages)
    with tempfile.TemporaryDirectory() as name:
        measure(Path(name), messages)
        if shutil.which(MERGE[0]):
            measure_few(Path(name), messages[:FEW])
    print(f"{time.monotonic() - start:.0f} s in all")


if __name__ == "__main__":
    main()
