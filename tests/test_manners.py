"""What commands say, how much of it, in which colours, and with which status they end."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import time
from typing import TYPE_CHECKING, Any

import pytest
from projects import PAGE, YIBEN, heed_interrupts, project, translate, yiben
from repositories import repository

from toolkit.language.phrases import counted

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = 'source = "zh-Hans"\ntargets = ["de", "en"]\n'
CATALOG = "locales/de/LC_MESSAGES/page.po"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = project(tmp_path, {"page.md": PAGE}, SETTINGS)
    yiben(root, "update")
    return root


def test_numbers_and_nouns_agree() -> None:
    assert [counted(number, "error") for number in range(3)] == ["no errors", "1 error", "2 errors"]
    assert counted(2, "entry", "entries") == "2 entries"


def test_a_command_says_a_summary_more_or_less(tmp_path: Path) -> None:
    root = project(tmp_path, {"page.md": PAGE}, SETTINGS)
    assert yiben(root, "update").stderr == "update: 3 files written\n"
    assert yiben(root, "update").stderr == "update: no files written · 3 unchanged\n"
    (root / CATALOG).unlink()
    lines = yiben(root, "update", "-v").stderr.splitlines()
    assert lines == [f"wrote {CATALOG}", "update: 1 file written · 2 unchanged"]
    (root / CATALOG).unlink()
    for words in (("update", "-q"), ("-q", "update"), ("build", "--quiet"), ("check", "-q")):
        result = yiben(root, *words)
        assert (result.returncode, result.stdout + result.stderr) == (0, "")


def test_problems_are_said_however_quiet(root: Path) -> None:
    translate(root / CATALOG, {"安装": "<script>x</script>"})
    result = yiben(root, "check", "-q")
    assert result.returncode == 1
    assert result.stdout.count("[refused]") == 1
    assert not result.stdout.rstrip().endswith("warnings")
    assert "translation refused" in yiben(root, "build", "-q").stderr


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [({}, False), ({"FORCE_COLOR": "1"}, True), ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False)],
)
def test_severity_place_and_caret_have_colours(
    root: Path, environment: dict[str, Any], *, coloured: bool
) -> None:
    translate(root / CATALOG, {"安装": "<script>x</script>"})
    result = yiben(root, "check", **environment)
    assert ("\x1b[31m\x1b[1merror\x1b[0m" in result.stdout) is coloured
    assert (f"\x1b[1m{CATALOG}:" in result.stdout) is coloured
    assert "\x1b" not in yiben(root, "check", "--format", "json", **environment).stdout
    yiben(root, "check", "-o", "report.txt", **environment)
    assert b"\x1b" not in (root / "report.txt").read_bytes()


def test_help_is_whole(tmp_path: Path) -> None:
    text = yiben(tmp_path, "--help", COLUMNS="80").stdout
    assert "..." not in text.partition("Commands:")[2]
    for status in ("0 ", "1 ", "2 ", "130 "):
        assert f"\n    {status}" in text
    assert "-q, --quiet" in yiben(tmp_path, "stats", "--help").stdout


def test_an_interrupted_run_exits_130(tmp_path: Path) -> None:
    pages = {f"p{number}.md": PAGE * 40 for number in range(400)}
    root = project(tmp_path, pages, SETTINGS)
    # A process of its own: an interrupt here would end the tests.
    with subprocess.Popen(
        [YIBEN, "update"],
        cwd=root,
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=heed_interrupts,  # noqa: PLW1509 - no other thread is running
    ) as run:
        while not list(root.glob("locales/*/LC_MESSAGES/*")) and run.poll() is None:
            time.sleep(0.01)
        os.killpg(run.pid, signal.SIGINT)
        _, said = run.communicate()
    assert run.returncode == 130
    assert b"Traceback" not in said
    assert said.endswith(b"interrupted\n")


def test_an_interrupted_preview_exits_130(root: Path) -> None:
    pytest.importorskip("uvicorn", reason="needs the extra yiben[preview]")
    with subprocess.Popen(
        [YIBEN, "preview", "--no-open"],
        cwd=root,
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=heed_interrupts,  # noqa: PLW1509 - no other thread is running
    ) as run:
        assert run.stderr
        port = int(run.stderr.readline().decode().rpartition(":")[2].partition("/")[0])
        run.stderr.readline()
        with socket.create_connection(("127.0.0.1", port)) as asking:
            asking.sendall(f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
            assert asking.recv(12) == b"HTTP/1.1 403"
        os.killpg(run.pid, signal.SIGINT)
        _, said = run.communicate()
    assert run.returncode == 130
    assert said == b"interrupted\n"


def test_json_says_why_the_status_is_not_0(root: Path) -> None:
    (root / "content/page.md").write_text(f"\n\n{PAGE}", encoding="utf-8")
    result = yiben(root, "update", "--check", "--format", "json")
    assert result.returncode == int(bool(json.loads(result.stdout)))
    (root / CATALOG).write_text("msgid\n", encoding="utf-8")
    result = yiben(root, "check", "--format", "json", "--ignore", "syntax")
    assert result.returncode == 2
    assert "syntax" in {entry["check"] for entry in json.loads(result.stdout)}


def test_a_pipe_in_a_name_is_no_cell(root: Path) -> None:
    (root / "content/page.md").rename(root / "content/a|b.md")
    row = yiben(root, "stats", "--format", "markdown", "-l", "de").stdout.splitlines()[2]
    assert row.startswith("| de | content/a\\|b.md |")


def test_named_files_are_checked_alone(root: Path) -> None:
    (root / "content/other.md").write_text("# 别的\n", encoding="utf-8")
    yiben(root, "update")
    for locale in ("de", "en"):
        for page in ("page", "other"):
            path = root / f"locales/{locale}/LC_MESSAGES/{page}.po"
            translate(path, {"安装": "Setup ", "别的": "Other "})

    def found(*words: str) -> set[str]:
        entries = yiben(root, "check", *words, "--select", "edge-blank", "--format", "json").stdout
        return {entry["path"].removeprefix("locales/") for entry in json.loads(entries)}

    assert found(CATALOG) == {"de/LC_MESSAGES/page.po"}
    both = {"de/LC_MESSAGES/other.po", "en/LC_MESSAGES/other.po"}
    assert found("content/other.md") == both
    assert found("content/other.md", CATALOG) == {*both, "de/LC_MESSAGES/page.po"}
    assert len(found("content")) == len(found("yiben.toml")) == len(found()) == 4
    assert found("locales/en") == {"en/LC_MESSAGES/page.po", "en/LC_MESSAGES/other.po"}
    (root / "README.md").write_text("x\n", encoding="utf-8")
    result = yiben(root, "check", "README.md")
    assert (result.returncode, result.stdout) == (0, "no errors, no warnings\n")
    assert "README.md: is not a page or catalog of this project" in result.stderr
    assert yiben(root, "check", "none.md").returncode == 2
    outside = yiben(root.parent, "-C", root.name, "check", f"{root.name}/{CATALOG}")
    assert outside.returncode == 0, outside.stderr


@pytest.mark.parametrize("form", ["github", "gitlab", "sarif", "junit"])
def test_reports_for_repositories_have_their_paths(tmp_path: Path, form: str) -> None:
    repository(tmp_path)
    site = project(tmp_path / "website", {"page.md": PAGE}, SETTINGS)
    for words, place in (((), "website/locales/"), (("--paths", "project"), "locales/")):
        for folder, start in ((tmp_path, ("-C", "website")), (site, ())):
            report = yiben(folder, *start, "check", "--format", form, *words).stdout
            assert place in report
            assert ("website/" in report) is place.startswith("website/")
    text = yiben(site, "check", "--paths", "repository").stdout
    assert text.startswith("website/locales/")


def test_a_baseline_says_what_it_hides_and_what_is_gone(root: Path) -> None:
    words = ("check", "--baseline", "known.json", "--select", "edge-blank", "--select", "stale")
    translate(root / CATALOG, {"安装": "Setup ", "注意": "Achtung "})
    (root / "content/page.md").write_text(f"{PAGE}\n新\n", encoding="utf-8")
    result = yiben(root, *words, "--write-baseline")
    assert "known.json: 2 findings\n" in result.stderr
    assert "without 3 findings" in result.stderr
    result = yiben(root, *words)
    assert result.returncode == 1
    assert result.stdout.count("[stale]") == 3
    assert "known.json: 2 findings hidden\n" in result.stderr
    yiben(root, "update")
    translate(root / CATALOG, {"安装": "Setup"})
    # Other catalogs and checks say nothing of what is gone.
    for more in (("-l", "en"), ("--ignore", "edge-blank")):
        assert "no longer" not in yiben(root, *words, *more).stderr
    result = yiben(root, *words)
    assert f"known.json: no longer occurs: {CATALOG}: [edge-blank]\n" in result.stderr
    yiben(root, *words, "--prune-baseline")
    assert len(json.loads((root / "known.json").read_text(encoding="utf-8"))["findings"]) == 1
    assert "no longer" not in yiben(root, *words).stderr


def test_fix_is_named_where_it_helps(root: Path) -> None:
    translate(root / CATALOG, {"安装": "Setup "})
    assert "yiben check --fix can fix 1 of these\n" in yiben(root, "check").stderr
    yiben(root, "check", "--fix")
    assert "--fix" not in yiben(root, "check").stderr


@pytest.mark.parametrize(
    "settings",
    [
        "[severity]\nnumber = 'off'\nnumbr = 'off'\n",
        "[severity]\nnumber = 'off'\nlength = 'fatal'\n",
        "[severity]\nnumber = 'off'\n'a/*' = { numbr = 'off' }\n",
    ],
)
def test_a_typo_in_a_severity_has_its_line(root: Path, settings: str) -> None:
    (root / "yiben.toml").write_text(SETTINGS + settings, encoding="utf-8")
    result = yiben(root, "check")
    assert result.returncode == 2
    assert result.stderr.startswith("yiben.toml:5:1: severity: ")
