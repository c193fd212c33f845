"""Which targets a campaign aims at, with which limits and times, and what it needs of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from onair.model import reasons
from onair.model.errors import InvalidManifest
from onair.model.parse import parse_campaign, parse_target_set
from onair.plan.aims import Aim, Named, limits_of, needs_between, resolve
from onair.plan.observed import TargetKey
from onair.plan.timeline import Limit
from tests.unit.plan.example import CAMPAIGN, TARGET_SET, at, needs

if TYPE_CHECKING:
    from onair.model.campaigns import CampaignSpec
    from onair.model.targets import TargetSetSpec

ME = Named("tv", "mol", "uid-1")
OPERATORS = Limit("the operator's --max-replicas-per-target", reasons.LIMITED_BY_OPERATOR, 500)
BARE = {"name": "bare", "scaleTargetRef": {"name": "bare"}, "maxReplicas": 9}
LONG = {"lead": "20m"}


def spec(**fields: Any) -> CampaignSpec:  # noqa: ANN401 - as in a manifest
    """Return the example's campaign with fields changed; None takes one away."""
    said = {name: value for name, value in {**CAMPAIGN, **fields}.items() if value is not None}
    return parse_campaign({"spec": said})


def inline(*targets: dict[str, Any], **fields: Any) -> CampaignSpec:  # noqa: ANN401 - as above
    """Return the example's campaign with targets of its own."""
    return spec(targetSets=None, targets=list(targets or TARGET_SET["targets"]), **fields)


def target_set(**fields: Any) -> TargetSetSpec:  # noqa: ANN401 - as in a manifest
    """Return the example's target set with fields changed."""
    return parse_target_set({"spec": {**TARGET_SET, **fields}})


def found(_name: str) -> TargetSetSpec:
    """Return the example's target set under any name."""
    return target_set()


def nothing(_name: str) -> None:
    """Return that there is no target set."""


def test_aims_through_a_target_set() -> None:
    """Each target of the set is aimed at with the set's times; its limit is on the total."""
    api, chat = resolve(ME, spec(), found)
    assert (api.campaign, api.key, chat.key) == (
        "tv/mol",
        TargetKey("tv", "Deployment", "mol-api"),
        TargetKey("tv", "StatefulSet", "mol-chat"),
    )
    assert (api.spec, api.target, api.lead, api.cool_down) == (
        spec(),
        target_set().targets[0],
        timedelta(minutes=10),
        target_set().cool_down,
    )
    source = "maxReplicas of api in TargetSet mol"
    assert (api.total, api.contribution) == (
        Limit(source, reasons.LIMITED_BY_MAX_REPLICAS, 300),
        None,
    )


def test_aims_at_several_target_sets() -> None:
    """Each set brings its own times."""
    other = parse_target_set({"spec": {"targets": TARGET_SET["targets"][:1], "warmUp": LONG}})
    sets = {"mol": target_set(), "other": other}
    aims = resolve(ME, spec(targetSets=[{"name": "mol"}, {"name": "other"}]), sets.get)
    assert [(aim.target.name, aim.lead) for aim in aims] == [
        ("api", timedelta(minutes=10)),
        ("chat", timedelta(minutes=10)),
        ("api", timedelta(minutes=20)),
    ]


def test_aims_at_targets_of_its_own() -> None:
    """Their limit is on what this campaign alone may cause, their times are the campaign's."""
    api, chat = resolve(ME, inline(warmUp=LONG, coolDown={"hold": "7m"}), nothing)
    assert [(aim.total, aim.contribution) for aim in (api, chat)] == [(None, 300), (None, 20)]
    assert (api.lead, api.cool_down.hold) == (timedelta(minutes=20), timedelta(minutes=7))
    plain = resolve(ME, inline(), nothing)[0]
    assert (plain.lead, plain.cool_down.hold) == (timedelta(minutes=10), timedelta(minutes=5))


