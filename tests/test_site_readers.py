"""What is read from a site's settings: each kind of entry, and what looks like it and is none."""

import pytest

from toolkit.dialects import dialect_named
from toolkit.model.document import Document
from toolkit.model.errors import DocumentError
from toolkit.model.units import Kind
from toolkit.reading.hugo_settings import hugo_values
from toolkit.reading.left_out import without_left_out
from toolkit.reading.segment import read
from toolkit.reading.site_toml import composed_toml, toml_settings, toml_value
from toolkit.reading.site_yaml import (
    composed,
    further_units,
    inherited,
    nav_file_names,
    plain_settings,
    site_units,
    title_units,
    values_of,
)
from toolkit.reading.site_yaml_blog import Blog, blogs, category_units
from toolkit.reading.site_yaml_extensions import extensions_of, inherited_extensions
from toolkit.reading.site_yaml_facts import SiteFacts, site_facts
from toolkit.reading.site_yaml_folders import folder_title, folder_units, shows_folders
from toolkit.reading.site_yaml_pairs import translated_texts


def settings(text, path="mkdocs.yml"):
    return Document(path, text)


def listed(units):
    return [(unit.detail, unit.text) for unit in units]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("site_name: Lamp", [("site setting · site_name", "Lamp")]),
        ("site_name: !ENV [NAME, OTHER, Lamp]", [("site setting · site_name", "Lamp")]),
        ("site_name: !ENV [NAME]", []),
        ("site_name: !ENV NAME", []),
        ("site_name: [NAME, Lamp]", []),
        ("site_name: !other [NAME, Lamp]", []),
        ("site_name: 2024", []),
        ("copyright: '2024'", []),
        ("copyright: '2024 L'", [("site setting · copyright", "2024 L")]),
        ("site_url: Lamp", []),
        ("nav: index.md", []),
        ("nav: [index.md, {'*': b.md}, {1: c.md}, {'1': d.md}]", []),
        ("nav: {Home: index.md}", [("nav title · index.md", "Home")]),
        (
            "nav: [{Part: [{Deep: [{One: a.md}, {Two: {Three: b.md}}]}]}]",
            [
                *(("nav title · section", "Part"), ("nav title · section", "Deep")),
                *(("nav title · a.md", "One"), ("nav title · section", "Two")),
                ("nav title · b.md", "Three"),
            ],
        ),
        ("nav: [{glob: 'a/*', Title: x}, {Home: index.md}]", [("nav title · index.md", "Home")]),
        ("nav: [{regex: a}, {ignore_no_matches: true}]", []),
        (
            "# yiben:skip\nsite_name: Lamp\nsite_description: Light",
            [
                ("site setting · site_description", "Light"),
            ],
        ),
    ],
)
def test_texts_of_settings(text, found):
    assert listed(site_units(settings(f"{text}\n"))) == found


def test_texts_in_order_of_their_places_with_what_writers_say():
    text = "nav:\n  - Home: a.md # yiben:context menu\n# yiben:note of all\nsite_name: Lamp\n"
    units = site_units(settings(text))
    assert [(one.text, one.context, one.notes) for one in units] == [
        ("Home", "menu", ()),
        ("Lamp", None, ("of all",)),
    ]
    assert [text[one.span.start : one.span.end] for one in units] == ["Home", "Lamp"]


FURTHER = """\
site_name: Base
title: Folder
arrange:
  - Part: a.md
  - [{Deep: b.md}]
authors:
  ann:
    name: Ann
    description: Writes
    avatar: a.png
  team: {name: The team}
  none: x
other: no
"""


def test_texts_of_other_files_stand_at_the_end():
    own = settings("site_name: Own\n")
    units = list(further_units(own, [settings(FURTHER, "docs/.nav.yml")]))
    assert listed(units) == [
        ("site setting · site_name · docs/.nav.yml", "Base"),
        ("nav title · folder · docs/.nav.yml", "Folder"),
        ("nav title · a.md · docs/.nav.yml", "Part"),
        ("nav title · b.md · docs/.nav.yml", "Deep"),
        ("site setting · author's name · docs/.nav.yml", "Ann"),
        ("site setting · author's description · docs/.nav.yml", "Writes"),
        ("site setting · author's name · docs/.nav.yml", "The team"),
    ]
    assert {(one.span.start, one.span.end) for one in units} == {(15, 15)}
    assert listed(further_units(own, [settings("authors: [a]\narrange: x\n", "b.yml")])) == []
    assert [one.kind for one in units[:2]] == [Kind.SITE_SETTING, Kind.NAV_TITLE]


