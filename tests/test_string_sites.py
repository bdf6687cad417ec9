"""Sites of the real generators in a pseudo-locale show none of the interface's source texts."""

import ast
import re
import shutil
import subprocess
import tomllib

import pytest
from projects import write_files, yiben

FILES_OF_HUGO = {
    "hugo.toml": """\
baseURL = "https://example.org/"
defaultContentLanguage = "en"
[languages.en]
weight = 1
[languages.en-xa]
weight = 2
""",
    "config/_default/menus.en.toml": '[[main]]\nname = "Start page"\npageRef = "/"\nweight = 1\n',
    "config/_default/params.en.yaml": "subtitle: Made with care   # below the title\ncolor: red\n",
    "config/_default/languages.en.json": '{"title": "Guide of things", "weight": 1}\n',
    "i18n/en.toml": (
        '[more]\nother = "Read more"\n[minutes]\none = "One minute"\nother = "Minutes"\n'
    ),
    "content/_index.md": "Welcome here.\n",
    "layouts/index.html": (
        "<title>{{ site.Title }}</title><p class={{ site.Params.color }}>"
        "{{ site.Params.subtitle }}</p>{{ range site.Menus.main }}<a>{{ .Name }}</a>{{ end }}"
        '<b>{{ i18n "more" }}</b><i>{{ i18n "minutes" 1 }}</i>{{ .Content }}'
    ),
}
SHOWN_BY_HUGO = ("Guide of things", "Made with care", "Start page", "Read more", "One minute")
FILES_OF_MDBOOK = {
    "book.toml": (
        '[book]\ntitle = "Guide of things"  # shown\ndescription = "All about things"\n\n'
        "[output.html]\nsmart-punctuation = true\n"
    ),
    "src/SUMMARY.md": "# Summary\n\n- [First steps](first.md)\n",
    "src/first.md": "# First steps\n\nWelcome here.\n",
}


def program(name: str) -> str:
    found = shutil.which(name)
    if not found:
        pytest.skip(f"{name} is not installed")
    return found


@pytest.mark.peers
def test_a_site_of_hugo(tmp_path):
    hugo = program("hugo")
    root = write_files(tmp_path, FILES_OF_HUGO)
    (root / "yiben.toml").write_text(
        'source = "en"\ntargets = ["fr"]\ndialect = "hugo"\noutput = "content/{stem}.{locale}.md"\n'
        'site = ["i18n/en.toml", "config/_default/menus.en.toml",'
        ' "config/_default/params.en.yaml", "config/_default/languages.en.json"]\n',
        encoding="utf-8",
    )
    assert yiben(root, "update").returncode == 0
    assert yiben(root, "build", "-l", "en-XA").returncode == 0
    params = (root / "config/_default/params.en-XA.yaml").read_text(encoding="utf-8")
    source = FILES_OF_HUGO["config/_default/params.en.yaml"]
    assert re.sub("⟦.*⟧", "Made with care", params) == source
    subprocess.run([hugo, "--quiet"], check=True, cwd=root, capture_output=True)
    english = (root / "public/index.html").read_text(encoding="utf-8")
    pseudo = (root / "public/en-xa/index.html").read_text(encoding="utf-8")
    for text in (*SHOWN_BY_HUGO, "Welcome here"):
        assert text in english
        assert text not in pseudo
    assert "class=red" in pseudo
    assert pseudo.count("⟦") == len(SHOWN_BY_HUGO) + 1


ONE_FILE = {
    "hugo.toml": """\
baseURL = "https://example.org/"
defaultContentLanguage = "en"
title = "Guide of things"  # everywhere

[params]
subtitle = "Made with care"
color = "red"

[[menus.main]]
name = "Start page"
pageRef = "/"
weight = 1

[[menus.main]]
name = "Next page"
pageRef = "/next"
weight = 2

[languages.en]
weight = 1
[languages.en.params]
footer = "The very end"
[languages.en-xa]
weight = 2
[languages.en-xa.params]
color = "blue"
""",
    "hugo.yaml": """\
baseURL: https://example.org/
defaultContentLanguage: en
languages:
  en:
    title: Guide of things
    weight: 1
    params: {subtitle: Made with care, color: red, footer: The very end}
    menus:
      main:
      - {name: Start page, pageRef: /, weight: 1}
      - {name: Next page, pageRef: /next, weight: 2}
  en-xa:
    weight: 2
    params: {color: blue}
""",
}
LAYOUT = (
    "<title>{{ site.Title }}</title><p class={{ site.Params.color }}>{{ site.Params.subtitle }}</p>"
    "{{ range site.Menus.main }}<a href={{ .URL }}>{{ .Name }}</a>{{ end }}{{ .Content }}"
    "<footer>{{ site.Params.footer }}</footer>"
)


@pytest.mark.peers
@pytest.mark.parametrize("name", ONE_FILE)
def test_a_site_of_hugo_with_one_file_for_all(tmp_path, name):
    hugo = program("hugo")
    files = {
        name: ONE_FILE[name],
        "content/_index.md": "Welcome here.\n",
        "content/next.md": "Go on.\n",
        "layouts/index.html": LAYOUT,
        "layouts/_default/single.html": LAYOUT,
    }
    root = write_files(tmp_path, files)
    assert yiben(root, "init", "--target", "fr").returncode == 0
    settings = tomllib.loads((root / "yiben.toml").read_text(encoding="utf-8"))
    assert settings["site"] == [name]
    assert yiben(root, "update").returncode == 0
    assert yiben(root, "build", "-l", "en-XA").returncode == 0
    assert (root / name).read_text(encoding="utf-8") == ONE_FILE[name]
    subprocess.run([hugo, "--quiet"], check=True, cwd=root, capture_output=True)
    shown = ("Guide of things", "Made with care", "Start page", "Next page", "The very end")
    for page in ("index.html", "next/index.html"):
        english = (root / "public" / page).read_text(encoding="utf-8")
        pseudo = (root / "public/en-xa" / page).read_text(encoding="utf-8")
        assert all(text in english for text in shown)
        assert not [text for text in (*shown, "Welcome here", "Go on") if text in pseudo]
        assert "class=blue" in pseudo
        assert "href=/en-xa/next/" in pseudo
        assert pseudo.count("⟦") == len(shown) + 1


