"""An HPA without `behavior`: the controller's own limits on a change.

As `normalizeDesiredReplicas` in `horizontal.go`.
"""

from typing import Final

from onair.simulation.hpa.proposals import Seen
from onair.simulation.hpa.windows import Largest

_FACTOR: Final = 2
_LEAST: Final = 4
"""Replicas grow to twice what they are, or to 4 (`scaleUpLimitFactor`, `scaleUpLimitMinimum`)."""


class Unruled:
    """Scales down to the largest recommendation of the last `window` seconds.

    That one may also lie above the newest: then it goes on scaling up.
    """

    def __init__(self, window: float) -> None:
        self._recent = Largest(window)

    def note(self, now: float, wanted: int) -> None:
        """Remember a recommendation."""
        self._recent.note(now, wanted)

    def allowed(self, now: float, seen: Seen, wanted: int) -> int:
        """Return the replicas that may be had of those that are wanted."""
        stable = self._recent.since(now, wanted)
        if stable < seen.minimum:
            return seen.minimum
        return min(stable, seen.maximum, max(_FACTOR * seen.current, _LEAST))

    def changed(self, now: float, before: int, after: int) -> None:
        """Do nothing: no limit looks back at changes."""

    def held_until(self, current: int) -> float:
        """Return until when recommendations below `current` cannot lower it; -inf if they can."""
        return self._recent.holds_until(current)
