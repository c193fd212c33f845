"""The figures of a run, and of the same arm over all pairs."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from statistics import median
from typing import TYPE_CHECKING

from tests.crowd.answers import REFUSED, TIMEOUT, failures, percentile

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.crowd.measure import Run

FULL = "503"
TOO_BUSY = 90.0
"""Percent of the machine from which a run says more about the machine than about its arm."""


@dataclass(frozen=True, slots=True)
class Summary:
    """Latencies in ms, of what was served; pods that are Ready; cost in seconds of any pod."""

    requests: int
    failed: int
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
    lag_p99: float

    @property
    def failed_percent(self) -> float:
        """How many of the requests failed."""
        return 100 * self.failed / self.requests


def summarize(run: Run) -> Summary:
    """Return the figures of a run; pods are counted from the beginning to the episode's length."""
    failed = failures(run.answers)
    named = {outcome: failed.get(outcome, 0) for outcome in (FULL, TIMEOUT, REFUSED)}
    served = [1000 * answer.latency for answer in run.answers if not answer.failed]
    ready, length = run.steps["ready"], run.episode.length
    return Summary(
        requests=len(run.answers),
        failed=failed.total(),
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
        busy=run.steps["busy"].mean(0, length),
        lag_p99=percentile([1000 * answer.lag for answer in run.answers], 99),
    )


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
