"""The spec of a campaign: what marketing writes.

Defaults stand in the models and not in the CRDs, so that the API server never rewrites a manifest.
"""

from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field

from onair.model.airtimes import Airtime
from onair.model.lists import KEYED, unique
from onair.model.loads import Load
from onair.model.manifest import Manifest, Rule
from onair.model.targets import CoolDown, Targets, TargetSetReference, WarmUp
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
    load: Load
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
    warm_up: WarmUp | None = None
    cool_down: CoolDown | None = None
    suspend: Annotated[bool, Field(strict=True)] = False
    """Whether it is switched off and what it raised runs the normal cool-down; false if absent."""
