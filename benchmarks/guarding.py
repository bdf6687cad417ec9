"""The speed of segmenting and guarding: against markdown-it-py, against each other, and by length.

    python benchmarks/guarding.py [CORPUS] [--ratios | --exponents DIALECT…] [--kinds KIND…]

First over the pages of the corpus, read as for the first time: markdown-it-py's block parse over
segmenting (0.65 or more), and the guard, with every message translated, over the segmenting that it
follows in a build (1 or less). Then for each kind of characters how the time of the inline reading
and of the guard grows from 1 to 64 kB, and for lines of MkDocs' Markdown that of segmenting: the
exponent of the length, which is 1.1 or less where time is linear. An exponent that seems to be
above is measured again, with more rounds. With `--ratios`
or `--exponents` only a part of this is done; `--kinds` names the characters, as Python writes them.
"""

from __future__ import annotations

import argparse
import ast
import gc
import math
import re
import sys
import time
from functools import partial
from itertools import count, product
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from markdown_it import MarkdownIt

from toolkit.dialects import dialect_named
from toolkit.dialects.inline import marks
from toolkit.model.document import Document
from toolkit.model.units import Kind
from toolkit.reading.segment import FRONT_MATTER_KEYS, read
from toolkit.writing.guard import Guard
from toolkit.writing.guard.foreign import foreign_features

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from toolkit.dialects.dialect import Dialect
    from toolkit.model.units import Unit

DIALECTS = (
    "commonmark",
    "gfm",
    "mkdocs",
    "myst",
    "hugo",
    "mdbook",
    "docusaurus",
    "mdx",
    "vitepress",
    "kramdown",
    "quarto",
)
KINDS = (
    *"` `` \\ \\` [ ] ( ) ![ ]( [](x) < > </ <a <b> <!-- --> <?x <![CDATA[ { } {{ }} {% &".split(),
    *"&# * ** _ ~ $ $$ | # @ a@ a@b.c :// https:// www. // : ::: [^ ]: ' \" = a 字 。".split(),
    *("a ", "`a` ", "> ", "- ", "\n", "<a b='", "{x}`a` ", "[a](b) ", "x `` y ` ", "8<", "--8<--"),
    *("{`${", "<B c={", "{{< x >}}", "\u2066", "@a ", "a#1 ", "\\(", "$a", "<b>x</b>"),
    *(":a[http://b.c]", "[http://a.b ", "a\\_b@c.d ", "[x] http://a.b["),
)
LINES = (
    *("# a\n", "***\n", "::: a\n", "*[a]: b\n", "[a]: b\n", "[^a]: b\n", "a\n===\n", "a\n: b\n\n"),
    *("/// note\n///\n", "> a\n", "<div markdown>\n\na\n\n</div>\n\n", "[a]: b\nx\n"),
    *(
        "- a\n",
        "1. a\n",
        "    a\n",
        "| a |\n",
        "- a\n\n    b\n",
        "!!! a\n\n    b\n\n",
        "```\na\n```\n",
    ),
)
SIZES = tuple(2**power for power in range(10, 17))
REPEATS = 3
_MORE_REPEATS = 9
_LINEAR = 1.1
_NUMBERS = count(10**6)
_QUOTE = re.compile("[\"'`]")
_WORD = re.compile(r"(?<=\s)\w|\A\w")
_LETTER = re.compile(r"b?'(?:[^'\\]|\\[^']+)'")
"""Matches a character of code, which can be no longer."""
_MOST_PAGES = 200
_TEXTS = 1000
"""Memories of texts hold so many at least."""


class Growth(NamedTuple):
    """How the time for a kind of characters grows, and the time for the longest text."""

    exponent: float
    seconds: float
    what: str
    dialect: str
    kind: str

    def __str__(self) -> str:
        """Return a line to print."""
        took = f"{self.exponent:5.2f}  {self.seconds * 1000:8.1f} ms"
        return f"{took}  {self.what} {self.dialect} {self.kind!r}"


def main() -> None:
    """Print the ratios, then the exponents from the highest on."""
    parser = argparse.ArgumentParser()
    parser.add_argument("corpus", nargs="?", type=Path, default=Path("../shared/corpus"))
    parser.add_argument("--ratios", action="store_true")
    parser.add_argument("--exponents", nargs="+", choices=DIALECTS)
    parser.add_argument("--kinds", nargs="+", type=lambda kind: ast.literal_eval(f'"{kind}"'))
    asked = parser.parse_args()
    if not asked.exponents:
        for line in ratios(asked.corpus):
            print(line, flush=True)
    if asked.ratios:
        return
    found = sorted(exponents(asked.exponents or DIALECTS, asked.kinds or ()), reverse=True)
    for one in found[:20]:
        print(one)
    above = sum(one.exponent > _LINEAR for one in found)
    print(f"{above} of {len(found)} exponents are above {_LINEAR}")


