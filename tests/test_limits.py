"""What checks count and compare has a limit: both of its sides, and the places of findings."""

import json
from dataclasses import replace

import pytest

from toolkit.checks import language
from toolkit.checks.amounts import amounts, has_amount
from toolkit.checks.baseline import baseline_of, compared, read_baseline, without_gone
from toolkit.checks.emphasis import advice
from toolkit.checks.families import CHECKS
from toolkit.checks.fixes import fix_of, fixed
from toolkit.checks.harmless import objection
from toolkit.checks.language import another_language
from toolkit.checks.spelled import is_spelled, numbers_spelled
from toolkit.checks.subject import Subject
from toolkit.dialects import dialect_named
from toolkit.dialects.inline.emphasis import EmphasisRules
from toolkit.language.locale import locale_of
from toolkit.model.catalog import Catalog, Message
from toolkit.model.errors import SettingsError
from toolkit.model.findings import Finding, Fix, Severity

MKDOCS = dialect_named("mkdocs")
HEADER = (("Language", "de"), ("Plural-Forms", "nplurals=2; plural=(n != 1);"))


def subject(source, translation, to="de", *, start="en", header=HEADER, locales=("de",)):
    message = Message(source, translation, references=("a.md:1",))
    catalog = Catalog((message,), header)
    every = tuple(map(locale_of, locales))
    return Subject(catalog, locale_of(to), locale_of(start), MKDOCS, every)


def remarks(check, *texts, **more):
    return list(CHECKS[check].remarks(subject(*texts, **more)))


@pytest.mark.parametrize(
    ("source", "translation", "dead"),
    [
        # Of dead marks the first that the source has not as well.
        ("a * b **c**", "a * b 指_c_为 c", "_c_"),
        ("a * b **c**", "a * b * 指_c_为 c", "* b *"),
        ("**c**", "指_c_为", "_c_"),
        ("**a** * b", "**a **c * b", "**a **"),
    ],
)
def test_dead_emphasis_names_what_the_source_has_not(source, translation, dead):
    (found,) = remarks("dead-emphasis", source, translation, "zh-Hans")
    assert found.piece == dead


@pytest.mark.parametrize(
    ("piece", "whole_words", "says"),
    [
        ("** b **", "_", "remove the spaces inside"),
        ("_ b _", "_", "remove the spaces inside"),
        ("\\*", "_", "remove the backslash"),
        ("**", "_", "its partner is missing"),
        ("_c_", "_", "write asterisks"),
        ("_c_", "", "write asterisks"),
        # Where asterisks work no better, only spaces help.
        ("_c_", "*_", "put spaces around"),
        ("**c：**", "_", "put spaces around"),
    ],
)
def test_advice_about_dead_marks(piece, whole_words, says):
    assert advice(piece, EmphasisRules(whole_words=frozenset(whole_words))).startswith(says)


LENGTHS = [
    ("en", "zh-Hans", 30, [(3, "short"), (4, ""), (36, ""), (37, "long")]),
    ("en", "zh-Hans", 100, [(11, "short"), (12, ""), (120, ""), (121, "long")]),
    ("en", "zh-Hans", 29, [(1, ""), (99, "")]),
    ("zh-Hans", "en", 20, [(15, "short"), (16, ""), (160, ""), (161, "long")]),
    ("zh-Hans", "en", 12, [(9, "short"), (10, ""), (96, ""), (97, "long")]),
    ("zh-Hans", "en", 11, [(1, ""), (200, "")]),
    ("zh-Hans", "ja", 20, [(7, "short"), (8, ""), (50, ""), (51, "long")]),
    ("zh-Hans", "ja", 11, [(1, ""), (99, "")]),
    ("en", "de", 30, [(11, "short"), (12, ""), (75, ""), (76, "long")]),
    ("en", "de", 29, [(1, ""), (200, "")]),
]


@pytest.mark.parametrize(("start", "to", "size", "sizes"), LENGTHS)
def test_a_translation_is_too_short_or_too_long_from_there_on(start, to, size, sizes):
    letter = {"en": "a", "de": "b", "zh-Hans": "字", "ja": "時"}
    for length, word in sizes:
        found = remarks("length", letter[start] * size, letter[to] * length, to, start=start)
        assert [one.text.split(" for ")[0] for one in found] == [f"is very {word}"] * bool(word)


