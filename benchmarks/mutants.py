"""How many small faults the tests find: mutants of the engine, drawn by a seeded script.

    python benchmarks/mutants.py --count 100 --seed 7

A mutant is one change of one expression: a comparison, `and` or `or`, a condition, a sign, a
number or a boolean. All of them stand behind switches in a copy of the project
(`mutating/sitecustomize.py`). The tests of `bash .ci/run tests` run once as they are, which records
the mutants that each comes by with another value (`mutating/switching.py`); then each mutant is
tried with those tests, the fastest first, until one fails (`mutating/trying.py`). The corpus is not
copied, so tests over it find nothing here. Survivors are listed with their places; some of them
change nothing that anybody could notice.

With `--state FOLDER` work goes on where it ended, for `--seconds` each time, and `--now` names the
seeds that are tried now. `--only toolkit/reading` draws from some folders only. `--again FILE...`
takes files of tests over as they are now, and tries with them the mutants that survived. `--budget`
tries each mutant with so many seconds of its tests, which tells early what may survive: a mutant
that is found then is found.

`--unnoticed` tries nothing: it lists all mutants of the engine that give no test another value.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from drawn_mutants import Mutant, drawn, every

ROOT = Path(__file__).parents[1]
MARKS = "not peers and not nightly"
QUICK = tuple(
    "tests/test_segment. tests/test_forms. tests/po tests/test_values. tests/test_inline. "
    "tests/test_targets. tests/test_merge. tests/test_checks. tests/test_front_matter. "
    "tests/test_anchors. tests/test_three_way. tests/test_canonical. tests/test_code.".split()
)
"""The starts of files that find most mutants in the least time."""
BEFORE = " before"
"""Stands behind a file that was recorded again since."""
PORTION = 12
"""Files of tests that are recorded in one run of pytest."""
ENDS = {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.NO_TESTS_COLLECTED}
"""The exit statuses of a run that has taken all of its tests."""
LIMIT = 1200
"""Seconds of the processor for a run with a mutant that acts while modules are imported."""


@dataclass(frozen=True)
class State:
    """A folder with a copy of the project and what is known of its mutants up to now."""

    folder: Path
    chosen: list[Mutant]
    """The mutants of all seeds; a mutant's number is its place, from 1."""
    now: frozenset[Mutant]
    """Those that are tried now."""
    end: float
    """The moment at which no more work is begun, by the monotonic clock."""
    budget: float = math.inf
    """Seconds of tests for each mutant and round."""
    once: bool = False
    """Whether it is enough to know one test that comes by a mutant."""

    @property
    def root(self) -> Path:
        """The copy of the project."""
        return self.folder / "project"

    def prepare(self) -> None:
        """Write which modules have which mutants."""
        modules: dict[str, dict[str, object]] = {}
        for number, mutant in enumerate(self.chosen, 1):
            name = _module_name(mutant.module)
            entry = modules.setdefault(
                name, {"number": -len(modules) - 1, "mutants": [], "patterns": []}
            )
            values = {
                "number": number,
                "span": mutant.span,
                "type": mutant.type,
                "new": mutant.new,
            }
            entry["mutants"].append(values)  # type: ignore[attr-defined]
            if mutant.pattern:
                entry["patterns"].append(number)  # type: ignore[attr-defined]
        (self.folder / "modules.json").write_text(json.dumps(modules), encoding="utf-8")

    def names(self) -> list[str]:
        """Return the files of tests."""
        paths = (self.root / "tests").rglob("test_*.py")
        return sorted(path.relative_to(self.root).as_posix() for path in paths)

    def unnoticed(self) -> list[Mutant]:
        """Return the mutants that give no test another value, when all tests are recorded."""
        if not self.record(self.names()):
            return []
        noticed = {line.rpartition("\t")[2] for line in self._known("reached.tsv")}
        return [one for number, one in enumerate(self.chosen, 1) if str(number) not in noticed]

    def rounds(self) -> None:
        """Try the mutants with the quick files first, and the survivors with all others."""
        names = self.names()
        quick = [name for name in names if name.startswith(QUICK)]
        for portion in (quick, [name for name in names if name not in quick]):
            if not set(portion) <= set(self._known("recorded")) and not (
                self.record(portion) and self.attempt()
            ):
                return
        self.attempt()

    def record(self, names: list[str]) -> bool:
        """Run tests as they are, some files at a time; whether all are recorded."""
        done = self._known("recorded")
        left = [name for name in names if name not in done]
        for start in range(0, len(left), PORTION):
            if time.monotonic() > self.end:
                return False
            portion = left[start : start + PORTION]
            if self._pytest("recording", portion) not in ENDS:
                sys.exit(f"tests cannot be collected: {self.folder / 'log'}")
            with (self.folder / "recorded").open("a", encoding="utf-8") as file:
                file.writelines(f"{name}\n" for name in portion)
        return True

    def attempt(self) -> bool:
        """Try the mutants that survived what was recorded before; whether all were tried."""
        asked = self._asked()
        if not asked:
            return True
        recorded = self._known("recorded")
        new = recorded[min(one["tried"] for one in asked) :]
        files = [name for name in new if not name.endswith(BEFORE)]
        self._ask([one for one in asked if not one["static"]])
        if self._pytest("0", files):
            sys.exit(f"tests cannot be collected without a mutant: {self.folder / 'log'}")
        for one in asked:
            if time.monotonic() > self.end:
                return False
            if one["static"]:
                self._ask([one])
                self._pytest(str(one["number"]), files)
                if one in self._asked():
                    self._write(one["number"], "(importing)", len(recorded))
        return not self._asked()

    def again(self, names: list[str]) -> None:
        """Take files of tests over as they are now, with all fixtures; they count as new."""
        fixtures = (path for path in (ROOT / "tests/fixtures").rglob("*") if path.is_file())
        for path in (*(ROOT / name for name in names), *fixtures):
            target = self.root / path.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, target)
        # Files keep their places, as results name how many of them were tried.
        recorded = [f"{one}{BEFORE}" if one in names else one for one in self._known("recorded")]
        (self.folder / "recorded").write_text("".join(f"{one}\n" for one in recorded))
        self.record(names)

    def results(self) -> dict[str, tuple[str, int]]:
        """By a mutant's number the test that finds it, or `-`, and how many files were tried."""
        lines = (line.split("\t") for line in self._known("results.tsv"))
        return {cells[0]: (cells[1], int(cells[2])) for cells in lines}

    def _asked(self) -> list[dict[str, int]]:
        """What is to be tried: each mutant with the number of files that were tried with it."""
        modules = json.loads((self.folder / "modules.json").read_text(encoding="utf-8"))
        lines = self._known("reached.tsv")
        early = {line[1:] for line in lines if line.startswith("\t")}  # while tests were collected
        results = self.results()
        asked = []
        for number, mutant in enumerate(self.chosen, 1):
            outcome, tried = results.get(str(number), ("-", 0))
            if mutant in self.now and outcome == "-" and tried < len(self._known("recorded")):
                values = {
                    "number": number,
                    "static": mutant.static or mutant.pattern or str(number) in early,
                    "module": modules[_module_name(mutant.module)]["number"],
                    "tried": tried,
                }
                asked.append(values)
        return asked

    def _ask(self, asked: list[dict[str, int]]) -> None:
        (self.folder / "asked.json").write_text(json.dumps(asked), encoding="utf-8")

    def _write(self, number: int, result: str, files: int) -> None:
        with (self.folder / "results.tsv").open("a", encoding="utf-8") as file:
            file.write(f"{number}\t{result}\t{files}\t0\t0\n")

    def _known(self, name: str) -> list[str]:
        path = self.folder / name
        return path.read_text(encoding="utf-8").splitlines() if path.exists() else []

    def _pytest(self, active: str, names: list[str]) -> int:
        """Run pytest, and return its exit status."""
        command = [sys.executable, "-m", "pytest", "-q", "-p", "trying", "-p", "no:cacheprovider"]
        if active not in {"recording", "0"}:
            command = ["prlimit", f"--cpu={LIMIT}", *command]
        path = os.pathsep.join([str(self.root), str(ROOT / "benchmarks" / "mutating")])
        # With CI, Hypothesis draws the same examples each time and has no deadline.
        own = {
            "CI": "true",
            "PYTHONPATH": path,
            "PYTHONDONTWRITEBYTECODE": "1",
            "MUTANTS_FOLDER": str(self.folder),
            "MUTANTS_ACTIVE": active,
            "MUTANTS_SECONDS": str(self.end - time.monotonic()),
            "MUTANTS_BUDGET": str(self.budget),
            "MUTANTS_ONCE": "once" if self.once else "",
        }
        with (self.folder / "log").open("a", encoding="utf-8") as log:
            done = subprocess.run(
                [*command, f"--basetemp={self.folder}/temporary{os.getpid()}", "-m", MARKS, *names],
                cwd=self.root,
                env={**os.environ, **own},
                stdout=log,
                stderr=log,
                check=False,
            )
        return done.returncode

    def report(self, chosen: dict[int, list[Mutant]], count: int) -> None:
        """Print what became of the mutants of each seed."""
        results = self.results()
        for seed, mutants_ in chosen.items():
            numbers = {one: str(self.chosen.index(one) + 1) for one in mutants_}
            ends = {one: results.get(number, (None,))[0] for one, number in numbers.items()}
            for one in mutants_:
                if one.reason and ends[one] == "-":
                    print(f"CHANGES NOTHING {one}: {one.reason}")
            counted = [one for one in mutants_ if not (one.reason and ends[one] == "-")][:count]
            for one in counted:
                if ends[one] == "-":
                    print(f"SURVIVED {one}")
            outcomes = [ends[one] for one in counted]
            left = outcomes.count(None)
            found = len(outcomes) - left - outcomes.count("-")
            print(f"seed {seed}: {found} of {len(outcomes)} found, {left} not tried\n")


