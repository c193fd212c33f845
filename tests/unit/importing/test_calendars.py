"""Each event of a calendar becomes a campaign that airs when the calendar says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onair.importing.calendars.calendar import calendar
from onair.importing.notes import lines
from tests.unit.importing.calendar_texts import DEFAULTS, event, ics, imported

WEEKLY = "RRULE:FREQ=WEEKLY;COUNT=10"


def change(day: str, *more: str, **changed: str | None) -> str:
    """Return the VEVENT that changes the date of a day."""
    return event(f"RECURRENCE-ID:{day}T203000", *more, **changed)


@pytest.mark.parametrize(
    ("start", "zone", "want"),
    [
        pytest.param(":20270109T203000", "Europe/Amsterdam", "2027-01-09T20:30:00", id="floating"),
        pytest.param(
            ";TZID=America/New_York:20270109T203000",
            "America/New_York",
            "2027-01-09T20:30:00",
            id="IANA",
        ),
        pytest.param(
            ";TZID=Romance Standard Time:20270109T203000",
            "Europe/Paris",
            "2027-01-09T20:30:00",
            id="Windows",
        ),
        pytest.param(
            ";TZID=/freeassociation.sourceforge.net/Europe/Berlin:20270109T203000",
            "Europe/Berlin",
            "2027-01-09T20:30:00",
            id="a maker before the name",
        ),
        pytest.param(":20270109T193000Z", "Europe/Amsterdam", "2027-01-09T20:30:00", id="UTC"),
        pytest.param(
            ":20271031T013000Z", "Europe/Amsterdam", "2027-10-31T01:30:00Z", id="UTC, the second"
        ),
    ],
)
def test_start(start: str, zone: str, want: str) -> None:
    """A start stays the wall-clock time that the calendar says, in its zone."""
    spec = imported(event(DTSTART=start))
    assert (spec["timeZone"], spec["airtimes"][0]["start"]) == (zone, want)


def test_rule_in_utc() -> None:
    """What repeats in UTC stays in UTC: elsewhere it would move with the clocks."""
    assert imported(event(WEEKLY, DTSTART=":20270109T193000Z"))["timeZone"] == "UTC"


def test_calendar_zone() -> None:
    """The calendar's own zone goes before that of the options."""
    assert imported("X-WR-TIMEZONE:Asia/Kathmandu", event())["timeZone"] == "Asia/Kathmandu"


def test_calendar_zone_of_windows() -> None:
    """The calendar's own zone may have one of Windows' names."""
    spec = imported("X-WR-TIMEZONE:W. Europe Standard Time", event())
    assert spec["timeZone"] == "Europe/Berlin"


@pytest.mark.parametrize(
    ("line", "want"),
    [
        pytest.param("X-WR-TIMEZONE:Mars/X", "'Mars/X' is no time zone", id="a zone of nowhere"),
        pytest.param("X-WR-TIMEZONE:EST", "with or without summer time", id="an abbreviation"),
        pytest.param("nonsense", "'nonsense', which is no line", id="no line"),
    ],
)
def test_wrong_line_of_calendar(line: str, want: str) -> None:
    """What cannot be read of the calendar itself is told."""
    found = calendar(ics(line, event()), DEFAULTS)
    (said,) = lines(found.notes)
    assert want in said
    assert [body["spec"]["timeZone"] for body in found.manifests] == ["Europe/Amsterdam"]


@pytest.mark.parametrize(
    ("more", "changed", "want"),
    [
        pytest.param([], {"DURATION": ":PT1H5M"}, "1h5m", id="DURATION"),
        pytest.param([], {"DURATION": ":P1DT2H"}, "26h", id="DURATION with a day"),
        pytest.param([], {"DURATION": ":P1W"}, "168h", id="DURATION of a week"),
        pytest.param(
            [],
            {"DURATION": ":P1D", "DTSTART": ":20270327T203000"},
            "23h",
            id="a day of 23 hours",
        ),
        pytest.param(
            [],
            {"DURATION": ":PT24H", "DTSTART": ":20270327T203000"},
            "24h",
            id="24 hours",
        ),
        pytest.param(
            [WEEKLY],
            {"DURATION": ":P1D", "DTSTART": ":20270327T203000"},
            "24h",
            id="a day of many dates",
        ),
        pytest.param(["DTEND:20270109T213000"], {"DURATION": None}, "1h", id="DTEND"),
        pytest.param(["DESCRIPTION:duration: 20m"], {"DURATION": None}, "20m", id="description"),
        pytest.param(["DESCRIPTION:duration: 60m"], {}, "1h", id="description and end agree"),
        pytest.param(
            ["DTEND:20270328T040000"],
            {"DURATION": None, "DTSTART": ":20270328T010000"},
            "2h",
            id="across the change of clocks",
        ),
    ],
)
def test_duration(more: list[str], changed: dict[str, str | None], want: str) -> None:
    """An airing lasts as long as the event; a DURATION's days are those of the calendar."""
    assert imported(event(*more, **changed))["airtimes"][0]["duration"] == want


