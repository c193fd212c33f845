"""Warnings about campaigns that will not get what they need, alone or because they overlap."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from operator import itemgetter
from typing import Final

from onair.lint.context import Context, Warned, field_of
from onair.plan.aims import Aim, limits_of, needs_between
from onair.plan.demand import span
from onair.plan.needs import Need
from onair.plan.observed import TargetKey
from onair.plan.summary import airs_at
from onair.plan.timeline import Limit, Step, Timeline, own_limit
from onair.preview.overlaps import presence, present_at
from onair.preview.targets import Outlook, behind
from onair.preview.usuals import usual
from onair.preview.windows import Window
from onair.schedule.airings import Airing
from onair.schedule.zones import zone

AHEAD: Final = timedelta(days=90)
"""How far limits are looked at: a season."""

_NEVER: Final = datetime.max.replace(tzinfo=UTC)

_POINTS, _POINTS_OF_EACH, _OF_A_SHAPE = 5_000, 100, 8
"""How many points of curves are looked at, and more for each campaign; at most about 1 ms each.

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
            path = field_of(subject, shortage.key, "maxReplicas")
            yield Warned(subject, path, shortage.message)


@lru_cache(1)
def shortages(context: Context) -> Shortages:
    """Return what campaigns lack of targets within the next 90 days."""
    found, cut = list[Shortage](), dict[TargetKey, datetime]()
    left = _POINTS + _POINTS_OF_EACH * sum(1 for _ in context.campaigns())
    for done, (key, aims) in enumerate(context.by_target.items()):
        share = left // (len(context.by_target) - done)
        planned = needs_between(aims, context.now, context.now + AHEAD)
        needs, spent, until = _affordable(_ahead(planned, context.now), share)
        left -= spent
        if until:
            cut[key] = until
        found += _short(key, aims, needs, context)
    return Shortages(tuple(found), tuple(_notes(cut)))


def _notes(cut: Mapping[TargetKey, datetime]) -> Iterator[str]:
    """Yield what was not looked at, where anything was not."""
    if cut:
        key, until = min(cut.items(), key=itemgetter(1))
        yield (
            f"there are too many airings to look at the limits of {len(cut):,} target"
            f"{'' if len(cut) == 1 else 's'} {AHEAD.days} days ahead; those of {key.kind}"
            f" {key.namespace}/{key.name} are looked at until {until:%Y-%m-%d %H:%M} (UTC) only"
        )


def _ahead(needs: Sequence[Need], now: datetime) -> tuple[Need, ...]:
    """Return the needs without the airings whose cool-down is over."""
    kept = (
        (need, tuple(a for a in need.airings if span(a)[1] + need.cool_down.length > now))
        for need in needs
    )
    return tuple(replace(need, airings=own) for need, own in kept if own)


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
    window = Window(context.now, context.now + AHEAD)
    whole = Outlook(tuple(needs), known, limits_of(aims, context.most), window)
    bitten = _bitten(whole.timeline, context.now)
    if not bitten:
        return
    spans = presence(needs, known) if len({need.campaign for need in needs}) > 1 else {}
    alone = (needs[0].campaign,)
    lacks = [
        (step, present_at(spans, step.at) if spans else alone, whole)
        for step in bitten
        if not _owners(step, needs)
    ]
    for need in (need for need in needs if need.limit is not None):
        own = Outlook((need,), known, (), window) if len(needs) > 1 else whole
        steps = (step for step in _bitten(own.timeline, context.now) if _owners(step, (need,)))
        lacks += [(step, (need.campaign,), own) for step in steps]
    begins = _beginnings(needs, context.now)
    zones = {aim.campaign: zone(aim.spec.time_zone) for aim in aims}
    lacks.sort(key=lambda lack: lack[0].floor - lack[0].required)
    for step, campaigns, outlook in lacks:
        told = [each for each in campaigns if step.at >= begins.get(each, _NEVER)]
        if told and step.limited_by:
            demand_at, why = behind(outlook, step)
            for campaign in told:
                del begins[campaign]
                others = [each for each in present_at(spans, step.at) if each != campaign]
                where = zones[campaign]
                message = (
                    f"{key.kind} {key.name} needs {step.required:,} replicas on"
                    f" {airs_at(step.at, where)}, limited to {step.floor:,} by"
                    f" {step.limited_by.name}; for {airs_at(demand_at, where)}: {why}"
                ) + (f"; together with {', '.join(others)}" if others else "")
                yield Shortage(key, campaign, step.limited_by, message)


def _bitten(planned: Timeline, now: datetime) -> list[Step]:
    """Return the steps from now on in which a limit bites; the one in force begins now."""
    ahead = (step for step in planned.steps if step.at > now)
    return [step for step in (replace(planned.at(now), at=now), *ahead) if step.limited_by]


def _owners(step: Step, needs: Sequence[Need]) -> list[str]:
    """Return the campaign whose own limit is named by a step, if it is one's own."""
    return [
        need.campaign
        for need in needs
        if need.limit is not None and step.limited_by == own_limit(need)
    ]


def _beginnings(needs: Sequence[Need], now: datetime) -> dict[str, datetime]:
    """Return for each campaign from when on it is on air; what is over by now does not count."""
    found: dict[str, datetime] = {}
    for need in needs:
        left = [_begins(need, airing) for airing in need.airings if airing.latest_end > now]
        if left:
            found[need.campaign] = min(found.get(need.campaign, left[0]), *left)
    return found


def _begins(need: Need, airing: Airing) -> datetime:
    return span(airing)[0] - need.lead