CONF = """\
# Made by hand.
extensions = ["myst_parser"]
project = "Guide of things"  # everywhere
html_title = 'Guide of \\'all\\' things'
html_short_title = "The " "guide"
copyright = f"{2026}, us"
html_theme = "alabaster"
"""


@pytest.mark.peers
def test_a_site_of_sphinx(tmp_path):
    sphinx = program("sphinx-build")
    files = {"docs/conf.py": CONF, "docs/index.md": "# Welcome page\n\nWelcome here.\n"}
    root = write_files(tmp_path, files)
    assert yiben(root, "init", "--source", "en", "--target", "fr").returncode == 0
    settings = tomllib.loads((root / "yiben.toml").read_text(encoding="utf-8"))
    assert settings["site"] == ["docs/conf.py"]
    assert yiben(root, "update").returncode == 0
    assert yiben(root, "build", "-l", "fr", "-l", "en-XA").returncode == 0
    assert (root / "build/fr/conf.py").read_text(encoding="utf-8") == f"{CONF}\nlanguage = 'fr'\n"
    subprocess.run([sphinx, "-q", "build/en-XA", "out"], cwd=root, check=True, capture_output=True)
    page = (root / "out/index.html").read_text(encoding="utf-8")
    shown = re.sub("<[^>]*>", "", page)
    assert shown.count("⟦") >= len(("title", "heading", "text"))
    for text in ("Guide of things", "Guide of 'all'", "Welcome page", "Welcome here"):
        assert text not in shown


def test_a_configuration_of_sphinx_cannot_be_broken_by_a_translation(tmp_path):
    root = write_files(tmp_path, {"content/conf.py": CONF, "content/index.md": "# Welcome\n"})
    (root / "yiben.toml").write_text(
        'source = "en"\ntargets = ["fr"]\ndialect = "myst"\nsite = ["content/conf.py"]\n'
    )
    yiben(root, "update")
    path = root / "locales/fr/LC_MESSAGES/content/conf.py.po"
    text = path.read_text(encoding="utf-8")
    evil = '\\"; import os; os.system(\\"x\\") #\\n\\\\'
    path.write_text(
        text.replace('things"\nmsgstr ""', f'things"\nmsgstr "{evil}"'), encoding="utf-8"
    )
    yiben(root, "build")
    written = (root / "build/fr/conf.py").read_text(encoding="utf-8")
    tree_of = ast.parse(written)
    assert [type(node) for node in tree_of.body] == [ast.Assign] * 7
    assert len(written.split("\n")) == len(CONF.split("\n")) + 2


@pytest.mark.peers
def test_a_book_of_mdbook(tmp_path):
    mdbook = program("mdbook")
    root = write_files(tmp_path, FILES_OF_MDBOOK)
    assert yiben(root, "init", "--source", "en", "--target", "fr").returncode == 0
    settings = tomllib.loads((root / "yiben.toml").read_text(encoding="utf-8"))
    assert settings["site"] == ["book.toml"]
    assert yiben(root, "update").returncode == 0
    assert yiben(root, "build", "-l", "en-XA").returncode == 0
    book = (root / "build/en-XA/book.toml").read_text(encoding="utf-8")
    source = FILES_OF_MDBOOK["book.toml"].replace("[book]\n", '[book]\nlanguage = "en-XA"\n')
    assert re.sub("⟦.*?⟧", "x", book) == re.sub('"(?:Guide|All)[^"]*"', '"x"', source)
    words = [mdbook, "build", "build/en-XA", "-d", str(root / "out")]
    subprocess.run(words, check=True, cwd=root, capture_output=True)
    page = (root / "out/first.html").read_text(encoding="utf-8")
    assert 'lang="en-XA"' in page
    for text in ("Guide of things", "All about things", "First steps", "Welcome here"):
        assert text not in page


def test_init_proposes_the_files_of_a_site_of_docusaurus(tmp_path):
    files = {
        "docusaurus.config.js": (
            "module.exports = {i18n: {defaultLocale: 'en', locales: ['en', 'fr']}};\n"
        ),
        "docs/index.md": "# Welcome\n",
        "docs/guide/_category_.json": '{"label": "Guide"}\n',
        "i18n/en/code.json": '{"a": {"message": "Words"}}\n',
    }
    root = write_files(tmp_path, files)
    assert yiben(root, "init").returncode == 0
    settings = tomllib.loads((root / "yiben.toml").read_text(encoding="utf-8"))
    assert settings["site"] == ["i18n/en/**/*.json", "docs/**/_category_.json"]
    assert yiben(root, "update").returncode == 0
    assert yiben(root, "build").returncode == 0
    assert (root / "i18n/fr/code.json").read_text(encoding="utf-8") == files["i18n/en/code.json"]
    copy = settings["output"].format(locale="fr", path="guide/_category_.json", stem="")
    assert (root / copy).exists()
