"""The phrases of texts and the terms that are proposed of them, case by case."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.catalogs.phrases_in_texts import Phrases, phrases_of
from toolkit.catalogs.term_candidates import LEAST, Reason, candidates

COMMON = {"the", "use", "of"}
MARKS = {",", "/", "。"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Use a node pool now", {"node", "pool", "node pool"}),
        ("node, pool", {"node", "pool"}),
        ("node the pool", {"node", "pool"}),
        ("3 nodes x3", {"nodes", "x3", "nodes x3"}),
        ("k8s.io/x it's-a", {"k8s.io", "x", "it's-a", "x it's-a"}),
        ("Pods", {"pods"}),
        ("集群node", {"集群", "node"}),
        ("node集群 pool", {"集群", "node", "pool"}),
        ("的集群的", {"集群"}),
        ("甲", set()),
        ("あア", {"あア"}),
        ("", set()),
    ],
)
def test_phrases_are_words_beside_each_other(text, wanted):
    found = Phrases([text], latin=True)
    assert found.in_text(0) == wanted
    assert all(found.places(one) == {0} and found.count(one) == 1 for one in wanted)
    assert found.places("zzz") == set()
    assert found.count("zzz") == 0


@given(st.lists(st.sampled_from(["red", "Green", "7", "blue", *COMMON, *MARKS]), max_size=9))
def test_a_phrase_has_one_to_three_words(words):
    runs = [[]]
    for word in words:
        if word in MARKS:
            runs.append([])
        else:
            runs[-1].append(word.lower())
    wanted = {
        " ".join(run[start : start + size])
        for run in runs
        for size in (1, 2, 3)
        for start in range(len(run) - size + 1)
        if not set(run[start : start + size]) & {*COMMON, "7"}
    }
    assert Phrases([" ".join(words)], latin=True).in_text(0) == wanted


@given(st.text("甲乙丙的了", max_size=9))
def test_a_phrase_has_two_to_six_characters(text):
    wanted = {
        text[start : start + size]
        for size in range(2, 7)
        for start in range(len(text) - size + 1)
        if not {text[start], text[start + size - 1]} & set("的了")
    }
    assert Phrases([text], latin=False).in_text(0) == wanted


@pytest.mark.parametrize(
    ("texts", "phrase", "written"),
    [
        (["The Pod.", "Pod."], "pod", "Pod"),
        (["Pod.", "Pod.", "A pod and a pod."], "pod", "pod"),
        # A word counts twice as much where no sentence begins with it.
        (["Pod.", "A pod."], "pod", "pod"),
        (["Pod.", "Pod.", "Pod.", "A pod."], "pod", "Pod"),
        # Of equals the one in small letters.
        (["Pod.", "Pod.", "A pod."], "pod", "pod"),
        (["Node Pool", "node Pool", "The node Pool"], "node pool", "node Pool"),
        ([], "what is nowhere", "what is nowhere"),
    ],
)
def test_a_phrase_is_written_as_it_is_most_often(texts, phrase, written):
    assert Phrases(texts, latin=True).written(phrase) == written


@pytest.mark.parametrize(
    ("texts", "phrase", "whole"),
    [
        # Nothing stands beside it: each end of a sentence is one of its own.
        (["甲乙。", "甲乙。"], "甲乙", True),
        (["子甲乙。", "子甲乙。"], "甲乙", False),
        (["甲乙子。", "甲乙子。"], "甲乙", False),
        (["子甲乙丑。", "寅甲乙卯。"], "甲乙", True),
        # 4 of 5 alike are 0.50 nats, 2 of 3 are 0.64.
        (["子甲乙。", "子甲乙。", "子甲乙。", "子甲乙。", "丑甲乙。"], "甲乙", False),
        (["子甲乙。", "子甲乙。", "丑甲乙。"], "甲乙", True),
        (["子甲乙。", "子甲乙。", "甲乙。"], "甲乙", True),
        (["甲乙子。", "甲乙子。", "甲乙。"], "甲乙", True),
        (["中上。", "中上。"], "中上", False),
        (["中甲。", "中甲。"], "中甲", True),
        (["node"], "node", True),
    ],
)
def test_characters_are_a_word_where_what_is_beside_them_varies(texts, phrase, whole):
    assert Phrases(texts, latin=False).is_whole(phrase) is whole


def terms(texts, least=2, script="Latn"):
    return {phrase: set(places) for phrase, places in phrases_of(texts, script).terms(least)}


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        # Capitals where no sentence begins make a name, four times of five.
        (["a Pod"] * 4 + ["a pod"], True),
        (["a Pod"] * 3 + ["a pod"], False),
        (["Pod"], False),
        (["a Pod"], True),
        (["a pod"], False),
        (["pOd"], True),
        (["POD"], True),
        (["a red Pod", "a red pod"], False),
    ],
)
def test_a_word_is_a_term_if_it_is_a_name(texts, found):
    assert ("pod" in terms(texts, 1)) is found


def test_terms_stand_in_so_many_texts():
    texts = ["blue house", "a blue house", "red house", "red tree"]
    assert terms(texts, 1).keys() == {"blue house", "red house", "red tree"}
    assert terms(texts, 2) == {"blue house": {0, 1}}
    assert terms(texts, 3) == {}
    assert terms(["집 나무", "집"], 2, "Kore") == {"집": {0, 1}}
    assert terms(["甲乙。", "甲乙。"], 2) == {"甲乙": {0, 1}}


def proposed(rows, scripts=("Latn", "Latn"), known=()):
    return {
        one.source: (one.reason, {use.text: use.texts for use in one.uses}, one.count, one.place)
        for one in candidates(rows, scripts, known)
    }


def rows_of(*groups):
    """Return texts with a number of their own, so that nothing else stands in two of them."""
    texts = [pair for pair, times in groups for _ in range(times)]
    numbers = ["".join(pair) for pair in product("bcdfghjk", "lmnpqrst")]
    return [
        (source.replace("*", f"{number}e"), target.replace("*", f"a{number}"))
        for number, (source, target) in zip(numbers, texts, strict=False)
    ]


BLUE = ("blue house, *", "blaues haus, *")


def test_a_term_stands_in_three_texts_and_is_not_known():
    assert LEAST == 3
    rows = rows_of((BLUE, 3))
    assert proposed(rows) == {"blue house": (Reason.FREQUENT, {"blaues haus": 3}, 3, 0)}
    assert proposed(rows_of((BLUE, 2))) == {}
    assert proposed(rows, known=["Blue House"]) == {}
    assert proposed(rows, known=["house"]) == proposed(rows)


def test_a_part_of_a_term_is_one_where_it_stands_alone_as_well():
    """Seven of ten times within another one is nearly always."""

    def found(alone):
        rows = rows_of(
            (("Big blue house, *", "großes blaues haus, *"), 7),
            (("one blue house, *", "ein blaues haus, *"), alone),
        )
        return proposed(rows).keys()

    assert found(3) == {"Big blue house"}
    assert found(4) == {"Big blue house", "blue house"}


def test_kept_words_are_names():
    kept = ("the Kubelet, *", "das Kubelet, *")
    assert proposed(rows_of((kept, 3)))["Kubelet"] == (Reason.KEPT, {"Kubelet": 3}, 3, 0)
    # Three of four times is mostly.
    some = rows_of((kept, 3), (("the Kubelet, *", "das ding, *"), 1))
    assert proposed(some)["Kubelet"] == (Reason.KEPT, {"Kubelet": 3}, 4, 0)
    less = rows_of((kept, 2), (("the Kubelet, *", "das ding, *"), 1))
    assert proposed(less).get("Kubelet", (None,))[0] is not Reason.KEPT
    file = ("the Readme.md, *", "das Readme.md, *")
    assert proposed(rows_of((file, 3))) == {}
    letter = ("the X, *", "das X, *")
    assert proposed(rows_of((letter, 3))) == {}
    two = ("the XY, *", "das XY, *")
    assert proposed(rows_of((two, 3)))["XY"][0] is Reason.KEPT
    # Within a word it is not kept, at its beginning it is.
    for target, reason in (("xKubelet", Reason.FREQUENT), ("Kubelets", Reason.KEPT)):
        rows = rows_of((("the Kubelet, *", f"das {target}, *"), 3))
        assert proposed(rows)["Kubelet"][0] is reason


def two_ways(first, second, *, kept=0):
    return rows_of(
        (BLUE, first),
        (("blue house, *", "kornblume *"), second),
        (("blue house, *", "das blue house, *"), kept),
    )


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        (3, 2, Reason.TWO_WAYS),
        (4, 1, Reason.FREQUENT),
        # Of four texts two ways are chance.
        (2, 2, None),
        (14, 2, Reason.FREQUENT),
        (14, 3, Reason.TWO_WAYS),
    ],
)
def test_two_ways_are_no_chance(first, second, reason):
    found = proposed(two_ways(first, second)).get("blue house")
    assert (found[0] if found else None) is reason


def test_the_most_frequent_translation_comes_first():
    (found,) = candidates(two_ways(3, 4), ("Latn", "Latn"))
    assert [(use.text, use.texts) for use in found.uses] == [("kornblume", 4), ("blaues haus", 3)]


@pytest.mark.parametrize(
    ("first", "kept", "second"),
    [(4, 2, True), (5, 1, False), (12, 2, False), (11, 2, True)],
)
def test_a_term_that_is_kept_now_and_then_is_another_way(first, kept, second):
    (found,) = candidates(two_ways(first, 0, kept=kept), ("Latn", "Latn"))
    uses = {use.text: use.texts for use in found.uses}
    assert uses.get("blue house", 0) == (kept if second else 0)
    assert (found.reason is Reason.TWO_WAYS) is second


@pytest.mark.parametrize(("alone", "found"), [(0, False), (1, False), (2, True)])
def test_a_phrase_belongs_to_what_it_goes_with_best(alone, found):
    """The fit of another phrase is 6/7, then 6/8, which is enough, then 6/9."""
    rows = rows_of(
        (("red sky, deep sea, *", "das meer, *"), 2),
        (("red sky, *", "kornblume, *"), 1),
        (("deep sea, *", "das meer, *"), 1),
        (("old tree, *", "das meer, *"), 1),
        (("deep sea, *", "kein wort, *"), alone),
    )
    assert ("red sky" in proposed(rows)) is found


@pytest.mark.parametrize(("same", "others", "found"), [(3, 2, True), (4, 3, False)])
def test_a_term_is_explained_by_its_translations(same, others, found):
    """They stand in six of ten of its texts at least."""
    rows = rows_of((BLUE, same), (("blue house, *", "*"), others))
    assert bool(proposed(rows)) is found


def test_the_weightiest_come_first():
    """Two ways, kept words, frequent ones; more texts weigh more, and so do more words."""
    groups = (
        [(("green tree, *", "grüner baum, *"), 5)],
        [(BLUE, 3), (("blue house, *", "kornblume, *"), 2)],
        [(("the Old Kubelet, *", "das Old Kubelet, *"), 5)],
        [(("yellow moon, *", "gelber mond, *"), 4)],
        [(("tall white horse, *", "sehr großer schimmel, *"), 4)],
    )
    rows = rows_of(*(group for them in groups for group in them))
    found = [one.source for one in candidates(rows, ("Latn", "Latn"))]
    assert found == [
        *("blue house", "Old Kubelet", "tall white horse", "green tree", "yellow moon")
    ]
