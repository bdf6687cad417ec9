"""The JSON Schema of the settings in the package says what the settings allow."""

import json
import runpy
import tomllib
from dataclasses import fields
from pathlib import Path

import jsonschema
import pytest
from projects import write_files
from test_docs import ROW, SETTINGS
from test_init import ENGLISH, yiben

import toolkit
from toolkit.model.errors import SettingsError
from toolkit.project.settings import Settings
from toolkit.project.settings_on_disk import SettingsFile
from toolkit.project.settings_reading import read_settings

PACKAGE = Path(toolkit.__file__).parent
SCRIPT = PACKAGE.parent / ".ci/generate/settings_schema.py"
SCHEMA = json.loads((PACKAGE / "commands/init/settings.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft7Validator(SCHEMA)
LEAST = {"source": "en", "targets": ["de"]}
SITE = {"site_output": {"site": "mkdocs.yml"}}
WRONG = [
    {"sorce": "en"},
    {"source": 1},
    {"source": "e"},
    {"targets": []},
    {"targets": ["de", "de"]},
    {"content": "/x"},
    {"content": "../x"},
    {"catalogs": "a/../../b"},
    {"output": "build/{locale}"},
    {"output": "build/{path}"},
    {"output": "b/{locale}/{path"},
    {"output": "../{locale}/{path}"},
    {"output": "b/{lang}/{path}"},
    {"catalog": "both"},
    {"locations": "lines"},
    {"wrap": -1},
    {"wrap": "wide"},
    {"wrap": True},
    {"front_matter": "title"},
    {"front_matter": [1]},
    {"code": {"*": "all"}},
    {"site": "mkdocs.toml"},
    {"admonition_titles": "yes"},
    {"anchors": "none"},
    {"slugs": "own"},
    {"page_language": ["script"]},
    {"min_complete": 101},
    {"severity": {"number": "fatal"}},
    {"glossary": "terms.xlsx"},
    {"memory": ["m.xlf"]},
]


def is_read(values):
    try:
        read_settings(SettingsFile(Path("yiben.toml"), "", values))
    except SettingsError:
        return False
    return True


@pytest.mark.skipif(not SCRIPT.exists(), reason="the script lies in the repository alone")
def test_the_schema_is_made_of_the_settings():
    schema = runpy.run_path(str(SCRIPT))["schema"]()
    assert schema == SCHEMA, "run python .ci/generate/settings_schema.py"


def test_every_setting_is_in_the_schema_with_what_it_is():
    jsonschema.Draft7Validator.check_schema(SCHEMA)
    keys = [item.name for item in fields(Settings) if not item.metadata]
    assert list(SCHEMA["properties"]) == [*keys, "part"]
    part = SCHEMA["properties"]["part"]["items"]["properties"]
    assert list(part) == ["name", *keys]
    assert all(one.get("description") for one in SCHEMA["properties"].values())


@pytest.mark.parametrize("row", ROW.findall(SETTINGS), ids=lambda row: row[0])
def test_every_example_is_valid(row):
    values = LEAST | SITE.get(row[0], {}) | tomllib.loads(row[3])
    values["targets"] = [tag for tag in values["targets"] if tag != values["source"]]
    assert is_read(values)
    assert not list(VALIDATOR.iter_errors(values))


@pytest.mark.parametrize("values", WRONG, ids=str)
def test_what_the_settings_refuse_the_schema_refuses(values):
    assert not is_read(LEAST | values)
    assert list(VALIDATOR.iter_errors(LEAST | values))


def test_what_a_word_may_be_is_what_is_read():
    words = [
        (name, word) for name, one in SCHEMA["properties"].items() for word in one.get("enum", ())
    ]
    assert words
    for name, word in words:
        assert is_read(LEAST | {name: word}), (name, word)


def test_init_names_the_schema_and_puts_it_there(tmp_path):
    write_files(tmp_path, {"docs/a.md": ENGLISH})
    assert yiben(tmp_path, "init").returncode == 0
    text = (tmp_path / "yiben.toml").read_text(encoding="utf-8")
    path = text.split("\n")[0].removeprefix("#:schema ")
    copy = tmp_path / path
    assert json.loads(copy.read_text(encoding="utf-8")) == SCHEMA
    assert not list(VALIDATOR.iter_errors(tomllib.loads(text)))
    copy.write_text("{}", encoding="utf-8")
    assert yiben(tmp_path, "init", "--schema").returncode == 0
    assert json.loads(copy.read_text(encoding="utf-8")) == SCHEMA
