"""A story: what owners have, what is announced, what people do on air, and what that demands.

Minutes are calendar minutes after the start of the first airing. The demands are written down and
not computed with the operator's code, so that a mistake of the planner cannot excuse itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from tests.e2e.tenant import Tenant
    from tests.faults.trails import Numbers

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Duty:
    """What is owed to one steered object.

    `floors` are (minute, replicas): from that minute on no write may go below, and what rises must
    have risen; the last is 0. `cap` bounds what may be written, `final` is what must remain.
    """

    kind: str
    name: str
    floors: tuple[tuple[float, int], ...]
    final: Numbers
    cap: int = 20
    workload: str = "Deployment"
    campaigns: tuple[str, ...] = ("show",)

    def floor(self, minute: float) -> int:
        """Return the floor that is due at a minute."""
        return next((floor for at, floor in reversed(self.floors) if at <= minute), 0)

    def rises(self) -> list[tuple[float, int]]:
        """Return the minutes at which the floor rises, and to what."""
        before = (0, *(floor for _, floor in self.floors))
        return [step for step, floor in zip(self.floors, before, strict=False) if step[1] > floor]

    def falls(self) -> list[tuple[float, int]]:
        """Return the minutes at which the floor falls, and to what."""
        before = (0, *(floor for _, floor in self.floors))
        return [step for step, floor in zip(self.floors, before, strict=False) if step[1] < floor]


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody does at a minute; `ends_need` says that a floor may fall because of it."""

    minute: float
    name: str
    do: Callable[[Tenant, datetime], None]
    ends_need: bool = False


@dataclass(frozen=True, slots=True)
class Story:
    """One evening: `objects` stand before the operator starts, `manifests` are announced then.

    `first` and `last` are the minutes of the first raise and of the last floor's end.
    """

    name: str
    objects: tuple[Body, ...]
    manifests: Callable[[datetime], tuple[Body, ...]]
    duties: tuple[Duty, ...]
    acts: tuple[Act, ...] = ()

    @property
    def first(self) -> float:
        """The minute of the first raise."""
        return min(duty.floors[0][0] for duty in self.duties)

    @property
    def last(self) -> float:
        """The minute of the last floor's end."""
        return max(duty.floors[-1][0] for duty in self.duties)


def minutes(count: float) -> timedelta:
    """Return so many minutes of the calendar."""
    return timedelta(minutes=count)
