"""The API reference says everything that the models say."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from onair.model import reasons
from onair.model.airtimes import Airtime
from onair.model.campaigns import CampaignSpec
from onair.model.crd import structural
from onair.model.loads import Audience, Load
from onair.model.manifest import Manifest
from onair.model.reference import api, reasons_in
from onair.model.status import CampaignStatus
from onair.model.targets import CoolDown, ScaleTargetRef, Target, TargetSetSpec, WarmUp
from onair.plan.status import build
from onair.plan.views import REFUSALS
from tests.unit.plan.imagined import T0
from tests.unit.plan.test_status import API, VIEW

SOURCE = Path(reasons.__file__).read_text(encoding="utf-8")
PAGE = api(SOURCE)
KEPT = (
    reasons.BLOCKED,
    reasons.REVERTED,
    reasons.STOPPED_BY_OWNER,
    reasons.OBSERVING,
)
GIVING_BACK = (
    reasons.HOLDING,
    reasons.RESTORING,
    reasons.CROWD_STAYS,
    reasons.OWNER_FORBIDS_SCALE_DOWN,
    reasons.CANNOT_SCALE_DOWN,
)


def rows(heading: str) -> dict[str, list[str]]:
    """Return the cells of the table below a heading, by the first of them."""
    section = PAGE.split(f"# {heading}\n")[1].split("\n#")[0]
    cells = [
        re.split(r" (?<!\\)\| ", line[2:-2]) for line in section.splitlines() if line[:1] == "|"
    ]
    return {first.strip("`"): rest for first, *rest in cells[2:]}


def descriptions(schema: dict[str, Any]) -> set[str]:
    """Return what is said about every field below a schema."""
    said = set()
    for field in schema.get("properties", {}).values():
        said |= {field.get("description", ""), *descriptions(field.get("items", field))}
    return said


@pytest.mark.parametrize(
    "model",
    [
        pytest.param(model, id=model.__name__)
        for model in (TargetSetSpec, CampaignSpec, CampaignStatus)
    ],
)
def test_every_field_has_a_meaning(model: type[Manifest]) -> None:
    """No field of a spec or a status goes without a sentence about it."""
    assert "" not in descriptions(structural(model))


def test_a_field() -> None:
    """A field's row has its type, its default, its bounds and its meaning."""
    assert rows("TargetSet: spec")["coolDown.hold"] == [
        "string",
        "5m",
        "a duration from 0s to 24h, such as 90s, 10m or 1h5m",
        "How long the floor stays up after the demand.",
    ]


def test_required_and_bounded() -> None:
    """What must be there is said to be required, and lists and numbers have their bounds."""
    fields = rows("TargetSet: spec")
    assert fields["targets"][:3] == [
        "list of objects",
        "required",
        "1 to 50 items, each with a name of its own",
    ]
    assert fields["targets[].maxReplicas"][:3] == ["integer", "required", "1 to 100000"]


@pytest.mark.parametrize(
    "model",
    [
        pytest.param(model, id=model.__name__)
        for model in (
            Airtime,
            Audience,
            CampaignSpec,
            CoolDown,
            Load,
            ScaleTargetRef,
            Target,
            WarmUp,
        )
    ],
)
def test_defaults_are_said(model: type[Manifest]) -> None:
    """Every field with a default of its own, empty lists aside, says it where it is described."""
    for name, field in model.model_fields.items():
        if not field.is_required() and field.default not in (None, ()):
            assert (field.description or "").endswith(" if absent."), name


def test_shared_fields_stand_once() -> None:
    """What a campaign may say as a TargetSet does is described there alone."""
    fields = rows("Campaign: spec")
    assert fields["coolDown"][-1].endswith("As in a TargetSet.")
    assert "coolDown.hold" not in fields


def test_items_of_a_list() -> None:
    """A list of single values says what each of them may be, besides how many there may be."""
    assert rows("Campaign: spec")["airtimes[].except"][2] == (
        "0 to 100 items, each a date that exists, such as 2027-02-06 or 2027-02-06T20:30:00"
    )


def test_rules_between_fields() -> None:
    """Each rule of the API server that concerns several fields is there with its place."""
    assert "- `targets[]`: replicas must be at most maxReplicas\n" in PAGE
    assert "- say the targets exactly once: either targetSets or targets\n" in PAGE


def test_every_reason() -> None:
    """Each reason stands below its condition with what it means."""
    known = {value for name, value in vars(reasons).items() if name.isupper()}
    said = reasons_in(SOURCE)
    assert {reason for meanings in said.values() for reason in meanings} == known
    assert rows("Ready")["NothingDue"] == ["No floor is due, so nothing can be late."]


@pytest.mark.parametrize(
    "reason", [pytest.param(r, id=r) for r in sorted({*REFUSALS, *KEPT, *GIVING_BACK})]
)
def test_every_condition_with_its_reasons(reason: str) -> None:
    """Whatever a target's reason makes of a campaign's conditions, the reference has it there."""
    target = replace(API, reason=reason, due=6, ready=3, held=True)
    for view in (replace(VIEW, targets=(target,)), replace(VIEW, unread="cannot list HPAs")):
        for condition in build(view, {}, T0)["conditions"]:
            section = PAGE.split(f"#### {condition['type']}\n")[1].split("\n#")[0]
            assert f"`{condition['reason']}`" in section, condition


@pytest.mark.parametrize(
    "source",
    [
        pytest.param('# --- Valid ---\nACCEPTED: Final = "Accepted"', id="without a comment"),
        pytest.param('# All is well.\nACCEPTED: Final = "Accepted"', id="without a condition"),
    ],
)
def test_reason_without_meaning(source: str) -> None:
    """A reason that nobody explained is refused by its name."""
    with pytest.raises(ValueError, match="Accepted"):
        reasons_in(source)


def test_unknown_condition() -> None:
    """Reasons of a condition that nobody explained are refused."""
    with pytest.raises(ValueError, match="Fancy"):
        api("# --- Fancy ---\n")
