"""Two catalogs with a common past become one, by message and without a lost text."""

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from toolkit.catalogs.merge.three_way import merged
from toolkit.catalogs.po import read_catalog, write_catalog
from toolkit.model.catalog import Catalog, Message
from toolkit.model.errors import CatalogError

ROOT = Path(__file__).parents[1]
NOTE = "merge conflict: theirs: "
LEFT = "merge left out: "
FUZZY = ("fuzzy",)
GONE = None


def one(base, ours, theirs):
    """What comes of catalogs with at most one message, and whether it is a conflict."""
    sides = [Catalog((side,) if side else ()) for side in (base, ours, theirs)]
    merge = merged(*sides)
    message = next(iter(merge.catalog.messages), None)
    assert merge.conflicts in ((), (message and message.key,))
    return message, bool(merge.conflicts)


def said(string="", *flags, **more):
    return Message("Hi", string, flags=flags, **more)


def old(string="", *flags, **more):
    return said(string, *flags, obsolete=True, **more)


def forms(*plurals, flags=()):
    return Message("Hi", id_plural="His", plurals=plurals, flags=flags)


# base, ours, theirs and what comes of them without a conflict
SETTLED = {
    "nobody changed it": (said("A"), said("A"), said("A"), said("A")),
    "ours translated": (said(), said("A"), said(), said("A")),
    "theirs translated": (said(), said(), said("A"), said("A")),
    "theirs retranslated": (said("A"), said("A"), said("B"), said("B")),
    "theirs emptied it": (said("A"), said("A"), said(), said()),
    "theirs doubts it": (said("A"), said("A"), said("A", *FUZZY), said("A", *FUZZY)),
    "theirs approved it": (said("A", *FUZZY), said("A", *FUZZY), said("A"), said("A")),
    "both the same": (said(), said("A"), said("A"), said("A")),
    "both new, the same": (GONE, said("A"), said("A"), said("A")),
    "new in ours": (GONE, said("A"), GONE, said("A")),
    "new in theirs": (GONE, GONE, said("A"), said("A")),
    "both new, ours untranslated": (GONE, said(), said("A"), said("A")),
    "both new, theirs untranslated": (GONE, said("A"), said(), said("A")),
    "untranslated against translated": (said("A"), said(), said("B"), said("B")),
    "untranslated against fuzzy": (said("A"), said(), said("B", *FUZZY), said("B", *FUZZY)),
    "doubted against retranslated": (said("A"), said("A", *FUZZY), said("B"), said("B")),
    "approved against fuzzy": (
        said("A", *FUZZY),
        said("A"),
        said("A", *FUZZY, previous_id="Hey"),
        said("A"),
    ),
    "only the previous text against a new one": (
        said("A", *FUZZY),
        said("A", *FUZZY, previous_id="Hey"),
        said("B", *FUZZY),
        said("B", *FUZZY),
    ),
    "a new text against only the previous text": (
        said("A", *FUZZY),
        said("B", *FUZZY),
        said("A", *FUZZY, previous_id="Hey"),
        said("B", *FUZZY),
    ),
    "theirs tells another previous plural": (
        said("A", *FUZZY, previous_id="Hey"),
        said("A", *FUZZY, previous_id="Hey"),
        said("A", *FUZZY, previous_id="Hey", previous_plural="Heys"),
        said("A", *FUZZY, previous_id="Hey", previous_plural="Heys"),
    ),
    "theirs has another source plural": (
        forms("a", "b"),
        forms("a", "b"),
        replace(forms("a", "b"), id_plural="Hiyas"),
        replace(forms("a", "b"), id_plural="Hiyas"),
    ),
    "previous texts go with their translation": (
        said("A"),
        said("A"),
        said("B", *FUZZY, previous_id="Hey", previous_context="menu", previous_plural="Heys"),
        said("B", *FUZZY, previous_id="Hey", previous_context="menu", previous_plural="Heys"),
    ),
    "all plurals against some": (
        forms("", ""),
        forms("a", ""),
        forms("a", "b"),
        forms("a", "b"),
    ),
    "some plurals, fuzzy or not": (
        forms("", ""),
        forms("a", "", flags=FUZZY),
        forms("a", ""),
        forms("a", ""),
    ),
    "theirs has plurals now": (said("A"), said("A"), forms("a", "b"), forms("a", "b")),
    "deleted by ours, untouched": (said("A"), GONE, said("A"), GONE),
    "deleted by theirs, untouched": (said("A"), said("A"), GONE, GONE),
    "deleted by both": (said("A"), GONE, GONE, GONE),
    "deleted, moved in the source": (
        said("A", references=("a.md:1",)),
        GONE,
        said("A", references=("a.md:2",)),
        GONE,
    ),
    "deleted by ours, retranslated": (said("A"), GONE, said("B"), old("B")),
    "deleted by theirs, translated": (said(), said("B"), GONE, old("B")),
    "deleted by ours, approved": (said("A", *FUZZY), GONE, said("A"), old("A")),
    "deleted by ours, a word said": (
        said("A"),
        GONE,
        said("A", comments=("look",), extracted=("heading",), references=("a.md:1",)),
        old("A", comments=("look",)),
    ),
    "deleted by ours, emptied by theirs": (said("A"), GONE, said(), GONE),
    "deleted by ours, retired by theirs": (said("A"), GONE, old("A"), GONE),
    "deleted when obsolete, come back": (old("A"), GONE, said("A"), said("A")),
    "deleted when obsolete, retranslated": (old("A"), GONE, old("B"), old("B")),
    "retired by ours": (said("A"), old("A"), said("A"), old("A")),
    "retired by theirs": (said("A"), said("A"), old("A"), old("A")),
    "retired by ours, retranslated": (said("A"), old("A"), said("B"), old("B")),
    "retired by theirs, translated": (said(), said("B"), old(), old("B")),
    "come back, retranslated when obsolete": (old("A"), said("A"), old("B"), said("B")),
    "both new, one retired already": (GONE, old("A"), said("A"), said("A")),
    "retired by ours, emptied by theirs": (said("A"), old("A"), said(), GONE),
    "retired by ours with a word, emptied by theirs": (
        said("A"),
        old("A", comments=("look",)),
        said(),
        old("A", comments=("look",)),
    ),
    "retired by ours, moved in the source": (
        said("A", references=("a.md:1",), extracted=("heading",)),
        old("A"),
        said("A", references=("a.md:2",), extracted=("table",)),
        old("A"),
    ),
}


