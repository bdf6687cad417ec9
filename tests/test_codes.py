"""Inline codes: what is cut comes together again, and what happens to a code is known by name."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from trees import TREES, corpus_or_skip

from toolkit.dialects import dialect_named, dialect_names
from toolkit.model.document import Document
from toolkit.reading.codes import Code, Role, codes_of, joined, pieces_of, tagged, untagged
from toolkit.reading.codes.faults import code_faults
from toolkit.reading.segment import segment

FIXTURES = Path(__file__).parent / "fixtures" / "codes"
MARKUP = (
    *("`", "``", "*", "**", "_", "~~", "[", "]", "](a.md)", "![", "][x]", "<b>", "</b>", "<br>"),
    *("<i", "{{ x }}", "{% y %}", "{ .a }", "{", "}", "\\", "\\*", "&amp;", "$x$", "[^1]", ":ok:"),
    *("https://a.org/b", "<https://a.org>", "  \n", "\\\n", "\n", " ", "词", "word", "<x id='1'/>"),
    *("</g>", "&lt;", "<!-- c -->", "{sub}`a`", "{{< s >}}", "<!--", "@", "==", "^^", "\ufffc"),
)
texts = st.lists(st.sampled_from(MARKUP), max_size=24).map("".join) | st.text(max_size=40)


@pytest.mark.parametrize("name", dialect_names())
@given(text=texts)
def test_what_is_cut_comes_together_again(name, text):
    pieces = pieces_of(text, dialect_named(name))
    assert joined(pieces) == text
    back = untagged(tagged(pieces), pieces)
    assert back.text == text
    assert back.faults == ()


@pytest.mark.parametrize("tree", TREES, ids=lambda tree: tree.name)
def test_every_unit_of_the_corpus_comes_back(tree):
    dialect = dialect_named(tree.dialect)
    for path in corpus_or_skip(tree):
        for unit in segment(Document.from_bytes(path.name, path.read_bytes()), dialect):
            pieces = pieces_of(unit.text, dialect)
            back = untagged(tagged(pieces), pieces)
            assert (joined(pieces), back.text, back.faults) == (unit.text, unit.text, ()), path


def test_codes_land_where_they_were_put():
    pieces = pieces_of("先装好 `kubectl`，再看[文档](a.md)。", dialect_named("mkdocs"))
    moved = 'See the <g id="2">documentation</g> after installing <x id="1"/>.'
    back = untagged(moved, pieces)
    assert back.text == "See the [documentation](a.md) after installing `kubectl`."
    assert back.faults == ()


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        ('Look at <g id="2">this</g>.', "code span “`a`” is missing"),
        ('<x id="1"/> and <x id="1"/> <g id="2">this</g>', "code span “`a`” is there 2 times"),
        ('<x id="1"/> this', "link “[” is missing"),
        ('<x id="1"/> <g id="2">this', "link “[” is not closed"),
        ('<x id="1"/> this</g>', "link “[” is missing"),
        ('</x id="1"> <g id="2">this</g>', "code span “`a`” is missing"),
        ('<x/> <g id="2">this</g>', "code span “`a`” is missing"),
        ('<x id="9"/> <g id="2">this</g>', "code span “`a`” is missing"),
        ("< X ID = '1' / > <G id=2>this</ G >", None),
        ('</g><x id="1"/> <g id="2">this</g></g>', None),
    ],
)
def test_lost_doubled_and_open_codes_are_named(answer, fault):
    pieces = pieces_of("看 `a` 和[这](b.md)", dialect_named("gfm"))
    assert untagged(answer, pieces).faults == ((fault,) if fault else ())


def test_codes_that_cross_in_an_answer_are_named():
    pieces = pieces_of("**a** [b](c.md) `d`", dialect_named("gfm"))
    answer = '<g id="2"><g id="2">a</g></g> <x id="3"/><x id="3"/>'
    assert untagged(answer, pieces).text == "[[a](c.md)](c.md) `d``d`"
    assert untagged(answer, pieces).faults == (
        "emphasis “**” is missing",
        "link “[” is there 2 times",
        "code span “`d`” is there 2 times",
    )
    assert untagged('"x" &amp; <g id="1">&lt;', pieces).text == '"x" & **<'
    assert tagged(pieces_of('"a" & <', dialect_named("gfm"))) == '"a" &amp; &lt;'


def test_pairs_whose_halves_do_not_nest_are_named():
    """However programs order the codes of XLIFF that came back."""
    one, other = (
        [Code(number, role, text, "emphasis") for role in (Role.OPEN, Role.CLOSE)]
        for number, text in ((1, "*"), (2, "**"))
    )
    source = (*one, *other)
    assert code_faults(source, [one[0], other[0], other[1], one[1]]) == ()
    assert code_faults(source, [one[0], other[0], one[1], other[1]]) == (
        "emphasis “*” ends where it must not",
    )
    assert code_faults(source, [one[1], one[0], *other]) == (
        "emphasis “*” ends where it must not",
        "emphasis “*” is not closed",
    )
    assert code_faults(source, source) == ()


@given(text=texts)
def test_pairs_nest_like_brackets(text):
    """However marks cross in the text, what is given out can be written as XML."""
    opened = []
    for code in codes_of(pieces_of(text, dialect_named("mkdocs"))):
        if code.role is Role.OPEN:
            opened.append(code.number)
        elif code.role is Role.CLOSE:
            assert opened.pop() == code.number
    assert opened == []


def test_the_kinds_of_codes():
    text = (
        "**甲** [乙](u) ![丙](i.png) `丁` <b>戊</b> <br> {{ 己 }} &nbsp; https://a.org 。\\\n~~庚~~"
    )
    found = [
        (piece.kind, piece.role.value)
        for piece in pieces_of(text, dialect_named("gfm"))
        if isinstance(piece, Code) and piece.role is not Role.CLOSE
    ]
    assert found == [
        ("emphasis", "open"),
        ("link", "open"),
        ("image", "open"),
        ("code span", "single"),
        ("tag", "open"),
        ("tag", "single"),
        ("macro", "single"),
        ("character reference", "single"),
        ("bare URL", "single"),
        ("hard break", "single"),
        ("emphasis", "open"),
    ]


def shown(piece):
    """A piece as the fixture has it."""
    if isinstance(piece, str):
        return f"= {piece.strip(' ')}"
    mark = {Role.OPEN: "(", Role.CLOSE: ")", Role.SINGLE: "."}[piece.role]
    return f"{piece.number}{mark} {piece.kind} | {piece.text}"


PIECES = tomllib.loads((FIXTURES / "pieces.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", PIECES, ids=lambda case: case["text"])
def test_a_text_has_the_words_and_codes_that_its_case_lists(case):
    pieces = pieces_of(case["text"], dialect_named(case["dialect"]))
    assert "" not in pieces
    found = [shown(piece) for piece in pieces if not isinstance(piece, str) or piece.strip()]
    assert found == case["pieces"]