@pytest.mark.parametrize(
    ("text", "to", "looks"),
    [
        ("字" * 39, "de", ""),
        ("字" * 40, "de", "a language of another script"),
        # A tenth of the letters is enough of its own.
        ("字" * 10 + "a" * 90, "zh-Hans", ""),
        ("字" * 9 + "a" * 91, "zh-Hans", "a language of another script"),
        # Japanese has at least a kana for twenty Han characters, if it is long enough.
        ("字" * 40, "ja", "Chinese"),
        ("字" * 39 + "か", "ja", ""),
        ("字" * 40 + "か", "ja", "Chinese"),
        ("字" * 40 + "かな", "ja", ""),
        # Chinese has no more than a kana for ten.
        ("字" * 40 + "かなかな", "zh-Hans", ""),
        ("字" * 40 + "かなかなか", "zh-Hans", "Japanese"),
        ("字" * 40 + "かなかなか", "zh-Hant", "Japanese"),
    ],
)
def test_letters_tell_the_script_of_a_page(text, to, looks):
    found = remarks("wrong-language", "x", text, to, locales=(to,))
    assert [one.text.split(" look like ")[1].split(", not ")[0] for one in found] == (
        [looks] if looks else []
    )


@pytest.mark.parametrize(
    ("language_", "probability", "found"),
    [("en", 0.9, ["English"]), ("en", 0.89, []), ("de", 0.99, []), ("fr", 0.95, ["French"])],
)
def test_a_page_is_in_another_language_where_that_is_likely(
    monkeypatch, language_, probability, found
):
    monkeypatch.setattr(language, "most_probable", lambda *_: (language_, probability))
    remarked = remarks("wrong-language", "x", "a" * 40, locales=("de", "fr"))
    assert [one.text.split(" look like ")[1].split(",")[0] for one in remarked] == found


@pytest.mark.parametrize(
    ("letters", "best", "probability", "found"),
    [
        (60, "en", 0.99, "another language (en)"),
        (60, "en", 0.98, ""),
        (59, "en", 0.99, ""),
        (60, "de", 0.99, ""),
    ],
)
def test_a_single_text_has_to_be_longer_and_surer(monkeypatch, letters, best, probability, found):
    monkeypatch.setattr(language, "most_probable", lambda *_: (best, probability))
    assert another_language("a" * letters, locale_of("de")) == found


def test_the_script_of_a_single_text_is_clear_from_forty_letters():
    assert another_language("字" * 40, locale_of("de")) == "a language of another script"
    assert another_language("字" * 39, locale_of("de")) == ""


SAME = [
    ("open the door", True),
    ("open the Door", False),
    ("open a door", False),
    ("open it", False),
]


@pytest.mark.parametrize(("text", "same"), SAME)
def test_three_words_are_a_translation_that_was_forgotten(text, same):
    assert bool(remarks("same-as-source", text, text)) is same


@pytest.mark.parametrize(("text", "same"), [("先安装好它再", True), ("先安装好它", False)])
def test_six_characters_are_a_translation_that_was_forgotten(text, same):
    assert bool(remarks("same-as-source", text, text, start="zh-Hans")) is same


@pytest.mark.parametrize(
    ("source", "translation", "start", "to", "left"),
    [
        # Four words, of which three are no names.
        ("a b", "then restart the Pod", "en", "zh-Hans", 0),
        ("now then restart the Pod", "先 then restart the Pod", "en", "zh-Hans", 1),
        ("now then restart a Pod", "先 then restart a Pod", "en", "zh-Hans", 0),
        ("now then restart the Pod", "先 then restart the pod", "en", "zh-Hans", 0),
        ("参见徐俊杰", "See 徐俊杰", "zh-Hans", "en", 0),
        ("参见徐俊杰等", "See 徐俊杰等", "zh-Hans", "en", 1),
        ("参见他人文章", "See 徐俊杰等", "zh-Hans", "en", 0),
    ],
)
def test_words_of_the_source_are_left(source, translation, start, to, left):
    assert len(remarks("source-left", source, translation, to, start=start)) == left


