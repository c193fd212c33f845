"""The text of a repetition becomes its parts, or is refused with what would be right."""

from datetime import UTC, date, datetime
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onair.model.errors import InvalidManifest
from onair.schedule.rules import Rule, parse_rule
from tests.unit.schedule.strategies import texts

WEEKLY = Rule("WEEKLY", 1, None, None, 0, (), (), ())


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param("FREQ=WEEKLY", WEEKLY, id="nothing but FREQ"),
        pytest.param(
            "COUNT=2000;INTERVAL=999;FREQ=DAILY",
            Rule("DAILY", 999, 2000, None, 0, (), (), ()),
            id="the largest numbers, in another order",
        ),
        pytest.param(
            "FREQ=WEEKLY;WKST=SU;BYDAY=SU,SA,SU",
            Rule("WEEKLY", 1, None, None, 6, ((5, 0), (6, 0)), (), ()),
            id="days of the week, one of them twice",
        ),
        pytest.param(
            "FREQ=YEARLY;BYDAY=SU,53SA,FR,-53TH,WE,TU,MO",
            Rule(
                frequency="YEARLY",
                interval=1,
                count=None,
                until=None,
                week_start=0,
                weekdays=((0, 0), (1, 0), (2, 0), (3, -53), (4, 0), (5, 53), (6, 0)),
                numbers=(),
                positions=(),
            ),
            id="all days of the week, backwards, with the largest numbers",
        ),
        pytest.param(
            "FREQ=MONTHLY;BYDAY=+1MO,-5FR,TU;BYSETPOS=-1,366,1",
            Rule("MONTHLY", 1, None, None, 0, ((0, 1), (1, 0), (4, -5)), (), (-1, 1, 366)),
            id="days of the month and places",
        ),
        pytest.param(
            "FREQ=YEARLY;BYMONTH=12,1;BYMONTHDAY=-31,+31;BYYEARDAY=366,-366;BYWEEKNO=-53,53",
            Rule(
                frequency="YEARLY",
                interval=1,
                count=None,
                until=None,
                week_start=0,
                weekdays=(),
                numbers=(
                    ("BYMONTH", (1, 12)),
                    ("BYMONTHDAY", (-31, 31)),
                    ("BYWEEKNO", (-53, 53)),
                    ("BYYEARDAY", (-366, 366)),
                ),
                positions=(),
            ),
            id="numbers at either end of what they may be",
        ),
    ],
)
def test_parts(text: str, want: Rule) -> None:
    """Every part of a rule becomes what it says, in an order that does not depend on the text's."""
    assert parse_rule(text) == want


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param("20270313", date(2027, 3, 13), id="a date"),
        pytest.param(
            "20270313T203000",
            datetime(2027, 3, 13, 20, 30),  # noqa: DTZ001  # wall clock
            id="wall clock",
        ),
        pytest.param(
            "20270313T193000Z", datetime(2027, 3, 13, 19, 30, tzinfo=UTC), id="an instant"
        ),
        pytest.param("19000101", date(1900, 1, 1), id="the first date that there is"),
        pytest.param("20991231", date(2099, 12, 31), id="the last date that there is"),
    ],
)
def test_until(text: str, want: date) -> None:
    """UNTIL is a date, a time on the campaign's clocks, or an instant."""
    until = parse_rule(f"FREQ=WEEKLY;UNTIL={text}").until
    assert until == want
    assert type(until) is type(want)


@given(texts(), st.randoms(use_true_random=False))
def test_order_of_parts(text: str, random: Random) -> None:
    """A rule means the same in whatever order its parts stand."""
    parts = text.split(";")
    random.shuffle(parts)
    assert parse_rule(";".join(parts)) == parse_rule(text)


