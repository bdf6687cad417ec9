"""Titles that a site's settings have in another language enter the catalog of these settings."""

import re

import pytest
from projects import project, yiben

SETTINGS = 'source = "zh-Hans"\ntargets = ["en", "pt-BR"]\nsite = "mkdocs.yml"\n'
SITE = """\
site_name: 茶馆
site_description: 关于茶
docs_dir: content
nav:
  - 首页: index.md
  - 指南:
      - guide/index.md
      - 冲泡: guide/brew.md
      - 更多:
          - 水: guide/water.md
  - 外部: https://example.org/
markdown_extensions:
  - toc: {slugify: !!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower}}}
"""
ENGLISH = """\
site_name: Tea house
nav:
  - guide/brew.md
  - Guide:
      - guide/index.md
      - More:
          - Water: guide/water.md
      - Brewing: guide/brew.md
  - Home: index.md
  - Elsewhere: https://example.org/
  - Only here: other.md
"""
PLUGIN = """\
plugins:
  - search
  - i18n:
      languages:
        - {locale: zh, default: true, name: 中文, nav_translations: {首页: 别的}}
        - locale: pt_BR
          name: Português
          site_name: Casa de chá
          nav_translations: {首页: Início, 水: Água, 没有: Nada}
"""
PAGES = dict.fromkeys(
    ("index.md", "guide/index.md", "guide/brew.md", "guide/water.md"), "# 页\n\n一段文字。\n"
)


@pytest.fixture
def root(tmp_path):
    root = project(tmp_path, PAGES, SETTINGS)
    (root / "mkdocs.yml").write_text(SITE + PLUGIN, encoding="utf-8")
    (root / "en").mkdir()
    (root / "en/mkdocs.yml").write_text(ENGLISH, encoding="utf-8")
    return root


def translations(root, folder):
    text = (root / f"locales/{folder}/LC_MESSAGES/mkdocs.yml.po").read_text(encoding="utf-8")
    assert "fuzzy" not in text
    pairs = re.findall(r'^msgid "(.+)"\nmsgstr "(.*)"', text, re.MULTILINE)
    return {source: target for source, target in pairs if target}


def test_from_the_settings_in_another_language_by_the_pages_they_name(root):
    result = yiben(root, "import", "mkdocs.yml", "en/mkdocs.yml", "-l", "en")
    assert result.returncode == 0, result.stderr
    assert translations(root, "en") == {
        "茶馆": "Tea house",
        "首页": "Home",
        "指南": "Guide",
        "冲泡": "Brewing",
        "更多": "More",
        "水": "Water",
        "外部": "Elsewhere",
    }


def test_from_the_settings_of_the_plugin_that_made_the_languages(root):
    result = yiben(root, "import", "mkdocs.yml", "mkdocs.yml", "-l", "pt-BR")
    assert result.returncode == 0, result.stderr
    assert translations(root, "pt_BR") == {"茶馆": "Casa de chá", "首页": "Início", "水": "Água"}
    assert "mkdocs.yml:22: not used: “没有”" in result.stdout


def test_what_is_there_already_stays(root):
    yiben(root, "import", "mkdocs.yml", "en/mkdocs.yml", "-l", "en")
    path = root / "locales/en/LC_MESSAGES/mkdocs.yml.po"
    path.write_text(path.read_text("utf-8").replace("Tea house", "Our tea house"), "utf-8")
    yiben(root, "import", "mkdocs.yml", "en/mkdocs.yml", "-l", "en")
    assert translations(root, "en")["茶馆"] == "Our tea house"


@pytest.mark.parametrize(
    ("translation", "problem"),
    [
        ("mkdocs.yml", "has no titles in en for those of mkdocs.yml"),
        ("no.yml", "no such file"),
        ("content/index.md", "is not a configuration of MkDocs"),
    ],
)
def test_what_has_none_is_one_line(root, translation, problem):
    (root / "content/index.md").write_text("文字\n", encoding="utf-8")
    result = yiben(root, "import", "mkdocs.yml", translation, "-l", "en")
    assert result.returncode == 2
    assert result.stderr.startswith(f"{translation}:")
    assert problem in result.stderr
    assert result.stderr.count("\n") == 1


def test_init_names_the_command(root):
    (root / "yiben.toml").unlink()
    result = yiben(root, "init", "--source", "zh-Hans", "-t", "pt-BR", "-t", "en")
    assert "`yiben import mkdocs.yml mkdocs.yml -l pt-BR` imports them" in result.stderr
    assert "mkdocs.yml -l en`" not in result.stderr
