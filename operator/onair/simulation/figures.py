"""How an arm fared: what it lost, what it cost, and the elasticity metrics of SPEC.

SPEC's are those of Herbst et al., "Ready for Rain? A View from SPEC Research on the Future of Cloud
Metrics" (SPEC-RG-2016-01), over T seconds: d are the Ready replicas that are required, s those that
there are.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Worst:
    """The minute of which most was above capacity: its begin in seconds, the share of it."""

    at: float
    share: float


@dataclass(frozen=True, slots=True)
class Figures:
    """How an arm fared over a stretch of time. Requests, minutes and hours are the replay's.

    Attributes:
        requests: all that were offered.
        lost: those above the capacity of Ready replicas.
        worst: None where nothing was lost.
        theta_u: replicas that lacked, in percent of those required: 100/T sum(max(d-s, 0)/d dt).
        theta_o: replicas too many, in percent of those required: 100/T sum(max(s-d, 0)/d dt). Some
            divide by s here; SPEC divides by d.
        tau_u: percent of the time with d > s.
        tau_o: percent of the time with s > d.
        instability: percent of the trace's minutes over which s and d changed in different
            directions, or only one of them did.
        jitter: changes of s less those of d, in a minute.
        mean_pods: replicas on nodes.
        peak_pods: the most of them.
        pod_hours: what they cost.
    """

    requests: float
    lost: float
    worst: Worst | None
    theta_u: float
    theta_o: float
    tau_u: float
    tau_o: float
    instability: float
    jitter: float
    mean_pods: float
    peak_pods: int
    pod_hours: float

    @property
    def share(self) -> float:
        """The part of the requests that was lost; 0 of none."""
        return self.lost / self.requests if self.requests else 0.0

    def speed_up(self, other: Figures) -> float | None:
        """Return SPEC's elastic speed-up over another arm; None where a metric of either is 0.

        It is the fourth root of the product of the other's metrics divided by these.
        """
        mine = self.theta_u * self.theta_o * self.tau_u * self.tau_o
        others = other.theta_u * other.theta_o * other.tau_u * other.tau_o
        return (others / mine) ** (1 / 4) if mine and others else None
