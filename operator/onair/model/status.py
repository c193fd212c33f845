"""What a campaign says about itself.

Texts are cut to what the schema admits, so that a long sentence never costs the whole status.
All instants are UTC.
"""

from datetime import UTC, datetime
from typing import Annotated, Any, Final, Literal

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema

from onair.model.manifest import Manifest

Phase = Literal[
    "Scheduled", "WarmingUp", "OnAir", "CoolingDown", "Ended", "Suspended", "Invalid", "Unknown"
]
Verdict = Literal["Ready", "Short", "Late"]
ConditionStatus = Literal["True", "False", "Unknown"]

MAX_UPCOMING: Final = 5
MAX_OVERLAPPING: Final = 20

_KEYED_BY_TYPE: Final[dict[str, Any]] = {
    "x-kubernetes-list-type": "map",
    "x-kubernetes-list-map-keys": ["type"],
}


def stamp(instant: datetime) -> str:
    """Return an aware instant as Kubernetes writes it: `2027-01-09T19:05:00Z`."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def clip(text: str, limit: int) -> str:
    """Return `text` with at most `limit` characters; dots end what was cut."""
    return text if len(text) <= limit else text[: limit - 3] + "..."


# `kubectl get` shows these, so they are short.
Cell = Annotated[str, BeforeValidator(lambda text: clip(text, 64)), Field(max_length=64)]
Sentence = Annotated[str, BeforeValidator(lambda text: clip(text, 1024)), Field(max_length=1024)]
Named = Annotated[str, Field(max_length=253)]
Count = Annotated[int, Field(ge=0)]
Instant = Annotated[
    datetime,
    PlainSerializer(stamp, return_type=str),
    WithJsonSchema({"type": "string", "format": "date-time", "maxLength": 32}),
]


class StatusPart(Manifest):
    """A part of a status."""

    def manifest(self) -> dict[str, Any]:
        """Return it as the API server takes it, without what is absent."""
        return self.model_dump(mode="json", by_alias=True, exclude_none=True)


class Condition(StatusPart):
    """A condition, as Kubernetes' conventions have it."""

    type: Annotated[str, Field(max_length=64)]
    """What is judged."""
    status: ConditionStatus
    """How it stands; Unknown where that cannot be told."""
    reason: Annotated[str, Field(max_length=64)]
    """Why, in one word for machines."""
    message: Sentence
    """Why, in words for people."""
    observed_generation: Count
    """The generation of the campaign that was judged."""
    last_transition_time: Instant | None = None
    """When the status last changed."""


class UpcomingMoment(StatusPart):
    """An instant of an airing at which the crowd grows beyond all before."""

    at: Instant
    """When."""
    required: Count
    """Replicas of all targets together."""
    verdict: Verdict | None = None
    """Whether they were ready; absent until then."""


class UpcomingAiring(StatusPart):
    """One of the next airings, or one that still holds a floor."""

    airtime: Named
    """The name of its airtime."""
    warm_up: Instant
    """When the floor rises for it."""
    start: Instant
    """When it starts."""
    end: Instant
    """When it is planned to end."""
    moments: Annotated[tuple[UpcomingMoment, ...], Field(max_length=64)] = ()
    """The instants that deserve a verdict."""
    peak_replicas: Count
    """Replicas of all targets together at the peak."""


class TargetStatus(StatusPart):
    """What the campaign does to one target."""

    name: Named
    """The target's name in its TargetSet or in the campaign."""
    kind: Named
    """The workload's kind."""
    workload: Named
    """The workload's name."""
    steered_by: Annotated[str, Field(max_length=300)] | None = None
    """What is written to, such as HorizontalPodAutoscaler/mol-api."""
    baseline: Cell | None = None
    """What the owner set, such as min 4, max 20."""
    floor: Count | None = None
    """Replicas that it must have now."""
    ceiling: Count | None = None
    """The maximum of its autoscaler while the floor holds."""
    ready: Count | None = None
    """Its ready replicas."""
    overlapping: Annotated[
        tuple[Annotated[str, Field(max_length=320)], ...], Field(max_length=MAX_OVERLAPPING)
    ] = ()
    """Other campaigns that need this target at the same time."""
    why: Sentence | None = None
    """The arithmetic in words."""


class CampaignStatus(StatusPart):
    """How a campaign is doing."""

    observed_generation: Count
    """The generation of the campaign that this status is about."""
    phase: Phase
    """Where the campaign stands; Unknown until everything has been listed once."""
    summary: Sentence
    """One line for the people who announced it."""
    next: Cell
    """The next airing, in the campaign's zone."""
    peak: Cell
    """Replicas at the next peak."""
    ready: Cell
    """Ready replicas of those that are due."""
    conditions: Annotated[
        tuple[Condition, ...], Field(max_length=16, json_schema_extra=_KEYED_BY_TYPE)
    ] = ()
    """What is judged about it, for machines and people."""
    upcoming: Annotated[tuple[UpcomingAiring, ...], Field(max_length=MAX_UPCOMING)] = ()
    """The next airings, and those that still hold a floor."""
    targets: Annotated[tuple[TargetStatus, ...], Field(max_length=500)] = ()
    """What is done to each workload."""
