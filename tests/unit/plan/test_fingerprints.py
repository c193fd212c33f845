"""Whatever a floor depends on is in the fingerprint of an aim."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, Final

import pytest

from onair.model.parse import parse_campaign, parse_target_set
from onair.plan.aims import Aim, Named, resolve
from tests.unit.plan.example import CAMPAIGN, TARGET_SET

API: Final = TARGET_SET["targets"][0]
ME: Final = Named("tv", "mol")
AIRTIME: Final = CAMPAIGN["airtimes"][0]
INLINE: Final = {
    "targetSets": None,
    "targets": [API],
    "warmUp": TARGET_SET["warmUp"],
    "coolDown": TARGET_SET["coolDown"],
}
"""The example's target as one of the campaign's own: only the meaning of its limit differs."""


def aim(
    named: Named = ME,
    sets: str = "mol",
    target_set: dict[str, Any] | None = None,
    **campaign: Any,  # noqa: ANN401  # as in a manifest
) -> Aim:
    """Return the example's aim at its API, fields of campaign and target set changed."""
    fields = {**CAMPAIGN, "targetSets": [{"name": sets}], **campaign}
    spec = {name: said for name, said in fields.items() if said is not None}
    found = parse_target_set({"spec": {**TARGET_SET, **(target_set or {})}})
    return resolve(named, parse_campaign({"spec": spec}), lambda _: found)[0]


def through(**target: Any) -> Aim:  # noqa: ANN401  # as in a manifest
    """Return the example's aim at its API with fields of the target changed."""
    return aim(target_set={"targets": [API | target]})


CHANGES: Final[dict[str, list[Aim]]] = {
    "campaign": [aim(Named("tv", "other"))],
    "spec": [
        aim(timeZone="Europe/London"),
        aim(load={**CAMPAIGN["load"], "headroom": "31%"}),
        aim(airtimes=[AIRTIME | {"endSlack": "11m"}]),
        aim(airtimes=[AIRTIME | {"load": {"shape": "Flat", "multiplier": "4"}}]),
    ],
    "key": [through(scaleTargetRef={"name": "other"})],
    "target": [through(perReplica="51"), through(share="81%")],
    "lead": [aim(target_set={"warmUp": {"lead": "20m"}})],
    "cool_down": [aim(target_set={"coolDown": TARGET_SET["coolDown"] | {"hold": "6m"}})],
    "contribution": [aim(**INLINE)],
    "total": [aim(sets="other"), aim(**INLINE), through(maxReplicas=299)],
}
"""For each field of an aim aims that differ from the example's in it."""


CASES: Final = [
    pytest.param(field, other, id=f"{field} {number}")
    for field, changed in CHANGES.items()
    for number, other in enumerate(changed)
]


def test_every_field_of_an_aim_is_tried() -> None:
    """A field that is added needs a case here."""
    assert set(CHANGES) == {field.name for field in fields(Aim)} - {"fingerprint"}


@pytest.mark.parametrize(("field", "other"), CASES)
def test_a_fingerprint_moves_with_the_floor(field: str, other: Aim) -> None:
    """Whatever changes in an aim, its fingerprint changes, so that the plan is made again."""
    assert getattr(other, field) != getattr(aim(), field)
    assert other.fingerprint != aim().fingerprint


def test_another_object_of_the_same_name_is_another_plan() -> None:
    """A campaign in a file has no UID; one that was deleted and made again has another."""
    one, two = (aim(Named("tv", "mol", uid)) for uid in ("uid-1", "uid-2"))
    assert one.fingerprint != two.fingerprint
    assert aim(Named("tv", "mol", "")).fingerprint == aim().fingerprint


def test_a_fingerprint_ignores_the_rest() -> None:
    """A title says nothing of a floor."""
    assert aim(title="Another title").fingerprint == aim().fingerprint
