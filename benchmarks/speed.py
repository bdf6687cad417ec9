"""Speed and memory against markdown-it-py's own block parse and against mdpo, as ratios.

Run `python benchmarks/speed.py [FOLDER]`; FOLDER is a tree of Markdown pages and defaults to the
OI-wiki pages of the corpus beside the project. mdpo is compared when it is installed.
"""

from __future__ import annotations

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from toolkit.dialects import dialect_named
from toolkit.model.document import Document
from toolkit.reading.segment import segment

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 5
DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "OI-wiki" / "docs"
SETTINGS = 'source = "zh-Hans"\ntargets = ["en"]\n'
PEER = """
import sys
from pathlib import Path
from mdpo.md2po import markdown_to_pofile
for path in sorted(Path(sys.argv[1]).rglob("*.md")):
    str(markdown_to_pofile(str(path), wrapwidth=0))
"""


def seconds(work: Callable[[], object]) -> float:
    """Wall time of one call."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def interleaved(*works: Callable[[], object]) -> list[float]:
    """The median wall time of each, run in turn so that a drift of the machine hits all alike."""
    rounds = [[seconds(work) for work in works] for _ in range(ROUNDS)]
    return [statistics.median(times) for times in zip(*rounds, strict=True)]


def segmenting(pages: list[tuple[str, bytes]]) -> None:
    """Print how segmenting compares with the block parse alone."""
    parser = MarkdownIt("commonmark", {"maxNesting": 200})
    parser.disable(["inline", "text_join"])
    dialect = dialect_named("mkdocs")
    texts = [data.decode("utf-8") for _, data in pages]

    def parse() -> None:
        for text in texts:
            parser.parse(text)

    def cut() -> None:
        for path, data in pages:
            segment(Document.from_bytes(path, data), dialect)

    block, ours = interleaved(parse, cut)
    size = sum(len(data) for _, data in pages) / 1e6
    print(f"{len(pages)} pages, {size:.2f} MB")
    print(f"markdown-it-py, blocks only  {size / block:6.2f} MB/s")
    print(f"yiben segment                {size / ours:6.2f} MB/s   {block / ours:.2f} of it")


def extracting(folder: Path) -> None:
    """Print how a whole `yiben extract` compares with mdpo's functions looped in one process."""
    with tempfile.TemporaryDirectory() as root:
        shutil.copytree(folder, Path(root) / "content")
        (Path(root) / "yiben.toml").write_text(SETTINGS)
        command = [str(Path(sys.executable).with_name("yiben")), "-C", root, "extract"]

        def extract() -> None:
            for name in ("locales", ".yiben"):
                shutil.rmtree(Path(root) / name, ignore_errors=True)
            subprocess.run(command, check=True, capture_output=True)

        def peer() -> None:
            subprocess.run([sys.executable, "-c", PEER, str(folder)], check=True)

        if find_spec("mdpo") is None:
            print(f"yiben extract                {interleaved(extract)[0]:6.2f} s   (no mdpo here)")
        else:
            ours, theirs = interleaved(extract, peer)
            print(f"mdpo, messages only          {theirs:6.2f} s")
            print(f"yiben extract, files written {ours:6.2f} s      {ours / theirs:.2f} of it")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"largest process              {peak:6.0f} MB")


def main() -> None:
    """Run both comparisons over one folder."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    if not folder.is_dir():
        sys.exit(f"{folder}: no such folder; name a tree of Markdown pages")
    # Programs that are installed have their modules compiled already.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    paths = sorted(folder.rglob("*.md"))
    segmenting([(path.name, path.read_bytes()) for path in paths])
    extracting(folder)


if __name__ == "__main__":
    main()