def test_titles_of_admonitions_stand_at_the_end():
    units = list(title_units(settings("a: b\n")))
    assert ("admonition title · note", "Note") in listed(units)
    assert len(units) == 12
    assert {(one.span.start, one.span.end, one.kind) for one in units} == {
        (5, 5, Kind.ADMONITION_TITLE)
    }


@pytest.mark.parametrize(
    ("plugins", "names"),
    [
        ("", set()),
        ("plugins: [search, awesome-nav]", set()),
        ("plugins:\n  - awesome-nav:\n      filename: .menu.yml", {".menu.yml"}),
        ("plugins:\n  awesome-pages:\n    filename: .order\n    strict: x", {".order"}),
        ("plugins:\n  other:\n    filename: .order", set()),
        ("plugins:\n  - search\n  - awesome-nav: x\n  - [a]", set()),
        ("other:\n  awesome-nav:\n    filename: .order", set()),
    ],
)
def test_names_of_files_for_the_navigation(plugins, names):
    assert nav_file_names(settings(f"a: b\n{plugins}\n")) == {".nav.yml", ".pages"} | names


def test_plain_settings_and_values():
    document = settings("INHERIT: base.yml\na: 1\nb: [2]\n[c]: d\n? {e: f}\n: g\n")
    assert plain_settings(document) == {"INHERIT": "base.yml", "a": "1"}
    assert inherited(document) == "base.yml"
    assert inherited(settings("a: b\n")) == ""
    assert values_of(settings("a: 1\nb: [2]\n")) == {"a": 1, "b": [2]}
    toml = settings("[project]\na = 1\nmarkdown_extensions.pymdownx.b.c = 2\n", "zensical.toml")
    assert values_of(toml) == {"a": 1, "markdown_extensions": {"pymdownx.b": {"c": 2}}}


@pytest.mark.parametrize("text", ["", "[]", "a", "- a: b"])
def test_what_is_no_mapping_has_a_place(text):
    with pytest.raises(DocumentError) as caught:
        composed(settings(f"{text}\n"))
    assert [(one.line, one.column) for one in caught.value.problems] == [(1, 1)]


@pytest.mark.parametrize("read", [composed, values_of])
def test_what_is_no_yaml_has_a_place(read):
    with pytest.raises(DocumentError) as caught:
        read(settings("a: b\nc: ]\n"))
    assert [(one.line, one.column) for one in caught.value.problems] == [(2, 4)]


OWN = """\
site_name: Lampe
site_description: Das  Licht
copyright: Wir
nav:
  - Start: index.md
  - Gleich: same.md
  - Leer: empty.md
  - Allein: alone.md
  - Anleitung:
      - a.md
      - Öl: b.md
  - Mehr:
      - Tiefer:
          - c.md
  - Mit Namen: {Innen: d.md}
plugins:
  - search
  - i18n:
      languages:
        - locale: de
          site_name: Nicht
        - locale: fr-CA
          site_name: Lampe fr
          nav_translations:
            Start: Accueil
            Öl: ''
        - {name: none}
"""
OTHER = """\
site_name: Lamp
site_description: The
  light
copyright: Wir
nav:
  - Begin: index.md
  - Gleich: same.md
  - '': empty.md
  - New: new.md
  - Guide:
      - a.md
      - Oil: b.md
  - More:
      - Deeper:
          - c.md
  - With names: {Inside: d.md}
"""


def translations(own, other, tags=()):
    return [(one.id, one.string, one.line) for one in translated_texts(own, other, tags)]


