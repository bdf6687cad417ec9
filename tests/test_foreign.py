"""What a translation may bring in, and what it may not: a case for each kind of attack."""

import tomllib
from pathlib import Path

import pytest
from mkdocs.utils.meta import get_data

from toolkit.dialects import dialect_named
from toolkit.dialects.dialect import CodePart
from toolkit.language.locale import locale_of
from toolkit.model.catalog import MessageKey
from toolkit.model.document import Document
from toolkit.project.settings_on_disk import find_settings
from toolkit.project.settings_reading import read_settings
from toolkit.reading.segment import FRONT_MATTER_KEYS, read
from toolkit.writing.guard import Guard

KINDS = tomllib.loads(
    (Path(__file__).parent / "fixtures/hijack/kinds.toml").read_text(encoding="utf-8")
)["case"]
CASES = [
    pytest.param(case, dialect, id=f"{case['title']}, {dialect}")
    for case in KINDS
    for dialect in case["dialects"]
]


def built(page, dialect, translation, unit, allowed=()):
    document = Document("page.md", page)
    reading = read(document, dialect)
    assert unit in {one.text for one in reading.units}
    guard = Guard(dialect, FRONT_MATTER_KEYS, allowed)
    return guard.built(document, reading, {(None, unit): translation})


@pytest.mark.parametrize(("case", "dialect"), CASES)
def test_an_attack_is_refused_by_its_name(case, dialect):
    result = built(case["page"], dialect_named(dialect), case["translation"], case["unit"])
    assert result.document.text == case["page"]
    (refusal,) = result.refusals
    assert case["refused"] in refusal.reason


@pytest.mark.parametrize("dialect", ["commonmark", "mkdocs", "docusaurus", "hugo"])
@pytest.mark.parametrize(
    "text",
    [
        'Der <span dir="rtl" lang="he">שלום</span> hier.',
        "Der <bdi>שלום</bdi> hier.",
        'Der <span translate="no">Name</span>.',
        "Der \u2067שלום\u2069 hier.",
    ],
)
@pytest.mark.parametrize("page", ["{}\n", "## {}\n", "{}\n===\n", "> {}\n"])
def test_what_tells_direction_and_language_may_come(dialect, text, page):
    result = built(page.format("Words here."), dialect_named(dialect), text, "Words here.")
    assert result.document.text == page.format(text)


@pytest.mark.parametrize(
    "text",
    [
        '<span dir="rtl" onclick="x">a</span>',
        '<span class="x">a</span>',
        '<span lang="x&quot;y">a</span>',
        '<bdi dir="rtl">a',
        "a</bdi>",
        "<span><bdi>a</span></bdi>",
        "\u2067a",
        "a\u2069",
        "\u2067a\nb\u2069",
        "\u202ea",
    ],
)
def test_what_acts_or_is_left_open_may_not(text):
    assert built("Words here.\n", dialect_named("mkdocs"), text, "Words here.").refusals


@pytest.mark.parametrize(
    "text",
    [
        '<span dir="rtl" onclick="x">a</span>',
        '<bdi dir="rtl">a',
        "<span><bdi>a</span></bdi>",
        '<bdi>a" onclick=b</bdi>',
        '"<bdi></bdi>onclick=a',
        "<scr<bdi>ipt</bdi>",
        "<a<bdi>b</bdi> href=c>",
        "&lt;bdi&gt;<bdi>a</bdi>",
        "<bdi>a&lt;script</bdi>",
    ],
)
def test_what_only_tells_direction_hides_nothing_in_a_heading(text):
    page = "# Words here.\n"
    assert built(page, dialect_named("mkdocs"), text, "Words here.").refusals


def test_a_string_of_code_keeps_its_end():
    dialect = dialect_named("mkdocs").translating_code({"*": CodePart.TEXTS})
    page = 'Text.\n\n```toml\na = "Words here"\n```\n'
    assert built(page, dialect, "Worte\\", "Words here").refusals
    assert not built(page, dialect, "Worte \\\\", "Words here").refusals


@pytest.mark.parametrize("dialect", ["commonmark", "mkdocs", "docusaurus", "hugo", "myst"])
@pytest.mark.parametrize("mark", [">", "- ", "* ", "[", "(", "{", "<", "`", "_", "\\", "> - "])
def test_depth_and_length_end_nothing(dialect, mark):
    page = "Words here.\n\n- Item\n"
    for text in (mark * 300, "a " + mark * 3000):
        result = built(page, dialect_named(dialect), text, "Words here.")
        again = read(result.document, dialect_named(dialect))
        assert [token.type for token in again.tokens].count("bullet_list_open") == 1


