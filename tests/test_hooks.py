"""The hooks for pre-commit, run by that program itself on a repository."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from projects import PAGE, YIBEN, project, translate, yiben
from repositories import ENVIRONMENT, commit, git, repository

if TYPE_CHECKING:
    from subprocess import CompletedProcess

MANIFEST = Path(__file__).parents[1] / ".pre-commit-hooks.yaml"
PROGRAM = shutil.which("pre-commit", path=f"{YIBEN.parent}{os.pathsep}{os.environ['PATH']}")
CATALOG = "locales/de/LC_MESSAGES/page.po"
pytestmark = pytest.mark.skipif(not PROGRAM, reason="pre-commit is not installed")


def pre_commit(root: Path, *words: str) -> CompletedProcess[str]:
    assert PROGRAM
    path = f"{YIBEN.parent}{os.pathsep}{ENVIRONMENT['PATH']}"
    home = str(root.parent / "home")
    return subprocess.run(
        [PROGRAM, *words],
        cwd=root,
        capture_output=True,
        check=False,
        text=True,
        env={**ENVIRONMENT, "PATH": path, "PRE_COMMIT_HOME": home},
    )


def hooks() -> list[dict[str, Any]]:
    """The hooks of the manifest, with the yiben that is installed already."""
    found = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    return [{**hook, "language": "system"} for hook in found]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with a project whose catalogs are up to date."""
    root = tmp_path / "work"
    root.mkdir()
    repository(root)
    project(root, {"page.md": PAGE}, 'source = "zh-Hans"\ntargets = ["de"]\n')
    config = {"repos": [{"repo": "local", "hooks": hooks()}]}
    (root / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    yiben(root, "update")
    commit(root)
    return root


def run(root: Path, hook: str, *words: str) -> CompletedProcess[str]:
    git(root, "add", "--all")
    return pre_commit(root, "run", "--color=never", hook, *words)


def test_the_manifest_is_what_the_program_wants(root: Path) -> None:
    result = pre_commit(root, "validate-manifest", str(MANIFEST))
    assert result.returncode == 0, result.stdout
    names = [hook["id"] for hook in hooks()]
    assert names == ["yiben-check", "yiben-update", "yiben-update-check"]


def test_check_reads_what_is_committed_and_nothing_else(root: Path) -> None:
    (root / "content/other.md").write_text("# 别的\n", encoding="utf-8")
    yiben(root, "update")
    translate(root / CATALOG, {"安装": "Installation <b>x</b>"})
    commit(root)
    (root / "README.md").write_text("# Something else\n", encoding="utf-8")
    path = root / "locales/de/LC_MESSAGES/other.po"
    translate(path, {"别的": "Andere"})
    result = run(root, "yiben-check")
    assert result.returncode == 0, result.stdout
    translate(path, {"别的": "<script>x</script>"})
    result = run(root, "yiben-check")
    assert result.returncode == 1
    assert "other.po:" in result.stdout
    assert "page.po:" not in result.stdout


@pytest.mark.parametrize("name", ["yiben.toml", "content/new.mdx", CATALOG, "content/page.md"])
def test_every_kind_of_file_calls_the_hooks(root: Path, name: str) -> None:
    path = root / name
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(f"{text}\n", encoding="utf-8")
    for hook in ("yiben-check", "yiben-update-check"):
        assert "Skipped" not in run(root, hook).stdout


def test_other_files_do_not(root: Path) -> None:
    (root / "notes.txt").write_text("x\n", encoding="utf-8")
    assert "Skipped" in run(root, "yiben-update-check").stdout


def test_update_brings_catalogs_up_to_date_and_stops_the_commit(root: Path) -> None:
    (root / "content/page.md").write_text(f"{PAGE}\n新\n", encoding="utf-8")
    result = run(root, "yiben-update-check")
    assert result.returncode == 1
    assert f"would change {CATALOG}" in result.stdout
    result = run(root, "yiben-update")
    assert result.returncode == 1
    assert "files were modified by this hook" in result.stdout
    assert "新" in (root / CATALOG).read_text(encoding="utf-8")
    assert run(root, "yiben-update").returncode == 0
    assert run(root, "yiben-update-check").returncode == 0
