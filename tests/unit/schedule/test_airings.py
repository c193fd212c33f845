"""Airtimes become dated airings in UTC, bounded whatever a manifest says."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onair.model.campaigns import CampaignSpec
from onair.schedule.airings import HORIZON, MAX_AIRINGS, airings, counts
from tests.unit.schedule.campaigns import EPISODE, campaign, changed

NEW_YEAR = datetime(2027, 1, 1, tzinfo=UTC)


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
        pytest.param([changed(repeat=None, **{"except": None})], "1 airing", id="one date"),
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
    daily = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU"
    many = [
        changed(
            name=f"a{index}", repeat=daily, duration="1h", start=f"2027-01-01T{index % 24:02}:00:00"
        )
        for index in range(32)
    ]
    far = NEW_YEAR + 10 * HORIZON
    assert len(airings(campaign(*many), NEW_YEAR, far)) == MAX_AIRINGS
    last = airings(campaign(many[0]), NEW_YEAR, far)[-1]
    assert NEW_YEAR + HORIZON - timedelta(days=2) < last.start < NEW_YEAR + HORIZON


@given(
    st.lists(
        st.tuples(
            st.integers(0, 500), st.sampled_from(["WEEKLY", "WEEKLY;INTERVAL=3", "WEEKLY;COUNT=2"])
        ),
        min_size=1,
        max_size=4,
    ),
    st.integers(0, 300),
    st.integers(1, 300),
)
def test_sorted_inside_the_window(rules: list[tuple[int, str]], after: int, length: int) -> None:
    """Airings come sorted, meet their window, and none is missing from a part of it."""
    airtimes = [
        changed(
            name=f"a{index}",
            start=f"{NEW_YEAR + timedelta(hours=7 * offset):%Y-%m-%dT%H:%M:%S}",
            repeat=f"FREQ={rule}",
        )
        for index, (offset, rule) in enumerate(rules)
    ]
    spec = campaign(*airtimes)
    begin = NEW_YEAR + timedelta(days=after)
    end = begin + timedelta(days=length)
    middle = begin + (end - begin) / 2
    found = airings(spec, begin, end)
    assert list(found) == sorted(set(found))
    assert all(airing.start < end and airing.latest_end > begin for airing in found)
    assert set(found) == {*airings(spec, begin, middle), *airings(spec, middle, end)}
