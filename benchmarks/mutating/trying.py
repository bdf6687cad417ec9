"""A plugin for pytest that records which tests come by which mutants, and tries mutants.

Recording runs the tests as they are. Trying collects them once; each mutant gets a process of its
own, forked from there, which runs the tests that come by it until one fails.
"""

from __future__ import annotations

import json
import os
import re
import resource
import sys
import time
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sitecustomize import ACTIVE, FOLDER, RECORDING, SWITCH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PLACE = Path(os.environ[FOLDER])
BUDGET = float(os.environ.get("MUTANTS_BUDGET", "inf"))
"""Seconds of tests for each mutant."""
ONCE = bool(os.environ.get("MUTANTS_ONCE"))
"""Whether it is enough to know one test that comes by a mutant."""
PROJECT = "toolkit"
MEMORY = 6 << 30
GRACE = 30
"""Seconds of the processor that a mutant has above three times what its tests take without it."""
SOON = 8.0
"""Seconds of tests that are tried first, the fastest, whatever file they are in."""
NOT_RUN = ("tests/test_layers.py",)
"""Tests of the source text, which is the same for all mutants."""


def spent() -> float:
    """Return the seconds of the processor that this process and its children took."""
    return sum(os.times()[:4])


def forget() -> None:
    """Forget what the project has kept, so that a test comes by what made it, whoever did before.

    These are results of functions, and the parsers of dialects.
    """
    modules = [one for name, one in sys.modules.items() if name.partition(".")[0] == PROJECT]
    for value in [value for one in modules for value in vars(one).values()]:
        if hasattr(value, "cache_clear"):
            value.cache_clear()
        elif type(value).__module__.partition(".")[0] == PROJECT and hasattr(value, "__dict__"):
            for name, own in vars(type(value)).items():
                kept = value.__dict__.get(name)
                if isinstance(own, cached_property) and not isinstance(kept, re.Pattern):
                    value.__dict__.pop(name, None)


class Recording:
    """Writes what each test takes, and whether it passes."""

    def __init__(self) -> None:
        self.failed: set[str] = set()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self) -> None:
        """What a fixture comes by counts for its first test."""
        forget()
        self._anew()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_call(self) -> None:
        """A test comes by all mutants anew."""
        self._anew()

    def _anew(self) -> None:
        if not ONCE:
            SWITCH.reached.clear()

    @pytest.hookimpl
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep which tests fail."""
        if report.failed:
            self.failed.add(report.nodeid)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Write a line for a test."""
        start = spent()
        result = yield
        outcome = "failed" if item.nodeid in self.failed else "passed"
        with (PLACE / "tests.tsv").open("a", encoding="utf-8") as file:
            file.write(f"{item.nodeid}\t{spent() - start:.4f}\t{outcome}\n")
        return result


@dataclass(frozen=True)
class Records:
    """What was recorded: the seconds of tests, and the tests that come by a mutant."""

    seconds: dict[str, float]
    reached: dict[int, set[str]]

    @classmethod
    def read(cls) -> Records:
        """Read what is recorded up to now; a test that was recorded again counts as it is now."""
        seconds = {}
        for line in _lines("tests.tsv"):
            test, taken, outcome = line.rsplit("\t", 2)
            seconds[test] = float(taken) if outcome == "passed" else -1.0
        reached = defaultdict(set)
        for line in _lines("reached.tsv"):
            test, number = line.rsplit("\t", 1)
            reached[int(number)].add(test)
        return cls({test: taken for test, taken in seconds.items() if taken >= 0}, reached)

    def plan(self, tests: set[str]) -> list[str]:
        """Return tests in the order to try: some fast ones, then file by file."""
        usable = [one for one in tests if one in self.seconds and not one.startswith(NOT_RUN)]
        fast = sorted(usable, key=lambda one: (self.seconds[one], one))
        soon: list[str] = []
        total = 0.0
        for test in fast:
            total += self.seconds[test]
            if total > SOON:
                break
            soon.append(test)
        later = defaultdict(list)
        for test in fast[len(soon) :]:
            later[test.partition("::")[0]].append(test)
        files = sorted(later.values(), key=lambda them: sum(map(self.seconds.__getitem__, them)))
        return [*_by_file(soon), *(test for them in files for test in them)]

    def within_budget(self, tests: list[str]) -> list[str]:
        """Return the first tests that take no longer than a mutant may cost."""
        ends = accumulate(self.seconds[one] for one in tests)
        return [test for test, end in zip(tests, ends, strict=True) if end <= BUDGET]


