"""What no plan can be made of is refused with the field that is wrong."""

import pytest

from onair.model.campaigns import CampaignSpec
from onair.model.errors import InvalidManifest
from onair.schedule.airings import check
from tests.unit.schedule.campaigns import EPISODE, ONCE, campaign, changed

POINTS = [
    {"at": "start", "level": "10%"},
    {"at": "start+2h", "level": "50%"},
    {"at": "end", "level": "100%"},
]
CUSTOM = {"shape": "Custom", "points": POINTS}
LISTED = ["2027-01-09T20:30:00", "2027-01-16T20:30:00"]
LEAP_DAYS = "FREQ=YEARLY;BYMONTH=2,3;BYMONTHDAY=1,29"


def rising(first: str, last: str) -> list[dict[str, str]]:
    """Return points from one level at the start to another at the end."""
    return [{"at": "start", "level": first}, {"at": "end", "level": last}]


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
            "spec.airtimes[0].repeat: the start, Saturday 2027-01-09, is not one of the rule's own"
            " dates; start on Sunday 2027-01-10 or change the rule",
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
            "spec.airtimes[0].except: nothing would ever air; leave the rule at least one date",
            id="everything excluded",
        ),
        pytest.param(
            campaign(changed(repeat="FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")),
            "RuleNeverOccurs",
            "spec.airtimes[0].repeat: no date in the 28 years from 2027-01-09 fulfils it",
            id="30 February",
        ),
        pytest.param(
            campaign(
                changed(start="2071-12-31T20:30:00", repeat="FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")
            ),
            "RuleNeverOccurs",
            "spec.airtimes[0].repeat: no date in the 28 years from 2071-12-31 fulfils it",
            id="30 February, until the very last day",
        ),
        pytest.param(
            campaign(
                changed(start="2072-01-01T20:30:00", repeat="FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")
            ),
            "RuleNeverOccurs",
            "spec.airtimes[0].repeat: rules end with 2099-12-31 on the campaign's clocks, and no"
            " date from 2072-01-01 until then fulfils this one; start earlier or ask for days that"
            " exist",
            id="30 February, in the last 28 years that there are",
        ),
        pytest.param(
            campaign(changed(repeat="FREQ=WEEKLY;BYDAY=SA,SU", duration="24h1s")),
            "AirtimeOverlapsItself",
            "spec.airtimes[0].duration: an airing of 24h1s from 2027-01-09 19:30Z would still run"
            " when the next one begins 24h later; shorten it, let it repeat less often or take one"
            " out with except",
            id="overlap",
        ),
        pytest.param(
            campaign(changed(start="2027-02-01T20:30:00", repeat=LEAP_DAYS, duration="24h1s")),
            "AirtimeOverlapsItself",
            "spec.airtimes[0].duration: an airing of 24h1s from 2028-02-29 19:30Z",
            id="overlap in leap years only",
        ),
        pytest.param(
            campaign(changed(repeat="FREQ=DAILY", duration="23h1s")),
            "AirtimeOverlapsItself",
            "spec.airtimes[0].duration: an airing of 23h1s from 2027-03-27 19:30Z would still run"
            " when the next one begins 23h later; clocks go forward in between: divide it into two"
            " airtimes, each within one time of the year, or use timeZone: UTC",
            id="overlap in the short night only",
        ),
        pytest.param(
            campaign(changed(repeat="FREQ=DAILY", duration="24h")),
            "AirtimeOverlapsItself",
            "spec.airtimes[0].duration: an airing of 24h from 2027-03-27 19:30Z would still run"
            " when the next one begins 23h later; clocks go forward in between",
            id="whole days in the short night",
        ),
        pytest.param(
            campaign(
                changed(
                    start="2027-03-27T12:00:00",
                    repeat="FREQ=DAILY;COUNT=3",
                    duration="22h1s",
                    **{"except": None},
                ),
                zone="Antarctica/Troll",
            ),
            "AirtimeOverlapsItself",
            "spec.airtimes[0].duration: an airing of 22h1s from 2027-03-27 12:00Z would still run"
            " when the next one begins 22h later; clocks go forward in between",
            id="overlap where clocks skip two hours",
        ),
        pytest.param(
            campaign(
                changed(
                    start="1948-03-24T00:00:00",
                    repeat="FREQ=DAILY;COUNT=3",
                    duration="14h1s",
                    **{"except": None},
                ),
                zone="Antarctica/Macquarie",
            ),
            "AirtimeOverlapsItself",
            "spec.airtimes[0].duration: an airing of 14h1s from 1948-03-25 00:00Z would still run"
            " when the next one begins 14h later; clocks go forward in between",
            id="overlap in the shortest day that there was",
        ),
        pytest.param(
            campaign(
                changed(
                    start="2025-03-01T20:30:00",
                    repeat="FREQ=MONTHLY;BYMONTHDAY=1,3,5,7,9,11,13,15,17,19,21,23,25,27,29",
                    duration="24h1s",
                    **{"except": None},
                )
            ),
            "AirtimeOverlapsItself",
            "spec.airtimes[0].duration: an airing of 24h1s from 2028-02-29 19:30Z would still run"
            " when the next one begins 24h later; shorten it",
            id="overlap after many dates",
        ),
        pytest.param(
            campaign(
                changed(repeat="FREQ=WEEKLY;BYDAY=SA,SU", duration=None, end="2027-01-10T20:30:01")
            ),
            "AirtimeOverlapsItself",
            "spec.airtimes[0].end: an airing of 24h1s from",
            id="overlap because of the end",
        ),
        pytest.param(
            campaign(changed(start=None, starts=[*LISTED, "2027-01-09T19:30:00Z"], **ONCE)),
            "AirtimeOverlapsItself",
            "spec.airtimes[0].starts[2]: is the same instant as starts[0]; keep one of them",
            id="one instant twice",
        ),
        pytest.param(
            campaign(changed(start=None, starts=["2027-01-09T21:34:59", *LISTED], **ONCE)),
            "AirtimeOverlapsItself",
            "spec.airtimes[0].starts[0]: begins 1h4m59s after starts[1], whose airing of 1h5m would"
            " still run; move it or shorten duration",
            id="one of a list during another",
        ),
        pytest.param(
            campaign(changed(duration=None, end="2027-01-09T19:30:00Z", **ONCE)),
            "InvalidManifest",
            "spec.airtimes[0].end: must come after start",
            id="an end at the start",
        ),
        pytest.param(
            campaign(changed(duration=None, end="2027-01-16T20:30:01", **ONCE)),
            "InvalidManifest",
            "spec.airtimes[0].end: comes 168h1s after start; an airing lasts at most 168h",
            id="an end too late",
        ),
        pytest.param(
            campaign(EPISODE, shape="Custom", points=POINTS),
            "PointsOutOfOrder",
            "spec.load.points[2].at: in the airtime episode it comes before the point above it",
            id="points that go back in time",
        ),
        pytest.param(
            campaign(
                changed(duration="2h"),
                changed(name="final", load={**CUSTOM, "requestsPerSecond": 5}),
                changed(name="recap", load={**CUSTOM, "requestsPerSecond": 5}, duration="2h"),
            ),
            "PointsOutOfOrder",
            "spec.airtimes[1].load.points[2].at: in the airtime final it comes before",
            id="points of an airtime's own load",
        ),
        pytest.param(
            campaign(EPISODE, shape="Custom", points=[{"at": "start", "level": "9%"}] * 2),
            "InvalidManifest",
            "spec.load.points: in the airtime episode no crowd lies between them",
            id="points at one instant",
        ),
        pytest.param(
            campaign(
                EPISODE,
                shape="Custom",
                points=[
                    {"at": "start", "level": "9%"},
                    {"at": "start", "level": "0%"},
                    {"at": "end", "level": "0%"},
                ],
            ),
            "InvalidManifest",
            "spec.load.points: in the airtime episode no crowd lies between them",
            id="a crowd of one instant",
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
            campaign(EPISODE, shape="Custom", points=rising("0%", "9%")), id="a crowd comes"
        ),
        pytest.param(
            campaign(EPISODE, shape="Custom", points=rising("9%", "0%")), id="a crowd goes"
        ),
        pytest.param(
            campaign(changed(duration="2h"), shape="Custom", points=POINTS),
            id="points that just fit",
        ),
        pytest.param(campaign(changed(repeat="FREQ=DAILY", duration="23h")), id="23 of 23 hours"),
        pytest.param(
            campaign(
                changed(
                    start="2027-03-27T00:00:00",
                    repeat="FREQ=DAILY;COUNT=3",
                    duration="24h",
                    **{"except": ["2027-03-28"]},
                )
            ),
            id="24 hours but not in the short night",
        ),
        pytest.param(
            campaign(changed(start=None, starts=["2027-01-09T21:35:00", *LISTED], **ONCE)),
            id="one of a list right after another",
        ),
        pytest.param(
            campaign(changed(duration=None, end="2027-01-16T20:30:00", **ONCE)), id="a whole week"
        ),
        pytest.param(
            campaign(
                changed(name="a", load={**CUSTOM, "requestsPerSecond": 5}, duration="2h"),
                changed(name="b", load={**CUSTOM, "requestsPerSecond": 5}, duration="3h"),
            ),
            id="points that just fit, in loads of their own",
        ),
    ],
)
def test_accepted(spec: CampaignSpec) -> None:
    """What can be planned passes the check."""
    check(spec)


def test_every_airtime_is_named() -> None:
    """Each airtime that is wrong has a fault of its own, and the reason is that of the first."""
    spec = campaign(
        changed(repeat="FREQ=WEEKLY;BYDAY=SU"),
        changed(name="good"),
        changed(name="b", repeat="FREQ=WEEKLY;COUNT=0"),
    )
    with pytest.raises(InvalidManifest) as caught:
        check(spec)
    assert caught.value.reason == "StartOutsideRule"
    assert [fault.partition(": ")[0] for fault in caught.value.faults] == [
        "spec.airtimes[0].repeat",
        "spec.airtimes[2].repeat",
    ]
