"""Zones that only the file explains become the IANA zone with the same clocks."""

from __future__ import annotations

import pytest

from onair.importing.calendars import calendar
from onair.importing.defaults import Defaults
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
