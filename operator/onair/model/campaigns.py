"""The spec of a campaign: what marketing writes.

Defaults stand in the models and not in the CRDs, so that the API server never rewrites a manifest.
"""

from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field

from onair.model.airtimes import Airtime
from onair.model.lists import KEYED, unique
from onair.model.loads import Load
from onair.model.manifest import ONCE, Manifest, Rule
from onair.model.targets import (
    EACH_ONCE,
    CoolDown,
    Target,
    Targets,
    TargetSetReference,
    WarmUp,
)
from onair.model.texts import TimeZone


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
        Rule(
            "load is required, unless every airtime has its own",
            "has(self.load) || self.airtimes.all(a, has(a.load))",
            lambda spec: all(load is not None for load in spec.loads()),
            field="load",
        ),
        Rule(
            "a send does not run over: beside the shape Push there is no endSlack",
            "self.airtimes.all(a, !has(a.endSlack) || (has(a.load) ? a.load.shape != 'Push'"
            " : !has(self.load) || self.load.shape != 'Push'))",
            lambda spec: all(
                load is None or load.shape != "Push" or "end_slack" not in airtime.model_fields_set
                for airtime, load in zip(spec.airtimes, spec.loads(), strict=True)
            ),
            field="airtimes",
        ),
        Rule(
            "a target without perReplica and replicas can carry nothing but a multiplier's load",
            "!has(self.targets) || self.targets.all(t, has(t.perReplica) || has(t.replicas))"
            " || ((!has(self.load) || has(self.load.multiplier) || self.airtimes.all(a,"
            " has(a.load))) && self.airtimes.all(a, !has(a.load) || has(a.load.multiplier)))",
            lambda spec: all(map(spec.is_carried_by, spec.targets or ())),
            field="targets",
        ),
        EACH_ONCE,
    )

    title: Annotated[str, Field(min_length=1, max_length=100)] | None = None
    """What people call it."""
    time_zone: TimeZone = "UTC"
    """The zone of all wall-clock times here, such as Europe/Amsterdam; UTC if absent."""
    airtimes: Annotated[
        tuple[Airtime, ...],
        Field(min_length=1, max_length=32, json_schema_extra=KEYED),
        AfterValidator(unique),
    ]
    """When it airs."""
    load: Load | None = None
    """The demand that each airing adds; required, unless every airtime has its own."""
    target_sets: (
        Annotated[
            tuple[TargetSetReference, ...],
            Field(min_length=1, max_length=10, json_schema_extra=KEYED),
            AfterValidator(unique),
        ]
        | None
    ) = None
    """The TargetSets that carry the load, or else targets."""
    targets: Targets | None = None
    """The workloads that carry the load, or else targetSets."""
    warm_up: Annotated[WarmUp, ONCE] | None = None
    cool_down: Annotated[CoolDown, ONCE] | None = None
    suspend: Annotated[bool, Field(strict=True)] = False
    """Whether it is switched off and what it raised runs the normal cool-down; false if absent."""

    def loads(self) -> tuple[Load | None, ...]:
        """Return the load of every airtime: its own, else the campaign's."""
        return tuple(airtime.load or self.load for airtime in self.airtimes)

    def is_carried_by(self, target: Target) -> bool:
        """Tell whether it is known how many replicas of a target the loads need."""
        if target.per_replica is not None or target.replicas is not None:
            return True
        return all(load is not None and load.multiplier is not None for load in self.loads())
