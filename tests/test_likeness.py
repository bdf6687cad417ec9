"""How alike two texts are, by arithmetic done by hand and by a plain second reckoning."""

from functools import cache
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.catalogs.merge import alignment, index
from toolkit.catalogs.merge.index import Index
from toolkit.catalogs.merge.likeness import (
    USEFUL,
    contained,
    is_misspelled,
    joint_likeness,
    least_parts,
    likeness,
)
from toolkit.catalogs.merge.offering import best_offer, staying

WORDS = ("red", "reds", "house", "houses", "a", "is", "3", "big", "bog")
TEXTS = st.lists(st.sampled_from(WORDS), max_size=7).map(" ".join)


def in_common(one, other):
    """Return the length of the longest common subsequence, by its definition."""

    @cache
    def longest(left, right):
        if left == len(one) or right == len(other):
            return 0
        if one[left] == other[right]:
            return 1 + longest(left + 1, right + 1)
        return max(longest(left + 1, right), longest(left, right + 1))

    return longest(0, 0)


def share(one, other):
    both = len(one) + len(other)
    return 2 * in_common(one, other) / both if both else 1.0


def alike(one, other):
    ours, theirs = one.split(), other.split()
    by_words = share(ours, theirs) if ours or theirs else 0.0
    by_letters = share(one, other)
    differing = 1 - (by_words + by_letters) / 2
    fewest = max(1, min(len(ours), len(theirs)))
    return max(0.0, 1 - differing * (1 + 1.5 / fewest), 1 - 2.6 * (1 - by_letters))


@given(TEXTS, TEXTS)
def test_likeness_is_that_of_words_and_letters(one, other):
    assert likeness(one, other) == pytest.approx(alike(one, other))


@pytest.mark.parametrize(
    ("by_words", "by_letters", "fewest", "together"),
    [
        (1, 1, 1, 1),
        (0, 0, 9, 0),
        (0.5, 0.5, 2, 0.125),
        (0.5, 0.5, 3, 0.25),
        (0.9, 0.7, 1, 0.5),
        (0.9, 0.7, 0, 0.5),
        (0, 0.9, 1, 0.74),
    ],
)
def test_words_and_letters_count_alike_and_typos_by_letters(by_words, by_letters, fewest, together):
    assert joint_likeness(by_words, by_letters, fewest) == pytest.approx(together)


@given(TEXTS, TEXTS, st.floats(0.05, 1))
def test_no_text_is_alike_whose_words_and_letters_are_not(one, other, least):
    by_words, by_letters = least_parts(least)
    if alike(one, other) > least:
        ours, theirs = one.split(), other.split()
        words = share(ours, theirs) if ours or theirs else 0.0
        assert words >= by_words or share(one, other) >= by_letters


@pytest.mark.parametrize(
    ("old", "new", "slip"),
    [
        ("word", "wird", True),
        ("cat", "cut", False),
        ("form", "from", True),
        ("words", "werts", False),
        ("letter", "lattar", True),
        ("letters", "lattarz", False),
        ("documentation", "dokumantatoin", False),
        ("set up", "setup", True),
        ("setup", "set up", True),
        ("so much text", "somuch text", False),
        ("somuch text", "so much text", False),
        ("", "some", False),
        ("some", "", False),
        ("word", "word", True),
    ],
)
def test_a_slip_is_a_letter_or_two_of_a_long_word(old, new, slip):
    assert is_misspelled(old.split(), new.split()) is slip


@pytest.mark.parametrize(
    ("part", "whole", "wanted"),
    [
        ("a b c", "x a b c y", 1),
        ("a b", "x a b c y", 0),
        ("a b c", "a b x c 1 2 3 4 5 6 7 8", 1),
        ("a b c", "a b x c 1 2 3 4 5 6 7 8 9", 0),
        ("c b a", "a b c", 1 / 3),
        ("a b c d", "c d e f g h i", 0.5),
    ],
)
def test_a_part_is_contained_by_its_words_in_their_order(part, whole, wanted):
    assert contained(part, whole) == pytest.approx(wanted)


