"""`yiben build`: links, anchors, files and incomplete pages."""

import pytest
from projects import project, translate, yiben

PAGES = {
    "index.md": "# 首页\n\n看[指南](guide/a.md#_2)、![图](img/x.png)和[文件](f.pdf)。\n",
    "guide/a.md": (
        '# 指南\n\n## 安装\n\n回[首页](../index.md)，[安装](#_2)，<img src="../img/x.png">。\n'
    ),
}
SETTINGS = 'source = "zh-Hans"\ntargets = ["en"]\n'


def built(tmp_path, settings="", dialect="mkdocs"):
    root = project(tmp_path, PAGES, f'{SETTINGS}dialect = "{dialect}"\n{settings}\n')
    (root / "content/img").mkdir()
    (root / "content/img/x.png").write_bytes(b"image")
    (root / "content/img/x.en.png").write_bytes(b"english")
    (root / "content/f.pdf").write_bytes(b"file")
    yiben(root, "update")
    catalogs = root / "locales/en/LC_MESSAGES"
    translate(catalogs / "guide/a.po", {"指南": "Guide", "安装": "Install"})
    result = yiben(root, "build", "--explain")
    assert result.returncode == 0, result.stderr
    return root, result


def text(root, name):
    return (root / name).read_text(encoding="utf-8")


def test_a_tree_is_whole(tmp_path):
    root, result = built(tmp_path)
    assert (root / "build/en/f.pdf").read_bytes() == b"file"
    assert (root / "build/en/img/x.png").read_bytes() == b"image"
    page = text(root, "build/en/guide/a.md")
    assert page.startswith("# Guide\n\n## Install { #_2 }\n")
    assert '[首页](../index.md)，[安装](#_2)，<img src="../img/x.en.png">' in page
    assert "![图](img/x.en.png)" in text(root, "build/en/index.md")
    assert "build/en/guide/a.md: ../img/x.png → ../img/x.en.png" in result.stdout
    before = (root / "build/en/f.pdf").stat().st_mtime_ns
    assert "no files written" in yiben(root, "build").stderr
    assert (root / "build/en/f.pdf").stat().st_mtime_ns == before


def test_pages_beside_their_sources(tmp_path):
    root, _ = built(tmp_path, 'output = "content/{stem}.{locale}.md"')
    page = text(root, "content/index.en.md")
    assert "[指南](guide/a.en.md#_2)、![图](img/x.en.png)和[文件](f.pdf)" in page
    assert "[首页](../index.en.md)" in text(root, "content/guide/a.en.md")
    assert sorted(path.name for path in (root / "content").iterdir()) == [
        ".yiben-built",
        "f.pdf",
        "guide",
        "img",
        "index.en.md",
        "index.md",
    ]


@pytest.mark.parametrize(("assets", "link"), [("none", "../../content/f.pdf"), ("link", "f.pdf")])
def test_files_stay_or_are_linked(tmp_path, assets, link):
    root, _ = built(tmp_path, f'assets = "{assets}"')
    assert f"[文件]({link})" in text(root, "build/en/index.md")
    assert (root / "build/en/f.pdf").is_symlink() is (assets == "link")
    assert (root / "build/en" / link).resolve().read_bytes() == b"file"
    assert "no files written" in yiben(root, "build").stderr


def test_links_follow_headings_where_these_cannot_be_pinned(tmp_path):
    settings = 'slugs = "toc"'
    root, _ = built(tmp_path, settings, dialect="gfm")
    assert "[安装](#install)" in text(root, "build/en/guide/a.md")
    assert "[指南](guide/a.md#install)" in text(root, "build/en/index.md")


def test_links_follow_headings_on_demand(tmp_path):
    root, _ = built(tmp_path, 'anchors = "rewrite"')
    assert "## Install\n" in text(root, "build/en/guide/a.md")
    assert "[指南](guide/a.md#install)" in text(root, "build/en/index.md")


