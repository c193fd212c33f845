"""The floor of one target over time: what campaigns ask together, within its limits."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from operator import attrgetter

from onair.model.reasons import LIMITED_BY_MAX_REPLICAS
from onair.plan.ladder import together
from onair.plan.needs import Need, carrying_at, fixed_at
from onair.plan.seconds import instant_at
from onair.plan.shares import Asked, asked


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit on the total of a target: its name for a person, its reason, its replicas."""

    name: str
    reason: str
    replicas: int


@dataclass(frozen=True, slots=True)
class Step:
    """From `at` (UTC) on: the replicas required, the floor within all limits, which limit bites.

    Both numbers have lead, cool-down and ladder in them. Of several limits that bite it is the
    lowest that is named.
    """

    at: datetime
    required: int
    floor: int
    limited_by: Limit | None


@dataclass(frozen=True, slots=True)
class Timeline:
    """The steps of a floor, strictly increasing in time; before the first both numbers are 0."""

    steps: tuple[Step, ...]

    def at(self, instant: datetime) -> Step:
        """Return the step in force at an instant."""
        begun = bisect_right(self.steps, instant, key=attrgetter("at"))
        return self.steps[begun - 1] if begun else Step(instant, 0, 0, None)

    def next_change(self, instant: datetime) -> datetime | None:
        """Return when the first step after an instant begins; None after the last."""
        begun = bisect_right(self.steps, instant, key=attrgetter("at"))
        return self.steps[begun].at if begun < len(self.steps) else None


def timeline(needs: Sequence[Need], usual: int, limits: Sequence[Limit]) -> Timeline:
    """Return the floor of a target (design sections 3.4 to 3.8).

    `usual` are the replicas for the ordinary load, `limits` those on the total, in order. Every
    change is at a whole second, and never later than exactness asks.
    """
    steps: list[Step] = []
    for step in _steps(asked(needs, usual), limits):
        if not steps or replace(step, at=steps[-1].at) != steps[-1]:
            steps.append(step)
    return Timeline(tuple(steps))


def required_now(needs: Sequence[Need], usual: int, instant: datetime) -> int:
    """Return the laddered requirement of an instant, without lead, cool-down and limits.

    A demand that ends or steps at the instant counts with what it is right before, too.
    """
    return max(required_beside(needs, usual, instant, before=side) for side in (False, True))


def required_beside(needs: Sequence[Need], usual: int, instant: datetime, *, before: bool) -> int:
    """Return the requirement from an instant on, or right `before` it."""
    carried = sum((carrying_at(need, instant, before=before) for need in needs), Fraction())
    fixed = max((fixed_at(need, instant, before=before) for need in needs), default=0)
    return together(usual, carried, fixed)


def within(replicas: int, limits: Sequence[Limit]) -> tuple[int, Limit | None]:
    """Return what the limits leave of a number, and the lowest that bites."""
    bite = None
    for limit in limits:
        if limit.replicas < replicas:
            replicas, bite = limit.replicas, limit
    return replicas, bite


def own_limit(need: Need) -> Limit:
    """Return the limit on what a campaign contributes."""
    return Limit(f"maxReplicas of {need.campaign}", LIMITED_BY_MAX_REPLICAS, need.limit or 0)


def _steps(parts: Iterable[Asked], limits: Sequence[Limit]) -> Iterator[Step]:
    end = None
    for part in parts:
        if end is not None and end < part.start:
            yield Step(instant_at(end), 0, 0, None)
        floor, bite = within(part.left, limits)
        own = own_limit(part.bitten) if part.bitten else None
        yield Step(instant_at(part.start), part.asked, floor, bite or own)
        end = part.end
    if end is not None:
        yield Step(instant_at(end), 0, 0, None)
