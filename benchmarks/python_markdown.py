"""How fast MkDocs' pages are read, as ratios to Python-Markdown's preprocessors and block parser.

Run `python benchmarks/python_markdown.py [FOLDER]`; FOLDER defaults to the OI-wiki pages of the
corpus beside the project. Python-Markdown colours code while it looks for fences; it is measured
with that and, what is fairer, without.
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.dialects import dialect_named
from toolkit.dialects.dialect import FrontMatter
from toolkit.model.document import Document
from toolkit.reading.renderer import Renderer
from toolkit.reading.segment import segment
from toolkit.reading.segment.front_matter import read_front_matter

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "OI-wiki" / "docs"
ROUNDS = 5


def texts_of(folder: Path) -> list[str]:
    """Return the pages below a folder without their meta-data."""
    found = []
    for path in sorted(folder.rglob("*.md")):
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        lines = read_front_matter(text, FrontMatter.MKDOCS, frozenset()).lines
        found.append("\n".join(text.split("\n")[lines:]))
    return found


def program(*, colours: bool) -> Callable[[str], object]:
    """Return Python-Markdown's preprocessors and block parser."""
    renderer = Renderer()
    renderer.check()
    markdown: Any = renderer.program
    if not colours:
        fences = markdown.preprocessors["fenced_code_block"].extension.superfences
        fences[0]["formatter"] = lambda **_: "<pre></pre>"

    def read(text: str) -> None:
        markdown.reset()
        lines = text.split("\n")
        for step in markdown.preprocessors:
            lines = step.run(lines)
        markdown.parser.parseDocument(lines)

    return read


def medians(texts: Sequence[str], works: Sequence[Callable[[str], object]]) -> list[float]:
    """Return the median time of each over all pages, run in turn."""
    rounds = []
    for _ in range(ROUNDS):
        times = []
        for work in works:
            start = time.process_time()
            for text in texts:
                work(text)
            times.append(time.process_time() - start)
        rounds.append(times)
    return [statistics.median(column) for column in zip(*rounds, strict=True)]


def main() -> None:
    """Print the ratios."""
    texts = texts_of(Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT)
    dialect = dialect_named("mkdocs")
    works = (
        program(colours=True),
        program(colours=False),
        dialect.parser.blocks,
        lambda text: segment(Document("page.md", text), dialect),
    )
    coloured, plain, blocks, units = medians(texts, works)
    print(f"{len(texts)} pages, {sum(map(len, texts)):,} characters; seconds of CPU")
    print(f"Python-Markdown's blocks  {plain:6.2f}   with code coloured {coloured:6.2f}")
    for name, found in (("our block stage", blocks), ("segment", units)):
        print(f"{name:24}  {found:6.2f}   {found / plain:.2f} x   {found / coloured:.2f} x")


if __name__ == "__main__":
    main()