def test_headings_are_found_by_encoded_links(tmp_path):
    page = "# 首页\n\n## 安装\n\n[安装](#%E5%AE%89%E8%A3%85)\n"
    root = project(tmp_path, {"index.md": page}, f'{SETTINGS}slugs = "toc-unicode"\n')
    yiben(root, "update")
    translate(root / "locales/en/LC_MESSAGES/index.po", {"安装": "Install"})
    yiben(root, "build")
    assert "## Install { #安装 }\n" in text(root, "build/en/index.md")


def test_nothing_is_done_on_demand(tmp_path):
    root, result = built(tmp_path, 'anchors = "keep"\nlinks = "keep"\nassets = "none"')
    assert text(root, "build/en/index.md") == PAGES["index.md"]
    assert "## Install\n" in text(root, "build/en/guide/a.md")
    assert result.stdout == ""
    assert not (root / "build/en/f.pdf").exists()


def test_pages_that_are_not_translated_enough_are_left_out(tmp_path):
    root, result = built(tmp_path, "skip_below = 20")
    assert not (root / "build/en/index.md").exists()
    assert "en: 1 page left out" in result.stderr
    assert "[首页](../../../content/index.md)" in text(root, "build/en/guide/a.md")


def test_a_notice_and_the_language_stand_on_top(tmp_path):
    notice = 'notice = { en = "!!! note\\n\\n    {percent} % are done." }'
    root, _ = built(tmp_path, f'{notice}\npage_language = ["lang", "dir"]')
    page = text(root, "build/en/guide/a.md")
    assert page.startswith("---\nlang: en\ndir: ltr\n---\n\n# Guide\n\n!!! note\n\n    ")
    assert " % are done.\n\n" in page


def test_untitled_admonitions_get_the_titles_of_the_readers(tmp_path):
    page = (
        "!!! note\n\n    一\n\n!!! warning inline end\n    二\n\n"
        '!!! note ""\n    三\n\n!!! tip "四"\n    五\n\n> ??? bug  \n>     六\n'
    )
    settings = SETTINGS.replace('["en"]', '["en", "ar"]')
    settings += 'site = "mkdocs.yml"\nadmonition_titles = true\n'
    root = project(tmp_path, {"index.md": page}, settings)
    extensions = "markdown_extensions: [admonition, pymdownx.details]\n"
    (root / "mkdocs.yml").write_text(f"site_name: 站\n{extensions}", encoding="utf-8")
    yiben(root, "update")
    catalog = root / "locales/en/LC_MESSAGES/mkdocs.yml.po"
    own = {"Note": "Hint", "Warning": 'Mind \\"this\\"', "Bug": "Bug report", "Tip": "x"}
    with catalog.open("a", encoding="utf-8") as file:
        file.writelines(f'\nmsgid "{old}"\nmsgstr "{new}"\n' for old, new in own.items())
    assert yiben(root, "build").returncode == 0
    assert text(root, "build/en/index.md") == page.replace("note\n", 'note "Hint"\n').replace(
        "inline end\n", 'inline end "Mind ”this”"\n'
    ).replace("bug  \n", 'bug "Bug report"  \n')
    assert text(root, "build/ar/index.md").startswith('!!! note "ملاحظة"\n')
    # Nothing of ours is left to translate, and what the catalog has still counts.
    assert "Note" not in text(root, "locales/templates/LC_MESSAGES/mkdocs.yml.pot")
    yiben(root, "update")
    yiben(root, "build")
    assert '!!! note "Hint"' in text(root, "build/en/index.md")
    assert yiben(root, "check").returncode == 0


MKDOCS = """\
# the site
site_name: 译本
theme: material   # with its own fonts
nav:
  - 首页: index.md
  - 指南:
      - guide/a.md
plugins: [search]
markdown_extensions: [attr_list, !ENV TOC]
"""

ALTERNATES = (
    '[{"name": "简体中文", "link": "../", "lang": "zh-Hans"}, '
    '{"name": "English", "link": "../en/", "lang": "en"}]'
)


