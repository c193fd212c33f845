"""What lies beyond the airings that are planned: later ones, and those that are too many."""

from datetime import UTC, datetime, timedelta

import pytest

from onair.schedule.airings import HORIZON, airings, begins_after, cut_at
from onair.schedule.rules import MAX_AIRINGS
from tests.unit.schedule.campaigns import EPISODE, ONCE, campaign, changed

NEW_YEAR = datetime(2027, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("airtimes", "want"),
    [
        pytest.param([EPISODE], "2027-03-13T19:30Z", id="a rule"),
        pytest.param(
            [changed(**{"except": ["2027-03-13", "2027-03-06"]})],
            "2027-02-27T19:30Z",
            id="a rule whose last dates are excluded",
        ),
        pytest.param(
            [changed(start=None, starts=["2028-06-01T06:00:00Z", "2027-01-05T06:00:00Z"], **ONCE)],
            "2028-06-01T06:00Z",
            id="a list whose last date is far ahead",
        ),
        pytest.param(
            [EPISODE, changed(name="final", start="2028-03-01T20:30:00Z", **ONCE)],
            "2028-03-01T20:30Z",
            id="the last of two",
        ),
        pytest.param(
            [changed(start="2024-07-26T20:30:00Z", repeat="FREQ=YEARLY;INTERVAL=4;COUNT=3")],
            "2032-07-26T20:30Z",
            id="every four years",
        ),
        pytest.param(
            [changed(start="2099-12-31T23:59:59-12:00", **ONCE)],
            "2100-01-01T11:59:59Z",
            id="the last that there can be",
        ),
    ],
)
def test_begins_after(airtimes: list[dict[str, object]], want: str) -> None:
    """Some airing begins after every instant before the start of the last, and none after that."""
    last = datetime.fromisoformat(want)
    spec = campaign(*airtimes)
    assert begins_after(spec, last - timedelta(seconds=1))
    assert begins_after(spec, last - 10 * HORIZON)
    assert not begins_after(spec, last)


def test_one_begins_at_the_instant() -> None:
    """An airing that starts at the very instant is not after it, and the next one is."""
    first = datetime.fromisoformat("2027-01-09T19:30Z")
    assert begins_after(campaign(EPISODE), first)
    assert not begins_after(campaign(changed(**ONCE)), first)


def test_without_end() -> None:
    """A rule without an end has an airing after any instant, up to the end of the calendar."""
    spec = campaign(changed(start="2024-02-29T20:30:00", repeat="FREQ=YEARLY"))
    assert begins_after(spec, datetime(2096, 2, 29, tzinfo=UTC))
    assert not begins_after(spec, datetime(2096, 3, 1, tzinfo=UTC))


def test_cut() -> None:
    """What is beyond 2,000 airings of a window is left out from the instant that is said."""
    hours = [
        EPISODE | {"name": f"a{n}", "start": f"2027-01-01T{n:02}:00:00", "repeat": "FREQ=DAILY"}
        for n in range(20)
    ]
    spec = campaign(*(hour | {"except": []} for hour in hours), zone="UTC")
    whole = (NEW_YEAR, NEW_YEAR + HORIZON)
    cut = NEW_YEAR + timedelta(days=100)
    assert cut_at(spec, *whole) == cut
    assert airings(spec, *whole)[-1].start == cut - timedelta(hours=5)
    assert len(airings(spec, *whole)) == MAX_AIRINGS
    assert cut_at(spec, NEW_YEAR, cut) is None
    assert cut_at(spec, NEW_YEAR, cut + timedelta(seconds=1)) == cut
    assert cut_at(campaign(EPISODE), *whole) is None
