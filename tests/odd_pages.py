"""Small pages of odd blocks: each leads our parser where no page before has led it."""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any

from toolkit.dialects import dialect_named
from toolkit.dialects.inline import marks
from toolkit.model.document import Document
from toolkit.model.errors import DocumentError
from toolkit.reading.segment import segment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

WORD = re.compile(r"(?<![a-z])q[a-z]{2}(?![a-z])")
"""A word of a page; no two are the same."""
_LETTERS = "abdefghjkmnopqrstuwyz"
COMMON = (
    *("§ §", "§ §\n§ §", "§\n  § §\n    §", "§ §  \n§ §", "§ §\\\n§ §", "\t§", "# §", "## § ##"),
    *(
        "#§",
        "   ### § #",
        "    # §",
        "§ §\n===",
        "§\n§ §\n---",
        "§\n-",
        "***",
        "- - -",
        "___",
        "---",
    ),
    *("    § §", "    §\n\n    §", "```\n§ §\n```", "~~~ x\n§\n~~~", "```\n§", "-\t§", "\\# §"),
    *(
        "````\n```\n§\n```\n````",
        "- §",
        "- § §\n  §",
        "- §\n- §",
        "- §\n\n- §",
        "*   §",
        "+ §\n\n  §",
    ),
    *("1. §", "1. §\n2. §", "2) §", "10. §\n    §", "- §\n§", "- §\n\n      §", "- - §", "1. - §"),
    *("-\n  §", "-\n\n  §", "> §", "> §\n§", "> §\n>\n> §", "> - §", "> > §", ">§", "> # §"),
    *("> ```\n> §\n> ```", "<div>\n§\n</div>", "<!-- § -->", "<!--\n§\n\n§\n-->", "<div>§ §</div>"),
    *(
        "§ `§` §",
        "**§** §",
        "§ *§ §* §",
        "  - §\n    - §",
        "-   §\n\n    §\n\n    - §",
        "§ [§](u.md)",
    ),
)
TABLES = (
    *("| § | § |\n|---|---|\n| § | § |", "§ | §\n--|--\n§ | §", "| § |\n|:-:|\n| § |\n§"),
    *("| § | § |\n|---|---|\n| § |", "|§|§|\n|-|-|", "| § | § |\n|---|---|\n\n§", "| § § |\n"),
    *("| § \\| § | § |\n| :-- | --: |\n| `§` § | § |", "§|§\n:-|-:\n§|§\n> §"),
)
NOTES = ("§[^1]\n\n[^1]: §", "§[^1]\n\n[^1]: §\n\n    §", "§[^1]\n\n[^1]: §\n    §\n\n- §")
TERMS = ("§\n: §", "§\n:   §\n\n    §", "§\n\n: §", "§\n§\n: §\n: §", "§\n:   - §\n\n    > §")
TASKS = ("- [ ] §", "- [x] §\n  §", "1. [ ] §\n   - [X] §")
OWN: dict[str, tuple[str, ...]] = {
    "commonmark": (),
    "gfm": (*TABLES, *NOTES, *TASKS),
    "hugo": (*TABLES, *NOTES, *TASKS, *TERMS, "§\n{.x}", "# § {#x}", "> §\n{.x}", "- §\n{.x}"),
    "mdbook": (*TABLES, *NOTES, *TASKS, "# § {#x}"),
    "kramdown": (
        *(
            *TABLES,
            *NOTES,
            *TERMS,
            "{: .x}",
            "§\n{: .x}",
            "{: .x}\n§",
            "^",
            "* §\n{: .x}",
            "# § {#x}",
        ),
        *(
            "{::comment}\n§\n{:/comment}",
            "{::nomarkdown}\n<b>§</b>\n{:/}",
            "|§|§\n|=\n|§",
            "$$\n§\n$$",
        ),
        *(
            "| § | § |\n|---\n| § | §\n|===\n| § | §",
            "1. §\n{: .y}\n2. §",
            "{:x: .y}",
            "* {: .x} §",
        ),
        *("{% raw %}\n§\n{% endraw %}", "{% comment %}§{% endcomment %}", "+ §\n   - §", "^\n- §"),
        *("{% highlight ruby %}\n§\n{% endhighlight %}", "> §\n{: .x}\n", "§ |\n§", "{:toc}\n"),
    ),
    "quarto": (
        *(*TABLES, *NOTES, *TERMS, *TASKS, "::: {.a}\n§\n:::", "::: a\n\n§\n\n:::"),
        *("§\n~ §\n\n  §", "a. §\nb. §", "(1) §", "#. §\n#. §", "i. §\nii. §", "(@) §\n\n(@x) §"),
        *("  §    §\n----- -----\n  §    §\n\n: §"),
        *(
            "| § | § |\n|---|---|\n| § | § |\n\n: §",
            "# § {#x .y}",
            "§ {#x}\n===",
            "``` {.r}\n§\n```",
        ),
        *(
            "$$\n§\n$$",
            "\\begin{a}\n§\n\\end{a}",
            "::: {.a}\n::: b\n§\n:::\n§\n:::",
            "§\n\n:   §\n\n:   §",
        ),
        *("A. §", "1) §\n2) §", "§\n::: a\n§\n:::"),
        *(
            "-----------\n§    §\n---- ------\n§    §\n\n§    §\n-----------\n",
            "[§]{.a} §",
            "*§*{.a}",
        ),
    ),
    "myst": (
        *(*TABLES, *NOTES, *TERMS, "```{note}\n§\n```", ":::{note}\n§\n:::", ":::{tip} §\n§\n:::"),
        *(
            "```{admonition} §\n§\n```",
            "(x)=\n# §",
            "% §",
            "+++",
            "$$\n§\n$$",
            "```{code} py\n§\n```",
        ),
        *("```{epigraph}\n§\n```", "```{topic} §\n§\n```", "::::{note}\n:::{tip}\n§\n:::\n§\n::::"),
        *(
            ":::{admonition} §\n:class: x\n\n§\n:::",
            "```{note}\n---\nclass: x\n---\n§\n```",
            "+++ x",
        ),
        *(
            "```{list-table}\n* - §\n  - §\n* - §\n  - §\n```",
            "- ```{note}\n  §\n  ```",
            "§\n% §\n§",
        ),
    ),
    "mkdocs": (
        *(
            *TABLES,
            *NOTES,
            *TERMS,
            *TASKS,
            "!!! note\n    §",
            '!!! note "§"\n    §\n\n    §',
            "{ .x }",
        ),
        *(
            "!!! note\n\n    §\n§",
            "??? tip\n    §",
            '=== "§"\n    §',
            "/// note | §\n§\n///",
            "[TOC]",
        ),
        *(
            "/// details | §\n\n§\n///",
            "/// tab | §\n§\n///",
            "<div markdown>\n§\n</div>",
            "§\n{ .x }",
        ),
        *('<div markdown="1">\n\n# §\n\n</div>', "# § { .x }", "$$\n§\n$$", "///\n", "* §\n{ .x }"),
        *(
            '``` py title="x"\n§\n```',
            "/// define\n§\n\n-   §\n///",
            "/// html | div\n§\n///",
            "§\n$$\n§\n$$",
        ),
        *(
            "- §\n\n    - §\n\n        §",
            "1. §\n\n    ```\n    §\n    ```\n\n2. §",
            "- §\n    !!! note\n        §",
        ),
        *(
            "<details>\n<summary>§</summary>\n§\n</details>",
            '??? note "§"\n\n    - §\n\n    §\n',
            "- §\n    §",
        ),
        *(
            "<p>§</p> §",
            "<b>§</b> §",
            "§\n<div>§</div>\n§",
            "<hr>\n§",
            "////\n",
            "/// note\n    §\n///",
        ),
    ),
}
MAX_LETTERS = 300
ANY = 150
"""So many texts are taken as they are drawn."""
LIKE = 0.6
"""The share of pages that are like the one before."""
INDENTS = (0, 0, 0, 0, 1, 2, 3, 4, 4, 5, 8)


