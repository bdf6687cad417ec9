"""Pages in the preview of each dialect: what its site shows, each text an element."""

import json
import re
from pathlib import Path

import pytest
from fixture_files import cases
from markdown_it import MarkdownIt
from previewing import serving
from projects import project, yiben

from toolkit.dialects import dialect_named
from toolkit.dialects.dialect import Dialect, Syntax
from toolkit.dialects.inline.grammar import Flavour, Grammar
from toolkit.interfaces.preview import rendering
from toolkit.interfaces.preview.inert import Places
from toolkit.interfaces.preview.marks import Markers
from toolkit.interfaces.preview.rules import Rules
from toolkit.interfaces.preview.site_yaml_markdown import site_markdown
from toolkit.interfaces.preview.tree import inner_of, rendered
from toolkit.interfaces.preview.views import Views
from toolkit.interfaces.preview.workspace import Workspace

SETTINGS = 'source = "zh-Hans"\ntargets = ["en"]\ndialect = "{}"\n'


VITEPRESS = (
    "<script setup>\nconst a = 1\n</script>\n\n# 标题 {#id}\n\n::: tip 注意\n内容。\n:::\n\n"
    "::: details 展开\n更多。\n:::\n\n::: code-group\n```sh [npm]\nnpm i\n```\n:::\n"
)


def shown(tmp_path, dialect, text, files=(), name="guide/a.md"):
    """The HTML of a source page, with the texts in the place of their numbers."""
    root = project(tmp_path, {name: text}, SETTINGS.format(dialect))
    for other, content in dict(files).items():
        (root / other).write_text(content, encoding="utf-8")
    workspace = Workspace(root)
    place = workspace.place("en", name)
    html = Views(workspace).source(place).html
    for number, unit in enumerate(workspace.page(name).units):
        for kind in ("unit", "part"):
            html = html.replace(f'data-{kind}="{number}"', f"data-{kind}={unit.text}")
    return " ".join(html.split())


@pytest.mark.parametrize(
    ("dialect", "text", "pieces"),
    [
        (
            "vitepress",
            VITEPRESS,
            [
                "<h1 data-unit=标题>标题</h1>",
                '<p class="admonition-title" data-unit=注意>注意</p> <p data-unit=内容。>',
                '<summary class="admonition-title" data-unit=展开>展开</summary>',
                '<div class="code-group"> <pre>',
            ],
        ),
        (
            "docusaurus",
            'import X from "x";\n\n# 标题 {#id}\n\n:::note[注意]\n\n内容。\n\n:::\n',
            [
                "<h1 data-unit=标题>标题</h1>",
                '<p class="admonition-title" data-unit=注意>注意</p> <p data-unit=内容。>',
            ],
        ),
        (
            "gfm",
            "> [!WARNING]\n> 提醒。\n\n- [x] 任务\n\n| 甲 |\n|-|\n| 一 |\n",
            [
                '<blockquote class="admonition warning" data-kind="Warning"> <p data-unit=提醒。>',
                "<span data-unit=任务>任务</span>",
                "<td data-unit=一>一</td>",
            ],
        ),
        (
            "hugo",
            "术语\n: 解释。\n",
            ["<dt data-unit=术语>术语</dt> <dd data-unit=解释。>解释。</dd>"],
        ),
        (
            "kramdown",
            "{% include x %}\n# 标题 {#id}\n{: .lead}\n\n术语\n: 解释 {{ x }}。\n\n段。\n{: .a}\n",
            [
                "<h1 data-unit=标题>标题</h1>",
                "<dd data-unit=解释 {{ x }}。>解释 <code>{{ x }}</code>。</dd>",
                "<p data-unit=段。>段。</p>",
            ],
        ),
        (
            "quarto",
            '::: {.callout-tip title="提示"}\n内容。\n:::\n\n## 标题 {#id}\n\n文 {{< meta a >}}\n',
            [
                '<p class="admonition-title" data-unit=提示>提示</p> <p data-unit=内容。>',
                "<h2 data-unit=标题>标题</h2>",
                "<code>{{&lt; meta a &gt;}}</code>",
            ],
        ),
        ("mdbook", "术语[^1]。\n\n[^1]: 脚注。\n", ["<span data-unit=脚注。>脚注。</span>"]),
        (
            "commonmark",
            '![图](x.png "名")\n',
            ['alt="图"', 'title="名"', 'src="/files/guide/x.png"'],
        ),
        (
            "mkdocs",
            '!!! note\n\n    内容。\n\n=== "甲"\n\n    ++ctrl++ 键\n\n*[HTML]: 超文本\n\nHTML\n',
            [
                '<p class="admonition-title">Note</p> <p data-unit=内容。>内容。</p>',
                '<label for="__tabbed_1_1"><span data-unit=甲>甲</span></label>',
                '<kbd class="key-control">Ctrl</kbd>',
                '<abbr title="超文本" data-part=超文本>HTML</abbr>',
            ],
        ),
    ],
)
def test_texts_are_elements_of_what_readers_see(tmp_path, dialect, text, pieces):
    html = shown(tmp_path, dialect, text)
    for piece in pieces:
        assert piece in html, html


