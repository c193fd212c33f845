"""Curves are exact: every operation agrees with its definition at every instant."""

import itertools
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onair.plan.curves import Curve, Piece, curve, total
from onair.plan.highest import highest
from onair.plan.seconds import Number
from onair.plan.windows import most_within, widened
from tests.unit.plan.strategies import curves, largest, times_of

LENGTHS = st.integers(0, 12)
STEPS = curve([Piece(0, 10, 4, 4), Piece(10, 20, 0, 10), Piece(25, 30, 6, 0)])


@pytest.mark.parametrize(
    ("time", "at", "before"),
    [
        pytest.param(-1, 0, 0, id="before all"),
        pytest.param(0, 4, 0, id="at the first step"),
        pytest.param(10, 0, 4, id="at a step down"),
        pytest.param(13, 3, 3, id="on a line"),
        pytest.param(20, 0, 10, id="at an end"),
        pytest.param(22, 0, 0, id="in a gap"),
        pytest.param(25, 6, 0, id="after a gap"),
        pytest.param(Fraction(51, 2), Fraction(27, 5), Fraction(27, 5), id="between seconds"),
        pytest.param(30, 0, 0, id="after all"),
    ],
)
def test_values(time: Number, at: Number, before: Number) -> None:
    """A curve is half-open: at a step the value is that after it, the limit that before it."""
    assert (STEPS.at(time), STEPS.before(time)) == (at, before)


def test_nothing() -> None:
    """A curve without pieces is zero and stays so."""
    nothing = Curve()
    assert (nothing.at(0), nothing.before(0), nothing.peak()) == (0, 0, 0)
    assert total([]) == highest([]) == widened(nothing, 1, 1) == nothing
    assert most_within(nothing, 5) == 0


@given(st.lists(curves(), max_size=3))
def test_total(drawn: list[Curve]) -> None:
    """The sum has the sum of the values everywhere, and from the left, too."""
    added = total(drawn)
    for time in times_of(added, *drawn):
        assert added.at(time) == sum(each.at(time) for each in drawn)
        assert added.before(time) == sum(each.before(time) for each in drawn)


@given(curves(), st.fractions(0, 9))
def test_limited(drawn: Curve, most: Fraction) -> None:
    """A limited curve has the value or the limit, whichever is lower."""
    low = drawn.limited(most)
    for time in times_of(low, drawn):
        assert low.at(time) == min(drawn.at(time), most)


@pytest.mark.parametrize(
    ("piece", "want"),
    [
        pytest.param(Piece(0, 4, 1, 9), [Piece(0, 2, 1, 5), Piece(2, 4, 5, 5)], id="rising"),
        pytest.param(Piece(0, 4, 9, 1), [Piece(0, 2, 5, 5), Piece(2, 4, 5, 1)], id="falling"),
        pytest.param(Piece(0, 4, 5, 9), [Piece(0, 4, 5, 5)], id="rising from it"),
        pytest.param(Piece(0, 4, 9, 5), [Piece(0, 4, 5, 5)], id="falling to it"),
        pytest.param(Piece(0, 4, 1, 5), [Piece(0, 4, 1, 5)], id="rising to it"),
        pytest.param(Piece(0, 4, 5, 1), [Piece(0, 4, 5, 1)], id="falling from it"),
        pytest.param(Piece(0, 4, 6, 9), [Piece(0, 4, 5, 5)], id="above"),
    ],
)
def test_limited_lines(piece: Piece, want: list[Piece]) -> None:
    """A line is cut where it crosses the limit, also beside others that are higher."""
    high = Piece(9, 10, 8, 8)
    assert curve([piece, high]).limited(5) == curve([*want, Piece(9, 10, 5, 5)])


@pytest.mark.parametrize(
    ("first", "last", "want"),
    [
        pytest.param(1, 9, [(2, 4)], id="rising"),
        pytest.param(9, 1, [(0, 2)], id="falling"),
        pytest.param(5, 9, [(0, 4)], id="rising from it"),
        pytest.param(9, 5, [(0, 4)], id="falling to it"),
        pytest.param(1, 5, [], id="rising to it"),
        pytest.param(5, 1, [], id="falling from it"),
        pytest.param(6, 6, [(0, 4)], id="higher"),
        pytest.param(5, 5, [], id="as high"),
    ],
)
def test_above_lines(first: int, last: int, want: list[tuple[int, int]]) -> None:
    """A line is above a constant from where it crosses it, or up to there."""
    found = curve([Piece(0, 4, first, last), Piece(9, 10, 8, 8)]).above(5)
    assert found == [*want, (9, 10)]


