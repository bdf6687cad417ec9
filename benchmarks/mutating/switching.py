"""Puts switches around the expressions of mutants, and compares what old and new ones give.

While mutants are tried, an expression `old` becomes `new if __mutant__(7) else old`. While tests
are recorded, the largest expression around it that changes nothing else is computed both ways:
a test whose run gives the same values either way cannot find the mutant.
"""

from __future__ import annotations

import ast
import copy
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_PLAIN = (
    *(ast.Name, ast.Constant, ast.Attribute, ast.Subscript, ast.Slice, ast.Compare, ast.BoolOp),
    *(ast.UnaryOp, ast.BinOp, ast.IfExp, ast.Tuple, ast.Load, ast.operator, ast.cmpop),
    *(ast.boolop, ast.unaryop),
)
_FUNCTIONS = frozenset("abs bool int isinstance len max min ord str".split())
_METHODS = frozenset(
    "casefold count end endswith expandtabs find get group groups index isalnum isalpha isascii "
    "isdecimal isdigit isidentifier islower isspace isupper lower lstrip partition removeprefix "
    "removesuffix replace rfind rindex rpartition rsplit rstrip span split splitlines start "
    "startswith strip title upper".split()
)
_VALUES = (str, bytes, bool, int, float, range, slice, set, frozenset, type(None))


class Switching(ast.NodeTransformer):
    """Puts a switch around the expressions of mutants, and a mark into each function."""

    def __init__(self, mutants: list[dict[str, object]], module: int, active: int) -> None:
        self.mutants = {(tuple(one["span"]), one["type"]): one for one in mutants}  # type: ignore[arg-type]
        self.module = module
        self.active = active

    def visit(self, node: ast.AST) -> ast.AST:
        """Change the parts of a node, then the node."""
        if isinstance(node, ast.JoinedStr):
            return node
        mutant = self.mutant(node)
        if isinstance(node, ast.MatchValue) and (chosen := self.mutant(node.value)):
            if chosen["number"] == self.active:
                node.value = _parsed(str(chosen["new"]), node)
            return node
        old = super().generic_visit(node)
        if isinstance(old, ast.FunctionDef):
            self.mark(old)
        if mutant is None:
            return old
        new = _parsed(str(mutant["new"]), node)
        test = _asked(mutant["number"], node)
        return ast.copy_location(ast.IfExp(test, new, old), node)  # type: ignore[arg-type]

    def mark(self, function: ast.FunctionDef) -> None:
        """Let a function say that it is called."""
        place = int(ast.get_docstring(function, clean=False) is not None)
        called = ast.Expr(_asked(self.module, function))
        function.body.insert(place, ast.copy_location(called, function))

    def mutant(self, node: ast.AST) -> dict[str, object] | None:
        """Return the mutant of an expression."""
        if not isinstance(node, ast.expr):
            return None
        span = (node.lineno, node.col_offset, node.end_lineno, node.end_col_offset)
        return self.mutants.get((span, type(node).__name__))


class Comparing(Switching):
    """Computes expressions both ways while tests are recorded."""

    def __init__(self, mutants: list[dict[str, object]], module: int) -> None:
        super().__init__(mutants, module, 0)
        self.depth = 0
        self.tests: set[int] = set()
        """The expressions of which only the truth counts, by their `id`."""
        self.says: bool = False
        """Whether the function returns a truth."""

    def visit(self, node: ast.AST) -> ast.AST:
        """Change the largest expressions that may be computed twice; else their parts."""
        if isinstance(node, ast.JoinedStr):
            return node
        if isinstance(node, ast.FunctionDef | ast.Lambda):
            return self._function(node)
        self._keep_tests(node)
        if not (isinstance(node, ast.expr) and self.depth):
            return super().visit(node)
        if is_plain(node):
            return self._both(node)
        return self._parts(node)

    def _function(self, node: ast.FunctionDef | ast.Lambda) -> ast.AST:
        """Parameters are computed outside of the function."""
        node.args = self.generic_visit(node.args)  # type: ignore[assignment]
        before = self.depth, self.says
        self.depth += 1
        if isinstance(node, ast.Lambda):
            node.body = self.visit(node.body)  # type: ignore[assignment]
        else:
            self.says = isinstance(node.returns, ast.Name) and node.returns.id == "bool"
            node.body = [self.visit(one) for one in node.body]  # type: ignore[misc]
            self.mark(node)
        self.depth, self.says = before
        return node

    def _keep_tests(self, node: ast.AST) -> None:
        match node:
            case ast.If(test=test) | ast.While(test=test) | ast.IfExp(test=test):
                self.tests.add(id(test))
            case ast.Return(value=ast.expr() as test) if self.says:
                self.tests.add(id(test))
            case ast.Assert(test=test) | ast.UnaryOp(op=ast.Not(), operand=test):
                self.tests.add(id(test))
            case ast.comprehension(ifs=tests):
                self.tests |= set(map(id, tests))
            case ast.Call(
                func=ast.Name(id="any" | "all"), args=[ast.GeneratorExp(elt=test)], keywords=[]
            ):
                self.tests.add(id(test))
            case ast.BoolOp(values=values) if id(node) in self.tests:
                self.tests |= set(map(id, values))

    def _both(self, node: ast.expr) -> ast.AST:
        """Compute an expression as it is, and with each mutant within."""
        changed = [
            (one["number"], _changed(node, part, str(one["new"])))
            for part in ast.walk(node)
            if (one := self.mutant(part))
        ]
        return _compared(node, node, changed, truth=id(node) in self.tests) if changed else node

    def _parts(self, node: ast.expr) -> ast.AST:
        """Change the parts of an expression that may be computed only once, then itself."""
        mutant = self.mutant(node)
        truth = id(node) in self.tests
        old = ast.NodeTransformer.generic_visit(self, node)
        if mutant is None:
            return old
        changed = mutant["number"], str(mutant["new"])
        match old:
            case ast.Compare(left=left, ops=[_], comparators=[right]):
                return _with_operands(old, left, right, changed, truth=truth)
            case ast.BinOp(left=left, right=right):
                return _with_operands(old, left, right, changed, truth=False)
            case ast.BoolOp(op=operator) if truth:
                # Where all of `and` is true, and where none of `or` is, the other gives the same.
                name = "__all__" if isinstance(operator, ast.And) else "__any__"
                return _call(f"__mutant__.{name}", node, ast.Constant(mutant["number"]), old)  # type: ignore[arg-type]
        pair = ast.Tuple([_asked(mutant["number"], node), old], ast.Load())  # type: ignore[list-item]
        return ast.copy_location(ast.Subscript(pair, ast.Constant(1), ast.Load()), node)


