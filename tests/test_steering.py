"""Settings by folder and by locale, in every command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from projects import project, translate, yiben

from toolkit.catalogs.po import read_catalog
from toolkit.dialects import dialect_named
from toolkit.language.identifiers import is_only_names, starts_with_word
from toolkit.model.document import Span
from toolkit.model.units import Form, Kind, Unit
from toolkit.reading.left_out import holds_only_names

MARKED_PIECES = (
    *("word", "maxSize", "MAX", "中文", "v1", "12", "ms", ".py", "_", "`x`", "$x$", "{{ x }}"),
    *("*", "**", "．", "《", "》", "é", "[", "(", "]", ")", "（", "「"),
    *(
        "https://a.b",
        "www.a.b",
        "[a](b)",
        "<b>",
        "{#a .b}",
        "&amp;",
        "\\",
        " ",
        ",",
        "，",
        "：",
        "/",
    ),
)
HEAD = 'source = "en"\ntargets = ["de", "ja"]\n'
PAGES = {
    "index.md": "# Home\n\nSee the [blog](blog/first.md) and the [table](api/table.md).\n",
    "blog/first.md": "# First post\n\nGood morning.\n",
    "api/table.md": "# Fields\n\n| Name | Meaning |\n|---|---|\n| spec.size | How big |\n\n"
    "```py\n# a remark\n```\n",
    "drafts/idea.md": "# Idea\n",
}


def site(root: Path, settings: str) -> Path:
    return project(root, PAGES, HEAD + settings)


def texts(root: Path, name: str, locale: str = "de") -> set[str]:
    """The live messages of a catalog."""
    path = root / f"locales/{locale}/LC_MESSAGES/{name}.po"
    messages = read_catalog(name, path.read_bytes()).messages
    return {one.id for one in messages if not one.obsolete}


def test_a_folder_is_left_out_in_all_locales_or_in_one(tmp_path: Path) -> None:
    root = site(tmp_path, 'exclude = { "*" = ["drafts/"], ja = ["blog/"] }\n')
    assert yiben(root, "update").returncode == 0
    catalogs = {
        path.relative_to(root / "locales").as_posix() for path in root.glob("locales/**/*.po")
    }
    assert "de/LC_MESSAGES/blog/first.po" in catalogs
    assert not any("drafts" in one or one == "ja/LC_MESSAGES/blog/first.po" for one in catalogs)
    assert yiben(root, "update", "--check").returncode == 0
    assert yiben(root, "check").returncode == 0
    assert yiben(root, "build").returncode == 0
    assert (root / "build/de/blog/first.md").exists()
    assert not (root / "build/ja/blog").exists()
    assert "(../../content/blog/first.md)" in (root / "build/ja/index.md").read_text()
    counted = json.loads(yiben(root, "stats", "--format", "json").stdout)
    assert "blog/first" in json.dumps(counted)
    one = yiben(root, "stats", "-l", "ja", "--format", "json")
    assert "blog/first" not in one.stdout
    assert yiben(root, "preview", "--export", "out").returncode == 0
    exported = [path.as_posix() for path in (root / "out").rglob("*.html")]
    assert any("first" in name and "de" in name for name in exported)
    assert not any("first" in name and "ja" in name for name in exported)


def test_a_page_that_is_left_out_is_not_imported(tmp_path: Path) -> None:
    root = site(tmp_path, 'exclude = { ja = ["blog/"] }\n')
    (root / "old.md").write_text("# 最初の記事\n\nおはようございます。\n", encoding="utf-8")
    refused = yiben(root, "import", "content/blog/first.md", "old.md", "-l", "ja")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert 'content/blog/first.md: is left out in "ja" by the setting "exclude"' in refused.stderr


def test_what_is_left_out_later_keeps_its_translations_and_comes_back(tmp_path: Path) -> None:
    root = site(tmp_path, "")
    yiben(root, "update")
    path = root / "locales/ja/LC_MESSAGES/blog/first.po"
    translate(path, {"Good morning.": "おはようございます。"})
    (root / "yiben.toml").write_text(HEAD + 'exclude = { ja = ["blog/"] }\n', encoding="utf-8")
    assert yiben(root, "update").returncode == 0
    assert '#~ msgstr "おはようございます。"' in path.read_text(encoding="utf-8")
    (root / "yiben.toml").write_text(HEAD, encoding="utf-8")
    yiben(root, "update")
    assert '\nmsgstr "おはようございます。"' in path.read_text(encoding="utf-8")


def test_code_and_kinds_by_folder(tmp_path: Path) -> None:
    root = site(
        tmp_path,
        'code = { "*" = "comments", "api/" = "none" }\nskip = { "api/" = ["table cell"] }\n',
    )
    yiben(root, "update")
    assert texts(root, "api/table") == {"Fields", "Name", "Meaning"}
    (root / "yiben.toml").write_text(
        HEAD + 'code = { "api/*" = { "*" = "none", py = "comments" } }\nskip = ["names"]\n',
        encoding="utf-8",
    )
    yiben(root, "update")
    wanted = {"Fields", "Name", "Meaning", "How big", "a remark"}
    assert texts(root, "api/table") == wanted
    units = yiben(root, "segment", "content/api/table.md", "--format", "json").stdout
    assert {one["text"] for one in json.loads(units)} == wanted


def test_names_and_values_are_marked(tmp_path: Path) -> None:
    root = site(tmp_path, "")
    yiben(root, "update")
    lines = (root / "locales/de/LC_MESSAGES/api/table.po").read_text().split("\n")
    marked = [lines[n:] for n, line in enumerate(lines) if line == "#. only names or values."]
    assert [next(one for one in part if one.startswith("msgid")) for part in marked] == [
        'msgid "spec.size"'
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('skip = ["tabel cell"]', 'skip: unknown kind "tabel cell"; did you mean "table cell"?'),
        ('skip = { api = ["heading"] }', 'skip: "api" is not a pattern of pages; write "api/"'),
        ('exclude = ["gone/"]', 'exclude: no folder "gone/" in "content"'),
        ('skip = { "gone/" = ["heading"] }', 'skip: no folder "gone/" in "content"'),
        ('code = { "gone/" = "none" }', 'code: no folder "gone/" in "content"'),
        ('dialect = { "gone/" = "gfm" }', 'dialect: no folder "gone/" in "content"'),
        ('exclude = { xx-yyyy-zzzzzzzzzz = ["a/"] }', "exclude: "),
        ('code = { "api/" = "coments" }', 'code: "coments" is not allowed'),
        ('dialect = { "api/" = "gmf" }', 'dialect: unknown dialect "gmf"'),
        (
            'catalog = "all"',
            'catalog: "all" is not allowed; write one of page, f',
        ),
    ],
)
def test_a_wrong_value_is_one_line(tmp_path: Path, line: str, said: str) -> None:
    run = yiben(site(tmp_path, f"{line}\n"), "update")
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.startswith(f"yiben.toml:3:1: {said}"), run.stderr
    assert run.stderr.count("\n") == 1
    assert not (tmp_path / "locales").exists()


@pytest.mark.parametrize(
    "text",
    [
        *("spec.x.y", "MAX_SIZE", "v1.2", "3.5ms", "10 MB", "--dry-run", "/etc/hosts", "maxSize"),
        *(
            "config.yaml",
            "v1beta1",
            "run()",
            "$HOME",
            "SHA-256",
            "[]string",
            "a.b[].c, a.dim",
            "MAX_LENGTH = 80",
        ),
        *("std::vector", "1.2.x", "std::nth\\_element", "v1.0 – v1.2", "(max_size)", "i18n"),
    ],
)
def test_names_and_values(text: str) -> None:
    assert is_only_names(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "read-only",
            "NOTE",
            "string",
            "TCP/IP",
            "and/or",
            "e.g.",
            "i.e.",
            "None.",
            "etc.",
            "API",
        ),
        *("the spec.x.y field", "10 minutes", "Step 2", "Version 1.2", "安装 v1.2", "2024", "1st"),
        *("Redis", "well-known", "up-to-date", "Figure 3", "", "—", "GitHub", "version v1.2"),
    ],
)
def test_words_are_no_names(text: str) -> None:
    assert not is_only_names(text)


@given(st.lists(st.sampled_from(MARKED_PIECES), max_size=6).map("".join))
def test_a_text_that_starts_with_a_word_is_not_only_names(text: str) -> None:
    dialect = dialect_named("mkdocs")
    expected = is_only_names(dialect.wordless.sub(" ", text))
    assert not (expected and starts_with_word(text))
    unit = Unit(Kind.PARAGRAPH, text, Span(0, len(text)), Form.FLOW, Kind.PARAGRAPH)
    assert holds_only_names(unit, dialect) == expected
