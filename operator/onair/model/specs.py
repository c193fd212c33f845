"""The specs of the two kinds: what marketing and what engineers write.

Defaults stand here and not in the CRDs, so that the API server never rewrites a manifest.
"""

from collections.abc import Sequence
from datetime import timedelta
from fractions import Fraction
from math import ceil
from typing import Annotated, Any, ClassVar, Final, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from onair.model.cool_downs import ENDS_IN_TIME, EVERY, HOLD, STEP
from onair.model.manifest import Manifest, Rule
from onair.model.quantities import duration, parse_percentage, percentage, quantity
from onair.model.texts import (
    At,
    DateOrDateTime,
    DateTime,
    Name,
    ObjectName,
    Repeat,
    TimeZone,
    anchor_offset,
    is_anchor,
)

_KEYED: Final[dict[str, Any]] = {
    "x-kubernetes-list-type": "map",
    "x-kubernetes-list-map-keys": ["name"],
}

Replicas = Annotated[int, Field(strict=True, ge=1, le=100_000)]


def _unique(items: Sequence[Any]) -> Sequence[Any]:
    """Refuse two items of one name, as the API server does for a keyed list."""
    seen = set()
    for item in items:
        if item.name in seen:
            raise PydanticCustomError("twice", 'has the name "{name}" twice', {"name": item.name})
        seen.add(item.name)
    return items


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
            "say exactly one of perReplica (requests/s that one replica serves)"
            " and replicas (a fixed number)",
            "has(self.perReplica) != has(self.replicas)",
            lambda target: (target.per_replica is None) != (target.replicas is None),
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
    """How much of the campaign's load reaches this target; 100% if absent."""
    per_replica: Annotated[Fraction, quantity("1", "1G")] | None = None
    """Requests/s that one replica serves within its objective at its usual utilisation."""
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
        return self.hold + self.every * ceil(1 / self.step)


Targets = Annotated[
    tuple[Target, ...],
    Field(min_length=1, max_length=50, json_schema_extra=_KEYED),
    AfterValidator(_unique),
]


class TargetSetSpec(Manifest):
    """Which workloads carry load, what a replica can serve, how far each may grow."""

    targets: Targets
    """The workloads that carry the load."""
    warm_up: WarmUp = WarmUp()
    cool_down: CoolDown = CoolDown()


class TargetSetReference(Manifest):
    """A TargetSet in the campaign's namespace."""

    name: ObjectName
    """The TargetSet's name."""


class Point(Manifest):
    """One point of a custom shape; straight lines join them."""

    at: At
    """When: start or end of the airing, with a distance, such as start-15m or end+1m."""
    level: Annotated[Fraction, percentage("0%", "100%")]
    """How much of the peak."""


class Audience(Manifest):
    """How big the crowd will be and what it does, from which the peak follows."""

    people: Annotated[Fraction, quantity("1", "10G")]
    """How many are reached."""
    response: Annotated[Fraction, percentage("0.001%", "100%")] = Fraction(1)
    """How many of them react; 100% if absent."""
    requests_per_person: Annotated[Fraction, quantity("0.001", "1M")] = Fraction(1)
    """Requests that each of them makes; 1 if absent."""
    within: Annotated[timedelta, duration("1s", "168h")] | None = None
    """The busiest stretch in which all of them come; the whole shape if absent."""


def _in_order(load: "Load") -> bool:
    """Whether the points stand in the order of their instants, as far as one can say."""
    order = [(point.at.edge == "end", point.at.offset) for point in load.points or ()]
    return order == sorted(order)


