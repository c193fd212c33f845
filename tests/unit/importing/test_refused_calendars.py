"""What is not clear in a calendar is left out, with what would be right."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onair.importing.calendars.calendar import calendar
from onair.importing.loads import Defaults
from onair.importing.notes import UnreadableError, lines
from tests.unit.importing.calendar_texts import DEFAULTS, event, ics, left_out

WEEKLY = "RRULE:FREQ=WEEKLY;COUNT=10"


@pytest.mark.parametrize(
    ("components", "want"),
    [
        pytest.param([event(UID=None)], "it has no UID", id="no UID"),
        pytest.param([event(SUMMARY=None)], "it has no SUMMARY", id="no title"),
        pytest.param([event(DTSTART=None)], "it has no DTSTART", id="no start"),
        pytest.param([event(DURATION=None)], "it has no end", id="no end"),
        pytest.param([event(DURATION=":PT0S")], "duration: must be", id="no length"),
        pytest.param([event(DURATION=":-PT1H")], "is no duration", id="negative"),
        pytest.param([event("DTEND:20270109T203000")], "keep one", id="two ends"),
        pytest.param([event("DTSTART:20270109T203000")], "has DTSTART 2 times", id="two starts"),
        pytest.param([event("DESCRIPTION:duration: 3h")], "do not agree", id="end and description"),
        pytest.param([event(DTSTART=";TZID=EST:20270109T203000")], "neither a clear", id="EST"),
        pytest.param([event(DTSTART=";VALUE=DATE:20270109")], "is a whole day", id="whole day"),
        pytest.param([event(DTSTART=":20270230T203000")], "does not exist", id="30 February"),
        pytest.param([event(DTSTART=":99990109T203000")], "no date-time of", id="year 9999"),
        pytest.param(
            [event(DTSTART=";TZID=EST5:20270109T203000")], "neither a clear IANA", id="zone"
        ),
        pytest.param([event("RRULE:FREQ=HOURLY")], "repeats by the day or slower", id="hourly"),
        pytest.param([event("RRULE:FREQ=DAILY;COUNT=9999")], "COUNT", id="more than 2,000"),
        pytest.param(
            [event(WEEKLY, "EXRULE:FREQ=WEEKLY;COUNT=3")], "say EXDATE instead", id="EXRULE"
        ),
        pytest.param([event("STATUS:TENTATIVE")], "from its STATUS 'TENTATIVE'", id="tentative"),
        pytest.param(
            [event(WEEKLY), event("RECURRENCE-ID:20270116T203000", "STATUS:TENTATIVE")],
            "from its STATUS 'TENTATIVE'",
            id="a tentative date",
        ),
        pytest.param(
            [event("DTEND:20270109T200000", DURATION=None)], "not after its DTSTART", id="early end"
        ),
        pytest.param(
            [event("RDATE:" + ",".join(["20270109T203000"] * 2001))],
            "more than 2000 dates in RDATE",
            id="very many RDATEs",
        ),
        pytest.param(
            [event("EXDATE:" + ",".join(["20270109T203000"] * 2001))],
            "more than 2000 dates in EXDATE",
            id="very many EXDATEs",
        ),
        pytest.param([event("EXDATE:soon")], "its EXDATE 'soon'", id="no date"),
        pytest.param([event(f"DESCRIPTION:{'x' * 20_001}")], "shorten it", id="a long description"),
        pytest.param([event("nonsense")], "'nonsense' is no line", id="no line"),
        pytest.param(
            [event(WEEKLY), event("RECURRENCE-ID;RANGE=THISANDFUTURE:20270116T203000")],
            "an event of their own",
            id="this and all later dates",
        ),
        pytest.param(
            [event("DESCRIPTION:multiplier: 2\\nmultiplier: 3")], "twice", id="a field twice"
        ),
        pytest.param([event("DESCRIPTION:people: 5\\nmultiplier: 5")], "keep one", id="two sizes"),
        pytest.param(
            [event("DESCRIPTION:requestsPerSecond: 5\\nresponse: 5%")],
            "response does not belong beside requestsPerSecond",
            id="a response without people",
        ),
    ],
)
def test_left_out(components: list[str], want: str) -> None:
    """An event that is not clear is left out by its number, with what would be right."""
    said = left_out(*components)
    assert said.startswith("event 1 left out: ")
    assert want in said


def test_no_zone() -> None:
    """A time without a zone is not guessed."""
    without = Defaults(target_sets=("mol",), load=DEFAULTS.load)
    assert "say one with --time-zone" in left_out(event(), defaults=without)


def test_same_name() -> None:
    """Of events whose UIDs make one name none is a campaign, whichever had the name before."""
    found = calendar(ics(event(UID="a@b"), event("STATUS:CANCELLED", UID="a.b")), DEFAULTS)
    assert found.manifests == ()
    said = list(lines(found.notes))
    assert len(said) == 2
    assert all("left out" in each and "makes the name a-b, too" in each for each in said)


def test_no_event() -> None:
    """A calendar without events is told, and is nothing that became campaigns."""
    found = calendar(ics(), DEFAULTS)
    assert [(note.message, note.left_out) for note in found.notes] == [
        ("there is no event in the file", True)
    ]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param("", "has no calendar", id="empty"),
        pytest.param("date,time\n", "has no calendar", id="a plan"),
        pytest.param("BEGIN:VCALENDAR\nBEGIN:VEVENT\n", "ends within its 'VEVENT'", id="cut off"),
        pytest.param("BEGIN:VCALENDAR\nEND:VEVENT\n", "ends what did not begin", id="crossed"),
        pytest.param("BEGIN:VCALENDAR\n" + "BEGIN:X\n" * 9, "too deep", id="deep"),
        pytest.param(
            ics("BEGIN:VTODO\nEND:VTODO\n" * 10_001), "more than 10000 events", id="too many"
        ),
    ],
)
def test_unreadable(text: str, want: str) -> None:
    """A file that is no calendar is refused as a whole, with what would be right."""
    with pytest.raises(UnreadableError, match=want):
        calendar(text, DEFAULTS)


PROPERTIES = st.sampled_from(
    [
        *("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"),
        *("DESCRIPTION", "STATUS", "SEQUENCE", "RDATE;VALUE=PERIOD", "DTSTART;TZID=X"),
    ]
)
VALUES = st.one_of(
    st.lists(
        st.sampled_from(
            [
                *("20270109T203000", "20270116T203000", "20270109", "Z", ",", "/", ";", "PT1H"),
                *("P1D", "-", "FREQ=WEEKLY", "COUNT=5", "UNTIL=20270201", "BYDAY=SA,+1SU", ":"),
                *("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "people: 5", "shape: Push", "within: 0s"),
                *("\\n", "duration: 99999h", "9" * 4400, "CANCELLED", '"', "multiplier=3"),
            ]
        ),
        max_size=4,
    ).map("".join),
    st.text(alphabet="0123456789TZPHMWD;:=,/- a<", max_size=12),
)
ZONE = "BEGIN:VTIMEZONE\r\nTZID:X\r\nBEGIN:STANDARD\r\n{}\r\nEND:STANDARD\r\nEND:VTIMEZONE"
OBSERVANCES = st.tuples(
    st.sampled_from(["00010101T000000", "99991231T235959", "16010101T030000", "20270229T000000"]),
    st.sampled_from(["+0100", "-9959", "+2400", "9" * 4400]),
    st.sampled_from(["FREQ=YEARLY", "FREQ=YEARLY;UNTIL=19700101", "FREQ=DAILY", "9" * 4400]),
).map(lambda said: "DTSTART:{0}\r\nTZOFFSETFROM:{1}\r\nTZOFFSETTO:{1}\r\nRRULE:{2}".format(*said))


@settings(max_examples=200)
@given(st.lists(st.tuples(PROPERTIES, VALUES), max_size=3), OBSERVANCES)
def test_any_event(said: list[tuple[str, str]], observance: str) -> None:
    """Whatever an event and its zone say, it becomes a campaign or is told."""
    own = {name for name, _ in said if name in {"DTSTART", "DURATION"}}
    changed = dict.fromkeys({*own, *(["DTSTART"] if ("DTSTART;TZID=X" in dict(said)) else [])})
    lines_of_it = [f"{name}:{value}" for name, value in said]
    found = calendar(ics(ZONE.format(observance), event(*lines_of_it, **changed)), DEFAULTS)
    assert found.manifests or found.notes
