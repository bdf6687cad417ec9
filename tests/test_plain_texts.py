"""Lines of words are written as they are; the full judgement of a text comes to the same."""

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.dialects import dialect_named
from toolkit.model.document import Document, Edit
from toolkit.reading.segment import FRONT_MATTER_KEYS, read
from toolkit.writing import guard as guarding
from toolkit.writing.guard import Guard
from toolkit.writing.guard.plain import is_plain

PAGE = Path(__file__).parent / "fixtures" / "hostile" / "page.md"
BLOCKS = """

> a quote

1. one
2. two

Title
=====

| a | b |
|---|---|
c | d

x | y
--|--
e | f

Two lines
of text
---

Term
:   Definition
below

- [ ] open
- item

See `a`, [b](c.md) and $x_{1}$, #1.

See [mine] and [b][other], [yours][].

[mine]: a.md
[yours]: b.md
[other]: c.md
[not here]: d.md

- item `a` [b](c.md)

> See `a` and [b](c.md).

## See `a`, [b](c.md) and #1

!!! note "See `a` and #1"

    Inside $x_{1}$ and `a`

| `a` | [b](c.md) |
|---|---|
| $x_{1}$ | #1 |

```rust
// A comment
let a = "a string {x}, {:?}\\n";
// Of {x} and #1
```
"""
DIALECTS = ["commonmark", "gfm", "mkdocs", "myst", "hugo", "mdbook", "docusaurus", "mdx"]
DIALECTS += ["vitepress", "kramdown", "quarto"]
PIECES = [
    piece.replace("·", " ")
    for piece in r"""
Words Words·here 字。 word: a:b key:·value 1. 2)·x - * + _x_ **x** ~~x~~ `a` `` ` ``` $a$ $$ | /
// a/b # ## #1 !1 ?2 ! ? = == --- " ' x="y" ☐ ☒ ^ % %% ; ( ) (c) TOC http:x data:x www.a.b
www. a.b e.org
0123456789abcdef0123456789abcdef01234567 deadbeefdeadbeefdeadbeefdeadbeefdeadbeef “x” – %·Title
····x \ & < > [ ] { } @ [a] {x} :: :·x /·/ ~~~ x
""".split()
]
PIECES += [
    "`a`",
    "[b](c.md)",
    "[x](c.md)",
    "$x_{1}$",
    "#1.",
    "[mine]",
    "[b][other]",
    "[yours][]",
    "{x}",
    '"{x}, {:?}\\n"',
    "\\n",
    '"',
    "[not here]",
    "![mine]",
    "[mein]",
    "[x][other]",
    "[mine][other]",
    "Words",
    "see",
    " ",
]
PIECES += ["\u00ad", "\u200b", "\u3000x", "\u2067", "\x1f"]
TEXTS = st.tuples(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=5), st.sampled_from(["", " ", " ", "\n"])
).map(lambda drawn: drawn[1].join(drawn[0]))


@cache
def page(name):
    dialect = dialect_named(name)
    document = Document("page.md", PAGE.read_text() + BLOCKS)
    return Guard(dialect, FRONT_MATTER_KEYS), document, read(document, dialect)


@pytest.mark.parametrize("name", DIALECTS)
@settings(max_examples=40)
@given(text=TEXTS)
def test_a_line_of_words_is_written_as_it_is(name, text):
    guard, document, reading = page(name)
    known = reading.definitions
    plain = [one for one in reading.units if is_plain(one, text, document, guard.dialect, known)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(guarding, "is_plain", lambda *_: False)
        for unit in plain:
            edit = guard._edit(unit, text, document, known, lambda _, one: one)
            assert edit == Edit(unit.span, text)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("A line of words, with `code` and **more**: here.", True),
        ("第一行：$x$ 与 a/b，“引用”！", True),
        ("What? And so on", True),
        ("A [link](a.md)", False),
        ("a\nb", False),
        (" a", False),
        ("http:x", False),
        ("See #1", False),
        ("www.example.org", False),
        ("x 0123456789abcdef0123456789abcdef01234567", False),
        ("- a", False),
        ("**bold** text", True),
        ("key: value", False),
    ],
)
def test_most_texts_of_a_page_are_lines_of_words(text, plain):
    guard, document, reading = page("mkdocs")
    unit = next(unit for unit in reading.units if unit.text == "ITEM")
    assert is_plain(unit, text, document, guard.dialect, {}) is plain
