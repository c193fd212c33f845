"""From the course of an arm to its figures."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from onair.simulation.figures import Figures, Worst
from onair.simulation.required import MINUTE, Required

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onair.simulation.course import Course, Steps
    from onair.simulation.offered import Offered

HOUR: Final = 3600


@dataclass(slots=True)
class _Sums:
    """Seconds, weighted as in SPEC's metrics, and the requests lost of each minute."""

    theta_u: float = 0.0
    theta_o: float = 0.0
    tau_u: float = 0.0
    tau_o: float = 0.0
    lost: dict[int, float] = field(default_factory=lambda: defaultdict(float))


class Judge:
    """Judges arms under one load; seconds are of its trace, which is played at a speed."""

    def __init__(self, offered: Offered, capacity: float, speed: float) -> None:
        """Work out what the load requires of replicas of a capacity in requests/s."""
        self._offered, self._capacity, self._speed = offered, capacity, speed
        self._required = Required(offered, capacity)

    def figures(self, course: Course, after: float, before: float) -> Figures:
        """Return the figures of an arm from one instant to a later one."""
        length = before - after
        sums = _Sums()
        for begin, end, ready in course.ready.between(after, before):
            self._add(sums, begin, end, ready)
        lost = sum(sums.lost.values())
        pods = [(end - begin, each) for begin, end, each in course.pods.between(after, before)]
        paid = sum(span * each for span, each in pods)
        return Figures(
            requests=(self._offered.until(before) - self._offered.until(after)) / self._speed,
            lost=lost / self._speed,
            worst=self._worst(sums.lost),
            theta_u=100 * sums.theta_u / length,
            theta_o=100 * sums.theta_o / length,
            tau_u=100 * sums.tau_u / length,
            tau_o=100 * sums.tau_o / length,
            instability=self._instability(course.ready, after, before),
            jitter=self._jitter(course.ready, after, before) * self._speed * MINUTE / length,
            mean_pods=paid / length,
            peak_pods=max(each for _, each in pods),
            pod_hours=paid / HOUR / self._speed,
        )

    def _add(self, sums: _Sums, begin: float, end: float, ready: int) -> None:
        """Add a stretch of time with so many Ready replicas: its whole steps, then what is left."""
        step, required = self._offered.step, self._required
        first, last = int(-(-begin // step)), int(end // step)
        if first >= last:
            self._add_parts(sums, begin, end, ready)
            return
        some = required.replicas[first:last]
        if max(some) > ready:
            self._add_parts(sums, begin, end, ready)
            return
        if enough := last - first - some.count(ready):
            sums.tau_o += enough * step
            inverses = required.inverses[last] - required.inverses[first]
            sums.theta_o += (ready * inverses - (last - first)) * step
        self._add_parts(sums, begin, first * step, ready)
        self._add_parts(sums, last * step, end, ready)

    def _add_parts(self, sums: _Sums, begin: float, end: float, ready: int) -> None:
        """Add a stretch of time step by step, and minute by minute where anything is lost."""
        step = self._offered.step
        while begin < end:
            number = int(begin // step)
            until = min((number + 1) * step, end)
            need, span = self._required.replicas[number], until - begin
            if need > ready:
                sums.tau_u += span
                sums.theta_u += span * (need - ready) / need
                lost = self._offered.rates[number] - ready * self._capacity
                for minute, part in _minutes(begin, until):
                    sums.lost[minute] += lost * part
            elif need < ready:
                sums.tau_o += span
                sums.theta_o += span * (ready - need) / need
            begin = until

    def _worst(self, lost: dict[int, float]) -> Worst | None:
        """Return the minute with the largest share of requests lost, the first of several."""
        shares = [(-each / self._of(minute), minute) for minute, each in lost.items()]
        share, minute = min(shares, default=(0.0, 0))
        return Worst(minute * MINUTE, -share) if share else None

    def _of(self, minute: int) -> float:
        begin = minute * MINUTE
        return self._offered.until(begin + MINUTE) - self._offered.until(begin)

    def _instability(self, ready: Steps, after: float, before: float) -> float:
        """Return the percentage of whole minutes in which s and d move differently."""
        first, last = int(-(-after // MINUTE)), int(before // MINUTE)
        if first >= last:
            return 0.0
        need, moved = self._required.minutes, self._required.moved
        differ = moved[last] - moved[first]
        times = ready.times
        begin, end = bisect_right(times, first * MINUTE), bisect_right(times, last * MINUTE)
        for minute in {int(-(-at // MINUTE)) - 1 for at in times[begin:end]}:
            change = ready.at((minute + 1) * MINUTE) - ready.at(minute * MINUTE)
            wanted = need[minute + 1] - need[minute]
            differ += (_sign(change) != _sign(wanted)) - (wanted != 0)
        return 100 * differ / (last - first)

    def _jitter(self, ready: Steps, after: float, before: float) -> int:
        """Return how often s changes between two instants, less how often d does."""
        step, changes = self._offered.step, self._required.changes
        wanted = changes[int(-(-before // step)) - 1] - changes[int(after // step)]
        return bisect_left(ready.times, before) - bisect_right(ready.times, after) - wanted


def _minutes(begin: float, end: float) -> Iterator[tuple[int, float]]:
    """Yield the minutes of a stretch of time, and how many seconds of each."""
    while begin < end:
        minute = int(begin // MINUTE)
        until = min((minute + 1) * MINUTE, end)
        yield minute, until - begin
        begin = until


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)
