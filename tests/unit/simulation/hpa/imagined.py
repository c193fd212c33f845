"""HPAs for tests, and the history that the controller keeps as its source has it: plain lists."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import ceil
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from onair.simulation.hpa.proposals import Seen
from onair.simulation.hpa.rules import Behavior, Policy, Rules
from onair.simulation.settings import Hpa

if TYPE_CHECKING:
    from onair.simulation.hpa.rules import Select

PER_POD = 70.0
"""Requests/s of a replica at the target."""

HPA = Hpa(1, 1000, PER_POD)


def at(current: int, wanted: int, minimum: int = 1, maximum: int = 1000) -> Seen:
    """Return what the controller sees when the rate asks so many replicas of so many."""
    return Seen(current, minimum, maximum, 0, 0, wanted * PER_POD)


def rules(
    *policies: Policy, window: float | None = 0, select: Select = "Max", tolerance: float = 0.1
) -> Rules:
    """Return rules; those of a direction that a test does not look at need no policies."""
    return Rules(window, select, policies or (Policy("Percent", 1000, 15),), tolerance)


PERIODS = st.sampled_from([15, 30, 60])
POLICIES = st.builds(
    Policy, st.sampled_from(["Pods", "Percent"]), value=st.integers(1, 150), period=PERIODS
)
RULES = st.builds(
    Rules,
    window=st.sampled_from([0, 15, 40, 100]),
    select=st.sampled_from(["Max", "Min", "Disabled"]),
    policies=st.lists(POLICIES, min_size=1, max_size=3).map(tuple),
    tolerance=st.just(0.1),
)
BEHAVIORS = st.builds(Behavior, RULES, RULES)


@dataclass
class Remembering:
    """The limits of a behaviour, by looking through everything that ever happened."""

    behavior: Behavior
    noted: list[tuple[float, int]] = field(default_factory=list)
    changed: list[tuple[float, int]] = field(default_factory=list)

    def allowed(self, now: float, seen: Seen, wanted: int) -> int:
        """Return the replicas that may be had, and remember what was wanted."""
        up, down = self.behavior.up, self.behavior.down
        most = max(
            [wanted, *(each for when, each in self.noted if when > now - (down.window or 0))]
        )
        least = min([wanted, *(each for when, each in self.noted if when > now - (up.window or 0))])
        self.noted.append((now, wanted))
        stable = min(max(seen.current, least), most)
        if stable > seen.current:
            limits = [self._limit(now, seen.current, each, 1) for each in up.policies]
            limit = max(limits) if up.select == "Max" else min(limits)
            limit = seen.current if up.select == "Disabled" else max(limit, seen.current)
            return min(stable, seen.maximum, limit)
        limits = [self._limit(now, seen.current, each, -1) for each in down.policies]
        limit = min(limits) if down.select == "Max" else max(limits)
        limit = seen.current if down.select == "Disabled" else min(limit, seen.current)
        return max(stable, seen.minimum, limit) if stable < seen.current else stable

    def _limit(self, now: float, current: int, policy: Policy, sign: int) -> int:
        since = sum(change for when, change in self.changed if when > now - policy.period)
        before = current - since
        if policy.kind == "Pods":
            return before + sign * policy.value
        after = before * (1 + sign * policy.value / 100)
        return ceil(after) if sign > 0 else int(after)
