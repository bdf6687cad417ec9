"""Sites whose settings stand in `zensical.toml`."""

import re
import shutil
import sys
import tomllib
from pathlib import Path

import pytest
import tomlkit
import yaml
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from projects import snapshot, translate, write_files, yiben

from toolkit.model.document import Document
from toolkit.model.errors import DocumentError
from toolkit.reading.site_toml import composed_toml, toml_settings
from toolkit.reading.site_yaml import site_units

ZENSICAL = shutil.which("zensical", path=str(Path(sys.executable).parent))
SITE = """\
# The site of the lamp
[project]
site_name = "The Lamp"
site_description = 'How to keep it.'
site_url = "https://example.org/m/"
nav = [
  { Home = "index.md" },
  # yiben:note a verb
  { "Guide" = [
    "guide/index.md",
    { "Oil \\u0026 wick" = "guide/oil.md" },
  ]},
]

[project.theme]
language = "en"

[project.markdown_extensions.attr_list]
[project.markdown_extensions.toc]
permalink = true
[project.markdown_extensions.pymdownx.superfences]

[project.plugins.yiben]

[project.extra] # shown in the footer
generator = false
"""
SETTINGS = """\
source = "en"
targets = ["de", "ar"]
content = "docs"
site = "zensical.toml"
site_output = "zensical.{locale}.toml"
"""
PAGES = {
    "docs/index.md": "# Home\n\nSee the [oil](guide/oil.md#filling).\n",
    "docs/guide/index.md": "# Guide\n\nRead on.\n",
    "docs/guide/oil.md": "# Oil\n\n## Filling\n\nBe careful.\n",
    "zensical.toml": SITE,
    "yiben.toml": SETTINGS,
}
CATALOG = "locales/de/LC_MESSAGES/zensical.toml.po"
DE = {
    "The Lamp": "Die Lampe",
    "Home": "Start",
    "Guide": "Anleitung",
    "Oil & wick": 'Öl und \\"Docht\\"',
    "How to keep it.": "Wie man sie pflegt.",
}


@pytest.fixture
def root(tmp_path):
    write_files(tmp_path, PAGES)
    assert yiben(tmp_path, "update").returncode == 0
    translate(tmp_path / CATALOG, DE)
    return tmp_path


def plain(node):
    """The texts of nodes, as a file of JSON would have them."""
    if isinstance(node, yaml.MappingNode):
        return {key.value: plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [plain(item) for item in node.value]
    return node.value


KEYS = st.text("abc-_ .\"'é#=[]", min_size=1, max_size=6)
VALUES = st.recursive(
    st.text(max_size=8).filter(lambda text: "\r" not in text),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(KEYS, VALUES, max_size=4))
def test_any_settings_are_read_as_the_standard_library_reads_them(values):
    text = tomlkit.dumps({"project": values})
    known = tomllib.loads(text)["project"]
    known.pop("markdown_extensions", None)
    document = Document.from_bytes("zensical.toml", text.encode("utf-8", "surrogatepass"))
    assert plain(composed_toml(document)) == known


def test_all_ways_to_write_settings():
    text = """\
other.x = 1
[project]
a.b."c d" = 'x'
"e" = [ 1.5, [true, 1979-05-27T07:32:00Z], # one
  {x = "]", y.z = '''a
b'''}, ]
[[project.list]]
k = "\\u0041"
[[project.list]]
k = \"\"\"
two
lines\"\"\"
[project.list.inner]
deep = 'yes'
"""
    found = plain(composed_toml(Document.from_bytes("zensical.toml", text.encode())))
    assert found == {
        "a": {"b": {"c d": "x"}},
        "e": ["1.5", ["true", "1979-05-27T07:32:00Z"], {"x": "]", "y": {"z": "a\nb"}}],
        "list": [{"k": "A"}, {"k": "two\nlines", "inner": {"deep": "yes"}}],
    }


def test_what_readers_see_is_a_unit_at_its_place():
    document = Document.from_bytes("zensical.toml", SITE.encode())
    found = {
        unit.text: (document.place(unit.span.start)[0], unit.notes) for unit in site_units(document)
    }
    assert found == {
        "The Lamp": (3, ()),
        "How to keep it.": (4, ()),
        "Home": (7, ()),
        "Guide": (9, ("a verb",)),
        "Oil & wick": (11, ()),
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[project]\nsite_name = \n", "zensical.toml:2:13: is not valid TOML"),
        ("site_name = 'x'\n", "zensical.toml:1:1: has no table [project]"),
        ("project = 1\n", "zensical.toml:1:1: has no table [project]"),
    ],
)
def test_what_is_no_settings_is_one_line(root, text, message):
    with pytest.raises(DocumentError):
        composed_toml(Document.from_bytes("zensical.toml", text.encode()))
    (root / "zensical.toml").write_text(text, encoding="utf-8")
    run = yiben(root, "update")
    assert run.returncode == 2
    assert message in run.stderr


