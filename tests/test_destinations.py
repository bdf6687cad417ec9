"""`-o`, `--report` and `--baseline`: what they may write over, and into."""

import os
import socket
import subprocess
import sys
from threading import Thread

import pytest
from projects import YIBEN, project, snapshot, translate, yiben, yiben_process

SETTINGS = (
    'source = "en"\ntargets = ["de"]\nglossary = "words.csv"\nmemory = ["old.tmx"]\n'
    'baseline = "known.json"\nsite = "mkdocs.yml"\n'
)
FILES = {
    "words.csv": "source,de\nwords,Wörter\n",
    "old.tmx": '<tmx version="1.4"><header/><body/></tmx>\n',
    "known.json": '{"version": 1, "findings": []}\n',
    "mkdocs.yml": "site_name: Words\n",
    "old/a.md": "# Anfang\n",
}
PROTECTED = {
    "content/a.md": "a source page",
    "content/b.md": "a source page",
    "locales/de/LC_MESSAGES/b.po": "a catalog",
    "locales/templates/LC_MESSAGES/a.pot": "a template",
    "yiben.toml": "the settings",
    "words.csv": "the glossary",
    "old.tmx": "a memory",
    "mkdocs.yml": "the settings of the site",
}
COMMANDS = {
    "po2md": ["po2md", "content/a.md", "locales/de/LC_MESSAGES/a.po", "-o"],
    "md2po": ["md2po", "content/a.md", "-l", "de", "-o"],
    "memory export": ["memory", "export", "-o"],
    "check": ["check", "--format", "json", "-o"],
    "import --report": ["import", "content/a.md", "old/a.md", "-l", "de", "--report"],
    "baseline": ["check", "--write-baseline", "--baseline"],
}


@pytest.fixture
def root(tmp_path):
    root = project(tmp_path / "in", {"a.md": "# Start\n", "b.md": "Words.\n"}, SETTINGS)
    for name, text in FILES.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    assert yiben(root, "update").returncode == 0
    return root


@pytest.mark.parametrize("words", COMMANDS.values(), ids=COMMANDS)
def test_nothing_of_a_project_is_written_over(root, words):
    (root / "link.txt").symlink_to("content/a.md")
    for name, role in {**PROTECTED, "link.txt": "a source page"}.items():
        if words[0] == "md2po" and role == "a catalog":
            continue  # which it merges into
        before = snapshot(root)
        result = yiben(root, *words, name)
        assert (result.returncode, snapshot(root)) == (2, before), name
        own = "is what the command reads"
        (line,) = result.stderr.splitlines()
        assert line.startswith((f"{name}: is {role} of the project", f"{name}: {own}"))


@pytest.mark.parametrize("words", COMMANDS.values(), ids=COMMANDS)
def test_places_that_cannot_be_written(root, tmp_path, words):
    (tmp_path / "out").mkdir()
    (root / "away").symlink_to(tmp_path / "out")
    (root / "away.txt").symlink_to(tmp_path / "out.txt")
    (tmp_path / "out.txt").write_text("theirs")
    for name, text in {
        "content": "is a folder; name a file in it",
        "none/x.txt": 'none" does not exist; create it first',
        "yiben.toml/x.txt": 'yiben.toml" is not a folder',
        "away/x.txt": "leads out of the project through a link",
        "away.txt": "leads out of the project through a link",
    }.items():
        before = snapshot(root)
        result = yiben(root, *words, name)
        assert (result.returncode, snapshot(root)) == (2, before), name
        (line,) = result.stderr.splitlines()
        assert line.startswith(f"{name}: ")
        assert text in line
    assert not list((tmp_path / "out").iterdir())


@pytest.mark.parametrize("name", ["a.po", "a.md", "./a.po", "link.po"])
def test_a_single_page_is_not_written_over_its_inputs(tmp_path, name):
    (tmp_path / "a.md").write_text("Hello.\n")
    (tmp_path / "link.po").symlink_to("a.po")
    assert yiben(tmp_path, "md2po", "a.md", "-o", "a.po", "-l", "de").returncode == 0
    translate(tmp_path / "a.po", {"Hello.": "Hallo."})
    before = snapshot(tmp_path)
    result = yiben(tmp_path, "po2md", "a.md", "a.po", "-o", name)
    assert (result.returncode, result.stderr) == (
        2,
        f"{name}: is what the command reads; name another file\n",
    )
    assert yiben(tmp_path, "md2po", "a.md", "-o", "a.md").returncode == 2
    assert snapshot(tmp_path) == before
    assert yiben(tmp_path, "md2po", "a.md", "-o", "a.po").returncode == 0
    assert yiben(tmp_path, "po2md", "a.md", "a.po", "-o", "new.md").returncode == 0
    assert (tmp_path / "new.md").read_text() == "Hallo.\n"


