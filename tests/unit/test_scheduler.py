"""The heap of what is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from onair.clock import Clock
from onair.scheduler import Scheduler

T0 = datetime(2027, 1, 9, 19, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Hands(Clock):
    """A clock whose calendar stands where the test puts it."""

    def now(self) -> datetime:
        """Return where it stands."""
        return self.calendar


def scheduler_at(instant: datetime, due: list[str]) -> Scheduler[str]:
    """Return a scheduler whose calendar stands at an instant."""
    return Scheduler(Hands(instant, instant), due.append)


def test_only_what_is_due_fires_in_the_order_of_its_instants() -> None:
    """The later of two due keys comes second, the one of the future not at all."""
    due: list[str] = []
    scheduler = scheduler_at(T0, due)
    scheduler.wake("late", T0)
    scheduler.wake("early", T0 - timedelta(seconds=1))
    scheduler.wake("future", T0 + timedelta(seconds=1))
    assert scheduler.fire() == 1
    assert due == ["early", "late"]


def test_a_key_has_one_instant_at_most() -> None:
    """A new instant replaces the old one; None takes it away."""
    due: list[str] = []
    scheduler = scheduler_at(T0, due)
    scheduler.wake("moved", T0 - timedelta(seconds=1))
    scheduler.wake("moved", T0 + timedelta(seconds=1))
    scheduler.wake("gone", T0)
    scheduler.wake("gone", None)
    scheduler.fire()
    assert due == []


def test_instants_that_were_moved_are_forgotten() -> None:
    """A key that is moved all day takes no more room than one that never is."""
    due: list[str] = []
    scheduler = scheduler_at(T0, due)
    scheduler.wake("still", T0)
    for hours in range(1000):
        scheduler.wake("moved", T0 + timedelta(hours=1000 - hours))
    assert len(scheduler._heap) < 10  # noqa: SLF001 - what is to stay small
    scheduler.fire()
    assert due == ["still"]
    assert scheduler.fire() == timedelta(hours=1).total_seconds()
