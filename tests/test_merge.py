"""No translation is ever lost: matching, fuzzy, obsolete and back again."""

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from steps import calls

from toolkit.catalogs.merge import Rules, index
from toolkit.catalogs.merge import merge as merge_with_changes
from toolkit.catalogs.merge.index import Index
from toolkit.catalogs.merge.likeness import USEFUL, contained
from toolkit.language.locale import locale_of
from toolkit.model.catalog import Catalog, Message


def merge(template, catalog):
    return merge_with_changes(template, catalog).catalog


def template(*texts):
    return Catalog(tuple(Message(text, references=(f"a.md:{n}",)) for n, text in enumerate(texts)))


def translated(*pairs):
    return Catalog(tuple(Message(text, string) for text, string in pairs))


def states(catalog):
    return {
        message.id: (message.string, message.fuzzy, message.obsolete)
        for message in catalog.messages
    }


@pytest.mark.parametrize(
    ("forms", "string", "fuzzy", "comments"),
    [
        (("A", "A"), "A", False, ()),
        (("A", "B", "C"), "A", True, ("earlier translation: B", "earlier translation: C")),
        (("", "B"), "B", False, ()),
        (("", ""), "", False, ()),
    ],
)
@pytest.mark.parametrize("obsolete", [False, True])
def test_plural_forms_become_one_where_the_page_has_none(forms, string, fuzzy, comments, obsolete):
    old = Message("a", id_plural="as", plurals=forms, obsolete=obsolete)
    (message,) = merge(template("a"), Catalog((old,))).messages
    assert (message.id_plural, message.plurals, message.string) == (None, (), string)
    assert (message.fuzzy, message.comments) == (fuzzy, comments)


def test_plural_forms_of_the_template_stay():
    old = Message("a", id_plural="as", plurals=("A", "B"))
    fresh = Catalog((Message("a", id_plural="as", references=("a.py:1",)),))
    (message,) = merge(fresh, Catalog((old,))).messages
    assert message.plurals == ("A", "B")


def test_the_same_text_keeps_all_the_translator_wrote():
    old = Catalog((Message("a", "A", comments=("mine",), flags=("no-wrap",)),))
    (message,) = merge(template("a"), old).messages
    assert (message.string, message.comments, message.flags) == ("A", ("mine",), ("no-wrap",))
    assert message.references == ("a.md:0",)


def test_messages_stand_in_the_order_of_the_template():
    merged = merge(template("b", "new", "a"), translated(("a", "A"), ("b", "B")))
    assert [message.id for message in merged.messages] == ["b", "new", "a"]


def test_what_vanished_is_obsolete_and_comes_back_as_it_was():
    old = translated(("a", "A"), ("b", "B"))
    gone = merge(template("a"), old)
    assert states(gone)["b"] == ("B", False, True)
    assert states(merge(template("a", "b"), gone))["b"] == ("B", False, False)


def test_an_untranslated_text_that_vanished_leaves_nothing():
    assert states(merge(template("a"), Catalog((Message("a", "A"), Message("b"))))) == {
        "a": ("A", False, False)
    }


def test_a_text_in_the_place_of_one_like_it_is_fuzzy_with_the_previous_text():
    old = translated(("one", "eins"), ("The red house.", "Das rote Haus."), ("two", "zwei"))
    merged = merge(template("one", "The blue house.", "two"), old)
    message = merged.messages[1]
    assert (message.string, message.flags) == ("Das rote Haus.", ("fuzzy",))
    assert message.previous_id == "The red house."
    assert not message.translated
    assert "The red house." not in states(merged)


def test_a_text_in_the_place_of_an_unlike_one_is_untranslated():
    merged = merge(template("Xyz 123"), translated(("The red house.", "Das rote Haus.")))
    assert states(merged)["Xyz 123"] == ("", False, False)


CARRIED = [
    ("See [a](b.md).", "See [a](c.md).", "Siehe [A](b.md).", "Siehe [A](c.md)."),
    ("Use `a` or `a`.", "Use `b` or `b`.", "`a` oder `a`.", "`b` oder `b`."),
    ("Keep 25 copies.", "Keep 30 copies.", "Behalte 25 Kopien.", "Behalte 30 Kopien."),
    ("Since 1.6.7", "Since 1.7.0", "Seit 1.6.7", "Seit 1.7.0"),
    ("A *big* one", "A _big_ one", "Ein *großes*", "Ein _großes_"),
    ("Note", "**Note**", "Hinweis", "**Hinweis**"),
    ("Note it", "Note it.", "记下", "记下。"),
    ("Note:", "Note.", "注意：", "注意。"),
    ("注意,请", "注意，请", "Note, please", "Note, please"),
    ("a  b", "a b", "x", "x"),
]
ASKED = [
    ("See [a](b.md).", "See [a](c.md).", "Siehe A.", "the translation lacks the target"),
    ("Use `a` and `b`.", "Use `b` and `a`.", "`a` und `a`.", "other code than the source"),
    ("Use 3 of 3.", "Use 3 of 5.", "3 von 3.", "which of the two is not plain"),
    ("It works.", "It works?", "Es geht.", "a question is another sentence"),
    ("1 pod", "2 pods", "1 Pod", "words changed as well"),
    ("Wait 1 s", "Wait 2 s", "1 секунду", "the noun has another form"),
    ("a blue house", "a red house", "ein blaues Haus", "a word"),
]


@pytest.mark.parametrize(("old", "new", "translation", "wanted"), CARRIED)
def test_an_edit_that_needs_no_translator_is_carried_over(old, new, translation, wanted):
    result = merge_with_changes(template(new), translated((old, translation)))
    assert [
        (one.id, one.string, one.fuzzy) for one in result.catalog.messages if not one.obsolete
    ] == [(new, wanted, False)]


