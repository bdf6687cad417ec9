"""Files of strings: a generator's own texts in YAML, TOML and JSON, spliced."""

import json
import tomllib
from collections.abc import Callable

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from projects import project, yiben

from toolkit.model.document import Document, Edit
from toolkit.reading.strings import string_texts, string_units
from toolkit.reading.strings.key_paths import KeyPaths
from toolkit.writing import strings
from toolkit.writing.strings import localized_strings

EVERY = KeyPaths.parse(["**"])
SETTINGS = """\
source = "en"
targets = ["fr", "zh-Hans"]
site = ["i18n/en/**/*.json"]

[strings]
"data/*.yaml" = ["title", "items.*.text"]
"labels.toml" = { keys = ["**", "!**.id"], output = "out/{locale}/{name}", language = "lang" }
"""
CODE = b"""\
{
  "theme.NotFound.title": {
    "message": "Page Not Found {count}",
    "description": "The title of the 404 page"
  }
}
"""
DATA = b"""\
# Texts of the start page
title: Some title   # shown on top
id: start
items:
  - text: "One \\u00e9"
    id: a
  # yiben:note a verb
  - text: >-
      Two
      more
    id: b
  # yiben:skip
  - text: Never
"""
LABELS = b"""\
lang = "en"\r
[a]\r
b = "Text" # why\r
id = "x"\r
[[menu.main]]\r
name = "  One "\r
[[menu.main]]\r
name = 'Two'\r
"""


