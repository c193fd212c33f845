"""What clocks and dates do to airings is said as it is, for every way to write a start."""

from typing import Any

import pytest

from tests.unit.lint.examples import INLINE, changed, linted, the_one


def inline(zone: str, **airtime: Any) -> dict[str, Any]:  # noqa: ANN401  # of JSON
    """Return the campaign with one airtime in a zone."""
    airtimes = [{"name": "night", "duration": "1h"} | airtime]
    return changed(INLINE, {"spec.timeZone": zone, "spec.airtimes": airtimes})


@pytest.mark.parametrize(
    ("zone", "airtime", "words"),
    [
        pytest.param(
            "America/Nuuk",
            {"start": "2027-03-26T23:30:00", "repeat": "FREQ=DAILY;COUNT=3"},
            "23:30 does not exist on 27 March 2027, when clocks go forward: it airs at 00:30 on 28"
            " March 2027",
            id="a gap over midnight",
        ),
        pytest.param(
            "Europe/Amsterdam",
            {"start": "2027-10-24T02:30:00+02:00", "repeat": "FREQ=WEEKLY;COUNT=2"},
            "02:30 comes twice on 31 October 2027, when clocks go back: it airs at the first",
            id="a later date of a start with an offset",
        ),
        pytest.param(
            "Europe/Amsterdam",
            {
                "start": "2027-10-30T00:00:00",
                "duration": "24h",
                "repeat": "FREQ=DAILY;COUNT=4",
            },
            "clocks go back after 00:00 on 31 October 2027: that airing of 24h ends 1h before the"
            " next one begins; for no hole use timeZone: UTC, or another airtime for it",
            id="a hole in the long night",
        ),
    ],
)
def test_clocks_change(zone: str, airtime: dict[str, Any], words: str) -> None:
    """An airing that clocks move is said once, with the date on which that happens."""
    warning = the_one(linted(inline(zone, **airtime)))
    assert warning.reason == "ClocksChange"
    assert warning.message == words


@pytest.mark.parametrize(
    ("zone", "airtime"),
    [
        pytest.param(
            "Europe/Amsterdam",
            {"start": "2027-10-31T02:30:00+01:00", "repeat": "FREQ=WEEKLY;COUNT=2"},
            id="a repetition that starts at the second of two instants",
        ),
        pytest.param(
            "Europe/Amsterdam",
            {"start": "2027-10-31T02:30:00+02:00", "repeat": "FREQ=WEEKLY;COUNT=2"},
            id="a repetition that starts at the first, with its offset",
        ),
        pytest.param(
            "America/Nuuk",
            {"start": "2027-03-26T00:30:00", "repeat": "FREQ=DAILY;COUNT=3"},
            id="the time to which clocks go forward",
        ),
        pytest.param(
            "America/Nuuk",
            {
                "start": "2027-03-26T23:30:00",
                "repeat": "FREQ=DAILY;COUNT=3",
                "except": ["2027-03-27"],
            },
            id="an airing that is excluded",
        ),
        pytest.param(
            "Europe/Amsterdam",
            {"start": "2027-10-30T00:00:00", "duration": "23h", "repeat": "FREQ=DAILY;COUNT=4"},
            id="airings with a pause on every day",
        ),
        pytest.param(
            "Europe/Amsterdam",
            {"start": "2027-11-01T00:00:00", "duration": "24h", "repeat": "FREQ=DAILY;COUNT=9"},
            id="airings that follow each other where clocks stay",
        ),
        pytest.param(
            "Europe/Amsterdam",
            {
                "start": "2027-02-06T20:30:00",
                "repeat": "FREQ=WEEKLY;COUNT=9",
                "except": [
                    "2027-02-13",
                    "2027-02-20T20:30:00",
                    "2027-02-27T19:30:00Z",
                ],
            },
            id="exceptions that take something out",
        ),
    ],
)
def test_nothing_to_say(zone: str, airtime: dict[str, Any]) -> None:
    """What airs when the manifest says it needs no warning."""
    assert not linted(inline(zone, **airtime)).findings


@pytest.mark.parametrize(
    "again",
    [
        pytest.param("2027-02-13T20:30:00", id="the local time beside the date"),
        pytest.param("2027-02-13T19:30:00Z", id="the instant beside the date"),
    ],
)
def test_except_twice(again: str) -> None:
    """The second exception that takes out the same airing is said, with the first."""
    excluded = {"except": ["2027-02-20", "2027-02-13", again]}
    airtime = {"start": "2027-02-06T20:30:00", "repeat": "FREQ=WEEKLY;COUNT=9"}
    warning = the_one(linted(inline("Europe/Amsterdam", **airtime, **excluded)))
    assert (warning.reason, warning.path) == ("ExceptUnused", "spec.airtimes[0].except[2]")
    assert warning.message == "takes out what except[1] takes out already"


@pytest.mark.parametrize(
    ("excluded", "words"),
    [
        pytest.param(
            "2027-02-13T20:31:00", "20:30:00 on Saturday 13 February 2027", id="another time"
        ),
        pytest.param(
            "2027-02-13T20:30:00Z", "20:30:00 on Saturday 13 February 2027", id="another offset"
        ),
        pytest.param("2026-12-24", "20:30:00 on Saturday 6 February 2027", id="before the start"),
        pytest.param("2035-01-01", "no airing is within 400 days of it", id="far away"),
    ],
)
def test_except_unused(excluded: str, words: str) -> None:
    """An exception that takes nothing out is said with what it may have meant."""
    airtime = {"start": "2027-02-06T20:30:00", "repeat": "FREQ=WEEKLY;COUNT=9"}
    warning = the_one(linted(inline("Europe/Amsterdam", **airtime, **{"except": [excluded]})))
    assert warning.reason == "ExceptUnused"
    assert warning.message.endswith(words)
