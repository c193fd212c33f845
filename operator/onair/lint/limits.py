"""Warnings about campaigns that will not get what they need, alone or because they overlap."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final

from onair.lint.context import Context, Warned
from onair.lint.subjects import Subject
from onair.model.campaigns import CampaignSpec
from onair.plan.aims import Aim, limits_of, needs_between
from onair.plan.demand import span
from onair.plan.needs import Need
from onair.plan.observed import TargetKey
from onair.plan.summary import airs_at
from onair.plan.timeline import Limit, Step, own_limit, timeline
from onair.preview.overlaps import presence, present_at
from onair.preview.usuals import usual
from onair.schedule.airings import Airing
from onair.schedule.zones import zone

AHEAD: Final = timedelta(days=90)
"""How far limits are looked at: a season."""

_POINTS, _POINTS_OF_EACH, _OF_A_SHAPE = 30_000, 100, 8
"""How many points of curves are looked at, and more for each campaign; about 0.1 ms each.

An airing of one of OnAir's shapes counts as eight.
"""


@dataclass(frozen=True, slots=True)
class Shortage:
    """A campaign that gets less than it needs of a target, where it lacks most."""

    key: TargetKey
    campaign: str
    limit: Limit
    message: str


@dataclass(frozen=True, slots=True)
class Shortages:
    """Those that were found; `notes` say what was not looked at."""

    found: tuple[Shortage, ...]
    notes: tuple[str, ...]


def limited(context: Context, reason: str) -> Iterator[Warned]:
    """Warn of campaigns that a limit of this reason keeps down."""
    subjects = {subject.named.campaign: subject for subject, _ in context.campaigns()}
    for shortage in shortages(context).found:
        subject = subjects.get(shortage.campaign)
        if subject and shortage.limit.reason == reason:
            yield Warned(subject, _field(subject, shortage.key), shortage.message)


@lru_cache(1)
def shortages(context: Context) -> Shortages:
    """Return what campaigns lack of targets within the next 90 days."""
    found, notes = list[Shortage](), list[str]()
    left = _POINTS + _POINTS_OF_EACH * sum(1 for _ in context.campaigns())
    for done, (key, aims) in enumerate(context.by_target.items()):
        share = left // (len(context.by_target) - done)
        needs = needs_between(aims, context.now, context.now + AHEAD)
        needs, spent, until = _affordable(needs, share)
        left -= spent
        if until:
            notes.append(
                f"the limits of {key.kind} {key.namespace}/{key.name} are looked at until"
                f" {until:%Y-%m-%d} only: the airings after it are too many"
            )
        found += _short(key, aims, needs, context)
    return Shortages(tuple(found), tuple(notes))


def _affordable(
    needs: Sequence[Need], points: int
) -> tuple[tuple[Need, ...], int, datetime | None]:
    """Return the needs with the airings that so many points allow, what they cost, what is cut.

    The last is None where nothing is, else the start of the first airing that is left out.
    """
    spent, until = 0, None
    for airing in sorted((a for need in needs for a in need.airings), key=lambda a: a.start):
        cost = len(airing.load.points) if airing.load.points else _OF_A_SHAPE
        if spent + cost > points:
            until = airing.start
            break
        spent += cost
    if until is None:
        return tuple(needs), spent, None
    kept = ((n, tuple(a for a in n.airings if a.start < until)) for n in needs)
    return tuple(replace(need, airings=own) for need, own in kept if own), spent, until


def _short(
    key: TargetKey, aims: Sequence[Aim], needs: Sequence[Need], context: Context
) -> Iterator[Shortage]:
    """Yield for each campaign where it lacks most of a target."""
    known = usual(key, aims, context.usual(key)).replicas
    planned = timeline(needs, known, limits_of(aims, context.most))
    now = replace(planned.at(context.now), at=context.now)
    ahead = (step for step in planned.steps if step.at > context.now)
    bitten = [step for step in (now, *ahead) if step.limited_by]
    if not bitten:
        return
    spans = presence(needs, known)
    begins = _beginnings(needs, context.now)
    zones = {aim.campaign: zone(aim.spec.time_zone) for aim in aims}
    waiting = set(begins)
    for step in sorted(bitten, key=lambda step: step.floor - step.required):
        if not waiting:
            return
        together = present_at(spans, step.at)
        for campaign in sorted(waiting.intersection(_kept_down(step, together, needs))):
            if step.at >= begins[campaign] and step.limited_by:
                waiting.remove(campaign)
                others = ", ".join(each for each in together if each != campaign)
                message = (
                    f"{key.kind} {key.name} needs {step.required:,} replicas on"
                    f" {airs_at(step.at, zones[campaign])}, limited to {step.floor:,} by"
                    f" {step.limited_by.name}" + (f"; together with {others}" if others else "")
                )
                yield Shortage(key, campaign, step.limited_by, message)


def _kept_down(step: Step, together: Sequence[str], needs: Sequence[Need]) -> Sequence[str]:
    """Return whom the limit of a step keeps down: everybody, or the campaign whose own it is."""
    owners = [need.campaign for need in needs if step.limited_by == own_limit(need)]
    return owners[:1] or together


def _beginnings(needs: Sequence[Need], now: datetime) -> dict[str, datetime]:
    """Return for each campaign from when on it is on air; what is over by now does not count."""
    found: dict[str, datetime] = {}
    for need in needs:
        left = [_begins(need, airing) for airing in need.airings if airing.latest_end > now]
        if left:
            found[need.campaign] = min([*left, *([found[need.campaign]] if need.campaign in found else [])])
    return found


def _begins(need: Need, airing: Airing) -> datetime:
    return span(airing)[0] - need.lead


def _field(subject: Subject, key: TargetKey) -> str:
    """Return the field of a campaign that names a target."""
    spec = subject.spec
    if isinstance(spec, CampaignSpec):
        for n, target in enumerate(spec.targets or ()):
            workload = target.scale_target_ref
            if (workload.kind, workload.name) == (key.kind, key.name):
                return f"spec.targets[{n}].maxReplicas"
    return "spec.targetSets"
