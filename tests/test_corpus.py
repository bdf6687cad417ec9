"""The promises over real pages: byte for byte, and as the reader's program shows them."""

from dataclasses import dataclass

import pytest
from marking import marked
from rendering import facts
from trees import TREES, Tree, corpus_or_skip

from toolkit.dialects import dialect_named, dialect_names
from toolkit.model.document import Document, Edit
from toolkit.reading.segment import FRONT_MATTER_KEYS, read, segment
from toolkit.writing.assemble import assemble, built_with
from toolkit.writing.guard import Guard

MARK = "\ue000"
SOME = 7
"""Of the pages every seventh is read in all dialects."""
KEPT = 0.995
REACHED = 0.995
BLOCK_SYNTAX = ("```", "~~~", "> ", "    ", "\t")
MATERIAL_SYNTAX = ("!!! ", "??? ", "=== ", "/// ", ":   ")


def documents(tree):
    for path in corpus_or_skip(tree):
        yield Document.from_bytes(path.as_posix(), path.read_bytes()), path


@pytest.mark.parametrize("tree", TREES, ids=lambda tree: tree.name)
def test_every_page_comes_back_byte_for_byte(tree):
    dialect = dialect_named(tree.dialect)
    for document, path in documents(tree):
        units = segment(document, dialect)
        same = {(unit.context, unit.text): unit.text for unit in units}
        assert assemble(document, units, {}).to_bytes() == path.read_bytes()
        assert assemble(document, units, same).to_bytes() == path.read_bytes()


@pytest.mark.parametrize("tree", TREES, ids=lambda tree: tree.name)
def test_spans_are_in_order_and_no_unit_shows_block_syntax(tree):
    dialect = dialect_named(tree.dialect)
    syntax = BLOCK_SYNTAX + (MATERIAL_SYNTAX if tree.dialect == "mkdocs" else ())
    for document, path in documents(tree):
        end = 0
        for unit in segment(document, dialect):
            assert end <= unit.span.start < unit.span.end <= len(document.text), path
            end = unit.span.end
            code = unit.kind.startswith("code ")
            assert code or not unit.text.startswith(syntax), (path, unit)
            value = unit.kind == "front matter"
            assert value or unit.text == unit.text.strip(), (path, unit)


@pytest.mark.parametrize("name", dialect_names())
@pytest.mark.parametrize("tree", TREES, ids=lambda tree: tree.name)
def test_the_wrong_dialect_loses_nothing(tree, name):
    """What stands between the units stays, whatever takes their place."""
    guard = Guard(dialect_named(name), FRONT_MATTER_KEYS)
    for document, path in list(documents(tree))[::SOME]:
        reading = read(document, guard.dialect)
        edits = [Edit(unit.span, MARK) for unit in reading.units]
        pieces = document.edited(edits).text.split(MARK)
        assert len(pieces) == len(edits) + 1, path
        ends = (0, *(edit.span.end for edit in edits))
        starts = (*(edit.span.start for edit in edits), len(document.text))
        between = zip(ends, starts, strict=True)
        assert pieces == [document.text[end:start] for end, start in between], path
        marks = {(unit.context, unit.text): MARK for unit in reading.units}
        built = guard.built(document, reading, marks).document
        assert read(built, guard.dialect).header.lines == reading.header.lines, path


@dataclass
class Score:
    """Pages whose tags and targets stay, and letters in blocks that carry the marker."""

    pages: int = 0
    broken: tuple[str, ...] = ()
    letters: int = 0
    reached: int = 0


def score(tree: Tree) -> Score:
    total = Score()
    for document, path in documents(tree):
        before = facts(document.text, tree.dialect)
        after = facts(built_with(document, tree.dialect, marked).text, tree.dialect)
        total.pages += 1
        if before.tags != after.tags or before.targets != after.targets:
            total.broken += (path.as_posix(),)
        for block in after.blocks:
            total.letters += block.letters
            total.reached += block.letters if block.marked else 0
    return total


@pytest.mark.parametrize("tree", TREES, ids=lambda tree: tree.name)
def test_marked_pages_keep_tags_and_targets_and_reach_the_letters(tree):
    found = score(tree)
    assert len(found.broken) <= (1 - KEPT) * found.pages, found.broken
    assert found.reached >= REACHED * found.letters
