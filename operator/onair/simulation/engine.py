"""A target under a load with its HPA, from event to event: between two of them nothing changes.

Events are the looks of the HPA, replicas that get a node or Ready, and changes of the HPA's limits.
Loads are integrated exactly over the steps of a trace, which are no events.
"""

from __future__ import annotations

from math import ceil, inf
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from onair.simulation.course import Course, Steps
from onair.simulation.hpa.controller import Controller
from onair.simulation.hpa.proposals import Seen
from onair.simulation.pods import Pods

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onair.simulation.offered import Offered
    from onair.simulation.settings import Settings

_LOOKS: Final = 256
"""Of the HPA, that are passed over at once."""


class Bounds(NamedTuple):
    """The HPA's minReplicas and maxReplicas."""

    minimum: int
    maximum: int

    def clamp(self, replicas: int) -> int:
        """Return what they leave of a number of replicas."""
        return max(self.minimum, min(replicas, self.maximum))


class Steering(Protocol):
    """Who sets the HPA's limits."""

    def look(self, now: float, replicas: int) -> tuple[Bounds, float]:
        """Return the limits from `now` on, and when to ask again at the latest, in seconds.

        It is asked at 0 s with what the HPA would want, and whenever the replicas change.
        """


def play(offered: Offered, settings: Settings, steering: Steering) -> Course:
    """Return what comes of a load; all delays of the settings are in seconds of its trace.

    It begins with what the HPA would want for the first rate, all Ready.
    """
    return _Run(offered, settings, steering).play()


class _Run:
    def __init__(self, offered: Offered, settings: Settings, steering: Steering) -> None:
        hpa = settings.hpa
        self._offered, self._settings, self._steering = offered, settings, steering
        self._controller = Controller(hpa)
        self._means = offered.means(hpa.metric, hpa.sync)
        wanted = Bounds(hpa.minimum, hpa.maximum).clamp(ceil(offered.rates[0] / hpa.target))
        self._bounds, self._due = steering.look(0, wanted)
        self._replicas = self._bounds.clamp(wanted)
        self._pods = Pods(settings, self._replicas)
        self._floor = Steps()
        self._floor.put(0, self._bounds.minimum)
        self._calm = False

    def play(self) -> Course:
        pods, period, syncs, end = self._pods, self._settings.hpa.sync, 0, self._offered.end
        while (now := min(syncs * period, pods.next(), self._due)) < end:
            if now >= pods.next():
                pods.advance(now)
            if now >= self._due:
                self._steer(now)
            if now == syncs * period:
                skipped = self._skip(syncs)
                if skipped == syncs:
                    self._look(now)
                    skipped += 1
                syncs = skipped
        return Course(pods.placed, pods.ready, self._floor)

    def _steer(self, now: float) -> None:
        """Ask for the limits; the HPA looks at once where they have changed."""
        bounds, self._due = self._steering.look(now, self._replicas)
        if bounds != self._bounds:
            self._bounds = bounds
            self._floor.put(now, bounds.minimum)
            self._look(now)

    def _look(self, now: float) -> None:
        """Let the HPA look and do what it wants."""
        wanted = self._controller.desired(now, self._seen(now))
        recommended = self._controller.wanted
        self._calm = wanted == self._replicas and recommended is not None and recommended <= wanted
        if wanted != self._replicas:
            self._pods.scale(now, wanted - self._replicas)
            self._replicas = wanted
            self._steer(now)

    def _seen(self, now: float) -> Seen:
        measured = self._pods.measured(now)
        return Seen(
            self._replicas, *self._bounds, measured, self._replicas - measured, self._load(now)
        )

    def _load(self, now: float) -> float:
        """Return the load that the HPA sees at an instant: of each replica on CPU, else of all."""
        metric, offered = self._settings.hpa.metric, self._offered
        after, before = metric.seen(now)
        if metric.kind == "rate":
            return offered.within(after, before, inf) / metric.window
        capacity, used = self._settings.capacity, 0.0
        for begin, end, ready in self._pods.ready.between(after, before):
            used += offered.within(begin, end, ready * capacity) / ready
        return used / metric.window

    def _skip(self, look: int) -> int:
        """Return the next look of the HPA from this one on that may change anything.

        In a calm a look can only recommend the replicas that there are, or fewer: nothing above
        them has been recommended lately. Fewer come of it once the largest of the recent
        recommendations is below them. What is skipped is noted as far as it will matter.
        """
        hpa = self._settings.hpa
        seen, _ = hpa.metric.seen(look * hpa.sync)
        if not self._calm or self._pods.settled > seen:
            return look
        stop = self._stop(look, ceil(min(self._due, self._offered.end) / hpa.sync))
        if stop > look:
            self._note(max(look, stop - ceil(hpa.remembers / hpa.sync)), stop)
        return stop

    def _note(self, look: int, stop: int) -> None:
        """Note what looks of a calm recommend, from one to before another."""
        hpa, replicas = self._settings.hpa, self._replicas
        loads: Sequence[float] = self._means[look:stop]
        if self._is_full(look, stop):
            loads = [self._load(each * hpa.sync) for each in range(look, stop)]
        elif hpa.metric.kind == "cpu":
            loads = [load / replicas for load in loads]
        for number, load in enumerate(loads, look):
            seen = Seen(replicas, *self._bounds, replicas, 0, load)
            self._controller.recommend(number * hpa.sync, seen)

    def _stop(self, look: int, until: int) -> int:
        """Return the first look from one on, before another, that may change anything in a calm."""
        hpa, replicas, means = self._settings.hpa, self._replicas, self._means
        low, high = self._controller.band(replicas)
        if hpa.metric.kind == "cpu":
            low, high = low * replicas, high * replicas
        holding = ceil(hpa.holds / hpa.sync) - 1
        kept = until if replicas == self._bounds.minimum else 0
        kept = max(kept, ceil(max(0.0, self._controller.held_until(replicas)) / hpa.sync))
        while look < until:
            some = means[look : min(max(look + 1, kept), look + _LOOKS, until)]
            largest = max(some)
            if largest >= high:
                return look + next(number for number, mean in enumerate(some) if mean >= high)
            if largest < low and look >= kept:
                return look
            if largest < low or kept >= until:
                look += len(some)
                continue
            look += max(number for number, mean in enumerate(some) if mean >= low)
            if self._is_full(look, look + 1):
                return look
            look += 1
            kept = max(kept, look + holding)
        return look

    def _is_full(self, look: int, stop: int) -> bool:
        """Tell whether replicas may be full in what the looks from one to before another see.

        Then less than their means is seen.
        """
        hpa = self._settings.hpa
        if hpa.metric.kind == "rate":
            return False
        after, _ = hpa.metric.seen(look * hpa.sync)
        _, before = hpa.metric.seen((stop - 1) * hpa.sync)
        return self._offered.highest(after, before) > self._replicas * self._settings.capacity
