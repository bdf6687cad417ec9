"""Pages of MkDocs' Markdown made of every kind of block, three deep, tidy or shifted."""

from __future__ import annotations

from hypothesis import strategies as st

WORDS = ("apple", "pear", "plum", "fig")
INLINE = (
    "`code`",
    "**bold**",
    "_em_",
    "[link](u.md)",
    "![image](i.png)",
    "<b>b</b>",
    "$x$",
    "HTML",
    "note[^1]",
    "`` ` ``",
    "a | b",
    "a\\",
    "梨",
)
MARKERS = ("- ", "* ", "+ ", "-   ", "1. ", "2.  ", "10. ", "- [ ] ", "-\t")
CODE = ("x = 1", "# note", "", "    y", "- a", "> q", "<b>", "!!! n", "    ")
FENCES = ("```", "~~~", "````")
HEADERS = ("", "py", ' py title="A title"', "{ .py .x }", "py unknown", ' hl_lines="1 2"')
OPENINGS = (
    "!!! note",
    '!!! tip "A title"',
    '!!! warning ""',
    "??? info",
    '???+ note "More"',
    '=== "Tab"',
    '===! "Another"',
)
SLASHES = (
    "note | Title",
    "tip",
    "details | More",
    "tab | Tab",
    "html | div",
    "html | pre",
    "define",
)
TAGS = (
    "div",
    "div markdown",
    "details",
    'p markdown="1"',
    "section markdown",
    "table",
    "span",
    "pre",
)
SMALL = (
    "***",
    "---",
    "===",
    "*[HTML]: Hyper Text",
    "*[CSS]:\n    Style sheets",
    '[ref]: u.md "Title"',
    "{{ macro }}",
    "[TOC]",
    "$$\nx\n$$",
    '--8<-- "file.md"',
    "{ .big }",
    "<!-- note -->",
    "<!--\nnote\n\nmore\n-->",
    "<!-- note --> <div>Text</div>",
    "<hr>",
    "::: package.module",
    "[//]: # (comment)",
)
GAPS = (0, 1, 1, 1, 2)
INDENTS = (4, 4, 4, 4, 3, 2, 5, 8)

Lines = list[str]


def texts() -> st.SearchStrategy[str]:
    """One line of text."""
    return st.lists(st.sampled_from(WORDS + INLINE), min_size=1, max_size=4).map(" ".join)


def shifted(lines: Lines, indent: int) -> Lines:
    """Lines with blanks in front of those that hold something."""
    return [" " * indent + line if line else line for line in lines]


def paragraphs() -> st.SearchStrategy[Lines]:
    return st.lists(texts(), min_size=1, max_size=3)


@st.composite
def headings(draw: st.DrawFn) -> Lines:
    text = draw(texts())
    if draw(st.booleans()):
        ending = draw(st.sampled_from(("", " ##", " { #an-id }", " ## { #an-id }")))
        return [f"{draw(st.sampled_from(('#', '## ', '### ')))}{text}{ending}"]
    return [text, draw(st.sampled_from(("===", "---", "-")))]


@st.composite
def fences(draw: st.DrawFn) -> Lines:
    mark = draw(st.sampled_from(FENCES))
    code = draw(st.lists(st.sampled_from(CODE), max_size=3))
    closing = [mark] if draw(st.integers(0, 9)) else []
    return [mark + draw(st.sampled_from(HEADERS)), *code, *closing]


@st.composite
def tables(draw: st.DrawFn) -> Lines:
    columns = draw(st.integers(1, 3))
    edge = "| " if columns == 1 or draw(st.booleans()) else ""
    cells = st.lists(texts(), min_size=columns, max_size=columns)

    def row(found: Lines) -> str:
        return edge + " | ".join(found) + (" |" if edge else "")

    rows = draw(st.lists(cells, max_size=2))
    delimiters = draw(st.sampled_from(("---", "-", ":-:", " - ")))
    return [row(draw(cells)), row([delimiters] * columns), *map(row, rows)]


def code() -> st.SearchStrategy[Lines]:
    return paragraphs().map(lambda lines: shifted(lines, 4))


