"""`yiben translate` with real engines: Apertium's server, and OpenCC as a program."""

import json
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.request import urlopen

import pytest
from projects import project, yiben
from rendering import facts

from toolkit.catalogs.po import read_catalog

pytestmark = pytest.mark.peers
ROOT = Path(__file__).parents[1]
PAIRS = "/usr/share/apertium"
OPENED = "Open the **door** with the [key](key.md) before you read the book."
ENGLISH = f"""# The house

{OPENED}

!!! note "The garden"

    - The garden has a `tree`, and the children play in it every day.
    - See <kbd>Enter</kbd> on the table, and press it.

| House | Price |
|---|---|
| The big house | 25 |
"""
CONVERTING = """
import json, subprocess, sys
for line in sys.stdin:
    one = json.loads(line)
    done = subprocess.run(
        ["opencc", "-c", "s2twp.json"], input=one["text"].encode(), capture_output=True, check=True
    )
    print(json.dumps({"id": one["id"], "translation": done.stdout.decode().rstrip("\\n")}))
"""


@contextmanager
def apertium():
    if not shutil.which("apertium-apy") or not Path(PAIRS, "modes", "eng-spa.mode").exists():
        pytest.skip("Apertium's server with English and Spanish is not installed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = ["apertium-apy", "-p", str(port), "-j1", PAIRS]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        url = f"http://127.0.0.1:{port}"
        try:
            for _ in range(300):
                with suppress(OSError), urlopen(f"{url}/listPairs", timeout=5):  # noqa: S310
                    break
                time.sleep(0.1)
            yield url
        finally:
            server.terminate()


def strings(path):
    return {one.id: one.string for one in read_catalog(path.name, path.read_bytes()).messages}


def assert_same_structure(root, locale, page):
    before, after = (
        facts((root / folder / page).read_text(encoding="utf-8"), "mkdocs")
        for folder in ("content", f"build/{locale}")
    )
    assert after.tags == before.tags
    assert sorted(after.targets) == sorted(before.targets)


def test_english_to_spanish_by_apertium(tmp_path):
    with apertium() as url:
        machine = f'[machine]\nprovider = "apertium"\nurl = "{url}"\naccept = "translated"\n'
        settings = f'source = "en"\ntargets = ["es"]\n{machine}'
        root = project(tmp_path, {"a.md": ENGLISH, "key.md": "# Key\n"}, settings)
        yiben(root, "update")
        report = json.loads(yiben(root, "translate", "--format", "json").stdout)
    found = strings(root / "locales/es/LC_MESSAGES/a.po")
    assert found["The big house"] == "La casa grande"
    assert "](key.md)" in found[OPENED]
    assert report["drafted"]["apertium"] >= 6
    yiben(root, "build")
    assert_same_structure(root, "es", "a.md")


def test_traditional_chinese_from_simplified_by_opencc(tmp_path):
    if not shutil.which("opencc"):
        pytest.skip("OpenCC is not installed")
    page = "daocloud-case-study.md"
    program = f'command = ["{sys.executable}", "{tmp_path / "convert.py"}"]'
    machine = f'[machine]\nprovider = "command"\nbatch = "page"\naccept = "translated"\n{program}\n'
    settings = f'source = "zh-Hans"\ntargets = ["zh-Hant"]\n{machine}'
    root = project(tmp_path, {page: (ROOT / "content" / page).read_bytes()}, settings)
    (root / "convert.py").write_text(CONVERTING, encoding="utf-8")
    yiben(root, "update")
    report = json.loads(yiben(root, "translate", "--format", "json").stdout)
    found = strings(root / f"locales/zh_Hant/LC_MESSAGES/{page.removesuffix('.md')}.po")
    assert found["挑战"] == "挑戰"
    assert len(report["undone"]) <= 2
    assert report["drafted"]["command"] >= 39
    yiben(root, "build")
    assert_same_structure(root, "zh-Hant", page)
