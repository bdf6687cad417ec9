"""The steps of a merge, each on both sides of what it decides."""

from dataclasses import replace

import pytest

from toolkit.catalogs.belonging import check_belongs, check_translates
from toolkit.catalogs.glossary import read_glossary
from toolkit.catalogs.machine_marks import (
    is_machine_made,
    is_mark,
    machine_mark,
    without_marks,
)
from toolkit.catalogs.merge import Fate, Rules, merge
from toolkit.catalogs.merge import alignment as alignments
from toolkit.catalogs.merge.alignment import elsewhere, origins
from toolkit.catalogs.merge.carrying import carried, slots_of
from toolkit.catalogs.merge.recutting import recut, spelled
from toolkit.catalogs.po.decoding import decode, is_utf8
from toolkit.catalogs.po.versions import versions_of
from toolkit.dialects import dialect_named
from toolkit.model.catalog import Catalog, Message
from toolkit.model.document import Document
from toolkit.model.errors import CatalogError, SettingsError
from toolkit.reading.page import Page
from toolkit.reading.segment import read


def texts(*found):
    return [Message(one, one.upper()) for one in found]


def catalog(*messages):
    return Catalog(tuple(messages))


def one_change(new, *old, **rules):
    (change,) = (
        one
        for one in merge(catalog(new), catalog(*old), Rules(**rules)).changes
        if one.fate is not Fate.OBSOLETE
    )
    return change


def test_a_fuzzy_text_of_another_catalog_is_taken_unless_none_is_wanted():
    far = Message("new", "neu", flags=("fuzzy",))
    for least, fate in ((0.0, Fate.FUZZY), (1.0, Fate.FUZZY), (1.1, Fate.NEW)):
        assert one_change(Message("new"), same=lambda _: far, least=least).fate is fate
    sure = one_change(Message("new"), same=lambda _: replace(far, flags=()), least=1.1)
    assert (sure.fate, sure.new.string) == (Fate.MOVED, "neu")


def test_an_edit_is_a_suggestion_from_the_least_likeness_on():
    old, new = Message("Open the red door", "Öffne"), Message("Open the blue door")
    (origin,) = origins([old], [new]).values()
    assert 0.3 < origin.likeness < 0.9
    assert one_change(new, old, least=origin.likeness).fate is Fate.FUZZY
    assert one_change(new, old, least=origin.likeness + 1e-9).fate is Fate.NEW
    assert one_change(new, old).lives_on


@pytest.mark.parametrize(
    ("known", "context", "wanted"),
    [
        # Those of the first one's state, and of these the one of the nearest context.
        ([("menu file", "A", ""), ("menu edit", "B", "")], "menu edit x", "B"),
        ([("menu file", "A", ""), ("menu edit x", "B", "fuzzy")], "menu edit xy", "A"),
        ([("menu edit", "A", "fuzzy"), ("menu edit x", "B", "fuzzy")], "menu edit xy", "B"),
        ([(None, "A", ""), ("menu edit", "B", "")], "menu edit x", "B"),
        ([("menu edit", "A", ""), ("menu edit", "B", "")], "menu edit x", "A"),
        ([("menu file", "A", ""), (None, "B", "")], None, "B"),
        ([("menu file", "A", ""), ("menu edit", "B", "")], None, "A"),
    ],
)
def test_the_same_text_is_taken_from_the_nearest_context(known, context, wanted):
    old = [
        Message("Open", string, context=one, flags=(flag,) if flag else ())
        for one, string, flag in known
    ]
    assert one_change(Message("Open", context=context), *old).new.string == wanted


@pytest.mark.parametrize(
    ("ids", "part", "found"),
    [
        (["a\n\nb"], "a", "A"),
        (["a\nb"], "b", "B"),
        (["a", "b"], "a b", "A\nB"),
        (["a", "b", "c", "d"], "a b c d", "A\nB\nC\nD"),
        (["a", "b", "c", "d"], "b c", "B\nC"),
        (["a", "b", "c", "d", "e"], "a b c d e", None),
        (["a", "b", "c", "d", "e"], "b c d e", "B\nC\nD\nE"),
        (["a"], "a", None),
        (["a", "b"], "b a", None),
    ],
)
def test_texts_are_cut_and_joined(ids, part, found):
    got = recut(texts(*ids)).get(spelled(part))
    assert (got.string if got else None) == found


