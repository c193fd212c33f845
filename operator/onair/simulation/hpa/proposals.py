"""From a metric to the replicas that it asks for, before any limit on the change."""

from math import ceil, floor
from typing import Final, NamedTuple

from onair.simulation.hpa.rules import Tolerance

_NOISE: Final = 1e-9
"""What sums of floats may be off; the controller counts in whole thousandths."""


class Seen(NamedTuple):
    """What the controller sees at a sync.

    Attributes:
        current: replicas of the workload's scale, at least 1.
        minimum: of the HPA.
        maximum: of the HPA.
        measured: pods whose usage counts: those that were Ready for the whole of the last window
            of metrics.
        unready: all other pods of the workload: waiting, starting, Ready for too short.
        load: requests/s; on CPU of each measured pod (never more than a pod can do), on rate of
            all together; means over the window of the metric.
    """

    current: int
    minimum: int
    maximum: int
    measured: int
    unready: int
    load: float


class Cpu:
    """CPU utilisation: `utilization` per cent of what a pod requests serves `target` requests/s.

    As `GetResourceReplicas` in `replica_calculator.go`, which knows utilisation in whole per cents,
    rounded down (`GetResourceUtilizationRatio` in `metrics/utilization.go`).
    """

    def __init__(self, target: float, utilization: int, tolerance: Tolerance) -> None:
        self._utilization, self._tolerance = utilization, tolerance
        self._percents = utilization / target
        low = high = utilization
        while low > 0 and tolerance.covers((low - 1) / utilization):
            low -= 1
        while tolerance.covers((high + 1) / utilization):
            high += 1
        self._band = (low - _NOISE) / self._percents, (high + 1 - _NOISE) / self._percents

    def band(self, _current: int) -> tuple[float, float]:
        """Return from which load of a pod on, and below which, no change is asked for."""
        return self._band

    def proposed(self, seen: Seen) -> int | None:
        """Return the replicas that are asked for; None without any metrics.

        Unready pods are left out when usage is below its target, and count as idle above.
        """
        if not seen.measured:
            return None
        low, high = self._band
        if low <= seen.load < high:
            return seen.current
        if seen.load >= high and seen.unready:
            return self._with_idle(seen)
        return ceil(self._ratio(seen.load) * seen.measured)

    def _with_idle(self, seen: Seen) -> int:
        pods = seen.measured + seen.unready
        ratio = self._ratio(seen.load * seen.measured / pods)
        if ratio < 1.0 or self._tolerance.covers(ratio):
            return seen.current
        return max(seen.current, ceil(ratio * pods))

    def _ratio(self, load: float) -> float:
        return floor(load * self._percents + _NOISE) / self._utilization


class Rate:
    """An External metric with an AverageValue: `target` requests/s for each replica.

    As `GetExternalPerPodMetricReplicas` in `replica_calculator.go`. Pods do not matter.
    """

    def __init__(self, target: float, tolerance: Tolerance) -> None:
        self._target = target
        self._low = (1.0 - tolerance.down) * target
        self._high = (1.0 + tolerance.up) * target

    def band(self, current: int) -> tuple[float, float]:
        """Return from which load of all pods on, and below which, no change is asked for."""
        return self._low * current - _NOISE, self._high * current + _NOISE

    def proposed(self, seen: Seen) -> int:
        """Return the replicas that are asked for."""
        low, high = self.band(seen.current)
        if low <= seen.load < high:
            return seen.current
        return ceil(seen.load / self._target - _NOISE)
