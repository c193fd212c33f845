"""Airtimes become dated airings in UTC, bounded whatever a manifest says."""

from datetime import UTC, datetime, timedelta

import pytest

from onair.schedule.airings import HORIZON, airings
from onair.schedule.rules import MAX_AIRINGS
from tests.unit.schedule.campaigns import EPISODE, ONCE, campaign, changed, starts

NEW_YEAR = datetime(2027, 1, 1, tzinfo=UTC)


def test_weekly_episodes() -> None:
    """The example airs on ten Saturdays less the excluded one, at the local time of the winter."""
    found = airings(campaign(EPISODE), NEW_YEAR, NEW_YEAR + HORIZON)
    assert [airing.start.day for airing in found] == [9, 16, 23, 30, 13, 20, 27, 6, 13]
    first = found[0]
    assert first.start == datetime(2027, 1, 9, 19, 30, tzinfo=UTC)
    assert first.end == datetime(2027, 1, 9, 20, 35, tzinfo=UTC)
    assert first.latest_end == datetime(2027, 1, 9, 20, 45, tzinfo=UTC)
    assert first.airtime == "episode"


@pytest.mark.fault_row(15)
@pytest.mark.parametrize(
    ("zone", "start", "want"),
    [
        pytest.param(
            "Europe/Berlin",
            "2027-03-20T02:30:00",
            ["2027-03-20T01:30Z", "2027-03-27T01:30Z", "2027-04-03T00:30Z"],
            id="Berlin, across the spring gap",
        ),
        pytest.param(
            "Europe/Berlin",
            "2027-03-21T02:30:00",
            ["2027-03-21T01:30Z", "2027-03-28T01:30Z", "2027-04-04T00:30Z"],
            id="Berlin, in the spring gap",
        ),
        pytest.param(
            "Europe/Berlin",
            "2027-10-24T02:30:00",
            ["2027-10-24T00:30Z", "2027-10-31T00:30Z", "2027-11-07T01:30Z"],
            id="Berlin, in the autumn overlap",
        ),
        pytest.param(
            "America/New_York",
            "2027-03-07T02:30:00",
            ["2027-03-07T07:30Z", "2027-03-14T07:30Z", "2027-03-21T06:30Z"],
            id="New York, in the spring gap",
        ),
        pytest.param(
            "America/New_York",
            "2027-10-31T01:30:00",
            ["2027-10-31T05:30Z", "2027-11-07T05:30Z", "2027-11-14T06:30Z"],
            id="New York, in the autumn overlap",
        ),
        pytest.param(
            "Australia/Lord_Howe",
            "2027-09-26T02:15:00",
            ["2027-09-25T15:45Z", "2027-10-02T15:45Z", "2027-10-09T15:15Z"],
            id="Lord Howe, in the spring gap of half an hour",
        ),
        pytest.param(
            "Australia/Lord_Howe",
            "2027-03-28T01:45:00",
            ["2027-03-27T14:45Z", "2027-04-03T14:45Z", "2027-04-10T15:15Z"],
            id="Lord Howe, in the autumn overlap of half an hour",
        ),
    ],
)
def test_wall_clock_stays(zone: str, start: str, want: list[str]) -> None:
    """A weekly airtime keeps its time of day when the clocks change."""
    airtime = changed(start=start, repeat="FREQ=WEEKLY;COUNT=3", **{"except": None})
    assert starts(campaign(airtime, zone=zone)) == want


@pytest.mark.parametrize(
    ("start", "want"),
    [
        pytest.param("2027-10-24T00:30:00Z", ["2027-10-24T00:30Z", "2027-10-31T00:30Z"], id="Z"),
        pytest.param(
            "2027-10-23T20:30:00-04:00", ["2027-10-24T00:30Z", "2027-10-31T00:30Z"], id="offset"
        ),
        pytest.param(
            "2027-10-31T02:30:00+01:00",
            ["2027-10-31T01:30Z", "2027-11-07T01:30Z"],
            id="the second of two",
        ),
    ],
)
def test_offset_is_converted_before_repeating(start: str, want: list[str]) -> None:
    """A start with an offset is that instant, and repeats at its time on the campaign's clocks."""
    airtime = changed(start=start, repeat="FREQ=WEEKLY;COUNT=2", **{"except": None})
    assert starts(campaign(airtime, zone="Europe/Berlin")) == want