def test_only_texts_of_one_state_are_joined_and_cut_where_both_have_the_pieces():
    a, b = texts("a", "b")
    fuzzy = replace(b, flags=("fuzzy",))
    assert "a b" not in recut([a, fuzzy])
    assert recut([replace(a, flags=("fuzzy",)), fuzzy])["a b"].fuzzy
    assert recut([Message("a\n\nb", "A")]) == {}
    assert recut([Message("a\n\nb", "A\n\nB\n\nC")]) == {}
    assert recut([Message("a", ""), b]) == {}
    assert recut([Message("a", "A", id_plural="as"), b]) == {}


def test_texts_are_cut_only_where_that_is_asked_for():
    old, new = Message("a\n\nb", "A\n\nB"), Message("a")
    assert one_change(new, old, recut=True).fate is Fate.MOVED
    assert one_change(new, old).fate is not Fate.MOVED


def test_changes_are_acceptable_where_nothing_is_said():
    old, new = Message("Keep 25 copies.", "Behalte 25."), Message("Keep 30 copies.")
    assert one_change(new, old).fate is Fate.CARRIED
    assert one_change(new, old, acceptable=lambda *_: False).fate is Fate.FUZZY
    asked = []

    def acceptable(*found):
        asked.append(found)
        return True

    one_change(new, old, acceptable=acceptable)
    assert asked == [("Keep 30 copies.", "Behalte 30.")]


@pytest.mark.parametrize(
    ("reason", "acceptable", "fate", "told"),
    [
        ("", True, Fate.UNAFFECTED, ""),
        ("", False, Fate.FUZZY, "the translation would fail a check"),
        ("a word", True, Fate.FUZZY, "a word"),
        (None, True, Fate.FUZZY, ""),
        (None, False, Fate.FUZZY, ""),
    ],
)
def test_a_writer_may_say_that_a_translation_still_fits(reason, acceptable, fate, told):
    old = Message("Open the red door", "Öffne", references=("a.md:1",))
    change = one_change(
        Message("Open the blue door"),
        old,
        objection=lambda *_: reason,
        acceptable=lambda *_: acceptable,
    )
    assert (change.fate, change.reason) == (fate, told)
    assert change.has_word is (reason is not None)
    assert change.unaffected is (fate is Fate.UNAFFECTED)
    assert change.new.string == "Öffne"
    assert change.new.fuzzy is (fate is Fate.FUZZY)


def test_a_text_of_elsewhere_has_to_be_more_alike_than_the_one_in_its_place():
    old, new = Message("Open the red door", "Öffne"), Message("Open the blue door")
    (origin,) = origins([old], [new]).values()
    far = Message("far", "weit", flags=("fuzzy",))

    def asked(*known, least=0.0):
        found = []

        def alike(_message, wanted):
            found.append(wanted)
            return far

        assert one_change(new, *known, alike=alike, least=least).new.string == "weit"
        return found

    assert asked(old) == [pytest.approx(origin.likeness + 0.1)]
    assert asked(old, least=0.95) == [0.95]
    assert asked() == [0.0]


def moved(old, new):
    return {
        key[1]: ([one.id for one in origin.messages], origin.in_place)
        for key, origin in origins(texts(*old), texts(*new)).items()
    }


