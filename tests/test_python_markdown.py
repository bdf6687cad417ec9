"""Pages of MkDocs' Markdown stay what Python-Markdown makes of them, whatever is translated."""

import re
from html.parser import HTMLParser

import pytest
import rendering
from hypothesis import HealthCheck, given, settings
from markdown_pages import pages

from toolkit.dialects import dialect_named
from toolkit.dialects.blocks.pymd.parser import BlockStage, PageRules, Processors
from toolkit.dialects.blocks.pymd.slices import Cuts, Slice
from toolkit.model.document import Document
from toolkit.reading.segment import FRONT_MATTER_KEYS, read
from toolkit.writing.guard import Guard

FIRST = 0xE000
GUARD = Guard(dialect_named("mkdocs"), FRONT_MATTER_KEYS)


class Outline(HTMLParser):
    """Tags, targets and texts of HTML without the marks of translations."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.found = []
        self.code = 0

    def handle_starttag(self, tag, attrs):
        if tag == "pre":
            self.code += 1
        if self.code and tag in {"span", "a"}:
            return
        values = [(name, bare(value or "")) for name, value in attrs if name not in {"id", "for"}]
        self.found.append(("<", tag, *sorted(pair for pair in values if "#" not in pair[1])))

    def handle_endtag(self, tag):
        if tag == "pre":
            self.code = max(0, self.code - 1)
        if not (self.code and tag in {"span", "a"}):
            self.found.append((">", tag))

    def handle_data(self, data):
        text = data if self.code else "".join(bare(data).split())
        kind = "code" if self.code else "text"
        if text and self.found and self.found[-1][0] == kind:
            self.found[-1] = (kind, self.found[-1][1] + text)
        elif text:
            self.found.append((kind, text))


def bare(text):
    return " ".join("".join(one for one in text if not FIRST <= ord(one) < FIRST + 500).split())


def outline_of(html):
    reader = Outline()
    reader.feed(html)
    reader.close()
    return reader.found


def outline(text):
    return outline_of(rendering._html(text, "mkdocs"))


def marked(page):
    """A page with a mark of its own in front of each message."""
    document = Document("page.md", page)
    reading = read(document, GUARD.dialect)
    texts = dict.fromkeys((unit.context, unit.text) for unit in reading.units)
    translations = {key: f"{chr(FIRST + number)} {key[1]}" for number, key in enumerate(texts)}
    return GUARD.built(document, reading, translations).document.text


def keeps_what_it_is(page):
    try:
        before = outline(page)
    except Exception:  # noqa: BLE001 - a page at which the program fails is none
        return
    assert outline(marked(page)) == before


few = settings(
    max_examples=300, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)
many = settings(max_examples=20_000, suppress_health_check=list(HealthCheck))


@few
@given(pages())
def test_marks_leave_a_page_what_it_is(page):
    keeps_what_it_is(page)


@pytest.mark.nightly
@many
@given(pages())
def test_marks_leave_any_page_what_it_is(page):
    keeps_what_it_is(page)


def built(page, translations):
    document = Document("page.md", page)
    reading = read(document, GUARD.dialect)
    return GUARD.built(document, reading, {(None, key): text for key, text in translations.items()})


def test_a_text_above_a_rule_keeps_a_second_line():
    found = built("one\ntwo words\n---\n", {"one two words": "uno dos palabras"})
    assert found.document.text == "uno dos\npalabras\n---\n"
    assert not found.refusals


@pytest.mark.parametrize("below", ["still here", "- item", "````py"])
def test_a_definition_above_other_text_keeps_a_second_line(below):
    page = f"term\n:   one of\n    two lines\n{below}\n"
    found = built(page, {"one of two lines": "uno de dos líneas"})
    assert found.document.text == f"term\n:   uno de dos\n    líneas\n{below}\n"
    assert not found.refusals
    keeps_what_it_is(page)


@pytest.mark.parametrize(
    "page",
    [
        "red\n{ .wide }\n*green*\n",
        "red\n{ .wide }\n*green*\n{ .deep }\n",
        "red\n{ .wide }\n*green* blue\n",
        "red[^1]\n\n[^1]: green\n    { .wide }\n    `blue` grey\n",
    ],
)
def test_attributes_within_a_text_stay_where_they_act(page):
    keeps_what_it_is(page)
    assert "red" in marked(page) != page


@pytest.mark.parametrize(
    "opening",
    ["!!! note", '!!! note "Title"', "??? tip", '=== "Title"', "/// note\n\n///\n\n- a\n"],
)
def test_one_bad_translation_leaves_those_in_other_blocks(opening):
    page = (
        f"{opening}\n\n    red\n\n    - green\n\n~~~{{ .py .x }}\nx = 1\n<b>\n\n"
        "1.      <details>\n\n       ``` bash\n         1. b\n       ```\n\n     </details>\n"
    )
    bad = "~~~{ .py .x } x = 1 <b>"
    found = built(page, {"red": "rojo", "green": "verde", bad: f"y {bad}"})
    assert [refusal.unit.text for refusal in found.refusals] == [bad]
    assert "    rojo\n\n    - verde\n" in found.document.text


def test_backticks_of_cells_stay():
    page = "| a | b |\n| - | - |\n| `` ` `` c | it\\`s |\n"
    found = built(page, {"`` ` `` c": "`` ` `` d", "it\\`s": "its\\`"})
    assert found.document.text == "| a | b |\n| - | - |\n| `` ` `` d | its\\` |\n"


def test_a_backtick_alone_in_a_cell_is_written_as_an_entity():
    page = "| a | b |\n| - | - |\n| `c` | d |\n"
    found = built(page, {"d": "e`"})
    assert found.document.text == "| a | b |\n| - | - |\n| `c` | e&#96; |\n"


def wide(lines):
    """A block of many lines, with the start of each."""
    return Slice("\n".join(lines), [100 * number for number in range(len(lines))])


@pytest.mark.parametrize("count", [3, 100])
def test_pieces_that_follow_each_other_are_cut_as_each_by_itself(count):
    block = wide([f"  line {number}" for number in range(count)])
    block = block.blocks()[0]
    cuts = Cuts(block)
    for start in range(0, len(block.text), 7):
        piece, alone = cuts.next(start, start + 5), block.cut(start, start + 5)
        assert (piece.text, list(piece.starts)) == (alone.text, list(alone.starts))


@pytest.mark.parametrize("text", ["!!! note\n    a", "b\n!!! note", "b\n    !!! note"])
def test_what_is_left_of_a_long_block_is_searched_like_any_other(text):
    pattern = re.compile(r"(?:^|\n)!!! ?\w+")
    block = "\n".join(["a !!! b"] * 400 + [text])
    stage = BlockStage(PageRules((), frozenset("!")), 9)
    for start in range(0, len(block), 8):
        rest = block[start:]
        found, alone = stage.search(pattern, rest, "!!!"), pattern.search(rest)
        assert (found and found.span()) == (alone and alone.span())


@settings(max_examples=30, derandomize=True, database=None, deadline=None)
@given(pages())
def test_processors_left_out_for_a_page_or_block_could_take_nothing_of_it(page):
    dialect, document = dialect_named("mkdocs"), Document("page.md", page)
    units = read(document, dialect).units
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Processors, "concerning", lambda rules, _page: rules.hinted(rules.hints))
        patch.setattr(PageRules, "taking", lambda rules, _text: rules.all)
        assert read(document, dialect).units == units
