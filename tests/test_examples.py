"""The examples of Python-Markdown and PyMdown Extensions: each keeps its structure when translated.

Their source distributions carry them; `.ci/run` downloads these, or they lie unpacked in `examples`
beside the project.
"""

import json
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

pytestmark = pytest.mark.peers

ROOT = Path(__file__).resolve().parents[1]
PLACES = (ROOT / ".ci" / "examples", ROOT.parent / "examples")
RECORDER = Path(__file__).with_name("record_examples.py")
DISTRIBUTIONS = {"Markdown": "markdown", "pymdown-extensions": "pymdown_extensions"}
FEWEST = {"Markdown": 500, "pymdown-extensions": 500}
"""Pages that have units, at least."""
EXCEPTIONS: dict[str, str] = {}
"""Tests whose pages do not keep their structure, with the reason."""


def folder_of(name):
    """The unpacked source of the version that is installed."""
    unpacked = f"{DISTRIBUTIONS[name]}-{version(name)}"
    found = [place / unpacked for place in PLACES if (place / unpacked / "tests").is_dir()]
    if not found:
        pytest.skip(f"the source of {name} {version(name)} is not there")
    return found[0]


@pytest.mark.parametrize("name", DISTRIBUTIONS)
def test_examples_keep_their_structure(name):
    run = subprocess.run(
        [sys.executable, RECORDER, folder_of(name)],
        capture_output=True,
        text=True,
        check=False,
        cwd=RECORDER.parent,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    pages = [json.loads(line) for line in run.stdout.splitlines()]
    assert sum(bool(page.get("units")) for page in pages) > FEWEST[name]
    damaged = {page["test"].rpartition("::")[2] for page in pages if not page["kept"]}
    assert damaged <= EXCEPTIONS.keys()
