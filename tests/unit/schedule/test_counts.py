"""How many airings a campaign has is said in words, with what `except` takes out."""

import pytest

from onair.schedule.airings import counts
from tests.unit.schedule.campaigns import EPISODE, ONCE, campaign, changed, starts


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
            [EPISODE, changed(name="b", repeat="FREQ=DAILY;UNTIL=20991231", **{"except": None})],
            "more than 2,000 airings, less 1 excluded",
            id="one of two more than anybody counts",
        ),
        pytest.param(
            [changed(repeat="FREQ=DAILY;UNTIL=20991231", **{"except": None})],
            "more than 2,000 airings",
            id="more than anybody counts, without an exception",
        ),
        pytest.param(
            [changed(repeat="FREQ=YEARLY;COUNT=73", **{"except": None})], "73 airings", id="to 2099"
        ),
        pytest.param(
            [changed(repeat="FREQ=YEARLY;COUNT=75", **{"except": None})],
            "73 airings: 75 less 2 after 2099",
            id="beyond 2099",
        ),
        pytest.param(
            [EPISODE, changed(name="b", repeat="FREQ=YEARLY;COUNT=75", **{"except": None})],
            "82 airings: 85 less 1 excluded and 2 after 2099",
            id="one of two beyond 2099, the other with an exception",
        ),
        pytest.param(
            [
                changed(repeat="FREQ=YEARLY;COUNT=75", **{"except": None}),
                changed(name="b", repeat="FREQ=WEEKLY", **{"except": None}),
            ],
            "airings without end",
            id="one beyond 2099 beside an endless one",
        ),
    ],
)
def test_counts(airtimes: list[dict[str, object]], want: str) -> None:
    """The number of airings is said in words, over all airtimes."""
    assert counts(campaign(*airtimes)) == want