@pytest.mark.parametrize("case", SETTLED)
def test_what_has_one_answer_gets_it(case):
    base, ours, theirs, wanted = SETTLED[case]
    assert one(base, ours, theirs) == (wanted, False)


# base, ours, theirs and what comes of them, to be decided by a person
CONFLICTS = {
    "both translated": (said(), said("A"), said("B"), said("A", *FUZZY, comments=(NOTE + "B",))),
    "both new": (GONE, said("A"), said("B"), said("A", *FUZZY, comments=(NOTE + "B",))),
    "both retranslated": (
        said("A"),
        said("B", comments=("mine",)),
        said("C", comments=("yours",)),
        said("B", *FUZZY, comments=("yours", "mine", NOTE + "C")),
    ),
    "both fuzzy": (
        said(),
        said("A", *FUZZY, previous_id="Hey"),
        said("B", *FUZZY, previous_id="Ho"),
        said("A", *FUZZY, previous_id="Hey", comments=(NOTE + "B",)),
    ),
    "one approved, one retranslated": (
        said("A", *FUZZY),
        said("A"),
        said("B"),
        said("A", *FUZZY, comments=(NOTE + "B",)),
    ),
    "line feeds": (
        said(),
        said("A\n"),
        said("B\nC\r\n"),
        said("A\n", *FUZZY, comments=(NOTE + r"B\nC\r\n",)),
    ),
    "backslash at the end": (
        said(),
        said("A"),
        said("B\\"),
        said("A", *FUZZY, comments=(NOTE + "B\\",)),
    ),
    "backslash and blank at the end": (
        said(),
        said("A"),
        said("B\\ "),
        said("A", *FUZZY, comments=(NOTE + "B\\",)),
    ),
    "plurals": (
        forms("", ""),
        forms("a", "b"),
        forms("a", "c"),
        replace(forms("a", "b", flags=FUZZY), comments=(NOTE + "a", NOTE + "c")),
    ),
    "plurals alike in all forms": (
        forms("", ""),
        forms("a", "b"),
        forms("c", "c"),
        replace(forms("a", "b", flags=FUZZY), comments=(NOTE + "c",)),
    ),
    "some plurals": (
        forms("", ""),
        forms("a", ""),
        forms("b", "c", flags=FUZZY),
        replace(forms("a", "", flags=FUZZY), comments=(NOTE + "b", NOTE + "c")),
    ),
    "plurals against none": (
        said(),
        said("A"),
        forms("a", "b"),
        said("A", *FUZZY, comments=(NOTE + "a", NOTE + "b")),
    ),
    "first plural missing in both, where fuzzy cannot stand": (
        forms("", ""),
        forms("", "b"),
        forms("", "c"),
        replace(forms("", "b"), comments=(NOTE + "c",)),
    ),
    "retired by one": (
        said("A"),
        old("B"),
        said("C"),
        old("B", *FUZZY, comments=(NOTE + "C",)),
    ),
    "other flags stay": (
        said("A", "no-wrap"),
        said("B", "no-wrap"),
        said("C", "no-wrap"),
        said("B", *FUZZY, "no-wrap", comments=(NOTE + "C",)),
    ),
}


