"""Lead and cool-down around a demand are what design 3.5 and 3.6 say, at every instant."""

from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from onair.model.targets import CoolDown
from onair.plan.curves import Curve, Piece, curve
from onair.plan.raising import ridge
from onair.plan.seconds import Number
from tests.unit.plan.strategies import curves, largest, times_of

COOL_DOWNS = st.tuples(
    st.sampled_from([0, 1, 7]),
    st.sampled_from([1, 2, 5, 30]),
    st.sampled_from([Fraction(1, 10), Fraction(3, 10), Fraction(1, 2), Fraction(1)]),
)
CLIFFS = curve([Piece(0, 3, 9, 9), Piece(10, 13, 5, 5), Piece(20, 23, 9, 9)])

NEXT, LATER = Piece(4, 5, 9, 9), Piece(30, 33, 9, 9)


def cool_down(hold: int, every: int, step: Fraction) -> CoolDown:
    """Return a cool-down of so many seconds and such a step."""
    return CoolDown(hold=timedelta(seconds=hold), step=step, every=timedelta(seconds=every))


def by_definition(
    bare: Curve, lead: int, hold: int, every: int, step: Fraction, time: Number
) -> Number:
    """Return the largest of the demand in any window that k still counts, each times its k."""
    values = []
    passed, k, back = 0, Fraction(1), hold
    while k > 0:
        values.append(k * largest(bare, time - back, time + lead))
        passed += 1
        k, back = 1 - passed * step, hold + passed * every
    return max(values)


@given(curves(8), st.sampled_from([0, 3, 40]), COOL_DOWNS)
@example(CLIFFS, 0, (7, 1, Fraction(1, 10)))
@example(CLIFFS, 3, (0, 2, Fraction(1, 10)))
@example(CLIFFS, 0, (0, 30, Fraction(1, 2)))
def test_as_defined(drawn: Curve, lead: int, fading: tuple[int, int, Fraction]) -> None:
    """With lead and cool-down a demand is the highest that is ahead or not yet cooled down.

    Between edges, where it makes no difference which side of a step counts.
    """
    raised = ridge(drawn, timedelta(seconds=lead), cool_down(*fading)).curve()
    for time in (time + Fraction(1, 7) for time in times_of(raised, drawn)):
        assert raised.at(time) == by_definition(drawn, lead, *fading, time)


@pytest.mark.parametrize(
    ("bare", "lead", "falls"),
    [
        pytest.param(CLIFFS, 20, [0, 0, 10], id="within the lead of the last"),
        pytest.param(CLIFFS, 0, [10, 5, 10], id="until the next that is as high"),
        pytest.param(curve([*CLIFFS.pieces, LATER]), 0, [10, 5, 5, 10], id="until the first such"),
        pytest.param(curve([CLIFFS.pieces[0], NEXT]), 0, [1, 10], id="while it is held"),
        pytest.param(curve(CLIFFS.pieces[:2]), 0, [10, 10], id="no higher one follows"),
    ],
)
def test_no_more_than_is_seen(bare: Curve, lead: int, falls: list[int]) -> None:
    """Steps of a cool-down that a later summit hides are not made: there may be many summits."""
    found = ridge(bare, timedelta(seconds=lead), cool_down(2, 2, Fraction(1, 10)))
    assert [len(hill.fall) for hill in found.ridge.hills] == falls
