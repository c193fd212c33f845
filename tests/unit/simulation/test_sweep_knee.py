"""Where a curve of loss against cost bends, and which setting follows from it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onair.simulation.knee import Point, choose, knee

CURVES = st.lists(
    st.builds(Point, cost=st.integers(0, 10**6), loss=st.integers(0, 10**6)),
    min_size=1,
    max_size=12,
)


@pytest.mark.parametrize(
    ("points", "want"),
    [
        pytest.param([(0, 1 / 1), (1, 1 / 2), (2, 1 / 3), (3, 1 / 4), (4, 1 / 5)], 1, id="1/x"),
        pytest.param([(1, 9), (2, 8), (3, 0), (4, 0), (5, 0)], 2, id="an edge"),
        pytest.param([(5, 0), (4, 0), (3, 0), (2, 8), (1, 9)], 2, id="dearest first"),
        pytest.param([(1, 9), (2, 0), (2, 5), (9, 0)], 1, id="two at the same cost"),
        pytest.param([(0, 8), (2, 4), (4, 2), (8, 0)], 1, id="two bends alike: the cheaper"),
        pytest.param([(0, 3), (1, 2), (2, 1), (3, 0)], None, id="a line"),
        pytest.param([(0, 9), (1, 8), (2, 6), (3, 0)], None, id="bent the other way"),
        pytest.param([(1, 0), (2, 0), (3, 0)], None, id="nothing is lost"),
        pytest.param([(1, 3), (1, 2), (1, 1)], None, id="all cost the same"),
        pytest.param([(0, 1), (1, 0)], None, id="two points"),
        pytest.param([(7, 1)], None, id="one point"),
        pytest.param([], None, id="none"),
    ],
)
def test_knee(points: list[tuple[float, float]], want: int | None) -> None:
    """The knee is the point farthest below the line from the first point to the last."""
    assert knee([Point(*each) for each in points]) == want


@pytest.mark.parametrize(
    ("points", "want"),
    [
        pytest.param([(1, 9), (2, 2), (3, 1), (4, 0)], 1, id="the knee"),
        pytest.param([(0, 3), (1, 2), (2, 1), (3, 0)], 3, id="a line: what loses least"),
        pytest.param([(3, 0), (1, 0), (2, 0)], 1, id="nothing is lost: the cheapest"),
        pytest.param([(1, 5), (1, 5)], 0, id="all the same: the first"),
        pytest.param([(7, 1)], 0, id="one point"),
    ],
)
def test_choice(points: list[tuple[float, float]], want: int) -> None:
    """A team should choose the knee, or without one the cheapest that loses least."""
    assert choose([Point(*each) for each in points]) == want


@given(CURVES)
def test_nothing_cheaper_loses_no_more(points: list[Point]) -> None:
    """No other point is at most as dear as the choice, loses at most as much and less of one."""
    chosen = points[choose(points)]
    better = [p for p in points if p.cost <= chosen.cost and p.loss <= chosen.loss]
    assert set(better) == {chosen}


@given(CURVES, st.integers(1, 1000), st.integers(1, 1000))
def test_units_do_not_matter(points: list[Point], cents: int, thousandths: int) -> None:
    """Costs and losses in other units have their knee at the same cost and loss."""
    other = [Point(p.cost * cents, p.loss * thousandths) for p in points]
    here, there = knee(points), knee(other)
    assert (here is None) == (there is None)
    if here is not None and there is not None:
        assert points[here] == points[there]