class Load(Manifest):
    """The demand that each airing adds."""

    rules: ClassVar = (
        Rule(
            "say the size of the crowd exactly once: either audience or requestsPerSecond",
            "has(self.audience) != has(self.requestsPerSecond)",
            lambda load: (load.audience is None) != (load.requests_per_second is None),
        ),
        Rule(
            "points are the shape Custom: it needs them, and no other shape has them",
            "has(self.points) == (self.shape == 'Custom')",
            lambda load: (load.points is not None) == (load.shape == "Custom"),
            field="points",
        ),
        Rule(
            "points must be sorted by time: those at the start first, then those at the end",
            f"!has(self.points) || !self.points.all(p, {is_anchor('p.at')})"
            " || (self.points.map(p, p.at.startsWith('end')).isSorted()"
            f" && self.points.map(p, p.at.startsWith('start'), {anchor_offset('p.at')}).isSorted()"
            f" && self.points.map(p, p.at.startsWith('end'), {anchor_offset('p.at')}).isSorted())",
            _in_order,
            field="points",
        ),
        Rule(
            "at least one of the points must be above 0%",
            "!has(self.points) || self.points.exists(p, p.level.matches('[1-9]'))",
            lambda load: load.points is None or any(point.level for point in load.points),
            field="points",
        ),
    )

    shape: Literal["Flat", "Episode", "Livestream", "Custom"]
    """How the crowd comes and goes around an airing."""
    points: Annotated[tuple[Point, ...], Field(min_length=2, max_length=64)] | None = None
    """The points of the shape Custom."""
    audience: Audience | None = None
    """The crowd, from which the peak follows."""
    requests_per_second: Annotated[Fraction, quantity("1", "1G")] | None = None
    """The peak itself."""
    headroom: Annotated[Fraction, percentage("0%", "1000%")] = Fraction(3, 10)
    """Added for the busiest second within the minute and the forecast's error; 30% if absent."""


class Airtime(Manifest):
    """When something airs: one date, or one a week."""

    rules: ClassVar = (
        Rule(
            "except takes dates out of a repetition and stands only beside repeat",
            "!has(self.except) || self.except.size() == 0 || has(self.repeat)",
            lambda airtime: not airtime.except_ or airtime.repeat is not None,
            field="except",
        ),
    )

    name: Name
    """What the airtime is called in the status."""
    start: DateTime
    """Wall clock in timeZone; or with Z or an offset."""
    duration: Annotated[timedelta, duration("1s", "168h")]
    """From the start to the planned end."""
    end_slack: Annotated[timedelta, duration("0s", "12h")] = timedelta()
    """How much later the end may come; 0s if absent."""
    repeat: Repeat | None = None
    """A weekly RFC 5545 rule; COUNT counts the dates in except, too."""
    except_: Annotated[tuple[DateOrDateTime, ...], Field(max_length=100)] = Field(
        default=(), alias="except"
    )
    """Dates of the repetition on which nothing airs."""


class CampaignSpec(Manifest):
    """What marketing announces: when something airs and how big the crowd will be."""

    rules: ClassVar = (
        Rule(
            "say the targets exactly once: either targetSets or targets",
            "has(self.targetSets) != has(self.targets)",
            lambda spec: (spec.target_sets is None) != (spec.targets is None),
        ),
        Rule(
            "warmUp stands only beside targets: a TargetSet has its own",
            "!has(self.warmUp) || has(self.targets)",
            lambda spec: spec.warm_up is None or spec.targets is not None,
            field="warmUp",
        ),
        Rule(
            "coolDown stands only beside targets: a TargetSet has its own",
            "!has(self.coolDown) || has(self.targets)",
            lambda spec: spec.cool_down is None or spec.targets is not None,
            field="coolDown",
        ),
    )

    title: Annotated[str, Field(min_length=1, max_length=100)] | None = None
    """What people call it."""
    time_zone: TimeZone = "UTC"
    """The zone of all wall-clock times here, such as Europe/Amsterdam; UTC if absent."""
    airtimes: Annotated[
        tuple[Airtime, ...],
        Field(min_length=1, max_length=32, json_schema_extra=_KEYED),
        AfterValidator(_unique),
    ]
    """When it airs."""
    load: Load
    target_sets: (
        Annotated[
            tuple[TargetSetReference, ...],
            Field(min_length=1, max_length=10, json_schema_extra=_KEYED),
            AfterValidator(_unique),
        ]
        | None
    ) = None
    """The TargetSets that carry the load, or else targets."""
    targets: Targets | None = None
    """The workloads that carry the load, or else targetSets."""
    warm_up: WarmUp | None = None
    cool_down: CoolDown | None = None
    suspend: Annotated[bool, Field(strict=True)] = False
    """Whether it is switched off and what it raised runs the normal cool-down; false if absent."""
