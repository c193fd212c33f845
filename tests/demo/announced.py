"""What the example's manifests announce, worked out without any cluster."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import yaml

from onair.model.parse import parse_campaign, parse_target_set
from onair.plan.demand import level_at, peak_rate
from onair.plan.moments import moments
from onair.plan.needs import Need
from onair.plan.timeline import Timeline, required_now, timeline
from onair.schedule.airings import Airing, airings

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from onair.model.campaigns import CampaignSpec
    from onair.model.targets import Target, TargetSetSpec


@dataclass(frozen=True, slots=True)
class Workload:
    """What one workload has to carry: its need, its usual replicas and its floor over time."""

    name: str
    kind: str
    need: Need
    usual: int
    timeline: Timeline

    def required_at(self, instant: datetime) -> int:
        """Return the Ready replicas that the demand of an instant takes."""
        return required_now([self.need], self.usual, instant)

    def planned_for(self, instant: datetime) -> datetime:
        """Return when the floor reaches what an instant takes."""
        required = self.required_at(instant)
        return next(step.at for step in self.timeline.steps if step.floor >= required)

    def over(self, replicas: int) -> datetime:
        """Return from when on the floor is never above so many replicas."""
        steps = self.timeline.steps
        return next(b.at for a, b in reversed(list(pairwise(steps))) if a.floor > replicas)


@dataclass(frozen=True, slots=True)
class Announced:
    """The first airing of the example's campaign."""

    campaign: str
    spec: CampaignSpec
    airing: Airing
    workloads: tuple[Workload, ...]

    @property
    def zone(self) -> ZoneInfo:
        """Where the people are who announced it."""
        return ZoneInfo(self.spec.time_zone)

    @property
    def title(self) -> str:
        """What they call it."""
        return self.spec.title or self.campaign

    @property
    def moments(self) -> tuple[datetime, ...]:
        """The instants at which the crowd grows beyond all before."""
        return tuple(at for at, _ in moments(self.airing))

    @property
    def over(self) -> datetime:
        """When the last floor has ended."""
        return max(workload.timeline.steps[-1].at for workload in self.workloads)

    def demand_at(self, instant: datetime) -> int:
        """Return the requests/s that an instant adds, rounded up."""
        return ceil(level_at(self.airing, instant) * peak_rate(self.airing))


def read(manifests: Path, after: datetime) -> Announced:
    """Read a target set and a campaign from one file; its first airing after an instant counts."""
    target_set, campaign = yaml.safe_load_all(manifests.read_text())
    spec, targets = parse_campaign(campaign), parse_target_set(target_set)
    airing = airings(spec, after, after + timedelta(days=7))[0]
    name = campaign["metadata"]["name"]
    workloads = tuple(_workload(name, targets, target, airing) for target in targets.targets)
    return Announced(name, spec, airing, workloads)


def _workload(campaign: str, targets: TargetSetSpec, target: Target, airing: Airing) -> Workload:
    need = Need(
        campaign=campaign,
        target=target,
        lead=targets.warm_up.lead,
        cool_down=targets.cool_down,
        airings=(airing,),
    )
    usual = target.usual_replicas or 0
    reference = target.scale_target_ref
    steps = timeline([need], usual, ())
    return Workload(reference.name, reference.kind, need, usual, steps)
