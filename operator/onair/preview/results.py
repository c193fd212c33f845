"""What a preview says, in the words and numbers of its JSON (docs/reference/plan-schema.json).

All instants are UTC, all stretches of time half-open. Steps, demand and overlaps are cut to the
window of the preview.
"""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel
from pydantic.json_schema import GenerateJsonSchema


class Result(BaseModel):
    """A part of a preview."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        frozen=True,
        populate_by_name=True,
        use_attribute_docstrings=True,
    )


class Airing(Result):
    """One dated occurrence of an airtime."""

    airtime: str
    """The airtime's name."""
    start: datetime
    """When it begins."""
    end: datetime
    """The planned end."""
    latest_end: datetime
    """The planned end and its slack."""
    warm_up: datetime
    """From here on replicas are held for it."""
    cooled: datetime
    """From here on none are."""
    shape: str
    """How the crowd comes and goes."""
    peak: str
    """The arithmetic of its peak, in words."""
    requests_per_second: float | None
    """The peak; null for a multiple of the usual load."""


class Campaign(Result):
    """A campaign and its airings for which anything is held within the window."""

    namespace: str
    """Its namespace."""
    name: str
    """Its name; of one that the API server names, what it begins with and a number in brackets."""
    title: str | None
    """Its title, as the manifest has it."""
    time_zone: str
    """The zone of its local times."""
    suspended: bool
    """Nothing is planned for a suspended campaign."""
    counts: str
    """How many airings it has in all, in words."""
    airings: tuple[Airing, ...]
    """Those for which anything is held within the window, in order of their starts."""
    next: datetime | None
    """The start of its first airing after the window."""
    cut: datetime | None
    """The start of the first airing that is left out, because 2,000 at most are planned."""


class Limit(Result):
    """A limit on all that campaigns ask of a target together."""

    name: str
    """Whose it is, in words."""
    replicas: int
    """The most that it allows."""


class Step(Result):
    """What a target must have from an instant on, until the next step."""

    at: datetime
    """When it begins."""
    floor: int
    """Replicas within all limits."""
    required: int
    """Replicas before limits."""
    campaigns: tuple[str, ...]
    """The campaigns that need the target then, as namespace/name."""
    limited_by: str | None
    """The limit that keeps the floor below what is required."""


class Demand(Result):
    """A point of the demand that campaigns send to a target.

    Straight lines join the points, two points at one instant are a step, outside them it is zero.
    """

    at: datetime
    """The instant."""
    requests_per_second: float
    """The demand, without headroom."""


class Moment(Result):
    """An instant at which an airing's demand first reaches a level."""

    at: datetime
    """The instant."""
    campaign: str
    """The campaign whose airing it is, as namespace/name."""
    airtime: str
    """The airtime's name."""
    required: int
    """Replicas for the demand of that instant, before limits."""
    floor: int
    """Replicas within all limits, held for demand before and after it, too."""
    why: str
    """The arithmetic behind what is required."""


class Overlap(Result):
    """A stretch of time in which several campaigns need a target."""

    from_: datetime = Field(alias="from")
    """When it begins."""
    until: datetime
    """When it ends."""
    campaigns: tuple[str, ...]
    """The campaigns, as namespace/name."""


class Peak(Result):
    """The highest floor of a target within the window."""

    replicas: int
    """The floor, within all limits."""
    from_: datetime = Field(alias="from")
    """When the stretch of time at that floor begins in which most is required."""
    demand_at: datetime
    """The instant whose demand asks for most in it; in its cool-down, one before it."""
    why: str
    """The arithmetic, and which limit keeps the floor below what is required."""


class ReplicaHours(Result):
    """Replicas times hours, over the window."""

    floor: float
    """Of the floor."""
    usual: float | None
    """Of the usual load, where there is no floor; null where nobody knows it."""
    always_at_peak: float
    """Of as many replicas as the highest floor, all the time."""
    saved: float | None
    """What floor and usual load together take less; null where nobody knows the latter."""


class Target(Result):
    """A workload over the window."""

    namespace: str
    """The workload's namespace."""
    kind: str
    """Deployment or StatefulSet."""
    name: str
    """The workload's name."""
    usual_replicas: int
    """Replicas that the ordinary load needs; 0 where nobody knows."""
    usual_known_from: Literal["manifest", "cluster", "nobody"]
    """Who says so."""
    limits: tuple[Limit, ...]
    """Those on all that campaigns ask of it together."""
    peak: Peak | None
    """Null if there is no floor within the window."""
    steps: tuple[Step, ...]
    """Before the first there is no floor."""
    demand: tuple[Demand, ...]
    """What campaigns send to it; empty for multiples of the usual load."""
    moments: tuple[Moment, ...]
    """In order of time."""
    overlaps: tuple[Overlap, ...]
    """When several campaigns need it, in order of time."""
    replica_hours: ReplicaHours
    """What the floor costs."""


class Plan(Result):
    """What will happen within a window of time."""

    from_: datetime = Field(alias="from")
    """When the window begins."""
    until: datetime
    """When it ends."""
    campaigns: tuple[Campaign, ...]
    """All that were given, whether they air within the window or not."""
    targets: tuple[Target, ...]
    """All that campaigns aim at, sorted."""

    def document(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return self.model_dump(mode="json", by_alias=True)


class _Untitled(GenerateJsonSchema):
    """JSON Schema without pydantic's titles, which only repeat the names."""

    def field_title_should_be_set(self, schema: object) -> bool:  # noqa: ARG002 - pydantic's
        """Tell pydantic to leave them out."""
        return False


def schema(of: type[Result] = Plan) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of what a command prints, a plan if nothing is said."""
    made = of.model_json_schema(mode="serialization", schema_generator=_Untitled)
    return {"$schema": _Untitled.schema_dialect, **made}