@pytest.mark.parametrize("case", CONFLICTS)
def test_two_translations_are_a_conflict_that_keeps_both(case):
    base, ours, theirs, wanted = CONFLICTS[case]
    assert one(base, ours, theirs) == (wanted, True)
    assert as_written(Catalog((wanted,))).messages == (wanted,)
    assert one(base, wanted, theirs) == (wanted, True), "merged again"


def test_a_conflict_that_ours_decided_is_none_any_more():
    decided = said("B", comments=(NOTE + "B",))
    assert one(said(), replace(decided, string="A"), said("B")) == (
        said("A", comments=(NOTE + "B",)),
        False,
    )


def test_a_conflict_that_theirs_decided_later_takes_theirs():
    open_still = said("A", *FUZZY, comments=(NOTE + "B",))
    ours = replace(open_still, string="A2")
    message, conflict = one(open_still, ours, said("B"))
    assert (message.string, message.fuzzy, conflict) == ("B", False, False)
    assert message.comments == (f"{LEFT}ours: A2",)


@pytest.mark.parametrize(
    ("ours", "theirs", "wanted"),
    [
        (said("A"), said("B", *FUZZY), said("A", comments=(f"{LEFT}theirs: B",))),
        (said("A", *FUZZY), said("B"), said("B", comments=(f"{LEFT}ours: A",))),
        (forms("a", ""), forms("b", "c"), replace(forms("b", "c"), comments=(f"{LEFT}ours: a",))),
        (forms("", "a"), forms("b", ""), replace(forms("b", ""), comments=(f"{LEFT}ours: a",))),
    ],
)
def test_a_less_finished_text_is_left_out_but_told(ours, theirs, wanted):
    assert one(said(), ours, theirs) == (wanted, False)


def test_a_suggestion_that_stands_elsewhere_is_not_told():
    suggestion = said("A", *FUZZY, previous_id="Hey")
    retired = Message("Hey", "A", obsolete=True)
    merge = merged(
        Catalog((Message("Hey", "A"),)),
        Catalog((suggestion, retired)),
        Catalog((said("B"), retired)),
    )
    assert merge.catalog.messages == (said("B"), retired)
    assert merge.conflicts == ()


