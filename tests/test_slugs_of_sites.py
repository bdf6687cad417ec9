"""Heading ids follow the function that a site's own settings name for them."""

import re

import markdown
import pytest
from mkdocs.utils.yaml import yaml_load
from projects import project, translate, yiben

from toolkit.dialects import dialect_named
from toolkit.dialects.dialect import OwnSyntax
from toolkit.dialects.slug_rule import slugs_of_toc
from toolkit.interfaces.mkdocs_plugin.extensions import plain_options
from toolkit.model.document import Document
from toolkit.reading.anchors import heading_ids
from toolkit.reading.segment import read_blocks
from toolkit.reading.site_yaml_extensions import extensions_of

PAGE = (
    "# 备份 Backup: ß ÉÀ\n\n## A B  c — d_e\n\n## ＡＢ １２ (ﬁ)\n\n## 备份\n\n## 备份\n\n"
    "## İstanbul &amp; `x = 1`\n\n## Cafe\u0301\n\n## !?\n"
)
APPLY = "!!python/object/apply:pymdownx.slugs.slugify"
TOCS = [
    "toc",
    "toc: {permalink: true}",
    "toc: {separator: _}",
    "toc: {slugify: !!python/name:markdown.extensions.toc.slugify_unicode }",
    "toc: {slugify: !!python/name:markdown.extensions.toc.slugify_unicode , separator: _}",
    f"toc:\n      slugify: {APPLY}\n        kwds:\n          case: lower\n",
    f"toc: {{permalink: '#', slugify: {APPLY} {{kwds: {{case: lower}}}}}}",
    f"toc: {{slugify: {APPLY} {{kwds: {{case: fold, normalize: NFKC}}}}}}",
    f"toc: {{slugify: {APPLY} {{kwds: {{case: lower-ascii, normalize: NFD}}}}, separator: '.'}}",
    f"toc: {{slugify: {APPLY} {{kwds: {{percent_encode: true}}}}}}",
    f"toc: {{slugify: {APPLY} {{}}}}",
    f"markdown.extensions.toc: {{slugify: {APPLY} {{kwds: {{case: none}}}}}}",
]


def settings(toc):
    return f"site_name: x\nmarkdown_extensions:\n  - attr_list\n  - {toc}\n"


def rendered_ids(options):
    program = markdown.Markdown(extensions=["toc"], extension_configs={"toc": options})
    return re.findall(r'<h[1-6] id="([^"]*)"', program.convert(PAGE))


def ids(extensions):
    dialect = dialect_named("mkdocs").configured(OwnSyntax(extensions=extensions))
    document = Document("a.md", PAGE)
    reading = read_blocks(document, dialect)
    return [one.id for one in heading_ids(reading, document, dialect, dialect.slugs)]


@pytest.mark.parametrize("toc", TOCS)
def test_ids_are_those_of_the_site_both_by_its_file_and_in_the_plugin(toc):
    (loaded,) = (
        one if isinstance(one, dict) else {one: {}}
        for one in yaml_load(settings(toc))["markdown_extensions"][1:]
    )
    (options,) = loaded.values()
    expected = rendered_ids(options)
    assert len(expected) == 8
    read = extensions_of(Document("mkdocs.yml", settings(toc)))
    assert ids(tuple((name, tuple(one.items())) for name, one in read.items())) == expected
    assert ids((("toc", tuple(plain_options(options))),)) == expected


def test_zensical_names_functions_in_tables():
    text = (
        "[project]\nsite_name = 'x'\n[project.markdown_extensions.toc]\n"
        'slugify = { object = "pymdownx.slugs.slugify", kwds = { case = "lower" } }\n'
    )
    read = extensions_of(Document("zensical.toml", text))
    assert slugs_of_toc(read["toc"]) == "pymdownx"


def test_functions_that_are_gone_from_pymdownx_still_have_their_names():
    assert slugs_of_toc({"slugify": "pymdownx.slugs.uslugify"}) == "pymdownx"
    assert slugs_of_toc({"slugify": "pymdownx.slugs.slugify case=lower"}) == "pymdownx"
    cased = slugs_of_toc({"slugify": "pymdownx.slugs.slugify"})
    assert slugs_of_toc({"slugify": "pymdownx.slugs.uslugify_cased"}) == cased


@pytest.mark.parametrize("toc", ["hooks.ids", "pymdownx.slugs.slugify case=title"])
def test_the_ids_of_an_unknown_function_are_not_judged(toc):
    dialect = dialect_named("mkdocs").configured(
        OwnSyntax(extensions=(("toc", (("slugify", toc),)),))
    )
    assert dialect.ids_of_site


@pytest.mark.parametrize("own", ["", 'slugs = "pymdownx"\n'])
def test_a_heading_that_is_linked_to_keeps_its_id_and_dead_fragments_are_found(tmp_path, own):
    page = "# 安装\n\n## 备份\n\n见[备份](#备份)和[没有](#没有)。\n"
    head = 'source = "zh-Hans"\ntargets = ["en"]\nsite = "mkdocs.yml"\n'
    root = project(tmp_path, {"a.md": page}, head + own)
    (root / "mkdocs.yml").write_text(settings(TOCS[5] if not own else "toc"), encoding="utf-8")
    yiben(root, "update")
    translate(root / "locales/en/LC_MESSAGES/a.po", {"备份": "Backup"})
    yiben(root, "build")
    assert "## Backup { #备份 }\n" in (root / "build/en/a.md").read_text(encoding="utf-8")
    found = yiben(root, "check").stdout
    assert found.count("[dead-fragment]") == 1
    assert "没有" in found


def test_a_link_by_the_text_of_a_heading_names_its_id(tmp_path):
    pages = {
        "a.md": "# 说明\n\n见[水温](b.md#水温)、[说明](#说明)和[别的](b.md#别的)。\n",
        "b.md": "# 冲泡\n\n## 水温\n\n## 泡茶 {#tea}\n\n见[泡茶](#泡茶)。\n",
    }
    root = project(tmp_path, pages, 'source = "zh-Hans"\ntargets = ["en"]\nsite = "mkdocs.yml"\n')
    (root / "mkdocs.yml").write_text(settings("toc"), encoding="utf-8")

    def names():
        found = yiben(root, "check", "--select", "dead-fragment").stdout
        said = re.findall(r'no heading or id "(.+?)"(?:; the heading .+? to "#(.+?)")?', found)
        return dict(said)

    for _ in "twice":
        assert names() == {"水温": "_2", "说明": "_1", "别的": "", "泡茶": "tea"}
    # Another heading in front of it changes what is said.
    (root / "content/b.md").write_text("# 冲泡\n\n## 前\n\n## 水温\n", encoding="utf-8")
    yiben(root, "update")
    assert names() == {"水温": "_3", "说明": "_1", "别的": ""}
    html = markdown.markdown("# 冲泡\n\n## 前\n\n## 水温\n", extensions=["toc"])
    assert '<h2 id="_3">水温</h2>' in html
