"""What a simulated cluster is like: its replicas, nodes and HPA. Seconds, requests/s, replicas."""

from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor
from typing import Final, Literal

from onair.simulation.hpa.rules import Behavior

UTILISATION: Final = 0.7
"""How full a replica is when it serves what its owner says it does: a common target, assumed."""

START_UP: Final = 60.0
NODE_WAIT: Final = 120.0
"""Assumed: a slow container, and a node that Karpenter brings in 1 minute, cluster-autoscaler in 3
to 5. What a cluster takes is to be measured there."""

NODES_KEPT: Final = 600.0
"""cluster-autoscaler --scale-down-unneeded-time."""

_NOISE: Final = 1e-9
"""What a quotient of floats may be off."""


@dataclass(frozen=True, slots=True)
class Metric:
    """What an HPA looks at.

    Attributes:
        kind: `cpu` is per Ready replica, no more than a full one has; `rate` is all that is
            offered.
        window: seconds over which it is a mean.
        delay: seconds from the end of that window until it is shown.
        every: seconds for which the same is shown, from 0 s on.
    """

    kind: Literal["cpu", "rate"]
    window: float
    delay: float
    every: float

    def slowed(self, factor: float) -> "Metric":
        """Return it with every duration so many times as long."""
        window, delay, every = self.window * factor, self.delay * factor, self.every * factor
        return Metric(self.kind, window, delay, every)

    def seen(self, now: float) -> tuple[float, float]:
        """Return the instants between which is what is shown now."""
        before = floor(now / self.every + _NOISE) * self.every - self.delay
        return before - self.window, before

    def shows(self, instant: float) -> float:
        """Return when nothing that was before an instant is shown any more."""
        return ceil((instant + self.window + self.delay) / self.every - _NOISE) * self.every


CPU: Final = Metric("cpu", 15, 15, 15)
"""What metrics-server shows: --metric-resolution of 15 s, and the age of the newest sample."""

RATE: Final = Metric("rate", 60, 0, 15)
"""What `rate(requests[1m])` shows that is scraped every 15 s."""


@dataclass(frozen=True, slots=True)
class Hpa:
    """An HPA and the flags of its controller, all defaults those of Kubernetes.

    Attributes:
        minimum: minReplicas as the owner set it, at least 1.
        maximum: maxReplicas as the owner set it.
        target: requests/s per replica at which nothing changes, whatever the metric.
        metric: what it looks at.
        utilization: percent of the CPU request at which a replica serves `target`; in the HPA of
            a manifest on CPU, of a full replica.
        sync: seconds from look to look (--horizontal-pod-autoscaler-sync-period).
        tolerance: --horizontal-pod-autoscaler-tolerance.
        stabilization: seconds (--horizontal-pod-autoscaler-downscale-stabilization).
        initialization: seconds (--horizontal-pod-autoscaler-cpu-initialization-period).
        behavior: spec.behavior; None if it has none.
    """

    minimum: int
    maximum: int
    target: float
    metric: Metric = CPU
    utilization: int = 70
    sync: float = 15
    tolerance: float = 0.1
    stabilization: float = 300
    initialization: float = 300
    behavior: Behavior | None = None

    @property
    def holds(self) -> float:
        """For how many seconds the largest recommendation holds replicas."""
        window = self.behavior.down.window if self.behavior else None
        return self.stabilization if window is None else window

    @property
    def remembers(self) -> float:
        """For how many seconds a recommendation may matter."""
        return max(self.holds, (self.behavior.up.window or 0) if self.behavior else 0)


@dataclass(frozen=True, slots=True)
class Settings:
    """A target's cluster.

    Attributes:
        per_replica: requests/s that one replica serves as its owner says.
        capacity: requests/s at which it is full; what is above is lost.
        hpa: what scales it.
        start_up: seconds from being on a node to being Ready.
        node_wait: seconds that a replica waits for a node where there is no room.
        nodes_kept: seconds for which room is kept that nobody uses.
    """

    per_replica: float
    capacity: float
    hpa: Hpa
    start_up: float = START_UP
    node_wait: float = NODE_WAIT
    nodes_kept: float = NODES_KEPT

    def at_speed(self, speed: float) -> "Settings":
        """Return them for a crowd that comes `speed` times as fast, in seconds of its trace."""
        hpa = self.hpa
        slow_hpa = replace(
            hpa,
            metric=hpa.metric.slowed(speed),
            sync=hpa.sync * speed,
            stabilization=hpa.stabilization * speed,
            initialization=hpa.initialization * speed,
            behavior=hpa.behavior and hpa.behavior.slowed(speed),
        )
        return replace(
            self,
            hpa=slow_hpa,
            start_up=self.start_up * speed,
            node_wait=self.node_wait * speed,
            nodes_kept=self.nodes_kept * speed,
        )


def defaults(per_replica: Fraction | float, maximum: int) -> Settings:
    """Return the settings of a target of which only that is known.

    Its HPA aims at what a replica serves as its owner says, whatever it looks at.
    """
    served = float(per_replica)
    return Settings(served, served / UTILISATION, Hpa(1, maximum, served))