LISTS = {
    "one side": ("a b", "a b", "b c", "b c"),
    "one side, other order": ("a b", "a b", "b a", "b a"),
    "both the same": ("a", "a b", "a b", "a b"),
    "both added": ("a", "a x", "a y", "a y x"),
    "both added in front": ("a", "x a", "y a", "y x a"),
    "added and removed": ("a b", "b", "a b c", "b c"),
    "both removed": ("a b c", "b c", "a b", "b"),
    "removed by one, moved by the other": ("a b c", "c b a", "a c", "c a"),
    "both changed": ("a", "x", "y", "y x"),
    "told twice by one, dropped by the other": ("a", "b", "a a", "a a b"),
    "nothing before": ("", "a b", "b c", "a b c"),
}


@pytest.mark.parametrize("field", ["comments", "flags", "sticky", "extracted", "references"])
@pytest.mark.parametrize("case", LISTS)
def test_lists_keep_what_both_sides_added_and_lose_what_one_took_away(field, case):
    base, ours, theirs, wanted = (tuple(words.split()) for words in LISTS[case])
    message, conflict = one(
        *(replace(said("A"), **{field: words}) for words in (base, ours, theirs))
    )
    assert (getattr(message, field), conflict) == (wanted, False)


def test_blank_comment_lines_all_stay():
    ours, theirs = ("a", "", "b", "", "c"), ("a", "", "b", "", "d")
    message, _ = one(
        said("A", comments=("a", "", "b")),
        said("A", comments=ours),
        said("A", comments=theirs),
    )
    assert message.comments == ("a", "", "b", "", "d", "c")


def test_every_part_of_a_message_is_merged_for_itself():
    base = said("A", comments=("a",), references=("a.md:1",))
    message, conflict = one(
        base,
        replace(base, comments=("a", "b"), extracted=("heading",)),
        replace(base, string="B", flags=("no-wrap",), references=("a.md:9",)),
    )
    assert not conflict
    assert message == said(
        "B", "no-wrap", comments=("a", "b"), extracted=("heading",), references=("a.md:9",)
    )


def listed(words):
    """A catalog with a message for each word; `-a` is an obsolete one."""
    return Catalog(
        tuple(
            Message(word.strip("-"), "X", obsolete=word.startswith("-")) for word in words.split()
        )
    )


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "wanted"),
    [
        ("a b", "b a", "a b", "b a"),
        ("a b", "a b", "b a", "a b"),
        ("a b", "b a", "a x b", "b a x"),
        ("a b", "a b", "x a y z b", "x a y z b"),
        ("a b", "a o b", "a t b", "a t o b"),
        ("a b c", "a c", "a b x c", "a x c"),
        ("a b c", "a b c", "a x c", "a x c"),
        ("", "a", "b", "b a"),
        ("a b c", "a c -b", "a b x c", "a x c -b"),
        ("a b -o", "a b -o", "a o b", "a o b"),
        ("a b c", "b c -a", "a c -b", "c -b -a"),
        ("a b -o", "a b -n -o", "a b -o -p", "a b -n -o -p"),
        ("a b", "-x a b", "a b", "a b -x"),
    ],
)
def test_messages_stand_as_in_ours_and_new_ones_behind_their_predecessor(
    base, ours, theirs, wanted
):
    result = merged(listed(base), listed(ours), listed(theirs)).catalog
    assert result == listed(wanted)


def headed(text, comments="", flags=""):
    fields = (line.partition(":")[::2] for line in text.split("|") if line)
    return Catalog((), tuple(fields), tuple(comments.split()), tuple(flags.split()))


EARLY, LATE = "2024-03-01 09:00+0000", "2024-03-01 10:30+0100"
HEADERS = {
    "theirs changed a field": ("L:de|T:x", "L:de|T:x", "L:de|T:y", "L:de|T:y"),
    "each another field": ("L:de|T:x", "L:fr|T:x", "L:de|T:y", "L:fr|T:y"),
    "both changed one": ("T:x", "T:y", "T:z", "T:y"),
    "both added one": ("L:de", "L:de|X-A:1", "L:de|X-B:2", "L:de|X-B:2|X-A:1"),
    "removed and added": ("L:de|X-A:1", "L:de", "L:de|X-A:1|X-B:2", "L:de|X-B:2"),
    "removed and changed": ("L:de|X-A:1", "L:de", "L:de|X-A:2", "L:de"),
    "order of ours": ("X-A:1|X-B:2", "X-B:2|X-A:1", "X-A:1|X-B:3", "X-B:3|X-A:1"),
    "order of theirs": ("X-A:1|X-B:2", "X-A:1|X-B:2", "X-B:2|X-A:1", "X-B:2|X-A:1"),
    "a field told twice": ("X-A:1|X-A:2", "X-A:1|X-A:3", "X-A:0|X-A:2", "X-A:0|X-A:3"),
    "no header before": ("", "L:de", "T:x", "T:x|L:de"),
    "an empty header before": (":", ":", "L:de", "L:de"),
    "both empty": (":", ":", ":", ":"),
    "deleted": ("L:de", "", "L:de", ""),
    "emptied": ("L:de", "L:de", ":", ":"),
}


