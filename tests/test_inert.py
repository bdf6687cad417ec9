"""Pages in which only words changed are not read again; reading them comes to the same."""

from dataclasses import replace
from functools import cache

import pytest
from attacks import source_of
from hypothesis import given, settings
from hypothesis import strategies as st
from trees import CORPUS, TREES

from toolkit.dialects import dialect_named
from toolkit.dialects.blocks.values import Heading, block_of
from toolkit.dialects.dialect import CodePart
from toolkit.model.catalog import MessageKey
from toolkit.model.document import Document, Edit
from toolkit.reading.segment import FRONT_MATTER_KEYS, read
from toolkit.writing import guard as guarding
from toolkit.writing.guard import Guard
from toolkit.writing.guard.guilt import Court
from toolkit.writing.guard.inert import keeps_blocks
from toolkit.writing.moved import moved_headings

DIALECTS = (
    "commonmark gfm mkdocs myst hugo mdbook kramdown docusaurus mdx mdx-md vitepress quarto".split()
)
MARKS = [
    mark.replace("·", " ")
    for mark in r"""
a word 字 。 ， .· , *b* **b** _i_ `c` ``c`` [l](u) [r] ![i](u) <b> </b> <b>x</b> $x$ $ {a} { } (
) [ ] ! ? : :· -· - -- + = == # #· 1.· 1 2) | ~ ~~s~~ ^ & &amp; &x <·· >· < > \ \[ \` \| / // @a
@include % %% import· export· Table:· x:·y · ·· ' " … ::: !!! ??? === --- *** ___ {.c} {#i} {:.c}
{{ }} {% %} [x]· [·]· [^1] [^1]:· *[A]:· [TOC] [[toc]] <!-- --> ``` ~~~ $$ \begin{a} \( \) 8< +++
(x)= :a:·b ; i)· a)· A.· http://x.y www.x.y ` <br> <div> </div> <script> <? ]]> {++ {-- {>> &#x
""".split()
]
"""Words, and what blocks can start with, end with or be told by."""
EDIT = st.tuples(st.integers(0, 10**6), st.integers(0, 10**6), st.sampled_from(MARKS))
WORDS = st.lists(st.sampled_from(MARKS), min_size=1, max_size=6).map("".join)
CHANGED = st.tuples(st.lists(EDIT, max_size=3), st.booleans())


@cache
def page_of(dialect):
    document, reading = source_of(dialect)
    return document, reading, Guard(reading.dialect, FRONT_MATTER_KEYS)


@pytest.fixture
def inert(monkeypatch):
    """Have each page read again that need not be; gives how many these were."""
    seen = []

    def judged(document, page, reading, edits):
        found = keeps_blocks(document, page, reading, edits)
        if found:
            court = Court(document, reading, reading.dialect, reading.keys)
            again = court.sound_reading(page)
            assert again, [(edit.text, unit.kind) for unit, edit in edits]
            if "\r" not in page.text:
                moved = moved_headings(reading, [edit for _, edit in edits], page)
                assert headings_in(moved) == headings_in(again)
        seen.append(found)
        return found

    monkeypatch.setattr(guarding, "keeps_blocks", judged)
    return seen


def headings_in(reading):
    return [block for block in map(block_of, reading.tokens) if isinstance(block, Heading)]


def with_edits(text, edits, cut):
    for place, length, mark in edits:
        start = place % (len(text) + 1)
        end = start + length % 8 if cut else start
        text = text[:start] + mark + text[end:]
    return text


@pytest.mark.usefixtures("inert")
@pytest.mark.parametrize("dialect", DIALECTS)
def test_pages_that_are_not_read_again_have_their_blocks(dialect):
    document, reading, guard = page_of(dialect)

    numbers = st.integers(0, len(reading.units) - 1)

    @settings(max_examples=150)
    @given(texts=st.dictionaries(numbers, CHANGED | WORDS, max_size=4))
    def holds(texts):
        changed = {}
        for index, change in texts.items():
            unit = reading.units[index]
            said = change if isinstance(change, str) else with_edits(unit.text, *change)
            changed[unit.context, unit.text] = said
        guard.built(document, reading, changed)

    holds()


@pytest.mark.parametrize("tree", TREES, ids=lambda tree: tree.name)
def test_pages_of_the_corpus_with_other_words_have_their_blocks(tree, inert):
    folder = CORPUS / tree.name
    if not folder.is_dir():
        pytest.skip("the corpus is not here")
    dialect = dialect_named(tree.dialect)
    guard = Guard(dialect, FRONT_MATTER_KEYS)
    for path in sorted(folder.rglob("*.md"))[:80]:
        document = Document.from_bytes(path.name, path.read_bytes())
        reading = read(document, dialect)
        guard.built(
            document,
            reading,
            {(unit.context, unit.text): f"{unit.text} 字" for unit in reading.units},
        )
    assert any(inert) or not inert, "each page is read again"


PAGE = """\
# Heading

A paragraph of two
lines with `code` and <b>bold</b>.

- item one
- item two

| a | b |
|---|---|
| c | d |
"""


