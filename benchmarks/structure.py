"""How the package is built, in figures, side by side for commits or folders.

    python benchmarks/structure.py [REVISION|FOLDER]... [--list MEASURE | --picture]

Without arguments the working tree is measured. Imports inside of functions and for types alone
count as others do. The picture is that of `CONTRIBUTING.md`: the rooms through which a page, a
catalog and a finding go, as they import these values and each other.
"""

from __future__ import annotations

import argparse
import ast
import io
import re
import subprocess
import tarfile
import tempfile
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING

from toolkit.model.units import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = "toolkit"
FACE = frozenset({PACKAGE, f"{PACKAGE}.testing"})
"""What scripts import, which stands in front of the rooms."""
LONG = 300
_NESTS = (ast.If, ast.For, ast.While, ast.With, ast.Try, ast.Match)
_TICKS = re.compile(r"`(?:\+|\{1,|\[\^`)|`\((?:\?:)?\[\^`")
"""A pattern that looks for runs of backticks, or for what stands between two."""
_KIND = re.compile(r"(?:^|_)kind$")


WAYS = {
    "page": frozenset({"Document", "Unit", "Page", "Reading"}),
    "catalog": frozenset({"Catalog", "Message"}),
    "finding": frozenset({"Finding"}),
}
"""What goes through the house, by the names of the values that it is."""


@dataclass(frozen=True)
class Module:
    """A module: its dotted name and what its text says."""

    name: str
    text: str

    @property
    def room(self) -> str:
        """The folder below the package, or the module itself where it stands beside them."""
        return self.name.split(".")[1] if "." in self.name else ""

    @cached_property
    def tree(self) -> ast.Module:
        """Its syntax."""
        return ast.parse(self.text)

    @property
    def imported_names(self) -> set[str]:
        """The names it imports from modules of ours."""
        return {
            alias.name
            for node in ast.walk(self.tree)
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(PACKAGE)
            for alias in node.names
        }

    @property
    def functions(self) -> Iterator[ast.FunctionDef]:
        """Its functions and methods."""
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef))


@dataclass(frozen=True)
class Place:
    """A place in a module, for `--list`."""

    module: str
    line: int
    text: str


@dataclass(frozen=True)
class House:
    """All modules of the package at one commit."""

    modules: Mapping[str, Module]

    @cached_property
    def imports(self) -> dict[str, set[str]]:
        """The modules of ours that each module imports."""
        return {name: set(self._imports(module)) - {name} for name, module in self.modules.items()}

    def _imports(self, module: Module) -> Iterator[str]:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = (f"{node.module}.{alias.name}" for alias in node.names)
                found: Iterable[str] = (
                    name if name in self.modules else node.module for name in names
                )
            elif isinstance(node, ast.Import):
                found = (alias.name for alias in node.names)
            else:
                continue
            yield from (name for name in found if name in self.modules and name != PACKAGE)

    @cached_property
    def doors(self) -> list[tuple[str, str, str]]:
        """Imports from another room: the two modules, and the two rooms."""
        return [
            (one, other, f"{self.modules[one].room} → {self.modules[other].room}")
            for one, others in sorted(self.imports.items())
            for other in sorted(others)
            if one not in FACE and other not in FACE
            if self.modules[one].room != self.modules[other].room
        ]


def leading(house: House) -> dict[str, set[str]]:
    """The rooms that each room imports from."""
    found: dict[str, set[str]] = {m.room: set() for n, m in house.modules.items() if n not in FACE}
    for one, other, _ in house.doors:
        found[house.modules[one].room].add(house.modules[other].room)
    return found


def picture(house: House) -> Iterator[str]:
    """The ways of a page, a catalog and a finding from room to room, for Mermaid."""
    graph = leading(house)
    yield "flowchart LR"
    for value, names in WAYS.items():
        rooms = {m.room for m in house.modules.values() if m.imported_names & names} - {""}
        rooms |= {"model"} & graph.keys()
        below = {room: _reached(graph, room) & rooms - {room} for room in sorted(rooms)}
        # Rooms further up need more of the others.
        for room in sorted(below, key=lambda one: (len(below[one]), one)):
            direct = below[room] - {one for other in below[room] for one in below[other]}
            yield from (f"    {other} -- {value} --> {room}" for other in sorted(direct))


