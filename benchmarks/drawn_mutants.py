"""Draws mutants of the engine: each is one change of one expression."""

from __future__ import annotations

import ast
import random
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import equivalent_mutants

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

ENGINE = ("model", "dialects", "reading", "catalogs", "writing", "checks")
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
LOOSE = (ast.BoolOp, ast.Compare, ast.IfExp, ast.Lambda, ast.NamedExpr, ast.UnaryOp)
"""Expressions that bind less than a comparison, or like it."""
SPARE = 8
"""For so many mutants one more is drawn."""


@dataclass(frozen=True)
class Mutant:
    """One change of a module: an expression is replaced."""

    module: str
    span: tuple[int, int, int, int]
    """Line and column of its start and end, as `ast` counts them."""
    type: str
    """The class of its node; an expression may start and end where another does."""
    old: str
    new: str
    static: bool
    """Whether it is computed while the module is imported."""
    pattern: bool
    """Whether it stands in a `case`, where no condition may."""
    function: str
    """The function that it stands in, if any."""
    compared: str
    """The comparison that it is, or that it is a side of, if any."""

    @property
    def reason(self) -> str:
        """Why nobody could notice it, if it is listed."""
        place = self.module.removeprefix("toolkit/"), self.function
        own = _listed().get((*place, self.old, self.new), "")
        return own or _behind().get((*place, self.compared), "")

    def __str__(self) -> str:
        return f"{self.module}:{self.span[0]}: {self.old!r} -> {self.new!r}"


_listed = cache(equivalent_mutants.listed)
_behind = cache(equivalent_mutants.behind)


def mutants(path: Path, root: Path, engine: equivalent_mutants.Engine) -> Iterator[Mutant]:
    """Every mutant of a module that a rule leaves, in the order of its text."""
    text = path.read_text(encoding="utf-8")
    for node, parents in _expressions(ast.parse(text), ()):
        new = _changed(node, text)
        held = (node, *parents[-1:])
        if new is not None and engine.rule(node, parents) is None:
            yield Mutant(
                path.relative_to(root).as_posix(),
                (node.lineno, node.col_offset, node.end_lineno or 0, node.end_col_offset or 0),
                type(node).__name__,
                _source(node, text),
                new,
                not any(isinstance(one, ast.FunctionDef | ast.Lambda) for one in parents),
                bool(parents) and isinstance(parents[-1], ast.MatchValue),
                next((one.name for one in parents[::-1] if isinstance(one, ast.FunctionDef)), ""),
                next((_source(one, text) for one in held if isinstance(one, ast.Compare)), ""),
            )


def _changed(node: ast.expr, text: str) -> str | None:
    """The text of a node with one fault in it; `None` where there is none to make."""
    new = None
    match node:
        case ast.Compare(left=left, ops=[operator], comparators=[right]):
            sign = COMPARISONS[type(operator)]
            new = f"({_operand(left, text)} {sign} {_operand(right, text)})"
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


def _expressions(
    node: ast.AST, parents: tuple[ast.AST, ...]
) -> Iterator[tuple[ast.expr, tuple[ast.AST, ...]]]:
    """What is computed in a module: no decorators, no annotations, nothing inside f-strings."""
    for name, value in ast.iter_fields(node):
        if name in {"decorator_list", "annotation", "returns"}:
            continue
        # Defaults of parameters are computed where a function is defined, not where it is called.
        above = parents if name == "args" else (*parents, node)
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not isinstance(child, ast.JoinedStr):
                if isinstance(child, ast.expr):
                    yield child, above
                yield from _expressions(child, above)


def _operand(node: ast.expr, text: str) -> str:
    """The text of what is compared, in brackets where it would be read with what is beside it."""
    source = _source(node, text)
    return f"({source})" if isinstance(node, LOOSE) else source


def _source(node: ast.expr, text: str) -> str:
    lines = _lines(text)[node.lineno - 1 : node.end_lineno]
    lines[-1] = lines[-1][: node.end_col_offset]
    lines[0] = lines[0][node.col_offset :]
    return b"".join(lines).decode()


@cache
def _lines(text: str) -> list[bytes]:
    return text.encode().splitlines(keepends=True)


def drawn(
    root: Path, count: int, seeds: list[int], only: Sequence[str] = ("",)
) -> dict[int, list[Mutant]]:
    """By seed some mutants of the engine, each module as likely as its share of them.

    There are a few more than asked for, which take the place of those that are listed.
    """
    found = every(root, only)
    more = count + count // SPARE
    # Drawn again by their seeds.
    return {seed: random.Random(seed).sample(found, more) for seed in seeds}  # noqa: S311


def every(root: Path, only: Sequence[str] = ("",)) -> list[Mutant]:
    """All mutants of the engine, or those in some of its folders."""
    folders = (root / "toolkit" / room for room in ENGINE)
    modules = sorted(path for folder in folders for path in folder.rglob("*.py"))
    engine = equivalent_mutants.Engine.read(modules)
    within = [
        path for path in modules if any(path.is_relative_to(root / folder) for folder in only)
    ]
    return [mutant for path in within for mutant in mutants(path, root, engine)]
