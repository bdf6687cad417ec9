"""A build cut short: no file of others changed, none half written, nothing left behind."""

import errno
import io
import os
import shutil
import signal
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from projects import YIBEN, project, snapshot, translate, yiben

PAGES = {f"p{number}.md": f"# Title {number}\n\nWords of page {number}.\n" for number in range(4)}
SETTINGS = (
    'source = "en"\ntargets = ["de", "fr"]\nsite = "mkdocs.yml"\n'
    'site_output = "mkdocs.{locale}.yml"\n'
)
FOREIGN = {
    "build/de/p1.md": b"# Von Hand\n",
    "build/fr/x.png": b"fran\xe7ais",
    "build/de/notes.txt": b"mine",
    "content/p0.md": PAGES["p0.md"].encode(),
}
GERMAN = {"Title 0": "Titel 0", "Title 2": "Titel 2", "Words of page 3.": "Wörter."}


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """A project that was built, with files of others among the outputs and new translations."""
    root = project(tmp_path_factory.mktemp("saved"), PAGES, SETTINGS)
    (root / "mkdocs.yml").write_text("site_name: Site\n")
    (root / "content/x.png").write_bytes(b"old")
    (root / "content/y.png").write_bytes(b"y")
    assert yiben(root, "update").returncode == 0
    assert yiben(root, "build").returncode == 0
    for name, data in FOREIGN.items():
        (root / name).write_bytes(data)
    for name in PAGES:
        translate(root / f"locales/de/LC_MESSAGES/{name[:-3]}.po", GERMAN)
    (root / "content/p4.md").write_text("New page.\n")
    (root / "content/x.png").write_bytes(b"new")
    (root / "build/de/p0.md").chmod(0o640)
    assert yiben(root, "update").returncode == 0
    return root


@pytest.fixture
def root(saved, tmp_path):
    """A copy of that project."""
    return shutil.copytree(saved, tmp_path, copy_function=shutil.copy2, dirs_exist_ok=True)


def contents(root):
    return {name: data for name, (_, data) in snapshot(root).items()}


class Faults:
    """Fails the operation of a number, and all operations of its kind where `for_good`."""

    def __init__(self, number):
        self.number = number
        self.count = 0
        self.kind = ""

    def step(self, kind):
        self.count += 1
        if self.count == self.number:
            self.kind = kind
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


class FaultyFile(io.FileIO):
    """A file whose writes and flushes may fail, the first after half of the data."""

    faults: Faults

    def write(self, data):
        try:
            self.faults.step("write")
        except OSError:
            super().write(bytes(data)[: len(data) // 2])
            raise
        return super().write(data)

    def flush(self):
        self.faults.step("flush")
        super().flush()


@contextmanager
def faulty(monkeypatch, faults):
    def wrapped(kind, function):
        def call(*words, **named):
            faults.step(kind)
            return function(*words, **named)

        return call

    def opened(handle, mode="r", *words, **named):
        if "w" not in mode and "a" not in mode:
            return real_open(handle, mode, *words, **named)
        file = FaultyFile(handle, mode.replace("b", ""))
        file.faults = faults
        return file

    real_open = io.open
    with monkeypatch.context() as patch:
        patch.setattr(os, "fdopen", opened)
        patch.setattr(os, "fsync", wrapped("fsync", os.fsync))
        for name in ("replace", "chmod", "unlink", "mkdir", "symlink_to"):
            patch.setattr(Path, name, wrapped(name, getattr(Path, name)))
        path_open = Path.open

        def open_path(self, mode="r", *words, **named):
            if mode != "ab":
                return path_open(self, mode, *words, **named)
            return opened(os.open(self, os.O_WRONLY | os.O_APPEND | os.O_CREAT), mode)

        patch.setattr(Path, "open", open_path)
        yield


def check_after_a_fault(root, before, whole):
    """Each file is as before or as after a whole build."""
    for name, data in contents(root).items():
        if ".yiben-" not in name:
            assert data in {before.get(name), whole.get(name)}, name
    for name, data in FOREIGN.items():
        assert (root / name).read_bytes() == data


def check_after_the_next_run(root, whole):
    result = yiben(root, "build")
    assert result.returncode == 1  # for the page that somebody made by hand
    assert "build/de/p1.md: was edited" in result.stderr
    assert result.stderr.count("left alone") == 2
    assert contents(root) == whole
    assert (root / "build/de/p0.md").stat().st_mode & 0o777 == 0o640


@pytest.fixture(scope="module")
def whole(saved, tmp_path_factory):
    """What a build that nothing disturbs makes of the project."""
    copy = tmp_path_factory.mktemp("whole") / "copy"
    shutil.copytree(saved, copy)
    assert yiben(copy, "build").returncode == 1
    return contents(copy)


def test_every_operation_may_fail(root, whole, monkeypatch, saved):
    before = contents(root)
    kinds, number = set(), 0
    while True:
        number += 1
        faults = Faults(number)
        with faulty(monkeypatch, faults):
            result = yiben(root, "build")
        if not faults.kind:
            break
        kinds.add(faults.kind)
        check_after_a_fault(root, before, whole)
        assert result.returncode in {1, 2}
        if faults.kind in {"write", "flush", "replace", "chmod"}:
            assert result.returncode == 2
            assert "No space left on device" in result.stderr
        check_after_the_next_run(root, whole)
        shutil.rmtree(root)
        shutil.copytree(saved, root, copy_function=shutil.copy2)
    assert kinds >= {"write", "flush", "replace", "chmod", "fsync", "mkdir"}
    assert number > 40


def test_what_a_run_wrote_without_its_manifest_is_known_as_ours(root, monkeypatch):
    def fail(_handle):
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        result = yiben(root, "build")
    assert result.returncode == 2
    assert "build/.yiben-built: cannot be used: Input/output error" in result.stderr
    assert (root / "build/.yiben-built-journal").exists()
    translate(root / "locales/de/LC_MESSAGES/p2.po", {"Words of page 2.": "Wörter der Seite 2."})
    (root / "content/p4.md").write_text("New page, edited.\n")
    assert "left alone" not in yiben(root, "build", "--keep", "build/de/p1.md").stderr
    assert "Wörter der Seite 2." in (root / "build/de/p2.md").read_text(encoding="utf-8")
    assert (root / "build/fr/p4.md").read_text() == "New page, edited.\n"
    assert not (root / "build/.yiben-built-journal").exists()


@pytest.mark.parametrize("turn", range(15))
def test_a_run_is_killed(root, whole, turn):
    before = contents(root)
    run = subprocess.Popen([str(YIBEN), "build"], cwd=root, stderr=subprocess.PIPE)
    places = [root / "build/.yiben-built-journal", root / "build/de/p4.md", root / "mkdocs.de.yml"]
    wanted = places[turn % 3]
    marker = wanted.stat().st_mtime_ns if wanted.exists() else None
    while run.poll() is None:
        if wanted.exists() and wanted.stat().st_mtime_ns != marker:
            time.sleep(turn * 0.0004)
            run.send_signal(signal.SIGKILL)
            break
        time.sleep(0.0002)
    run.wait()
    check_after_a_fault(root, before, whole)
    check_after_the_next_run(root, whole)
