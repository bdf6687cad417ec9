"""Pages of Quarto: Pandoc shows localized ones as it shows their sources."""

import re
from functools import partial

import judges
import pytest
import quarto_pages
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from mirrors import Mirror, pages_or_skip
from projects import project, yiben
from shown_pages import differing
from steps import calls

from toolkit.dialects import dialect_named
from toolkit.dialects.inline import marks
from toolkit.dialects.inline.pandoc import code_at
from toolkit.model.catalog import MessageKey
from toolkit.model.document import Document
from toolkit.reading.anchors import heading_ids
from toolkit.reading.segment import FRONT_MATTER_KEYS, read
from toolkit.writing.guard import Guard

DIALECT = dialect_named("quarto")
SETTINGS = 'source = "en"\ntargets = ["de"]\ndialect = "quarto"\noutput = "b/{locale}/{path}"\n'
HEADINGS = """\
# Plain words

## Plain words

## Über `code` & *more*

## With an id {#own .wide}

3. is a number
--------------

## 3.2 numbers first

### A [link](x.md), "quotes" -- dashes

### What's new?
"""
IDS = [
    *("plain-words", "plain-words-1", "über-code-more", "own", "is-a-number", "numbers-first"),
    *("a-link-quotes-dashes", "whats-new"),
]
THEMES = """\
# Big theme

See [Big theme], [the theme][Big theme].

## **Small** one

Not [**Small** one].

Also [Big theme] and [x]{.a}.
"""
QUARTO = """\
# The site
project:
  type: website
website:
  title: Harbours
  navbar:
    left:
      - href: index.qmd
        text: Home page
format:
  html:
    theme: cosmo
"""


def built(text, translations, allowed=()):
    document = Document("a.qmd", text)
    reading = read(document, DIALECT)
    keys: dict[MessageKey, str] = {(None, one): words for one, words in translations.items()}
    return Guard(DIALECT, FRONT_MATTER_KEYS, allowed).built(document, reading, keys)


@pytest.mark.peers
def test_ids_are_those_of_pandoc():
    (html,) = quarto_pages.shown([HEADINGS])
    assert re.findall(r'<h[1-6][^>]*\bid="([^"]*)"', html) == IDS


def test_our_ids_are_those_that_pandoc_has_shown():
    document = Document("a.qmd", HEADINGS)
    headings = heading_ids(read(document, DIALECT), document, DIALECT, "pandoc")
    assert [one.id for one in headings] == IDS


def test_references_to_headings_become_links_where_these_are_translated():
    see = "See [Big theme], [the theme][Big theme]."
    made = built(
        THEMES,
        {
            "Big theme": "Thema",
            "**Small** one": "Klein",
            see: "Siehe [Thema], [das Thema][Big theme].",
        },
    )
    assert made.text == (
        "# Thema\n\nSiehe [Thema](#big-theme), [das Thema](#big-theme).\n\n"
        "## Klein\n\nNot [**Small** one](#small-one).\n\n"
        "Also [Big theme](#big-theme) and [x]{.a}.\n"
    )
    assert built(THEMES, {see: "Siehe [Big theme]."}).text.count("(#") == 0


def test_headings_that_references_name_keep_their_ids(tmp_path):
    root = project(tmp_path, {"a.qmd": THEMES}, SETTINGS)
    assert yiben(root, "update").returncode == 0
    path = root / "locales/de/LC_MESSAGES/a.po"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"Big theme"\nmsgstr ""', '"Big theme"\nmsgstr "Thema"'))
    assert yiben(root, "build").returncode == 0
    page = (root / "b/de/a.qmd").read_text(encoding="utf-8")
    assert page.startswith("# Thema {#big-theme}\n")


@pytest.mark.parametrize(
    ("source", "translation", "shown"),
    [
        ("Value of `r x` here.", "Wert von `r y`.", ""),
        ("Some words here.", "Wort `{python} evil()`.", ""),
        ("Words `<b>`{=html} here.", "Wort `<script>x</script>`{=html}.", ""),
        ("Some words here.", "Wort @fig-evil.", ""),
        ("Some words here.", "Wort [@evil].", ""),
        ("Some words here.", "Wort {{< include evil.qmd >}}.", ""),
        ("Some words here.", "Wort ^[Notiz].", "Wort \\^[Notiz]."),
        ("Some words here.", "Wort \\evil.", "Wort \\\\evil."),
        ("Some words here.", "Wort \\input{evil}.", ""),
        ("Some words here.", "Ein [Wort und $5.", "Ein \\[Wort und \\$5."),
        ("Some words here.", "(a) Wort", "\\(a) Wort"),
        ("See @fig-a and [@key].", "Siehe [@key] und @fig-a.", "Siehe [@key] und @fig-a."),
    ],
)
def test_translations_bring_nothing_in(source, translation, shown):
    made = built(f"Text.\n\n{source}\n", {source: translation})
    assert made.text == f"Text.\n\n{shown or source}\n"
    assert bool(made.refusals) is not bool(shown)