@pytest.fixture
def site(tmp_path):
    root = project(tmp_path, {"a.md": "# Page\n"}, SETTINGS)
    for name, data in {
        "i18n/en/code.json": CODE,
        "data/start.yaml": DATA,
        "labels.toml": LABELS,
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    return root


def translate(root, domain, locale="fr", **texts):
    path = root / f"locales/{locale}/LC_MESSAGES/{domain}.po"
    catalog = path.read_text(encoding="utf-8")
    for source, text in texts.items():
        entry = f'msgid "{source}"\nmsgstr ""'
        assert entry in catalog, source
        catalog = catalog.replace(entry, entry[:-1] + text + '"')
    path.write_text(catalog, encoding="utf-8")


def test_each_file_has_a_catalog_with_the_texts_that_the_settings_choose(site):
    assert yiben(site, "update").returncode == 0
    folder = site / "locales/templates/LC_MESSAGES"
    templates = {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*.pot")
    }
    assert set(templates) == {
        *("a.pot", "i18n/en/code.json.pot", "data/start.yaml.pot", "labels.toml.pot")
    }
    assert "#. note: The title of the 404 page" in templates["i18n/en/code.json.pot"]
    data = templates["data/start.yaml.pot"]
    assert [line[7:-1] for line in data.split("\n") if line.startswith("msgid")][1:] == [
        *("Some title", "One é", "Two more")
    ]
    assert "#. note: a verb" in data
    assert "#: data/start.yaml:8" in data or "#: data/start.yaml:9" in data
    assert '"x"' not in templates["labels.toml.pot"]


def test_without_translations_copies_are_their_sources(site):
    assert yiben(site, "update").returncode == 0
    assert yiben(site, "build").returncode == 0
    assert (site / "i18n/fr/code.json").read_bytes() == CODE
    assert (site / "data/zh-Hans/start.yaml").read_bytes() == DATA
    labels = (site / "out/fr/labels.toml").read_bytes()
    assert labels == LABELS.replace(b'"en"', b'"fr"')
    again = yiben(site, "build")
    assert "no files written" in again.stderr
    assert yiben(site, "update", "--check").returncode == 0
    assert yiben(site, "check").returncode == 0


def test_a_copy_differs_in_the_values_alone(site):
    yiben(site, "update")
    texts = {"Page Not Found {count}": "Page {count} « introuvable »"}
    translate(site, "i18n/en/code.json", **texts)
    translate(site, "data/start.yaml", **{"Some title": "Un titre: ici", "Two more": "Deux"})
    translate(site, "labels.toml", One="Une", Two="C'est deux")
    assert yiben(site, "build").returncode == 0
    made = (site / "i18n/fr/code.json").read_bytes()
    assert made == CODE.replace(b"Page Not Found {count}", "Page {count} « introuvable »".encode())
    made = (site / "data/fr/start.yaml").read_bytes()
    assert made == DATA.replace(b"Some title", b'"Un titre: ici"').replace(
        b"Two\n      more", b"Deux"
    )
    labels = (site / "out/fr/labels.toml").read_bytes()
    wanted = LABELS.replace(b'"en"', b'"fr"').replace(b"  One ", b"  Une ")
    assert labels == wanted.replace(b"'Two'", b'"C\'est deux"')


def test_copies_are_ours_and_counted(site):
    yiben(site, "update")
    yiben(site, "build")
    manifests = [
        path.read_text(encoding="utf-8") for path in site.rglob(".yiben-built") if path.is_file()
    ]
    assert any("  i18n/fr/code.json\n" in text for text in manifests)
    assert "i18n/en/code.json" in yiben(site, "stats").stdout
    copy = site / "i18n/fr/code.json"
    copy.write_bytes(b"{}")
    run = yiben(site, "build")
    assert run.returncode == 1
    assert copy.read_bytes() == b"{}"
    assert "i18n/fr/code.json" in run.stderr


def test_what_changes_more_than_its_text_is_refused(site):
    yiben(site, "update")
    translate(site, "data/start.yaml", **{"Some title": "<script>alert(1)</script>"})
    run = yiben(site, "check")
    assert run.returncode == 1
    assert "refused" in run.stdout + run.stderr
    yiben(site, "build")
    assert (site / "data/fr/start.yaml").read_bytes() == DATA


@pytest.mark.parametrize(
    ("name", "data", "place", "what"),
    [
        ("i18n/en/code.json", b'{\n "a": }', "i18n/en/code.json:2:7", "is not valid JSON"),
        ("data/start.yaml", b"a: b\nc: ]", "data/start.yaml:2:4", "is not valid YAML"),
        ("labels.toml", b"a = 1\nb = \n", "labels.toml:2:5", "is not valid TOML"),
    ],
)
def test_a_file_that_cannot_be_read_is_reported_with_its_place(site, name, data, place, what):
    yiben(site, "update")
    yiben(site, "build")
    (site / name).write_bytes(data)
    for command in ("update", "build", "check"):
        run = yiben(site, command)
        assert run.returncode == 2
        said = run.stdout + run.stderr
        assert f"{place}:" in said
        assert what in said
    assert not list(site.rglob("*.tmp"))


@pytest.mark.parametrize(
    ("settings", "text"),
    [
        ('strings = "x"', "strings: write a table"),
        ('[strings]\n"a.md" = ["x"]', "must end in"),
        ('[strings]\n"a.json" = ["x..y"]', "is not a key path"),
        ('[strings]\n"a.json" = { output = "x.json" }', "needs {locale}"),
        ('[strings]\n"a.json" = { output = "{locale}/{what}" }', "unknown {what}"),
        ('[strings]\n"a.json" = { what = "x" }', 'unknown key "what"'),
        ('[strings]\n"../a.json" = ["x"]', "leaves the project"),
        ('site = ["mkdocs.yml", "mkdocs.en.yml"]', "would be a second site"),
    ],
)
def test_settings_that_make_no_sense_get_one_line(tmp_path, settings, text):
    root = project(tmp_path, {"a.md": "# A\n"}, f'source = "en"\ntargets = ["fr"]\n{settings}\n')
    run = yiben(root, "update")
    assert run.returncode == 2
    assert text in run.stderr
    assert run.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("paths", "trail", "chosen"),
    [
        (["title"], ("title",), True),
        (["title"], ("a", "title"), False),
        (["title"], ("title", 0), True),
        (["items.*.text"], ("items", 3, "text"), True),
        (["items.*.text"], ("items", "text"), False),
        (["items.0"], ("items", 0), True),
        (["**.text"], ("text",), True),
        (["**.text"], ("a", 0, "b", "text"), True),
        (["**", "!**.id"], ("a", "id"), False),
        (["**", "!**.id", "a.id"], ("a", "id"), True),
        (['"a.b".c'], ("a.b", "c"), True),
        (["*"], ("a", "b"), False),
    ],
)
def test_patterns_of_keys_choose_trails(paths, trail, chosen):
    assert KeyPaths.parse(paths).choose(trail) is chosen


