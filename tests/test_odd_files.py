"""Names and files that nobody expects: one clear line that names the file, and the rest is done."""

import os
from pathlib import Path

import pytest
from projects import project, snapshot, yiben

SETTINGS = 'source = "en"\ntargets = ["de"]\n'
COMMANDS = ("update", "extract", "build", "check", "stats")


def written(path, data):
    Path(os.fsdecode(path)).write_bytes(data)


def said(result):
    """All that a command said, without the severity that `check` puts behind a place."""
    return (result.stderr + result.stdout).replace(": error: ", ": ")


@pytest.fixture
def root(tmp_path):
    root = project(tmp_path, {"a.md": "Hello.\n", "x.png": "x"}, SETTINGS)
    assert yiben(root, "update").returncode == 0
    return root


NAMES = {
    "a line feed": (b"b\nc.md", "content/b\\nc.md: has a line feed in its name; rename it"),
    "a tab": (b"b\tc.md", "content/b\\tc.md: has a tab in its name; rename it"),
    "a bad byte": (b"b\xff.md", "content/b\\udcff.md: has a byte that is not UTF-8 in its name"),
    "a control": (b"b\x01.md", "content/b\\x01.md: has a character that catalogs cannot name"),
    "a separator": ("b\u2028.md".encode(), "content/b\\u2028.md: has a character that catalogs"),
}


@pytest.mark.parametrize(("name", "line"), NAMES.values(), ids=NAMES)
def test_a_page_whose_name_no_catalog_can_hold(root, name, line):
    written(os.fsencode(root / "content") + b"/" + name, b"Words.\n")
    before = snapshot(root / "locales")
    for command in COMMANDS:
        result = yiben(root, command)
        assert result.returncode == 2, command
        assert line in said(result), command
        assert "internal error" not in result.stderr
    assert snapshot(root / "locales") == before
    assert (root / "build/de/a.md").read_text() == "Hello.\n"


@pytest.mark.parametrize("name", [b"b\nc.png", b"b\xff.png", b"b\\.png", b"b\r.png"])
def test_a_file_beside_pages_may_have_any_name(root, name):
    written(os.fsencode(root / "content") + b"/" + name, b"image")
    assert yiben(root, "build").returncode == 0
    written(os.fsencode(root / "content") + b"/" + name, b"changed")
    assert yiben(root, "build").returncode == 0
    copy = Path(os.fsdecode(os.fsencode(root / "build/de") + b"/" + name))
    assert copy.read_bytes() == b"changed"
    assert yiben(root, "build", "--check").returncode == 0


@pytest.mark.parametrize("name", ["pipe", "pipe.md"])
@pytest.mark.parametrize("command", COMMANDS)
def test_a_pipe_below_the_pages_keeps_nobody_waiting(root, name, command):
    os.mkfifo(root / "content" / name)
    result = yiben(root, command)
    line = f'content/{name}: is a pipe, not a file; remove it, or name it under "exclude"'
    concerned = name.endswith(".md") or command == "build"
    assert result.returncode == (2 if concerned else 0)
    assert (line in said(result)) is concerned
    (root / "yiben.toml").write_text(f'{SETTINGS}exclude = ["pipe*"]\n')
    assert yiben(root, command).returncode == 0


@pytest.mark.parametrize("make", [os.mkdir, os.mkfifo])
@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    "name", ["locales/de/LC_MESSAGES/a.po", "locales/templates/LC_MESSAGES/a.pot"]
)
def test_something_else_in_a_catalog_s_place(root, command, name, make):
    (root / "content/b.md").write_text("More.\n")
    (root / name).unlink()
    make(root / name)
    result = yiben(root, command)
    text = result.stderr + result.stdout
    unread = {"extract"} if name.endswith(".po") else {"build", "stats"}
    if command in unread:
        assert result.returncode == 0
        return
    assert result.returncode in {1, 2}
    assert f"{name}: " in text
    assert "internal error" not in text
    assert not (root / name).is_file()


@pytest.mark.parametrize(
    "charset", ["undefined", "idna", "base64", "rot13", "nonsense", "punycode"]
)
def test_charsets_that_are_none(root, charset):
    catalog = root / "locales/de/LC_MESSAGES/a.po"
    catalog.write_text(catalog.read_text().replace("charset=UTF-8", f"charset={charset}") + "# ä\n")
    before = catalog.read_bytes()
    for command in ("update", "build", "stats", "check"):
        result = yiben(root, command)
        assert "internal error" not in result.stderr
        assert "locales/de/LC_MESSAGES/a.po:" in result.stderr + result.stdout
        assert result.returncode == 2
    assert catalog.read_bytes() == before


SETTINGS_LINES = {
    'project = "a\\nb"': "project: holds a line feed",
    'domain = "a\\tb"\ncatalog = "single"': "domain: holds a tab",
    'output = "build\\n/{locale}/{path}"': "output: holds a line feed",
    'output = "{locale}/{path}/{"': "output: a lone",
    'output = "{locale}/{path}}"': "output: a lone",
    'site = "a.yml"\nsite_output = "a.{locale}.{.yml"': "site_output: a lone",
    'output = "{locale!r}/{path}"': "output: unknown {locale!r}",
    'site = "mkdocs.yml"\ncatalog = "single"\ndomain = "mkdocs.yml"': "domain: is the name",
}


@pytest.mark.parametrize(("line", "message"), SETTINGS_LINES.items(), ids=SETTINGS_LINES)
def test_settings_of_more_than_a_line(root, line, message):
    (root / "yiben.toml").write_text(f"{SETTINGS}{line}\n")
    result = yiben(root, "build")
    assert result.returncode == 2
    assert result.stderr.startswith("yiben.toml:")
    assert message in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_page_named_as_the_site_s_settings_has_a_catalog_of_its_own(tmp_path):
    settings = f'{SETTINGS}site = "mkdocs.yml"\n'
    root = project(tmp_path, {"mkdocs.yml.md": "About the settings.\n", "a.md": "a\n"}, settings)
    (root / "mkdocs.yml").write_text("site_name: The site\n")
    assert yiben(root, "update").returncode == 0
    folder = root / "locales/de/LC_MESSAGES"
    assert sorted(path.name for path in folder.iterdir()) == [
        "a.po",
        "mkdocs.yml.md.po",
        "mkdocs.yml.po",
    ]
    assert "About the settings." in (folder / "mkdocs.yml.md.po").read_text()
    assert "The site" in (folder / "mkdocs.yml.po").read_text()
    assert yiben(root, "build").returncode == 0
    assert (root / "build/de/mkdocs.yml.md").read_text() == "About the settings.\n"