def _page(draw: random.Random, pieces: tuple[str, ...]) -> list[str]:
    """A few blocks, some of them within another."""
    lines: list[str] = []
    for _ in range(draw.randint(1, 4)):
        block = draw.choice(pieces).split("\n")
        for _ in range(draw.choice((0, 0, 0, 1, 1, 2))):
            block = _nested(draw, block)
        lines += block + [""] * draw.choice((0, 1, 1, 1, 2))
    return lines


_INLINE = (
    *"` `` ``` \\` \\\\ \\ \\] \\) [ ] ( ) ]( ![ ]: < > <b> </b> <!-- --> &amp; &#65;".split(),
    *"https://e.org <https://e.org/a> <a@b.org> a@b.org www.e.org {x} {.x} $ $$ x".split(),
    *("[x](u.md)", "![x](i.png)", "](<u v>)", '](u "t")', "](u 't')", "](u (t))", "]( u )", "\n"),
    *("](u(v)w)", '](u\n"t")', '](u "t" )', "](<u> 't')", "]()", '<b c="`">', "<b c='d'>", "`x`"),
    *('[x](u "a" b")', "*x*", "**x*y**", "_x_y_", "$x$", "$x*y$", "\\$", "[x][y]", "[x]{.y}", "~~"),
    *(
        "<!-- ` -->",
        "``x`y``",
        "&",
        "*",
        "**",
        "_",
        "y",
        "z",
        "1",
        "!",
        "?",
        " ",
        " ",
        " : ",
        '"',
        "'",
    ),
)


