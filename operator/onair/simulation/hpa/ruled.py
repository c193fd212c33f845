"""An HPA with `behavior`: stabilisation both ways, and policies on how fast it may change.

As `normalizeDesiredReplicasWithBehaviors` in `horizontal.go`.
"""

from math import ceil

from onair.simulation.hpa.proposals import Seen
from onair.simulation.hpa.rules import Behavior, Policy, Rules
from onair.simulation.hpa.windows import Changes, Largest


class Ruled:
    """Scales as its `behavior` allows; `window` stands in for a missing one on the way down."""

    def __init__(self, behavior: Behavior, window: float) -> None:
        self._up, self._down = behavior.up, behavior.down
        down = behavior.down.window
        self._largest = Largest(window if down is None else down)
        # The smallest is the largest of the negatives.
        self._smallest = Largest(behavior.up.window or 0)
        longest = max(behavior.up.longest, behavior.down.longest)
        self._added, self._removed = Changes(longest), Changes(longest)

    def note(self, now: float, wanted: int) -> None:
        """Remember a recommendation."""
        self._largest.note(now, wanted)
        self._smallest.note(now, -wanted)

    def allowed(self, now: float, seen: Seen, wanted: int) -> int:
        """Return the replicas that may be had of those that are wanted.

        As `stabilizeRecommendationWithBehaviors`, then `convertDesiredReplicasWithBehaviorRate`.
        """
        most, least = self._largest.since(now, wanted), -self._smallest.since(now, -wanted)
        stable = min(max(seen.current, least), most)
        if stable > seen.current:
            return min(stable, seen.maximum, max(seen.current, self._highest(now, seen.current)))
        if stable < seen.current:
            return max(stable, seen.minimum, min(seen.current, self._lowest(now, seen.current)))
        return stable

    def changed(self, now: float, before: int, after: int) -> None:
        """Remember that the replicas have been changed; a raised minimum counts, too."""
        if after > before:
            self._added.note(now, after - before)
        else:
            self._removed.note(now, before - after)

    def held_until(self, current: int) -> float:
        """Return until when recommendations below `current` cannot lower it; -inf if they can."""
        return self._largest.holds_until(current)

    def _highest(self, now: float, current: int) -> int:
        """As `calculateScaleUpLimitWithScalingRules`."""
        proposed = [_raised(self._base(now, current, each), each) for each in self._up.policies]
        return _selected(self._up, current, max(proposed), min(proposed))

    def _lowest(self, now: float, current: int) -> int:
        """As `calculateScaleDownLimitWithBehaviors`."""
        proposed = [_lowered(self._base(now, current, each), each) for each in self._down.policies]
        return _selected(self._down, current, min(proposed), max(proposed))

    def _base(self, now: float, current: int, policy: Policy) -> int:
        """Return the replicas at the beginning of a policy's period."""
        added, removed = self._added, self._removed
        return current - added.within(now, policy.period) + removed.within(now, policy.period)


def _selected(rules: Rules, current: int, widest: int, narrowest: int) -> int:
    if rules.select == "Disabled":
        return current
    return widest if rules.select == "Max" else narrowest


def _raised(base: int, policy: Policy) -> int:
    if policy.kind == "Pods":
        return base + policy.value
    return ceil(base * (1 + policy.value / 100))


def _lowered(base: int, policy: Policy) -> int:
    if policy.kind == "Pods":
        return base - policy.value
    return int(base * (1 - policy.value / 100))
