"""What one run of a story has left behind, for the oracles to judge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from tests.faults.trails import Trail, trail

if TYPE_CHECKING:
    from onair.clock import Clock
    from tests.e2e.audit import Request
    from tests.faults.ledgers import Life
    from tests.faults.stories import Act, Duty, Story

Body = dict[str, Any]


ON_TIME = timedelta(seconds=2)
"""L2: real time that the operator has for a write that is due."""


@dataclass(frozen=True, slots=True)
class Violation:
    """A broken rule of reliability.md section 1, and what broke it."""

    rule: str
    text: str

    def __str__(self) -> str:
        """Return it as one line."""
        return f"{self.rule}: {self.text}"


@dataclass(frozen=True, slots=True)
class Outage:
    """Real time in which a fault, or a starved machine, kept the operator from its work."""

    begin: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Evidence:
    """One run. `requests` are all of its namespace, in which alone the operator has rights.

    `start` is the calendar instant of minute 0, `acted` when (real time) each act was done,
    `blind` tells that a change was kept from the operator, which then goes by what it knew;
    `settled` when everything was back, None if it never was; `ended` when the watching stopped;
    `exits` what the operator said when it ended by itself; `left` the objects at the end, `told`
    the Events.
    """

    story: Story
    namespace: str
    user: str
    clock: Clock
    start: datetime
    requests: tuple[Request, ...]
    lives: tuple[Life, ...]
    acted: tuple[tuple[Act, datetime], ...]
    outages: tuple[Outage, ...]
    blind: bool
    settled: datetime | None
    ended: datetime
    exits: tuple[str, ...]
    left: tuple[Body, ...]
    told: tuple[Body, ...]

    def minute(self, real: datetime) -> float:
        """Return the minute of a real instant."""
        calendar = self.clock.calendar + (real - self.clock.real) * self.clock.speed
        return (calendar - self.start) / timedelta(minutes=1)

    def real(self, minute: float) -> datetime:
        """Return the real instant of a minute."""
        passed = self.start + timedelta(minutes=minute) - self.clock.calendar
        return self.clock.real + passed / self.clock.speed

    def due(self, real: datetime) -> datetime:
        """Return an instant, or the end of the outages that it falls into or right before."""
        for outage in sorted(self.outages, key=lambda outage: outage.begin):
            if outage.begin <= real + ON_TIME and real <= outage.end:
                real = outage.end
        return real

    def outage(self) -> timedelta:
        """Return the length of all outages together."""
        return sum((outage.end - outage.begin for outage in self.outages), timedelta())

    def trail(self, duty: Duty) -> Trail:
        """Return the numbers of a steered object."""
        return trail(self.requests, duty.kind, duty.name, self.user)

    def ours(self) -> list[Request]:
        """Return the operator's requests."""
        return [request for request in self.requests if request.user == self.user]