def drawn_texts(dialect: str, wanted: int, seed: int, tries: int) -> list[str]:
    """Return lines of text of which many go ways of their own when their marks are read."""
    draw = random.Random(seed)  # noqa: S311 - drawn again by its seed
    grammar = dialect_named(dialect).grammar
    ways, kept = _Ways(), dict[str, list[str]]()
    for number in range(tries):
        pieces = draw.choices(_INLINE, k=draw.randint(1, 8))
        if kept and number > tries // 3:
            pieces = list(draw.choice(list(kept.values())))
            at = draw.randrange(len(pieces))
            pieces[at : at + draw.choice((0, 0, 1, 2))] = draw.choices(
                _INLINE, k=draw.choice((0, 1, 1))
            )
        text = f"x {' '.join(''.join(pieces).split())} x"
        new = ways.is_new(partial(marks, text, grammar)) or number < ANY
        if pieces and new and len(text) < MAX_LETTERS // 4:
            kept[text] = pieces
        if len(kept) >= wanted:
            break
    return list(kept)


def _nested(draw: random.Random, block: list[str]) -> list[str]:
    mark = draw.choice(("> ", ">", "- ", "1. ", "*   ", "    ", "  ", "[^1]: ", ":   ", "-\t"))
    if mark[0] == ">":
        return [mark + line for line in block]
    width = draw.choice((len(mark), len(mark), 4, draw.choice(INDENTS)))
    first = [mark + block[0], *([""] if draw.random() < 0.1 else [])]
    return [*first, *(" " * width + line if line else "" for line in block[1:])]


