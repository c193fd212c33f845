"""What a simulation says, in the words and numbers of its JSON.

The schema is docs/reference/simulation-schema.json. Instants are UTC and of the trace; requests,
minutes and pod-hours are of its replay, which a speed makes shorter. Shares are in percent.
"""

from datetime import datetime
from typing import Literal

from pydantic import Field

from onair.preview.results import Result


class Worst(Result):
    """The minute in which the largest share of the requests was above capacity."""

    at: datetime
    """When it begins."""
    above_capacity: float
    """The share of its requests that was above capacity, in percent."""


class Loss(Result):
    """What is lost and what it costs."""

    requests_above_capacity: float
    """Requests for which no Ready pod had room."""
    above_capacity: float
    """Their share, in percent; 0 of no requests."""
    mean_pods: float
    """Pods that exist on a node, on average."""
    pod_hours: float
    """Pods on nodes times hours: the cost."""


class Figures(Loss):
    """How an arm fared over a stretch of time."""

    requests: float
    """All requests."""
    worst_minute: Worst | None
    """Null where nothing was above capacity."""
    theta_u: float
    """Under-provisioning: pods that lacked, in percent of those needed, over time."""
    theta_o: float
    """Over-provisioning: pods too many, in percent of those needed, over time."""
    tau_u: float
    """How much of the time pods lacked, in percent."""
    tau_o: float
    """How much of the time there were pods too many, in percent."""
    instability: float
    """Over how many of the trace's minutes pods and need changed in different directions, or only
    one of them did, in percent."""
    jitter: float
    """Changes of the pods less those of the need, per minute; below 0 where pods changed less."""
    elastic_speed_up: float | None
    """Over the HPA alone on the metric beneath the floors: the fourth root of the product of its
    thetaU, thetaO, tauU and tauO, each divided by the arm's; null where one of them is 0."""
    peak_pods: int
    """The most pods on nodes at once."""


class OfArm(Figures):
    """How one arm fared over an airing."""

    arm: str
    """Its name."""


class Arm(Figures):
    """One way of having replicas, and how it fared over the whole window."""

    arm: str
    """Its name."""
    replicas: int | None
    """The fixed minimum of the arm cron; null for the others."""


class Airing(Result):
    """One airing within the window."""

    campaign: str
    """Its campaign, as namespace/name."""
    airtime: str
    """The airtime's name."""
    start: datetime
    """When it begins."""
    end: datetime
    """The planned end."""
    from_: datetime = Field(alias="from")
    """From here on it counts: from its first floor."""
    until: datetime
    """Until here: the end of its cool-down."""
    cut: bool
    """Whether what is simulated begins or ends within that, so that this is not all of the
    airing."""
    arms: tuple[OfArm, ...]
    """How each arm fared from there until there, in their order."""


class Hpa(Result):
    """The HorizontalPodAutoscaler that every arm but perfect foresight has."""

    known_from: Literal["manifest", "default"]
    """Whether a file has one for the target."""
    minimum: int
    """Its minReplicas."""
    maximum: int
    """Its maxReplicas."""
    target: float
    """Requests/s of a replica that it aims at."""
    metric: Literal["cpu", "rate"]
    """On which metric it runs beneath a floor."""


class Assumed(Result):
    """What the simulation takes for granted of the cluster."""

    capacity: float
    """Requests/s at which a replica is full."""
    per_replica: float
    """Requests/s that a replica serves well, as the target says."""
    share: float
    """How much of the trace reaches the target, in percent."""
    start_up: float
    """Seconds from a pod's place on a node until it is Ready."""
    node_wait: float
    """Seconds that a pod without a place waits for a node."""
    hpa: Hpa


class Cron(Loss):
    """What the cron arm loses and costs at one size."""

    replicas: int
    """Its fixed minimum."""


class Setting(Loss):
    """What the OnAir arm loses and costs at one setting."""

    setting: str
    """The setting, such as 30% or 10m."""
    cron_at_equal_cost: Cron | None
    """The cron that loses least for no more pod-hours; null where each size costs more."""


class Sweep(Result):
    """The OnAir arm at several settings, beside the cron arm at several sizes."""

    of: Literal["headroom", "lead"]
    """What is set: the headroom of every load, or the lead of every target."""
    settings: tuple[Setting, ...]
    """In their order."""
    cron: tuple[Cron, ...]
    """In the order of their sizes."""
    knee: str | None
    """The setting at which the curve of loss against pod-hours bends most; null without a bend."""
    choice: str
    """The setting to choose: the knee, or else the cheapest of those that lose least."""
    why: str
    """Why, in a sentence."""


class Limited(Result):
    """A limit that kept OnAir's floor below what the campaigns ask for."""

    limit: str
    """Its name, as `onair plan` has it."""
    at: datetime
    """Since when it did so, where most replicas were asked for."""
    required: int
    """How many that were."""
    floor: int
    """What the limit left of them."""


class Simulation(Result):
    """What each way of having replicas would have lost and cost on a trace."""

    from_: datetime = Field(alias="from")
    """When the window begins."""
    until: datetime
    """When it ends."""
    trace_from: datetime
    """When the trace begins: what is before the window is history for yesterday and last-week."""
    speed: float
    """How many times as fast the crowd comes as in the trace."""
    namespace: str
    """The target's namespace."""
    kind: str
    """Deployment or StatefulSet."""
    name: str
    """The target's name."""
    assumed: Assumed
    arms: tuple[Arm, ...]
    """Each way of having replicas, the HPA alone first."""
    limited_by: tuple[Limited, ...]
    """Each limit that bit, in order of their names."""
    airings: tuple[Airing, ...]
    """All within the window, in order of their starts."""
    sweep: Sweep | None
    """Null unless asked for."""
