"""Targets and target sets: which workloads carry load, what a replica can serve."""

from datetime import timedelta
from fractions import Fraction
from math import ceil
from typing import Annotated, Any, ClassVar, Final, Literal

from pydantic import AfterValidator, Field

from onair.model.cool_downs import ENDS_IN_TIME, EVERY, HOLD, STEP
from onair.model.lists import KEYED, unique
from onair.model.manifest import Manifest, Rule
from onair.model.quantities import duration, parse_percentage, percentage, quantity
from onair.model.texts import Name, ObjectName

Replicas = Annotated[int, Field(strict=True, ge=1, le=100_000)]


class ScaleTargetRef(Manifest):
    """The workload, as in a HorizontalPodAutoscaler."""

    api_version: Literal["apps/v1"] = "apps/v1"
    """The workload's group and version; apps/v1 if absent."""
    kind: Literal["Deployment", "StatefulSet"] = "Deployment"
    """The workload's kind; Deployment if absent."""
    name: ObjectName
    """The workload's name."""


class Target(Manifest):
    """A workload that carries load, and what a replica of it can serve."""

    rules: ClassVar = (
        Rule(
            "say only one of perReplica (requests/s that one replica serves)"
            " and replicas (a fixed number)",
            "!has(self.perReplica) || !has(self.replicas)",
            lambda target: target.per_replica is None or target.replicas is None,
        ),
        Rule(
            "share is a part of the load and stands only beside perReplica",
            "!has(self.share) || has(self.perReplica)",
            lambda target: "share" not in target.model_fields_set or target.per_replica is not None,
            field="share",
        ),
        Rule(
            "replicas must be at most maxReplicas",
            "!has(self.replicas) || self.replicas <= self.maxReplicas",
            lambda target: (target.replicas or 0) <= target.max_replicas,
            field="replicas",
        ),
        Rule(
            "usualReplicas must be at most maxReplicas",
            "!has(self.usualReplicas) || self.usualReplicas <= self.maxReplicas",
            lambda target: (target.usual_replicas or 0) <= target.max_replicas,
            field="usualReplicas",
        ),
    )

    name: Name
    """What the target is called in the status."""
    scale_target_ref: ScaleTargetRef
    share: Annotated[Fraction, percentage("0.001%", "1000%")] = Fraction(1)
    """How much of the load reaches this target, unless it is a multiplier; 100% if absent."""
    per_replica: Annotated[Fraction, quantity("1", "1G")] | None = None
    """Requests/s that one replica serves within its objective at its usual utilisation. A load that
    is a multiplier does not look at it; every other load needs this or replicas."""
    replicas: Replicas | None = None
    """A fixed floor for as long as there is demand, instead of share and perReplica."""
    max_replicas: Replicas
    """The most, for an HPA's maximum too: in a TargetSet for all campaigns, else for this one."""
    usual_replicas: Annotated[int, Field(strict=True, ge=0, le=100_000)] | None = None
    """Replicas that the ordinary load needs; observed before the first raise if absent."""


class WarmUp(Manifest):
    """How far the floor runs ahead of the demand."""

    lead: Annotated[timedelta, duration("0s", "24h")] = timedelta(minutes=10)
    """From the raise until the pods must be ready; 10m if absent."""


class CoolDown(Manifest):
    """How the floor falls after the demand."""

    rules: ClassVar = (ENDS_IN_TIME,)

    hold: Annotated[timedelta, duration("0s", "24h")] = HOLD
    """How long the floor stays up after the demand; 5m if absent."""
    step: Annotated[Fraction, percentage("1%", "100%")] = parse_percentage(STEP)
    """How much of the floor each step then takes away; 25% if absent."""
    every: Annotated[timedelta, duration("1s", "24h")] = EVERY
    """The time between two steps; 1m if absent."""

    @property
    def length(self) -> timedelta:
        """How long after the last demand nothing is left of the floor."""
        return self.hold + self.every * (ceil(1 / self.step) - 1)


def _kind(target: str) -> str:
    kind = f"{target}.scaleTargetRef.kind"
    return f"(has({kind}) ? {kind} : 'Deployment')"


def _differ(spec: Any) -> bool:  # noqa: ANN401  # a campaign or a target set
    """Whether no two targets are one workload."""
    workloads = [target.scale_target_ref for target in spec.targets or ()]
    return len(set(workloads)) == len(workloads)


EACH_ONCE: Final = Rule(
    "each workload stands only once: no two targets may have the same scaleTargetRef",
    "!has(self.targets) || self.targets.all(t, self.targets.exists_one(u,"
    f" u.scaleTargetRef.name == t.scaleTargetRef.name && {_kind('u')} == {_kind('t')}))",
    _differ,
    field="targets",
)
"""For whatever has targets: two of one workload would be two answers to what it needs."""

Targets = Annotated[
    tuple[Target, ...],
    Field(min_length=1, max_length=50, json_schema_extra=KEYED),
    AfterValidator(unique),
]


class TargetSetSpec(Manifest):
    """Which workloads carry load, what a replica can serve, how far each may grow."""

    rules: ClassVar = (EACH_ONCE,)

    targets: Targets
    """The workloads that carry the load."""
    warm_up: WarmUp = WarmUp()
    cool_down: CoolDown = CoolDown()


class TargetSetReference(Manifest):
    """A TargetSet in the campaign's namespace."""

    name: ObjectName
    """The TargetSet's name."""
