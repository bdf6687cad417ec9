"""Poedit itself: it opens catalogs of ours, and a save changes one entry."""

import os
import re
import shutil
import subprocess
import time
from contextlib import ExitStack, contextmanager
from functools import partial

import pytest
from projects import project, yiben

PROGRAMS = ("poedit", "Xvfb", "xdotool", "dbus-run-session")
PAGES = {
    "zh-Hans": "# 标题\n\n这一段写得很长，所以它在目录文件的一行里放不下，程序会把它折成几行。\n",
    "en": "# Title\n\nA paragraph that is long enough for programs to wrap it in their files.\n",
}
TARGETS = ("zh-Hans", "zh-Hant", "sr-Latn", "pt-BR", "de", "ar")
OWN_FIELDS = ("PO-Revision-Date", "Last-Translator", "X-Generator", "Plural-Forms")
MISSING = [name for name in PROGRAMS if not shutil.which(name)]
pytestmark = [
    pytest.mark.peers,
    pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}"),
]
SECONDS = 40


@contextmanager
def started(command, environment):
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def display(stack, folder):
    """An X server of its own, on a display that nobody else has."""
    read, write = os.pipe()
    stack.callback(os.close, read)
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1100x750x24", "-nolisten", "tcp"]
    server = subprocess.Popen(
        command, pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    os.close(write)
    stack.callback(server.wait)
    stack.callback(server.terminate)
    number = os.read(read, 16).decode().strip()
    config = folder / ".config/poedit/config"
    config.parent.mkdir(parents=True)
    config.write_text(
        "translator_name=A B\ntranslator_email=a@example.org\n"
        "check_for_updates=0\nsend_crash_reports=0\n"
    )
    runtime = folder / "run"
    runtime.mkdir(mode=0o700)
    return {
        **os.environ,
        "DISPLAY": f":{number}",
        "HOME": str(folder),
        "XDG_RUNTIME_DIR": str(runtime),
        "LC_ALL": "C.UTF-8",
    }


def until(condition, seconds=SECONDS):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.3)
    return None


def windows(environment):
    result = subprocess.run(
        ["xdotool", "search", "--onlyvisible", "--name", "Poedit"],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return result.stdout.split()


def keys(environment, *words):
    subprocess.run(["xdotool", *words], env=environment, check=True)
    time.sleep(0.4)


def holds_typed_text(path, environment, patience):
    """Type into the field of a translation and save; keys go astray while Poedit is busy."""
    time.sleep(patience)
    keys(environment, "mousemove", "300", "600", "click", "1")
    keys(environment, "key", "ctrl+a")
    keys(environment, "type", "--delay", "20", "neu")
    keys(environment, "key", "ctrl+s")
    return until(lambda: 'msgstr "neu"' in path.read_text(encoding="utf-8"), patience + 2)


def saved_by_poedit(path, environment):
    """Open a catalog, translate its first message and save it; the lines that changed."""
    before = path.read_text(encoding="utf-8")
    with started(["dbus-run-session", "poedit", str(path)], environment):
        assert until(lambda: windows(environment)), "Poedit has no window"
        assert any(map(partial(holds_typed_text, path, environment), (2, 4, 8, 16))), "not saved"
        time.sleep(1)
    after = path.read_text(encoding="utf-8")
    old, new = before.splitlines(), after.splitlines()
    return [line for line in old if line not in new], [line for line in new if line not in old]


@pytest.mark.parametrize("source", PAGES)
def test_a_save_changes_an_entry_and_fields_of_poedit(tmp_path, source):
    targets = [tag for tag in TARGETS if tag != source]
    names = ", ".join(f'"{tag}"' for tag in targets)
    settings = f'source = "{source}"\ntargets = [{names}]\ndialect = "mkdocs"\n'
    root = project(tmp_path / "project", {"page.md": PAGES[source]}, settings)
    yiben(root, "update")
    with ExitStack() as stack:
        environment = display(stack, tmp_path / "home")
        for tag in targets:
            path = root / f"locales/{tag.replace('-', '_')}/LC_MESSAGES/page.po"
            lost, added = saved_by_poedit(path, environment)
            fields = re.findall(r'^"([A-Za-z-]+): ', "\n".join(lost + added), re.MULTILINE)
            assert set(fields) <= set(OWN_FIELDS), (tag, lost, added)
            assert [line for line in added if not line.startswith('"')] == ['msgstr "neu"'], tag
    assert yiben(root, "update", "--check").returncode == 0
    assert "stale" not in yiben(root, "check").stdout