@pytest.mark.parametrize(
    ("rule", "want"),
    [
        pytest.param("", "'' is not a part that OnAir knows; use FREQ, INTERVAL, ", id="nothing"),
        pytest.param("COUNT=2", "FREQ is missing; begin with one such as FREQ=WEEKLY", id="FREQ"),
        pytest.param(
            "FREQ=HOURLY", "FREQ=HOURLY is not possible; a rule repeats by the day", id="hourly"
        ),
        pytest.param("RRULE:FREQ=WEEKLY", "'RRULE:FREQ' is not a part", id="a line of a calendar"),
        pytest.param("freq=weekly", "'freq' is not a part that OnAir knows", id="lower case"),
        pytest.param("FREQ=WEEKLY;", "'' is not a part", id="a separator at the end"),
        pytest.param(
            "FREQ=DAILY;BYHOUR=20",
            "'BYHOUR' is not a part that OnAir knows; use FREQ, INTERVAL, COUNT, UNTIL, WKST,"
            " BYDAY, BYMONTHDAY, BYMONTH, BYYEARDAY, BYWEEKNO, BYSETPOS; the time of day is that"
            " of start",
            id="an hour",
        ),
        pytest.param("FREQ=YEARLY;BYEASTER=0", "'BYEASTER' is not a part", id="Easter"),
        pytest.param("FREQ=WEEKLY;COUNT=0", "COUNT=0 is not possible; say a num", id="COUNT of 0"),
        pytest.param("FREQ=WEEKLY;COUNT=2001", "COUNT=2001 is not possible", id="COUNT too large"),
        pytest.param(
            "FREQ=WEEKLY;COUNT=10000", "COUNT=10000 is not possible", id="COUNT of five digits"
        ),
        pytest.param("FREQ=WEEKLY;COUNT=1.5", "COUNT=1.5 is not possible", id="COUNT of a half"),
        pytest.param("FREQ=WEEKLY;INTERVAL=0", "INTERVAL=0 is not possible", id="INTERVAL of zero"),
        pytest.param("FREQ=WEEKLY;INTERVAL=1000", "INTERVAL=1000 is not", id="INTERVAL too large"),
        pytest.param("FREQ=WEEKLY;INTERVAL=-1", "INTERVAL=-1 is not", id="INTERVAL backwards"),
        pytest.param("FREQ=WEEKLY;WKST=1MO", "WKST=1MO is not possible", id="WKST with a number"),
        pytest.param("FREQ=WEEKLY;BYDAY=", "BYDAY= is not possible", id="BYDAY without a day"),
        pytest.param("FREQ=WEEKLY;BYDAY=SATURDAY", "BYDAY=SATURDAY is not", id="BYDAY in full"),
        pytest.param("FREQ=MONTHLY;BYDAY=0MO", "BYDAY=0MO is not", id="BYDAY with zero"),
        pytest.param("FREQ=YEARLY;BYDAY=54MO", "BYDAY=54MO is not", id="BYDAY beyond the year"),
        pytest.param("FREQ=YEARLY;BYDAY=SA,54MO", "BYDAY=SA,54MO is not", id="BYDAY, one of two"),
        pytest.param("FREQ=YEARLY;BYDAY=-54MO", "BYDAY=-54MO is not", id="BYDAY before the year"),
        pytest.param(
            "FREQ=WEEKLY;UNTIL=20270230", "UNTIL=20270230 is not possible", id="no such day"
        ),
        pytest.param(
            "FREQ=WEEKLY;UNTIL=20270313T250000Z", "UNTIL=20270313T250000Z is not", id="no such hour"
        ),
        pytest.param("FREQ=WEEKLY;UNTIL=99991231", "UNTIL=99991231 is not", id="the year 9999"),
        pytest.param("FREQ=WEEKLY;UNTIL=00010101", "UNTIL=00010101 is not", id="the year 1"),
        pytest.param("FREQ=WEEKLY;UNTIL=2027-03-13", "UNTIL=2027-03-13 is not", id="hyphens"),
        pytest.param("FREQ=MONTHLY;BYMONTHDAY=0", "BYMONTHDAY=0 is not", id="BYMONTHDAY of zero"),
        pytest.param("FREQ=MONTHLY;BYMONTHDAY=32", "BYMONTHDAY=32 is not", id="the 32nd"),
        pytest.param("FREQ=MONTHLY;BYMONTHDAY=-32", "BYMONTHDAY=-32 is not", id="the -32nd"),
        pytest.param("FREQ=YEARLY;BYMONTH=13", "BYMONTH=13 is not possible", id="month 13"),
        pytest.param("FREQ=YEARLY;BYMONTH=-1", "BYMONTH=-1 is not possible", id="month -1"),
        pytest.param("FREQ=YEARLY;BYYEARDAY=367", "BYYEARDAY=367 is not", id="day 367"),
        pytest.param("FREQ=YEARLY;BYYEARDAY=-367", "BYYEARDAY=-367 is not", id="day -367"),
        pytest.param("FREQ=YEARLY;BYWEEKNO=54", "BYWEEKNO=54 is not", id="week 54"),
        pytest.param("FREQ=YEARLY;BYWEEKNO=-54", "BYWEEKNO=-54 is not", id="week -54"),
        pytest.param("FREQ=DAILY;BYDAY=MO;BYSETPOS=367", "BYSETPOS=367 is not", id="place 367"),
        pytest.param("FREQ=DAILY;BYDAY=MO;BYSETPOS=-367", "BYSETPOS=-367 is", id="place -367"),
        pytest.param("FREQ=WEEKLY;FREQ=WEEKLY", "FREQ is there twice; keep one", id="twice"),
        pytest.param(
            "FREQ=WEEKLY;COUNT=2;UNTIL=20270301",
            "COUNT and UNTIL exclude each other; keep one of them",
            id="two ends",
        ),
        pytest.param(
            "FREQ=WEEKLY;BYMONTHDAY=1",
            "BYMONTHDAY has no meaning in a weekly rule; use FREQ=MONTHLY",
            id="days of the month in a weekly rule",
        ),
        *(
            pytest.param(
                f"FREQ={frequency};{part}",
                "BYYEARDAY and BYWEEKNO stand in a yearly rule only; use FREQ=YEARLY",
                id=f"{part} in a rule of {frequency}",
            )
            for frequency in ("DAILY", "WEEKLY", "MONTHLY")
            for part in ("BYYEARDAY=1", "BYWEEKNO=1")
        ),
        *(
            pytest.param(
                f"FREQ={frequency};BYDAY=MO,-1SA",
                "a number in BYDAY counts the weeks of a month or year; use FREQ=MONTHLY or",
                id=f"a number in BYDAY in a rule of {frequency}",
            )
            for frequency in ("DAILY", "WEEKLY")
        ),
        pytest.param(
            "FREQ=YEARLY;BYWEEKNO=20;BYDAY=1MO",
            "beside BYWEEKNO a day of the week has no number; write BYDAY=MO for the Monday of",
            id="a numbered day beside BYWEEKNO",
        ),
        *(
            pytest.param(
                f"FREQ=YEARLY;BYWEEKNO=20,{week};{part}",
                "weeks 1, 52 and 53 may lie in two years, so that it is not clear which of them"
                " INTERVAL and BYSETPOS mean; write the dates one by one in starts",
                id=f"{part} beside week {week}",
            )
            for part in ("INTERVAL=2", "BYSETPOS=1")
            for week in (1, -1, 52, -52, 53, -53)
        ),
        pytest.param(
            "FREQ=MONTHLY;BYSETPOS=1",
            "BYSETPOS chooses among the dates of another part; add one such as BYDAY",
            id="places among nothing",
        ),
    ],
)
def test_unparsable(rule: str, want: str) -> None:
    """What is no rule of dates is refused in words that say what would be right."""
    with pytest.raises(InvalidManifest) as caught:
        parse_rule(rule)
    assert caught.value.reason == "UnparsableRule"
    assert caught.value.message.startswith(f"repeat: {want}")


