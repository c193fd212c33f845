"""The floor that OnAir plans, kept by rules of the operator: usual load, limits, giving back."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from math import inf
from typing import TYPE_CHECKING, Final, NamedTuple

from onair.plan.clusters import clusters
from onair.plan.demand import span
from onair.plan.observed import Limits, TargetKey
from onair.plan.release import USUAL_KEPT
from onair.plan.timeline import timeline
from onair.plan.wanted import CAPTURE_AHEAD, wanted_limits
from onair.simulation.course import Cut
from onair.simulation.engine import Bounds, play
from onair.usual import History

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from onair.plan.clusters import Cluster
    from onair.plan.timeline import Limit, Pattern
    from onair.simulation.arms.stage import Stage
    from onair.simulation.course import Course

_KEY: Final = TargetKey("", "", "")
"""Of the one target that there is."""

_AHEAD: Final = CAPTURE_AHEAD.total_seconds()
_KEPT: Final = USUAL_KEPT.total_seconds()


def planned(stage: Stage) -> Course:
    """Raise the HPA's limits as the operator does."""
    holds = Holds(stage)
    return replace(play(stage.offered, stage.settings, holds), cuts=tuple(holds.cuts))


class _Raise(NamedTuple):
    """A step of a plan: from `at` (seconds) on what is required, and within which limit."""

    at: float
    required: int
    floor: int
    limit: Limit | None


@dataclass(slots=True)
class _Entry:
    """What the ledger says: the usual load, the ceiling so far, since when all is given back."""

    usual: int
    ceiling: int = 0
    settled: float | None = None


def _raises(pattern: Pattern) -> Iterator[_Raise]:
    return map(_Raise, pattern.seconds, pattern.required, pattern.floors, pattern.limited_by)


class Holds:
    """The operator on one target, hold after hold; its calendar is the trace's.

    Attributes:
        cuts: where a limit kept a floor that was in force below what was required.
    """

    def __init__(self, stage: Stage) -> None:
        """Plan the campaigns of a stage."""
        self._stage = stage
        self._owner = Limits(*stage.bounds)
        self._clusters = deque(clusters(stage.needs))
        self.cuts: list[Cut] = []
        self._known: dict[Hashable, list[_Raise]] = {}
        self._history = History()
        self._entry: _Entry | None = None
        self._steps: deque[_Raise] = deque()
        self._mosts: list[tuple[float, float, int]] = []
        self._floor = 0

    def look(self, now: float, replicas: int) -> tuple[Bounds, float]:
        """Return the limits from `now` on, and when to ask again at the latest."""
        instant = self._stage.instant(now)
        if self._entry is None:
            self._history.note(_KEY, instant, replicas)
        due = self._capture(now, replicas)
        while self._steps and self._steps[0].at <= now:
            _, required, self._floor, limit = self._steps.popleft()
            if limit:
                self.cuts.append(Cut(now, required, self._floor, limit.name))
        bounds = self._limits(now, replicas)
        if self._entry is not None:
            self._history.hold(_KEY, instant, self._entry.usual)
            due = min(due, self._forget(now, replicas, self._entry))
        return bounds, min(due, self._steps[0].at if self._steps else inf)

    def _capture(self, now: float, replicas: int) -> float:
        """Take the clusters of airings whose first raise is near; return when the next one is.

        The usual load is what is declared; while a hold is remembered, its own; else the most
        replicas of the last hour (onair.plans.usual_of).
        """
        while self._clusters:
            cluster = self._clusters[0]
            begin = cluster.begin - self._stage.epoch
            if now < begin - _AHEAD:
                return begin - _AHEAD
            usual = self._usual(replicas)
            steps = [step._replace(at=begin + step.at) for step in self._planned(cluster, usual)]
            raised = next((step.at for step in steps if step.floor), inf)
            if now < raised - _AHEAD < inf:
                return raised - _AHEAD
            self._clusters.popleft()
            if raised < inf and now < steps[-1].at:
                self._entry = self._entry or _Entry(usual)
                self._steps.extend(steps)
                self._mosts = [each for each in self._mosts if each[1] >= now]
                self._mosts += self._most(cluster)
        return inf

    def _usual(self, replicas: int) -> int:
        if self._stage.declared is not None:
            return self._stage.declared
        kept = self._history.kept(_KEY)
        if kept is not None:
            return kept
        return max(self._history.most(_KEY), replicas, self._owner.minimum)

    def _planned(self, cluster: Cluster, usual: int) -> list[_Raise]:
        """Return the floors of a cluster, from seconds since the cluster's begin on."""
        key = cluster.likeness(), usual
        if key not in self._known:
            plan = timeline(cluster.needs(self._stage.needs), usual, self._stage.limits)
            self._known[key] = [
                step._replace(at=run.begin - cluster.begin + step.at)
                for run in plan.runs
                for step in _raises(run.pattern)
            ]
        return self._known[key]

    def _most(self, cluster: Cluster) -> Iterator[tuple[float, float, int]]:
        """Yield from when until when an airing is under way, and its target's maxReplicas."""
        for need in cluster.needs(self._stage.needs):
            for airing in need.airings:
                begins, ends = span(airing)
                begin = self._stage.seconds(begins - need.lead) - _AHEAD
                end = self._stage.seconds(ends + need.cool_down.length)
                yield begin, end, need.target.max_replicas

    def _limits(self, now: float, replicas: int) -> Bounds:
        """Return what to set for the floor in force (onair.plan.wanted, onair.plan.release)."""
        entry, owner = self._entry, self._stage.bounds
        if entry is None:
            return owner
        if self._floor:
            under_way = (most for begin, end, most in self._mosts if begin <= now <= end)
            most = min((self._stage.largest, *under_way))
            wanted = wanted_limits(self._owner, self._floor, most, entry.ceiling)
            entry.ceiling, entry.settled = wanted.maximum or 0, None
            return Bounds(wanted.minimum, entry.ceiling)
        if replicas > owner.maximum and entry.settled is None:
            return Bounds(owner.minimum, max(owner.maximum, entry.ceiling))
        if entry.settled is None and entry.ceiling:
            entry.ceiling, entry.settled = 0, now
        return owner

    def _forget(self, now: float, replicas: int, entry: _Entry) -> float:
        """Forget a hold that is over once its replicas are gone or an hour old.

        Returns when to look again at the latest.
        """
        if entry.settled is None or self._steps:
            return inf
        gone = replicas <= max(entry.usual, self._owner.minimum)
        if not gone and now < entry.settled + _KEPT:
            return entry.settled + _KEPT
        self._entry = None
        self._history.note(_KEY, self._stage.instant(now), replicas)
        return inf