@pytest.mark.parametrize(
    "image",
    ["![i](a.png)", '![i](a.png "T")', "![i](<a.png> 'T'){#x}", "![i][r]", "![i](a(b).png)"],
)
def test_no_text_becomes_a_figure_and_no_figure_a_text(image):
    """Pandoc shows an image that stands alone, and has a description, as a figure."""
    words = f"Words and {image.removesuffix('{#x}')}."
    page = f"{words}\n\n{image}\n\n[r]: u.png\n"
    document = Document("a.qmd", page)
    reading = read(document, DIALECT)
    guard = Guard(DIALECT, FRONT_MATTER_KEYS)
    shown = quarto_pages.shown([page])[0].count("<figure>")
    assert shown == 1
    for text, said in {words: image, image: words}.items():
        built = guard.built(document, reading, {(None, text): said})
        assert quarto_pages.shown([built.text])[0].count("<figure>") == 1


def test_a_backslash_does_not_keep_a_title_open():
    text = 'See [a].\n\n[a]: https://example.org "Its title"\n'
    made = built(text, {"Its title": "Titel\\"})
    assert made.text == text


@pytest.mark.parametrize(
    "words", ["![" * 12, "[a " * 12, "[a " * 12 + "x" + "]" * 12, "[a " * 12 + "](b)" * 12]
)
def test_brackets_in_brackets_are_escaped(words):
    """Pandoc takes two to four times as long for each pair around another."""
    text = "Some words.\n"
    made = built(text, {"Some words.": words.replace("](b)", "]")}).text
    assert "\\[" in made
    assert not re.search(r"(?<!\\)[\[\]]", made)
    kept = "[a [b [Worte]]]"
    assert built(text, {"Some words.": kept}).text == f"{kept}\n"


@pytest.mark.parametrize(
    ("value", "kept"), [("Liste ^[ein", 1), ("^[", 1), ("Liste [ein", 0), ("[" * 5, 1)]
)
def test_a_list_behind_a_caption_opens_no_note(value, kept):
    """Pandoc reads such a list as text, and ends the note at a bracket of any later block."""
    text = '| a |\n|---|\n| b |\n\n: Words {#tbl-own tbl-cap="Listed"}\n\n[a]: b.md "Title"\n'
    made = built(text, {"Listed": value, "Title": "]"})
    assert (f'tbl-cap="{value}"' in made.text) is not bool(kept)
    assert len(made.refusals) == kept


def test_projects_hold_pages_of_quarto(tmp_path):
    page = "---\ntitle: Start\n---\n\n::: {.callout-tip}\n## Tip\n\nBe careful.\n:::\n"
    (tmp_path / "_quarto.yml").write_text(QUARTO, encoding="utf-8")
    (tmp_path / "index.qmd").write_text(page)
    assert yiben(tmp_path, "init", "--source", "en", "-t", "de").returncode == 0
    assert yiben(tmp_path, "update").returncode == 0
    assert yiben(tmp_path, "build", "-l", "en-XA").returncode == 0
    built_page = (tmp_path / "build/en-XA/index.qmd").read_text(encoding="utf-8")
    assert built_page != page
    assert "::: {.callout-tip}\n## " in built_page
    site = yaml.safe_load((tmp_path / "build/en-XA/_quarto.yml").read_text(encoding="utf-8"))
    source = yaml.safe_load(QUARTO)
    assert site.pop("lang") == "en-XA"
    changed = {
        "title": source["website"].pop("title") != site["website"].pop("title"),
        "text": source["website"]["navbar"]["left"][0].pop("text")
        != site["website"]["navbar"]["left"][0].pop("text"),
    }
    assert changed == {"title": True, "text": True}
    assert site == source


@pytest.mark.nightly
@pytest.mark.parametrize("mirror", [Mirror("posit-dev/great-tables", "docs", (".qmd",))], ids=str)
def test_real_pages_are_shown_as_they_were(mirror, tmp_path):
    pages = [judges.without_header(data.decode("utf-8")) for data in pages_or_skip(mirror).values()]
    broken = differing(pages, "quarto", tmp_path)
    assert len(broken) <= 0.01 * len(pages), broken


def test_a_list_of_attributes_that_nothing_closes_ends_no_run():
    source = f"# Heading {{{'a' * 999}\n\nWords.\n"
    assert [unit.text for unit in read(Document("p.qmd", source), DIALECT).units][1:] == ["Words."]


def test_a_backtick_behind_a_formula_with_one_opens_no_code():
    """Code would go on in the next rows of a table, which would be none then."""
    document = Document("a.qmd", "| Head | Other |\n|---|---|\n| First | `x` |\n")
    reading = read(document, DIALECT)
    guard = Guard(DIALECT, FRONT_MATTER_KEYS)
    result = guard.built(document, reading, {(None, "Head"): "$a`$b`c"})
    assert result.document.text.startswith("| $a`$b\\`c | Other |\n")


@settings(max_examples=60)
@given(st.text("`a\\ ", max_size=14))
def test_code_ends_at_the_next_run_of_as_many_backticks(text):
    for tick in re.finditer("`", text):
        start, behind = tick.start(), text[tick.start() :].lstrip("`")
        inner = len(text) - len(behind)
        closing = re.compile(f"(?<!`){text[start:inner]}(?!`)").search(text, inner)
        expected = closing.span() if closing else (-1, -1)
        assert code_at(text, start) == (inner, *expected)


def test_backticks_that_nothing_closes_are_read_once():
    grammar = dialect_named("quarto").grammar
    few, many = [calls(partial(marks, "`" * length, grammar)) for length in (500, 1000)]
    assert many < 2.5 * few
