"""The ladder has single steps up to 20 and steps of a twentieth above."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onair.plan.ladder import ladder, rungs

MANY = st.integers(1, 10**15)


def test_rungs() -> None:
    """The rungs are those of the design."""
    assert rungs(1, 30) == (*range(1, 22), 23, 24, 25, 26, 27, 29, 30)
    assert rungs(102, 111) == (106, 111)


@pytest.mark.parametrize(
    ("replicas", "want"),
    [
        pytest.param(-3, 0, id="below zero"),
        pytest.param(0, 0, id="zero"),
        pytest.param(1, 1, id="one"),
        pytest.param(20, 20, id="the last single step"),
        pytest.param(21, 21, id="a rung"),
        pytest.param(22, 23, id="between two rungs"),
        pytest.param(110, 111, id="the example"),
        pytest.param(32, 32, id="the example's first moment"),
    ],
)
def test_ladder(replicas: int, want: int) -> None:
    """A number is rounded up to its rung."""
    assert ladder(replicas) == want


@given(MANY)
def test_rounds_up_by_a_twentieth_at_most(replicas: int) -> None:
    """A rung is never below the number and hardly more than a twentieth above it."""
    rung = ladder(replicas)
    assert replicas <= rung
    assert 20 * (rung - 1) <= 21 * replicas
    assert ladder(rung) == rung


@given(MANY, MANY)
def test_monotone(one: int, other: int) -> None:
    """More replicas never mean a lower rung, and `rungs` are all those between two numbers."""
    low, high = sorted((one, other))
    between = rungs(low, high)
    assert ladder(low) <= ladder(high)
    assert (between[0], between[-1]) == (ladder(low), ladder(high))
    assert all(ladder(rung + 1) == following for rung, following in itertools.pairwise(between))


@given(st.integers(0, 400))
def test_rungs_are_the_powers(power: int) -> None:
    """Above 20 the rungs are ceil(20 x (21/20)^k), exactly."""
    rung = -(-20 * 21**power // 20**power)
    assert ladder(rung) == rung
    assert ladder(rung + 1) == -(-20 * 21 ** (power + 1) // 20 ** (power + 1))
