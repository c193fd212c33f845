"""How fast an HPA may scale: its `behavior`, with the defaults that the API server gives it."""

from dataclasses import dataclass, replace
from typing import Final, Literal, NamedTuple

Select = Literal["Max", "Min", "Disabled"]


class Tolerance(NamedTuple):
    """How far usage may be off its target, as shares of it, before replicas change."""

    down: float
    up: float

    def covers(self, ratio: float) -> bool:
        """Tell whether a usage of so many targets leaves replicas alone.

        As `Tolerances.isWithin` in `replica_calculator.go`.
        """
        return 1.0 - self.down <= ratio <= 1.0 + self.up


@dataclass(frozen=True, slots=True)
class Policy:
    """A most of change: so many pods, or per cent of replicas, within `period` seconds."""

    kind: Literal["Pods", "Percent"]
    value: int
    period: float


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one direction.

    Attributes:
        window: seconds whose recommendations are looked at before replicas change; None is the
            controller's own `--horizontal-pod-autoscaler-downscale-stabilization`.
        select: which policy counts where they differ: the one that changes most, or least; or no
            change at all in this direction.
        policies: at least one.
        tolerance: a share of the target; None is the controller's own.
    """

    window: float | None
    select: Select
    policies: tuple[Policy, ...]
    tolerance: float | None

    @property
    def longest(self) -> float:
        """Return the longest period of a policy, in seconds."""
        return max(policy.period for policy in self.policies)

    def slowed(self, factor: float) -> "Rules":
        """Return the rules with every duration so many times as long."""
        window = None if self.window is None else self.window * factor
        policies = tuple(replace(each, period=each.period * factor) for each in self.policies)
        return replace(self, window=window, policies=policies)


@dataclass(frozen=True, slots=True)
class Behavior:
    """The rules of both directions."""

    up: Rules
    down: Rules

    def slowed(self, factor: float) -> "Behavior":
        """Return the behaviour with every duration so many times as long."""
        return Behavior(self.up.slowed(factor), self.down.slowed(factor))


DEFAULT: Final = Behavior(
    up=Rules(0, "Max", (Policy("Pods", 4, 15), Policy("Percent", 100, 15)), None),
    down=Rules(None, "Max", (Policy("Percent", 100, 15),), None),
)
"""What fills the gaps of a `behavior`: `defaultHPAScaleUpRules` and `defaultHPAScaleDownRules` in
`pkg/apis/autoscaling/v2/defaults.go`. An HPA without `behavior` stays without, and is steered by
the controller's own rules (see `unruled.py`)."""


def tolerance_of(behavior: Behavior | None, own: float) -> Tolerance:
    """Return the tolerances of an HPA; `own` is the controller's, a share of the target.

    As `tolerancesForHpa` in `horizontal.go`.
    """
    if behavior is None:
        return Tolerance(own, own)
    up, down = behavior.up.tolerance, behavior.down.tolerance
    return Tolerance(own if down is None else down, own if up is None else up)
