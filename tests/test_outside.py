"""What lies outside of pages and catalogs: closed output, links in a loop, numbers without end."""

import subprocess
from pathlib import Path

import pytest
from projects import YIBEN, project, snapshot, translate, yiben

from toolkit.model.errors import ProjectError
from toolkit.project.files import write_bytes

CATALOG = "locales/en/LC_MESSAGES/a.po"
FULL = Path("/dev/full")
NUMBER = "9" * 5000
NESTED = "[" * 5000


@pytest.fixture
def root(tmp_path):
    root = project(tmp_path, {"a.md": "# 安装\n\n先装好。\n"})
    yiben(root, "update")
    translate(root / CATALOG, {"安装": "Install"})
    return root


@pytest.mark.process
@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["segment", "content/a.md"], 2),
        (["stats"], 2),
        (["check", "--format", "json"], 2),
        (["md2po", "content/a.md", "-o", "-"], 2),
        (["update"], 0),
        (["build"], 0),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_closed_output_is_one_line_where_there_is_something_to_write(root, words, status):
    command = ["sh", "-c", 'exec "$@" >&-', "sh", str(YIBEN), *words]
    run = subprocess.run(command, cwd=root, capture_output=True, check=False, text=True)
    assert run.returncode == status, run.stderr
    assert run.stderr.count("\n") == 1
    assert ("standard output" in run.stderr) == (status != 0)


@pytest.mark.process
@pytest.mark.skipif(not FULL.exists(), reason="the system has no full device")
@pytest.mark.parametrize("words", [["--help"], ["stats"], ["completion", "bash"]])
def test_a_full_device_is_one_line(root, words):
    with FULL.open("w") as full:
        run = subprocess.run(
            [str(YIBEN), *words],
            cwd=root,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            text=True,
        )
    assert run.returncode == 2
    assert run.stderr == "standard output: No space left on device\n"


@pytest.mark.parametrize(
    "words",
    [
        ["update"],
        ["build"],
        ["import", "content/a.md", "old.md", "-l", "en"],
        ["po2md", "content/a.md", CATALOG, "-o", "x.md"],
        ["segment", CATALOG],
        ["md2po", CATALOG, "-o", "x.po"],
        ["md2po", "content/a.md", "-o", CATALOG],
        ["export", "-l", "en", "-o", CATALOG],
        ["terms", "-o", CATALOG],
        ["-C", CATALOG, "update"],
    ],
    ids=" ".join,
)
def test_a_link_to_itself_is_one_line_and_stays(root, words):
    (root / "old.md").write_text("# Install\n\nInstall it first.\n", encoding="utf-8")
    (root / CATALOG).unlink()
    (root / CATALOG).symlink_to("a.po")
    run = yiben(root, *words)
    assert run.returncode in {0, 2}
    assert "internal" not in run.stderr
    assert (root / CATALOG).readlink() == Path("a.po")
    if run.returncode:
        assert len(run.stderr.splitlines()) <= 3


def test_nothing_is_written_through_a_link_to_itself(tmp_path):
    loop = tmp_path / "a"
    loop.symlink_to("a")
    with pytest.raises(ProjectError, match="symbolic link"):
        write_bytes(loop, b"x", "a")
    assert loop.is_symlink()


TOML = 'source = "zh-Hans"\ntargets = ["en", "de"]\n'


@pytest.mark.parametrize(
    ("name", "text", "settings"),
    [
        ("yiben.toml", f"{TOML}wrap = {NUMBER}\n", ""),
        ("yiben.toml", f"{TOML}wrap = {NESTED}\n", ""),
        ("g.toml", f"n = {NUMBER}\n", 'glossary = "g.toml"\n'),
        ("baseline.json", f'{{"version": {NUMBER}}}', 'baseline = "baseline.json"\n'),
        ("baseline.json", NESTED * 20, 'baseline = "baseline.json"\n'),
        ("zensical.toml", f"[project]\nx = {NUMBER}\n", 'site = "zensical.toml"\n'),
        ("s/a.toml", f'a = "文"\nn = {NUMBER}\n', '[strings]\n"s/*.toml" = ["**"]\n'),
        ("content/n.ipynb", f'{{"nbformat": {NUMBER}}}', ""),
    ],
    ids=lambda value: value[:12],
)
def test_a_number_or_a_nesting_without_end_is_one_line(root, name, text, settings):
    (root / "yiben.toml").write_text(TOML + settings, encoding="utf-8")
    (root / name).parent.mkdir(exist_ok=True)
    (root / name).write_text(text, encoding="utf-8")
    before = snapshot(root / "locales/en")
    for words in (["update"], ["check"], ["build"]):
        run = yiben(root, *words)
        said = run.stderr + run.stdout
        assert run.returncode == 2 or words != ["check"]
        assert (name in said) == (run.returncode == 2), said
        assert "internal" not in said
    assert snapshot(root / "locales/en") == before


@pytest.mark.parametrize("site", [f"x: {NUMBER}\ny: 2020-99-99\n", "x: &x [*x]\n"])
def test_a_preview_reads_site_settings_that_hold_anything(root, site):
    (root / "mkdocs.yml").write_text(f"site_name: 站\n{site}", encoding="utf-8")
    (root / "yiben.toml").write_text(f'{TOML}site = "mkdocs.yml"\n', encoding="utf-8")
    run = yiben(root, "preview", "--export", "out")
    assert "internal" not in run.stderr
    assert run.returncode == 0, run.stderr