def test_a_translation_is_not_written_over_by_the_report_of_its_import(root):
    before = snapshot(root)
    words = ("import", "content", "old", "-l", "de", "--report", "old/a.md")
    result = yiben(root, *words)
    assert (result.returncode, result.stderr) == (
        2,
        "old/a.md: is what the command reads; name another file\n",
    )
    assert snapshot(root) == before


def test_pipes_and_sockets_are_written_into(tmp_path):
    (tmp_path / "a.md").write_text("Hello.\n")
    yiben(tmp_path, "md2po", "a.md", "-o", "a.po", "-l", "de")
    os.mkfifo(tmp_path / "pipe")
    got = []
    reader = Thread(target=lambda: got.append((tmp_path / "pipe").read_bytes()))
    reader.start()
    assert yiben(tmp_path, "po2md", "a.md", "a.po", "-o", "pipe").returncode == 0
    reader.join(20)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "s"))
        server.listen()
        assert yiben(tmp_path, "po2md", "a.md", "a.po", "-o", "s").returncode == 0
        got.append(server.accept()[0].recv(100))
    assert got == [b"Hello.\n"] * 2
    assert (tmp_path / "pipe").is_fifo()
    assert (tmp_path / "s").is_socket()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such devices")
def test_what_the_shell_has_open_is_written_into(tmp_path):
    (tmp_path / "a.md").write_text("Hello.\n")
    yiben(tmp_path, "md2po", "a.md", "-o", "a.po", "-l", "de")
    with (tmp_path / "out").open("ab") as out:
        out.write(b"first\n")
        out.flush()
        command = [str(YIBEN), "po2md", "a.md", "a.po", "-o", "/dev/stdout"]
        subprocess.run(command, cwd=tmp_path, stdout=out, check=True)
    assert (tmp_path / "out").read_bytes() == b"first\nHello.\n"


def test_closed_streams_are_one_line(tmp_path):
    (tmp_path / "a.md").write_text("Hello.\n")
    script = f'"{YIBEN}" segment - <&-; "{YIBEN}" md2po a.md -l de -o - >&-'
    result = subprocess.run(
        ["sh", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert result.stderr == (
        "-: standard input is closed; name a file\n-: standard output is closed; name a file\n"
    )


def test_a_pipe_may_be_read_where_the_user_names_it(tmp_path):
    result = yiben_process(tmp_path, "segment", "/dev/stdin", stdin=b"Hello.\n")
    assert result.returncode == 0
    assert "Hello." in result.stdout


KNOWN = ".xlf, .xliff, .tmx or .csv; rename it, or choose a format with --format"
FOREIGN = [
    (["export", "-l", "de"], "de.docx", f"does not end in {KNOWN}"),
    (["export", "-l", "de"], "de.po", f"does not end in {KNOWN}"),
    (["memory", "export"], "memory.xlf", "does not end in .tmx; rename it"),
    (["terms"], "terms.toml", "does not end in .csv; rename it"),
    (
        ["import", "content/a.md", "old/a.md", "-l", "de", "--report"],
        "report.csv",
        "does not end in .html or .htm; rename it",
    ),
    (["md2po", "content/a.md"], "a.json", "does not end in .po or .pot; rename it"),
    (["check"], "r.sarif", "would hold text, not what .sarif names; choose a format with --format"),
]


@pytest.mark.parametrize(("words", "name", "reason"), FOREIGN, ids=lambda one: str(one)[:20])
def test_an_ending_names_the_format_that_is_written(root, words, name, reason):
    before = snapshot(root)
    option = [] if words[-1] == "--report" else ["-o"]
    result = yiben(root, *words, *option, name)
    assert (result.returncode, result.stderr) == (2, f"{name}: {reason}\n")
    assert snapshot(root) == before


@pytest.mark.parametrize(
    ("words", "start"),
    [
        (["export", "-l", "de", "--format", "csv", "-o", "de.docx"], b"\xef\xbb\xbfpage,"),
        (["export", "-l", "de", "-o", "de.XLIFF"], b"<?xml"),
        (["export", "-l", "de", "-o", "de"], b"<?xml"),
        (["export", "-l", "de", "--format", "tmx", "-o", "v1.2"], b"<?xml"),
        (["check", "--format", "text", "-o", "r.json"], b""),
        (["check", "--format", "sarif", "-o", "r.json"], b"{"),
    ],
    ids=lambda one: str(one)[:60],
)
def test_a_format_that_is_named_goes_into_any_file(root, words, start):
    (root / "words.csv").write_text("source,locale,target\nwords,de,Wörter\n")
    assert yiben(root, *words).returncode in {0, 1}
    assert (root / words[-1]).read_bytes().startswith(start)
