"""What a curve has most of within a window, where the answer is not at one of its breakpoints."""

from fractions import Fraction

from onair.plan.curves import Piece, curve
from onair.plan.windows import most_within

HALF = Fraction(1, 2)


def test_the_best_window_is_around_a_summit() -> None:
    """A window gains as much as it loses where its two edges are as high as each other."""
    low = curve([Piece(0, 10, 0, HALF), Piece(10, 20, HALF, 0)])
    assert most_within(low, 10) == Fraction(15, 4)


def test_a_window_longer_than_the_curve_has_all_of_it() -> None:
    """More than everything is not to be had."""
    low = curve([Piece(0, 10, 0, HALF), Piece(10, 20, HALF, 0)])
    assert most_within(low, 99) == 5
    assert most_within(curve([]), 99) == 0
