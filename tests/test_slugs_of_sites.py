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