def small() -> st.SearchStrategy[Lines]:
    return st.sampled_from(SMALL).map(lambda text: text.split("\n"))


@st.composite
def lists(draw: st.DrawFn, inner: st.SearchStrategy[Lines]) -> Lines:
    lines: Lines = []
    for _ in range(draw(st.integers(1, 3))):
        marker = draw(st.sampled_from(MARKERS))
        first, *rest = draw(paragraphs() | inner) or [""]
        lines += [marker + first, *shifted(rest, draw(st.sampled_from((0, 2, 4))))]
        if draw(st.booleans()):
            gap = [""] * draw(st.sampled_from(GAPS))
            lines += [*gap, *shifted(draw(inner), draw(st.sampled_from(INDENTS)))]
        lines += [""] * draw(st.sampled_from((0, 0, 1)))
    return lines


@st.composite
def quotes(draw: st.DrawFn, inner: st.SearchStrategy[Lines]) -> Lines:
    mark = draw(st.sampled_from(("> ", ">")))
    lines = [mark + line if line else draw(st.sampled_from((">", ""))) for line in draw(inner)]
    return [*lines, draw(texts())] if draw(st.integers(0, 4)) == 0 else lines


@st.composite
def containers(draw: st.DrawFn, inner: st.SearchStrategy[Lines]) -> Lines:
    opening = draw(st.sampled_from(OPENINGS))
    gap = [""] * draw(st.sampled_from((0, 1)))
    return [opening, *gap, *shifted(draw(inner), draw(st.sampled_from(INDENTS)))]


@st.composite
def slashes(draw: st.DrawFn, inner: st.SearchStrategy[Lines]) -> Lines:
    mark = draw(st.sampled_from(("///", "////")))
    gap = [""] * draw(st.sampled_from((0, 1)))
    closing = [mark] if draw(st.integers(0, 9)) else []
    return [f"{mark} {draw(st.sampled_from(SLASHES))}", *gap, *draw(inner), *gap, *closing]


@st.composite
def definitions(draw: st.DrawFn, inner: st.SearchStrategy[Lines]) -> Lines:
    first, *rest = draw(paragraphs() | inner) or [""]
    marker = draw(st.sampled_from((":   ", ": ", ":  ")))
    gap = [""] * draw(st.sampled_from((0, 0, 1)))
    return [draw(texts()), *gap, marker + first, *shifted(rest, draw(st.sampled_from((0, 4))))]


@st.composite
def footnotes(draw: st.DrawFn, inner: st.SearchStrategy[Lines]) -> Lines:
    first, *rest = draw(paragraphs() | inner) or [""]
    return [f"[^1]: {first}", *shifted(rest, draw(st.sampled_from((0, 4, 4))))]


@st.composite
def html(draw: st.DrawFn, inner: st.SearchStrategy[Lines]) -> Lines:
    tag = draw(st.sampled_from(TAGS))
    name = tag.partition(" ")[0]
    if draw(st.booleans()):
        return [f"<{tag}>{draw(texts())}</{name}>{draw(st.sampled_from(('', ' pear')))}"]
    gap = [""] * draw(st.sampled_from((0, 1)))
    return [f"<{tag}>", *gap, *draw(inner), *gap, f"</{name}>"]


def blocks(depth: int) -> st.SearchStrategy[Lines]:
    """A few blocks, each of which holds blocks `depth` levels deep."""
    kinds = [paragraphs(), headings(), fences(), tables(), code(), small()]
    if depth:
        inner = blocks(depth - 1)
        made = (lists, lists, quotes, containers, slashes, definitions, footnotes, html)
        kinds += [one(inner) for one in made]
    block = st.tuples(st.one_of(kinds), st.sampled_from((0,) * 8 + (1, 2, 4, 6)))
    one = block.map(lambda pair: shifted(*pair))
    several = st.lists(st.tuples(one, st.sampled_from(GAPS)), min_size=1, max_size=3)
    return several.map(lambda found: [line for own, gap in found for line in [*own, *[""] * gap]])


def pages() -> st.SearchStrategy[str]:
    """A page, three deep."""
    return blocks(3).map(lambda lines: "\n".join(lines) + "\n")
