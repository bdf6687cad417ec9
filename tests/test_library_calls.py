"""What a program that calls us keeps: its garbage collector, its environment, its own results."""

import gc
import os
from dataclasses import FrozenInstanceError, fields, is_dataclass
from pathlib import Path

import pytest
from projects import project, yiben

from toolkit.commands.build import BuildOptions, build
from toolkit.commands.check import CheckOptions, check_project, plan_of
from toolkit.commands.extract import extract
from toolkit.commands.stats import statistics
from toolkit.commands.update import UpdateOptions, update
from toolkit.commands.update.memories import export_memory
from toolkit.project.project import Project
from toolkit.project.store import Run

PAGES = {"content/page.md": "# Title\n\nText.\n", "content/more.md": "More.\n"}


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    return Run(Project.found_from(project(tmp_path, PAGES)))


def results(run):
    locales = run.project.settings.targets
    yield extract(run, list)
    yield update(run, UpdateOptions(locales), list)
    yield build(run, BuildOptions(locales), list)
    yield check_project(run, plan_of(run, locales, CheckOptions()), list)
    yield statistics(run, locales, list)
    yield export_memory({run: locales})


def test_calls_leave_no_trace_in_the_process(run):
    before = gc.get_threshold(), gc.get_freeze_count(), dict(os.environ), Path.cwd()
    assert list(results(run))
    assert (gc.get_threshold(), gc.get_freeze_count(), dict(os.environ), Path.cwd()) == before


def test_a_command_gives_the_garbage_collector_back(run):
    before = gc.get_threshold(), gc.get_freeze_count()
    assert yiben(run.project.root, "extract").returncode == 0
    assert (gc.get_threshold(), gc.get_freeze_count()) == before


def test_results_are_frozen(run):
    for result in results(run):
        assert is_dataclass(result)
        for field in fields(result):
            with pytest.raises(FrozenInstanceError):
                setattr(result, field.name, None)


def test_only_the_command_line_reads_the_time_from_the_environment(run):
    name = run.project.template_name(run.domains()[0][0][0])
    extract(run, list)
    assert "2001-09-09" not in (run.project.root / name).read_text(encoding="utf-8")
    (run.project.root / name).unlink()
    yiben(run.project.root, "extract", SOURCE_DATE_EPOCH="1000000000")
    assert "2001-09-09" in (run.project.root / name).read_text(encoding="utf-8")
