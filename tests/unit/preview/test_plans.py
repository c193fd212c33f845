"""The preview of campaigns as a whole."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from onair.plan.observed import TargetKey
from onair.preview.plans import lacking, over, preview
from onair.preview.results import Plan
from onair.preview.windows import Window
from tests.unit.plan.example import at
from tests.unit.preview.announcing import EVENING, announced, flat

API = TargetKey("tv", "Deployment", "mol-api")
WEEK = timedelta(days=7)


def test_a_campaign_is_described() -> None:
    """Its airings within the window, their peak in words, and what lies beyond."""
    (campaign,) = preview([announced()], {}, 500, EVENING).campaigns
    assert (campaign.namespace, campaign.name) == ("tv", "wie-is-de-mol")
    assert campaign.counts == "9 airings: 10 less 1 excluded"
    (airing,) = campaign.airings
    assert (airing.start, airing.end, airing.latest_end) == (
        at("19:30"),
        at("20:35"),
        at("20:45"),
    )
    assert airing.peak == "680,000 people x 2.2 requests within 5m = 4,986.67 requests/s"
    assert airing.requests_per_second == 4986.67
    assert campaign.next is not None


def test_a_peak_is_what_comes_at_most() -> None:
    """Points that stay below 100 % have no higher peak than their highest level."""
    points = [{"at": "start", "level": "10%"}, {"at": "end", "level": "50%"}]
    load = {"shape": "Custom", "points": points, "requestsPerSecond": "5k"}
    (campaign,) = preview([flat("half", at("19:30"), load=load)], {}, 500, EVENING).campaigns
    (airing,) = campaign.airings
    assert airing.peak == "5,000 requests/s x 50 % for Custom = 2,500 requests/s"
    assert airing.requests_per_second == 2500


def test_a_suspended_campaign_is_listed_and_not_planned() -> None:
    """It aims at nothing."""
    plan = preview([announced(suspend=True)], {}, 500, EVENING)
    assert [campaign.suspended for campaign in plan.campaigns] == [True]
    assert plan.targets == ()


def test_targets_are_sorted() -> None:
    """The order of campaigns changes nothing about the targets."""
    campaigns = [announced(), flat("early", at("14:00"))]
    plan = preview(campaigns, {}, 500, EVENING)
    assert [target.name for target in plan.targets] == ["mol-api", "mol-chat"]
    assert preview(campaigns[::-1], {}, 500, EVENING).targets == plan.targets


def test_an_unknown_usual_load_is_said() -> None:
    """Of a target that adds to it, with what it means for a multiple of it."""
    unusual: dict[str, Any] = {"targetSets": [{"name": "unusual"}]}
    (note,) = lacking([announced(**unusual)], {}, looked=False)
    assert note.startswith("the usual load of Deployment tv/mol-api is not known")
    assert note.endswith("; say usualReplicas, or look at it with --cluster")
    assert lacking([announced(**unusual)], {API: 4}, looked=False) == []
    four = announced(load={"shape": "Flat", "multiplier": 4}, **unusual)
    (note,) = lacking([four], {}, looked=False)
    assert "a multiple of it is nothing" in note


def test_nobody_is_sent_to_a_cluster_that_was_looked_at() -> None:
    """There only a manifest can say the usual load."""
    (note,) = lacking([announced(targetSets=[{"name": "unusual"}])], {}, looked=True)
    assert note.endswith("; say usualReplicas")


@pytest.mark.parametrize(
    ("campaign", "begins", "said"),
    [
        pytest.param({}, at("12:00"), False, id="still to air"),
        pytest.param({}, at("21:52") + 9 * WEEK, False, id="still cooling down"),
        pytest.param({}, at("21:53") + 9 * WEEK, True, id="all over"),
        pytest.param({}, at("12:00") - 100 * WEEK, False, id="too far ahead to be planned"),
        pytest.param({"suspend": True}, at("21:53") + 9 * WEEK, False, id="suspended"),
    ],
)
def test_what_is_over_is_said(campaign: dict[str, Any], begins: datetime, *, said: bool) -> None:
    """A campaign without an airing left is named; one that airs later is not."""
    show = announced(**campaign)
    plan = preview([show], {}, 500, Window(begins, begins + timedelta(days=1)))
    note = "every airing of tv/wie-is-de-mol is over before this plan begins"
    assert over([show], plan) == [note] * said


def test_a_plan_as_json_says_all() -> None:
    """Read back, it is the same plan."""
    plan = preview([announced(), flat("other", at("19:00"))], {}, 500, EVENING)
    assert Plan.model_validate(plan.document()) == plan
    assert plan.document()["targets"][0]["steps"][0]["at"].endswith("Z")