@pytest.mark.parametrize(
    ("part", "want"),
    [
        pytest.param("INTERVAL=0", "say a number from 1 to 999, such as INTERVAL=2", id="INTERVAL"),
        pytest.param(
            "COUNT=0",
            "say a number of airings from 1 to 2,000, such as COUNT=10; without it the rule has no"
            " end",
            id="COUNT",
        ),
        pytest.param(
            "UNTIL=99991231",
            "say a date or an instant that exists, from 1900 to 2099, such as 20270313 or"
            " 20270313T193000Z",
            id="UNTIL",
        ),
        pytest.param("WKST=1MO", "say one day of the week, such as WKST=MO", id="WKST"),
        pytest.param(
            "BYDAY=54MO",
            "say days of the week, such as BYDAY=SA,SU, in a monthly or yearly rule also numbered,"
            " such as BYDAY=1MO,-1FR",
            id="BYDAY",
        ),
        pytest.param(
            "BYMONTHDAY=32",
            "say days of the month from 1 to 31, or from -31 to -1 counted from its end",
            id="BYMONTHDAY",
        ),
        pytest.param("BYMONTH=13", "say months from 1 to 12", id="BYMONTH"),
        pytest.param(
            "BYYEARDAY=367",
            "say days of the year from 1 to 366, or from -366 to -1 counted from its end",
            id="BYYEARDAY",
        ),
        pytest.param(
            "BYWEEKNO=54",
            "say weeks of the year from 1 to 53, or from -53 to -1 counted from its end",
            id="BYWEEKNO",
        ),
        pytest.param(
            "BYDAY=MO;BYSETPOS=367",
            "say places from 1 to 366, or from -366 to -1 counted from the last date",
            id="BYSETPOS",
        ),
    ],
)
def test_what_would_be_right(part: str, want: str) -> None:
    """Whoever writes something impossible reads everything that would be possible."""
    with pytest.raises(InvalidManifest) as caught:
        parse_rule(f"FREQ=YEARLY;{part}")
    wrong = part.rpartition(";")[2]
    assert caught.value.message == f"repeat: {wrong} is not possible; {want}"


@pytest.mark.parametrize(
    "rule",
    [
        pytest.param("FREQ=YEARLY;INTERVAL=1;BYWEEKNO=1", id="INTERVAL as it is anyway"),
        pytest.param("FREQ=YEARLY;INTERVAL=2;BYWEEKNO=2,51", id="every second year"),
        pytest.param("FREQ=YEARLY;BYWEEKNO=-2,-51;BYDAY=MO,TU;BYSETPOS=1", id="places in a year"),
    ],
)
def test_weeks_that_are_clear(rule: str) -> None:
    """Beside weeks that lie in one year whatever it is, and by itself, INTERVAL may stand."""
    assert parse_rule(rule).numbers[0][0] == "BYWEEKNO"