@pytest.mark.parametrize(
    ("old", "translation", "new", "alike", "stays"),
    [
        # What is the same stays whole, whatever its letters.
        ("Use foo", "使用 foo", "Use foo", 1.0, 1.0),
        ("foo", "foo", "foo", 1.0, 1.0),
        # Three letters are a name in all three, two are not.
        ("Use foo here", "foo 使用", "Try foo nowx", 0.5, (3 + 2 * 0.5) / 5),
        # The name is gone from the new text.
        ("Use foo here", "foo 使用", "Try bar nowx", 0.5, (0 + 2 * 0.5) / 5),
        # Names that only the translation has are words like others.
        ("Use foo here", "bar 使用", "Try bar nowx", 0.5, 0.5),
        # A new text twice as long will have a translation twice as long.
        ("Use foo here", "foo 使用", "Try foo and all the rest", 0.5, (2 + 2 * 0.5) / 5),
        # Names count as often as they come in all of them, whatever their case.
        ("foo foo x", "Foo foo foo 好", "foo y xyz", 0.5, (2 * 3 * 0.5 * 2 - 3 + 4 * 0.5) / 10),
        ("", "x", "y", 1.0, 0.0),
        ("x", " ", "y", 1.0, 0.0),
    ],
)
def test_so_much_of_a_translation_stays(old, translation, new, alike, stays):
    assert staying(old, translation, new, alike) == pytest.approx(stays)


class Near(Index):
    """An index that knows how alike texts are."""

    def __init__(self, shares):
        super().__init__(())
        self.shares = shares

    def near(self, _text, least):
        return {place: share for place, share in self.shares.items() if share >= least}


def offered(shares, least=0.0, *, translation="x", text="a b"):
    return best_offer(Near(shares), text, lambda _: ("a b", translation), least)


def test_the_first_of_the_likeliest_that_help_is_offered():
    assert offered({4: 0.6, 2: 0.8, 1: 0.8}) == (1, 0.8)
    assert offered({3: USEFUL}) == (3, USEFUL)
    assert offered({3: USEFUL - 0.01}, text="c d") is None
    assert offered({}) is None


def test_less_alike_ones_help_where_their_names_stay():
    # Half of "foo bar" stays: with 0.42 that is as useful as twice 0.46.
    lent = ("foo bar", "foo bar")
    assert best_offer(Near({0: 0.43}), "foo baz", lambda _: lent) == (0, 0.43)
    assert best_offer(Near({0: 0.41}), "foo baz", lambda _: lent) is None
    assert best_offer(Near({0: 0.35}), "foo bar", lambda _: lent) is None
    assert best_offer(Near({0: 0.36}), "foo bar", lambda _: lent) == (0, 0.36)


def test_likeness_and_what_stays_may_be_just_enough():
    # One letter of five is a name that stays, 0.4 of the others do: 0.4 + 0.52.
    lent = ("Use x", "x 甲乙丙丁")
    assert best_offer(Near({0: 0.4}), "Try x", lambda _: lent) == (0, 0.4)
    assert best_offer(Near({0: 0.39}), "Try x", lambda _: lent) is None


def test_what_helps_has_to_be_more_alike_than_what_is_known():
    assert offered({0: 0.8}, 0.8) is None
    assert offered({0: 0.8}, 0.79) == (0, 0.8)
    lent = {0: ("a b", "x"), 1: ("foo bar", "foo bar")}
    found = best_offer(Near({0: 0.45, 1: 0.44}), "foo bar", lent.__getitem__, 0.43)
    assert found == (1, 0.44)
    assert best_offer(Near({0: 0.45, 1: 0.44}), "foo bar", lent.__getitem__, 0.44) is None


LEAST = (0.2, 1 / 3, 0.46, 0.7, 1.0)


@given(st.lists(TEXTS, max_size=12), TEXTS, st.sampled_from(LEAST))
def test_an_index_finds_what_is_alike_as_by_looking_at_each_text(texts, text, least):
    wanted = {place: alike(text, one) for place, one in enumerate(texts)}
    near = Index(texts).near(text, least)
    found = {place: share for place, share in near.items() if share > least + 1e-4}
    assert found == pytest.approx(
        {place: share for place, share in wanted.items() if share > least + 1e-4}
    )
    assert all(share >= least - 1e-4 for share in near.values())
    nearest = Index(texts).nearest(text, least)
    if found:
        best = max(wanted.values())
        assert nearest
        assert nearest[1] == pytest.approx(best)
        assert nearest[0] == next(
            place for place, share in wanted.items() if share == pytest.approx(best)
        )
    elif not any(share >= least - 1e-4 for share in wanted.values()):
        assert nearest is None