@pytest.mark.parametrize("case", HEADERS)
def test_header_fields_are_merged_one_by_one(case):
    base, ours, theirs, wanted = map(headed, HEADERS[case])
    merge = merged(base, ours, theirs)
    assert (merge.catalog, merge.conflicts) == (wanted, ())


@pytest.mark.parametrize("field", ["PO-Revision-Date", "POT-Creation-Date"])
@pytest.mark.parametrize(
    ("base", "ours", "theirs", "wanted"),
    [
        ("2024-01-01 00:00+0000", EARLY, LATE, LATE),
        ("2024-01-01 00:00+0000", LATE, EARLY, LATE),
        ("2024-01-01 00:00+0000", EARLY, "2024-03-01 09:30+0100", EARLY),
        ("2024-01-01 00:00+0000", "2024-03-01 08:59", EARLY, EARLY),
        ("YEAR-MO-DA HO:MI+ZONE", "", EARLY, EARLY),
        ("2024-01-01 00:00+0000", "soon", EARLY, EARLY),
        ("2024-01-01 00:00+0000", EARLY, "YEAR-MO-DA HO:MI+ZONE", EARLY),
        ("2024-01-01 00:00+0000", "soon", "later", "soon"),
        (LATE, EARLY, LATE, EARLY),
    ],
)
def test_of_two_new_dates_the_later_one_stands(field, base, ours, theirs, wanted):
    sides = (Catalog((), ((field, date),)) for date in (base, ours, theirs))
    assert merged(*sides).catalog.header == ((field, wanted),)


def test_header_comments_and_flags_are_merged_as_lists():
    merge = merged(
        headed("L:de", "a b", "fuzzy"), headed("L:de", "a b c", "fuzzy"), headed("L:de", "b", "")
    )
    assert merge.catalog == headed("L:de", "b c", "")
    assert merged(
        headed("L:de", "a", "x"), headed("L:de", "a o", "x y"), headed("L:de", "a t")
    ) == (merged(headed("L:de", "a"), headed("L:de", "a o", "y"), headed("L:de", "a t")))


def test_a_header_of_comments_only_can_be_read_again():
    result = merged(headed("L:de"), headed(""), headed("L:de", "a")).catalog
    assert read_catalog("x.po", write_catalog(result)) == result
    assert result.header_comments == ("a",)


# --- any catalogs at all

HEADER = (
    ("Language", "de"),
    ("Content-Type", "text/plain; charset=UTF-8"),
    ("Plural-Forms", "nplurals=2; plural=(n != 1);"),
)
KEYS = [(context, text) for text in "abc" for context in (None, "menu")]
PLURAL = "c"
LINES = [(), (), ("p",), ("p", "q"), ("q", "", "p", "", "r"), ("r", "p", "p")]
STATES = [None] * 400 + [
    Message("", string, comments=comments, flags=flags, previous_id=previous, obsolete=obsolete)
    for string in ["", "A", "B", "C\nD", "tail\\", "tail\\ "]
    for comments in LINES
    for flags in [(), (), FUZZY, (*FUZZY, "no-wrap"), ("no-wrap",)]
    for previous in [None, None, "old"]
    for obsolete in [False, False, False, True]
]
SECOND = {"": "", "A": "A2", "B": "", "C\nD": "A", "tail\\": "C\nD", "tail\\ ": "B"}
PLACES = [
    (references, extracted, sticky)
    for references in [("a.md:1",), ("a.md:2", "b.md:1"), ("b.md:1",), ()]
    for extracted in [(), ("heading",), ("table", "heading")]
    for sticky in [(), ("s",), ("t", "s")]
]
TOPS = [
    Catalog((), (*HEADER, ("PO-Revision-Date", date), *extra), comments)
    for date in [EARLY, LATE, "YEAR-MO-DA HO:MI+ZONE", ""]
    for extra in [(), (("X-A", "1"),), (("X-B", "1"), ("X-A", "2")), (("X-A", "2"), ("X-C", "1"))]
    for comments in LINES
]