def _by_file(tests: list[str]) -> list[str]:
    """Return tests with those of a file together, so that they share its fixtures."""
    files: dict[str, list[str]] = {}
    for test in tests:
        files.setdefault(test.partition("::")[0], []).append(test)
    return [test for them in files.values() for test in them]


def _lines(name: str) -> Iterable[str]:
    path = PLACE / name
    return path.read_text(encoding="utf-8").split("\n")[:-1] if path.exists() else ()


class Trying:
    """Tries mutants one by one, each in a process of its own."""

    def __init__(self) -> None:
        self.end = time.monotonic() + float(os.environ["MUTANTS_SECONDS"])
        self.records = Records.read()
        self.recorded = list(_lines("recorded"))
        self.sound: set[str] = set()
        """Tests that were seen to pass alone without a mutant."""

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Try what is asked for, while there is time."""
        items = {item.nodeid: item for item in session.items}
        if session.testsfailed and SWITCH.active:
            self._write(SWITCH.active, "(collecting)", 0, 0)
            return True
        for mutant in json.loads((PLACE / "asked.json").read_text(encoding="utf-8")):
            if time.monotonic() > self.end:
                break
            self._try(mutant, items)
        return True

    def _try(self, mutant: dict[str, int], items: dict[str, pytest.Item]) -> None:
        number = mutant["number"]
        tests = self.records.reached.get(number, set()) - {""}
        if mutant["static"]:
            tests = self.records.reached.get(mutant["module"], set()) - {""} or set(items)
        old = set(self.recorded[: mutant["tried"]])
        tests = {one for one in tests if one in items and one.partition("::")[0] not in old}
        plan = self.records.within_budget(self.records.plan(tests))
        start = spent()
        failing = self._failing(number, [items[one] for one in plan])
        # A mutant that acts while modules are imported cannot be taken back in this process.
        while failing in items and not mutant["static"] and failing not in self.sound:
            if self._failing(0, [items[failing]]) is None:
                self.sound.add(failing)
                break
            plan.remove(failing)
            failing = self._failing(number, [items[one] for one in plan])
        self._write(number, failing or "-", len(plan), spent() - start)

    def _write(self, number: int, failing: str, tests: int, seconds: float) -> None:
        cells = (number, failing, len(self.recorded), tests, f"{seconds:.1f}")
        with (PLACE / "results.tsv").open("a", encoding="utf-8") as file:
            print(*cells, sep="\t", file=file)

    def _failing(self, number: int, items: list[pytest.Item]) -> str | None:
        """Return the first test that fails with a mutant."""
        if not items:
            return None
        source, target = os.pipe()
        child = os.fork()
        if not child:
            os.close(source)
            _run(number, items, target, sum(self.records.seconds[one.nodeid] for one in items))
        os.close(target)
        with os.fdopen(source, "rb") as pipe:
            failing = pipe.read().decode()
        _, status = os.waitpid(child, 0)
        return failing or (None if status == 0 else "(the process ended)")


def _run(number: int, items: list[pytest.Item], target: int, seconds: float) -> None:
    """Run tests with a mutant until one fails, and end the process."""
    limit = int(3 * seconds) + GRACE
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 5))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    forget()
    SWITCH.active = number
    os.environ[ACTIVE] = str(number)
    _Stopping.target = target
    try:
        for item, after in zip(items, [*items[1:], None], strict=True):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
    finally:
        os._exit(0 if sys.exc_info()[0] is None else 1)


class _Stopping:
    """Ends the process of a mutant at the first failure."""

    target = -1

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """End the process where a test failed."""
        if report.failed and self.target >= 0:
            os.write(self.target, report.nodeid.encode())
            os._exit(1)


def pytest_configure(config: pytest.Config) -> None:
    """Register what this run is for."""
    if os.environ[ACTIVE] == RECORDING:
        config.pluginmanager.register(Recording())
    else:
        config.pluginmanager.register(Trying())
        config.pluginmanager.register(_Stopping())
