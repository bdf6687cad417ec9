"""Mutants that nobody could notice, by rules that each are sound, and by a list with reasons.

Rules go by how code is built, never by its place:

- *lengths*: `strict=True` of `zip` asserts that its lengths are the same; without it, code that
  never fails there does the same.
- *below zero*: a number below zero that stands for "none" may be any other one, if whoever gets it
  asks for its sign. It counts where it is returned and all callers compare what they get with 0, or
  where a name gets it that the function compares with zero.
- *told apart*: under `if a != b`, `a < b` and `a <= b` are the same.
- *speed*: a constant whose docstring starts with "Speed:" parts two ways to the same result, so
  that it may be one more, and a size that equals it may go either way.

`equivalent_mutants.toml` lists others one by one, and comparisons with 0 of what is -1 or a place
that cannot be 0, of which the sign counts and nothing else. They are drawn and tried like all;
where one survives, another mutant takes its place.
"""

from __future__ import annotations

import ast
import tomllib
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FUNCTIONS = (ast.FunctionDef, ast.Lambda)
ORDERS = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)
SPEED = "Speed:"


@dataclass(frozen=True)
class Engine:
    """What the rules have to know of all modules."""

    calls: dict[str, list[bool]] = field(default_factory=dict)
    """By the name of a function, whether each of its calls asks for the sign of what comes back."""

    @classmethod
    def read(cls, paths: Sequence[Path]) -> Self:
        """Read modules."""
        engine = cls()
        for path in paths:
            for node, parents in walked(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    name = _name(node.func)
                    engine.calls.setdefault(name, []).append(_asks_for_sign(parents))
        return engine

    def rule(self, node: ast.expr, parents: tuple[ast.AST, ...]) -> str | None:
        """Return the name of the rule by which a mutant of an expression changes nothing."""
        if _is_length_assertion(node, parents):
            return "lengths"
        if self._is_none(node, parents):
            return "below zero"
        if _is_told_apart(node, parents):
            return "told apart"
        return "speed" if _is_for_speed(node, parents) else None

    def _is_none(self, node: ast.expr, parents: tuple[ast.AST, ...]) -> bool:
        """Whether a number is the 1 of a -1 that stands for nothing."""
        if not _is_number(node, 1) or not _is_minus(parents[-1]):
            return False
        function = _function(parents)
        holder = next(one for one in reversed(parents[:-1]) if not _hands_on(one))
        match holder:
            case ast.Return():
                calls = self.calls.get(getattr(function, "name", ""), [])
                return bool(calls) and all(calls)
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                return function is not None and _compares(function, {name})
        return False


def walked(node: ast.AST, *parents: ast.AST) -> Iterator[tuple[ast.AST, tuple[ast.AST, ...]]]:
    """Yield all that is within a node, with what holds it."""
    for child in ast.iter_child_nodes(node):
        yield child, (*parents, node)
        yield from walked(child, *parents, node)


def _name(function: ast.expr) -> str:
    return getattr(function, "id", "") or getattr(function, "attr", "")


def _function(parents: Sequence[ast.AST]) -> ast.AST | None:
    return next((one for one in reversed(parents) if isinstance(one, FUNCTIONS)), None)


def _is_number(node: ast.AST, value: int) -> bool:
    return isinstance(node, ast.Constant) and type(node.value) is int and node.value == value


def _is_minus(node: ast.AST) -> bool:
    return isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub)


def _hands_on(node: ast.AST) -> bool:
    """Whether the value of an expression may be that of a part of it, as it is."""
    got = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    return isinstance(node, ast.IfExp | ast.Tuple) or (got and _name(node.func) == "get")  # type: ignore[attr-defined]


