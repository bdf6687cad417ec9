"""Work that is spread over processes: results in order, a state for each process."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field

import pytest

from toolkit.model.errors import Problem, ToolkitError
from toolkit.project import lock, pool
from toolkit.project.pool import over


@dataclass
class State:
    factor: int
    seen: list[int] = field(default_factory=list)


def task(state, item):
    state.seen.append(item)
    return item * state.factor, os.getpid(), len(state.seen)


@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_order_and_a_process_keeps_its_state(monkeypatch, workers):
    monkeypatch.setattr(pool, "processors", lambda: workers)
    items = list(range(200))
    results = list(over(State(3), task, list, items))
    assert [product for product, _, _ in results] == [3 * item for item in items]
    counts = {}
    for _, process, count in results:
        counts[process] = counts.get(process, 0) + 1
        assert count == counts[process]
    assert len(counts) <= workers


def fails(state, item):
    raise ToolkitError(Problem(str(state), item, 0, "fails"))


@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_of_a_task_reaches_the_caller(monkeypatch, workers):
    monkeypatch.setattr(pool, "processors", lambda: workers)
    with pytest.raises(ToolkitError, match=r"^x:7: fails$"):
        list(over("x", fails, list, list(range(7, 200))))


WAITING = """
import sys, time
from pathlib import Path
from toolkit.project import lock, pool

def task(root, item):
    (root / "begun").touch()
    time.sleep(60)

def main(root):
    pool.processors = lambda: 3
    with lock.locked(root):
        list(pool.over(root, task, list, list(range(400))))

main(Path(sys.argv[1]))
"""


@pytest.mark.process
@pytest.mark.skipif(os.name == "nt", reason="another process is ended otherwise")
def test_its_processes_end_when_a_run_is_killed(tmp_path):
    """They had the lock of the project and its output, and waited for work for ever."""
    run = subprocess.Popen(
        [sys.executable, "-c", WAITING, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    while not (tmp_path / "begun").exists():
        time.sleep(0.01)
    run.send_signal(signal.SIGKILL)
    # The output ends with the last process that could write to it.
    assert run.communicate(timeout=20)[0] == ""
    with lock.locked(tmp_path, patience=20):
        pass
