"""Hills say of a curve what the curve itself says, and are easy to widen, to raise and to add."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onair.plan.curves import Curve, Piece, curve, total
from onair.plan.highest import highest
from onair.plan.hills import hills
from onair.plan.ridges import Raised, Ridge, summed
from tests.unit.plan.strategies import curves, times_of

FACTORS = st.fractions(Fraction(1, 100), 50, max_denominator=1000)
LATERS = st.integers(-20, 20) | st.fractions(-20, 20, max_denominator=60)


def ridges(whole: Curve) -> Ridge:
    """Return a curve as a ridge."""
    return Ridge(hills(whole))


@given(curves())
def test_highest_of_hills(drawn: Curve) -> None:
    """The highest of a curve's hills is the curve."""
    top = ridges(drawn).curve
    for time in times_of(top, drawn):
        assert (top.at(time), top.before(time)) == (drawn.at(time), drawn.before(time))


@given(curves())
def test_slopes(drawn: Curve) -> None:
    """Seen from the foot both slopes of a hill lead up without a gap and end at the summit."""
    for hill in hills(drawn):
        for slope in (hill.rise, hill.fall):
            assert all(one.end == other.start for one, other in pairwise(slope))
            values = [value for piece in slope for value in piece[2:]]
            assert [*values, hill.top] == sorted([*values, hill.top])
            assert not slope or slope[-1].end == 0


def test_a_hill_is_mirrored_behind_its_summit() -> None:
    """What lies behind a summit is kept as one sees it from there, in seconds from the summit."""
    (hill,) = hills(curve([Piece(5, 7, 0, 4), Piece(7, 8, 4, 4), Piece(8, 12, 4, 1)]))
    assert hill.rise == (Piece(-3, -1, 0, 4), Piece(-1, 0, 4, 4))
    assert (hill.since, hill.top, hill.until) == (8, 4, 8)
    assert hill.fall == (Piece(-4, 0, 1, 4),)


def test_bends_are_no_valleys() -> None:
    """Bends, steps and level stretches split no curve that first never falls and then never rises.

    Each hill costs what a cool-down costs.
    """
    rise = [Piece(0, 2, 0, 1), Piece(2, 3, 1, 4), Piece(3, 5, 4, 4), Piece(5, 6, 6, 7)]
    fall = [Piece(6, 7, 7, 5), Piece(7, 8, 5, 4), Piece(8, 9, 4, 4), Piece(9, 10, 2, 2)]
    (hill,) = hills(curve([*rise, *fall]))
    assert (hill.since, hill.top, len(hill.rise), len(hill.fall)) == (6, 7, 4, 4)


@pytest.mark.parametrize(
    "piece",
    [
        pytest.param(Piece(0, 10, 0, Fraction(1, 2)), id="rising"),
        pytest.param(Piece(0, 10, Fraction(1, 2), 0), id="falling"),
    ],
)
def test_a_low_hill(piece: Piece) -> None:
    """A hill that is lower than one, on one side of its summit only, is as low as its curve."""
    (hill,) = hills(curve([piece]))
    assert hill.top == Fraction(1, 2)


def test_valleys() -> None:
    """A curve is split where it rises again after a fall, and where it is zero in between."""
    found = hills(curve([Piece(0, 10, 3, 2), Piece(10, 20, 5, 0), Piece(30, 40, 1, 1)]))
    assert [(hill.since, hill.top) for hill in found] == [(0, 3), (10, 5), (40, 1)]


@given(st.lists(st.lists(st.tuples(curves(), FACTORS, LATERS), max_size=2), max_size=3))
def test_summed(drawn: list[list[tuple[Curve, Fraction, Fraction]]]) -> None:
    """A sum of shares is the sum of their highest, with its factors and dates, at every instant."""
    shares = [[Raised(ridges(whole), *rest) for whole, *rest in share] for share in drawn]
    plain = [
        highest([whole.scaled(factor).moved(later) for whole, factor, later in share])
        for share in drawn
    ]
    found, want = summed(shares).curve(), total(plain)
    for time in {edge for each in (found, want) for piece in each.pieces for edge in piece[:2]}:
        assert (found.at(time), found.before(time)) == (want.at(time), want.before(time))


def test_a_sum_counts_in_whole_numbers() -> None:
    """Whatever is added, and later by whatever part of a second, is quick to calculate with."""
    slow = Raised(ridges(curve([Piece(-5, 5, 0, 1), Piece(5, 8, 1, 0)])), Fraction(2, 7), 0)
    late = Raised(ridges(curve([Piece(0, 9, 0, 5)])), Fraction(1, 3), Fraction(1, 2))
    for shares in ([[slow], [slow]], [[late], [late._replace(later=Fraction(3, 2))]]):
        found = summed(shares).ridge.curve
        values = [value for piece in found.pieces for value in piece[2:]]
        assert values
        assert all(isinstance(value, int) for value in values), shares
