"""What stands in a cell is read in every usual spelling; what could be two things, in none."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onair.importing.lengths import length
from onair.importing.notes import LeftOutError
from onair.importing.plans.dates import ORDERS, pick, proven, read
from onair.importing.plans.whens import time_of_day
from onair.importing.values import decimal_sign, number

ALL = frozenset(ORDERS)


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param("20:30", "20:30:00", id="hours and minutes"),
        pytest.param("6:05", "6:05:00", id="one digit"),
        pytest.param("20:30:15", "20:30:15", id="seconds"),
        pytest.param("20:30:15.000", "20:30:15", id="a spreadsheet's fraction"),
        pytest.param("20.30 uur", "20:30:00", id="Dutch"),
        pytest.param("20.30 Uhr", "20:30:00", id="German"),
        pytest.param("20 Uhr", "20:00:00", id="German, whole hour"),
        pytest.param("20h30", "20:30:00", id="French"),
        pytest.param("8:30 PM", "20:30:00", id="afternoon"),
        pytest.param("12:05 a.m.", "0:05:00", id="after midnight, American"),
        pytest.param("12 pm", "12:00:00", id="noon, American"),
        pytest.param("2030", "20:30:00", id="digits"),
        pytest.param("193015", "19:30:15", id="digits with seconds"),
        pytest.param("63000", "6:30:00", id="digits without their zero"),
        pytest.param("24:30", "1 day, 0:30:00", id="after midnight of a broadcast day"),
        pytest.param("26:59:59", "1 day, 2:59:59", id="the last second of a broadcast day"),
    ],
)
def test_time_of_day(text: str, want: str) -> None:
    """A time of day is how long after the midnight that began its broadcast day."""
    assert str(time_of_day(text)) == want


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("27:00", id="later than a broadcast day"),
        pytest.param("20:60", id="60 minutes"),
        pytest.param("20:30:60", id="60 seconds"),
        pytest.param("13:00 pm", id="13 in the afternoon"),
        pytest.param("0 am", id="0 in the morning"),
        pytest.param("20", id="a number"),
        pytest.param("prime time", id="words"),
        pytest.param("\u0662\u0660:\u0663\u0660", id="digits of another script"),
        pytest.param("", id="nothing"),
    ],
)
def test_no_time_of_day(text: str) -> None:
    """What is no time of day is refused."""
    with pytest.raises(LeftOutError, match="is no time of day"):
        time_of_day(text)


@pytest.mark.parametrize(
    ("text", "unit", "want"),
    [
        pytest.param("30", 1, 30, id="seconds"),
        pytest.param("30.0", 1, 30, id="a spreadsheet's seconds"),
        pytest.param("20", 60, 1200, id="minutes, as the header says"),
        pytest.param("1,5", 3600, 5400, id="hours, as the header says"),
        pytest.param("0:30", 1, 30, id="minutes and seconds"),
        pytest.param(":30", 1, 30, id="seconds, American"),
        pytest.param("1:05:00", 1, 3900, id="hours, minutes and seconds"),
        pytest.param("30s", 1, 30, id="unit"),
        pytest.param("1h5m", 1, 3900, id="as manifests write it"),
        pytest.param("65 min.", 1, 3900, id="minutes"),
        pytest.param("1 uur 5 minuten", 1, 3900, id="Dutch"),
        pytest.param("90 Sekunden", 1, 90, id="German"),
        pytest.param("1'30\"", 1, 90, id="signs"),
        pytest.param("30''", 1, 30, id="two signs"),
    ],
)
def test_length(text: str, unit: int, want: int) -> None:
    """A length is read with its unit, the header's unit, or as seconds."""
    assert length(text, Fraction(unit)) == timedelta(seconds=want)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("half an hour", id="words"),
        pytest.param("30 frames", id="a unit of nobody"),
        pytest.param("-30", id="negative"),
        pytest.param("30s and more", id="more behind it"),
        pytest.param("1" * 100_000 + "x", id="very many digits"),
        pytest.param("1:75", id="75 seconds"),
        pytest.param("1:60:00", id="60 minutes of an hour"),
        pytest.param("1.250", id="a thousand seconds or one"),
        pytest.param("", id="nothing"),
    ],
)
def test_no_length(text: str) -> None:
    """What is no length is refused."""
    with pytest.raises(LeftOutError, match="is no length"):
        length(text, Fraction(1))


@pytest.mark.parametrize("text", [pytest.param(text, id=text) for text in ("000130", "0130")])
def test_doubtful_length(text: str) -> None:
    """Digits with zeros before them may be hhmmss, and are refused."""
    with pytest.raises(LeftOutError, match=f"'{text}' could be a number or hhmmss"):
        length(text, Fraction(1))


def test_length_without_unit() -> None:
    """A number alone is refused where no unit is usual."""
    with pytest.raises(LeftOutError, match="write it as 5s or 5m"):
        length("5", None)


def test_length_in_hours() -> None:
    """Where the header says hh:mm, two numbers are hours and minutes."""
    assert length("1:05", None, is_hours=True) == timedelta(hours=1, minutes=5)


