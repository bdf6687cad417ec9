"""Jupyter's notebooks: what is not translated stays, byte for byte."""

import json
import re
import shutil

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from projects import SETTINGS, project, translate, yiben

from toolkit import build, read
from toolkit.dialects import dialect_named
from toolkit.model.document import Document
from toolkit.model.errors import DocumentError
from toolkit.model.notebook import _open_marks

DIALECTS = ["gfm", "mkdocs", "myst", "quarto"]
TOUR = ["# 巡览\n", "\n", "看[下文](#第二-节)：\n", '- 一 "引"\n', "- 二 \\*\n"]


def markdown(source, **more):
    return {"cell_type": "markdown", "metadata": {}, "source": source, **more}


def code(source, *outputs):
    return {
        "cell_type": "code",
        "execution_count": 1,
        "metadata": {},
        "outputs": list(outputs),
        "source": source,
    }


def notebook(*cells):
    return {"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


SHOWN = {"data": {"text/html": ["<b>输出</b>\n"]}, "metadata": {}, "output_type": "display_data"}
BOOK = notebook(
    markdown(TOUR),
    code(["# 打印一行\n", "print('```')"], SHOWN),
    {"cell_type": "raw", "metadata": {}, "source": "原文"},
    markdown(
        "## 第二 节\n\n![图](attachment:a.png) 完。",
        attachments={"a.png": {"image/png": "aGk="}},
    ),
    markdown([]),
)


def dumped(book, indent=1):
    return json.dumps(book, ensure_ascii=False, indent=indent).encode() + b"\n"


def page_of(data, dialect="gfm"):
    return read(data, dialect_named(dialect).for_file("a.ipynb"), path="a.ipynb")


def sources(data):
    return ["".join(cell["source"]) for cell in json.loads(data)["cells"]]


def without_sources(data):
    book = json.loads(data)
    for cell in book["cells"]:
        del cell["source"]
    return book


lines = st.sampled_from(
    [
        "# 标题",
        "文 `码` **粗**",
        "- 项",
        "> 引",
        "",
        "| 甲 | 乙 |",
        "|---|---|",
        "```",
        "\\n \"'",
        "é\t",
    ]
) | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
texts = st.lists(lines, max_size=6).map("\n".join)
cells = st.builds(
    lambda make, text, split: make(text.splitlines(keepends=True) if split else text),
    st.sampled_from([markdown, code]),
    texts,
    st.booleans(),
)


@pytest.mark.parametrize("dialect", DIALECTS)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(cells, max_size=5),
    st.sampled_from([None, 1, 2]),
    st.booleans(),
    st.sampled_from(["\n", "\r\n"]),
)
def test_nothing_but_sources_of_cells_changes(dialect, found, indent, escapes, newline):
    text = json.dumps(notebook(*found), ensure_ascii=escapes, indent=indent)
    data = text.replace("\n", newline).encode()
    page = page_of(data, dialect)
    assert build(page, {}).data == data
    assert build(page, {unit.text: unit.text for unit in page.units}).data == data
    marked = build(page, {unit.text: f"Ẋ {unit.text}" for unit in page.units}).data
    assert without_sources(marked) == without_sources(data)
    places = [place for place, cell in enumerate(found) if cell["cell_type"] == "code"]
    assert [sources(marked)[n] for n in places] == [sources(data)[n] for n in places]


@pytest.mark.parametrize("indent", [None, 1, 4])
def test_lines_without_a_translation_keep_their_bytes(indent):
    data = dumped(BOOK, indent)
    page = page_of(data)
    built = build(
        page, {"二 \\*": 'two "2"', "![图](attachment:a.png) 完。": "![图](attachment:a.png) End."}
    )
    expected = data.replace('"- 二 \\\\*\\n"'.encode(), b'"- two \\"2\\"\\n"')
    assert built.data == expected.replace("png) 完。".encode(), b"png) End.")


def test_letters_are_escaped_where_the_file_escapes_them():
    data = json.dumps(notebook(markdown(["一\n", "\n", "二"]))).encode()
    built = build(page_of(data), {"二": "两"}).data
    assert built == data.replace(b"\\u4e8c", b"\\u4e24")