def _module_name(module: str) -> str:
    return module.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _copy(root: Path) -> None:
    """Copy the project without what git ignores."""
    for name in _project_files():
        target = root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, target)


def _project_files() -> list[str]:
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    names = listed.decode().split("\0")[:-1]
    return [name for name in names if (ROOT / name).is_file()]


def main() -> None:
    """Try the mutants and print what became of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, nargs="+", default=[7])
    parser.add_argument("--now", type=int, nargs="+", help="the seeds that are tried now")
    parser.add_argument("--only", nargs="+", default=[""], help="the folders to draw from")
    parser.add_argument("--state", type=Path, help="the folder in which work goes on")
    parser.add_argument("--seconds", type=float, default=1e6, help="begin no more work after them")
    parser.add_argument("--budget", type=float, default=math.inf, help="seconds for each mutant")
    parser.add_argument("--again", nargs="*", help="files of tests that changed")
    parser.add_argument("--unnoticed", action="store_true", help="list what no test comes by")
    parser.add_argument("--list", action="store_true", help="only list the mutants")
    options = parser.parse_args()
    if options.list:
        for them in drawn(ROOT, options.count, options.seed, options.only).values():
            print(*them, sep="\n")
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = (options.state or Path(temporary)).absolute()
        root = folder / "project"
        if not root.exists():
            _copy(root)
        end = time.monotonic() + options.seconds
        if options.unnoticed:
            state = State(folder, every(root, options.only), frozenset(), end, once=True)
            state.prepare()
            print(*state.unnoticed(), sep="\n")
            return
        chosen = drawn(root, options.count, options.seed, options.only)
        now = {seed: chosen[seed] for seed in options.now or chosen}
        # Two seeds may draw the same mutant.
        all_of_them = list(dict.fromkeys(one for them in chosen.values() for one in them))
        trying = frozenset(one for them in now.values() for one in them)
        state = State(folder, all_of_them, trying, end, options.budget)
        if not (folder / "modules.json").exists():
            state.prepare()
        if options.again is not None:
            state.again(options.again)
        state.rounds()
        state.report(now, options.count)


if __name__ == "__main__":
    main()
