"""A campaign's status, built purely from what is planned and what was last seen of its targets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from onair.model import conditions, reasons
from onair.model.status import (
    MAX_OVERLAPPING,
    CampaignStatus,
    Condition,
    TargetStatus,
    UpcomingAiring,
    UpcomingMoment,
)
from onair.plan.observing import ONLY_OBSERVES
from onair.plan.summary import airs_at, say
from onair.plan.verdicts import worst

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from onair.model.errors import InvalidManifest
    from onair.schedule.airings import Airing

REFUSALS = frozenset(
    {
        reasons.TARGET_MISSING,
        reasons.SEVERAL_HPAS,
        reasons.HPA_OWNED,
        reasons.SELECTOR_MATCHES_LEDGER,
        reasons.AT_ZERO,
        reasons.LEDGER_DAMAGED,
    }
)


@dataclass(frozen=True, slots=True)
class UpcomingView:
    """One airing from its warm-up until it has cooled down; `moments` with required replicas."""

    airing: Airing
    warm_up: datetime
    demand: tuple[datetime, datetime]
    cooled: datetime
    moments: tuple[tuple[datetime, int], ...]
    peak: int


@dataclass(frozen=True, slots=True)
class TargetView:
    """One target as the campaign's readers should see it, counts in replicas.

    `due` is the floor that must be ready now, `limited` the limit that bites now or later,
    `verdicts` those of this campaign's moments.
    """

    name: str
    kind: str
    workload: str
    reason: str
    message: str
    due: int
    ready: int
    steered_by: str | None = None
    baseline: str | None = None
    ceiling: int | None = None
    held: bool = False
    limited: tuple[str, str] | None = None
    overlapping: tuple[str, ...] = ()
    why: str | None = None
    verdicts: tuple[tuple[datetime, str], ...] = ()


@dataclass(frozen=True, slots=True)
class CampaignView:
    """A campaign with all that its status is made of.

    `later` says that more is to come, `observing` that this operator writes to no target, `unread`
    what it cannot read at present, if anything.
    """

    generation: int
    zone: ZoneInfo
    suspended: bool
    invalid: InvalidManifest | None
    upcoming: tuple[UpcomingView, ...]
    later: bool
    counts: str
    targets: tuple[TargetView, ...]
    observing: bool = False
    unread: str = ""


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
    return status | {"conditions": _conditions(view, before, now)}


def phase_of(view: CampaignView, now: datetime) -> str:
    """Return the campaign's phase: on air beats warming up beats cooling down."""
    if view.invalid or (view.targets and all(t.reason in REFUSALS for t in view.targets)):
        return "Invalid"
    if view.suspended:
        return "Suspended"
    if any(u.demand[0] <= now < u.demand[1] for u in view.upcoming):
        return "OnAir"
    if any(u.warm_up <= now < u.demand[0] for u in view.upcoming):
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


def _conditions(
    view: CampaignView, before: Mapping[str, Any], now: datetime
) -> list[dict[str, Any]]:
    wanted = [_valid(view), _ready(view), _restored(view), _feasible(view), _stopped(view)]
    said: list[dict[str, Any]] = list(before.get("conditions") or ())
    for kind in (conditions.FEASIBLE, conditions.STOPPED):
        if not any(condition and condition.type == kind for condition in wanted):
            said = conditions.drop_condition(said, kind)
    for condition in filter(None, wanted):
        said = conditions.set_condition(said, condition, now)
    return said


def _condition(view: CampaignView, kind: str, *said: str) -> Condition:
    return conditions.condition(view.generation, kind, *said)


def _valid(view: CampaignView) -> Condition:
    if view.invalid:
        return _condition(
            view, conditions.VALID, "False", view.invalid.reason, view.invalid.message
        )
    for target in view.targets:
        if target.reason in REFUSALS:
            return _condition(view, conditions.VALID, "False", target.reason, _about(target))
    return _condition(view, conditions.VALID, "True", reasons.ACCEPTED, view.counts)


def _ready(view: CampaignView) -> Condition:
    if view.unread:
        message = f"{view.unread}; what is known of the targets may be old"
        return _condition(view, conditions.READY, "Unknown", reasons.CANNOT_READ, message)
    due = [target for target in view.targets if target.due]
    if not due:
        return _condition(
            view, conditions.READY, "True", reasons.NOTHING_DUE, "no floor is due now"
        )
    for target in due:
        if target.ready < target.due or target.reason == reasons.LEDGER_DAMAGED:
            kept = target.reason in REFUSALS or target.reason in {
                reasons.BLOCKED,
                reasons.REVERTED,
                reasons.STOPPED_BY_OWNER,
                reasons.OBSERVING,
            }
            reason = target.reason if kept else reasons.FLOOR_UNMET
            counts = f"{target.name}: {target.ready} of {target.due} ready"
            message = f"{counts}; {target.message}" if target.message else counts
            return _condition(view, conditions.READY, "False", reason, message)
    met = "every floor that is due is met"
    if view.observing:
        raised = any(target.held for target in due)
        whose = "what an operator in mode enforce raised" if raised else "what the owners set"
        met += f" by {whose}; {ONLY_OBSERVES}"
    return _condition(view, conditions.READY, "True", reasons.FLOOR_MET, met)


def _restored(view: CampaignView) -> Condition:
    for target in view.targets:
        if target.held:
            reason = target.reason if target.reason not in REFUSALS else reasons.HOLDING
            message = f"{target.name}: {target.baseline} is kept for its owner"
            message += f"; {target.message}" if target.message else ""
            return _condition(view, conditions.RESTORED, "False", reason, message)
    for target in view.targets:
        if target.reason == reasons.LEDGER_DAMAGED:  # nobody knows what its owner had
            return _condition(
                view, conditions.RESTORED, "Unknown", reasons.LEDGER_DAMAGED, _about(target)
            )
    if view.unread:
        return _condition(view, conditions.RESTORED, "Unknown", reasons.CANNOT_READ, view.unread)
    return _condition(
        view, conditions.RESTORED, "True", reasons.RESTORED, "every number is its owner's"
    )


def _feasible(view: CampaignView) -> Condition | None:
    for target in view.targets:
        if target.limited:
            reason, message = target.limited
            message = f"{target.name}: {message}"
            return _condition(view, conditions.FEASIBLE, "False", reason, message)
    return None


def _stopped(view: CampaignView) -> Condition | None:
    for target in view.targets:
        if target.reason == reasons.STOPPED_BY_OWNER:
            return _condition(
                view, conditions.STOPPED, "True", reasons.STOPPED_BY_OWNER, _about(target)
            )
    return None


def _about(target: TargetView) -> str:
    return f"{target.name} ({target.kind} {target.workload}): {target.message}"