def test_texts_of_two_settings_of_a_site_are_translations():
    own, other = settings(OWN), settings(OTHER, "mkdocs.en.yml")
    assert translations(own, other) == [
        ("Start", "Begin", 6),
        ("Anleitung", "Guide", 10),
        ("Öl", "Oil", 12),
        ("Mehr", "More", 13),
        ("Tiefer", "Deeper", 14),
        ("Mit Namen", "With names", 16),
        ("Innen", "Inside", 16),
        ("Das Licht", "The light", 2),
        ("Lampe", "Lamp", 1),
    ]
    assert translations(own, settings("site_name: Lamp\n", "b.yml")) == [("Lampe", "Lamp", 1)]
    assert translations(own, settings("nav: index.md\n", "b.yml")) == []


def test_translations_of_the_plugin_are_those_of_the_language():
    own = settings(OWN)
    assert translations(own, own, ["fr-ca", "x"]) == [
        ("Lampe", "Lampe fr", 23),
        ("Start", "Accueil", 25),
    ]
    assert translations(own, own, ["FR-CA"]) == translations(own, own, ["fr-ca"])
    assert translations(own, own, ["de"]) == [("Lampe", "Nicht", 21)]
    assert translations(own, own, ["fr", ""]) == []
    other = settings(OWN.replace("i18n", "mkdocs-static-i18n"))
    assert len(translations(other, other, ["fr-ca"])) == 2
    none = settings(OWN.replace("i18n", "other"))
    assert translations(none, none, ["fr-ca"]) == []
    odd = settings("plugins:\n  i18n:\n    languages: {locale: fr}\n")
    assert translations(odd, odd, ["fr"]) == []


FACTS = {
    "mkdocs.yml": """\
INHERIT: conf/base.yml
docs_dir: content
site_url: https://e.org/
use_directory_urls: 'False'
hooks: [a.py]
validation: {links: {absolute_links: relative_to_docs}}
markdown_extensions:
  - toc: {permalink: true, slugify: x}
  - admonition
  - pymdownx.snippets:
      base_path: [a, '', b]
plugins:
  - search
  - yiben: {mount: {api: /api/site/, other: o}}
""",
    "conf/base.yml": """\
INHERIT: ../top.yml
site_dir: built
markdown_extensions:
  toc: {baselevel: 2}
  pymdownx.tabbed: {alternate_style: true}
""",
    "top.yml": "docs_dir: never\nsite_dir: never\n",
}


def bytes_of(files):
    return lambda name: files[name].encode() if name in files else None


def test_facts_of_a_site():
    files = {**FACTS, "conf/../top.yml": FACTS["top.yml"]}
    assert site_facts(bytes_of(files), "mkdocs.yml") == SiteFacts(
        docs="content",
        url="https://e.org/",
        folder="built",
        directory_urls=False,
        plugins=frozenset({"search", "yiben"}),
        hooks=True,
        absolute="relative_to_docs",
        toc=frozenset({"permalink", "slugify"}),
        snippets=("a", "b"),
        labels=frozenset({"alternate_style"}),
        mounts={"api": "api/site", "other": "o"},
    )


def test_facts_of_a_site_that_says_nothing():
    assert site_facts(bytes_of({"a.yml": "a: b\n"}), "a.yml") == SiteFacts()
    assert site_facts(bytes_of({}), "a.yml") is None
    odd = "plugins: {yiben: {mount: {x: y}}}\n"
    odd += "markdown_extensions: {pymdownx.snippets: {base_path: p}}\n"
    found = site_facts(bytes_of({"a.yml": odd}), "a.yml")
    assert found is not None
    assert (dict(found.mounts), found.snippets) == ({"x": "y"}, ("p",))
    assert found.plugins == {"yiben"}
    for word in ("no", "OFF", "false"):
        found = site_facts(bytes_of({"a.yml": f"use_directory_urls: {word}\n"}), "a.yml")
        assert found is not None
        assert not found.directory_urls


def test_settings_inherit_five_times_at_most():
    files = {f"{number}.yml": f"INHERIT: {number + 1}.yml\n" for number in range(9)}
    for number in range(9):
        found = site_facts(bytes_of({**files, f"{number}.yml": "site_dir: x\n"}), "0.yml")
        assert found is not None
        assert found.folder == ("x" if number < 5 else "site")
    last = {**files, "5.yml": "markdown_extensions: [a]\nINHERIT: 6.yml\n"}
    assert inherited_extensions(bytes_of(last), "0.yml") == {"a": {}}
    last = {**files, "6.yml": "markdown_extensions: [a]\n"}
    assert inherited_extensions(bytes_of(last), "0.yml") == {}