def house_of(source: str) -> House:
    """The package at a revision, or as it lies in a folder."""
    folder = Path(source)
    if (folder / PACKAGE).is_dir():
        return _read(folder)
    archive = subprocess.run(
        ["git", "-C", str(ROOT), "archive", source, PACKAGE], check=True, capture_output=True
    )
    with tempfile.TemporaryDirectory() as temporary:
        with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as files:
            files.extractall(temporary, filter="data")
        return _read(Path(temporary))


def _read(folder: Path) -> House:
    modules = {}
    for path in sorted((folder / PACKAGE).rglob("*.py")):
        parts = path.relative_to(folder).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        modules[name] = Module(name, path.read_text(encoding="utf-8"))
    return House(modules)


def knots(graph: Mapping[str, set[str]]) -> list[list[str]]:
    """The groups of nodes of which each leads to each other one."""
    rest = {node: set(nodes) for node, nodes in graph.items()}
    found = []
    while cycle := _cycle(rest):
        group = _reached(rest, cycle[0]) & _reached(_turned(rest), cycle[0])
        found.append(sorted(group))
        for node in group:
            del rest[node]
        rest = {node: nodes - group for node, nodes in rest.items()}
    return found


def _cycle(graph: Mapping[str, set[str]]) -> list[str]:
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def _reached(graph: Mapping[str, set[str]], start: str) -> set[str]:
    reached, waiting = {start}, [start]
    while waiting:
        new = graph.get(waiting.pop(), set()) - reached
        reached |= new
        waiting += new
    return reached


def _turned(graph: Mapping[str, set[str]]) -> dict[str, set[str]]:
    turned: dict[str, set[str]] = {node: set() for node in graph}
    for node, nodes in graph.items():
        for other in nodes:
            turned.setdefault(other, set()).add(node)
    return turned


def lines_of(function: ast.FunctionDef) -> int:
    """The lines of a function without its docstring."""
    first = function.body[0]
    text = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    docstring = (first.end_lineno or 0) - first.lineno + 1 if text else 0
    return (function.end_lineno or 0) - function.lineno + 1 - docstring


def nesting_of(node: ast.AST, depth: int = 0) -> int:
    """How deep statements stand in a function; an `elif` is no deeper than its `if`."""
    deepest = depth
    for child in ast.iter_child_nodes(node):
        chained = isinstance(node, ast.If) and node.orelse == [child] and isinstance(child, ast.If)
        deeper = isinstance(child, _NESTS) and not chained
        deepest = max(deepest, nesting_of(child, depth + deeper))
    return deepest


def patterns(module: Module) -> Iterator[Place]:
    """The regular expressions that look for code spans."""
    docstrings = {
        id(node.value)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant | ast.JoinedStr)
    }
    inner = {
        id(part)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.JoinedStr)
        for part in node.values
    }
    for node in ast.walk(module.tree):
        if id(node) in docstrings or id(node) in inner:
            continue
        text = _literal(node)
        if _TICKS.search(text):
            yield Place(module.name, getattr(node, "lineno", 0), text)


def _literal(node: ast.AST) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(_literal(part) for part in node.values)
    value = node.value if isinstance(node, ast.Constant) else ""
    return value if isinstance(value, str) else ""


def metas(module: Module) -> Iterator[Place]:
    """Where the dictionary of a token is used, in modules that know markdown-it."""
    for node in ast.walk(module.tree) if "markdown_it" in module.text else ():
        if isinstance(node, ast.Attribute) and node.attr == "meta":
            yield Place(module.name, node.lineno, ast.unparse(node))