@pytest.mark.parametrize(
    ("there", "reason", "message"),
    [
        pytest.param(
            None,
            reasons.TARGET_SET_MISSING,
            "spec.targetSets: there is no TargetSet 'mol' in this namespace; apply it first",
            id="no such target set",
        ),
        pytest.param(
            InvalidManifest(reasons.UNPARSABLE_RULE, "spec.targets: must not be empty"),
            reasons.UNPARSABLE_RULE,
            "TargetSet 'mol': spec.targets: must not be empty",
            id="a target set that is wrong",
        ),
        pytest.param(
            parse_target_set({"spec": {"targets": [BARE]}}),
            reasons.PER_REPLICA_MISSING,
            "spec.targetSets: the target 'bare' of the TargetSet 'mol' has neither perReplica nor"
            " replicas, so it can carry nothing but a multiplier's load; say perReplica there, or"
            " a multiplier here",
            id="a target that cannot carry the load",
        ),
    ],
)
def test_what_cannot_be_aimed_at(
    there: TargetSetSpec | InvalidManifest | None, reason: str, message: str
) -> None:
    """The campaign is refused with the target set's name and what would be right."""
    with pytest.raises(InvalidManifest) as caught:
        resolve(ME, spec(), lambda _: there)
    assert (caught.value.reason, caught.value.message) == (reason, message)


TWO_SETS = [{"name": "one"}, {"name": "two"}]
FOURFOLD = {"shape": "Flat", "multiplier": "4"}


def test_a_multiple_through_two_target_sets() -> None:
    """A multiplier of one workload in two sets would add its crowd twice, and is refused."""
    with pytest.raises(InvalidManifest) as caught:
        resolve(ME, spec(load=FOURFOLD, targetSets=TWO_SETS), found)
    assert caught.value.reason == reasons.MULTIPLIED_TWICE
    assert caught.value.message == (
        "spec.targetSets: Deployment mol-api is in 2 of them, so that a multiplier would count more"
        " than once; name one of them, or say the load in requests"
    )


def test_a_multiple_of_one_airtime_through_two_target_sets() -> None:
    """The load of one airtime is enough to be refused."""
    first = CAMPAIGN["airtimes"][0]
    both = [first, first | {"name": "final", "load": FOURFOLD}]
    with pytest.raises(InvalidManifest, match="a multiplier would count more than once"):
        resolve(ME, spec(airtimes=both, targetSets=TWO_SETS), found)


@pytest.mark.parametrize(
    ("load", "targets"),
    [
        pytest.param(CAMPAIGN["load"], TARGET_SET["targets"], id="requests of one workload"),
        pytest.param(FOURFOLD, TARGET_SET["targets"][1:], id="a multiple beside fixed replicas"),
    ],
)
def test_one_workload_in_two_target_sets(load: Any, targets: Any) -> None:  # noqa: ANN401
    """Rates through two sets add up, and of fixed replicas the larger number counts."""
    campaign = spec(load=load, targetSets=TWO_SETS)
    aims = resolve(ME, campaign, lambda _: target_set(targets=targets))
    assert len(aims) == 2 * len(targets)


def aims() -> list[Aim]:
    """Return the example's aims."""
    return resolve(ME, spec(), found)


def test_needs_of_an_evening() -> None:
    """Each aim becomes a need, with the airings that matter."""
    api, chat = needs_between(aims(), at("18:00"), at("23:00"))
    want = replace(needs()[0], campaign="tv/mol", limit=None)
    assert api == want
    assert chat.target == needs()[1].target
    (own, _) = needs_between(resolve(ME, inline(), nothing), at("18:00"), at("23:00"))
    assert own.limit == 300


@pytest.mark.parametrize(
    ("after", "before", "want"),
    [
        pytest.param(timedelta(0), timedelta(days=6), 1, id="one week"),
        pytest.param(timedelta(0), timedelta(days=8), 2, id="two weeks"),
        pytest.param(timedelta(days=-9), timedelta(days=-1), 0, id="before the first"),
        pytest.param(timedelta(days=2), timedelta(days=6), 1, id="begun within what is seen"),
        pytest.param(timedelta(days=2, minutes=75), timedelta(days=6), 1, id="cooling down then"),
        pytest.param(timedelta(days=2, hours=9), timedelta(days=6), 0, id="over long before"),
    ],
)
def test_which_airings_matter(after: timedelta, before: timedelta, want: int) -> None:
    """An airing that may still be cooling down or warming up at the window's edges is in it."""
    start = at("19:30")
    found = needs_between(aims(), start + after, start + before)
    assert [len(need.airings) for need in found] == ([want] * 2 if want else [])


def test_limits_of_a_target() -> None:
    """Those of all target sets through which it is aimed at, on air or not, then the operator's."""
    api = aims()[0]
    idle = replace(api, campaign="tv/idle", total=Limit("idle's", "x", 7))
    own = resolve(Named("tv", "own"), inline(), nothing)[0]
    assert limits_of([api, idle, own], 500) == (api.total, idle.total, OPERATORS)
    assert limits_of([own], 500) == (OPERATORS,)