LONG = "Install the big package on each of the nodes"


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (["a", "Open the red door", "b"], ["a", "Open the blue door", "b"], True),
        # Not where it stands between other neighbours.
        (["a", "Open the red door", "b"], ["a", "b", "Open the blue door"], False),
        (["a", "Open the red door"], ["b", "Open the blue door"], True),
        (["a", "zzz", "b"], ["a", "yyyyy", "b"], False),
        # Much was added: a text of four words goes on, a shorter one where it is alone.
        (["a", "Open the red door", "b"], ["a", f"Open the red door {LONG} {LONG}", "b"], True),
        (["a", "Open", "b"], ["a", f"Open {LONG} {LONG}", "b"], True),
        (["a", "Open", "b"], ["a", f"{LONG} {LONG} Open", "b"], True),
        (["a", "Open", "b"], ["a", f"{LONG} Open {LONG}", "b"], False),
        (["a", "Open", "zz", "b"], ["a", f"Open {LONG} {LONG}", "yyyy", "b"], False),
        (
            ["a", "Open the red door", "zz", "b"],
            ["a", f"{LONG} Open the red door {LONG}", "yyyy", "b"],
            True,
        ),
        (
            ["a", "Open the red", "zz", "b"],
            ["a", f"Open the red {LONG} {LONG}", "yyyy", "b"],
            False,
        ),
    ],
)
def test_an_edit_stands_between_the_same_neighbours(old, new, found):
    origin = moved(old, new)
    wanted = next((one for one in new if one not in old and "Open" in one), new[1])
    assert (wanted in origin) is found
    if found:
        assert origin[wanted] == ([old[1]], True)


def test_two_texts_that_were_joined_are_one_origin():
    left, right = "Install the package first", "then restart the whole cluster"
    assert moved(["a", left, right, "b"], ["a", f"{left} {right}", "b"]) == {
        f"{left} {right}": ([left, right], True)
    }
    # With a neighbour that says nothing of it, it is the one alone.
    assert moved(["a", left, "zzzz", "b"], ["a", f"{left} now", "b"]) == {
        f"{left} now": ([left], True)
    }
    four = ["x y z", left, right, "zzzz"]
    assert moved(["a", *four, "b"], ["a", f"{left} {right}", "b"]) == {
        f"{left} {right}": ([left, right], True)
    }
    three = ["x y z", left, right]
    assert moved(["a", *three, "b"], ["a", f"{left} {right}", "b"]) == {
        f"{left} {right}": ([left, right], True)
    }


def test_a_text_that_was_split_has_its_whole_for_each_part():
    left, right = "Install the package first", "and restart the cluster then"
    whole = f"{left} {right}"
    found = origins(texts("a", whole, "b"), texts("a", left, right, "b"))
    assert {key[1]: one.messages[0].id for key, one in found.items()} == {left: whole, right: whole}
    assert all(0.5 < one.likeness <= 1 for one in found.values())
    # A part of four of five words is one, of three of five is none.
    five = "one two three four five"
    assert moved(["a", f"{five} {LONG}", "zz", "b"], ["a", "q", "one two three four six", "b"])
    assert "one two three x y" not in moved(
        ["a", f"{five} {LONG} {LONG}", "zz", "b"], ["a", "q", "one two three x y", "b"]
    )


@pytest.mark.parametrize(("widest", "found"), [(2, True), (1, False)])
def test_neighbours_of_very_many_texts_tell_nothing(monkeypatch, widest, found):
    monkeypatch.setattr(alignments, "_WIDEST", widest)
    old, new = ["Open the red door", "zz"], ["Open the blue door", "yyyy"]
    assert bool(moved(old, new)) is found


@pytest.mark.parametrize(("size", "found"), [(200, True), (201, False)])
def test_two_hundred_texts_in_one_place_are_not_too_many(size, found):
    new = ["Open the blue door", *(f"zzz{number}" for number in range(size - 1))]
    assert bool(moved(["Open the red door"], new)) is found


def test_texts_elsewhere_are_not_in_place():
    old = texts("Open the red door of the house", "zz")
    ((message, origin),) = elsewhere(
        old, [Message("Open the blue door of the house"), Message("q")]
    )
    assert (message.id, origin.messages, origin.in_place) == (
        "Open the blue door of the house",
        (old[0],),
        False,
    )
    assert list(elsewhere([], [Message("q")])) == list(elsewhere(old, [])) == []


def counted(pair):
    return carried("1 pod and v2", f"{pair[0]} pod and {pair[1]}", "1 Pod und v2", lambda *_: False)


@pytest.mark.parametrize(
    ("numbers", "changed"),
    [
        # Only plain numbers count something; a version does not.
        (("1", "v3"), True),
        (("2", "v2"), False),
        (("2", "v3"), False),
        (("1.5", "v2"), True),
    ],
)
def test_a_number_that_counts_changes_its_words(numbers, changed):
    assert bool(counted(numbers)) is changed