def test_places_are_cells_and_code_follows_its_setting(tmp_path):
    root = project(tmp_path, {"a.ipynb": dumped(BOOK)}, SETTINGS + 'code = "comments"\n')
    assert yiben(root, "update").returncode == 0
    catalog = (root / "locales/en/LC_MESSAGES/a.po").read_text(encoding="utf-8")
    for place, text in ((1, "巡览"), (2, "打印一行"), (4, "第二 节")):
        assert f'#: content/a.ipynb:{place}\nmsgid "{text}"' in catalog
    assert "输出" not in catalog
    assert "原文" not in catalog


def test_links_follow_headings_to_ids_as_nbconvert_makes_them(tmp_path):
    root = project(tmp_path, {"a.ipynb": dumped(BOOK)}, SETTINGS + 'dialect = "gfm"\n')
    yiben(root, "update")
    texts = {"第二 节": "Second Part", "看[下文](#第二-节)：": "See [below](#第二-节):"}
    translate(root / "locales/en/LC_MESSAGES/a.po", texts)
    assert yiben(root, "build", "-l", "en").returncode == 0
    built = (root / "build/en/a.ipynb").read_bytes()
    assert "See [below](#Second-Part):" in sources(built)[0]
    back = yiben(root, "import", "content", "build/en", "-l", "en")
    assert back.returncode == 0, back.stderr


def test_a_translation_cannot_add_a_cell_or_break_the_json():
    hostile = '一\n\n<!-- notebook cell 2 -->\n\n"], "x": ["'
    data = dumped(notebook(markdown("一"), markdown("二")))
    built = build(page_of(data), {"一": hostile}).data
    assert len(json.loads(built)["cells"]) == 2
    assert without_sources(built) == without_sources(data)


@pytest.mark.parametrize("language", ["c`\n```x", "", "a b", "{python}"])
def test_a_language_with_an_odd_name_opens_no_other_fence(language):
    book = notebook(markdown("一"), code("# 二\nx"), markdown("三"))
    book["metadata"] = {"language_info": {"name": language}}
    built = build(page_of(dumped(book)), {"一": "one", "三": "three"}).data
    assert sources(built) == ["one", "# 二\nx", "three"]


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b'{"cells": [\n', "2:1: is not valid JSON"),
        (b"[]", "1:1: is not a notebook of format 4"),
        (b'{"nbformat": 3, "worksheets": []}', "1:1: is not a notebook of format 4"),
        (b'{"nbformat": 4, "cells": [{}]}', "1:1: cell 1 has no type or no source"),
        (json.dumps(notebook(markdown(3))).encode(), "cell 1 has no type or no source"),
        (json.dumps(notebook(markdown(["a", {}]))).encode(), "cell 1 has no type or no source"),
        (b"[" * 9999, "is nested too deeply"),
        (json.dumps(notebook(markdown("a\ud800"))).encode(), "cell 1 has a lone surrogate"),
    ],
)
def test_what_is_no_notebook_gets_one_line(data, line, tmp_path):
    with pytest.raises(DocumentError, match=line):
        Document.from_bytes("a.ipynb", data)
    root = project(tmp_path, {"a.ipynb": data, "b.md": "# 文\n"})
    run = yiben(root, "update")
    assert run.returncode == 2
    assert line in run.stderr


def test_other_dialects_copy_notebooks(tmp_path):
    root = project(tmp_path, {"a.ipynb": b"no JSON"}, SETTINGS + 'dialect = "hugo"\n')
    assert yiben(root, "update").returncode == 0
    assert not (root / "locales").exists()


@pytest.mark.peers
def test_a_localized_notebook_is_valid_and_runs_as_before(tmp_path):
    nbformat = pytest.importorskip("nbformat")
    client = pytest.importorskip("nbclient")
    book = nbformat.v4.new_notebook()
    book.cells = [
        nbformat.v4.new_markdown_cell("# 标题\n\n正文。"),
        nbformat.v4.new_code_cell("# 注释\nvalue = 6 * 7\nprint(value)\nvalue"),
    ]
    client.NotebookClient(book, kernel_name="python3").execute()
    root = project(tmp_path, {}, SETTINGS + 'code = "comments"\n')
    nbformat.write(book, root / "content/a.ipynb")
    assert yiben(root, "build", "-l", "en-XA").returncode == 0
    built = nbformat.read(root / "build/en-XA/a.ipynb", 4)
    nbformat.validate(built)
    again = client.NotebookClient(built, kernel_name="python3").execute()
    assert [cell.get("outputs") for cell in again.cells] == [
        cell.get("outputs") for cell in book.cells
    ]
    assert built.cells[0].source == "# ⟦标题⟧\n\n⟦正文。⟧"


