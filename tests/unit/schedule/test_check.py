"""What no plan can be made of is refused with the field that is wrong."""

import pytest

from onair.model.campaigns import CampaignSpec
from onair.model.errors import InvalidManifest
from onair.schedule.airings import check
from tests.unit.schedule.campaigns import EPISODE, campaign, changed

POINTS = [
    {"at": "start", "level": "10%"},
    {"at": "start+2h", "level": "50%"},
    {"at": "end", "level": "100%"},
]


@pytest.mark.parametrize(
    ("spec", "reason", "message"),
    [
        pytest.param(
            campaign(EPISODE, zone="Europe/Amsterdm"),
            "UnknownTimeZone",
            "spec.timeZone: there is no time zone Europe/Amsterdm",
            id="zone",
        ),
        pytest.param(
            campaign(EPISODE, changed(name="b", repeat="FREQ=WEEKLY;COUNT=0")),
            "UnparsableRule",
            "spec.airtimes[1].repeat: COUNT=0 is not possible",
            id="rule",
        ),
        pytest.param(
            campaign(changed(repeat="FREQ=WEEKLY;BYDAY=SU")),
            "StartOutsideRule",
            "spec.airtimes[0].repeat: the start is a SA",
            id="start outside its rule",
        ),
        pytest.param(
            campaign(changed(repeat="FREQ=WEEKLY;UNTIL=20270101")),
            "RuleNeverOccurs",
            "spec.airtimes[0].repeat: nothing would ever air",
            id="until before the start",
        ),
        pytest.param(
            campaign(changed(repeat="FREQ=WEEKLY;COUNT=1", **{"except": ["2027-01-09"]})),
            "RuleNeverOccurs",
            "spec.airtimes[0].repeat: nothing would ever air",
            id="everything excluded",
        ),
        pytest.param(
            campaign(changed(repeat="FREQ=WEEKLY;BYDAY=SA,SU", duration="24h1s")),
            "AirtimeOverlapsItself",
            "spec.airtimes[0].duration: an airing of 24h1s would still run",
            id="overlap",
        ),
        pytest.param(
            campaign(EPISODE, shape="Custom", points=POINTS),
            "PointsOutOfOrder",
            "spec.load.points[2].at: in the airtime episode it comes before the point above it",
            id="points that go back in time",
        ),
        pytest.param(
            campaign(EPISODE, shape="Custom", points=[{"at": "start", "level": "9%"}] * 2),
            "InvalidManifest",
            "spec.load.points: in the airtime episode no crowd lies between them",
            id="points at one instant",
        ),
    ],
)
def test_check(spec: CampaignSpec, reason: str, message: str) -> None:
    """What cannot be planned is refused with its reason and the field that is wrong."""
    with pytest.raises(InvalidManifest) as caught:
        check(spec)
    assert caught.value.reason == reason
    assert caught.value.message.startswith(message)


@pytest.mark.parametrize(
    "spec",
    [
        pytest.param(campaign(EPISODE), id="the example"),
        pytest.param(campaign(changed(duration="168h")), id="one airing until the next"),
        pytest.param(
            campaign(changed(duration="2h"), shape="Custom", points=POINTS),
            id="points that just fit",
        ),
        pytest.param(
            campaign(changed(repeat="FREQ=WEEKLY;UNTIL=99991231T235959Z"), zone="Asia/Tokyo"),
            id="until the end of the calendar",
        ),
    ],
)
def test_accepted(spec: CampaignSpec) -> None:
    """What can be planned passes the check."""
    check(spec)