EXTENSIONS = """\
markdown_extensions:
  - admonition
  - toc:
      permalink: true
      slugify: !!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower, x: 1}}
      other: !!python/name:a.b
      table: {object: c.d, kwds: {e: f}}
      no: {kwds: {e: f}}
  - pymdownx.extra:
      footnotes: {BACKLINK: x}
      plain: [a, {name: b}, {tag: div, mode: raw}, {c: d}]
  - 5: {a: b}
"""


def test_extensions_with_their_options():
    assert extensions_of(settings(EXTENSIONS)) == {
        "admonition": {},
        "toc": {
            "permalink": "true",
            "slugify": "pymdownx.slugs.slugify case=lower x=1",
            "other": "a.b",
            "table": "c.d e=f",
        },
        "table": {"object": "c.d"},
        "no": {},
        "pymdownx.extra": {"plain": "a,b,div=raw"},
        "footnotes": {"BACKLINK": "x"},
        "slugify": {},
        "5": {"a": "b"},
    }


def test_places_of_blogs():
    text = "plugins:\n  - search\n  - blog\n"
    text += "  - material/blog: {blog_dir: news, post_dir: '{blog}/p'}\n"
    assert list(blogs(settings(text), "docs")) == [
        Blog("docs/blog/.authors.yml", "docs/blog/posts"),
        Blog("docs/news/.authors.yml", "docs/news/p"),
    ]
    one = settings("plugins:\n  blog: {authors_file: ../a.yml}\n")
    assert list(blogs(one, "docs")) == [Blog("a.yml", "docs/blog/posts")]
    assert list(blogs(settings("other: [blog]\n"), "docs")) == []


def test_categories_of_posts():
    posts = [
        "---\ncategories:\n  - Two  words\n  - A\n  - 5\n  - ' '\n---\nx\n",
        "\ufeff--- \r\ncategories: [A, B]\r\n...\r\n",
        "categories: [C]\n",
        "---\ncategories: D\n---\n",
        "---\n[\n---\n",
        "---\n- E\n---\n",
        "",
    ]
    units = list(category_units(settings("a: b\n"), posts))
    assert [one.text for one in units] == ["A", "B", "Two words"]
    assert {(one.span.start, one.span.end) for one in units} == {(5, 5)}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plugins: [yiben]", True),
        ("plugins: [search]", False),
        ("a: b", False),
        ("nav: [a.md]\nplugins: [yiben]", False),
        ("plugins: [yiben, literate-nav]", False),
        ("plugins: {yiben: {}, i18n: {}}", False),
    ],
)
def test_whether_folders_are_shown(text, shown):
    assert shows_folders([settings(f"{text}\n")]) is shown
    assert shows_folders([settings("x: y\n"), settings(f"{text}\n")]) is shown


def test_titles_of_folders():
    pages = ["index.md", "a/b-c/d.md", "a/e.md", "12/x.md", "named/f.md", "a/Big_Part/g.md"]
    units = list(folder_units(settings("a: b\n"), pages, ["named"]))
    assert listed(units) == [
        ("nav title · folder a", "A"),
        ("nav title · folder a/Big_Part", "Big Part"),
        ("nav title · folder a/b-c", "B c"),
    ]
    assert {(one.span.start, one.span.end) for one in units} == {(5, 5)}
    assert folder_title("a__b-c") == "A b c"


def test_forms_of_texts_in_toml():
    text = '[project]\na = "b"\nc = \'d\'\ne = """f"""\ng = \'\'\'h\'\'\'\ni = " j "\n'
    root = composed_toml(settings(text, "zensical.toml"))
    values = [toml_value(value, text, "key") for _, value in root.value]
    assert [(text[one.start : one.end], one.text, one.form.value) for one in values] == [
        ('"b"', "b", "toml-basic"),
        ("'d'", "d", "toml-literal"),
        ('"""f"""', "f", "toml-lines"),
        ("'''h'''", "h", "toml-literal-lines"),
        ('" j "', "j", "toml-basic"),
    ]


