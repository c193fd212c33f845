"""The preview of one target."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from onair.plan.aims import SEEN_AHEAD, Aim, limits_of, needs_between
from onair.plan.explain import explain
from onair.plan.moments import moments
from onair.plan.near import Near, around
from onair.plan.needs import Need
from onair.plan.observed import TargetKey
from onair.plan.timeline import Limit, Step, Timeline, required_now, timeline
from onair.preview import results
from onair.preview.busiest import busiest
from onair.preview.demands import demand
from onair.preview.hours import replica_hours
from onair.preview.overlaps import Span, overlaps, presence, present_at
from onair.preview.usuals import Usual
from onair.preview.windows import Window


@dataclass(frozen=True)
class Outlook:
    """All that a target's floor follows from, over a window."""

    needs: tuple[Need, ...]
    usual: int
    limits: tuple[Limit, ...]
    window: Window

    @cached_property
    def timeline(self) -> Timeline:
        """The floor, as the operator plans it."""
        return timeline(self.needs, self.usual, self.limits)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The steps within the window; the one that is in force when it begins, begins with it."""
        after, before = self.window.after, self.window.before
        first = replace(self.timeline.at(after), at=after)
        inside = [step for step in self.timeline.steps if after < step.at < before]
        return (*([first] if first.required else []), *inside)

    @cached_property
    def _airings(self) -> list[Near]:
        return [Near(need.airings) for need in self.needs]

    def near(self, start: datetime, end: datetime) -> tuple[Need, ...]:
        """Return the needs with those of their airings that have demand in [start, end]."""
        pairs = zip(self.needs, self._airings, strict=True)
        found = ((need, airings.between(start, end)) for need, airings in pairs)
        return tuple(replace(need, airings=own) for need, own in found if own)


def target(
    key: TargetKey, aims: Sequence[Aim], usual: Usual, most: int, window: Window
) -> results.Target:
    """Return the preview of a target at which `aims` are directed.

    `most` is the operator's limit on every target.
    """
    needs = needs_between(aims, window.after, window.before + SEEN_AHEAD)
    limits = limits_of(aims, most)
    outlook = Outlook(needs, usual.replicas, limits, window)
    spans = presence(needs, usual.replicas)
    return results.Target(
        namespace=key.namespace,
        kind=key.kind,
        name=key.name,
        usual_replicas=usual.replicas,
        usual_known_from=usual.known_from,
        limits=tuple(_limit(each) for each in dict.fromkeys(limits)),
        peak=_peak(outlook),
        steps=tuple(_steps(outlook, spans)),
        demand=demand(needs, window),
        moments=tuple(_moments(outlook)),
        overlaps=overlaps(spans, window),
        replica_hours=replica_hours(outlook.steps, usual, window),
    )


def _limit(limit: Limit) -> results.Limit:
    return results.Limit(name=limit.name, replicas=limit.replicas)


def _steps(outlook: Outlook, spans: Mapping[str, Sequence[Span]]) -> Iterator[results.Step]:
    for step in outlook.steps:
        yield results.Step(
            at=step.at,
            floor=step.floor,
            required=step.required,
            campaigns=present_at(spans, step.at),
            limited_by=step.limited_by.name if step.limited_by else None,
        )


def _moments(outlook: Outlook) -> Iterator[results.Moment]:
    """Yield the moments within the window, in order."""
    found = sorted(
        (at, need.campaign, airing.airtime)
        for need in outlook.needs
        for airing in need.airings
        for at, _ in moments(airing)
        if outlook.window.after <= at < outlook.window.before
    )
    for at, campaign, airtime in dict.fromkeys(found):
        near = outlook.near(at, at)
        yield results.Moment(
            at=at,
            campaign=campaign,
            airtime=airtime,
            required=required_now(near, outlook.usual, at),
            floor=outlook.timeline.at(at).floor,
            why=explain(near, outlook.usual, outlook.limits, at),
        )


def _peak(outlook: Outlook) -> results.Peak | None:
    """Return the highest floor within the window and the arithmetic of the demand behind it.

    Of several stretches of time at that floor it is the one in which most is required.
    """
    highest = max(outlook.steps, key=lambda step: (step.floor, step.required), default=None)
    if highest is None or not highest.floor:
        return None
    demand_at, why = behind(outlook, highest)
    if highest.limited_by:
        why += f"; limited to {highest.floor:,} by {highest.limited_by.name}"
    begins = _begins(outlook.steps, highest)
    return results.Peak(replicas=highest.floor, from_=begins, demand_at=demand_at, why=why)


def _begins(steps: Sequence[Step], highest: Step) -> datetime:
    """Return from when on the floor is what it is in one of its steps."""
    until = steps.index(highest)
    lower = [number for number, step in enumerate(steps[:until]) if step.floor < highest.floor]
    return steps[lower[-1] + 1 if lower else 0].at


def behind(outlook: Outlook, step: Step) -> tuple[datetime, str]:
    """Return the instant whose demand a step is for, and the arithmetic before limits.

    It comes within the lead, or is over and what is left of it cools down; of demands of which
    none requires as much as the step, which add up with lead and cool-down, it is the largest to
    come.
    """
    end = outlook.timeline.next_change(step.at) or outlook.window.before
    end += max(need.lead for need in outlook.needs)
    required, at = busiest(outlook.near(step.at, end), outlook.usual, step.at, end)
    rest = "with the lead and the cool-down around it"
    if required < step.required:
        begin = step.at - max(need.cool_down.length for need in outlook.needs)
        before, earlier = busiest(outlook.near(begin, step.at), outlook.usual, begin, step.at)
        if before >= step.required:
            required, at, rest = before, earlier, "held from before, while it cools down"
    needs = tuple(replace(need, limit=None) for need in around(outlook.needs, at))
    why = explain(needs, outlook.usual, (), at)
    return at, why if required == step.required else f"{why}; {step.required:,} {rest}"
