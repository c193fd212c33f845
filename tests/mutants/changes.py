"""What is changed in a piece of code: small slips that some test should notice.

Where of two known operators one implies the other, only the sharper is here (Jia and Harman, "An
analysis and survey of the development of mutation testing", IEEE TSE 37(5), 2011): an operand is
left out instead of `and` written for `or`, a condition always or never holds instead of being
turned round.
"""

from __future__ import annotations

import ast
from copy import copy
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MARK = "XX"
"""Put around a text: no test expects it."""

COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
CALLS = {
    "min": "max",
    "max": "min",
    "any": "all",
    "all": "any",
    "ceil": "int",
    "sorted": "list",
}
CACHES = ("cache", "lru_cache")
"""Decorators that only save time."""


def changes(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what may stand in the place of a node; the node itself stays as it is."""
    for kind, change in CHANGES:
        if isinstance(node, kind):
            yield from change(node)


def conditions(parent: ast.AST) -> Iterator[ast.expr]:
    """Yield conditions that always or never hold; a loop is only ended, not made endless."""
    if not isinstance(parent, ast.While):
        yield ast.Constant(value=True)
    yield ast.Constant(value=False)


def without_each(display: ast.Tuple | ast.List) -> Iterator[ast.AST]:
    """Yield a table without each of its elements."""
    for index in range(len(display.elts)):
        yield _with(display, elts=_without(display.elts, index))


def _compare(node: ast.Compare) -> Iterator[ast.AST]:
    for index, operator in enumerate(node.ops):
        for other in COMPARISONS[type(operator)]:
            yield _with(node, ops=[*node.ops[:index], other(), *node.ops[index + 1 :]])


def _operate(node: ast.BinOp | ast.AugAssign) -> Iterator[ast.AST]:
    if type(node.op) in ARITHMETIC:
        yield _with(node, op=ARITHMETIC[type(node.op)]())


def _connect(node: ast.BoolOp) -> Iterator[ast.AST]:
    for index in range(len(node.values)):
        kept = _without(node.values, index)
        yield _with(node, values=kept) if len(kept) > 1 else copy(kept[0])


def _negate(node: ast.UnaryOp) -> Iterator[ast.AST]:
    yield copy(node.operand)


def _constant(node: ast.Constant) -> Iterator[ast.AST]:
    match node.value:
        case bool():
            yield ast.Constant(value=not node.value)
        case int() | float():
            yield ast.Constant(value=node.value + 1)
        case str():
            yield ast.Constant(value=f"{MARK}{node.value}{MARK}")


def _call(node: ast.Call) -> Iterator[ast.AST]:
    if isinstance(node.func, ast.Name) and node.func.id in CALLS:
        yield _with(node, func=ast.Name(id=CALLS[node.func.id], ctx=ast.Load()))


def _return(node: ast.Return) -> Iterator[ast.AST]:
    # None for False changes nothing where it is asked for, and True is changed as a constant.
    if node.value is not None and ast.unparse(node.value) not in {"None", "False", "True"}:
        yield ast.Return(value=ast.Constant(value=None))


def _lambda(node: ast.Lambda) -> Iterator[ast.AST]:
    yield _with(node, body=ast.Constant(value=None))


def _remove(_node: ast.stmt) -> Iterator[ast.AST]:
    yield ast.Pass()


def _leave(node: ast.Break | ast.Continue) -> Iterator[ast.AST]:
    yield ast.Continue() if isinstance(node, ast.Break) else ast.Break()


def _undecorate(node: ast.FunctionDef) -> Iterator[ast.AST]:
    for index, decorator in enumerate(node.decorator_list):
        if not ast.unparse(decorator).startswith(CACHES):
            yield _with(node, decorator_list=_without(node.decorator_list, index))


CHANGES: tuple[tuple[type[ast.AST] | Any, Callable[[Any], Iterator[ast.AST]]], ...] = (
    (ast.Compare, _compare),
    (ast.BinOp | ast.AugAssign, _operate),
    (ast.BoolOp, _connect),
    (ast.UnaryOp, _negate),
    (ast.Constant, _constant),
    (ast.Call, _call),
    (ast.Return, _return),
    (ast.Lambda, _lambda),
    (ast.Expr | ast.AugAssign | ast.Raise, _remove),
    (ast.Break | ast.Continue, _leave),
    (ast.FunctionDef, _undecorate),
)


def _with(node: ast.AST, **fields: object) -> ast.AST:
    other = copy(node)
    for name, value in fields.items():
        setattr(other, name, value)
    return other


def _without(items: list[Any], index: int) -> list[Any]:
    return items[:index] + items[index + 1 :]