def stated(key, state, place):
    """The message with this key in the state and place drawn for it, if there is any."""
    if state is None:
        return None
    references, extracted, sticky = place
    message = replace(
        state, id=key[1], context=key[0], references=references, extracted=extracted, sticky=sticky
    )
    if key[1] != PLURAL:
        return message
    plurals = (state.string, SECOND[state.string])
    return replace(message, string="", id_plural="cs", plurals=plurals)


@st.composite
def three(draw):
    """Three catalogs as PO files hold them; each side may have changed anything or nothing."""
    # Hypothesis likes to draw the same value thrice, which would leave nothing to merge.
    chance = draw(st.randoms(use_true_random=True))
    keys = chance.sample(KEYS, draw(st.integers(1, 4)))

    def thrice(values):
        base, ours, theirs = (chance.choice(values) for _ in range(3))
        changed = chance.choice([(ours, theirs), (ours, theirs), (ours, base), (base, theirs)])
        return base, *changed

    rows = [
        [stated(key, *drawn) for drawn in zip(thrice(STATES), thrice(PLACES), strict=True)]
        for key in keys
    ]
    catalogs = []
    for place, top in enumerate(thrice(TOPS)):
        start = chance.randrange(len(rows)) if chance.random() < 0.3 else 0
        turned = [row[place] for row in rows[start:] + rows[:start] if row[place]]
        catalogs.append(as_written(replace(top, messages=tuple(turned))))
    return catalogs


def as_written(catalog):
    """The catalog as a PO file gives it back."""
    return read_catalog("x.po", write_catalog(catalog))


def by_key(catalog):
    return {message.key: message for message in catalog.messages}


def texts_of(catalog):
    return {
        text for message in catalog.messages for text in (message.string, *message.plurals) if text
    }


some = settings(max_examples=100)


@some
@given(three())
def test_what_one_side_did_is_what_comes_of_it(sides):
    base, ours, _ = sides
    kept = merged(base, ours, base)
    assert (kept.catalog, kept.conflicts) == (ours, ())
    taken = merged(base, base, ours)
    assert by_key(taken.catalog) == by_key(ours)
    assert replace(taken.catalog, messages=()) == replace(ours, messages=())
    assert taken.conflicts == ()
    both = merged(base, ours, ours)
    assert (both.catalog, both.conflicts) == (ours, ())


@some
@given(three())
def test_no_new_text_is_lost(sides):
    base, ours, theirs = sides
    merge = merged(base, ours, theirs)
    event(f"{len(merge.conflicts)} conflicts")
    event(f"left out: {LEFT in str(merge.catalog)}")
    comments = {line.rstrip() for one in merge.catalog.messages for line in one.comments}
    for text in (texts_of(ours) | texts_of(theirs)) - texts_of(base) - texts_of(merge.catalog):
        shown = text.replace("\n", "\\n").rstrip()
        titles = ("conflict: theirs", "left out: theirs", "left out: ours")
        assert any(f"merge {title}: {shown}" in comments for title in titles)


@some
@given(three())
def test_a_merge_can_be_written_and_is_read_again(sides):
    merge = merged(*sides)
    data = write_catalog(merge.catalog)
    again = read_catalog("x.po", data)
    assert write_catalog(again) == data
    # The writer puts flags in gettext's order.
    assert with_sorted_flags(again) == with_sorted_flags(merge.catalog)