@pytest.mark.parametrize(
    ("source", "translation", "lost"),
    [
        ("Keep 9 copies.", "Behalten Sie Kopien.", []),
        ("Keep 10 copies.", "Behalten Sie Kopien.", ["10"]),
        # Another number is not the one that was left out.
        ("Keep 9 copies.", "Behalten Sie 8 Kopien.", ["9"]),
        ("Keep 10 copies.", "Behalten Sie zehn Kopien.", []),
        ("Keep 3 of 10.", "Behalten Sie von 10.", []),
    ],
)
def test_numbers_below_ten_may_be_missing(source, translation, lost):
    assert [one.piece for one in remarks("number", source, translation)] == lost


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("Cómo va?", 1),
        ("Va?", 0),
        ("¿Cómo va?", 0),
        # Code at the end of a question may be a word of any language.
        ("Cómo va `x`?", 0),
        ("Cómo va `x`s?", 1),
        ("Cómo va `x` y?", 1),
    ],
)
def test_spanish_sentences_of_two_words_open(text, marks):
    assert len(remarks("spanish-marks", "x?", text, "es")) == marks


@pytest.mark.parametrize(
    ("number", "text", "to", "spelled"),
    [
        (100, "सौ", "hi", True),
        (100, "hundert Knoten", "de", True),
        (1000, "ein tausend", "de", True),
        (100, "jahrhundert", "de", False),
        (3, "drei", "de", True),
        (3, "dreist", "de", True),
        (3, "vier", "de", False),
        # The one of a hundred goes, but no single character is left for it.
        (100, "百", "zh-Hans", False),
        (100, "一百", "zh-Hans", True),
    ],
)
def test_numbers_are_spelled_with_or_without_their_one(number, text, to, spelled):
    assert is_spelled(number, text, locale_of(to)) is spelled
    assert (number in numbers_spelled(text, locale_of(to))) is spelled


@pytest.mark.parametrize(
    ("text", "to", "found"),
    [
        ("1.5 million", "en", {1: 1_500_000, 5: 1_500_000}),
        ("1,500 million", "en", {1500: 1_500_000_000}),
        ("100 万", "zh-Hans", {100: 1_000_000}),
        ("100 多万人", "zh-Hans", {100: 1_000_000}),
        ("3 万亿", "zh-Hans", {3: 3_000_000_000_000}),
        ("3 Millionen", "de", {3: 3_000_000}),
        ("3 millionaires", "en", {}),
        ("a million", "en", {}),
        ("5 apples", "en", {}),
        ("0,5 Millionen", "de", {0: 500_000, 5: 500_000}),
    ],
)
def test_amounts_are_numbers_before_words_of_their_size(text, to, found):
    assert amounts(text, locale_of(to)) == found


def test_a_language_without_words_of_size_has_no_amounts():
    plain = locale_of("he")
    assert not plain.size_words
    assert amounts("5 apples", plain) == {}
    assert has_amount(5, "5 apples", frozenset({5}), plain)
    assert not has_amount(7, "5 apples", frozenset({5}), plain)


@pytest.mark.parametrize(
    ("value", "text", "has"),
    [
        (2_000_000, "2 million", True),
        (2_000_000, "two million", True),
        (2_000_001, "two million", False),
        (3_000_000, "two million", False),
        (2_000_000, "two thousand", False),
    ],
)
def test_an_amount_is_written_in_digits_or_words(value, text, has):
    assert has_amount(value, text, frozenset(), locale_of("en")) is has


FIVE = "Read this page with care"
TEN = "Read this page with care and that leaf of them"


@pytest.mark.parametrize(
    ("old", "new", "small"),
    [
        (FIVE, FIVE.replace("page", "book"), True),
        (FIVE, FIVE.replace("page with", "book for"), False),
        (TEN, TEN.replace("page with", "book for"), True),
        (TEN, TEN.replace("page with care", "book for fun"), False),
        ("Read this page here", "Read this book here", True),
        ("Read this page", "Read this book", False),
        # Words that are gone count as well, and so do new ones.
        (TEN, TEN.replace(" page with care", ""), False),
        (FIVE, f"{FIVE} here today", False),
    ],
)
def test_one_word_of_five_may_be_another(old, new, small):
    words = "" if small else "more than a few letters changed"
    assert objection(old, new, locale_of("en")) == words


def finding(check="number", text="one", line=1):
    return Finding("de.po", line, check, Severity.WARNING, text, message="m")


def test_a_baseline_hides_so_many_findings_as_it_holds():
    one, other = finding(), finding(text="two")
    entries = read_baseline("base.json", baseline_of([one, one, other]))
    assert len(entries) == 3
    everything = compared([one, one, one], entries, lambda _: True)
    assert (everything.fresh, everything.hidden) == ((one,), 2)
    assert [entry.fingerprint for entry in everything.gone] == [other.fingerprint]
    # What this run could not find is not gone.
    some = compared([one], entries, lambda entry: entry.fingerprint == one.fingerprint)
    assert (some.fresh, some.hidden, len(some.gone), len(some.left)) == ((), 1, 1, 2)
    left = read_baseline("base.json", without_gone(everything))
    assert sorted(entry.fingerprint for entry in left) == [one.fingerprint] * 2
    assert read_baseline("base.json", without_gone(compared([], entries, lambda _: True))) == ()


