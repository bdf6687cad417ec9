"""Work that is spread over processes: results in order, a state for each process."""

import os
from dataclasses import dataclass, field

import pytest

from toolkit.model.errors import Problem, ToolkitError
from toolkit.project import pool
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