def seconds_of(work: Callable[[], object], repeats: int = REPEATS) -> float:
    """Return the least processor time of a few runs."""
    best = math.inf
    for _ in range(repeats):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def ratios(corpus: Path) -> Iterator[str]:
    """Yield for each tree how fast its pages are segmented and guarded."""
    for folder, name in _trees(corpus):
        paths = sorted(folder.rglob("*.md"))[:_MOST_PAGES]
        pages = [Document.from_bytes(path.as_posix(), path.read_bytes()) for path in paths]
        if pages:
            yield f"{folder.name}, {name}, {len(pages)} pages: {_ratio(pages, dialect_named(name))}"


def _ratio(pages: list[Document], dialect: Dialect) -> str:
    parser = MarkdownIt("commonmark").enable("table").disable("inline")
    guard = Guard(dialect, FRONT_MATTER_KEYS)
    built = []
    for page in pages:
        reading = read(page, dialect)
        texts = {(unit.context, unit.text): translated(unit) for unit in reading.units}
        built.append((page, reading, texts))
    gc.collect()
    # No build keeps all pages at once: looking through these is none of its work.
    gc.freeze()
    blocks = seconds_of(lambda: [parser.parse(page.text) for page in pages])
    segmenting = guarding = math.inf
    for _ in range(REPEATS):
        forget_texts()
        once = seconds_of(lambda: [read(page, dialect) for page in pages], repeats=1)
        segmenting = min(segmenting, once)
        once = seconds_of(lambda: [guard.built(*one) for one in built], repeats=1)
        guarding = min(guarding, once)
    gc.unfreeze()
    return f"block parse {blocks / segmenting:.2f} of segmenting, guard {guarding / segmenting:.2f}"


def forget_texts() -> None:
    """Empty what is remembered of texts, so that a page is read as for the first time.

    What is kept for dialects and locales is less, and stays.
    """
    for name, module in list(sys.modules.items()):
        for kept in vars(module).values() if name.startswith("toolkit.") else ():
            known = getattr(kept, "cache_parameters", None)
            if known and (known()["maxsize"] or 0) >= _TEXTS:
                kept.cache_clear()


def translated(unit: Unit) -> str:
    """Return a translation that any guard accepts: one word more, behind marks of code.

    What ends with a brace may be a list of attributes, which nothing may stand behind.
    """
    if unit.kind is Kind.CODE_STRING and _LETTER.fullmatch(unit.text):
        return unit.text
    if unit.kind is Kind.CODE_STRING:
        return _QUOTE.sub(r"\g<0>x ", unit.text, count=1)
    if unit.kind is Kind.CODE_COMMENT:
        return _WORD.sub(r"x \g<0>", unit.text, count=1)
    return f"x {unit.text}" if unit.text.endswith("}") else f"{unit.text} x"


def _trees(corpus: Path) -> Iterator[tuple[Path, str]]:
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
    from trees import TREES  # noqa: PLC0415 - the list of trees is the tests'

    for tree in TREES:
        folder = corpus / tree.name
        if folder.is_dir():
            yield folder, tree.dialect


def exponents(dialects: Collection[str], asked: Collection[str]) -> Iterator[Growth]:
    """Yield the growth for each kind of characters, or for those that are asked for."""
    for name in dialects:
        grammar = dialect_named(name).grammar
        works: dict[str, Callable[[str], object]] = {
            "inline": partial(marks, grammar=grammar, labels=()),
            "guard": partial(foreign_features, "Words here.", grammar=grammar),
        }
        for kind, (what, work) in product(KINDS, works.items()):
            if not asked or kind in asked:
                yield _growth(work, what, name, kind)
    for kind in LINES if "mkdocs" in dialects else ():
        if not asked or kind in asked:
            yield _growth(_segment, "segment", "mkdocs", kind)


def _growth(work: Callable[[str], object], what: str, dialect: str, kind: str) -> Growth:
    """Measure a kind of characters; what seems to grow too fast is measured again."""
    texts = [(kind * size)[:size] for size in SIZES]
    times = [min(_times(work, text)) for text in texts]
    if _exponent(times) > _LINEAR:
        again = [min(_times(work, text, _MORE_REPEATS)) for text in texts]
        times = list(map(min, times, again))
    return Growth(_exponent(times), times[-1], what, dialect, kind)


def _segment(text: str) -> object:
    return read(Document("page.md", text), dialect_named("mkdocs"))


def _times(work: Callable[[str], object], text: str, repeats: int = REPEATS) -> Iterator[float]:
    """Yield the time for a text several times, each time another as readings are remembered."""
    for _ in range(repeats):
        yield seconds_of(partial(work, f"{text} {next(_NUMBERS)}"), repeats=1)


def _exponent(times: list[float]) -> float:
    """Return the slope of the line through the logarithms of lengths and times."""
    points = [
        (math.log(size), math.log(max(one, 1e-7))) for size, one in zip(SIZES, times, strict=True)
    ]
    middle = [sum(column) / len(points) for column in zip(*points, strict=True)]
    above = sum((x - middle[0]) * (y - middle[1]) for x, y in points)
    return float(above / sum((x - middle[0]) ** 2 for x, _ in points))


if __name__ == "__main__":
    main()
