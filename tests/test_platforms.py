"""`yiben platform`: what it prints fits the catalogs of the project."""

import json
import re
import tomllib
from configparser import ConfigParser
from fnmatch import fnmatch

import pytest
import yaml
from projects import project, yiben

SETTINGS = 'source = "zh-Hans"\ntargets = ["en", "pt-BR", "zh-Hant"]\n'
PAGES = {"index.md": "# 首页\n", "guide/install.md": "# 安装\n"}


@pytest.fixture
def root(tmp_path):
    made = project(tmp_path, PAGES, SETTINGS)
    yiben(made, "update")
    return made


def catalogs(root):
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*.po"))


def test_weblate_discovers_every_catalog_with_its_template(root):
    run = yiben(root, "platform", "weblate")
    found = json.loads(run.stdout)
    assert found["source_language"] == "zh_Hans"
    assert found["file_format_params"] == {"po_line_wrap": 65535}
    assert found["new_lang"] == "contact"
    for name in catalogs(root):
        match = re.fullmatch(found["match"], name)
        assert match, name
        assert re.match(found["language_regex"], match["language"])
        template = found["new_base_template"].replace("{{ component }}", match["component"])
        assert (root / template).is_file()
    assert "can't be changed later" in run.stderr


def test_weblate_has_one_component_for_a_single_catalog(tmp_path):
    root = project(tmp_path, PAGES, SETTINGS + 'catalog = "single"\ndomain = "docs"\n')
    yiben(root, "update")
    (found,) = json.loads(yiben(root, "platform", "weblate").stdout)
    assert all(fnmatch(name, found["filemask"]) for name in catalogs(root))
    assert (root / found["new_base"]).is_file()


def test_crowdin_maps_every_target_to_its_folder(root):
    (files,) = yaml.safe_load(yiben(root, "platform", "crowdin").stdout)["files"]
    folders = files["languages_mapping"]["locale_with_underscore"]
    assert folders == {"en": "en", "pt-BR": "pt_BR", "zh-TW": "zh_Hant"}
    assert files["source"] == "/locales/templates/LC_MESSAGES/**/*.pot"
    for folder in folders.values():
        assert (root / "locales" / folder / "LC_MESSAGES/guide/install.po").is_file()


def test_transifex_has_a_resource_for_each_template(root):
    config = ConfigParser()
    config.read_string(yiben(root, "platform", "transifex").stdout)
    resources = [name for name in config.sections() if name != "main"]
    assert len(resources) == 2
    for name in resources:
        assert (root / config[name]["source_file"]).is_file()
        assert (root / config[name]["file_filter"].replace("<lang>", "pt_BR")).is_file()


def test_pontoon_reads_a_project_configuration(root):
    found = tomllib.loads(yiben(root, "platform", "pontoon").stdout)
    assert found["locales"] == ["en", "pt_BR", "zh_Hant"]
    (path,) = found["paths"]
    assert list(root.glob(path["reference"]))
    assert list(root.glob(path["l10n"].replace("{locale}", "en")))
