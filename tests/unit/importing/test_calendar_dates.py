"""The start, the rule and the further dates of an event are one set: none airs twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from onair.importing.calendars.calendar import calendar
from onair.importing.notes import lines
from onair.model.parse import parse_campaign
from onair.schedule.airings import airings
from tests.unit.importing.calendar_texts import DEFAULTS, event, ics, imported, left_out

TWICE = "RRULE:FREQ=WEEKLY;COUNT=2"
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
    ("components", "want", "said"),
    [
        pytest.param(
            [event(THRICE, "EXDATE:20270116T210000")],
            ["01-09 19", "01-16 19", "01-23 19"],
            "its EXDATE takes out 2027-01-16T21:00:00, which is none of its dates: the nearest is"
            " 2027-01-16T20:30:00",
            id="an EXDATE at another time",
        ),
        pytest.param(
            [event(THRICE, "EXDATE:20290116T203000")],
            ["01-09 19", "01-16 19", "01-23 19"],
            "the nearest is 2027-01-23T20:30:00",
            id="an EXDATE after the end",
        ),
        pytest.param(
            [event("EXDATE:20270110T203000")],
            ["01-09 19"],
            "the nearest is 2027-01-09T20:30:00",
            id="an EXDATE without a rule",
        ),
        pytest.param(
            [
                event(THRICE, "RDATE:20270118T203000"),
                event("STATUS:CANCELLED", "RECURRENCE-ID:20270119T203000"),
            ],
            ["01-09 19", "01-16 19", "01-18 19", "01-23 19"],
            "its RECURRENCE-ID cancels 2027-01-19T20:30:00, which is none of its dates: the"
            " nearest is 2027-01-18T20:30:00",
            id="a cancelled date",
        ),
        pytest.param(
            [
                event(THRICE),
                event("RECURRENCE-ID:20270116T200000", DTSTART=":20270116T210000"),
            ],
            [],
            "left out: 'Mol', UID 'mol': its RECURRENCE-ID changes 2027-01-16T20:00:00, which is"
            " none of its dates: the nearest is 2027-01-16T20:30:00",
            id="a moved date",
        ),
        pytest.param(
            [event(THRICE), event("RECURRENCE-ID:20270118T203000", DTSTART=":20270118T203000")],
            [],
            "its RECURRENCE-ID changes 2027-01-18T20:30:00, which is none of its dates",
            id="a date at its own time",
        ),
    ],
)
def test_no_date_of_the_event(components: list[str], want: list[str], said: str) -> None:
    """What takes out a date that an event does not have is told; what moves one, left out."""
    assert starts(*components) == want
    (note,) = lines(calendar(ics(*components), DEFAULTS).notes)
    assert said in note


def test_every_date_moved() -> None:
    """Where every date of a rule was moved, what they became is left."""
    moved = [
        event(f"RECURRENCE-ID:202701{day}T203000", DTSTART=f":202701{day}T213000")
        for day in ("09", "16")
    ]
    airtimes = imported(event(TWICE), *moved)["airtimes"]
    assert [(each["name"], each["start"]) for each in airtimes] == [
        ("2027-01-09", "2027-01-09T21:30:00"),
        ("2027-01-16", "2027-01-16T21:30:00"),
    ]


def test_every_date_cancelled() -> None:
    """Where every date of a rule was taken out, the event is cancelled."""
    found = calendar(ics(event(TWICE, "EXDATE:20270109T203000,20270116T203000")), DEFAULTS)
    assert found.manifests == ()
    assert list(lines(found.notes)) == [
        "event 1: 'Mol', UID 'mol': cancelled, so there is no campaign"
    ]


def test_two_dates_moved_from_one_day() -> None:
    """Two changed dates of one day are told apart by their times."""
    spec = imported(
        event(TWICE, "RDATE:20270109T120000"),
        event("RECURRENCE-ID:20270109T120000", DTSTART=":20270109T130000"),
        event("RECURRENCE-ID:20270109T203000", DTSTART=":20270109T213000"),
    )
    names = [each["name"] for each in spec["airtimes"]]
    assert names == ["event", "2027-01-09t110000z", "2027-01-09t193000z"]


@pytest.mark.parametrize(
    ("components", "want"),
    [
        pytest.param(
            [event("DTEND:20270328T023000", DTSTART=":20270328T013000", DURATION=None)],
            "its end: clocks skip 02:30",
            id="an end",
        ),
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
    assert want in said
