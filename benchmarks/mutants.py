"""How many small faults the tests find: mutants of the engine, drawn by a seeded script.

    CI=true pytest -m "not peers and not nightly" --cov=toolkit --cov-context=test --cov-report=
    python benchmarks/mutants.py --count 100 --seed 7 --reach .coverage

A mutant is one change of one expression: a comparison, `and` or `or`, a condition, a sign, a
number or a boolean. Each is tried in a copy of the project with the tests that `bash .ci/run tests`
runs, until one fails: with the coverage that pytest-cov has measured first those that reach the
line, some of them and then all their files; then the quick files, then the others. Survivors are
listed with their places; some of them change nothing that anybody could notice. The corpus is not
copied, so tests over it find nothing here. `--first` and `--last` run a portion.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from coverage import CoverageData

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
ENGINE = ("model", "dialects", "reading", "catalogs", "writing", "checks")
QUICK = (
    "tests/test_segment.py tests/test_forms.py tests/po tests/test_values.py tests/test_inline.py "
    "tests/test_targets.py tests/test_merge.py tests/test_checks.py tests/test_guard.py "
    "tests/test_hijack.py tests/test_front_matter.py tests/test_anchors.py"
).split()
"""What finds most mutants in the least time."""
MARKS = "not peers and not nightly"
COPIED = ("toolkit", "tests", "content", "locales", "docs", "benchmarks")
COMPARISONS = {
    ast.Lt: "<=",
    ast.LtE: "<",
    ast.Gt: ">=",
    ast.GtE: ">",
    ast.Eq: "!=",
    ast.NotEq: "==",
    ast.In: "not in",
    ast.NotIn: "in",
    ast.Is: "is not",
    ast.IsNot: "is",
}
SAMPLE = 120
"""Tests that are tried first of those that reach a line."""
LIMIT = 600
"""Seconds of the processor after which a run counts as hanging, which finds the mutant as well."""
MEMORY = 4 << 30
NEAR = 12
"""Lines above a mutant in which its statement may start."""


@dataclass(frozen=True)
class Mutant:
    """One change of a module: what stands between two offsets is replaced."""

    module: str
    line: int
    start: int
    end: int
    old: str
    new: str

    def __str__(self) -> str:
        return f"{self.module}:{self.line}: {self.old!r} -> {self.new!r}"


def mutants(path: Path) -> Iterator[Mutant]:
    """Every mutant of a module, in the order of its text."""
    text = path.read_text(encoding="utf-8")
    starts = [0]
    for line in text.encode().splitlines(keepends=True):
        starts.append(starts[-1] + len(line))

    def offset(line: int, column: int) -> int:
        return len(text.encode()[: starts[line - 1] + column].decode())

    for node in _expressions(ast.parse(text)):
        new = _changed(node, text)
        if new is not None:
            start = offset(node.lineno, node.col_offset)
            end = offset(node.end_lineno or node.lineno, node.end_col_offset or 0)
            name = path.relative_to(ROOT).as_posix()
            yield Mutant(name, node.lineno, start, end, text[start:end], new)


def _changed(node: ast.expr, text: str) -> str | None:
    """The text of a node with one fault in it; `None` where there is none to make."""
    new = None
    match node:
        case ast.Compare(left=left, ops=[operator], comparators=[right]):
            sign = COMPARISONS[type(operator)]
            new = f"({_source(left, text)} {sign} {_source(right, text)})"
        case ast.BoolOp(op=operator, values=values):
            word = " or " if isinstance(operator, ast.And) else " and "
            new = f"({word.join(f'({_source(one, text)})' for one in values)})"
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            new = f"bool({_source(operand, text)})"
        case ast.IfExp(test=test, body=body, orelse=other):
            parts = (_source(one, text) for one in (other, test, body))
            new = "(({}) if ({}) else ({}))".format(*parts)
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub() as operator, right=right):
            sign = "-" if isinstance(operator, ast.Add) else "+"
            new = f"(({_source(left, text)}) {sign} ({_source(right, text)}))"
        case ast.Constant(value=bool(value)):
            new = str(not value)
        case ast.Constant(value=int(value)):
            new = str(value + 1)
    return new


def _expressions(node: ast.AST) -> Iterator[ast.expr]:
    """What is computed in a module: no decorators, no annotations, nothing inside f-strings."""
    for name, value in ast.iter_fields(node):
        if name in {"decorator_list", "annotation", "returns"}:
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not isinstance(child, ast.JoinedStr):
                if isinstance(child, ast.expr):
                    yield child
                yield from _expressions(child)


def _source(node: ast.expr, text: str) -> str:
    return ast.get_source_segment(text, node) or ""


def drawn(count: int, seed: int) -> list[Mutant]:
    """Some mutants of the engine, each module as likely as its share of them."""
    folders = (ROOT / "toolkit" / room for room in ENGINE)
    modules = sorted(path for folder in folders for path in folder.rglob("*.py"))
    found = [mutant for path in modules for mutant in mutants(path)]
    return random.Random(seed).sample(found, count)  # noqa: S311 - drawn again by its seed


@dataclass(frozen=True)
class Trial:
    """The copy of the project in which mutants are tried, and the tests to try."""

    root: Path
    quick: bool
    """Whether only quick files and tests that reach the line are tried: a lower bound."""
    reach: CoverageData | None
    """The tests that reach each line, as pytest-cov has measured them."""

    def finds(self, mutant: Mutant) -> bool:
        """Whether a test fails with a mutant in the copy of the project."""
        path = self.root / mutant.module
        text = path.read_text(encoding="utf-8")
        try:
            faulty = text[: mutant.start] + mutant.new + text[mutant.end :]
            path.write_text(faulty, encoding="utf-8")
            return any(_fails(words, self.root) for words in self._runs(mutant))
        finally:
            path.write_text(text, encoding="utf-8")

    def _runs(self, mutant: Mutant) -> Iterator[list[str]]:
        """The arguments for pytest, the cheapest and most promising tests first."""
        near = self._near(mutant)
        if near:
            yield near[:: len(near) // SAMPLE + 1]
            yield sorted({name.partition("::")[0] for name in near})
        if not near or not self.quick:
            yield list(QUICK)
        if not self.quick:
            yield [*(f"--ignore={name}" for name in QUICK), "tests"]

    def _near(self, mutant: Mutant) -> list[str]:
        """The tests that reach the line of a mutant."""
        if self.reach is None:
            return []
        files = (name for name in self.reach.measured_files() if name.endswith(mutant.module))
        lines = self.reach.contexts_by_lineno(next(files, ""))
        for line in range(mutant.line, mutant.line - NEAR, -1):
            found = {test.rpartition("|")[0] for test in lines.get(line, [])} - {""}
            if found:
                return sorted(found)
        return []


def _fails(words: list[str], root: Path) -> bool:
    command = [
        "prlimit",
        f"--cpu={LIMIT}",
        f"--as={MEMORY}",
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-x",
        "-p",
        "no:cacheprovider",
        "-m",
        MARKS,
        *words,
    ]
    # With CI, Hypothesis draws the same examples each time and has no deadline: no chance finds.
    own = {"CI": "true", "PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"}
    environment = {**os.environ, **own}
    result = subprocess.run(command, cwd=root, env=environment, capture_output=True, check=False)
    return result.returncode != 0


def copied(folder: Path) -> Path:
    """A copy of what the tests need."""
    root = folder / "project"
    root.mkdir()
    for name in COPIED:
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / ".ci", root / ".ci", ignore=shutil.ignore_patterns("venv", "mdx"))
    for path in ROOT.glob("*"):
        if path.is_file():
            shutil.copy2(path, root / path.name)
    return root


def main() -> None:
    """Try the mutants and print what became of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--quick", action="store_true", help="only the quick files: a lower bound")
    parser.add_argument("--reach", type=Path, help="coverage with the contexts of tests")
    parser.add_argument("--first", type=int, default=1, help="the number of the first mutant")
    parser.add_argument("--last", type=int, default=0, help="the number of the last mutant")
    parser.add_argument("--list", action="store_true", help="only list the mutants")
    options = parser.parse_args()
    chosen = drawn(options.count, options.seed)
    chosen = chosen[options.first - 1 : options.last or len(chosen)]
    if options.list:
        print(*chosen, sep="\n")
        return
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(copied(Path(folder)), options.quick, _reach(options.reach))
        if options.first == 1 and _fails(list(QUICK), trial.root):
            sys.exit("the tests fail without a mutant")
        _report(trial, chosen, options.first)


def _reach(path: Path | None) -> CoverageData | None:
    """The measured coverage, where there is one."""
    if path is None:
        return None
    data = CoverageData(str(path))
    data.read()
    return data


def _report(trial: Trial, chosen: list[Mutant], first: int) -> None:
    """Try the mutants one by one, and print what became of each."""
    survivors = 0
    for number, mutant in enumerate(chosen, first):
        found = trial.finds(mutant)
        survivors += not found
        print(f"{number} {'found' if found else 'SURVIVED'} {mutant}", flush=True)
    print(f"\n{len(chosen) - survivors} of {len(chosen)} found")


if __name__ == "__main__":
    main()