def _varied(draw: random.Random, lines: list[str], pieces: tuple[str, ...]) -> list[str]:
    """A page that is like another."""
    lines = list(lines)
    for _ in range(draw.choice((1, 1, 2, 3))):
        at = draw.randrange(len(lines)) if lines else 0
        line = lines[at] if lines else ""
        match draw.randrange(9):
            case 0:
                lines[at : at + 1] = []
            case 1:
                lines.insert(at, "")
            case 2:
                lines[at : at + 1] = [draw.choice((" ", "  ", "    ", "\t")) + line]
            case 3:
                lines[at : at + 1] = [line.removeprefix(draw.choice(("    ", "  ", " ")))]
            case 4:
                lines[at:at] = draw.choice(pieces).split("\n")
            case 5:
                lines.insert(draw.randrange(len(lines) + 1), line)
            case 6:
                lines[at : at + 1] = [draw.choice(("> ", "- ", "1. ", "| ", ": ")) + line]
            case 7:
                lines[at : at + 1] = [line + draw.choice((" ", "  ", "\\", " §", " |", " {#y}"))]
            case _:
                end = at + draw.randint(1, 4)
                lines[at:end] = _nested(draw, lines[at:end] or [""])
    return lines[:30]


def _text(lines: list[str]) -> str:
    """The text of a page, with words of its own."""
    return with_words("\n".join(lines).strip("\n")) + "\n"


def with_words(text: str) -> str:
    """Return a text with another word at each mark for one."""
    numbers = count()

    def word(_: re.Match[str]) -> str:
        first, second = divmod(next(numbers), len(_LETTERS))
        return f"q{_LETTERS[first % len(_LETTERS)]}{_LETTERS[second]}"

    return re.sub("§", word, text)


@dataclass
class _Ways:
    """The ways through our parser that pages have taken, and how often each."""

    known: set[tuple[object, ...]] = field(default_factory=set)
    now: Counter[tuple[object, ...]] = field(default_factory=Counter)

    def is_new(self, read: Callable[[], object]) -> bool:
        """Whether reading a page goes a way that none went before."""
        self.now.clear()
        sys.settrace(self._call)
        try:
            read()
        finally:
            sys.settrace(None)
        ways = {(way, number.bit_length()) for way, number in self.now.items()}
        new = ways - self.known
        self.known |= new
        return bool(new)

    def _call(self, frame: Any, _event: str, _value: object) -> Any:
        code = frame.f_code
        if "/toolkit/" not in code.co_filename:
            return None
        last = 0

        def line(inner: Any, event: str, _value: object) -> Any:
            nonlocal last
            if event == "line":
                self.now[code, last, inner.f_lineno] += 1
                last = inner.f_lineno
            return line

        return line


def _is_plain(text: str) -> bool:
    """Whether a page is small, without front matter, and its notes are one that is named once."""
    notes, named = text.count("[^1]:"), text.count("[^1]")
    usual = not notes or (notes, named) == (1, 2)
    return usual and len(text) < MAX_LETTERS and not text.startswith(("---", "+++"))


def odd_pages(draw: random.Random, pieces: tuple[str, ...], wanted: int) -> Iterator[str]:
    """Yield pages of some blocks, many of them like the one before."""
    lines = _page(draw, pieces)
    for _ in range(wanted):
        is_like = draw.random() < LIKE
        lines = _varied(draw, lines, pieces) if is_like else _page(draw, pieces)
        text = _text(lines)
        if _is_plain(text):
            yield text


def drawn(dialect: str, wanted: int, seed: int, tries: int, known: Sequence[str] = ()) -> list[str]:
    """Return pages that go ways of their own, which no page that is known goes."""
    draw = random.Random(seed)  # noqa: S311 - drawn again by its seed
    pieces = (*COMMON, *OWN[dialect] * 3)
    rules = dialect_named(dialect)
    ways, texts = _Ways(), list[str]()
    for text in known:
        ways.is_new(partial(segment, Document("page.md", text), rules))
    kept = [WORD.sub("§", text).split("\n") for text in known]
    for number in range(tries):
        fresh = number < tries // 4 or not kept
        lines = _page(draw, pieces) if fresh else _varied(draw, draw.choice(kept), pieces)
        text = _text(lines)
        try:
            new = _is_plain(text) and ways.is_new(
                partial(segment, Document("page.md", text), rules)
            )
        except DocumentError:
            continue
        if new:
            kept.append(lines)
            texts.append(text)
        if len(texts) >= wanted:
            break
    return texts