def test_myst_is_made_by_myst_parser(tmp_path):
    pytest.importorskip("myst_parser", reason="needs MyST-Parser")
    text = "# 标题\n\n```{figure} a.png\n:alt: 替代\n\n图注 {ref}`x`。\n```\n\n$a$ 公式。\n"
    html = shown(tmp_path, "myst", text)
    assert '<img alt="替代" src="/files/guide/a.png" data-part=替代>' in html
    assert "<math" in html
    assert "<figcaption> <p data-unit=图注" in html


def test_the_extensions_of_the_site_are_used(tmp_path):
    site = (
        "site_name: x\nextra_css: [css/own.css]\nmarkdown_extensions:\n  - pymdownx.mark\n"
        "  - toc: {permalink: false, toc_depth: 2}\n  - no.such.extension\n"
        "  - pymdownx.superfences:\n      custom_fences:\n        - name: mermaid\n"
        "          class: mermaid\n"
        "          format: !!python/name:pymdownx.superfences.fence_code_format\n"
        "  - pymdownx.snippets: {base_path: /etc}\n"
    )
    text = '==标记==\n\n!!! note\n\n    不是提示。\n\n```mermaid\na\n```\n\n--8<-- "passwd"\n'
    html = shown(tmp_path, "mkdocs", text, {"mkdocs.yml": site})
    assert "<mark>标记</mark>" in html
    assert "admonition" not in html
    assert '<pre class="mermaid">' in html
    assert "root:" not in html
    workspace = Workspace(tmp_path)
    assert workspace.renderer("guide/a.md").missing == ("no.such.extension",)
    assert workspace.site
    assert workspace.site.styles == ("css/own.css",)


def test_functions_of_other_packages_are_not_looked_up():
    text = "markdown_extensions:\n  - x: {format: !!python/name:os.system }\n"
    site = site_markdown({"mkdocs.yml": text.encode()}.get, "", {})
    assert site
    assert site.extensions == {"x": {"format": None}}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**粗** 字", "<strong>粗</strong> 字"),
        ("*“斜”*", "<em>“斜”</em>"),
        ("_斜_字 `码`", "<em>斜</em>字 <code>码</code>"),
        ("[x]:", "[x]:"),
        ("⸤1⸥", "⸤1⸥"),
    ],
)
def test_marks_leave_emphasis_next_to_them_alone(text, expected):
    markers = Markers.unlike(text)
    html = MarkdownIt("commonmark").render(markers.around(7, text))
    found = rendered(html, markers, Places("a.md"))
    assert found.placed == {7}
    if text not in {"[x]:", "_斜_字 `码`"}:
        assert inner_of(html, 7, markers, Places("a.md")) == expected


def test_fuzzy_and_refused_texts_in_a_page(tmp_path):
    root = project(tmp_path, {"a.md": "# 标题\n\n文字。\n"}, SETTINGS.format("mkdocs"))
    yiben(root, "update")
    path = root / "locales/en/LC_MESSAGES/a.po"
    text = path.read_text(encoding="utf-8")
    text = text.replace('msgid "标题"\nmsgstr ""', '#, fuzzy\nmsgid "标题"\nmsgstr "Title"')
    text = text.replace('msgid "文字。"\nmsgstr ""', 'msgid "文字。"\nmsgstr "<script>x</script>"')
    path.write_text(text, encoding="utf-8")
    workspace = Workspace(root)
    views = Views(workspace)
    place = workspace.place("en", "a.md")
    assert ">Title</h1>" in views.target(place).html
    assert ">文字。</p>" in views.target(place).html
    states = [unit["state"] for unit in views.as_json(place)["units"]]
    assert states == ["fuzzy", "refused"]


def test_a_heading_is_found_in_the_page_and_in_its_contents(tmp_path):
    html = shown(tmp_path, "mkdocs", "[TOC]\n\n# 标题\n\n## 第`二`节\n")
    assert html.count("data-unit=标题") == 2
    assert re.search("<h1[^>]* data-unit=标题>标题</h1>", html), html
    assert "data-unit=第`二`节" in html


