"""A campaign's status, built purely from what is planned and what was last seen of its targets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from onair.model.status import (
    MAX_OVERLAPPING,
    CampaignStatus,
    TargetStatus,
    UpcomingAiring,
    UpcomingMoment,
)
from onair.plan.summary import airs_at, say
from onair.plan.told import conditions_of
from onair.plan.verdicts import worst
from onair.plan.views import REFUSALS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from onair.plan.views import CampaignView, TargetView, UpcomingView


def build(view: CampaignView, before: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """Return the status as the API server takes it; `before` is the one that it has."""
    phase = phase_of(view, now)
    due = sum(target.due for target in view.targets)
    ready = sum(min(target.ready, target.due) for target in view.targets)
    following = next((u for u in view.upcoming if u.cooled > now), None)
    status = CampaignStatus(
        observed_generation=view.generation,
        phase=phase,
        summary=say(view, phase, now),
        next=airs_at(following.airing.start, view.zone) if following else "-",
        peak=str(following.peak) if following else "-",
        ready=f"{ready}/{due}" if due else "-",
        upcoming=tuple(_upcoming(u, view.targets, before) for u in view.upcoming),
        targets=tuple(_target(target) for target in view.targets),
    ).manifest()
    return status | {"conditions": conditions_of(view, before, now)}


def phase_of(view: CampaignView, now: datetime) -> str:
    """Return the campaign's phase: on air beats warming up beats cooling down."""
    if view.invalid or (view.targets and all(t.reason in REFUSALS for t in view.targets)):
        return "Invalid"
    if view.suspended:
        return "Suspended"
    if any(u.demand[0] <= now < u.demand[1] for u in view.upcoming):
        return "OnAir"
    if any(u.warm_up - view.ahead <= now < u.demand[0] for u in view.upcoming):
        return "WarmingUp"
    cooling = any(u.demand[1] <= now < u.cooled for u in view.upcoming)
    if cooling or any(target.held for target in view.targets):
        return "CoolingDown"
    to_come = view.later or any(now < u.cooled for u in view.upcoming)
    return "Scheduled" if to_come else "Ended"


def _upcoming(
    view: UpcomingView, targets: Sequence[TargetView], before: Mapping[str, Any]
) -> UpcomingAiring:
    said = _verdicts_before(before)
    moments = []
    for at, required in view.moments:
        own = [verdict for t in targets for moment, verdict in t.verdicts if moment == at]
        old = said.get(at.strftime("%Y-%m-%dT%H:%M:%SZ"))
        verdict = worst([*own, *([old] if old else [])])
        moments.append(UpcomingMoment(at=at, required=required, verdict=verdict))
    return UpcomingAiring(
        airtime=view.airing.airtime,
        warm_up=view.warm_up,
        start=view.airing.start,
        end=view.airing.end,
        moments=tuple(moments),
        peak_replicas=view.peak,
    )


def _verdicts_before(before: Mapping[str, Any]) -> dict[str, str]:
    """Return the verdicts that the status has already: a restart does not forget them."""
    return {
        moment["at"]: moment["verdict"]
        for airing in before.get("upcoming") or ()
        for moment in airing.get("moments") or ()
        if moment.get("verdict")
    }


def _target(view: TargetView) -> TargetStatus:
    return TargetStatus(
        name=view.name,
        kind=view.kind,
        workload=view.workload,
        steered_by=view.steered_by,
        baseline=view.baseline,
        floor=view.due,
        ceiling=view.ceiling,
        ready=view.ready,
        overlapping=view.overlapping[:MAX_OVERLAPPING],
        why=view.why,
    )
