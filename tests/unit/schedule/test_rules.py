"""Weekly rules yield the dates that another implementation of RFC 5545 yields."""

from datetime import date, datetime, timedelta

import pytest
from dateutil.rrule import WEEKLY, rrule, weekdays
from hypothesis import given
from hypothesis import strategies as st

from onair.model.errors import InvalidManifest
from onair.schedule.rules import Weekly, weekly
from onair.schedule.zones import zone

START = datetime.fromisoformat("2027-01-09T20:30:00")
UTC = zone("UTC")
NAMES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WINDOW = (date(2027, 1, 1), date(2029, 12, 31))


def dates(rule: Weekly) -> list[date]:
    """Return the dates of a rule over three years."""
    return list(rule.between(*WINDOW))


@given(
    st.datetimes(datetime.fromisoformat("2026-01-01"), datetime.fromisoformat("2028-06-01")),
    st.integers(1, 9),
    st.sets(st.integers(0, 6)),
    st.integers(0, 6),
    st.none() | st.integers(1, 200) | st.timedeltas(timedelta(), timedelta(days=900)),
)
def test_dates_agree_with_dateutil(
    start: datetime, interval: int, days: set[int], first_day: int, end: int | timedelta | None
) -> None:
    """Any combination of INTERVAL, BYDAY, WKST and COUNT or UNTIL means what it means elsewhere."""
    start = start.replace(microsecond=0)
    days |= {start.weekday()}
    text = f"FREQ=WEEKLY;INTERVAL={interval};WKST={NAMES[first_day]}"
    text += f";BYDAY={','.join(NAMES[day] for day in days)}"
    count = end if isinstance(end, int) else None
    until = start + end if isinstance(end, timedelta) else None
    if until:
        until = until.replace(microsecond=0)
        text += f";UNTIL={until:%Y%m%dT%H%M%S}"
    if count:
        text += f";COUNT={count}"
    other = rrule(
        WEEKLY,
        start,
        interval,
        weekdays[first_day],
        count,
        until,
        byweekday=[weekdays[day] for day in days],
    )
    first, last = (datetime.combine(day, start.time()) for day in WINDOW)
    want = [occurrence.date() for occurrence in other.between(first, last, inc=True)]
    assert dates(weekly(text, start, UTC)) == want


@pytest.mark.parametrize(
    ("rule", "want"),
    [
        pytest.param("FREQ=WEEKLY;COUNT=2", ["2027-01-09", "2027-01-16"], id="COUNT"),
        pytest.param(
            "FREQ=WEEKLY;INTERVAL=2;UNTIL=20270206",
            ["2027-01-09", "2027-01-23", "2027-02-06"],
            id="UNTIL a date means all of it",
        ),
        pytest.param(
            "FREQ=WEEKLY;UNTIL=20270116T193000Z",
            ["2027-01-09", "2027-01-16"],
            id="UNTIL in UTC, to the second",
        ),
        pytest.param(
            "FREQ=WEEKLY;UNTIL=20270116T192959Z", ["2027-01-09"], id="UNTIL in UTC, a second less"
        ),
        pytest.param(
            "FREQ=WEEKLY;UNTIL=20270116T203000",
            ["2027-01-09", "2027-01-16"],
            id="UNTIL on the campaign's clocks",
        ),
        pytest.param(
            "FREQ=WEEKLY;UNTIL=20270116T202959",
            ["2027-01-09"],
            id="UNTIL on the campaign's clocks, a second less",
        ),
        pytest.param("FREQ=WEEKLY;UNTIL=20260101", [], id="UNTIL before the start"),
        pytest.param(
            "FREQ=WEEKLY;COUNT=3;BYDAY=SA,SU",
            ["2027-01-09", "2027-01-10", "2027-01-16"],
            id="BYDAY",
        ),
        pytest.param("COUNT=1;FREQ=WEEKLY", ["2027-01-09"], id="in another order"),
        pytest.param("freq=weekly;count=1", ["2027-01-09"], id="in lower case"),
    ],
)
def test_dates(rule: str, want: list[str]) -> None:
    """COUNT and UNTIL end a repetition exactly where they say, on the campaign's clocks."""
    found = dates(weekly(rule, START, zone("Europe/Amsterdam")))
    assert [day.isoformat() for day in found] == want


@pytest.mark.parametrize(
    ("start", "until", "want"),
    [
        pytest.param("2027-03-21T02:30", "20270328T012959Z", 1, id="in the gap, a second less"),
        pytest.param("2027-03-21T02:30", "20270328T013000Z", 2, id="in the gap, to the second"),
        pytest.param("2027-03-21T02:30", "20270328T032959", 1, id="on clocks, a second less"),
        pytest.param("2027-03-21T02:30", "20270328T023000", 2, id="on clocks that never show it"),
        pytest.param("2027-10-24T02:45", "20271031T013000Z", 2, id="in the hour that comes twice"),
        pytest.param("2027-10-24T02:45", "20271031T004459Z", 1, id="before it comes"),
    ],
)
def test_until_when_clocks_change(start: str, until: str, want: int) -> None:
    """UNTIL is an instant, also on the days on which clocks skip an hour or show one twice."""
    rule = weekly(
        f"FREQ=WEEKLY;UNTIL={until}", datetime.fromisoformat(start), zone("Europe/Berlin")
    )
    assert rule.total == want


