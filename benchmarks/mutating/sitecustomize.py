"""Puts mutants into the modules that Python imports, each behind a switch.

`mutants.py` puts this folder on the path of pytest and of all processes that tests start. All
mutants stand in one process, and the one that acts is chosen after the tests were collected. While
tests are recorded no mutant acts, and `reached.tsv` gets a line for the first time that a test
comes by one that would give another value (`switching.py`).
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

from switching import Comparing, Switching, differ

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import CodeType, ModuleType

    New = tuple[int, Callable[[], object]]
    """A mutant, and the expression with it."""

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

    def __values__(self, old: Callable[[], object], *news: New) -> object:
        """Return the value of an expression, and record which mutants give another one."""
        return self._compared(old, news, truth=False)

    def __truths__(self, old: Callable[[], object], *news: New) -> object:
        """Return the value of an expression, and record which mutants give another truth."""
        return self._compared(old, news, truth=True)

    def __all__(self, number: int, value: object) -> object:
        """Return the value of `and`; with `or` it would be as true if it is true."""
        if not value:
            self(number)
        return value

    def __any__(self, number: int, value: object) -> object:
        """Return the value of `or`; with `and` it would be as false if it is false."""
        if value:
            self(number)
        return value

    def _compared(self, old: Callable[[], object], news: tuple[New, ...], *, truth: bool) -> object:
        try:
            value = old()
        except Exception:
            for number, _ in news:
                self(number)
            raise
        for number, new in news:
            if number not in self.reached and differ(value, new, truth=truth):
                self(number)
        return value


SWITCH = Switch()


class _Loader(SourceFileLoader):
    """Loads a module with its mutants; the code is kept for other processes."""

    def __init__(self, name: str, path: str, folder: Path, entry: dict[str, object]) -> None:
        super().__init__(name, path)
        self.folder = folder
        self.entry = entry

    def get_code(self, fullname: str) -> CodeType:
        """Return the code of the module with a switch at each mutant."""
        own: object = SWITCH.active if SWITCH.active in self.entry["patterns"] else 0  # type: ignore[operator]
        if SWITCH.record is not None:
            own = RECORDING
        kept = self.folder / f"{fullname}.{own}.code"
        if kept.exists():
            return marshal.loads(kept.read_bytes())  # type: ignore[no-any-return]  # noqa: S302
        tree = ast.parse(Path(self.path).read_text(encoding="utf-8"))
        mutants, number = self.entry["mutants"], self.entry["number"]
        if SWITCH.record is not None:
            Comparing(mutants, number).visit(tree)  # type: ignore[arg-type]
        else:
            Switching(mutants, number, SWITCH.active).visit(tree)  # type: ignore[arg-type]
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
