"""`--watch`: a command runs again for each change, survives errors, and ends when interrupted."""

import os
import shutil
import signal
import subprocess
import time

import pytest
import watchfiles
from projects import PAGE, SETTINGS, YIBEN, heed_interrupts, project

from toolkit.interfaces.cli import watching
from toolkit.project.project import Project

PATIENCE = 60
"""Seconds after which a test gives up; nothing depends on how fast it is."""


def until(is_so):
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end, "nothing happened"
        time.sleep(0.05)


class Watcher:
    """A command that watches, with what it has printed so far."""

    def __init__(self, root, *words):
        self.log = root.parent / "log"
        self.file = self.log.open("wb")
        self.process = subprocess.Popen(
            [str(YIBEN), *words, "--watch"],
            cwd=root,
            stdout=self.file,
            stderr=self.file,
            env={**os.environ, "XDG_CACHE_HOME": ""},
            preexec_fn=heed_interrupts,  # noqa: PLW1509 - no other thread is running
        )

    def said(self):
        return self.log.read_text(encoding="utf-8", errors="replace")

    def rounds(self):
        return self.said().count("Ctrl-C ends it")

    def wait(self, rounds):
        until(lambda: self.rounds() >= rounds or self.process.poll() is not None)
        assert self.process.poll() is None, self.said()

    def interrupt(self):
        self.process.send_signal(signal.SIGINT)
        status = self.process.wait(PATIENCE)
        self.file.close()
        return status


@pytest.fixture(name="watching")
def _watching():
    watchers = []

    def start(root, *words):
        watchers.append(Watcher(root, *words))
        watchers[-1].wait(1)
        return watchers[-1]

    yield start
    for one in watchers:
        one.process.kill()
        one.process.wait()
        one.file.close()


@pytest.mark.process
def test_an_update_follows_pages_and_settings_and_survives_errors(tmp_path, watching):
    root = project(tmp_path / "project", {"a.md": PAGE})
    watcher = watching(root, "update")
    page, catalog = root / "content/a.md", root / "locales/en/LC_MESSAGES/a.po"
    page.write_text(f"{PAGE}\n新的一段。\n", encoding="utf-8")
    until(lambda: "新的一段。" in catalog.read_text(encoding="utf-8"))
    page.write_bytes(b"\xff")
    until(lambda: "is not UTF-8" in watcher.said())
    page.write_text(PAGE, encoding="utf-8")
    (root / "content/b.md").write_text(PAGE, encoding="utf-8")
    until((root / "locales/en/LC_MESSAGES/b.po").is_file)
    (root / "yiben.toml").write_text("source = 3\n", encoding="utf-8")
    until(lambda: "yiben.toml" in watcher.said())
    settings = SETTINGS.replace('"de"', '"fr"')
    (root / "yiben.toml").write_text(settings, encoding="utf-8")
    until((root / "locales/fr/LC_MESSAGES/b.po").is_file)
    assert watcher.interrupt() == 130
    assert "Traceback" not in watcher.said()


@pytest.mark.process
def test_a_build_follows_catalogs_and_does_not_follow_itself(tmp_path, watching):
    root = project(tmp_path / "project", {"a.md": PAGE})
    subprocess.run([str(YIBEN), "update"], cwd=root, check=True, capture_output=True)
    watcher = watching(root, "build")
    catalog = root / "locales/en/LC_MESSAGES/a.po"
    text = catalog.read_text(encoding="utf-8")
    catalog.write_text(text.replace('"安装"\nmsgstr ""', '"安装"\nmsgstr "Install"'), "utf-8")
    until(lambda: "Install" in (root / "build/en/a.md").read_text(encoding="utf-8"))
    watcher.wait(2)
    catalog.touch()
    time.sleep(2)
    assert watcher.rounds() == 2
    assert watcher.interrupt() == 130


@pytest.mark.process
def test_folders_may_go_and_come_again(tmp_path, watching):
    root = project(tmp_path / "project", {"a.md": PAGE})
    (root / "yiben.toml").write_text(SETTINGS.replace('"en", "de"', '"en"'), "utf-8")
    watcher = watching(root, "update")
    content, catalogs = root / "content", root / "locales/en/LC_MESSAGES"
    shutil.copytree(content, root / "copy")
    shutil.rmtree(content)
    shutil.copytree(root / "copy", content)
    time.sleep(1)
    (content / "b.md").write_text(PAGE, encoding="utf-8")
    until((catalogs / "b.po").is_file)
    content.rename(root / "away")
    until(lambda: 'no folder "content"' in watcher.said())
    (root / "away").rename(content)
    (content / "c.md").write_text(PAGE, encoding="utf-8")
    until((catalogs / "c.po").is_file)
    assert watcher.interrupt() == 130
    assert "Traceback" not in watcher.said()


def test_a_folder_may_go_just_before_it_is_watched(tmp_path, monkeypatch):
    root = project(tmp_path / "project", {"a.md": PAGE})
    real = watchfiles.watch

    def watch(*paths, **options):
        (root / "content").rename(root / "away")
        monkeypatch.setattr(watchfiles, "watch", real)
        return real(*paths, **options)

    monkeypatch.setattr(watchfiles, "watch", watch)
    projects = Project.all_from(root)
    watching._wait(Project.all_from, root, watching._state(projects, root))
    assert not (root / "content").exists()
