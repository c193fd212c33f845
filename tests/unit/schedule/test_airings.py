"""Airtimes become dated airings in UTC, bounded whatever a manifest says."""

from datetime import UTC, datetime, timedelta

import pytest

from onair.model.campaigns import CampaignSpec
from onair.schedule.airings import HORIZON, airings, begins_after, counts
from onair.schedule.rules import MAX_AIRINGS
from tests.unit.schedule.campaigns import EPISODE, campaign, changed

NEW_YEAR = datetime(2027, 1, 1, tzinfo=UTC)
ONCE = {"repeat": None, "except": None}


def starts(spec: CampaignSpec, after: str = "2027-01-01", before: str = "2028-01-01") -> list[str]:
    """Return when the airings of a window start."""
    window = (datetime.fromisoformat(f"{day}T00:00Z") for day in (after, before))
    return [f"{airing.start:%Y-%m-%dT%H:%MZ}" for airing in airings(spec, *window)]


def test_weekly_episodes() -> None:
    """The example airs on ten Saturdays less the excluded one, at the local time of the winter."""
    found = airings(campaign(EPISODE), NEW_YEAR, NEW_YEAR + HORIZON)
    assert [airing.start.day for airing in found] == [9, 16, 23, 30, 13, 20, 27, 6, 13]
    first = found[0]
    assert first.start == datetime(2027, 1, 9, 19, 30, tzinfo=UTC)
    assert first.end == datetime(2027, 1, 9, 20, 35, tzinfo=UTC)
    assert first.latest_end == datetime(2027, 1, 9, 20, 45, tzinfo=UTC)
    assert first.airtime == "episode"


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
    ("excluded", "want"),
    [
        pytest.param(["2027-01-16"], "9 airings: 10 less 1 excluded", id="a local date"),
        pytest.param(["2027-01-16T20:30:00"], "9 airings: 10 less 1 excluded", id="wall clock"),
        pytest.param(["2027-01-16T19:30:00Z"], "9 airings: 10 less 1 excluded", id="an instant"),
        pytest.param(
            ["2027-01-16", "2027-01-16T19:30:00Z"], "9 airings: 10 less 1 excluded", id="one twice"
        ),
        pytest.param(["2027-01-17", "2026-01-10"], "10 airings", id="dates that are none"),
        pytest.param(
            ["2027-01-16T20:31:00", "2027-01-16T20:30:00Z"], "10 airings", id="other times"
        ),
    ],
)
def test_except(excluded: list[str], want: str) -> None:
    """Dates and date-times in except take out what they mean, and only that."""
    spec = campaign(changed(**{"except": excluded}))
    assert counts(spec) == want
    assert len(starts(spec)) == int(want.split(maxsplit=1)[0])


@pytest.mark.parametrize(
    ("airtimes", "want"),
    [
        pytest.param([changed(**ONCE)], "1 airing", id="one date"),
        pytest.param(
            [EPISODE, changed(name="repeat", start="2027-01-10T20:30:00")],
            "19 airings: 20 less 1 excluded",
            id="two airtimes, one of them without the excluded date",
        ),
        pytest.param(
            [changed(repeat="FREQ=WEEKLY", **{"except": None})], "airings without end", id="endless"
        ),
        pytest.param(
            [changed(repeat="FREQ=WEEKLY")],
            "airings without end, less 1 excluded",
            id="endless with an exception",
        ),
        pytest.param(
            [EPISODE, changed(name="b", repeat="FREQ=WEEKLY", **{"except": None})],
            "airings without end, less 1 excluded",
            id="one of two endless",
        ),
        pytest.param(
            [changed(repeat="FREQ=WEEKLY;UNTIL=20270208")],
            "4 airings: 5 less 1 excluded",
            id="until a date",
        ),
        pytest.param(
            [changed(start=None, starts=["2027-01-09T20:30:00", "2027-03-01T08:00:00Z"], **ONCE)],
            "2 airings",
            id="a list",
        ),
        pytest.param(
            [changed(name=f"a{n}", repeat="FREQ=DAILY;COUNT=1500") for n in range(2)],
            "2,998 airings: 3,000 less 2 excluded",
            id="as many as two rules may have",
        ),
        pytest.param(
            [changed(repeat="FREQ=DAILY;UNTIL=20991231")],
            "more than 2,000 airings, less 1 excluded",
            id="more than anybody counts",
        ),
        pytest.param(
            [changed(repeat="FREQ=DAILY;UNTIL=20991231", **{"except": None})],
            "more than 2,000 airings",
            id="more than anybody counts, without an exception",
        ),
    ],
)
def test_counts(airtimes: list[dict[str, object]], want: str) -> None:
    """The number of airings is said in words, over all airtimes."""
    assert counts(campaign(*airtimes)) == want


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


@pytest.mark.parametrize(
    ("airtimes", "want"),
    [
        pytest.param([EPISODE], "2027-01-09T19:30Z", id="a rule"),
        pytest.param(
            [changed(**{"except": ["2027-01-09", "2027-01-16"]})],
            "2027-01-23T19:30Z",
            id="a rule whose first dates are excluded",
        ),
        pytest.param(
            [changed(start=None, starts=["2027-02-01T06:00:00Z", "2027-01-05T06:00:00Z"], **ONCE)],
            "2027-01-05T06:00Z",
            id="a list",
        ),
        pytest.param(
            [EPISODE, changed(name="final", start="2028-03-01T20:30:00Z", **ONCE)],
            "2028-03-01T20:30Z",
            id="the last of two",
        ),
    ],
)
def test_begins_after(airtimes: list[dict[str, object]], want: str) -> None:
    """Some airtime begins after every instant before its first airing, and not after that one."""
    first = datetime.fromisoformat(want)
    spec = campaign(*airtimes)
    assert begins_after(spec, first - timedelta(seconds=1))
    assert not begins_after(spec, first)


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
