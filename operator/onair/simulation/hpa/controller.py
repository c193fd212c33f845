"""One HPA at its syncs: from what is seen to the replicas that it sets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onair.simulation.hpa.proposals import Cpu, Rate
from onair.simulation.hpa.ruled import Ruled
from onair.simulation.hpa.rules import tolerance_of
from onair.simulation.hpa.unruled import Unruled

if TYPE_CHECKING:
    from onair.simulation.hpa.proposals import Seen
    from onair.simulation.settings import Hpa


class Controller:
    """The controller's work for one HPA, with the history that it keeps in memory.

    Times are seconds since any one instant and never go back.

    Attributes:
        wanted: the newest recommendation; None before the first sync.
    """

    def __init__(self, hpa: Hpa) -> None:
        tolerance = tolerance_of(hpa.behavior, hpa.tolerance)
        self._metric = (
            Cpu(hpa.target, hpa.utilization, tolerance)
            if hpa.metric.kind == "cpu"
            else Rate(hpa.target, tolerance)
        )
        window = hpa.stabilization
        self._limits = Ruled(hpa.behavior, window) if hpa.behavior else Unruled(window)
        self.band = self._metric.band
        self.held_until = self._limits.held_until
        self.wanted: int | None = None

    def desired(self, now: float, seen: Seen) -> int:
        """Return the replicas that the controller sets at a sync, and remember that it does.

        As `reconcileAutoscaler` in `horizontal.go`: minimum and maximum come before any metric, and
        leave no recommendation; without metrics nothing changes.
        """
        if self.wanted is None:
            self.note(now, seen.current)
        after = self._decided(now, seen)
        if after != seen.current:
            self._limits.changed(now, seen.current, after)
        return after

    def recommend(self, now: float, seen: Seen) -> None:
        """Remember the recommendation of a sync that is known to change nothing."""
        wanted = self._metric.proposed(seen)
        if wanted is not None:
            self.note(now, wanted)

    def note(self, now: float, wanted: int) -> None:
        """Remember a recommendation that is known."""
        self.wanted = wanted
        self._limits.note(now, wanted)

    def _decided(self, now: float, seen: Seen) -> int:
        if seen.current > seen.maximum:
            return seen.maximum
        if seen.current < seen.minimum:
            return seen.minimum
        wanted = self._metric.proposed(seen)
        if wanted is None:
            return seen.current
        allowed = self._limits.allowed(now, seen, wanted)
        self.note(now, wanted)
        return allowed
