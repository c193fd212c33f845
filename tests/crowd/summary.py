"""The figures of a run, and of the same arm over all pairs."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, inf
from statistics import median
from typing import TYPE_CHECKING

from tests.crowd.answers import REFUSED, TIMEOUT, failures, percentile

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.crowd.measure import Run

FULL = "503"
FULLY_BUSY, TOO_LONG = 90.0, 12
"""Percent of the machine from which a second says more about the machine than about its arm, and
how many such seconds (a twentieth of a run) make the whole run say so."""


@dataclass(frozen=True, slots=True)
class Summary:
    """Latencies in ms, of what was served; pods that are Ready; cost in seconds of any pod.

    `failed_by_end` are those of the failed that were sent before the end of the broadcast, and
    `busy_seconds` the seconds in which next to nothing of the machine was left.
    """

    requests: int
    failed: int
    failed_by_end: int
    full: int
    timeout: int
    refused: int
    error: int
    p50: float
    p95: float
    p99: float
    mean_ready: float
    peak_ready: float
    pod_seconds: float
    busy: float
    busy_seconds: int
    lag_p99: float

    @property
    def failed_percent(self) -> float:
        """How many of the requests failed."""
        return 100 * self.failed / self.requests

    @property
    def too_busy(self) -> bool:
        """Tell whether the machine itself may have decided what came out."""
        return self.busy_seconds > TOO_LONG


def summarize(run: Run) -> Summary:
    """Return the figures of a run; pods are counted from the beginning to the episode's length."""
    failed = failures(run.answers)
    named = {outcome: failed.get(outcome, 0) for outcome in (FULL, TIMEOUT, REFUSED)}
    served = [1000 * answer.latency for answer in run.answers if not answer.failed]
    ready, busy = run.steps["ready"], run.steps["busy"]
    length, end = run.episode.length, run.episode.end
    return Summary(
        requests=len(run.answers),
        failed=failed.total(),
        failed_by_end=sum(answer.failed and answer.planned < end for answer in run.answers),
        full=named[FULL],
        timeout=named[TIMEOUT],
        refused=named[REFUSED],
        error=failed.total() - sum(named.values()),
        p50=percentile(served, 50),
        p95=percentile(served, 95),
        p99=percentile(served, 99),
        mean_ready=ready.mean(0, length),
        peak_ready=ready.peak(0, length),
        pod_seconds=run.steps["pods"].integral(0, length),
        busy=busy.mean(0, length),
        busy_seconds=sum(busy.at(second) >= FULLY_BUSY for second in range(floor(length))),
        lag_p99=percentile([1000 * answer.lag for answer in run.answers], 99),
    )


Summaries = dict[str, list[Summary]]
"""Of each arm, in the order of the pairs."""


def complete(summaries: Summaries) -> Summaries:
    """Return the pairs that every arm has lived through."""
    pairs = min(len(of_arm) for of_arm in summaries.values())
    return {arm: of_arm[:pairs] for arm, of_arm in summaries.items()}


@dataclass(frozen=True, slots=True)
class Spread:
    """A figure over all pairs."""

    median: float
    least: float
    most: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread:
        """Take one value of each pair."""
        return cls(median(values), min(values), max(values))


def ratios(
    ours: Sequence[Summary], theirs: Sequence[Summary], figure: Callable[[Summary], float]
) -> Spread:
    """Return a figure of ours divided by theirs, pair by pair; infinite where theirs is 0."""
    pairs = ((figure(one), figure(other)) for one, other in zip(ours, theirs, strict=True))
    return Spread.of([one / other if other else inf for one, other in pairs])
