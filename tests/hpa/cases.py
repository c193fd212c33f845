"""The crowds that are recorded: requests/s over time, with the settings of the controller."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from math import cos, pi
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

STEP: Final = 5
"""Seconds for which a rate stays."""

PER_REPLICA: Final = 70.0
UTILIZATION: Final = 70
CAPACITY: Final = 100.0
"""A replica serves 70 requests/s at 70 % of the core that it requests, and 100 at the most."""

MINIMUM: Final = 2


@dataclass(frozen=True, slots=True)
class Case:
    """A crowd and how the controller is set.

    Attributes:
        name: of the case and of its recording.
        sync: seconds (--horizontal-pod-autoscaler-sync-period).
        stabilization: seconds (--horizontal-pod-autoscaler-downscale-stabilization).
        start_up: whole seconds from a pod's node to its being Ready.
        maximum: the HPA's maxReplicas.
        rates: requests/s of each step; the first is what MINIMUM replicas serve.
        behavior: the HPA's, as a manifest has it; empty for none.
    """

    name: str
    sync: int
    stabilization: int
    start_up: int
    maximum: int
    rates: tuple[float, ...]
    behavior: dict[str, Any] = field(default_factory=dict)

    @property
    def seconds(self) -> int:
        """Return how long the crowd lasts."""
        return len(self.rates) * STEP


def _lines(points: Sequence[tuple[int, float]]) -> tuple[float, ...]:
    """Return the rates of straight lines between (second, requests/s), each at a step's middle."""
    rates = []
    for (begin, low), (end, high) in pairwise(points):
        middles = (second + STEP / 2 for second in range(begin, end, STEP))
        rates += [low + (high - low) * (each - begin) / (end - begin) for each in middles]
    return tuple(round(rate, 1) for rate in rates)


def _day(seconds: int, usual: float, most: float) -> tuple[float, ...]:
    """Return the rates of a day that is so long: two humps, the second twice the first."""
    rates = []
    for second in range(0, seconds, STEP):
        share = second / seconds
        hump = (1 - cos(4 * pi * share)) / 2
        rates.append(round(usual + (most - usual) * hump * (0.5 if share < 0.5 else 1), 1))
    return tuple(rates)


_USUAL: Final = MINIMUM * PER_REPLICA

RAMP: Final = Case(
    *("ramp", 5, 30, 10, 40),
    _lines([(0, _USUAL), (30, _USUAL), (150, 1400), (210, 1400), (270, 350), (330, 350)]),
)
SPIKE: Final = Case(
    *("spike", 5, 30, 15, 40),
    _lines([(0, _USUAL), (30, _USUAL), (40, 1750), (120, 1750), (180, 500), (300, 280)]),
)
POLICIES: Final = Case(
    *("policies", 5, 30, 10, 40),
    _lines([(0, _USUAL), (30, _USUAL), (40, 1400), (150, 1400), (160, 420), (330, 420)]),
    {
        "scaleUp": {"policies": [{"type": "Pods", "value": 3, "periodSeconds": 15}]},
        "scaleDown": {
            "stabilizationWindowSeconds": 20,
            "policies": [{"type": "Percent", "value": 20, "periodSeconds": 15}],
        },
    },
)
DIURNAL: Final = Case("diurnal", 15, 60, 20, 40, _day(600, _USUAL, 1400))
CASES: Final = (RAMP, SPIKE, POLICIES, DIURNAL)

LIVE: Final = Case(
    *("live", 5, 15, 5, 20),
    _lines([(0, _USUAL), (15, _USUAL), (20, 350), (65, 350), (70, 210), (100, 210)]),
)
"""What a test records: short."""
