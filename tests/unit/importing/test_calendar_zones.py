"""Zones that only the file explains become the IANA zone with the same clocks."""

from __future__ import annotations

from time import perf_counter

import pytest

from onair.importing.calendars.calendar import calendar
from onair.importing.loads import Defaults
from onair.importing.notes import lines
from tests.unit.importing.calendar_texts import DEFAULTS, event, ics, imported, left_out

START = ";TZID=Customized Time Zone:20270709T203000"
NO_ZONE = Defaults(target_sets=("mol",), load=DEFAULTS.load)
EUROPE = ("RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3")
AMERICA = ("RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11", "RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3")


def described(winter: str, summer: str, rules: tuple[str, str] = EUROPE, back: str = "03") -> str:
    """Return a VTIMEZONE as Outlook writes it."""
    return "\r\n".join(
        [
            "BEGIN:VTIMEZONE",
            "TZID:Customized Time Zone",
            "BEGIN:STANDARD",
            f"DTSTART:16010101T{back}0000",
            f"TZOFFSETFROM:{summer}",
            f"TZOFFSETTO:{winter}",
            rules[0],
            "END:STANDARD",
            "BEGIN:DAYLIGHT",
            "DTSTART:16010101T020000",
            f"TZOFFSETFROM:{winter}",
            f"TZOFFSETTO:{summer}",
            rules[1],
            "END:DAYLIGHT",
            "END:VTIMEZONE",
        ]
    )


@pytest.mark.parametrize(
    ("zone", "want"),
    [
        pytest.param(described("+0100", "+0200"), "Europe/Amsterdam", id="the default's clocks"),
        pytest.param(described("-0500", "-0400", AMERICA, "02"), "America/New_York", id="New York"),
        pytest.param(described("+0000", "+0000", ("", "")), "Atlantic/Reykjavik", id="no change"),
    ],
)
def test_same_clocks(zone: str, want: str) -> None:
    """The default is taken if it has these clocks, else a zone of Windows'; and it is told."""
    found = calendar(ics(zone, event(DTSTART=START)), DEFAULTS)
    assert [body["spec"]["timeZone"] for body in found.manifests] == [want]
    assert list(lines(found.notes)) == [
        f"the time zone 'Customized Time Zone' is taken as {want}, which has the same clocks"
    ]


def test_location() -> None:
    """A VTIMEZONE that says its IANA name is that zone."""
    zone = described("+0100", "+0200").replace(
        "BEGIN:STANDARD", "X-LIC-LOCATION:Europe/Oslo\r\nBEGIN:STANDARD"
    )
    assert imported(zone, event(DTSTART=START))["timeZone"] == "Europe/Oslo"


@pytest.mark.parametrize(
    ("tzid", "want"),
    [
        pytest.param("EST", "America/New_York", id="an abbreviation with summer time"),
        pytest.param("GMT", "America/New_York", id="a short IANA name with other clocks"),
        pytest.param("EST5EDT", "EST5EDT", id="a short IANA name with its own clocks"),
        pytest.param("America/Chicago", "America/Chicago", id="an area and a city"),
    ],
)
def test_described_name(tzid: str, want: str) -> None:
    """A short name is what its VTIMEZONE says; a city is itself, even if its rules are old."""
    zone = described("-0500", "-0400", AMERICA, "02").replace("Customized Time Zone", tzid)
    assert imported(zone, event(DTSTART=f";TZID={tzid}:20270709T203000"))["timeZone"] == want


def test_contradiction() -> None:
    """A VTIMEZONE that gives other clocks to a zone that is known is told, and the zone counts."""
    zone = described("-0500", "-0400", AMERICA, "02").replace(
        "Customized Time Zone", "Europe/Amsterdam"
    )
    start = ";TZID=Europe/Amsterdam:20270709T203000"
    found = calendar(ics(zone, event(DTSTART=start)), DEFAULTS)
    assert [body["spec"]["timeZone"] for body in found.manifests] == ["Europe/Amsterdam"]
    (said,) = lines(found.notes)
    assert said == (
        "the time zone 'Europe/Amsterdam' is taken as Europe/Amsterdam, although its VTIMEZONE has"
        " other clocks: 2027-01-01 07:00 where Europe/Amsterdam has 2027-01-01 13:00"
    )


@pytest.mark.parametrize(
    ("offset", "want"),
    [
        pytest.param("soon", "'soon' is no offset", id="no offset"),
        pytest.param("+2400", "'+2400' is no offset", id="a day"),
    ],
)
def test_no_clocks_of_known_zone(offset: str, want: str) -> None:
    """A VTIMEZONE of a known zone that cannot be read is told."""
    zone = described("+0100", offset).replace("Customized Time Zone", "Europe/Amsterdam")
    start = ";TZID=Europe/Amsterdam:20270709T203000"
    found = calendar(ics(zone, event(DTSTART=start)), DEFAULTS)
    assert len(found.manifests) == 1
    (said,) = lines(found.notes)
    assert said.startswith("the VTIMEZONE of 'Europe/Amsterdam' is not read: ")
    assert want in said