ZENSICAL = """
[project]
site_name = "Lamp"
site_description = true
copyright = 1979-05-27
"nav" = [{ "Home" = "index.md" }, { 5 = "five.md" }]
other.pymdownx.x = 1
[project.markdown_extensions]
admonition = {}
markdown = "x"
[project.markdown_extensions.pymdownx.tabbed]
alternate_style = true
[project.markdown_extensions.material.extensions.preview]
[project.markdown_extensions.other.inner]
[project.theme]"""


def test_settings_in_toml_have_the_nodes_of_yaml():
    document = settings(ZENSICAL, "zensical.toml")
    root = composed_toml(document)
    found = {key.value: value for key, value in root.value}
    names = [key.value for key, _ in found["markdown_extensions"].value]
    assert names == ["admonition", "markdown", "pymdownx.tabbed", "material.extensions", "other"]
    assert [key.value for key, _ in found["other"].value] == ["pymdownx"]
    assert set(extensions_of(document)) >= {"admonition", "pymdownx.tabbed", "other"}
    assert listed(site_units(document)) == [
        ("site setting · site_name", "Lamp"),
        ("nav title · index.md", "Home"),
    ]
    name = found["site_name"]
    assert (name.start_mark.line, name.start_mark.column, name.start_mark.index) == (2, 12, 23)
    assert found["theme"].value == []
    assert found["copyright"].tag != name.tag
    values = toml_settings(document)
    assert list(values["markdown_extensions"]) == names
    assert values["other"] == {"pymdownx": {"x": 1}}
    several = settings("[project]\na = 1\n[[project.b]]", "zensical.toml")
    assert len(composed_toml(several).value) == 2


@pytest.mark.parametrize(
    ("path", "text", "values"),
    [
        ("hugo.toml", "a = 1\r\n[b]\r\nc = 'd'\r\n", {"a": 1, "b": {"c": "d"}}),
        ("HUGO.TOML", "a = 1\n", {"a": 1}),
        ("config/a.b.json", '{"a": [1]}', {"a": [1]}),
        ("hugo.yaml", "a: [1]\n", {"a": [1]}),
        ("hugo.yml", "- 1\n", [1]),
    ],
)
def test_values_of_hugos_settings(path, text, values):
    assert hugo_values(settings(text, path)) == values


@pytest.mark.parametrize(
    ("path", "text", "place"),
    [
        ("hugo.toml", "a = 1\nb = \n", (2, 5)),
        ("hugo.json", '{\n"a": }', (2, 6)),
        ("hugo.yaml", "a: b\nc: ]\n", (2, 4)),
    ],
)
def test_hugos_settings_that_cannot_be_read_have_a_place(path, text, place):
    with pytest.raises(DocumentError) as caught:
        hugo_values(settings(text, path))
    assert [(one.line, one.column) for one in caught.value.problems] == [place]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        *(("`kubectl`", False), ("spec.size", True), ("maxSize", True), ("Some words", False)),
        *(("`a` spec.size", True), ("`a` Size", False), ("[spec.size](u.md)", True)),
        *(("[Words](u.md)", False), ("(spec.size)", True), ("(words here)", False)),
        *(("spec.size, `x`, MAX_SIZE", True), ("12", False)),
        *(("a.b " * 50 + "a.b", False), ("`xxxxxxxx` " * 45 + "ab.cd", True)),
        ("`xxxxxxxx` " * 45 + "ab.cde", False),
    ],
)
def test_texts_of_only_names_are_left_out(text, names):
    dialect = dialect_named("mkdocs")
    reading = read(Document("a.md", f"# Title\n\n{text}\n"), dialect)
    kept = [one.text for one in without_left_out(reading, {"names"}).units]
    rest = [] if names or text in {"`kubectl`", "12"} else [text.strip()]
    assert kept == ["Title", *rest]
    assert without_left_out(reading, ()) is reading
    assert [one.kind for one in without_left_out(reading, {Kind.PARAGRAPH}).units] == ["heading"]
    both = without_left_out(reading, {Kind.HEADING, "names"}).units
    assert [one.text for one in both] == rest