def test_a_dialect_of_somebody_else_is_rendered_by_its_facts():
    text = "::: tip 注意\n内容。\n:::\n\n术语\n: 解释。\n\n> [!NOTE]\n> 提醒。\n"
    syntax = frozenset({Syntax.COLON_BLOCK, Syntax.DEFINITION, Syntax.TABLE})
    rules = Rules.of(Dialect("theirs", (), syntax))
    html = rendering.renderer_of(rules, None).render(text)
    assert '<p class="admonition-title">注意</p>' in html
    assert "<dd>解释。</dd>" in html
    assert "[!NOTE]" in html
    pandoc = Dialect("theirs", (), syntax, grammar=Grammar(Flavour.PANDOC))
    html = rendering.renderer_of(Rules.of(pandoc), None).render("# 标题 {#id}\n\n$a$\n")
    assert "<h1>标题</h1>" in html
    assert 'class="math inline"' in html


def cell(kind, *lines):
    own = {"outputs": [], "execution_count": None} if kind == "code" else {}
    return {"cell_type": kind, "metadata": {}, "source": list(lines), **own}


@pytest.mark.parametrize("dialect", ["gfm", "mkdocs", "myst", "quarto"])
def test_a_notebook_is_shown_and_a_save_changes_its_catalog_alone(tmp_path, dialect):
    cells = [cell("markdown", "# 标题\n", "\n", "打开`文件`。"), cell("code", "print(1)\n")]
    cells.append(cell("markdown", "| 甲 |\n", "|---|\n", "| 一 |"))
    data = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    root = project(tmp_path, {"guide/a.ipynb": json.dumps(data)}, SETTINGS.format(dialect))
    yiben(root, "update")
    before = (root / "content/guide/a.ipynb").read_bytes()
    with serving(root) as preview:
        html = preview.request("/frame/source/en/guide/a.ipynb").body.decode()
        html = " ".join(html.split())
        assert re.search(r"<h1[^>]* data-unit=\"0\"[^>]*>标题</h1>", html), html
        assert re.search("打开(?:<[^>]+>)+文件", html), html
        assert ">一</" in html.replace("<p>", "").replace("</p>", "")
        assert "print" in html
        assert "notebook cell" not in html
        units = preview.read("page", locale="en", page="guide/a.ipynb")["units"]
        number = next(one["n"] for one in units if one["source"] == "标题")
        assert preview.save(number, "Title", "guide/a.ipynb").status == 200
        target = preview.request("/frame/target/en/guide/a.ipynb").body.decode()
        assert ">Title</h1>" in target
    assert (root / "content/guide/a.ipynb").read_bytes() == before
    catalog = (root / "locales/en/LC_MESSAGES/guide/a.po").read_text(encoding="utf-8")
    assert 'msgid "标题"\nmsgstr "Title"' in catalog


CORPUS = Path(__file__).parents[2] / "shared" / "corpus"


def test_a_quick_inline_stage_makes_the_same_html(monkeypatch):
    rules = Rules.of(dialect_named("mkdocs"))
    quick = rendering.renderer_of(rules, None)
    monkeypatch.setattr("toolkit.interfaces.preview.quick_inline.quicken", lambda _program: None)
    stock = rendering.renderer_of(rules, None)
    texts = [case.source for case in cases()]
    pages = sorted(CORPUS.glob("mkdocs-material/docs/**/*.md"))[::8]
    texts += [path.read_text(encoding="utf-8") for path in pages]
    assert len(texts) > 100
    for text in texts:
        assert quick.render(text) == stock.render(text)


def test_components_of_mdx_hold_markdown(tmp_path):
    text = (
        'import { Tabs } from "x"\n\n# 标题\n\n{/* 注释 */}\n\n<Aside title="提示">\n'
        "行内**强调**。\n</Aside>\n\n```jsx\n<Tabs>\n```\n\n:::tip[注意]\n小心。\n:::\n"
    )
    html = shown(tmp_path, "mdx", text, name="guide/a.mdx")
    assert html.startswith("<h1 data-unit=标题>标题</h1> <aside")
    assert "行内<strong>强调</strong>。" in html
    assert '<code class="language-jsx">&lt;Tabs&gt; </code>' in html
    assert '<p class="admonition-title"' in html
    plain = shown(tmp_path / "plain", "mdx", "文字\n\nimport 是一个词。\n")
    assert "<p data-unit=import 是一个词。>import 是一个词。</p>" in plain
