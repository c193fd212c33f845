"""UNTIL and `except` end and thin out a repetition at exactly the instants that they say."""

import pytest

from onair.schedule.airings import counts
from tests.unit.schedule.campaigns import campaign, changed, starts


@pytest.mark.parametrize(
    ("start", "rule", "want"),
    [
        pytest.param(
            "2027-01-09T20:30:00", "UNTIL=20270116", ["09", "16"], id="a date means all of it"
        ),
        pytest.param("2027-01-09T20:30:00", "UNTIL=20270115", ["09"], id="the date before"),
        pytest.param(
            "2027-01-09T20:30:00", "UNTIL=20270116T193000Z", ["09", "16"], id="an instant"
        ),
        pytest.param(
            "2027-01-09T20:30:00", "UNTIL=20270116T192959Z", ["09"], id="an instant, a second less"
        ),
        pytest.param("2027-01-09T20:30:00", "UNTIL=20270116T203000", ["09", "16"], id="wall clock"),
        pytest.param(
            "2027-01-09T20:30:00", "UNTIL=20270116T202959", ["09"], id="wall clock, a second less"
        ),
        pytest.param(
            "2027-01-09T00:15:00",
            "UNTIL=20270115T231500Z",
            ["08", "15"],
            id="an instant of the day before in UTC",
        ),
        pytest.param(
            "2027-01-09T00:15:00",
            "UNTIL=20270115T231459Z",
            ["08"],
            id="an instant of the day before in UTC, a second less",
        ),
        pytest.param(
            "2027-03-21T02:30:00", "UNTIL=20270328T012959Z", ["21"], id="in the gap, a second less"
        ),
        pytest.param(
            "2027-03-21T02:30:00", "UNTIL=20270328T013000Z", ["21", "28"], id="in the gap"
        ),
        pytest.param(
            "2027-03-21T02:30:00", "UNTIL=20270328T032959", ["21"], id="on clocks, a second less"
        ),
        pytest.param(
            "2027-03-21T02:30:00",
            "UNTIL=20270328T023000",
            ["21", "28"],
            id="on clocks that never show it",
        ),
        pytest.param(
            "2027-10-24T02:45:00",
            "UNTIL=20271031T013000Z",
            ["24", "31"],
            id="in the hour that comes twice",
        ),
        pytest.param(
            "2027-10-24T02:45:00", "UNTIL=20271031T004459Z", ["24"], id="before that hour comes"
        ),
    ],
)
def test_until(start: str, rule: str, want: list[str]) -> None:
    """UNTIL ends a repetition exactly where it says, also when clocks skip or repeat an hour."""
    airtime = changed(start=start, repeat=f"FREQ=WEEKLY;{rule}", **{"except": None})
    assert [found[8:10] for found in starts(campaign(airtime, zone="Europe/Berlin"))] == want


@pytest.mark.parametrize(
    ("zone", "start", "until", "want"),
    [
        pytest.param(
            "America/Nuuk",
            "2027-03-20T23:30:00",
            "20270328T013000Z",
            ["2027-03-21T01:30Z", "2027-03-28T01:30Z"],
            id="in a gap over midnight",
        ),
        pytest.param(
            "America/Nuuk",
            "2027-03-20T23:30:00",
            "20270328T012959Z",
            ["2027-03-21T01:30Z"],
            id="in a gap over midnight, a second less",
        ),
        pytest.param(
            "America/Nuuk",
            "2027-03-20T23:30:00",
            "20270327T231500",
            ["2027-03-21T01:30Z"],
            id="in a gap over midnight, on clocks that never show it",
        ),
        pytest.param(
            "Europe/Berlin",
            "2027-10-31T02:30:00+01:00",
            "20271107T013000Z",
            ["2027-10-31T01:30Z", "2027-11-07T01:30Z"],
            id="after a start that is the second of two",
        ),
        pytest.param(
            "Europe/Berlin",
            "2027-10-31T02:30:00+01:00",
            "20271031T013000Z",
            ["2027-10-31T01:30Z"],
            id="at a start that is the second of two",
        ),
        pytest.param(
            "Europe/Berlin",
            "2027-10-31T02:30:00+01:00",
            "20271031T010000Z",
            [],
            id="between the first and the second of two",
        ),
        pytest.param(
            "America/St_Johns",
            "2010-10-31T00:00:30",
            "20101107T024000Z",
            ["2010-10-31T02:30Z", "2010-11-07T02:30Z"],
            id="in the evening that comes again after midnight",
        ),
    ],
)
def test_until_when_clocks_change(zone: str, start: str, until: str, want: list[str]) -> None:
    """Where clocks skip midnight, or show a time twice, instants are compared and not dates."""
    airtime = changed(start=start, repeat=f"FREQ=WEEKLY;UNTIL={until}", **{"except": None})
    year = int(start[:4])
    spec = campaign(airtime, zone=zone)
    assert starts(spec, f"{year}-01-01", f"{year + 1}-01-01") == want