@pytest.mark.parametrize(
    ("after", "before", "want"),
    [
        pytest.param("20:44:59", "21:00:00", 1, id="until its latest end"),
        pytest.param("20:45:00", "21:00:00", 0, id="from its latest end on"),
        pytest.param("19:00:00", "19:30:00", 0, id="up to its start"),
        pytest.param("19:00:00", "19:30:01", 1, id="its first second"),
    ],
)
def test_window(after: str, before: str, want: int) -> None:
    """An airing belongs to a window if it meets it, half-open at either end."""
    window = (datetime.fromisoformat(f"2027-01-09T{time}Z") for time in (after, before))
    assert len(airings(campaign(EPISODE), *window)) == want


def test_bounded() -> None:
    """However much a manifest asks for, there are 2,000 airings and 400 days at the most."""
    many = [
        changed(
            name=f"a{index}",
            repeat="FREQ=DAILY",
            duration="1h",
            start=f"2027-01-01T{index % 24:02}:00:00",
        )
        for index in range(32)
    ]
    far = NEW_YEAR + 10 * HORIZON
    assert len(airings(campaign(*many), NEW_YEAR, far)) == MAX_AIRINGS
    last = airings(campaign(many[0]), NEW_YEAR, far)[-1]
    assert NEW_YEAR + HORIZON - timedelta(days=2) < last.start < NEW_YEAR + HORIZON


def test_list() -> None:
    """Listed starts air in the order of their instants, whatever the order in the manifest."""
    listed = ["2027-01-09T20:30:00", "2027-01-09T12:30:00-05:00", "2027-01-01T06:00:00"]
    airtime = changed(start=None, starts=listed, **ONCE)
    assert starts(campaign(airtime)) == [
        "2027-01-01T05:00Z",
        "2027-01-09T17:30Z",
        "2027-01-09T19:30Z",
    ]


@pytest.mark.parametrize(
    ("start", "end", "want"),
    [
        pytest.param("2027-01-09T23:30:00", "2027-01-10T01:00:00", "1:30:00", id="midnight"),
        pytest.param("2027-03-27T23:00:00", "2027-03-28T04:00:00", "4:00:00", id="a short night"),
        pytest.param("2027-10-30T23:00:00", "2027-10-31T04:00:00", "6:00:00", id="a long night"),
        pytest.param("2027-01-09T20:30:00", "2027-01-09T20:00:00Z", "0:30:00", id="an instant"),
    ],
)
def test_end(start: str, end: str, want: str) -> None:
    """An end is an instant of its own: the airing lasts the exact time from start to end."""
    airtime = changed(
        start=start, end=end, duration=None, repeat="FREQ=MONTHLY", **{"except": None}
    )
    first, second, *_ = airings(campaign(airtime), NEW_YEAR, NEW_YEAR + HORIZON)
    assert str(first.end - first.start) == want
    assert second.end - second.start == first.end - first.start
    assert first.latest_end - first.end == timedelta(minutes=10)


def test_own_load() -> None:
    """An airing adds the load of its airtime, else that of the campaign."""
    own = {"shape": "Episode", "requestsPerSecond": 7}
    spec = campaign(changed(**ONCE), changed(name="final", load=own, **ONCE))
    first, second = airings(spec, NEW_YEAR, NEW_YEAR + HORIZON)
    assert (first.airtime, first.load.shape) == ("episode", "Flat")
    assert (second.airtime, second.load.shape) == ("final", "Episode")


def test_order() -> None:
    """Airings come by start, then by end, then by the name of their airtime."""
    spec = campaign(
        changed(name="b", **ONCE),
        changed(name="longer", duration="2h", **ONCE),
        changed(name="a", **ONCE),
        changed(name="earlier", start="2027-01-09T20:29:59", **ONCE),
    )
    found = airings(spec, NEW_YEAR, NEW_YEAR + HORIZON)
    assert [airing.airtime for airing in found] == ["earlier", "a", "b", "longer"]


def test_day_that_a_zone_skips() -> None:
    """Where a zone skips a whole day, its airing and that of the next day are one and not two."""
    airtime = changed(start="2011-12-28T20:30:00", repeat="FREQ=DAILY;COUNT=5", **{"except": None})
    spec = campaign(airtime, zone="Pacific/Apia")
    assert starts(spec, "2011-01-01", "2012-01-10") == [
        "2011-12-29T06:30Z",
        "2011-12-30T06:30Z",
        "2011-12-31T06:30Z",
        "2012-01-01T06:30Z",
    ]
