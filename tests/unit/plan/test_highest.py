"""The highest of curves has the largest of their values, and no breakpoint without a bend."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onair.plan.curves import Curve, Piece, curve
from onair.plan.highest import highest
from tests.unit.plan.strategies import curves, times_of

SLOPE = Piece(0, 10, 2, 12)


@given(st.lists(curves(), max_size=3))
def test_highest(drawn: list[Curve]) -> None:
    """The highest of curves has the largest of the values everywhere."""
    top = highest(drawn)
    for time in times_of(top, *drawn):
        assert top.at(time) == max((each.at(time) for each in drawn), default=0)
        assert top.before(time) == max((each.before(time) for each in drawn), default=0)


@pytest.mark.parametrize("apart", [pytest.param(1, id="by one"), pytest.param(9, id="by many")])
@pytest.mark.parametrize("turned", [pytest.param(False, id="falling"), pytest.param(True, id="up")])
def test_where_lines_cross(apart: int, *, turned: bool) -> None:
    """Of two lines that cross the one is the higher before, the other from there on."""
    down, up = curve([Piece(0, 10, apart, 0)]), curve([Piece(0, 10, 0, apart)])
    found = highest([up, down] if turned else [down, up])
    half = Fraction(apart, 2)
    assert found == curve([Piece(0, 5, apart, half), Piece(5, 10, half, apart)])


@pytest.mark.parametrize(
    "others",
    [
        pytest.param([Piece(3, 4, 1, 1)], id="below it"),
        pytest.param([Piece(0, 10, 2, 12)], id="the same"),
        pytest.param([Piece(0, 5, 0, 7), Piece(5, 10, 7, 0)], id="touching it"),
        pytest.param([Piece(-5, 0, 1, 2), Piece(10, 15, 3, 0)], id="before and after it"),
    ],
)
def test_a_line_stays_one(others: list[Piece]) -> None:
    """What is nowhere higher leaves no breakpoint in a line, whichever of the two comes first."""
    line, lower = curve([SLOPE]), curve(others)
    for found in (highest([line, lower]), highest([lower, line])):
        assert SLOPE in found.pieces


def test_a_line_that_is_hidden_for_a_while() -> None:
    """A line that another hides comes back where it was, in two pieces."""
    found = highest([curve([SLOPE]), curve([Piece(3, 4, 20, 20)])])
    assert found == curve([Piece(0, 3, 2, 5), Piece(3, 4, 20, 20), Piece(4, 10, 6, 12)])