@given(st.lists(TEXTS, min_size=3, max_size=12), TEXTS)
def test_so_few_texts_share_words_that_all_are_compared(texts, text):
    """An index of more texts than are all looked at finds those that share a word."""
    wanted = {
        place: alike(text, one)
        for place, one in enumerate(texts)
        if {word[:5] for word in one.split()} & {word[:5] for word in text.split()}
    }
    before, index._FEW = index._FEW, 2
    try:
        many = Index(texts)
        for prepared in (False, True):
            if prepared:
                many.prepare()
            assert {
                place: share for place, share in many.near(text, 0.1).items() if share > 0.1 + 1e-4
            } == pytest.approx({place: one for place, one in wanted.items() if one > 0.1 + 1e-4})
    finally:
        index._FEW = before


def test_of_no_more_than_a_few_texts_all_are_looked_at(monkeypatch):
    texts = ["abcdex", "zzz"]
    for few, found in ((2, {0}), (1, set())):
        monkeypatch.setattr(index, "_FEW", few)
        assert Index(texts).near("abcdyx", 0.1).keys() == found


def test_the_nearest_text_may_be_as_near_as_is_asked_for():
    assert Index(["x y", "a b"]).nearest("a b", 1.0) == (1, 1.0)
    assert Index(["x y", "a b", "a b"]).nearest("a b", 1.0) == (1, 1.0)
    assert Index(["x y"]).nearest("a b", 1.0) is None


@pytest.mark.parametrize(("looks", "found"), [(3, {0, 1, 2}), (2, {0}), (1, {0})])
def test_no_more_places_are_counted_than_wanted(monkeypatch, looks, found):
    monkeypatch.setattr(index, "_LOOKS", looks)
    sharing = index._Sharing(["aaaaa x", "bbbbb y", "bbbbb z"])
    assert sharing.most("aaaaa q bbbbb") == found


def test_places_of_what_is_rare_come_first(monkeypatch):
    monkeypatch.setattr(index, "_LOOKS", 3)
    assert index._rarest([[1, 2, 3], [7, 8], [4, 5], [0, 1, 2, 3]]) == [[4, 5], [7, 8], [1, 2, 3]]
    # Where nothing is rare, some places of what is least common.
    assert index._rarest([[5, 6, 7, 8], [1, 2, 3, 4, 5], [1, 6, 7, 8]]) == [[1, 6, 7]]
    assert index._rarest([]) == []


@given(st.lists(st.text("ab", max_size=8), max_size=9), st.text("ab", max_size=8))
def test_strings_of_much_other_lengths_are_left_out(strings, string):
    for least in (0.25, 0.5, 0.9):
        found = index._Strings(strings).near(string, least)
        wanted = {place: share(string, one) for place, one in enumerate(strings)}
        assert found == pytest.approx(
            {place: one for place, one in wanted.items() if one >= least - 1e-9}
        )


def test_an_index_looks_at_so_many_texts():
    """The figures that its docstrings give."""
    others = [f"zz{number}" for number in range(1500)]
    assert 0 in Index(["abcdex", *others[1:]]).near("abcdyx", 0.1)
    assert 0 not in Index(["abcdex", *others]).near("abcdyx", 0.1)
    assert index._stems("Abcdefg xy") == ["abcde", "xy"]
    # Of those that share a word the last is the shortest, so that it says most.
    for size, last in ((500, True), (501, False)):
        sharing = index._Sharing([*["word and more of it"] * (size - 1), "word"])
        most = sharing.most("word")
        assert ((size - 1) in most) is last
        assert len(most) == 24
    ready = []
    for _ in range(6):
        ready.append(sharing.is_ready)
        sharing.most("word")
    assert ready == [False] * 4 + [True] * 2


@pytest.mark.parametrize("share", ["a b c d x", "x a b c d"])
def test_four_of_five_words_in_another_text_are_a_part_of_it(share):
    """Their likeness is four fifths of the share that is held."""
    whole = f"a b c d {' '.join(f'word{number}' for number in range(12))}"
    assert contained(share, whole) == pytest.approx(0.8)
    assert alignment._held(share, whole, 9) == pytest.approx(0.64)
    assert alignment._held(whole, share, 9) == pytest.approx(0.64)
    assert alignment._held(share.replace("d", "y"), whole, 9) == 0


def test_each_word_has_a_character_of_its_own():
    texts = [" ".join(pair) for pair in product(WORDS, WORDS)]
    codes = Index(texts)._codes
    assert set(codes) == set(WORDS)
    assert len(set(codes.values())) == len(WORDS)
    assert "\0" not in codes.values()