@pytest.mark.parametrize(
    ("text", "sign", "want"),
    [
        pytest.param("680000", None, "680000", id="digits"),
        pytest.param("680k", None, "680000", id="thousand"),
        pytest.param("1,2 mln", None, "1200000", id="million, Dutch"),
        pytest.param("1,2 Mio.", None, "1200000", id="million, German"),
        pytest.param("2 MLN", None, "2000000", id="million in capitals"),
        pytest.param("12 Tsd", None, "12000", id="thousand, German"),
        pytest.param("2.2", None, "2.2", id="point"),
        pytest.param("2,2", None, "2.2", id="comma"),
        pytest.param("0.125", None, "0.125", id="less than one has no thousands"),
        pytest.param("1234.567", None, "1234.567", id="too many digits for a divider"),
        pytest.param("1.250.000", None, "1250000", id="points divide"),
        pytest.param("1,250,000.5", None, "1250000.5", id="commas divide, a point is decimal"),
        pytest.param("680 000", None, "680000", id="a space divides"),
        pytest.param("680\u00a0000", None, "680000", id="a hard space divides"),
        pytest.param("1\u2019250", None, "1250", id="Swiss"),
        pytest.param("1.250", ",", "1250", id="where commas are decimal"),
        pytest.param("1.250", ".", "1.25", id="where points are decimal"),
        pytest.param("1.250k", ",", "1250000", id="divider and thousand"),
    ],
)
def test_number(text: str, sign: str | None, want: str) -> None:
    """A number is read whatever divides its thousands, by itself or by its file's decimal sign."""
    assert number(text, sign) == want


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param("1.250", "could be two numbers", id="doubtful"),
        pytest.param("1,250", "could be two numbers", id="doubtful comma"),
        pytest.param("12 34", "is no number", id="wrong groups"),
        pytest.param("1.250.5", "is no number", id="one sign for both"),
        pytest.param("680m", "is no number", id="thousandths"),
        pytest.param("-5", "is no number", id="negative"),
        pytest.param("many", "is no number", id="words"),
        pytest.param("NaN", "is no number", id="not a number"),
        pytest.param("0.0000001", "more than six digits", id="too exact"),
        pytest.param("1" * 5000, "is no number", id="very many digits"),
        pytest.param("0." + "1" * 5000, "is no number", id="very many decimals"),
    ],
)
def test_no_number(text: str, want: str) -> None:
    """What is no number, or could be two, is refused."""
    with pytest.raises(LeftOutError, match=want):
        number(text, None)


@pytest.mark.parametrize(
    ("texts", "want"),
    [
        pytest.param(["1.250", "3,5"], ",", id="a decimal comma"),
        pytest.param(["1.250", "1.250.000"], ",", id="two points divide"),
        pytest.param(["1,250", "0.5"], ".", id="a decimal point"),
        pytest.param(["1.250", "7", "many"], None, id="nothing proves it"),
        pytest.param(["3,5", "3.5"], None, id="both"),
    ],
)
def test_decimal_sign(texts: list[str], want: str | None) -> None:
    """The numbers of a file prove its decimal sign, unless they contradict each other."""
    assert decimal_sign(texts) == want


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("2027-01-09", id="ISO"),
        pytest.param("20270109", id="digits"),
        pytest.param("2027/1/9", id="year first"),
        pytest.param("za 09-01-2027", id="Dutch weekday decides"),
        pytest.param("Sat, 01/09/2027", id="American weekday decides"),
        pytest.param("Samstag, 9.1.2027", id="German weekday decides"),
        pytest.param("9 Jan 2027", id="English month"),
        pytest.param("9. Januar 2027", id="German month"),
        pytest.param("09-jan-27", id="short month and year"),
        pytest.param("9 januari 2027", id="Dutch month"),
        pytest.param("January 9, 2027", id="American month"),
        pytest.param("9th January 2027", id="English ordinal"),
    ],
)
def test_date(text: str) -> None:
    """A date is read in every spelling that leaves no doubt."""
    assert pick(read(text), ALL, text) == date(2027, 1, 9)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("2027-02-29", id="29 February"),
        pytest.param("31-04-2027", id="31 April"),
        pytest.param("13-13-2027", id="month 13"),
        pytest.param("zo 09-01-2027", id="a Saturday called Sunday"),
        pytest.param("9 Foo 2027", id="no month"),
        pytest.param("09-01", id="no year"),
        pytest.param("46031", id="a spreadsheet's number"),
        pytest.param("2027109", id="9 October or 9 January"),
        pytest.param("202711", id="digits without their zeros"),
        pytest.param("", id="nothing"),
    ],
)
def test_no_date(text: str) -> None:
    """What is no date is refused."""
    with pytest.raises(LeftOutError, match="is no date"):
        read(text)


def test_doubtful_date() -> None:
    """A date that could be two is refused, with both and the option that decides."""
    with pytest.raises(LeftOutError, match="2027-03-04 or 2027-04-03: say its order"):
        pick(read("03/04/2027"), ALL, "03/04/2027")


@pytest.mark.parametrize(
    ("texts", "want"),
    [
        pytest.param(["03/04/2027", "23/04/2027"], {"dmy"}, id="a day above 12 second to none"),
        pytest.param(["03/04/2027", "04/23/2027"], {"mdy"}, id="a month first"),
        pytest.param(["03/04/27"], ALL, id="two digits are any order"),
        pytest.param(["23/04/2027", "04/23/2027"], ALL, id="a contradiction proves nothing"),
    ],
)
def test_proven(texts: list[str], want: frozenset[str]) -> None:
    """A column proves the orders in which each of its dates exists."""
    assert proven(map(read, texts)) == want


@given(st.dates(date(2000, 1, 1), date(2098, 12, 31)), st.sampled_from(["dmy", "mdy"]))
def test_order_given(day: date, order: str) -> None:
    """With an order given, every date is the one that was written."""
    text = day.strftime("%d-%m-%y" if order == "dmy" else "%m/%d/%Y")
    assert pick(read(text), frozenset({order}), text) == day
