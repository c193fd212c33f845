"""The start, the rule and the further dates of an event are one set: none airs twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from onair.importing.calendars.calendar import calendar
from onair.importing.notes import lines
from onair.model.parse import parse_campaign
from onair.schedule.airings import airings
from tests.unit.importing.calendar_texts import DEFAULTS, event, ics, imported, left_out

THRICE = "RRULE:FREQ=WEEKLY;COUNT=3"
MOVED = event("RECURRENCE-ID:20270116T203000", DTSTART=":20270117T210000")
AFTER = datetime(2026, 12, 1, tzinfo=UTC)


def starts(*components: str) -> list[str]:
    """Return when a calendar's campaigns air, as month, day and hour in UTC."""
    found = calendar(ics(*components), DEFAULTS)
    return [
        f"{airing.start:%m-%d %H}"
        for body in found.manifests
        for airing in airings(parse_campaign(body), AFTER, AFTER + timedelta(days=399))
    ]


@pytest.mark.parametrize(
    ("components", "want"),
    [
        pytest.param([event("RDATE:20270109T203000")], ["01-09 19"], id="the start again"),
        pytest.param(
            [event(THRICE, "RDATE:20270116T203000")],
            ["01-09 19", "01-16 19", "01-23 19"],
            id="a date of the rule",
        ),
        pytest.param(
            [event(THRICE, "RDATE:20270112T203000,20270112T203000", "RDATE:20270112T193000Z")],
            ["01-09 19", "01-12 19", "01-16 19", "01-23 19"],
            id="the same date three times",
        ),
        pytest.param(
            [event(THRICE, "RDATE:20270116T203000", "EXDATE:20270116T203000")],
            ["01-09 19", "01-23 19"],
            id="a date of the rule that is excluded",
        ),
        pytest.param(
            [event(THRICE, "RDATE:20270116T203000"), MOVED],
            ["01-09 19", "01-17 20", "01-23 19"],
            id="a date of the rule that is moved",
        ),
        pytest.param(
            [
                event(THRICE),
                event("RECURRENCE-ID:20270116T203000", "SEQUENCE:2", DTSTART=":20270117T210000"),
                event("RECURRENCE-ID:20270116T193000Z", "SEQUENCE:1", DTSTART=":20270118T220000"),
            ],
            ["01-09 19", "01-17 20", "01-23 19"],
            id="two versions of a date, in two zones",
        ),
        pytest.param(
            [
                event(THRICE),
                event(
                    "RECURRENCE-ID;TZID=America/New_York:20270116T143000",
                    DTSTART=":20270117T210000",
                ),
            ],
            ["01-09 19", "01-17 20", "01-23 19"],
            id="a changed date on the clocks of another zone",
        ),
        pytest.param(
            [
                event(THRICE),
                event("RECURRENCE-ID;VALUE=DATE:20270116", DTSTART=":20270117T210000"),
                event("RECURRENCE-ID:20270116T203000", "SEQUENCE:1", DTSTART=":20270118T210000"),
            ],
            ["01-09 19", "01-18 20", "01-23 19"],
            id="a changed date as a day and as a date-time",
        ),
    ],
)
def test_dates(components: list[str], want: list[str]) -> None:
    """A date airs once, however often it is said, and not at all once it is gone."""
    assert starts(*components) == want


def test_two_lengths() -> None:
    """A date with two lengths is not guessed."""
    periods = "RDATE;VALUE=PERIOD:20270109T203000/PT2H"
    assert "two lengths" in left_out(event(periods))


def test_many_further_dates() -> None:
    """Further dates share airtimes, so that an event may have more of them than airtimes."""
    days = ",".join(f"202702{day:02d}T{hour}0000" for day in range(1, 29) for hour in (12, 18))
    names = [each["name"] for each in imported(event(f"RDATE:{days}"))["airtimes"]]
    assert names == ["event", "dates"]
    assert len(starts(event(f"RDATE:{days}"))) == 57


def test_overlapping_further_dates() -> None:
    """Further dates that overlap do not share an airtime."""
    found = imported(event("RDATE:20270201T120000,20270201T123000"))["airtimes"]
    assert [each["name"] for each in found] == ["event", "dates", "dates-2"]


def test_changed_fields() -> None:
    """A changed date with fields of its own has none of the event's."""
    spec = imported(
        event(THRICE, DESCRIPTION="people: 5k\\nresponse: 10%"),
        event("RECURRENCE-ID:20270116T203000", DESCRIPTION="people: 7k"),
    )
    assert [each["load"]["audience"] for each in spec["airtimes"]] == [
        {"people": 5000, "response": "10%"},
        {"people": 7000},
    ]


@pytest.mark.parametrize(
    ("components", "want"),
    [
        pytest.param([event(DTSTART=":20270328T023000")], "skip 02:30", id="a start"),
        pytest.param([event("RDATE:20271031T023000")], "show 02:30 twice", id="a further date"),
        pytest.param(
            [
                event(THRICE),
                event("RECURRENCE-ID:20270116T203000", DTSTART=":20270328T023000"),
            ],
            "skip 02:30",
            id="a changed date",
        ),
    ],
)
def test_change_of_clocks(components: list[str], want: str) -> None:
    """A time that clocks skip or show twice is told."""
    found = calendar(ics(*components), DEFAULTS)
    (said,) = lines(found.notes)
    assert "clocks " + want in said