@pytest.mark.parametrize(
    ("old", "new", "translation", "wanted"),
    [
        ("note", "**note**", "hinweis", "**hinweis**"),
        ("**note**", "note", "**hinweis**", "hinweis"),
        ("**note**", "*note*", "**hinweis**", "*hinweis*"),
        ("**note**", "note", "hinweis", None),
        ("note", "**note**", "*hinweis*", None),
        ("**note**", "*note*", "*hinweis*", None),
        ("note", "**other**", "hinweis", None),
    ],
)
def test_emphasis_of_a_whole_text_is_changed(old, new, translation, wanted):
    assert carried(old, new, translation) == wanted


def test_pieces_that_are_no_words_have_kinds():
    text = "See `a` [b](c) <d> {{ e }} https://f.example 12 **g**"
    assert list(slots_of(text)) == [
        ("code", "`a`"),
        ("target", "(c"),
        ("tag", "<d>"),
        ("macro", "{{ e }}"),
        ("address", "https://f.example"),
        ("number", "12"),
        ("mark", "**"),
        ("mark", "**"),
    ]


@pytest.mark.parametrize(
    ("string", "kept"),
    [
        # A suggestion that says what one or two others say is no translator's.
        ("eins", False),
        ("eins zwei", False),
        ("zwei eins", False),
        ("eins drei", True),
        ("drei eins", True),
        ("drei", True),
    ],
)
def test_a_suggestion_that_nobody_touched_goes(string, kept):
    old = catalog(
        Message("a", "eins"), Message("b", "zwei"), Message("c", string, flags=("fuzzy",))
    )
    merged = merge(catalog(Message("a"), Message("b")), old).catalog
    assert ("c" in {one.id for one in merged.messages}) is kept


@pytest.mark.parametrize(
    ("changes", "kept"),
    [
        ({"comments": ("mine",)}, True),
        ({"flags": ()}, True),
        ({"obsolete": True}, True),
        ({"id_plural": "cs", "plurals": ("eins", "")}, True),
        ({}, False),
    ],
)
def test_what_a_person_did_to_a_suggestion_keeps_it(changes, kept):
    one = replace(Message("c", "eins", flags=("fuzzy",)), **changes)
    merged = merge(catalog(Message("a")), catalog(Message("a", "eins"), one)).catalog
    assert ("c" in {message.id for message in merged.messages}) is kept


def test_a_catalog_of_another_page_is_told_with_its_line():
    page = catalog(Message("one", references=("a.md:1",)))
    for line, column in ((7, 1), (0, 0)):
        other = catalog(Message("two", "x", references=("b.md:3",), line=line))
        with pytest.raises(CatalogError, match=r"is the catalog of b\.md; not one text") as caught:
            check_belongs(other, page, "x.po")
        assert [(one.line, one.column) for one in caught.value.problems] == [(line, column)]
    fine = [
        catalog(),
        catalog(Message("one", "x", references=("b.md:3",))),
        catalog(Message("two", "x", references=("a.md:9",))),
        catalog(Message("two", "x")),
        catalog(Message("two", "x", references=("b.md:3",), obsolete=True)),
    ]
    for other in fine:
        check_belongs(other, page, "x.po")
    check_belongs(catalog(Message("two", references=("b.md:1",))), catalog(), "x.po")


def test_a_catalog_that_translates_nothing_is_told_with_its_line():
    dialect = dialect_named("gfm")
    document = Document("a.md", "one\n")
    page = Page(document, read(document, dialect))
    check_translates(catalog(Message("one", "x")), page, "x.po")
    check_translates(catalog(), page, "x.po")
    with pytest.raises(CatalogError, match=r"is not the catalog of a\.md") as caught:
        check_translates(catalog(Message("two", "x", line=4)), page, "x.po")
    assert [(one.line, one.column) for one in caught.value.problems] == [(4, 1)]