@pytest.mark.parametrize(("old", "new", "translation", "why"), ASKED)
def test_any_other_edit_is_the_translators(old, new, translation, why):
    rules = Rules(counts_alike=locale_of("ru").counts_alike)
    result = merge_with_changes(template(new), translated((old, translation)), rules)
    assert not any(one.translated for one in result.catalog.messages), why


def test_the_same_text_under_another_context_is_found():
    fresh = Catalog((Message("Open", context="menu"),))
    (message,) = (m for m in merge(fresh, translated(("Open", "Öffnen"))).messages if m.context)
    assert message.string == "Öffnen"


def test_two_obsolete_messages_of_one_text_become_one_with_both_translations():
    old = Catalog((Message("a", "A1"), Message("a", "A2", obsolete=True)))
    (message,) = merge(Catalog(), old).messages
    assert message.string == "A1"
    assert any("A2" in comment for comment in message.comments)


texts = st.lists(st.sampled_from([f"text number {n} of a page" for n in range(9)]), unique=True)


@given(st.lists(texts, min_size=1, max_size=6))
def test_no_history_of_a_page_loses_a_translation(history):
    catalog = merge(template(*history[0]), Catalog())
    written: set[str] = set()
    for page in history[1:]:
        catalog = translate_all(catalog, written)
        catalog = merge(template(*page), catalog)
        assert written <= {message.string for message in catalog.messages}
        live = [message.id for message in catalog.messages if not message.obsolete]
        assert live == page
        assert merge(template(*page), catalog) == catalog


def translate_all(catalog, written):
    messages = []
    for message in catalog.messages:
        string = message.string or f"translation of {message.id}"
        if not message.string:
            written.add(string)
        messages.append(replace(message, string=string))
    return replace(catalog, messages=tuple(messages))


@pytest.mark.parametrize(
    "edited",
    ["Install the big package and read much more.", "Install the package, and read on!"],
)
@pytest.mark.parametrize("rest", [(), ("A text that stays.",)], ids=["alone", "with others"])
def test_a_text_edited_deleted_and_restored_is_translated(edited, rest):
    text = "Install the package and read on."
    others = tuple(Message(one, "x") for one in rest)
    catalog = Catalog((Message(text, "Übersetzung"), *others))
    for texts in ((edited, *rest), rest, (text, *rest)):
        catalog = merge_with_changes(Catalog(tuple(map(Message, texts))), catalog).catalog
    assert catalog.messages[0] == Message(text, "Übersetzung")


@pytest.mark.parametrize(
    ("part", "share"), [("one two", 0), ("one two three", 1), ("one three two four", 0.75)]
)
def test_texts_of_three_words_can_be_part_of_another(part, share):
    assert contained(part, "zero one two three four") == share


@pytest.mark.parametrize(
    ("old", "translation", "new", "offered"),
    [
        (
            "Call `server-operator` and `server-agent` in this order",
            "依次调用 `server-operator` 和 `server-agent`",
            "Never start `server-operator` before the `server-agent` has been installed",
            True,
        ),
        (
            "Call `server-operator` and `server-agent` in this order",
            "依次调用这两个程序",
            "Never start `server-operator` before the `server-agent` has been installed",
            False,
        ),
        (
            "Call `server-operator` and `server-agent` in this order",
            "依次调用 `server-operator` 和 `server-agent`",
            "Buy `server-operator` and `server-agent` licences",
            True,
        ),
    ],
    ids=["names stay", "nothing stays", "much is alike"],
)
def test_a_text_is_offered_where_its_translation_would_stay(old, translation, new, offered):
    catalog = translated(("A text that stays.", "一"), (old, translation), ("Another one.", "二"))
    merged = merge(template("A text that stays.", "Another one.", "Something else.", new), catalog)
    assert bool(merged.messages[3].string) is offered


def many_texts(count, seed):
    chance = random.Random(seed)  # noqa: S311 - no secret
    words = ["".join(chance.choices("abcdefghij", k=5)) for _ in range(2000)]
    return [" ".join(chance.choices(words, k=chance.randint(4, 15))) for _ in range(count)]


def test_edited_texts_are_found_among_very_many(monkeypatch):
    monkeypatch.setattr(index, "_FEW", 100)
    texts = many_texts(2000, 1)
    found = Index(texts)
    for place in range(0, 2000, 40):
        first, _, rest = texts[place].partition(" ")
        nearest = found.nearest(f"{rest} {first}x", 0.4)
        assert nearest
        assert nearest[0] == place


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("Acknowledgments", "Acknowledgements"),
        ("Customizing Interpreters", "Customized Interpreters"),
        ("Exporters and resources", "Exporter and resource"),
        ("Install the reader", "Install the readers"),
    ],
)
def test_inflected_words_are_found_among_many_texts(text, known, monkeypatch):
    monkeypatch.setattr(index, "_FEW", 100)
    long = [f"Install the plugin {n} as the reader of these {n} long pages says" for n in range(90)]
    texts = [*long, *(f"text {n} says {n}" for n in range(90)), known]
    assert (Index(texts).nearest(text, USEFUL) or (0, 0))[0] == len(texts) - 1


def test_many_unknown_messages_take_time_in_proportion():
    def steps(count):
        old = Catalog(tuple(Message(text, string="x") for text in many_texts(count, 2)))
        new = Catalog(tuple(Message(text) for text in many_texts(count, 3)))
        return calls(lambda: merge_with_changes(new, old))

    assert steps(4000) < 2.4 * steps(2000)
