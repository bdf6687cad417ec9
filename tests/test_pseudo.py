"""Pseudo-locales: what they do to texts, to pages of the corpus, and as locales of a build."""

import re

import pytest
from projects import project, snapshot, yiben
from rendering import facts
from trees import SMALLER, corpus_or_skip

from toolkit.dialects import dialect_named
from toolkit.language.locale import locale_of
from toolkit.model.document import Document, Span
from toolkit.model.units import Form, Kind, Unit
from toolkit.reading.segment import FRONT_MATTER_KEYS, read
from toolkit.writing.guard import Guard
from toolkit.writing.pseudo import pseudo_catalog, pseudo_text

ACCENTS, ARABIC = locale_of("en-XA"), locale_of("ar-XB")
MKDOCS = dialect_named("mkdocs")
_EXPLAINED = re.compile(r"\$|::")
"""In texts that may be refused: formulas whose braces look like attributes, paths in Rust."""
OTHERWISE = {
    "index.md": "fractions and ordinals of its list of releases are shown raised",
    "basic.md": "“3rd” is shown with a raised “rd”, which no other letters are",
    "tooltips.md": "an abbreviation in other letters is none",
    "tags.md": "`[tags][meta.tags]` is a link in spite of its label, which nothing defines",
}
SOME = 5
"""Of the pages of large trees every fifth is built."""
KEPT = [
    "`code`",
    "<b>",
    "(https://a.example/b)",
    "![",
    "{{ macro }}",
    "&amp;",
    "[^1]",
    ":material-home:",
    "https://bare.example/x",
]


@pytest.mark.parametrize("locale", [ACCENTS, ARABIC])
def test_markup_code_and_targets_stay(locale):
    text = (
        "See `code`, <b>bold</b>, [text](https://a.example/b), ![alt](c.png), {{ macro }}, &amp;"
        " x[^1], :material-home: and https://bare.example/x"
    )
    found = pseudo_text(text, MKDOCS, locale)
    assert all(piece in found for piece in KEPT)
    assert not {"See", "bold", "text", "alt"} & set(found.replace("[", " ").split())


def test_texts_are_a_third_longer_in_brackets():
    found = pseudo_text("Install the package now", MKDOCS, ACCENTS)
    assert found.startswith("⟦Îñšţàļļ")
    assert found.endswith("⟧")
    assert 1.2 < len(found) / len("Install the package now") < 1.6


@pytest.mark.parametrize(("size", "words"), [(24, 2), (23, 1), (11, 0), (41, 2), (42, 3)])
def test_words_fill_a_third_of_the_text_and_no_more(size, words):
    # " one" takes four cells, " two" four, " three" six.
    assert pseudo_text("a" * size, MKDOCS, ACCENTS).count(" ") == words


def test_parts_of_programs_and_texts_of_several_lines_have_no_brackets():
    assert pseudo_text("a\nb", MKDOCS, ACCENTS) == "à\nƀ"
    assert pseudo_text("ab", MKDOCS, ACCENTS, whole=False) == "àƀ"
    assert pseudo_text("ab", MKDOCS, ACCENTS) == "⟦àƀ⟧"
    units = [
        Unit(kind, f"ab {number}", Span(0, 4), Form.LINE, "") for number, kind in enumerate(Kind)
    ]
    strings = [one.string for one in pseudo_catalog(units, MKDOCS, ACCENTS).messages]
    bare = {kind for kind, string in zip(Kind, strings, strict=True) if "⟦" not in string}
    assert bare == {Kind.CODE_TITLE, Kind.CODE_BLOCK, Kind.CODE_COMMENT, Kind.CODE_STRING}


def test_han_becomes_arabic_words():
    found = pseudo_text("云原生：容器", MKDOCS, ARABIC)
    assert "：" in found
    assert not any("\u4e00" <= character <= "\u9fff" for character in found)


@pytest.mark.parametrize("locale", [ACCENTS, ARABIC], ids=["en-XA", "ar-XB"])
@pytest.mark.parametrize("tree", SMALLER)
def test_pages_keep_tags_and_targets(tree, locale):
    guard = Guard(dialect_named(tree.dialect), FRONT_MATTER_KEYS)
    paths = corpus_or_skip(tree)
    for path in paths[:: SOME if len(paths) > 100 else 1]:
        document = Document.from_bytes(path.as_posix(), path.read_bytes())
        reading = read(document, guard.dialect)
        catalog = pseudo_catalog(reading.units, guard.dialect, locale)
        texts = {message.key: message.string for message in catalog.messages}
        built = guard.built(document, reading, texts)
        refused = [one for one in built.refusals if not _EXPLAINED.search(one.unit.text)]
        assert refused == [], path
        if path.name not in OTHERWISE:
            before = facts(document.text, tree.dialect)
            after = facts(built.document.text, tree.dialect)
            assert (after.tags, after.targets) == (before.tags, before.targets), path


def test_a_build_makes_them_without_catalogs_and_beside_the_targets(tmp_path):
    root = project(tmp_path, {"a.md": "# 安装 Kubernetes\n\n见 [乙](b.md#x)。\n", "b.md": "# 乙\n"})
    result = yiben(root, "build", "-l", "en-XA", "-l", "ar-XB")
    assert result.returncode == 0, result.stderr
    assert "Ķûƀéŕñéţéš" in (root / "build/en-XA/a.md").read_text(encoding="utf-8")
    assert "build/en-XA/a.md" in (root / "build/.yiben-built").read_text(encoding="utf-8")
    before = snapshot(root)
    assert yiben(root, "build", "-l", "en-XA", "-l", "ar-XB").returncode == 0
    assert snapshot(root) == before
    assert "XA" not in yiben(root, "stats").stdout


def test_other_commands_have_no_catalogs_of_them(tmp_path):
    root = project(tmp_path, {"a.md": "# 甲\n"})
    result = yiben(root, "update", "-l", "en-XA")
    assert result.returncode == 2
    assert "pseudo-locale" in result.stderr
    assert not (root / "locales").exists()


def test_pages_built_into_the_content_folder_are_no_sources(tmp_path):
    settings = 'source = "zh-Hans"\ntargets = ["de"]\noutput = "content/{locale}/{path}"\n'
    root = project(tmp_path, {"a.md": "# 甲\n", "a.png": b"png"}, settings)
    assert yiben(root, "update").returncode == 0
    assert yiben(root, "build", "-l", "en-XA").returncode == 0
    assert (root / "content/en-XA/a.md").exists()
    assert yiben(root, "update", "--check").returncode == 0
    assert yiben(root, "build").returncode == 0
    assert not list(root.glob("content/de/en-XA"))
