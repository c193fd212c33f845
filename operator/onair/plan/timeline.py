"""The floor of one target over time: what campaigns ask together, within its limits."""

from bisect import bisect_right
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from math import floor
from operator import attrgetter
from typing import NamedTuple

from onair.model.reasons import LIMITED_BY_MAX_REPLICAS
from onair.plan.blocks import MOST, cost
from onair.plan.changes import changes
from onair.plan.clusters import clusters
from onair.plan.ladder import together
from onair.plan.needs import Need, carrying_at, fixed_at
from onair.plan.seconds import instant_at, since_epoch
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


class Pattern(NamedTuple):
    """Steps without a date, in columns: `seconds` are whole ones since the pattern began."""

    seconds: tuple[int, ...] = ()
    required: tuple[int, ...] = ()
    floors: tuple[int, ...] = ()
    limited_by: tuple[Limit | None, ...] = ()


class Run(NamedTuple):
    """A pattern that begins in a whole second since the epoch."""

    begin: int
    pattern: Pattern

    def step(self, number: int) -> Step:
        """Return one of its steps."""
        seconds, required, floors, limited_by = self.pattern
        at = instant_at(self.begin + seconds[number])
        return Step(at, required[number], floors[number], limited_by[number])


@dataclass(frozen=True, slots=True)
class Timeline:
    """The steps of a floor, strictly increasing in time; before the first both numbers are 0.

    They are kept as runs, each over before the next begins: a pattern that comes again and again is
    there once. `coarse` says that some of it is no more than a block, never below what is needed.
    """

    runs: tuple[Run, ...]
    coarse: bool = False

    @property
    def steps(self) -> tuple[Step, ...]:
        """All steps, made at every call."""
        return tuple(
            run.step(number) for run in self.runs for number, _ in enumerate(run.pattern.seconds)
        )

    def at(self, instant: datetime) -> Step:
        """Return the step in force at an instant."""
        run, number = self._following(instant)
        if number:
            return self.runs[run].step(number - 1)
        return self.runs[run - 1].step(-1) if run else Step(instant, 0, 0, None)

    def next_change(self, instant: datetime) -> datetime | None:
        """Return when the first step after an instant begins; None after the last."""
        run, number = self._following(instant)
        return self.runs[run].step(number).at if run < len(self.runs) else None

    def _following(self, instant: datetime) -> tuple[int, int]:
        """Return the run and the number of the first step after an instant."""
        second = floor(since_epoch(instant))
        begun = bisect_right(self.runs, second, key=attrgetter("begin"))
        if begun:
            run = self.runs[begun - 1]
            number = bisect_right(run.pattern.seconds, second - run.begin)
            if number < len(run.pattern.seconds):
                return begun - 1, number
        return begun, 0


def timeline(needs: Sequence[Need], usual: int, limits: Sequence[Limit]) -> Timeline:
    """Return the floor of a target (design sections 3.4 to 3.8).

    `usual` are the replicas for the ordinary load, `limits` those on the total, in order. Every
    change is at a whole second, and never later than exactness asks. What would cost too much is
    planned as a block: the sooner it comes the better its chance to be exact.
    """
    patterns: dict[Hashable, Pattern] = {}
    runs = []
    left, coarse = MOST, False
    for cluster in clusters(needs):
        likeness = cluster.likeness()
        pattern = patterns.get(likeness)
        if pattern is None:
            own = cluster.needs(needs)
            costs = cost(own)
            over = cluster.stretch if costs > left else None
            left, coarse = left - (0 if over else costs), coarse or over is not None
            pattern = patterns[likeness] = _pattern(asked(own, usual, over), cluster.begin, limits)
        if pattern.seconds:
            runs.append(Run(cluster.begin, pattern))
    return Timeline(tuple(runs), coarse)


def required_now(needs: Sequence[Need], usual: int, instant: datetime) -> int:
    """Return the laddered requirement of an instant, without lead, cool-down and limits.

    A demand that ends or steps at the instant counts with what it is right before, too.
    """
    return max(required_beside(needs, usual, instant, before=side) for side in (False, True))


def required_beside(needs: Sequence[Need], usual: int, instant: datetime, *, before: bool) -> int:
    """Return the requirement from an instant on, or right `before` it."""
    carried = sum((carrying_at(need, usual, instant, before=before) for need in needs), Fraction())
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


def _pattern(found: Asked, begin: int, limits: Sequence[Limit]) -> Pattern:
    """Return what the limits leave of what is asked, from a whole second on."""
    seconds = tuple([second - begin for second in found.seconds])
    if found.left == found.asked and within(max(found.asked, default=0), limits)[1] is None:
        return Pattern(seconds, found.asked, found.asked, (None,) * len(seconds))
    rows = zip(seconds, *found[1:], strict=True)
    left = changes((*row[:2], *_limited(*row[2:], limits)) for row in rows)
    return Pattern(*zip(*left, strict=True))


def _limited(left: int, bitten: Need | None, limits: Sequence[Limit]) -> tuple[int, Limit | None]:
    """Return the floor, and the limit to name: one on the total before a campaign's own."""
    floor, bite = within(left, limits)
    return floor, bite or (own_limit(bitten) if bitten else None)