def is_plain(node: ast.AST) -> bool:
    """Whether an expression may be computed twice, as it changes nothing."""
    match node:
        case ast.Call(func=ast.Name(id=name), args=parts, keywords=[]) if name in _FUNCTIONS:
            return all(map(is_plain, parts))
        case ast.Call(func=ast.Attribute(attr=name, value=value), args=parts, keywords=[]):
            return name in _METHODS and all(map(is_plain, [value, *parts]))
    return isinstance(node, _PLAIN) and all(map(is_plain, ast.iter_child_nodes(node)))


def _changed(node: ast.expr, part: ast.AST, new: str) -> ast.expr:
    """An expression with another one instead of a part."""
    if node is part:
        return _parsed(new, node)
    other = copy.copy(node)
    for name, value in ast.iter_fields(node):
        if isinstance(value, list):
            setattr(other, name, [_changed_within(one, part, new) for one in value])
        else:
            setattr(other, name, _changed_within(value, part, new))
    return other


def _changed_within(value: object, part: ast.AST, new: str) -> object:
    held = isinstance(value, ast.AST) and any(one is part for one in ast.walk(value))
    return _changed(value, part, new) if held else value  # type: ignore[arg-type]


def _with_operands(
    node: ast.expr, left: ast.expr, right: ast.expr, changed: tuple[object, str], *, truth: bool
) -> ast.expr:
    """An expression of two operands, each of them computed once."""
    names = [ast.Name(one, ast.Load()) for one in ("__left__", "__right__")]
    new = ast.parse(changed[1], mode="eval").body
    given = copy.copy(node)
    for one in (given, new):
        if isinstance(one, ast.Compare):
            one.left, one.comparators = names[0], [names[1]]
        elif isinstance(one, ast.BinOp):
            one.left, one.right = names
    body = _compared(node, given, [(changed[0], new)], truth=truth)
    operands = [ast.arg(one.id) for one in names]
    function = ast.Lambda(ast.arguments([], operands, None, [], [], None, []), body)
    return ast.copy_location(ast.Call(function, [left, right], []), node)


def _compared(
    place: ast.AST, old: ast.expr, changed: Iterable[tuple[object, ast.expr]], *, truth: bool
) -> ast.expr:
    news = [
        ast.Tuple([ast.Constant(number), _function(new)], ast.Load())  # type: ignore[arg-type]
        for number, new in changed
    ]
    name = "__truths__" if truth else "__values__"
    return _call(f"__mutant__.{name}", place, _function(old), *news)


def _function(body: ast.expr) -> ast.Lambda:
    return ast.Lambda(ast.arguments([], [], None, [], [], None, []), body)


def _call(function: str, place: ast.AST, *arguments: ast.expr) -> ast.expr:
    call = ast.Call(ast.parse(function, mode="eval").body, list(arguments), [])
    return ast.copy_location(call, place)


def _asked(number: object, node: ast.AST) -> ast.expr:
    return _call("__mutant__", node, ast.Constant(number))  # type: ignore[arg-type]


def _parsed(text: str, node: ast.AST) -> ast.expr:
    return ast.copy_location(ast.parse(text, mode="eval").body, node)


def differ(old: object, new: Callable[[], object], *, truth: bool) -> bool:
    """Whether another expression gives another value; whether another truth, if that counts."""
    try:
        other = new()
    except Exception:  # noqa: BLE001
        return True
    return bool(old) != bool(other) if truth else not _are_same(old, other)


def _are_same(old: object, new: object) -> bool:
    if old is new:
        return True
    if type(old) is not type(new):
        return False
    match old, new:
        case (tuple() | list(), tuple() | list()):
            return len(old) == len(new) and all(map(_are_same, old, new))
        case (re.Match(), re.Match()):
            return (old.re, old.string, old.regs) == (new.re, new.string, new.regs)
    return isinstance(old, _VALUES) and old == new