def site_built(tmp_path, settings, mkdocs=MKDOCS):
    base = f'{SETTINGS}site = "mkdocs.yml"\nsite_output = "mkdocs.{{locale}}.yml"\n'
    root = project(tmp_path, PAGES, f"{base}{settings}\n")
    (root / "mkdocs.yml").write_text(mkdocs, encoding="utf-8")
    yiben(root, "update")
    translate(root / "locales/en/LC_MESSAGES/mkdocs.yml.po", {"译本": "Yiben", "首页": "Home"})
    result = yiben(root, "build")
    assert result.returncode == 0, result.stderr
    return root


def test_the_site_settings_of_a_locale(tmp_path):
    root = site_built(tmp_path, "")
    assert text(root, "mkdocs.en.yml") == MKDOCS.replace(
        "site_name: 译本",
        "docs_dir: build/en\nsite_dir: site-en\n"
        f"extra: {{alternate: {ALTERNATES}}}\nsite_name: Yiben",
    ).replace("首页", "Home").replace("material ", "{name: material, language: en} ")
    assert "no files written" in yiben(root, "build").stderr


def test_site_settings_for_pages_beside_their_sources(tmp_path):
    mkdocs = "theme:\n  name: mkdocs\n  locale: zh_CN\nnav: [index.md, {指南: guide/a.md}]\n"
    mkdocs += "docs_dir: content\nsite_dir: 'out'\n"
    root = site_built(tmp_path, 'output = "content/{stem}.{locale}.md"', mkdocs)
    assert text(root, "mkdocs.en.yml") == (
        "theme:\n  name: mkdocs\n  locale: en\nnav: [index.en.md, {指南: guide/a.en.md}]\n"
        "docs_dir: content\nsite_dir: out-en\n"
    )


def test_what_is_not_translated_may_give_way_to_a_word(tmp_path):
    root, _ = built(tmp_path, 'untranslated = { en = "*(not translated yet)*" }')
    page = text(root, "build/en/guide/a.md")
    assert page == "# Guide\n\n## Install { #_2 }\n\n*(not translated yet)*\n"


def test_what_stands_in_may_not_be_markup(tmp_path):
    root = project(tmp_path, PAGES, f'{SETTINGS}untranslated = "<script>"\n')
    result = yiben(root, "build")
    assert result.returncode == 2
    assert "yiben.toml:3:1: untranslated: write one line of text" in result.stderr


def test_site_settings_stay_beside_the_source(tmp_path):
    root = project(tmp_path, PAGES, f'{SETTINGS}site_output = "x/mkdocs.{{locale}}.yml"\n')
    result = yiben(root, "build")
    assert result.returncode == 2
    assert 'yiben.toml:3:1: site_output: put it next to "site" (which is missing)' in result.stderr


def test_a_snippet_of_the_locale_is_taken(tmp_path):
    source = '# 首页\n\n--8<-- "content/part.md"\n\n--8<-- "words.txt:2"\n'
    pages = {"index.md": source, "part.md": "部分\n", "words.txt": "", "words.en.txt": ""}
    root = project(tmp_path, pages, SETTINGS)
    yiben(root, "update")
    yiben(root, "build")
    page = text(root, "build/en/index.md")
    assert page == source.replace("content/part.md", "build/en/part.md").replace(
        "words.txt", "words.en.txt"
    )


def test_files_that_a_book_includes_are_found(tmp_path):
    source = (
        "# One\n\n{{#include part.md}}\n\n```rust\n{{#include ../../code/x.rs:2:4}}\n"
        "// \\{{#include ../../code/x.rs}}\n```\n"
    )
    pages = {"a/one.md": source, "a/part.md": "Part.\n"}
    root = project(
        tmp_path, pages, f'{SETTINGS}dialect = "mdbook"\noutput = "b/{{locale}}/{{path}}"\n'
    )
    (root / "code").mkdir()
    (root / "code/x.rs").write_text("// x\n", encoding="utf-8")
    yiben(root, "update")
    yiben(root, "build")
    page = text(root, "b/en/a/one.md")
    assert page == source.replace("{{#include ../../code", "{{#include ../../../code", 1)