def test_the_guilty_are_found_in_their_blocks():
    page = "".join(f"paragraph {number}\n\n- item {number}\n\n" for number in range(60))
    dialect = dialect_named("commonmark")
    document = Document("page.md", page)
    reading = read(document, dialect)
    texts: dict[MessageKey, str] = {}
    texts |= {(None, f"item {number}"): "x\n\n<!-- \n\n" for number in range(0, 60, 2)}
    texts |= {(None, f"paragraph {number}"): f"Absatz {number}" for number in range(60)}
    result = Guard(dialect, ()).built(document, reading, texts)
    assert {refusal.unit.text for refusal in result.refusals} == {
        f"item {number}" for number in range(0, 60, 2)
    }
    assert result.document.text == page.replace("paragraph", "Absatz")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("template: x", "&#116;emplate: x\n\nMore\n"),
        ("template: x\n\ny", "&#116;emplate: x\ny\n\nMore\n"),
        ("title:x\nhide: y", "&#116;itle:x\nhide: y\n\nMore\n"),
    ],
)
def test_no_text_becomes_the_first_lines_of_metadata(text, expected):
    result = built("Words here.\n\nMore\n", dialect_named("mkdocs"), text, "Words here.")
    assert result.document.text == expected
    assert not get_data(result.document.text)[1]


def test_no_text_adds_to_the_metadata_in_front_of_it():
    page = "title: Some\nWords here.\n\nMore\n"
    result = built(page, dialect_named("mkdocs"), "template: x\nand more", "Words here.")
    assert get_data(result.document.text)[1] == {"title": "Some"}


@pytest.mark.parametrize(
    ("dialect", "expected"),
    [
        ("gfm", "见 <https://example.org/a>，以及。\n"),
        ("mkdocs", "见 <https://example.org/a>，以及。\n"),
        ("commonmark", "见 https://example.org/a，以及。\n"),
    ],
)
def test_a_bare_url_ends_in_front_of_the_sentence(dialect, expected):
    page = "See https://example.org/a now.\n"
    text = "见 https://example.org/a，以及。"
    result = built(page, dialect_named(dialect), text, page.strip())
    assert result.document.text == expected


def test_a_text_behind_a_tag_has_no_mark_of_a_quote_in_its_second_line():
    page = '> <p title="x">Words here</p>\n'
    result = built(page, dialect_named("gfm"), "Eins\nzwei", "Words here")
    assert result.document.text == '> <p title="x">Eins\n>              zwei</p>\n'


def test_what_is_allowed_may_differ_by_locale(tmp_path):
    (tmp_path / "content").mkdir()
    (tmp_path / "yiben.toml").write_text(
        'source = "en"\ntargets = ["de", "fr"]\n'
        'allow = { "*" = ["kbd"], de = ["de.example.org"] }\n'
    )
    settings = read_settings(find_settings(tmp_path))
    assert settings.allowed(locale_of("de")) == ("kbd", "de.example.org")
    assert settings.allowed(locale_of("fr")) == ("kbd",)
    assert settings.allowed() == ("kbd",)


@pytest.mark.parametrize(
    ("page", "text", "expected"),
    [
        ("- [ ] Write it.\n", "Schreib [x](#a).", None),
        ("- [ ] Write it.\n", "Schreib [x] und [X].", "- [ ] Schreib [&#120;] und [&#88;].\n"),
        ("- [ ] Write it.\n", "Schreib\\\n[x].", "- [ ] Schreib\\\n      [x].\n"),
        ("- [x] Write it.\n", "Schreib [x].", "- [x] Schreib [x].\n"),
        ("- Write it.\n", "Schreib [x].", "- Schreib [x].\n"),
    ],
)
def test_the_box_of_a_task_stays_open(page, text, expected):
    result = built(page, dialect_named("gfm"), text, "Write it.")
    assert result.document.text == (page if expected is None else expected)


@pytest.mark.parametrize(
    ("dialect", "start"),
    [
        ("hugo", "<meta http-equiv=refresh>"),
        ("hugo", "</ div> <b onclick=x>"),
        ("hugo", "<script/> <b onclick=x>"),
        ("gfm", "<source onerror=x>"),
    ],
)
def test_a_block_that_only_the_program_knows_cuts_no_code(dialect, start):
    """Goldmark and cmark-gfm have starts of blocks of their own: these lines are no code."""
    result = built(
        "Words here.\n", dialect_named(dialect), f"Worte `a\n{start} b` c", "Words here."
    )
    assert f"\n{start}" not in result.document.text
