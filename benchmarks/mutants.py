"""How many small faults the tests find: mutants of the engine, drawn by a seeded script.

    python benchmarks/mutants.py --count 100 --seed 7

A mutant is one change of one expression: a comparison, `and` or `or`, a condition, a sign, a number
or a boolean. Each is tried in a copy of the project with the tests that `bash .ci/run tests` runs,
quick files first, until one fails. Survivors are listed with their places; some of them change
nothing that anybody could notice. The corpus is not copied, so tests over it find nothing here.
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
LIMIT = 1200
"""Seconds after which a run counts as hanging, which finds the mutant as well."""


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


def is_found(mutant: Mutant, root: Path, *, quick: bool) -> bool:
    """Whether a test fails with a mutant in the copy of the project at `root`."""
    path = root / mutant.module
    text = path.read_text(encoding="utf-8")
    try:
        faulty = text[: mutant.start] + mutant.new + text[mutant.end :]
        path.write_text(faulty, encoding="utf-8")
        slow = [f"--ignore={name}" for name in QUICK]
        return _fails(list(QUICK), root) or (not quick and _fails([*slow, "tests"], root))
    finally:
        path.write_text(text, encoding="utf-8")


def _fails(words: list[str], root: Path) -> bool:
    command = [
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
    try:
        result = subprocess.run(
            command, cwd=root, env=environment, capture_output=True, check=False, timeout=LIMIT
        )
    except subprocess.TimeoutExpired:
        return True
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
    parser.add_argument("--list", action="store_true", help="only list the mutants")
    options = parser.parse_args()
    chosen = drawn(options.count, options.seed)
    if options.list:
        print(*chosen, sep="\n")
        return
    survivors = []
    with tempfile.TemporaryDirectory() as folder:
        root = copied(Path(folder))
        if _fails(list(QUICK), root):
            sys.exit("the tests fail without a mutant")
        for number, mutant in enumerate(chosen, 1):
            found = is_found(mutant, root, quick=options.quick)
            survivors += [] if found else [mutant]
            print(f"{number}/{len(chosen)} {'found' if found else 'SURVIVED'} {mutant}", flush=True)
    print(f"\n{len(chosen) - len(survivors)} of {len(chosen)} found")


if __name__ == "__main__":
    main()
