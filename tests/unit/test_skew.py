"""Two clocks that differ: what is planned with, and when that is said."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onair import skew
from onair.clock import Clock
from onair.skew import FARTHEST, Skew, settled, slack, told

NOON = datetime(2027, 1, 9, 12, tzinfo=UTC)
TRUE = datetime(2026, 12, 1, 9, tzinfo=UTC)


@dataclass
class Machines:
    """An operator and an API server, whose clocks are wrong by so many seconds."""

    own: float = 0.0
    server: float = 0.0
    speed: float = 1.0
    true: datetime = TRUE
    changes: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Let the calendar be at noon when both clocks are right."""
        machines = self

        class OwnClock(Clock):
            @staticmethod
            def real_now() -> datetime:
                return machines.true + timedelta(seconds=machines.own)

        self.clock = OwnClock(NOON, TRUE, self.speed)
        self.skew = Skew(
            self.clock,
            self._server_time,
            lambda: self.changes.append(self.skew.apart),
        )

    def _server_time(self) -> float:
        return (self.true + timedelta(seconds=self.server)).timestamp()

    def calendars(self) -> tuple[datetime, datetime]:
        """Return the calendar by the clock that is behind, and by the one ahead."""
        errors = sorted((self.own, self.server))
        passed = (self.true - TRUE).total_seconds()
        first, last = (NOON + self.speed * timedelta(seconds=passed + e) for e in errors)
        return first, last

    def run(self, *errors: float) -> None:
        """Let the clocks be compared, the own one being set to each of these errors in turn."""

        async def scenario() -> None:
            task = asyncio.ensure_future(self.skew.run())
            for self.own in errors:
                await asyncio.sleep(0.03)
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

        asyncio.run(scenario())


@pytest.fixture
def _fast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(skew, "LOOK_EVERY", 0.01)


@pytest.mark.parametrize("apart", [pytest.param(a, id=f"{a} s") for a in (0.0, 5.0, -5.0)])
def test_clocks_that_nearly_agree_are_one(apart: float) -> None:
    """Up to five seconds nothing moves: a date says no more than its second."""
    now = Machines(server=apart).skew.now()
    assert now == (NOON, timedelta(0), timedelta(0))
    assert told(0.0) == ""


@given(
    st.floats(-400, 400),
    st.floats(-400, 400),
    st.sampled_from([1.0, 10.0]),
    st.lists(st.floats(-600, 600), max_size=4),
)
def test_both_clocks_lie_within_what_is_planned_with(
    own: float, server: float, speed: float, jumps: list[float]
) -> None:
    """Whatever clock jumps, from the one behind to the one ahead all is looked at, at once."""
    machines = Machines(own, server, speed)
    for jump in (0.0, *jumps):
        machines.own += jump
        now = machines.skew.now()
        behind, ahead = machines.calendars()
        tolerated = timedelta(seconds=0 if machines.skew.apart else 5 * speed)
        assert now.at - tolerated <= behind
        assert ahead <= now.at + now.ahead + tolerated
        assert now.by_own(now.at) == machines.clock.now()


def test_five_minutes_are_not_many() -> None:
    """What is added for safety is small: a floor that is up for nobody costs money."""
    now = Machines(server=300).skew.now()
    assert timedelta(minutes=5) <= now.ahead <= timedelta(minutes=5, seconds=20)


def test_a_clock_of_another_age_does_not_raise_everything() -> None:
    """A server that says 1970 counts as a day away: that is the most that is planned for."""
    now = Machines(server=-1e9).skew.now()
    assert (now.ahead, now.at) == (FARTHEST, NOON - FARTHEST)


@pytest.mark.usefixtures("_fast")
def test_a_jump_is_told_once_and_its_end_too() -> None:
    """Everything is planned anew when a clock was set, and again when it was set back."""
    machines = Machines()
    machines.run(0, 300, 300, 0)
    assert [round(apart) for apart in machines.changes] == [-300, 0]


@given(st.lists(st.floats(-20, 20), min_size=2))
def test_what_wavers_by_a_second_is_not_news(measured: list[float]) -> None:
    """What is planned with changes only by more than a date leaves open."""
    apart = [0.0]
    for each in measured:
        apart.append(settled(apart[-1], each))
    for before, after in pairwise(apart):
        assert before == after or abs(before - after) > 1.0


@given(st.floats(-1000, 1000), st.floats(-1000, 1000))
def test_what_is_planned_with_is_never_far_from_what_is_measured(
    before: float, measured: float
) -> None:
    """The slack that is added to every distance covers what is not followed."""
    apart = settled(before, measured)
    if apart:
        assert abs(apart - measured) <= slack(apart) + 1e-9
    else:
        assert abs(measured) <= 5


def test_a_clock_that_stands_still_costs_little() -> None:
    """The farther away it is, the seldomer everything is planned anew: 70 times in an hour."""
    apart, changes = 0.0, 0
    for second in range(3600):
        following = settled(apart, float(second))
        changes, apart = changes + (following != apart), following
    assert changes < 100


@pytest.mark.parametrize(
    ("apart", "want"),
    [
        pytest.param(7.0, "the API server's clock is about 5s ahead of the operator's", id="s"),
        pytest.param(301.2, "the API server's clock is about 5m ahead of the operator's", id="min"),
        pytest.param(-9000, "the operator's clock is about 2h ahead of the API server's", id="h"),
    ],
)
def test_in_words(apart: float, want: str) -> None:
    """A person reads which clock is ahead, what follows from it and what to do."""
    assert told(apart).startswith(want + ": floors rise by the first and fall by the second")
    assert told(apart).endswith("set the clock that is wrong (NTP)")
