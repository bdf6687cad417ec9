"""Every command of the documentation runs, in order, in a fresh folder, in both languages."""

import pytest
from documentation import OFTEN, PAGES, README, localized
from documented_project import DRIFT, PARTS, run_commands, write_project
from projects import yiben

pytestmark = pytest.mark.peers

OWN = {"start/tutorial.md"}
"""Pages with tests of their own."""
SETTINGS = {"guides/adopting.md": "", "guides/drift.md": DRIFT, "guides/importing.md": PARTS}
"""The settings that pages begin with; without any where there are none."""
SHOWN = [name for name in PAGES if "```sh" in localized(name, "en") and name not in OWN]


def run_all(text, root):
    ends = {}
    for command, run in run_commands(text, root):
        assert run.returncode in {0, 1}, (command, run.stderr)
        ends[command] = run.returncode
    return ends


@pytest.mark.parametrize("locale", OFTEN)
@pytest.mark.parametrize("name", SHOWN)
def test_the_commands_of_a_page_run(name, locale, tmp_path):
    root = write_project(tmp_path)
    own = root / "yiben.toml"
    own.write_text(SETTINGS.get(name, own.read_text("utf-8")), encoding="utf-8")
    if own.read_text("utf-8"):
        yiben(root, "update")
    else:
        own.unlink()
    run_all(localized(name, locale), root)


def test_the_commands_of_the_readme_run(tmp_path):
    root = write_project(tmp_path)
    ends = run_all(README.partition("## A project")[2], root)
    assert len(ends) >= 10
    assert (root / "page.ja.md").is_file()
