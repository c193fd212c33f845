"""Manifests become specs, or an error that names every wrong field."""

from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest

from onair.model.campaigns import CampaignSpec
from onair.model.errors import InvalidManifest
from onair.model.parse import parse_campaign, parse_target_set
from onair.model.targets import CoolDown, TargetSetSpec, WarmUp
from onair.model.texts import Anchor
from tests.unit.model.manifests import ABSENT, CAMPAIGN, INLINE, TARGET_SET, changed
from tests.unit.model.refusal import Refusal
from tests.unit.model.refusals import REFUSALS
from tests.unit.model.refused_airtimes import LISTED


def parsed(manifest: dict[str, Any]) -> CampaignSpec | TargetSetSpec:
    """Parse a manifest of either kind."""
    parse = parse_campaign if manifest["kind"] == "Campaign" else parse_target_set
    return parse(manifest)


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: refusal.name)
def test_refusals(refusal: Refusal) -> None:
    """A manifest that the API server refuses is refused with the field and plain words."""
    with pytest.raises(InvalidManifest) as caught:
        parsed(refusal.manifest)
    assert caught.value.reason == "InvalidManifest"
    assert caught.value.message.startswith(f"{refusal.path}: ")
    assert refusal.want in caught.value.message


def test_campaign_values() -> None:
    """Every text of a campaign becomes an exact value."""
    spec = parse_campaign(CAMPAIGN)
    (airtime,) = spec.airtimes
    assert airtime.start == datetime(2027, 1, 9, 20, 30)  # noqa: DTZ001  # wall clock
    assert airtime.duration == timedelta(hours=1, minutes=5)
    assert airtime.end_slack == timedelta(minutes=10)
    assert airtime.except_ == (date(2027, 2, 6),)
    assert spec.load is not None
    assert spec.load.audience is not None
    assert spec.load.audience.people == 680_000
    assert spec.load.audience.requests_per_person == Fraction(11, 5)
    assert spec.load.headroom == Fraction(3, 10)


def test_inline_values() -> None:
    """Points and inline targets become exact values."""
    spec = parse_campaign(INLINE)
    assert spec.load is not None
    assert spec.load.points is not None
    assert spec.load.points[0].at == Anchor("start", timedelta(minutes=-15))
    assert spec.load.points[2].at == Anchor("end", timedelta(minutes=1))
    assert spec.targets is not None
    assert spec.targets[0].per_replica == 50
    assert spec.targets[0].share == Fraction(4, 5)
    assert spec.targets[1].scale_target_ref.kind == "StatefulSet"


@pytest.mark.parametrize(
    "cool_down",
    [
        pytest.param({"hold": "24h", "step": "100%", "every": "24h"}, id="one step"),
        pytest.param({"hold": "24h", "step": "49%", "every": "8h"}, id="three steps"),
        pytest.param({"hold": "1h20m", "step": "1%", "every": "28m"}, id="a hundred steps"),
    ],
)
def test_longest_cool_down(cool_down: dict[str, str]) -> None:
    """A cool-down may last two days, and not a second longer."""
    assert parse_target_set(changed(TARGET_SET, {"spec.coolDown": cool_down}))
    longer = changed(
        TARGET_SET, {"spec.coolDown": cool_down | {"every": cool_down["every"] + "1s"}}
    )
    with pytest.raises(InvalidManifest, match=r"must end within 48h|from 1s to 24h"):
        parse_target_set(longer)


def test_defaults() -> None:
    """What a manifest leaves out has the documented default."""
    absent = ["timeZone", "suspend", "title", "load.headroom", "load.audience.response"]
    absent += ["load.audience.requestsPerPerson", "airtimes.0.endSlack"]
    spec = parse_campaign(changed(CAMPAIGN, {f"spec.{path}": ABSENT for path in absent}))
    assert spec.time_zone == "UTC"
    assert not spec.suspend
    assert spec.load is not None
    assert spec.load.headroom == Fraction(3, 10)
    assert spec.load.audience is not None
    assert spec.load.audience.response == spec.load.audience.requests_per_person == 1
    assert spec.airtimes[0].end_slack == timedelta()
    steps = parse_target_set(changed(TARGET_SET, {"spec.warmUp": ABSENT, "spec.coolDown": ABSENT}))
    assert steps.warm_up == WarmUp(lead=timedelta(minutes=10))
    assert steps.cool_down == CoolDown(
        hold=timedelta(minutes=5), step=Fraction(1, 4), every=timedelta(minutes=1)
    )
    assert (
        parse_target_set(changed(TARGET_SET, {"spec.targets.0.share": ABSENT})).targets[0].share
        == 1
    )


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"spec.load.requestsPerSecond": 5000}, id="an integer"),
        pytest.param({"spec.load.requestsPerSecond": "5000.0"}, id="with a fraction"),
        pytest.param({"spec.load.requestsPerSecond": "0.005M"}, id="in millions"),
        pytest.param({"spec.warmUp.lead": "600s"}, id="a lead in seconds"),
        pytest.param({"spec.load.headroom": "30.0%"}, id="the default, said"),
        pytest.param({"spec.timeZone": "UTC", "spec.suspend": False}, id="other defaults, said"),
    ],
)
def test_equal_spellings(changes: dict[str, Any]) -> None:
    """Spellings of one meaning give equal specs, with equal hashes."""
    spec = parse_campaign(changed(INLINE, changes))
    assert spec == parse_campaign(INLINE)
    assert hash(spec) == hash(parse_campaign(INLINE))