def _asks_for_sign(parents: tuple[ast.AST, ...]) -> bool:
    """Whether the result of a call is compared with zero, at once or by its name."""
    holder = next((one for one in reversed(parents) if not isinstance(one, ast.Tuple)), None)
    names: set[str] = set()
    match holder:
        case ast.Compare():
            return _is_against_zero(holder)
        case ast.Assign(targets=targets):
            names = {
                one.id for two in targets for one in ast.walk(two) if isinstance(one, ast.Name)
            }
        case ast.NamedExpr(target=target):
            names = {target.id}
    function = _function(parents)
    return function is not None and bool(names) and _compares(function, names)


def _compares(function: ast.AST, names: set[str]) -> bool:
    """Whether a function compares one of some names with zero, and with no number below it."""
    compares = [
        one
        for one in ast.walk(function)
        if isinstance(one, ast.Compare)
        and any(isinstance(part, ast.Name) and part.id in names for part in ast.walk(one))
    ]
    odd = any(_is_minus(part) for one in compares for part in ast.walk(one))
    return not odd and any(map(_is_against_zero, compares))


def _is_against_zero(node: ast.Compare) -> bool:
    """Whether a comparison asks for a sign."""
    sides = pairwise([node.left, *node.comparators])
    return any(
        (isinstance(sign, ast.Lt | ast.GtE) and _is_number(right, 0))
        or (isinstance(sign, ast.Gt | ast.LtE) and _is_number(left, 0))
        for sign, (left, right) in zip(node.ops, sides, strict=True)
    )


def _is_length_assertion(node: ast.expr, parents: tuple[ast.AST, ...]) -> bool:
    match parents[-2:]:
        case (ast.Call(func=ast.Name(id="zip")), ast.keyword(arg="strict")):
            return isinstance(node, ast.Constant) and node.value is True
    return False


def _is_told_apart(node: ast.expr, parents: tuple[ast.AST, ...]) -> bool:
    """Whether two values are compared that an `if` around has found to differ."""
    if not (
        isinstance(node, ast.Compare) and len(node.ops) == 1 and isinstance(node.ops[0], ORDERS)
    ):
        return False
    values = {ast.dump(node.left), ast.dump(node.comparators[0])}
    return any(
        isinstance(outer, ast.If)
        and isinstance(outer.test, ast.Compare)
        and isinstance(outer.test.ops[0], ast.NotEq)
        and {ast.dump(outer.test.left), ast.dump(outer.test.comparators[0])} == values
        and inner in outer.body
        for outer, inner in pairwise(parents)
    )


def _is_for_speed(node: ast.expr, parents: tuple[ast.AST, ...]) -> bool:
    module = parents[0]
    if not isinstance(module, ast.Module):
        return False
    names = _for_speed(module)
    match node:
        case ast.Constant(value=int()):
            match parents[-1]:
                case ast.Assign(targets=[ast.Name(id=name)]):
                    return name in names
        case ast.Compare(ops=[operator], comparators=[ast.Name(id=name)]):
            return isinstance(operator, ORDERS) and name in names
    return False


@cache
def _for_speed(module: ast.Module) -> frozenset[str]:
    """The constants of a module that part two ways to the same result."""
    found = set()
    for statement, below in pairwise(module.body):
        match statement, below:
            case (
                ast.Assign(targets=[ast.Name(id=name)]),
                ast.Expr(value=ast.Constant(value=str(text))),
            ) if text.startswith(SPEED):
                found.add(name)
    return frozenset(found)


def listed() -> dict[tuple[str, ...], str]:
    """Return the reasons of the list, by module, function, old text and new text of mutants."""
    return {
        (one["module"], one["function"], one["old"], one["new"]): one["reason"]
        for one in _entries()["mutant"]
    }


def behind() -> dict[tuple[str, ...], str]:
    """Return the reasons of comparisons of which the sign counts, by module, function and text."""
    return {
        (one["module"], one["function"], one["compared"]): one["reason"]
        for one in _entries()["behind"]
    }


def _entries() -> dict[str, list[dict[str, str]]]:
    text = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
