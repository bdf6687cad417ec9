"""Puts mutants into the modules that Python imports, each behind a switch.

`mutants.py` puts this folder on the path of pytest and of all processes that tests start. An
expression `old` of a chosen mutant becomes `new if __mutant__(7) else old`: all mutants stand in
one process, and the one that acts is chosen after the tests were collected. While tests are
recorded no mutant acts, and `reached.tsv` gets a line for the first time that a test comes by one.
"""

from __future__ import annotations

import ast
import builtins
import json
import marshal
import os
import sys
from dataclasses import dataclass, field
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import CodeType, ModuleType

FOLDER = "MUTANTS_FOLDER"
ACTIVE = "MUTANTS_ACTIVE"
RECORDING = "recording"


@dataclass
class Switch:
    """Which mutant acts, and which ones the running test has come by."""

    active: int = 0
    record: int | None = None
    """The descriptor of the file of what is reached."""
    reached: set[int] = field(default_factory=set)

    def __call__(self, number: int) -> bool:
        """Whether a mutant acts; numbers below zero name modules."""
        if self.record is not None and number not in self.reached:
            self.reached.add(number)
            test = os.environ.get("PYTEST_CURRENT_TEST", "").rpartition(" ")[0]
            os.write(self.record, f"{test}\t{number}\n".encode())
        return number == self.active


SWITCH = Switch()


class _Mutation(ast.NodeTransformer):
    """Puts a switch around the expressions of mutants, and a mark into each function."""

    def __init__(self, mutants: list[dict[str, object]], module: int) -> None:
        self.mutants = {(tuple(one["span"]), one["type"]): one for one in mutants}  # type: ignore[arg-type]
        self.module = module

    def visit(self, node: ast.AST) -> ast.AST:
        """Change the parts of a node, then the node."""
        if isinstance(node, ast.JoinedStr):
            return node
        mutant = self._mutant(node)
        if isinstance(node, ast.MatchValue) and (chosen := self._mutant(node.value)):
            if chosen["number"] == SWITCH.active:
                node.value = _parsed(str(chosen["new"]), node)
            return node
        old = super().generic_visit(node)
        if isinstance(old, ast.FunctionDef):
            place = int(ast.get_docstring(old, clean=False) is not None)
            old.body.insert(place, ast.copy_location(ast.Expr(_asked(self.module, old)), old))
        if mutant is None:
            return old
        new = _parsed(str(mutant["new"]), node)
        test = _asked(mutant["number"], node)
        return ast.copy_location(ast.IfExp(test, new, old), node)  # type: ignore[arg-type]

    def _mutant(self, node: ast.AST) -> dict[str, object] | None:
        if not isinstance(node, ast.expr):
            return None
        span = (node.lineno, node.col_offset, node.end_lineno, node.end_col_offset)
        return self.mutants.get((span, type(node).__name__))


def _asked(number: object, node: ast.AST) -> ast.expr:
    name = ast.Name("__mutant__", ast.Load())
    call = ast.Call(name, [ast.Constant(number)], [])  # type: ignore[arg-type]
    return ast.copy_location(call, node)


def _parsed(text: str, node: ast.AST) -> ast.expr:
    return ast.copy_location(ast.parse(text, mode="eval").body, node)


class _Loader(SourceFileLoader):
    """Loads a module with its mutants; the code is kept for other processes."""

    def __init__(self, name: str, path: str, folder: Path, entry: dict[str, object]) -> None:
        super().__init__(name, path)
        self.folder = folder
        self.entry = entry

    def get_code(self, fullname: str) -> CodeType:
        """Return the code of the module with a switch at each mutant."""
        own = SWITCH.active if SWITCH.active in self.entry["patterns"] else 0  # type: ignore[operator]
        kept = self.folder / f"{fullname}.{own}.code"
        if kept.exists():
            return marshal.loads(kept.read_bytes())  # type: ignore[no-any-return]  # noqa: S302
        tree = ast.parse(Path(self.path).read_text(encoding="utf-8"))
        change = _Mutation(self.entry["mutants"], self.entry["number"])  # type: ignore[arg-type]
        change.visit(tree)
        code = compile(ast.fix_missing_locations(tree), self.path, "exec", dont_inherit=True)
        half = kept.with_suffix(f".{os.getpid()}")
        half.write_bytes(marshal.dumps(code))
        half.replace(kept)
        return code


class _Finder:
    """Finds the modules that have mutants."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return the specification of a module that has mutants."""
        entry = self.modules.get(name)
        if entry is None:
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is not None and spec.origin:
            spec.loader = _Loader(name, spec.origin, self.folder, entry)
        return spec


def _start() -> None:
    folder = Path(os.environ[FOLDER])
    active = os.environ.get(ACTIVE, "0")
    if active == RECORDING:
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
        SWITCH.record = os.open(folder / "reached.tsv", flags, 0o644)
    else:
        SWITCH.active = int(active)
    builtins.__mutant__ = SWITCH  # type: ignore[attr-defined]
    sys.meta_path.insert(0, _Finder(folder))


if FOLDER in os.environ:
    _start()