def kind_strings(module: Module) -> Iterator[Place]:
    """Where a unit's kind is compared with a string, or with how one starts."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            pairs = [*pairwise(sides), *pairwise(reversed(sides))]
            if any(_is_kind(one) and _holds_word(other) for one, other in pairs):
                yield Place(module.name, node.lineno, ast.unparse(node))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            words = any(map(_holds_word, node.args))
            if node.func.attr == "startswith" and _is_kind(node.func.value) and words:
                yield Place(module.name, node.lineno, ast.unparse(node))


def _is_kind(node: ast.AST) -> bool:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return bool(_KIND.search(name))
        case ast.Subscript(slice=ast.Constant(value=str(name))):
            return name == "kind"
    return False


def _holds_word(node: ast.AST) -> bool:
    """Whether it is, or holds, the words for a kind of unit, or how they start."""
    if isinstance(node, ast.Set | ast.Tuple | ast.List):
        return any(_holds_word(one) for one in node.elts)
    value = node.value if isinstance(node, ast.Constant) else ""
    return isinstance(value, str) and any(word.startswith(value) for word in Kind if value)


def _everywhere(find: Callable[[Module], Iterator[Place]]) -> Callable[[House], list[Place]]:
    return lambda house: [place for module in house.modules.values() for place in find(module)]


PLACES = {
    "regular expressions for code spans": _everywhere(patterns),
    "uses of token.meta": _everywhere(metas),
    "kinds of units compared with strings": _everywhere(kind_strings),
}
"""Measures that count places."""


def figures(house: House) -> dict[str, str]:
    """All measures of a house, by name."""
    modules = [module for name, module in house.modules.items() if name != PACKAGE]
    rooms = leading(house)
    functions = [function for module in modules for function in module.functions]
    sizes = sorted(map(lines_of, functions))
    long = Counter(module.text.count("\n") > LONG for module in modules)[True]
    return {
        "rooms": str(len(rooms)),
        "modules": str(len(modules)),
        "imports from another room": str(len(house.doors)),
        "pairs of rooms between which these lead": str(sum(map(len, rooms.values()))),
        "rooms in cycles": str(sum(map(len, knots(rooms)))),
        "modules in cycles": str(sum(map(len, knots(house.imports)))),
        "functions": str(len(functions)),
        "lines of a function: median / p90 / max": (
            f"{median(sizes):.0f} / {quantiles(sizes, n=10)[-1]:.0f} / {sizes[-1]}"
        ),
        "nesting: deepest": str(max(map(nesting_of, functions))),
        f"modules of more than {LONG} lines": str(long),
        **{name: _places(find(house)) for name, find in PLACES.items()},
    }


def _places(found: list[Place]) -> str:
    files = len({place.module for place in found})
    return f"{len(found)} in {files} files" if found else "0"


def main() -> None:
    """Print a row a measure and a column a commit, or the places that a measure counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sources", nargs="*", default=[str(ROOT)], metavar="REVISION|FOLDER")
    parser.add_argument("--list", choices=[*PLACES, "imports"], help="Print the places instead.")
    parser.add_argument("--picture", action="store_true", help="Draw the ways through the rooms.")
    options = parser.parse_args()
    houses = {source: house_of(source) for source in options.sources}
    if options.picture:
        for house in houses.values():
            print("\n".join(picture(house)))
    elif options.list == "imports":
        for house in houses.values():
            for one, other, rooms in house.doors:
                print(f"{rooms}: {one} imports {other}")
    elif options.list:
        for house in houses.values():
            for place in PLACES[options.list](house):
                print(f"{place.module}:{place.line}: {place.text}")
    else:
        _print_table(houses)


def _print_table(houses: Mapping[str, House]) -> None:
    found = [figures(house) for house in houses.values()]
    print(f"| | {' | '.join(Path(name).resolve().name[:20] for name in houses)} |")
    print(f"|---|{'--:|' * len(found)}")
    for measure in found[0]:
        print(f"| {measure} | {' | '.join(one[measure] for one in found)} |")


if __name__ == "__main__":
    main()