@pytest.mark.parametrize(
    ("rule", "want"),
    [
        pytest.param("", "'' is not a part that OnAir knows", id="nothing"),
        pytest.param("COUNT=2", "FREQ=WEEKLY is missing", id="no FREQ"),
        pytest.param("FREQ=DAILY", "FREQ=DAILY is not possible", id="daily"),
        pytest.param(
            "RRULE:FREQ=WEEKLY", "'RRULE:FREQ' is not a part", id="a whole line of a calendar"
        ),
        pytest.param("FREQ=WEEKLY;COUNT=0", "COUNT=0 is not possible", id="COUNT of zero"),
        pytest.param("FREQ=WEEKLY;INTERVAL=0", "INTERVAL=0 is not possible", id="INTERVAL of zero"),
        pytest.param(
            "FREQ=WEEKLY;BYDAY=1SA", "BYDAY=1SA is not possible", id="BYDAY with a number"
        ),
        pytest.param("FREQ=WEEKLY;BYDAY=", "BYDAY= is not possible", id="BYDAY without a day"),
        pytest.param(
            "FREQ=WEEKLY;UNTIL=20270230", "UNTIL=20270230 is not possible", id="no such day"
        ),
        pytest.param("FREQ=WEEKLY;BYHOUR=20", "'BYHOUR' is not a part", id="a part of RFC 5545"),
        pytest.param("FREQ=WEEKLY;FREQ=WEEKLY", "FREQ is there twice", id="twice"),
        pytest.param(
            "FREQ=WEEKLY;COUNT=2;UNTIL=20270301",
            "COUNT and UNTIL exclude each other",
            id="two ends",
        ),
    ],
)
def test_unparsable(rule: str, want: str) -> None:
    """What is no weekly rule is refused in words that say what is wrong."""
    with pytest.raises(InvalidManifest) as caught:
        weekly(rule, START, UTC)
    assert caught.value.reason == "UnparsableRule"
    assert caught.value.message.startswith(f"repeat: {want}")


def test_start_outside_rule() -> None:
    """A start on a weekday that the rule does not have is refused."""
    with pytest.raises(
        InvalidManifest, match=r"^repeat: the start is a SA, but .* BYDAY=MO"
    ) as caught:
        weekly("FREQ=WEEKLY;BYDAY=MO", START, UTC)
    assert caught.value.reason == "StartOutsideRule"


@pytest.mark.parametrize(
    ("rule", "want"),
    [
        pytest.param("FREQ=WEEKLY", 7, id="one day"),
        pytest.param("FREQ=WEEKLY;BYDAY=SA,SU", 1, id="two days in a row"),
        pytest.param("FREQ=WEEKLY;BYDAY=SA,TU", 3, id="two days apart"),
        pytest.param("FREQ=WEEKLY;INTERVAL=3", 21, id="every three weeks"),
        pytest.param("FREQ=WEEKLY;INTERVAL=2;BYDAY=SA,MO", 5, id="monday to saturday of one week"),
        pytest.param("FREQ=WEEKLY;INTERVAL=2;BYDAY=SA,MO;COUNT=2", 9, id="saturday to monday only"),
        pytest.param("FREQ=WEEKLY;COUNT=1", None, id="one date"),
        pytest.param("FREQ=WEEKLY;UNTIL=20260101", None, id="no date"),
    ],
)
def test_shortest_gap(rule: str, want: int | None) -> None:
    """The shortest gap is that between two dates that both occur."""
    assert weekly(rule, START, UTC).shortest_gap() == want


@pytest.mark.parametrize(
    ("rule", "start"),
    [
        pytest.param("FREQ=WEEKLY;INTERVAL=999999999;BYDAY=SA,SU", START, id="a huge interval"),
        pytest.param("FREQ=WEEKLY;COUNT=999999999", START, id="a huge count"),
        pytest.param(
            "FREQ=WEEKLY;UNTIL=99991231T235959Z", START, id="until the end of the calendar"
        ),
        pytest.param("FREQ=WEEKLY;UNTIL=00010101T000000Z", START, id="until its beginning"),
        pytest.param(
            "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU",
            datetime.fromisoformat("1900-01-01T00:00"),
            id="every day of two centuries",
        ),
        pytest.param(
            "FREQ=WEEKLY;INTERVAL=999999999;COUNT=999999999;BYDAY=FR,SA",
            datetime.fromisoformat("2099-12-26T00:00"),
            id="all of it together",
        ),
    ],
)
@pytest.mark.parametrize("where", ["Asia/Tokyo", "America/New_York"], ids=str)
def test_hostile_rules(rule: str, start: datetime, where: str) -> None:
    """No rule makes more steps than there are days in the window, however far it reaches."""
    found = weekly(rule, start, zone(where))
    first = date(2027, 1, 1)
    steps = range(found.count_to(first - timedelta(days=1)), found.count_to(date(2028, 2, 5)))
    assert len(steps) <= 401
    assert len(list(found.between(first, date(2028, 2, 5)))) == len(steps)