def with_sorted_flags(catalog):
    messages = (replace(one, flags=tuple(sorted(one.flags))) for one in catalog.messages)
    return replace(catalog, messages=tuple(messages))


@some
@given(three())
def test_merged_again_nothing_changes(sides):
    base, ours, theirs = sides
    once = merged(base, ours, theirs)
    assert merged(base, once.catalog, theirs) == once


@some
@given(three())
def test_both_directions_agree_but_for_who_is_first(sides):
    base, ours, theirs = sides
    here, there = merged(base, ours, theirs), merged(base, theirs, ours)
    assert set(here.conflicts) == set(there.conflicts)
    mine, other = by_key(here.catalog), by_key(there.catalog)
    assert mine.keys() == other.keys()
    for key, message in mine.items():
        assert message.obsolete == other[key].obsolete
        assert message.fuzzy == other[key].fuzzy
        assert set(message.references) == set(other[key].references)
        if key not in here.conflicts and message.translated:
            assert message.string == other[key].string
            assert message.plurals == other[key].plurals


@some
@given(three())
def test_only_conflicts_are_fuzzy_where_no_side_was(sides):
    base, ours, theirs = sides
    merge = merged(base, ours, theirs)
    mine, other = by_key(ours), by_key(theirs)
    for key, message in by_key(merge.catalog).items():
        before = [side[key].fuzzy for side in (mine, other) if key in side]
        if message.fuzzy and not any(before):
            assert key in merge.conflicts
        if key in merge.conflicts:
            assert not message.translated


# --- other programs

HERE = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
AUTHOR = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    **{f"GIT_{who}_NAME": "A" for who in ("AUTHOR", "COMMITTER")},
    **{f"GIT_{who}_EMAIL": "a@example.org" for who in ("AUTHOR", "COMMITTER")},
}
DRIVER = """
import sys
from pathlib import Path
from toolkit.catalogs.po import read_catalog, write_catalog
from toolkit.catalogs.merge.three_way import merged

base, ours, theirs = (read_catalog(name, Path(name).read_bytes()) for name in sys.argv[1:4])
merge = merged(base, ours, theirs)
Path(sys.argv[2]).write_bytes(write_catalog(merge.catalog))
sys.exit(bool(merge.conflicts))
"""
needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
needs_msgfmt = pytest.mark.skipif(
    shutil.which("msgfmt") is None, reason="GNU gettext's msgfmt is not installed"
)


class Repository:
    """A git repository with one catalog, `de.po`."""

    def __init__(self, folder, driver):
        self.folder = folder
        self.file = folder / "de.po"
        self.git("init", "--quiet", "--initial-branch=main")
        if driver:
            script = folder / ".git" / "driver.py"
            script.write_text(DRIVER, encoding="utf-8")
            command = f'"{sys.executable}" "{script}" %O %A %B'
            self.git("config", "merge.po.driver", command)
            (folder / ".git" / "info" / "attributes").write_text("*.po merge=po\n")

    def git(self, *words, check=True):
        environment = HERE | AUTHOR | {"PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            ["git", *words], cwd=self.folder, env=environment, capture_output=True, check=check
        )
        return done.returncode

    def commit(self, catalog):
        self.file.write_bytes(write_catalog(catalog))
        self.git("add", "de.po")
        self.git("commit", "--quiet", "--message", "x")

    def merge(self, base, ours, theirs):
        """Commit two branches and merge them; give the exit code of `git merge`."""
        self.commit(base)
        self.git("checkout", "--quiet", "-b", "side")
        self.commit(theirs)
        self.git("checkout", "--quiet", "main")
        self.commit(ours)
        return self.git("merge", "--quiet", "--no-edit", "side", check=False)


def translations(**strings):
    texts = ("one", "two", "three")
    messages = (Message(text, strings.get(text, ""), references=("a.md",)) for text in texts)
    date = {"two": EARLY, "three": LATE}.get(next(iter(strings), ""), "2024-01-01 00:00+0000")
    return Catalog(tuple(messages), (*HEADER, ("PO-Revision-Date", date)))