LOADERS: dict[str, Callable[[str], object]] = {
    "x.json": json.loads,
    "x.toml": tomllib.loads,
    "x.yaml": yaml.safe_load,
}
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)
TREES = st.recursive(
    TEXTS | st.integers(-9, 9) | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)


def replaced(value, texts):
    if isinstance(value, str):
        return texts.get(value.strip(), value)
    if isinstance(value, dict):
        return {key: replaced(item, texts) for key, item in value.items()}
    return [replaced(item, texts) for item in value] if isinstance(value, list) else value


@given(st.dictionaries(TEXTS, TREES, max_size=4), st.sampled_from(["x.json", "x.yaml"]), st.data())
def test_loaders_see_the_translations_and_nothing_else(values, name, data):
    style = data.draw(st.sampled_from(["'", '"', "|", ">", None]))
    text = (
        json.dumps(values, ensure_ascii=data.draw(st.booleans()))
        if name == "x.json"
        else yaml.safe_dump(values, default_style=style, allow_unicode=True)
    )
    document = Document.from_bytes(name, text.encode())
    units = string_units(document, EVERY)
    same, left = localized_strings(document, units, {})
    assert (same.to_bytes(), left) == (text.encode(), ())
    texts = {unit.text: f"Ñ {number}: 'x' # y" for number, unit in enumerate(units)}
    known = {(unit.context, unit.text): texts[unit.text] for unit in units}
    made, left = localized_strings(document, units, known)
    refused = {one.unit.text for one in left}
    wanted = {old: new for old, new in texts.items() if old not in refused}
    found, expected = LOADERS[name](made.text), replaced(values, wanted)
    assert flat(found) == flat(expected)
    outside = [one.text for one in string_texts(document)]
    assert len(string_texts(made)) == len(outside)


@pytest.mark.parametrize(
    ("path", "text", "wanted"),
    [
        # An alias follows its anchor.
        ("a.yaml", "a: &x b\nc: *x\nd: e\n", "a: &x B\nc: *x\nd: E\n"),
        ("a.yaml", "a: b\nd: >-\n  e\n", "a: B\nd: >-\n  E\n"),
        ("a.yaml", "a: b\nc: b\nd: e\n", "a: B\nc: B\nd: E\n"),
        ("a.json", '{"a": "b", "d": "e"}', '{"a": "B", "d": "E"}'),
        ("a.toml", "a = 'b'\nd = 'e'\n", "a = 'B'\nd = 'E'\n"),
        ("a.py", "a = 'b'\nd = 'e'\n", "a = 'B'\nd = 'E'\n"),
    ],
)
def test_texts_of_files_change_alone(path, text, wanted):
    document = Document(path, text)
    units = string_units(document, EVERY)
    texts = {(unit.context, unit.text): unit.text.upper() for unit in units}
    built, refusals = localized_strings(document, units, texts)
    assert (built.text, refusals) == (wanted, ())


@pytest.mark.parametrize("raw", ["b", '"b", "new": "c"', "1", '"other"', '["B"]', "{}", '"e"'])
def test_a_text_that_is_written_wrongly_is_left_out_alone(monkeypatch, raw):
    """Whatever a writer of texts gets wrong, the file says nothing else."""

    def edit(_document, unit, text):
        return Edit(unit.span, raw if unit.text == "b" else f'"{text}"')

    monkeypatch.setattr(strings, "edit_for", edit)
    document = Document("a.json", '{"a": "b", "d": "e"}')
    units = string_units(document, EVERY)
    texts = {(unit.context, unit.text): unit.text.upper() for unit in units}
    built, refusals = localized_strings(document, units, texts)
    assert built.text == '{"a": "b", "d": "E"}'
    assert [one.unit.text for one in refusals] == ["b"]


def flat(value):
    """The values with blanks made one, as block scalars end in a line of their own."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, dict):
        return {key: flat(item) for key, item in value.items()}
    return [flat(item) for item in value] if isinstance(value, list) else value