def test_name_before_location() -> None:
    """An IANA name goes before another one that its VTIMEZONE says."""
    zone = described("+0100", "+0200").replace(
        "BEGIN:STANDARD", "X-LIC-LOCATION:Europe/Oslo\r\nBEGIN:STANDARD"
    )
    zone = zone.replace("Customized Time Zone", "Europe/Berlin")
    start = ";TZID=Europe/Berlin:20270709T203000"
    assert imported(zone, event(DTSTART=start))["timeZone"] == "Europe/Berlin"


def test_until() -> None:
    """Rules that ended say nothing: only those of the event's year and the next count."""
    old = (
        "BEGIN:DAYLIGHT\r\nDTSTART:19700222T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\n"
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=2;UNTIL=20060226T010000Z\r\nEND:DAYLIGHT\r\n"
        "END:VTIMEZONE"
    )
    zone = described("+0100", "+0200").replace("END:VTIMEZONE", old)
    assert imported(zone, event(DTSTART=START))["timeZone"] == "Europe/Amsterdam"


@pytest.mark.parametrize(
    ("begins", "want"),
    [
        pytest.param("20270101T000000", "no IANA time zone", id="in the event's year"),
        pytest.param("20281215T000000", "no IANA time zone", id="in the next"),
        pytest.param("20291215T000000", "", id="later"),
    ],
)
def test_years(begins: str, want: str) -> None:
    """The clocks of the event's year and of the next are compared, later ones are not."""
    more = (
        f"BEGIN:STANDARD\r\nDTSTART:{begins}\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0315\r\n"
        "END:STANDARD\r\nEND:VTIMEZONE"
    )
    zone = described("+0100", "+0200").replace("END:VTIMEZONE", more)
    found = calendar(ics(zone, event(DTSTART=START)), NO_ZONE)
    assert bool(found.manifests) is not bool(want)
    assert want in "".join(lines(found.notes))


def test_next_year_of_zone() -> None:
    """A zone whose own clocks change in the next year, as North Korea's in 2018, is another."""
    zone = described("+0830", "+0830", ("", ""))
    start = START.replace("2027", "2017")
    assert "no IANA time zone" in left_out(zone, event(DTSTART=start), defaults=NO_ZONE)


@pytest.mark.parametrize("year", [pytest.param(y, id=y) for y in ("0001", "1601", "1970")])
def test_first_year(year: str) -> None:
    """Makers write any year for "always", as .NET writes year 1."""
    zone = described("+0100", "+0200").replace("DTSTART:1601", f"DTSTART:{year}")
    assert imported(zone, event(DTSTART=START))["timeZone"] == "Europe/Amsterdam"


def test_refused_zone_is_refused_at_once() -> None:
    """Zones are looked for once: hundreds of events in one that nobody has take no longer."""
    never = described("+0100", "+0145", ("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", EUROPE[1]))
    events = [event(DTSTART=START, UID=f"u{number}") for number in range(300)]
    began = perf_counter()
    found = calendar(ics(never, *events), NO_ZONE)
    assert len(found.notes) == 300
    assert perf_counter() - began < 10  # seconds; each alone took a tenth of one


@pytest.mark.parametrize(
    ("zone", "want"),
    [
        pytest.param(described("+0100", "+0145"), "no IANA time zone has the clocks", id="nowhere"),
        pytest.param(
            described("+0100", "+0200", AMERICA),
            "no IANA time zone has the clocks",
            id="no such day",
        ),
        pytest.param(
            described("+0100", "+0200", back="05"),
            "no IANA time zone has the clocks",
            id="no such hour",
        ),
        pytest.param(
            described("+0100", "+0200", ("RRULE:FREQ=SECONDLY", EUROPE[1])),
            "'FREQ=SECONDLY' is no yearly change",
            id="each second",
        ),
        pytest.param(
            described("+0100", "+0200", ("RRULE:FREQ=YEARLY;BYMONTH=13", EUROPE[1])),
            "is no yearly change",
            id="month 13",
        ),
        pytest.param(described("+1", "+0200"), "'+1' is no offset", id="no offset"),
        pytest.param(
            "\r\n".join(
                ["BEGIN:VTIMEZONE", "TZID:Customized Time Zone"]
                + ["BEGIN:STANDARD", "END:STANDARD"] * 101
                + ["END:VTIMEZONE"]
            ),
            "more than 100 rules",
            id="too many rules",
        ),
        pytest.param("", "neither a clear IANA name", id="nothing"),
    ],
)
def test_unknown(zone: str, want: str) -> None:
    """A zone that no IANA zone equals is refused."""
    assert want in left_out(*filter(None, [zone]), event(DTSTART=START), defaults=NO_ZONE)