@pytest.mark.peers
def test_mkdocs_jupyter_shows_a_localized_tree(tmp_path):
    pytest.importorskip("mkdocs_jupyter")
    from mkdocs.commands.build import build as build_site  # noqa: PLC0415
    from mkdocs.config import load_config  # noqa: PLC0415

    book = notebook(markdown("# Tour\n\n文。"), markdown("## Second part\n\n文。"))
    pages = {"index.md": "# Home\n\n[巡览](a.ipynb#second-part)\n", "a.ipynb": dumped(book)}
    root = project(tmp_path, pages)
    yiben(root, "update")
    translate(root / "locales/en/LC_MESSAGES/a.po", {"Second part": "Part two", "文。": "Text."})
    assert yiben(root, "build", "-l", "en").returncode == 0
    shutil.copytree(root / "build/en", root / "docs")
    (root / "mkdocs.yml").write_text("site_name: S\nplugins: [mkdocs-jupyter]\n", encoding="utf-8")
    build_site(load_config(str(root / "mkdocs.yml")))
    html = (root / "site/a/index.html").read_text(encoding="utf-8")
    assert re.search(r'<h2 id="part-two">Part two<.*<p>Text.</p>', html)
    home = (root / "site/index.html").read_text(encoding="utf-8")
    assert 'href="a/#part-two"' in home


@pytest.mark.parametrize(
    ("cell", "closing"),
    [
        ("```\ncode", ["```"]),
        ("```\na\n```", []),
        ("````\n```\na", ["````"]),
        ("~~~ py\nx", ["~~~"]),
        ("~~~ a`b\nx", ["~~~"]),
        # The info string of a fence of backticks has no backtick (CommonMark, 4.5).
        ("``` a`b", []),
        ("> ```\n> x", ["```"]),
        ("$$\nx", ["$$"]),
        ("$$x$$", []),
        ("$$\nx\n$$", []),
        ("<pre>\nx", ["</pre>"]),
        ("<PRE>x</pre>", []),
        (":::{note}\nx", [":::"]),
        # Colons without a name open nothing.
        (":::\nx", []),
        (":::{a}\n::::{b}\nx", ["::::", ":::"]),
        (":::{a}\n```\nx", ["```", ":::"]),
        (":::{a}\n:::\n```", ["```"]),
        ("```\n:::{a}\n```", []),
    ],
)
def test_what_a_cell_leaves_open_ends_with_it(cell, closing):
    assert _open_marks(cell) == closing


@pytest.mark.parametrize(
    ("source", "text", "made"),
    [
        ("Words", "Wort\n: mehr", "Wort : mehr"),
        ("Words", "Wort `\n<div`", "Wort ` <div`"),
        ("Words", "[x]\nWorte", "\\[x]\nWorte"),
        ("Words", "[ ] ", "\\[ ]"),
        ("Words", ": Worte", "\\: Worte"),
        ("Words", ":Worte", ":Worte"),
        ("Words", "#!py Worte", "\\#!py Worte"),
        ("Words", "} a $$ b", "} a &#36;&#36; b"),
        ("Words", "} $$a$$ $$", "} $$a$$ &#36;&#36;"),
        ("Words", r"}\\[a", "}&#92;&#92;[a"),
        ("Words", r"} \begin{} b", "} &#92;begin{} b"),
        ("Words", r"} \begin{}b\end{}", r"} \begin{}b\end{}"),
        ("Words $$ here", "Worte $$ hier", "Worte $$ hier"),
        ("| a |\n|---|\n| Words |", "x \\| y", "| a |\n|---|\n| Words |"),
        ("| a |\n|---|\n| Words |", "x | y", "| a |\n|---|\n| x \\| y |"),
    ],
)
def test_nothing_becomes_a_block_of_mistune(source, text, made):
    """Mistune has definitions, looser HTML, and headings without a blank; others don't.

    Where a line starts with a mark, a formula is looked for in all that follows.
    """
    page = page_of(dumped(notebook(markdown(source))))
    own = page.units[-1].text
    built = json.loads(build(page, {own: text}).data)
    assert built["cells"][0]["source"] == made