def is_read_again(dialect, translations, page=PAGE):
    document = Document("page.md", page)
    reading = read(document, dialect)
    texts: dict[MessageKey, str] = {(None, text): said for text, said in translations.items()}
    built = Guard(dialect, FRONT_MATTER_KEYS).built(document, reading, texts)
    assert not built.refusals
    return built.reading is not None


@pytest.mark.parametrize("name", "commonmark gfm mkdocs myst hugo mdbook kramdown".split())
def test_a_page_with_other_words_is_not_read_again(name):
    words = {
        "Heading": "Titel",
        "A paragraph of two lines with `code` and <b>bold</b>.": "Mit `Code` <b>fett</b>.",
        "item one": "eins",
    }
    assert not is_read_again(dialect_named(name), words)


MARKED = "A paragraph of two lines with `code` and <b>bold</b>."


@pytest.mark.parametrize(
    "text",
    [
        "Some `code` and `more` <b>bold</b>.",
        "Fett <b>bold</b> and `code`.",
        "With `code`, <b>bold</b>  \nand a break.",
        "With `code`, <b>bold</b> and a | pipe.",
    ],
)
def test_a_page_whose_marks_are_others_is_read_again(text):
    assert not is_read_again(dialect_named("mkdocs"), {MARKED: "`code` ist <b>fett</b>."})
    assert is_read_again(dialect_named("mkdocs"), {MARKED: text})


def test_a_page_is_read_again_by_rules_that_are_not_known():
    words = {"item one": "eins"}
    dialect = dialect_named("gfm")
    assert not is_read_again(dialect, words)
    assert is_read_again(replace(dialect, plugins=(*dialect.plugins, lambda _: None)), words)
    assert is_read_again(dialect.leaving_out(("@@.*",)), words)


CODE = """\
# Title

```rust
// Says hello
fn main() {
    println!("Hello {name}"); // and ends
}
```
"""


def test_a_page_with_other_words_in_code_is_not_read_again():
    words = {"// Says hello": "// Grüßt", '"Hello {name}"': '"Hallo, {name}"'}
    assert not is_read_again(dialect_named("mdbook"), words, CODE)


@pytest.mark.parametrize("text", ["/// Grüßt", "// Grüßt \\", "// Grüßt …"])
def test_code_whose_marks_are_others_is_read_again(text):
    assert is_read_again(dialect_named("mdbook"), {"// Says hello": text}, CODE)


@pytest.mark.parametrize(
    "page",
    [
        "# Heading\n\nA <a href=x\nclass=y> text.\n\nitem one\n",
        "Item\n{: .c }\n\nitem one\n{ .c }\n",
        "item one\n<div>\n\nx\n\n</div>\n",
    ],
)
def test_words_beside_what_may_take_them_in_are_read_again(page):
    assert is_read_again(dialect_named("mkdocs"), {"item one": "eins"}, page)


IN_CODE = replace(dialect_named("gfm"), code={"*": CodePart.TEXTS})


@pytest.mark.parametrize(
    ("dialect", "page", "source", "text"),
    [
        # A definition among the lines of an item.
        ("mkdocs", "- a b\n*[A]: some text\nand c\n", "a b and c", "eins zwei drei"),
        # A tag that ends what stands above it, a line that goes on with a note.
        ("kramdown", ">\n</X>Alpha\n", "</X>Alpha", "x </X>Alpha"),
        ("kramdown", "[^1]: a\n    b\nc\n- item\n", "a b c", "eins zwei"),
        # Quotes, code and emphasis where an element stands open, or is cut.
        ("vitepress", '<X a="3 word\n\nmore\n', "more", 'eins "'),
        ("docusaurus", "{:x\n- <!--\n- word\n", "word", "eins \\\\"),
        ("mdx", "3 {:two\n[a](b)\n\nmore\n", "more", "eins)"),
        # Lines that make no term, or no definition, of what stands above others.
        ("mystmd", "one two\nthree\n\n: def\n", "one two three", "eins"),
        ("mkdocs", "a\n: one\n    two\n> x\n", "one two", "eins"),
        # A line below a key without a mark.
        ("mkdocs", "a: two-->\n中文 word\n", "中文 word", "Table: word"),
        # Ends of comments, longer characters.
        (IN_CODE, "```c\n/* one two */\n```\n", "one two", "eins */ x"),
        (IN_CODE, "```rust\n/* one two */\n```\n", "one two", "eins /* zwei"),
        (IN_CODE, "```c\nchar c = 'a';\n```\n", "a", "eins"),
        (IN_CODE, '```python\nf"one"\n```\n', "one", "{eins}"),
        (IN_CODE, '```yaml\na: "one"\n```\n', "one", "eins zwei"),
        (IN_CODE, "```js\n'one\n// two three\n```\n", "two three", "zwei'drei"),
    ],
)
def test_texts_that_are_more_than_other_words_are_read_again(dialect, page, source, text):
    document = Document("page.md", page)
    known = dialect_named(dialect) if isinstance(dialect, str) else dialect
    reading = read(document, known)
    units = [unit for unit in reading.units if unit.text == source]
    assert units
    edits = [(units[0], Edit(units[0].span, text))]
    page_of_edits = document.edited([edit for _, edit in edits])
    assert not keeps_blocks(document, page_of_edits, reading, edits)