@pytest.mark.parametrize(
    ("name", "data", "places"),
    [
        ("g.csv", b"source,target\na,b\n,c\n", [(3, 1)]),
        ("g.csv", b"source,target\na,b\n\n,\n", []),
        ("g.csv", b"source,target\na,\n", [(2, 1)]),
        ("g.csv", b"target\na\n", [(1, 1)]),
        ("g.csv", b"", [(1, 1)]),
        ("g.csv", b"\xff", [(0, 0)]),
        ("g.csv", b'source,target\na,b\n"c', [(2, 1)]),
        ("g.csv", b"source,what\na,b\nc,d\n", [(2, 1), (3, 1)]),
        ("g.csv", b"source\na,b\n", [(2, 1)]),
        ("g.toml", b'[[term]]\nsource = "a"\nkeep = true\n[[term]]\nsource = ""\n', [(4, 1)]),
        ("g.toml", b'\n[[term]]\nwhat = "a"\n', [(2, 1)]),
        ("g.toml", b'term = [{ source = "" }, { source = "a", keep = true }]\n', [(1, 1)]),
        ("g.toml", b'term = "a"\n', [(1, 1)]),
        ("g.toml", b"term = [1]\n", [(1, 1)]),
        ("g.toml", b'other = 1\n[[term]]\nsource = "a"\n', [(1, 1)]),
        ("g.toml", b"", []),
    ],
)
def test_each_line_of_a_glossary_that_cannot_be_used_has_its_place(name, data, places):
    if not places:
        assert {term.source for term in read_glossary(name, data).terms} <= {"a"}
        return
    with pytest.raises(SettingsError) as caught:
        read_glossary(name, data)
    assert [(one.line, one.column) for one in caught.value.problems] == places


def test_marks_of_machines_are_told_from_comments():
    mark = machine_mark("deepl", "eins")
    assert is_mark(mark)
    assert is_mark(f"  {mark} ")
    assert not is_mark(f"{mark}0")
    assert without_marks(("mine", mark, "more")) == ("mine", "more")
    made = Message("one", "eins", comments=("mine", mark))
    assert is_machine_made(made)
    assert not is_machine_made(replace(made, string="eins!"))
    assert not is_machine_made(replace(made, comments=("mine",)))


@pytest.mark.parametrize(
    ("text", "versions"),
    [
        ("one", ("one",)),
        ("", ("",)),
        ("#-#-#-#-#  a.po  #-#-#-#-#\none\n#-#-#-#-#  b.po  #-#-#-#-#\ntwo", ("one", "two")),
        ("#-#-#-#-#  a.po  #-#-#-#-#\none\n#-#-#-#-#  b.po  #-#-#-#-#\none", ("one",)),
        ("#-#-#-#-#  a.po  #-#-#-#-#\none\n\n#-#-#-#-#  b.po  #-#-#-#-#\n", ("one\n",)),
    ],
)
def test_versions_that_msgcat_left(text, versions):
    assert versions_of(text) == versions


@pytest.mark.parametrize(
    ("charset", "utf8"),
    [("UTF-8", True), ("utf8", True), ("CHARSET", True), ("GB18030", False), ("no-such", False)],
)
def test_charsets_that_are_utf8(charset, utf8):
    assert is_utf8(charset) is utf8


def test_a_charset_that_nobody_knows_has_its_line():
    head = b'msgid ""\nmsgstr ""\n"Language: de\\n"\n'
    with pytest.raises(CatalogError) as caught:
        decode("x.po", head + b'"Content-Type: text/plain; charset=no-such\\n"\n')
    assert [(one.line, one.column) for one in caught.value.problems] == [(4, 0)]
    with pytest.raises(CatalogError) as caught:
        decode("x.po", b"\n" + head + b'"Content-Type: text/plain; charset=no-such\\n"\n')
    assert [(one.line, one.column) for one in caught.value.problems] == [(5, 0)]
    with pytest.raises(CatalogError) as caught:
        decode("x.po", head + b'"Content-Type: text/plain; charset=GB18030\\n"\n\xff')
    assert [(one.line, one.column) for one in caught.value.problems] == [(5, 1)]
    assert decode("x.po", b"a\r\nb\nc\r\n").newline == "\r\n"
    assert decode("x.po", b"a\r\nb\n").newline == "\n"
    assert decode("x.po", b"\xef\xbb\xbfa").bom