@pytest.mark.parametrize(
    ("after", "want"),
    [
        pytest.param(Piece(5, 9, 3, 3), [Piece(0, 9, 3, 3)], id="that goes on"),
        pytest.param(Piece(6, 9, 3, 3), [Piece(0, 5, 3, 3), Piece(6, 9, 3, 3)], id="after a gap"),
        pytest.param(Piece(5, 9, 4, 4), [Piece(0, 5, 3, 3), Piece(5, 9, 4, 4)], id="that is more"),
        pytest.param(Piece(5, 9, 3, 4), [Piece(0, 5, 3, 3), Piece(5, 9, 3, 4)], id="that rises"),
    ],
)
def test_a_constant_is_one_piece(after: Piece, want: list[Piece]) -> None:
    """A constant is joined to one that goes on, so that curves of one value are equal."""
    nothing = (Piece(0, 0, 9, 9), Piece(9, 12, 0, 0))
    found = curve([nothing[0], Piece(0, 5, 3, 3), after, nothing[1]])
    assert found.pieces == tuple(want)


@given(curves(), st.integers(1, 9), st.integers(-9, 9))
def test_scaled_and_moved(drawn: Curve, factor: int, by: int) -> None:
    """Scaling multiplies every value, moving delays them."""
    for time in times_of(drawn):
        assert drawn.scaled(factor).at(time) == factor * drawn.at(time)
        assert drawn.moved(by).at(time + by) == drawn.at(time)


@given(curves(), LENGTHS, LENGTHS)
def test_widened(drawn: Curve, ahead: int, behind: int) -> None:
    """A widened curve has the largest value over the closed window around every instant."""
    wide = widened(drawn, ahead, behind)
    for time in times_of(wide, drawn):
        assert wide.at(time) == largest(drawn, time - behind, time + ahead)


@given(curves(), LENGTHS)
def test_widened_bridges_gaps(drawn: Curve, length: int) -> None:
    """Looking ahead and then behind is looking both ways at once."""
    stepwise = widened(widened(drawn, length, 0), 0, length + 1)
    at_once = widened(drawn, length, length + 1)
    for time in times_of(stepwise, at_once):
        assert stepwise.at(time) == at_once.at(time)


def area(drawn: Curve, start: Number, end: Number) -> Fraction:
    """Integrate between two instants by summing trapezia."""
    edges = {time for piece in drawn.pieces for time in piece[:2] if start < time < end}
    times = sorted({start, end, *edges})
    pairs = itertools.pairwise(times)
    return sum(
        ((drawn.at(a) + drawn.before(b)) * Fraction(b - a) / 2 for a, b in pairs), Fraction()
    )


@given(curves(), st.integers(1, 20))
def test_most_within(drawn: Curve, length: int) -> None:
    """No window has a larger integral, and one on a fine grid comes close."""
    most = most_within(drawn, length)
    areas = [area(drawn, time, time + length) for time in times_of(drawn, drawn.moved(-length))]
    assert max(areas) <= most
    # An integral changes by 9 a second at most, and these instants are a second apart.
    assert most - max(areas) <= 9


def test_most_within_passes_the_breakpoints() -> None:
    """The best window may begin and end on a slope: over a triangle it lies around the top."""
    triangle = curve([Piece(0, 10, 0, 10), Piece(10, 15, 10, 0)])
    assert most_within(triangle, 3) == 27
    assert most_within(triangle, 3) == area(triangle, 8, 11)


@given(curves(), st.integers(0, 9))
def test_above(drawn: Curve, most: int) -> None:
    """The stretches above a constant are in order, and hold every instant at which it is exceeded.

    At the edges of a stretch the constant may be met.
    """
    found = drawn.above(most)
    assert found == sorted(found)
    for time in times_of(drawn):
        inside = any(start <= time < end for start, end in found)
        edge = any(time in stretch for stretch in found)
        assert (drawn.at(time) > most) == inside or (edge and drawn.at(time) == most)
