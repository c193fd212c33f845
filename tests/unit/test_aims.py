"""Which campaign aims at which target."""

from __future__ import annotations

from datetime import timedelta

import pytest

from onair.aims import Aims
from onair.cluster import resources
from onair.model import reasons
from tests.unit.plan.example import TARGET_SET
from tests.unit.worlds import API, CHAT, NAME, announce, body, example

INLINE = [
    {"name": "api", "scaleTargetRef": {"name": "mol-api"}, "perReplica": "50", "maxReplicas": 30}
]


def test_a_target_set_is_resolved() -> None:
    """Each of its targets is aimed at, with its times, and limits the total."""
    aims = Aims(example()).of("tv")
    assert set(aims.by_target) == {API, CHAT}
    (aim,) = aims.by_target[API]
    assert (aim.campaign, aim.lead) == (NAME, timedelta(minutes=10))
    assert aim.contribution is None
    assert aim.total is not None
    assert aim.total.replicas == 300


def test_an_inline_target_limits_its_own_campaign() -> None:
    """What one campaign may ask for is no limit on what others ask for."""
    aims = Aims(example(targetSets=None, targets=INLINE)).of("tv")
    (aim,) = aims.by_target[API]
    assert (aim.contribution, aim.total) == (30, None)
    assert CHAT not in aims.by_target


def test_a_suspended_campaign_aims_at_nothing() -> None:
    """Its targets are still known, for its status."""
    aims = Aims(example(suspend=True)).of("tv")
    assert not aims.by_target
    assert [aim.key for aim in aims.by_campaign["wie-is-de-mol"]] == [API, CHAT]


@pytest.mark.parametrize(
    ("campaign", "reason", "message"),
    [
        pytest.param(
            {"targetSets": [{"name": "other"}]},
            reasons.TARGET_SET_MISSING,
            "there is no TargetSet 'other' in this namespace; apply it first",
            id="no such target set",
        ),
        pytest.param(
            {"timeZone": "Europe/Hilversum"},
            reasons.UNKNOWN_TIME_ZONE,
            "Europe/Hilversum",
            id="a manifest that cannot be planned",
        ),
    ],
)
def test_an_invalid_campaign_aims_at_nothing(
    campaign: dict[str, object], reason: str, message: str
) -> None:
    """Why it cannot be planned is kept for its status."""
    aims = Aims(example(**campaign)).of("tv")
    assert not aims.by_target
    error = aims.invalid["wie-is-de-mol"]
    assert error.reason == reason
    assert message in error.message


def test_an_invalid_target_set_is_its_campaigns_fault_too() -> None:
    """The campaign names the target set and what is wrong with it."""
    world = example()
    world.observe(resources.TARGET_SETS, body("mol", {"targets": []}, generation=2))
    assert Aims(world).of("tv").invalid["wie-is-de-mol"].message.startswith("TargetSet 'mol': ")


def test_namespaces_are_apart() -> None:
    """A campaign aims at targets of its own namespace."""
    assert not Aims(example()).of("radio").by_target


@pytest.mark.parametrize(
    ("change", "same"),
    [
        pytest.param({"title": "De Mol"}, True, id="a title"),
        pytest.param({"timeZone": "UTC"}, False, id="a time zone"),
        pytest.param({"load": {"shape": "Flat", "requestsPerSecond": "5"}}, False, id="a load"),
    ],
)
def test_the_fingerprint_moves_with_the_floor(change: dict[str, object], *, same: bool) -> None:
    """An edit that the floor does not depend on is no edit of the plan."""
    world = example()
    aims = Aims(world)
    before = aims.of("tv").by_target[API][0].fingerprint
    announce(world, "wie-is-de-mol", generation=2, **change)
    assert (aims.of("tv").by_target[API][0].fingerprint == before) is same


def test_an_edited_target_set_is_seen() -> None:
    """What engineers change reaches the campaigns that use it."""
    world = example()
    aims = Aims(world)
    assert len(aims.of("tv").by_target) == 2
    fewer = TARGET_SET | {"targets": TARGET_SET["targets"][:1]}
    world.observe(resources.TARGET_SETS, body("mol", fewer, generation=2))
    assert set(aims.of("tv").by_target) == {API}