@pytest.mark.parametrize(
    ("start", "want"),
    [
        pytest.param("1998-06-26T19:00:00Z", datetime(1998, 6, 26, 19, tzinfo=UTC), id="with Z"),
        pytest.param(
            "2027-01-09T20:30:00+01:00",
            datetime(2027, 1, 9, 19, 30, tzinfo=UTC),
            id="with an offset",
        ),
    ],
)
def test_aware_start(start: str, want: datetime) -> None:
    """A start with Z or an offset is an instant of its own."""
    spec = parse_campaign(changed(CAMPAIGN, {"spec.airtimes.0.start": start}))
    assert spec.airtimes[0].start == want


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("spec.load.learn", id="a field of a later version"),
        pytest.param("spec.time_zone", id="a field in Python's spelling"),
        pytest.param("spec.targets.0.after", id="deep inside"),
    ],
)
def test_unknown_fields(path: str) -> None:
    """A field that OnAir does not know is refused, not ignored."""
    with pytest.raises(InvalidManifest, match="is not a field that OnAir knows"):
        parse_campaign(changed(INLINE, {path: "4"}))


def test_all_errors_are_named() -> None:
    """One message names every wrong field, so that nobody has to try again and again."""
    manifest = changed(CAMPAIGN, {"spec.load.shape": "Wave", "spec.airtimes.0.duration": "1:05"})
    with pytest.raises(InvalidManifest) as caught:
        parse_campaign(manifest)
    assert "spec.airtimes[0].duration: " in caught.value.message
    assert "spec.load.shape: " in caught.value.message


def test_starts_of_two_texts() -> None:
    """Two spellings of one instant are two texts: only the schedule knows that they are one."""
    said = ["2027-01-09T20:30:00Z", "2027-01-09T20:30:00+00:00"]
    (airtime,) = parse_campaign(changed(LISTED, {"spec.airtimes.0.starts": said})).airtimes
    assert airtime.starts is not None
    assert len(airtime.starts) == 2


MULTIPLE: dict[str, Any] = {"shape": "Flat", "multiplier": "2.5"}


def test_load_of_an_airtime() -> None:
    """An airtime's own load replaces the campaign's, which the others keep."""
    repeat = CAMPAIGN["spec"]["airtimes"][0] | {"name": "repeat", "load": MULTIPLE}
    spec = parse_campaign(changed(CAMPAIGN, {"spec.airtimes.1": repeat}))
    shared, own = spec.loads()
    assert shared == spec.load
    assert own is not None
    assert own.multiplier == Fraction(5, 2)


def test_campaign_without_a_load() -> None:
    """A campaign whose airtimes all have a load of their own needs none."""
    changes = {"spec.load": ABSENT, "spec.airtimes.0.load": MULTIPLE}
    spec = parse_campaign(changed(CAMPAIGN, changes))
    assert spec.load is None
    assert [load and load.multiplier for load in spec.loads()] == [Fraction(5, 2)]


@pytest.mark.parametrize(
    ("load", "want"),
    [
        pytest.param(MULTIPLE, True, id="a multiplier"),
        pytest.param({"shape": "Flat", "requestsPerSecond": 5}, False, id="requests"),
    ],
)
def test_target_of_unknown_capacity(load: dict[str, Any], want: bool) -> None:  # noqa: FBT001
    """A target of which nobody knows what a replica serves carries nothing but a multiplier."""
    bare = changed(TARGET_SET, {"spec.targets.1.replicas": ABSENT})
    _, target = parse_target_set(bare).targets
    assert parse_campaign(changed(CAMPAIGN, {"spec.load": load})).is_carried_by(target) is want


def test_inline_target_of_unknown_capacity() -> None:
    """It may stand in a campaign whose loads are all multipliers."""
    changes = {"spec.load": MULTIPLE, "spec.targets.1.replicas": ABSENT}
    spec = parse_campaign(changed(INLINE, changes))
    assert spec.targets is not None
    assert (spec.targets[1].per_replica, spec.targets[1].replicas) == (None, None)


def test_exception_list_may_be_empty() -> None:
    """An empty list of exceptions says nothing, so it may stand without a repetition."""
    changes = {"spec.airtimes.0.except": [], "spec.airtimes.0.repeat": ABSENT}
    assert parse_campaign(changed(CAMPAIGN, changes)).airtimes[0].except_ == ()


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("spec.title", id="text"),
        pytest.param("spec.targets", id="a list"),
        pytest.param("spec.load.audience.within", id="in a group"),
    ],
)
def test_null_is_absent(path: str) -> None:
    """A field that is null is absent, as the API server has it."""
    absent = parse_campaign(changed(changed(CAMPAIGN, {path: None}), {path: ABSENT}))
    assert parse_campaign(changed(CAMPAIGN, {path: None})) == absent


def test_what_many_campaigns_say_alike_is_kept_once() -> None:
    """Ten thousand of them have room in one process."""
    said = INLINE | {"coolDown": {"hold": "3m"}}
    first, second = (parsed(deepcopy(said)) for _ in range(2))
    assert first is not second
    assert first.cool_down is second.cool_down
    assert first.model_fields_set is second.model_fields_set