@pytest.mark.parametrize("check", ["stale", "syntax", "incomplete"])
def test_a_baseline_never_hides_what_has_to_change(check):
    one = finding(check)
    assert read_baseline("base.json", baseline_of([one])) == ()
    held = baseline_of([finding("number")]).replace(b'"number"', f'"{check}"'.encode())
    result = compared([one], read_baseline("base.json", held), lambda _: True)
    assert (result.fresh, result.hidden) == ((one,), 0)


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b'{"version": 2, "findings": []}', (0, 0)),
        (b'{"version": 1}', (0, 0)),
        (b"[]", (0, 0)),
        (b'{"version": 1, "findings": [1]}', (0, 0)),
        (b"\xff", (0, 0)),
        (b'{\n  "version" 1}', (2, 13)),
    ],
)
def test_what_is_no_baseline_has_its_place(data, place):
    with pytest.raises(SettingsError) as caught:
        read_baseline("base.json", data)
    assert [(one.line, one.column) for one in caught.value.problems] == [place]
    assert json.loads(baseline_of([]))["findings"] == []


@pytest.mark.parametrize(
    ("source", "translation", "wanted"),
    [
        ("one", "\neins\n", "eins"),
        ("\none", "eins", "\neins"),
        ("one\n", "eins", "eins\n"),
        ("\none\n", "\n\neins\n", "\n\neins\n"),
        ("\none", "\neins\n", "\neins"),
        ("one\n", "\neins\n", "eins\n"),
        ("one", "\n", "\n"),
        ("one", "eins", "eins"),
    ],
)
def test_line_breaks_at_the_edges_are_mended(source, translation, wanted):
    one = subject(source, translation)
    (message,) = fixed(one, ("edge-newline",), ()).messages
    assert message.string == wanted
    mended = fix_of("edge-newline", one.catalog.messages[0], one)
    assert mended is (Fix.NONE if wanted == translation else Fix.SAFE)


@pytest.mark.parametrize(
    ("source", "translation", "wanted"),
    [
        ("one", " eins ", "eins"),
        (" one", " eins ", " eins"),
        ("one ", " eins ", "eins "),
        ("a", "\u3000b\u00a0", "b"),
        (" a", " b ", " b"),
        ("a ", " b ", "b "),
        ("a", "  ", "  "),
    ],
)
def test_blanks_at_the_edges_are_mended(source, translation, wanted):
    one = subject(source, translation)
    (message,) = fixed(one, ("edge-blank",), ()).messages
    assert message.string == wanted


@pytest.mark.parametrize(
    ("check", "header", "fix"),
    [
        ("language", HEADER[1:], Fix.SAFE),
        ("language", HEADER, Fix.NONE),
        ("plural-forms", HEADER[:1], Fix.SAFE),
        ("plural-forms", HEADER, Fix.NONE),
        ("header", (), Fix.NONE),
        # Nobody knows which of two lines is meant.
        ("language", (*HEADER[1:], *HEADER[1:]), Fix.NONE),
    ],
)
def test_what_lacks_in_a_header_is_mended(check, header, fix):
    assert fix_of(check, None, subject("a", "b", header=header)) is fix


def test_only_translations_are_mended():
    one = subject("one", " eins ")
    for changes in ({"flags": ("fuzzy",)}, {"id_plural": "ones", "plurals": (" eins ", "b")}):
        (message,) = one.catalog.messages
        other = replace(one.catalog, messages=(replace(message, **changes),))
        assert fixed(replace(one, catalog=other), ("edge-blank",), ()) == other


def test_style_is_mended_where_it_is_named_in_its_languages():
    german = subject('"a"', '"b"')
    assert fixed(german, ("quotation-marks",), ()) == german.catalog
    (message,) = fixed(german, (), ("quotation-marks",)).messages
    assert message.string == "„b“"
    assert fix_of("quotation-marks", german.catalog.messages[0], german) is Fix.STYLE
    chinese = subject("a", "中文, 中文", "de")
    assert fixed(chinese, (), ("chinese-punctuation",)) == chinese.catalog
    assert fix_of("chinese-punctuation", chinese.catalog.messages[0], chinese) is Fix.NONE
