"""Record what the programs of the dialects show of small pages, as fixtures of `test_shown.py`.

usage: python record_shown.py [DIALECT]... [--pages COUNT] [--seed SEED] [--more]

Pages are drawn: blocks of a dialect in each other and behind each other, tidy or not, each word
another. Those that lead our parser where no page before has led it are kept, and pages like them
are tried next. Of these a program shows which words stand together in which kind of block; that,
and nothing of ours, is what is written. A page that we read in another way is printed.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import judges
import lxml.html
from fixture_files import cases_in
from odd_pages import OWN, WORD, drawn, drawn_texts

from toolkit.dialects import dialect_named
from toolkit.dialects.inline import Markup, marks
from toolkit.model.document import Document
from toolkit.model.units import Kind, Unit
from toolkit.reading.segment import segment
from toolkit.reading.targets.meaning import url_of
from toolkit.reading.targets.value import Writing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

FOLDER = Path(__file__).parent / "fixtures" / "shown"
_TEXT_BLOCKS = frozenset(
    "p li h1 h2 h3 h4 h5 h6 td th dt dd blockquote div section aside details summary label caption "
    "figcaption ul ol dl table tr tbody thead tfoot body center figure".split()
)
_HEADS = frozenset("h1 h2 h3 h4 h5 h6 th td dt".split())
_SILENT_CLASSES = frozenset({"arithmatex", "math", "kdmath"})


def _kind(kind: Kind, detail: str) -> str:
    match kind:
        case Kind.HEADING:
            return f"h{detail.partition('heading ')[2][:1]}"
        case Kind.TABLE_HEADER:
            return "th"
        case Kind.TABLE_CELL:
            return "td"
        case Kind.TERM:
            return "dt"
    return "text"


def shown(html: str, text: str) -> list[str]:
    """Return the texts that HTML shows, in the order of the page: kind and words of each."""
    root = lxml.html.fragment_fromstring(html, create_parent="body")
    found = [(kind, WORD.findall(words)) for kind, words in _texts(root)]
    there = [(text.index(words[0]), kind, words) for kind, words in found if words]
    return [f"{kind} | {' '.join(words)}" for _, kind, words in sorted(there)]


def _texts(element: Any) -> Iterator[tuple[str, str]]:
    """The texts of a block, each with its kind; what another block parts is two texts."""
    text = [element.text or ""]
    for child in element:
        yield from _inline(child, text, element)
        text.append(child.tail or "")
    yield _shown_kind(element), "".join(text)


def _inline(element: Any, text: list[str], block: Any) -> Iterator[tuple[str, str]]:
    """The blocks within an element; its own text is added to the text before it."""
    classes = set((element.get("class") or "").split()) if isinstance(element.tag, str) else set()
    if not isinstance(element.tag, str) or element.tag == "pre" or classes & _SILENT_CLASSES:
        return
    if element.tag in _TEXT_BLOCKS:
        yield _shown_kind(block), "".join(text)
        text.clear()
        yield from _texts(element)
        return
    text.append(element.text or "")
    for child in element:
        yield from _inline(child, text, block)
        text.append(child.tail or "")


def _shown_kind(element: Any) -> str:
    while element is not None and element.tag in {"p", "div"}:
        element = element.getparent()
    return element.tag if element is not None and element.tag in _HEADS else "text"


def texts_as_shown(units: Iterable[Unit]) -> list[str]:
    """Return units in the manner of `shown`."""
    found = ((_kind(unit.kind, unit.detail), WORD.findall(unit.text)) for unit in units)
    return [f"{kind} | {' '.join(words)}" for kind, words in found if words]


def read_as_shown(text: str, dialect: str) -> list[str]:
    """Return our units of a page in the manner of `shown`."""
    return texts_as_shown(segment(Document("page.md", text), dialect_named(dialect)))


def answers(dialect: str, pages: list[str]) -> list[tuple[str, str]]:
    """Return pages with the HTML that the program makes of them; those at which it fails go out."""
    try:
        return list(zip(pages, judges.JUDGES[dialect][0][1](pages), strict=True))
    except (AssertionError, FileNotFoundError, subprocess.CalledProcessError):
        if len(pages) == 1:
            return []
    half = len(pages) // 2
    return answers(dialect, pages[:half]) + answers(dialect, pages[half:])


_LINKED = {"a": ("link", "href"), "img": ("image", "src")}
_MARKS = {
    Markup.LINK: "link",
    Markup.AUTOLINK: "link",
    Markup.MAIL: "link",
    Markup.URL: "link",
    Markup.IMAGE: "image",
}


def marks_shown(html: str, _text: str = "") -> list[str]:
    """Return the code, links and images that HTML shows, sorted."""
    found = []
    for element in lxml.html.fragment_fromstring(html, create_parent="body").iter():
        if element.tag == "code":
            found.append(f"code | {''.join(element.text_content().split())}")
        elif element.tag in _LINKED:
            kind, name = _LINKED[element.tag]
            target = unquote(element.get(name) or "")
            found.append(f"{kind} | {target.removeprefix('mailto:').removeprefix('http://')}")
    return sorted(found)


def marks_as_shown(text: str, dialect: str) -> list[str]:
    """Return our marks of a text in the manner of `marks_shown`."""
    found = []
    for mark in marks(text, dialect_named(dialect).grammar):
        inner = text[mark.inner : mark.inner_end]
        if mark.kind is Markup.CODE:
            found.append(f"code | {''.join(inner.split())}")
        elif mark.kind in _MARKS:
            target = unquote(url_of(inner, Writing.PLAIN)).removeprefix("http://")
            found.append(f"{_MARKS[mark.kind]} | {target.removeprefix('mailto:')}")
    return sorted(found)


def record(dialect: str, options: argparse.Namespace) -> None:
    """Write the pages and the texts of a dialect; with `--more` add pages to those there are."""
    size = options.seed, options.tries
    path = FOLDER / f"{dialect}.pages"
    known = [case.source for case in cases_in(path)] if options.more else []
    pages = drawn(dialect, options.pages, *size, known)
    _write(dialect, "pages", known + pages, shown, read_as_shown)
    if options.more:
        return
    texts = drawn_texts(dialect, options.pages, *size)
    _write(dialect, "texts", texts, marks_shown, marks_as_shown)


def _write(
    dialect: str,
    kind: str,
    pages: list[str],
    of_program: Callable[[str, str], list[str]],
    ours: Callable[[str, str], list[str]],
) -> None:
    """Write what a program shows; print what we read in another way."""
    parts = []
    differ = 0
    for text, html in answers(dialect, pages):
        expected = of_program(html, text)
        if expected == ours(text, dialect):
            lines = "".join(f"{one}\n" for one in expected)
            source = text.removesuffix("\n")
            parts.append(f"{kind} {len(parts) + 1}\n.\n{source}\n.\n{lines}.\n")
            continue
        differ += 1
        print(f"--- {dialect}\n{text}\n... {expected}\n... {ours(text, dialect)}")  # noqa: T201
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"{dialect}.{kind}").write_text("".join(parts), encoding="utf-8")
    print(f"{dialect}: {len(parts)} {kind}, {differ} differ", file=sys.stderr)  # noqa: T201


def main() -> None:
    """Record the pages of some dialects, or of all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dialects", nargs="*")
    parser.add_argument("--pages", type=int, default=400)
    parser.add_argument("--tries", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--more", action="store_true")
    options = parser.parse_args()
    for dialect in options.dialects or OWN:
        record(dialect, options)


if __name__ == "__main__":
    main()
