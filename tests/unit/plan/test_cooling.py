"""What a cool-down hides is not made, and nothing that it does not hide is left out."""

from datetime import timedelta
from fractions import Fraction

import pytest

from onair.model.targets import CoolDown
from onair.plan.curves import Piece, curve
from onair.plan.raising import ridge
from onair.plan.seconds import Number

HALF = Fraction(1, 2)


def cool_down(hold: int, every: int) -> CoolDown:
    """Return a cool-down by 30 % at a time."""
    step = Fraction(3, 10)
    return CoolDown(hold=timedelta(seconds=hold), step=step, every=timedelta(seconds=every))


@pytest.mark.parametrize(
    ("pieces", "fading", "time", "want"),
    [
        pytest.param(
            [Piece(0, 3, 9, 9), Piece(4, 7, 9, 8)], (7, 30), 3 + HALF, 9, id="a gap of a second"
        ),
        pytest.param(
            [Piece(0, 9, 80, 80), Piece(9, 39, 80, 65), Piece(39, 89, 65, 40)],
            (0, 30),
            40,
            64 + HALF,
            id="a fall that is slower than the steps",
        ),
        pytest.param(
            [Piece(0, 5, 10, 10), Piece(5, 5 + HALF, 8, 8)],
            (0, 1),
            5 + HALF / 2,
            8,
            id="a fall of half a second",
        ),
        pytest.param(
            [Piece(0, 9, 80, 80), Piece(9, 99, 60, 60)], (0, 30), 20, 60, id="a step down"
        ),
    ],
)
def test_what_is_above_the_cool_down_counts(
    pieces: list[Piece], fading: tuple[int, int], time: Number, want: Number
) -> None:
    """A demand that falls more slowly than the cool-down is there in full."""
    raised = ridge(curve(pieces), timedelta(0), cool_down(*fading)).curve()
    assert raised.at(time) == want


def test_a_hold_that_reaches_the_next_summit_is_all() -> None:
    """Behind a summit that is followed before the hold is over no step begins."""
    pieces = [Piece(0, 3, 9, 9), Piece(4, 7, 9, 8)]
    first, last = ridge(curve(pieces), timedelta(0), cool_down(7, 30)).ridge.hills
    assert first.fall == (Piece(-7, 0, 90, 90),)  # in tenths, as the step is
    assert len(last.fall) > 1