@needs_git
def test_git_merges_neighbours_by_the_driver_only(tmp_path):
    base, ours, theirs = translations(), translations(two="zwei"), translations(three="drei")
    for name in ("lines", "messages"):
        (tmp_path / name).mkdir()
    by_line = Repository(tmp_path / "lines", driver=False)
    assert by_line.merge(base, ours, theirs) == 1
    assert b"<<<<<<<" in by_line.file.read_bytes()
    by_message = Repository(tmp_path / "messages", driver=True)
    assert by_message.merge(base, ours, theirs) == 0
    result = read_catalog("de.po", by_message.file.read_bytes())
    assert [one.string for one in result.messages] == ["", "zwei", "drei"]
    assert dict(result.header)["PO-Revision-Date"] == LATE
    assert by_message.git("diff", "--quiet", "HEAD") == 0


@needs_git
def test_git_leaves_a_real_conflict_open_in_a_sound_file(tmp_path):
    repository = Repository(tmp_path, driver=True)
    sides = (translations(), translations(two="zwei"), translations(two="zwo"))
    assert repository.merge(*sides) == 1
    two = read_catalog("de.po", repository.file.read_bytes()).messages[1]
    assert (two.string, two.fuzzy, two.comments) == ("zwei", True, (NOTE + "zwo",))
    assert repository.git("diff", "--quiet", "--diff-filter=U", check=False) == 1


@needs_git
def test_a_catalog_new_on_both_branches_is_merged_too(tmp_path):
    repository = Repository(tmp_path, driver=True)
    repository.git("commit", "--quiet", "--allow-empty", "--message", "x")
    repository.git("checkout", "--quiet", "-b", "side")
    repository.commit(translations(three="drei"))
    repository.git("checkout", "--quiet", "main")
    repository.commit(translations(two="zwei"))
    assert repository.git("merge", "--quiet", "--no-edit", "side", check=False) == 0
    result = read_catalog("de.po", repository.file.read_bytes())
    assert [one.string for one in result.messages] == ["", "zwei", "drei"]


LONG = [f"text {number}" for number in range(8)]


@st.composite
def retold(draw):
    """A catalog of plain texts, and the same with some retold or talked about."""
    base = Catalog(tuple(Message(text, f"{text}!") for text in LONG), HEADER)
    sides = []
    for side in "xy":
        messages = []
        for message in base.messages:
            string = draw(st.sampled_from([message.string] * 3 + [f"{message.id} {side}"]))
            comments = draw(st.sampled_from([()] * 3 + [(side,)]))
            messages.append(replace(message, string=string, comments=comments))
        sides.append(replace(base, messages=tuple(messages)))
    return base, *sides


@needs_git
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sides=retold())
def test_where_git_can_merge_the_lines_it_comes_to_the_same(tmp_path, sides):
    base, ours, theirs = sides
    names = []
    for name, catalog in zip(("base", "ours", "theirs"), sides, strict=True):
        (tmp_path / name).write_bytes(write_catalog(catalog))
        names.append(name)
    command = ["git", "merge-file", "-p", "ours", "base", "theirs"]
    done = subprocess.run(command, cwd=tmp_path, env=HERE, capture_output=True, check=False)
    event(f"merged by line: {done.returncode == 0}")
    merge = merged(base, ours, theirs)
    assert done.returncode or not merge.conflicts
    assume(done.returncode == 0)
    assert read_catalog("x.po", done.stdout) == merge.catalog


@needs_msgfmt
@settings(max_examples=25)
@given(three())
def test_msgfmt_accepts_what_is_merged(sides):
    # msgfmt wants line feeds at the ends of msgid and msgstr alike; those are not merged here.
    data = write_catalog(merged(*sides).catalog)
    done = subprocess.run(
        ["msgfmt", "--check", "--output-file=-", "-"], input=data, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()


def test_a_message_is_never_there_twice():
    live, retired = said("A"), old("B")
    result = merged(Catalog(), Catalog((live,)), Catalog((retired,))).catalog
    assert len(result.messages) == 1
    with pytest.raises(CatalogError, match="twice"):
        write_catalog(Catalog((live, retired)))
