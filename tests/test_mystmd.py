"""Pages of the MyST engine: it reads localized ones as it reads their sources."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from fixture_files import cases
from projects import project, yiben

from toolkit import build, read

PROGRAM = Path(__file__).parents[1] / ".ci/mystmd/node_modules/.bin/myst"
SITE: dict[str, Any] = {
    "version": 1,
    "project": {"title": "Tea", "toc": [{"file": "index.md", "title": "Start"}]},
    "site": {"title": "Tea", "nav": [{"title": "Home", "url": "/"}]},
}
OWN = {"text", "crossReference", "abbreviation"}
"""Nodes that the engine makes of words, whichever these are."""


def blocks(pages, folder):
    """The nodes of each page as the engine has them, without texts."""
    folder.mkdir()
    contents = {"toc": [{"file": name} for name in sorted(pages)]}
    site = {**SITE, "project": {**SITE["project"], **contents}}
    (folder / "myst.yml").write_text(yaml.safe_dump(site), encoding="utf-8")
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8")
    # It writes what it has read, and then asks the network for a theme.
    words = [str(PROGRAM), "build", "--site", "--ci"]
    subprocess.run(words, cwd=folder, capture_output=True, timeout=300, check=False)
    made = (folder / "_build/site/content").glob("*.json")
    return {path.stem: list(nodes(json.loads(path.read_bytes())["mdast"])) for path in made}


def nodes(node):
    kind = node["type"]
    if kind not in OWN:
        facts = (node.get(key) for key in ("kind", "depth", "lang", "url"))
        value = node.get("value") if kind in {"code", "inlineCode", "math"} else None
        yield kind, value, *facts
    for child in node.get("children") or ():
        yield from nodes(child)


@pytest.mark.peers
def test_the_engine_reads_localized_pages_as_their_sources(tmp_path):
    if not PROGRAM.exists():
        pytest.skip("needs mystmd: bash .ci/run peers")
    own = [case.source for case in cases() if case.dialect == "mystmd"]
    pages = {f"p{number}.md": text for number, text in enumerate(own)}
    pages["index.md"] = "# Start\n\n{term}`Cup` and [](#tea)\n"
    localized = {}
    for name, text in pages.items():
        page = read(text, "mystmd")
        marked = build(page, {unit.text: f"Ẋ {unit.text}" for unit in page.units})
        assert not marked.refusals
        localized[name] = marked.text
    before, after = blocks(pages, tmp_path / "a"), blocks(localized, tmp_path / "b")
    assert len(before) == len(pages)
    assert after == before


def test_projects_hold_pages_of_the_engine(tmp_path):
    (tmp_path / "myst.yml").write_text(yaml.safe_dump(SITE, sort_keys=False), encoding="utf-8")
    (tmp_path / "index.md").write_text("# Tea\n\n```{note} Hot\nBoil it.\n```\n", encoding="utf-8")
    assert yiben(tmp_path, "init", "--source", "en", "-t", "de").returncode == 0
    assert 'dialect = "mystmd"' in (tmp_path / "yiben.toml").read_text(encoding="utf-8")
    assert yiben(tmp_path, "update").returncode == 0
    assert yiben(tmp_path, "build", "-l", "en-XA").returncode == 0
    made = yaml.safe_load((tmp_path / "build/en-XA/myst.yml").read_text(encoding="utf-8"))
    titles = (made["project"]["title"], made["project"]["toc"][0]["title"], made["site"]["title"])
    assert all("⟦" in title for title in titles)
    assert made["project"]["toc"][0]["file"] == "index.md"
    page = (tmp_path / "build/en-XA/index.md").read_text(encoding="utf-8")
    assert "```{note} ⟦" in page


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such bit")
def test_programs_beside_the_pages_can_be_run_there(tmp_path):
    root = project(tmp_path, {"a.md": "# 文\n", "plugin.py": "#!/usr/bin/env python3\n"})
    (root / "content/plugin.py").chmod(0o755)
    shutil.copy(root / "content/plugin.py", root / "content/plain.py")
    (root / "content/plain.py").chmod(0o644)
    assert yiben(root, "update").returncode == 0
    assert yiben(root, "build", "-l", "en").returncode == 0
    assert os.access(root / "build/en/plugin.py", os.X_OK)
    assert not os.access(root / "build/en/plain.py", os.X_OK)
