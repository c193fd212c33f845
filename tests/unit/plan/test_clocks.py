"""A clock that was set, or that differs from another: nothing is lowered early, nothing loops."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onair.plan.widening import widened
from tests.unit.plan.imagined import SHOW, T0, Imagined, minutes, on_air, plan

MINUTES = st.integers(0, 30).map(float)


def by(own: float, server: float) -> Imagined:
    """Return a target that was raised and settled while two clocks agreed, and goes on by these."""
    target = on_air()
    set_clocks(target, own, server)
    return target


def set_clocks(target: Imagined, own: float, server: float) -> None:
    """Let two clocks be so many minutes after T0."""
    behind, ahead = sorted((own, server))
    target.timeline = widened(SHOW, minutes(ahead - behind))
    target.now = T0 + minutes(behind)


@pytest.mark.parametrize(
    ("own", "server"),
    [
        pytest.param(15, 10, id="ours jumps ahead"),
        pytest.param(10, 15, id="ours jumps back"),
        pytest.param(25, 10, id="ours jumps past the end"),
        pytest.param(10, 25, id="the server's jumps past the end"),
    ],
)
def test_a_jump_on_air_lowers_nothing(own: float, server: float) -> None:
    """The floor that is due by either clock stays."""
    target = by(own, server)
    target.settle()
    assert target.live() == (111, 139)


@given(MINUTES, MINUTES, st.lists(st.tuples(MINUTES, MINUTES), max_size=4))
def test_whatever_the_clocks_do_the_floor_is_at_least_what_either_asks(
    own: float, server: float, later: list[tuple[float, float]]
) -> None:
    """Raised early, restored late: at any instant, of any two clocks, after any jumps."""
    target = by(own, server)
    for own_now, server_now in [(own, server), *later]:
        set_clocks(target, own_now, server_now)
        target.settle()
        for clock in (own_now, server_now):
            assert target.minimum >= SHOW.at(T0 + minutes(clock)).floor


@given(st.integers(1, 5), st.timedeltas(timedelta(0), timedelta(minutes=20)))
def test_a_clock_that_was_set_back_while_giving_back_does_not_loop(
    steps: int, back: timedelta
) -> None:
    """What was noted at an instant that is to come again is noted anew, once."""
    target = on_air()
    target.now = T0 + minutes(45)
    for _ in range(steps):
        target.step()
    target.timeline, target.now = plan(), target.now - back
    target.confirmed = None  # some manifest has changed meanwhile
    done = len(target.done)
    while target.step().step is not None:
        target.now += timedelta(seconds=1)  # as each request takes its time
        assert len(target.done) < done + 10
    assert target.minimum == 4
