"""What all arms of a simulation share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Final

from onair.plan.aims import SEEN_AHEAD, limits_of, needs_between
from onair.plan.seconds import since_epoch
from onair.simulation.engine import Bounds

if TYPE_CHECKING:
    from datetime import datetime

    from onair.plan.aims import Aim
    from onair.plan.needs import Need
    from onair.plan.timeline import Limit
    from onair.simulation.offered import Offered
    from onair.simulation.settings import Settings
    from onair.traces.trace import Trace

DAY: Final = 24 * 60 * 60


@dataclass(frozen=True)
class Stage:
    """A target, the load that reaches it, its cluster and its campaigns.

    All delays are in seconds of the trace already, those of the campaigns, too.

    Attributes:
        trace: what reaches the target while it is simulated.
        offered: the same as a load; all seconds are counted from where it begins.
        past: what reached it before, too, for arms that look at earlier days.
        ago: how many seconds earlier that begins.
        aims: what campaigns want of the target.
        most: the operator's limit on any target.
        speed: how many times as fast as its trace the crowd comes.
        fixed: the replicas of a cron job; None for the highest floor of the campaigns.
    """

    trace: Trace
    offered: Offered
    past: Offered
    ago: int
    settings: Settings
    aims: tuple[Aim, ...]
    most: int
    speed: float
    fixed: int | None

    @property
    def begin(self) -> datetime:
        """0 s, in UTC."""
        return self.trace.begin

    @cached_property
    def needs(self) -> tuple[Need, ...]:
        """What the campaigns need while the load comes."""
        until = self.trace.end + SEEN_AHEAD + self.lead
        return needs_between(self.aims, self.begin, until)

    @cached_property
    def limits(self) -> tuple[Limit, ...]:
        """The limits on all that they need together."""
        return limits_of(self.aims, self.most)

    @property
    def lead(self) -> timedelta:
        """The longest lead."""
        return max((aim.lead for aim in self.aims), default=timedelta())

    @property
    def bounds(self) -> Bounds:
        """What the owner of the HPA set."""
        return Bounds(self.settings.hpa.minimum, self.settings.hpa.maximum)

    @property
    def largest(self) -> int:
        """The most replicas that whoever raises the HPA's minimum may ask for."""
        return min([limit.replicas for limit in self.limits])

    @property
    def declared(self) -> int | None:
        """The usual load that the manifests say."""
        said = (aim.target.usual_replicas for aim in self.aims)
        return max((usual for usual in said if usual is not None), default=None)

    @cached_property
    def epoch(self) -> int:
        """When `begin` is, in seconds since 1970."""
        return int(since_epoch(self.begin))

    def instant(self, now: float) -> datetime:
        """Return when it is so many seconds after `begin`."""
        return self.begin + timedelta(seconds=now)

    def seconds(self, instant: datetime) -> float:
        """Return an instant in seconds since `begin`."""
        return (instant - self.begin).total_seconds()
