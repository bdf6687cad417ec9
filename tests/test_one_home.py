"""Small things that many modules need: words, wide characters, shortening, hints, order."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.language.characters import NOT_XML, is_wide
from toolkit.language.phrases import cut, did_you_mean, shortened
from toolkit.model.increasing import longest_increasing


@given(st.lists(st.integers(0, 9), max_size=9))
def test_a_longest_increasing_subsequence_is_in_order_and_none_is_longer(values):
    places = longest_increasing(values)
    chosen = [values[place] for place in places]
    assert places == sorted(places)
    assert all(one < other for one, other in pairwise(chosen))
    for subset in combinations(values, len(places) + 1):
        assert any(one >= other for one, other in pairwise(subset))


@given(st.text(), st.integers(1, 50))
def test_a_shortened_text_is_one_line_that_fits(text, most):
    short = shortened(text, most)
    assert len(short) <= most
    assert "\n" not in short
    assert short == cut(" ".join(text.split()), most)
    assert short.removesuffix("…") in " ".join(text.split())


@pytest.mark.parametrize(
    ("word", "otherwise", "hint"),
    [
        ("mkdoc", "", 'did you mean "mkdocs"?'),
        ("zzz", "", "known: mkdocs, hugo"),
        ("zzz", "look there", "look there"),
    ],
)
def test_an_unknown_word_is_told_what_is_near(word, otherwise, hint):
    assert did_you_mean(word, ["mkdocs", "hugo"], otherwise) == hint


@pytest.mark.parametrize("character", "中あア。，（「＋\U00020000")
def test_characters_that_are_written_without_blanks_are_wide(character):
    assert is_wide(character)


@pytest.mark.parametrize("character", ["a", "é", "한", "—", "“", " ", "", "ﾊ"])
def test_others_are_not(character):
    assert not is_wide(character)


@given(st.characters())
def test_xml_holds_what_its_definition_lists(character):
    # XML 1.0, section 2.2: the production [2] Char.
    code = ord(character)
    allowed = code in {0x9, 0xA, 0xD} or any(
        first <= code <= last
        for first, last in ((0x20, 0xD7FF), (0xE000, 0xFFFD), (0x10000, 0x10FFFF))
    )
    assert bool(NOT_XML.match(character)) != allowed