@pytest.mark.parametrize(
    ("components", "want"),
    [
        pytest.param([event(WEEKLY, "EXDATE:20270116T203000")], ["2027-01-16"], id="EXDATE"),
        pytest.param(
            [event(WEEKLY, "EXDATE:20270116T203000,20270123T203000")],
            ["2027-01-16", "2027-01-23"],
            id="two in a line",
        ),
        pytest.param(
            [event(WEEKLY, "EXDATE;VALUE=DATE:20270116")], ["2027-01-16"], id="a whole day"
        ),
        pytest.param([event(WEEKLY, "EXDATE:20270116T193000Z")], ["2027-01-16"], id="in UTC"),
        pytest.param(
            [event(WEEKLY), change("20270116", "STATUS:CANCELLED")], ["2027-01-16"], id="cancelled"
        ),
        pytest.param(
            [event(WEEKLY), change("20270116", DTSTART=":20270117T203000")],
            ["2027-01-16"],
            id="moved",
        ),
        pytest.param(
            [event(WEEKLY), change("20270116", DTSTART=":20270116T203000")],
            None,
            id="changed in nothing",
        ),
    ],
)
def test_except(components: list[str], want: list[str] | None) -> None:
    """Dates that are excluded, cancelled or moved are taken out of the repetition."""
    airtime = imported(*components)["airtimes"][0]
    assert airtime["repeat"] == "FREQ=WEEKLY;COUNT=10"
    assert airtime.get("except") == want


@pytest.mark.parametrize(
    ("components", "want"),
    [
        pytest.param(
            [event(WEEKLY), change("20270116", DTSTART=":20270117T210000", DURATION=":PT2H")],
            [("2027-01-16", "2027-01-17T21:00:00", "2h")],
            id="moved",
        ),
        pytest.param(
            [event(WEEKLY, "RDATE:20270112T200000,20270113T200000")],
            [("dates", ["2027-01-12T20:00:00", "2027-01-13T20:00:00"], "1h")],
            id="further dates",
        ),
        pytest.param(
            [event(WEEKLY, "RDATE;VALUE=PERIOD:20270112T200000/20270112T203000")],
            [("dates", "2027-01-12T20:00:00", "30m")],
            id="a period",
        ),
        pytest.param(
            [event(WEEKLY, "RDATE:20270112T200000", "EXDATE:20270112T200000")],
            [],
            id="a further date that is excluded",
        ),
    ],
)
def test_other_dates(components: list[str], want: list[tuple[str, object, str]]) -> None:
    """Dates beside the repetition become airtimes of their own."""
    others = imported(*components)["airtimes"][1:]
    assert [
        (each["name"], each.get("starts", each.get("start")), each["duration"]) for each in others
    ] == want


def test_excluded_further_date() -> None:
    """A further date that is excluded was never one of the rule's, and does not stand there."""
    spec = imported(event(WEEKLY, "RDATE:20270112T200000", "EXDATE:20270112T200000"))
    assert "except" not in spec["airtimes"][0]


def test_changed_load() -> None:
    """A changed date has the load that its own description says, else that of the event."""
    described = {"DESCRIPTION": "multiplier: 3"}
    spec = imported(
        event(WEEKLY, **described),
        change("20270116", DESCRIPTION="multiplier: 5"),
        change("20270123", DTSTART=":20270124T203000"),
    )
    assert [each["load"]["multiplier"] for each in spec["airtimes"]] == [3, 5, 3]


@pytest.mark.parametrize(
    ("first", "second", "want"),
    [
        pytest.param("SEQUENCE:1", "SEQUENCE:10", "second", id="SEQUENCE counts as a number"),
        pytest.param("SEQUENCE:2", "SEQUENCE:1", "first", id="the order in the file does not"),
        pytest.param("DTSTAMP:20260102T000000Z", "DTSTAMP:20260101T000000Z", "first", id="DTSTAMP"),
        pytest.param(
            "LAST-MODIFIED:20260102T000000Z\r\nDTSTAMP:20260101T000000Z",
            "LAST-MODIFIED:20260101T000000Z\r\nDTSTAMP:20260102T000000Z",
            "first",
            id="LAST-MODIFIED before DTSTAMP",
        ),
    ],
)
def test_versions(first: str, second: str, want: str) -> None:
    """Of several versions of an event the newest counts, and the other is told."""
    text = ics(event(first, SUMMARY="first"), event(second, SUMMARY="second"))
    found = calendar(text, DEFAULTS)
    assert [body["spec"]["title"] for body in found.manifests] == [want]
    (said,) = lines(found.notes)
    assert "a later version of the same UID" in said


@pytest.mark.parametrize(
    "components",
    [
        pytest.param([event("STATUS:CANCELLED")], id="the event"),
        pytest.param(["METHOD:CANCEL", event()], id="the whole calendar"),
        pytest.param([event(WEEKLY, "STATUS:CANCELLED"), change("20270116")], id="with changes"),
        pytest.param([event("EXDATE:20270109T203000")], id="its only date"),
    ],
)
def test_cancelled(components: list[str]) -> None:
    """What was cancelled is no campaign, which is told and is nothing left out."""
    found = calendar(ics(*components), DEFAULTS)
    assert found.manifests == ()
    assert [note.left_out for note in found.notes] == [False]


def test_default_duration() -> None:
    """An event without an end is as long as the options say."""
    defaults = replace(DEFAULTS, duration="45m")
    spec = imported(event(DURATION=None), defaults=defaults)
    assert spec["airtimes"][0]["duration"] == "45m"


def test_order() -> None:
    """The order of the events changes nothing."""
    components = [
        event(WEEKLY, UID="one"),
        change("20270116", UID="one", DTSTART=":20270117T203000"),
        event(UID="two"),
    ]
    backwards = calendar(ics(*reversed(components)), DEFAULTS)
    assert backwards.manifests == calendar(ics(*components), DEFAULTS).manifests
