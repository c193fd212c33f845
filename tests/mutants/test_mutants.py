"""Which mutants a piece of code has."""

from __future__ import annotations

import ast

import pytest

from tests.mutants.mutants import mutants


def changes(source: str) -> list[str]:
    """Return what is changed in each mutant of a source."""
    return [mutant.change for mutant in mutants(ast.parse(source), source)]


@pytest.mark.parametrize(
    ("source", "want"),
    [
        pytest.param("a < b", ["a < b -> nothing", "a < b -> a <= b", "a < b -> a >= b"], id="<"),
        pytest.param("x = a is b", ["a is b -> a is not b"], id="is"),
        pytest.param("x = a - b", ["a - b -> a + b"], id="minus"),
        pytest.param("x = a @ b", [], id="an operator without a neighbour"),
        pytest.param("x += y", ["x += y -> nothing", "x += y -> x -= y"], id="added"),
        pytest.param("x = a and b", ["a and b -> b", "a and b -> a"], id="and"),
        pytest.param("x = not a", ["not a -> a"], id="not"),
        pytest.param("x = 1", ["1 -> 2"], id="number"),
        pytest.param("x = 'a'", ["'a' -> 'XXaXX'"], id="text"),
        pytest.param("x = True", ["True -> False"], id="truth"),
        pytest.param("x = None", [], id="none"),
        pytest.param("def f(): return a", ["return a -> return None"], id="return"),
        pytest.param("def f(): return True", ["True -> False"], id="return of a truth"),
        pytest.param("x = max(a)", ["max(a) -> min(a)"], id="largest"),
        pytest.param("x = lambda: a", ["lambda: a -> lambda: None"], id="lambda"),
        pytest.param("x = a if b else c", ["b -> True", "b -> False"], id="condition"),
        pytest.param("x = [a for a in b if a]", ["a -> True", "a -> False"], id="filter"),
        pytest.param("while a: x = b", ["a -> False"], id="loop: none is made endless"),
        pytest.param("for a in b: break", ["break -> continue"], id="break"),
        pytest.param("raise A", ["raise A -> nothing"], id="raise"),
        pytest.param("x = (a, b)", ["(a, b) -> (b,)", "(a, b) -> (a,)"], id="table of a module"),
        pytest.param("x = f'{a:b}'", ["'b' -> 'XXbXX'"], id="format"),
    ],
)
def test_changes(source: str, want: list[str]) -> None:
    """Each kind of code has its own slips."""
    assert sorted(changes(source)) == sorted(want)


@pytest.mark.parametrize(
    "source",
    [
        pytest.param('"""Says."""', id="docstring"),
        pytest.param("import a", id="import"),
        pytest.param("A = tuple[b, c]", id="type"),
        pytest.param("A = TypeVar('A')", id="type variable"),
        pytest.param("a = f(strict=True)", id="strict"),
        pytest.param("x: 'a'", id="annotation"),
        pytest.param("def f(x: 'a') -> 'b': return None", id="signature"),
        pytest.param("if TYPE_CHECKING: x = 1", id="for the type checker"),
        pytest.param("@dataclass(frozen=True)\nclass A: pass", id="dataclass"),
        pytest.param("@lru_cache(maxsize=1)\ndef f(): return None", id="cache"),
    ],
)
def test_left_alone(source: str) -> None:
    """What does nothing when the code runs is not changed."""
    assert changes(source) == []


def test_what_a_mutant_says() -> None:
    """A mutant names its function, the text of its line and the lines by which tests reach it."""
    source = (
        "class A:\n    def f(self):\n        if a(\n            1,\n        ):\n            b\n"
    )
    (one,) = (m for m in mutants(ast.parse(source), source) if m.change == "1 -> 2")
    assert (one.place.scope, one.line, one.place.lines) == ("A.f", "1,", range(3, 6))


def test_applied() -> None:
    """A mutant changes one place of the tree and no other."""
    tree = ast.parse("x = [1, 1]")
    next(m for m in mutants(tree, "x = [1, 1]") if m.change == "1 -> 2").apply()
    assert ast.unparse(tree) == "x = [2, 1]"