SOURCE = """\
# 安装 Kubernetes

先装好 `kubectl` 1.28，再看[指南](guide.md)。

!!! note "注意"

    - 端口 8080 必须空着。
    - 需要 4 GB 内存。

运行 `kubectl apply -f app.yaml`，然后等待 5 分钟。
"""
BY_HAND = """\
# Installing Kubernetes

Install `kubectl` 1.28 first, then see [the guide](guide.md).

!!! note "Mind"

    - Port 8080 has to be free.
    - 4 GB of memory are needed.

Run `kubectl apply -f app.yaml`, then wait for 5 minutes.
"""


def built_beside(root, text):
    output = 'output = "content/{stem}.{locale}.md"\n'
    project(root, {"page.md": SOURCE, "page.en.md": text}, SETTINGS + output)
    yiben(root, "update")
    return root / "content/page.en.md"


def test_a_translation_by_hand_is_not_overwritten(tmp_path):
    page = built_beside(tmp_path, BY_HAND)
    result = yiben(tmp_path, "build")
    assert result.returncode == 1
    assert "content/page.en.md: differs from what would be written" in result.stderr
    assert page.read_text(encoding="utf-8") == BY_HAND
    command = result.stderr.split("`")[1].split()[1:]
    assert yiben(tmp_path, *command).returncode == 0
    assert yiben(tmp_path, "build").returncode == 0
    assert page.read_text(encoding="utf-8") == BY_HAND


def test_what_was_built_is_built_again(tmp_path):
    page = built_beside(tmp_path, BY_HAND)
    source = tmp_path / "content/page.md"
    assert yiben(tmp_path, "import", "content/page.md", str(page), "-l", "en").returncode == 0
    assert yiben(tmp_path, "build").returncode == 0
    for edited in (
        SOURCE.replace("。", "，请注意这一点，谢谢大家。"),  # now everything is fuzzy
        "# 别的\n\n这里说的是完全不同的事情，没有翻译。\n",
        "# 又一个\n\n现在又是一篇新的文章，也没有人翻译过它。\n",
    ):
        source.write_text(edited, encoding="utf-8")
        assert yiben(tmp_path, "update").returncode == 0
        assert yiben(tmp_path, "build").returncode == 0
    assert page.read_text(encoding="utf-8") == edited


def test_pages_with_the_source_s_locale_in_their_name(tmp_path):
    pages = {
        "a.zh.md": "# 一\n\n看[二](b-zh_CN.md)和[三](c.zh.md)。\n",
        "b-zh_CN.md": "# 二\n",
        "c.zh.md": "# 三\n",
        "c.md": "# 三三\n",
    }
    output = 'output = "content/{stem}.{locale}.md"\n'
    root = project(tmp_path, pages, SETTINGS + output)
    yiben(root, "update")
    translate(root / "locales/en/LC_MESSAGES/a.zh.po", {"一": "One"})
    assert yiben(root, "build").returncode == 0
    names = {path.name for path in (root / "content").iterdir()}
    assert names == {".yiben-built", *pages, "a.en.md", "b.en.md", "c.en.md", "c.zh.en.md"}
    built = (root / "content/a.en.md").read_text(encoding="utf-8")
    assert built == "# One\n\n看[二](b.en.md)和[三](c.zh.en.md)。\n"
    assert "4 unchanged" in yiben(root, "build").stderr


def test_pages_go_where_the_settings_spell_the_locale(tmp_path):
    settings = 'source = "en"\ntargets = ["zh-cn"]\noutput = "out/{locale}/{path}"\n'
    project(tmp_path, {"a.md": "Words.\n"}, settings)
    assert yiben(tmp_path, "update", "-l", "zh-CN").returncode == 0
    assert yiben(tmp_path, "build", "-l", "zh_CN").returncode == 0
    assert (tmp_path / "locales/zh_CN/LC_MESSAGES/a.po").is_file()
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [".yiben-built", "zh-cn"]