def test_the_settings_of_a_locale_are_right_for_its_readers(root):
    run = yiben(root, "build")
    assert run.returncode == 0, run.stderr
    text = (root / "zensical.de.toml").read_text("utf-8")
    project = tomllib.loads(text)["project"]
    assert project["site_name"] == "Die Lampe"
    assert project["site_description"] == "Wie man sie pflegt."
    assert project["nav"] == [
        {"Start": "index.md"},
        {"Anleitung": ["guide/index.md", {'Öl und "Docht"': "guide/oil.md"}]},
    ]
    assert (project["docs_dir"], project["site_dir"]) == ("build/de", "site-de")
    assert project["site_url"] == "https://example.org/m/de/"
    assert project["theme"] == {"language": "de"}
    assert "yiben" not in project.get("plugins", {})
    assert [one["link"] for one in project["extra"]["alternate"]] == ["/m/", "/m/de/", "/m/ar/"]
    assert project["extra"]["generator"] is False
    assert "# The site of the lamp" in text
    assert "# shown in the footer" in text
    arabic = tomllib.loads((root / "zensical.ar.toml").read_text("utf-8"))["project"]
    assert arabic["theme"] == {"language": "ar", "direction": "rtl"}
    # The pages have some of the texts, too.
    assert (yiben(root, "update").returncode, yiben(root, "build").returncode) == (0, 0)
    before = snapshot(root)
    for words in (["build"], ["update"], ["build", "--check"], ["check", "-l", "de"]):
        assert yiben(root, *words).returncode == 0
    assert snapshot(root) == before


def test_a_translation_brings_nothing_into_the_settings(root):
    translate(root / CATALOG, {"The Lamp": "<script>alert(1)</script>"})
    run = yiben(root, "build", "-l", "de")
    assert run.returncode == 1
    assert CATALOG in run.stderr
    project = tomllib.loads((root / "zensical.de.toml").read_text("utf-8"))["project"]
    assert project["site_name"] == "The Lamp"


def test_own_alternates_become_absolute(root):
    own = '\nalternate = [{name = "English", link = "./", lang = "en"}, '
    own += '{name = "Deutsch", link = "./de/", lang = "de"}]\n'
    path = root / "zensical.toml"
    path.write_text(SITE.replace("\ngenerator = false\n", own), encoding="utf-8")
    assert yiben(root, "build", "-l", "de").returncode == 0
    project = tomllib.loads((root / "zensical.de.toml").read_text("utf-8"))["project"]
    assert project["extra"]["alternate"] == [
        {"name": "English", "link": "/m/", "lang": "en"},
        {"name": "Deutsch", "link": "/m/de/", "lang": "de"},
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [('"zensical.toml"', '"site.toml"'), ('"zensical.{locale}.toml"', '"mkdocs.{locale}.yml"')],
)
def test_settings_that_do_not_fit_are_one_line(root, old, new):
    (root / "yiben.toml").write_text(SETTINGS.replace(old, new), encoding="utf-8")
    run = yiben(root, "check")
    assert run.returncode == 2
    assert re.match(r"yiben\.toml:\d+:1: site(_output)?: ", run.stderr)


def test_init_finds_the_texts_of_the_site(tmp_path):
    for name, text in PAGES.items():
        if name != "yiben.toml":
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
    assert yiben(tmp_path, "init", "-t", "de").returncode == 0
    assert (tmp_path / "locales/templates/LC_MESSAGES/zensical.toml.pot").is_file()


@pytest.mark.peers
@pytest.mark.process
@pytest.mark.skipif(not ZENSICAL, reason="zensical is not installed")
def test_zensical_builds_all_languages(root):
    run = yiben(root, "site", "build")
    assert run.returncode == 0, run.stderr
    assert "zensical en: built" in run.stderr
    page = etree.HTML((root / "site/de/guide/oil/index.html").read_text("utf-8"))
    assert page.get("lang") == "de"
    titles = " ".join(" ".join(page.xpath("//nav//text()")).split())
    assert 'Öl und "Docht"' in titles
    assert page.xpath("//link[@rel='canonical']/@href") == ["https://example.org/m/de/guide/oil/"]
    assert (root / "site/ar/index.html").is_file()
    assert not (root / ".yiben-zensical.toml").exists()
    assert yiben(root, "verify", "site").returncode == 0


def test_bundles_of_extensions_are_flat():
    text = '[project]\nsite_name = "x"\n[project.markdown_extensions]\nadmonition = {}\n'
    text += "[project.markdown_extensions.toc]\npermalink = true\n"
    text += "[project.markdown_extensions.pymdownx.tabbed]\nalternate_style = true\n"
    found = toml_settings(Document("zensical.toml", text))
    assert found["markdown_extensions"] == {
        "admonition": {},
        "toc": {"permalink": True},
        "pymdownx.tabbed": {"alternate_style": True},
    }
