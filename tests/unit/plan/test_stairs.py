"""Stairs are in every second what the curve needs at most in it, on a rung of the ladder."""

from fractions import Fraction
from math import ceil, floor

from hypothesis import given
from hypothesis import strategies as st

from onair.plan.changes import changes
from onair.plan.curves import Curve, Piece, curve
from onair.plan.hills import hills
from onair.plan.ladder import ladder
from onair.plan.ridges import Raised, Ridge
from onair.plan.stairs import Stairs, stairs
from tests.unit.plan.strategies import curves, peak_between

FACTORS = st.fractions(Fraction(1, 100), 50, max_denominator=1000)
LATERS = st.integers(-20, 20) | st.fractions(-20, 20, max_denominator=60)


def in_force(found: Stairs, second: int) -> int:
    """Return the replicas in a second."""
    return next((number for since, number in reversed(found.items()) if since <= second), 0)


@given(st.lists(st.tuples(curves(), FACTORS, LATERS), max_size=3), st.integers(0, 40))
def test_every_second(drawn: list[tuple[Curve, Fraction, Fraction]], usual: int) -> None:
    """A second has the rung for the usual replicas and the most of any curve in it, or nothing."""
    raised = [Raised(Ridge(hills(whole)), *rest) for whole, *rest in drawn]
    plain = [whole.scaled(factor).moved(later) for whole, factor, later in drawn]
    found = stairs(raised, [], usual)
    edges = [edge for each in plain for piece in each.pieces for edge in piece[:2]] or [0]
    for second in range(floor(min(edges)) - 1, ceil(max(edges)) + 2):
        most = max((peak_between(each, second, second + 1) for each in plain), default=0)
        assert in_force(found, second) == (ladder(usual + ceil(most)) if most else 0)


@given(st.lists(st.tuples(curves(), FACTORS, LATERS), max_size=3), st.integers(0, 40))
def test_each_stair_changes_something(
    drawn: list[tuple[Curve, Fraction, Fraction]], usual: int
) -> None:
    """The seconds increase, no number comes twice in a row, the last is 0."""
    found = stairs([Raised(Ridge(hills(c)), *rest) for c, *rest in drawn], [], usual)
    assert list(found) == sorted(found)
    assert changes(found.items()) == list(found.items())
    assert not found or list(found.values())[-1] == 0


def test_a_crowd_between_two_seconds() -> None:
    """Rising counts from the second before, falling to the second after."""
    half = Fraction(1, 2)
    crowd = Ridge(hills(curve([Piece(10 + half, 20 + half, 3, 3)])))
    assert stairs([Raised(crowd, Fraction(1), 0)], [], 0) == {10: 3, 21: 0}


def test_at_the_bar() -> None:
    """Exactly a rung is that rung; what comes after it is the next, from the same second on."""
    line = Ridge(hills(curve([Piece(0, 10, 0, 10)])))
    found = stairs([Raised(line, Fraction(1), 0)], [], 0)
    assert found == {**{second: second + 1 for second in range(10)}, 10: 0}


def test_fixed() -> None:
    """Fixed replicas are not laddered, never below the usual ones, and stand beside the others."""
    steady = curve([Piece(0, 30, 22, 22), Piece(30, 40, 3, 3)])
    crowd = Raised(Ridge(hills(curve([Piece(10, 20, 30, 30)]))), Fraction(1), 0)
    assert stairs([], [steady], 5) == {0: 22, 30: 5, 40: 0}
    half = Fraction(1, 2)
    assert stairs([], [curve([Piece(half, 2 + half, 2 + half, 2 + half)])], 0) == {0: 3, 3: 0}
    assert stairs([crowd], [steady], 5) == {0: 22, 10: ladder(35), 20: 22, 30: 5, 40: 0}


def test_what_goes_on_as_high_is_one_stair() -> None:
    """Where one ends and another begins in the same second with as much nothing changes."""
    one, other = curve([Piece(0, 10, 5, 5)]), curve([Piece(10, 20, 5, 5)])
    assert stairs([], [one, other], 0) == stairs([], [other, one], 0) == {0: 5, 20: 0}
