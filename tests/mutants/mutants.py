"""The mutants of a module: every change at every place of its text.

What speaks only to the type checker, the reader or the import system is left alone: annotations,
docstrings, types, imports, caches; and guards: the arguments of `dataclass`, and `strict`.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.mutants.changes import changes, conditions, without_each

if TYPE_CHECKING:
    from collections.abc import Iterator

UNTOUCHED = {"annotation", "returns", "bases"}
CONDITIONS = {"test", "ifs", "guard"}
"""Fields of nodes of `ast`: those left alone, and those that hold a condition."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a node hangs in its tree: in a field of its parent, at an index where that is a list.

    `scope` is the dotted name of the function or class around it ("" is the module), `lines` those
    of its statement; of a compound statement, those of its head.
    """

    parent: ast.AST
    field: str
    index: int | None
    scope: str
    lines: range


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change; `line` is the text where it is made, and `change` says it for a person."""

    place: Place
    line: str
    change: str
    node: ast.AST

    def apply(self) -> None:
        """Make the change in the tree that the mutant comes from."""
        place = self.place
        if place.index is None:
            setattr(place.parent, place.field, self.node)
        else:
            getattr(place.parent, place.field)[place.index] = self.node


def mutants(tree: ast.Module, source: str) -> Iterator[Mutant]:
    """Yield every mutant of a module, in the order of its text."""
    texts = source.splitlines()
    for node, place in _places(tree, "", range(0)):
        # An f-string's parts may claim any line (Python 3.11): they stand in their statement.
        number = max(place.lines[0], min(getattr(node, "lineno", 0), place.lines[-1]))
        for changed in _changed(node, place):
            ast.copy_location(changed, node)
            change = f"{_text(node)} -> {_text(changed)}"
            yield Mutant(place, texts[number - 1].strip(), change, changed)


def _places(parent: ast.AST, scope: str, lines: range) -> Iterator[tuple[ast.AST, Place]]:
    for field, index, node in _children(parent):
        if field in UNTOUCHED or _is_untouched(node):
            continue
        where = _lines(node) if isinstance(node, ast.stmt) else lines
        yield node, Place(parent, field, index, scope, where)
        yield from _places(node, _scope(node, scope), where)


def _children(parent: ast.AST) -> Iterator[tuple[str, int | None, ast.AST]]:
    for field, value in ast.iter_fields(parent):
        if isinstance(value, ast.AST):
            yield field, None, value
        elif isinstance(value, list):
            nodes = ((i, node) for i, node in enumerate(value) if isinstance(node, ast.AST))
            yield from ((field, index, node) for index, node in nodes)


def _is_untouched(node: ast.AST) -> bool:
    match node:
        case ast.Import() | ast.ImportFrom() | ast.Expr(value=ast.Constant()):
            return True
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return True
        case ast.Call(func=ast.Name(id="dataclass" | "lru_cache" | "TypeVar")):
            return True
        case ast.keyword(arg="strict"):
            return True
    return False


def _scope(node: ast.AST, scope: str) -> str:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return f"{scope}.{node.name}".lstrip(".")
    return scope


def _lines(statement: ast.stmt) -> range:
    decorators = getattr(statement, "decorator_list", [])
    first = min([statement.lineno, *(decorator.lineno for decorator in decorators)])
    body = getattr(statement, "body", None)
    last = body[0].lineno - 1 if body else statement.end_lineno or first
    return range(first, max(last, statement.lineno) + 1)


def _changed(node: ast.AST, place: Place) -> Iterator[ast.AST]:
    yield from changes(node)
    if place.field in CONDITIONS and isinstance(node, ast.expr):
        yield from conditions(place.parent)
    if isinstance(node, ast.Tuple | ast.List) and _is_table(place):
        yield from without_each(node)


def _is_table(place: Place) -> bool:
    return not place.scope and not isinstance(place.parent, ast.Subscript)  # that is a type


def _text(node: ast.AST) -> str:
    if isinstance(node, ast.FunctionDef):
        return " ".join(f"@{ast.unparse(item)}" for item in node.decorator_list) or "no decorator"
    return "nothing" if isinstance(node, ast.Pass) else ast.unparse(node)
