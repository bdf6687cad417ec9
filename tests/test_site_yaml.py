"""The texts of `mkdocs.yml` are translated, and not a byte besides."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from trees import CORPUS

from toolkit.model.document import Document
from toolkit.model.errors import DocumentError
from toolkit.reading.site_yaml import site_units
from toolkit.site.yaml_texts import localized_settings

TEXT = """\
# the site
site_name: "译本: 手册"   # its name
site_description: 'it''s 好'
copyright: >
  版权 <b>所有</b>
  第二行
theme:
  name: material
  custom_dir: !ENV [DIR, "x"]
nav:
  - 首页: index.md
  - "指南":
      - 安装: guide/a.md
      - guide/b.md
  - {其他: c.md, '链接': 'https://example.org'}
markdown_extensions:
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
"""


def settings(text):
    return Document("mkdocs.yml", text)


def test_what_readers_see_is_a_unit():
    units = site_units(settings(TEXT))
    assert [(unit.detail, unit.text) for unit in units] == [
        ("site setting · site_name", "译本: 手册"),
        ("site setting · site_description", "it's 好"),
        ("site setting · copyright", "版权 <b>所有</b> 第二行"),
        ("nav title · index.md", "首页"),
        ("nav title · section", "指南"),
        ("nav title · guide/a.md", "安装"),
        ("nav title · c.md", "其他"),
        ("nav title · https://example.org", "链接"),
    ]


def test_titles_of_the_environment_are_units_by_what_counts_without_it():
    text = """\
nav:
  - !ENV [NAV_HOME, "Home"]: index.md
  - !ENV [NAV_GUIDE, GUIDE, "The guide"]:
      - a.md
      - !ENV NAV_B: b.md
  - ? [odd, key]
    : c.md
? {another: one}
: kept
markdown_extensions:
  - ? [odd]
    : {}
plugins:
  - !ENV [PLUGIN, search]: {}
  - ? [awesome-nav]
    : {filename: x.yml}
theme:
  ? [odd]
  : x
extra:
  ? [odd]
  : x
"""
    units = site_units(settings(text))
    assert [unit.text for unit in units] == ["Home", "The guide"]
    made, refused = translated(text, "{} 2".format)
    assert not refused
    assert made.text == text.replace('"Home"', '"Home 2"').replace('guide"', 'guide 2"')


def translated(text, translate):
    document = settings(text)
    units = site_units(document)
    known = {(unit.context, unit.text): translate(unit.text) for unit in units}
    return localized_settings(document, units, known)


def test_nothing_but_the_texts_changes():
    words = {"首页": "Home: start", "指南": "Guide #1", "其他": "a, b}", "译本: 手册": 'The "book"'}
    made, refused = translated(TEXT, lambda text: words.get(text, ""))
    assert not refused
    assert "# its name" in made.text
    assert 'custom_dir: !ENV [DIR, "x"]' in made.text
    assert "!!python/name:material.extensions.emoji.twemoji" in made.text
    loaded = yaml.compose(made.text)
    assert loaded
    values = {key.value: value for key, value in loaded.value}
    assert values["site_name"].value == 'The "book"'
    titles = [item.value[0][0].value for item in values["nav"].value if item.value]
    assert titles == ["Home: start", "Guide #1", "a, b}"]
    same = [line for line in TEXT.split("\n") if not any(word in line for word in words)]
    assert all(line in made.text.split("\n") for line in same if "译本" not in line)


@given(st.text(min_size=1, max_size=30))
def test_whatever_a_translation_says_the_rest_stays(text):
    made, _ = translated(TEXT, lambda _: text)
    before, after = flat(yaml.compose(TEXT)), flat(yaml.compose(made.text))
    units = {unit.text for unit in site_units(settings(TEXT))}
    assert len(before) == len(after)
    for old, new in zip(before, after, strict=True):
        assert old == new or old.strip() in units
    assert translated(TEXT, lambda _: "")[0].text == TEXT


def flat(node):
    if isinstance(node, yaml.ScalarNode):
        return [node.value]
    items = [part for item in node.value for part in (item if isinstance(item, tuple) else (item,))]
    return [text for item in items for text in flat(item)]


@pytest.mark.parametrize("text", ["nav: [", "- a\n", "a: b: c\n"])
def test_what_is_no_settings_is_told_with_its_place(text):
    with pytest.raises(DocumentError, match=r"mkdocs\.yml:"):
        site_units(settings(text))


@pytest.mark.parametrize("name", ["mkdocs-material", "OI-wiki"])
def test_real_settings_come_back(name):
    path = CORPUS / name / "mkdocs.yml"
    if not path.is_file():
        pytest.skip(f"the corpus is not beside the project: no {name}")
    text = path.read_text(encoding="utf-8")
    units = site_units(settings(text))
    assert len(units) > 5
    made, refused = translated(text, lambda one: f"X {one}")
    assert not refused
    assert len(site_units(made)) == len(units)
    assert all(unit.text.startswith("X ") for unit in site_units(made))


def test_writers_say_in_comments_what_counts_for_a_text():
    text = """\
# yiben:max 20
site_name: Handbook # yiben:note of the whole product
nav:
  # yiben:skip
  - Out: a.md
  - In: b.md # yiben:max 12
"""
    units = site_units(settings(text))
    assert [(unit.text, unit.notes) for unit in units] == [
        ("Handbook", ("yiben: max 20", "of the whole product")),
        ("In", ("yiben: max 12",)),
    ]