def test_until_the_night_after_a_day_that_is_skipped() -> None:
    """Samoa had no 30 December 2011: in the night to the 31st the 29th was the last day to air."""
    until = "FREQ=DAILY;UNTIL=20111230T101000Z"
    airtime = changed(start="2011-12-27T10:00:00", repeat=until, **{"except": None})
    found = starts(campaign(airtime, zone="Pacific/Apia"), "2011-01-01", "2012-02-01")
    assert found == ["2011-12-27T20:00Z", "2011-12-28T20:00Z", "2011-12-29T20:00Z"]


def test_a_start_in_a_gap_comes_at_its_time_afterwards() -> None:
    """Clocks that never show the first start move only that one."""
    airtime = changed(start="2027-03-28T02:30:00", repeat="FREQ=WEEKLY;COUNT=2", **{"except": None})
    assert starts(campaign(airtime)) == ["2027-03-28T01:30Z", "2027-04-04T00:30Z"]


@pytest.mark.parametrize(
    ("zone", "start", "excluded", "want"),
    [
        pytest.param(
            "America/Nuuk",
            "2027-03-20T23:30:00",
            "2027-03-28T01:30:00Z",
            "2 airings: 3 less 1 excluded",
            id="an instant in a gap over midnight",
        ),
        pytest.param(
            "America/Nuuk",
            "2027-03-20T23:30:00",
            "2027-03-28T00:30:00",
            "2 airings: 3 less 1 excluded",
            id="what clocks show then",
        ),
        pytest.param(
            "America/Nuuk",
            "2027-03-20T23:30:00",
            "2027-03-27T23:30:00",
            "2 airings: 3 less 1 excluded",
            id="what the rule says then",
        ),
        pytest.param(
            "America/Nuuk",
            "2027-03-20T23:30:00",
            "2027-03-27",
            "2 airings: 3 less 1 excluded",
            id="the date of the rule then",
        ),
        pytest.param(
            "America/Nuuk",
            "2027-03-21T00:30:00",
            "2027-03-27T23:30:00",
            "2 airings: 3 less 1 excluded",
            id="a time in that gap, at which it starts by the clocks afterwards",
        ),
        pytest.param(
            "Europe/Berlin",
            "2027-01-09T00:30:00",
            "2027-01-15T23:30:00Z",
            "2 airings: 3 less 1 excluded",
            id="an instant of the day before in UTC",
        ),
        pytest.param(
            "Europe/Berlin",
            "2027-10-31T02:30:00+01:00",
            "2027-10-31T00:30:00Z",
            "3 airings",
            id="the first of two, where it starts at the second",
        ),
        pytest.param(
            "Europe/Berlin",
            "2027-10-31T02:30:00+01:00",
            "2027-10-31T02:30:00",
            "2 airings: 3 less 1 excluded",
            id="the time on the clocks, where it starts at the second of two",
        ),
    ],
)
def test_except_when_clocks_change(zone: str, start: str, excluded: str, want: str) -> None:
    """An exception takes out the airing that starts then, on whatever date clocks show it."""
    airtime = changed(start=start, repeat="FREQ=WEEKLY;COUNT=3", **{"except": [excluded]})
    spec = campaign(airtime, zone=zone)
    assert counts(spec) == want
    assert len(starts(spec)) == int(want.split(maxsplit=1)[0])
