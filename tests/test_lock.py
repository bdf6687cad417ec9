"""Two runs that write into one project wait for each other, and leave nothing behind."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from errno import EBADF

import pytest

from toolkit.model.errors import ProjectError
from toolkit.project import lock
from toolkit.project.lock import locked

OTHER = """
import sys
from pathlib import Path
from toolkit.model.errors import ProjectError
from toolkit.project.lock import locked
try:
    with locked(Path(sys.argv[1]), 0.01):
        sys.exit(0)
except ProjectError:
    sys.exit(7)
"""


def _no_folder_locks(_fd: int, _how: int) -> None:
    raise OSError(EBADF, "as file systems of a network answer")


@pytest.fixture(params=["folders", "no folders, as on Windows", "no folders, as over a network"])
def temporary(request, tmp_path, monkeypatch):
    """The folder for temporary files, with each way of locking."""
    if "Windows" in request.param:
        monkeypatch.setattr(lock, "has_folder_locks", False)
    elif "network" in request.param:
        monkeypatch.setattr(lock, "flock", _no_folder_locks)
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "project"
    folder.mkdir()
    return folder


@pytest.mark.usefixtures("temporary")
def test_two_runs_do_not_write_at_once(project):
    with locked(project), pytest.raises(ProjectError, match="another run"), locked(project, 0.01):
        pass
    with locked(project, 0.01):
        pass


@pytest.mark.usefixtures("temporary")
def test_other_projects_do_not_wait(project, tmp_path):
    (tmp_path / "other").mkdir()
    with locked(project), locked(tmp_path / "other", 0.01):
        pass


@pytest.mark.usefixtures("temporary")
def test_a_run_that_fails_lets_go(project):
    with pytest.raises(ZeroDivisionError), locked(project):
        raise ZeroDivisionError
    with locked(project, 0.01):
        pass


@pytest.mark.usefixtures("temporary")
def test_a_link_to_a_project_is_the_project(project, tmp_path):
    (tmp_path / "link").symlink_to(project, target_is_directory=True)
    with (
        locked(project),
        pytest.raises(ProjectError, match="another run"),
        locked(tmp_path / "link", 0.01),
    ):
        pass


@pytest.mark.process
def test_another_process_waits(project):
    command = [sys.executable, "-c", OTHER, str(project)]
    with locked(project):
        assert subprocess.run(command, check=False).returncode == 7
    assert subprocess.run(command, check=False).returncode == 0


def test_a_lock_of_a_folder_leaves_no_file(project, tmp_path, monkeypatch):
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    project.chmod(0o555)
    with locked(project):
        pass
    assert not [*temporary.iterdir(), *project.iterdir()]
