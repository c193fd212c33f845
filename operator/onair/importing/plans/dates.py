"""Dates as plans write them, in the order of day, month and year that their column proves."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from onair.importing.notes import LeftOutError, quoted

ORDERS: Final = {"dmy": "day-month-year", "mdy": "month-day-year", "ymd": "year-month-day"}

Reading = Mapping[str, date]
"""The date that a text is in each order in which it is one."""

_WEEKDAYS: Final = (
    "mo mon monday ma maandag montag",
    "tu tue tues tuesday di dinsdag dienstag",
    "we wed wednesday wo woensdag mi mittwoch",
    "th thu thur thurs thursday do donderdag donnerstag",
    "fr fri friday vr vrijdag freitag",
    "sa sat saturday za zaterdag samstag sonnabend",
    "su sun sunday zo zondag so sonntag",
)
_MONTHS: Final = (
    "jan january januari januar",
    "feb february februari februar",
    "mar march mrt maart marz maerz",
    "apr april",
    "may mei mai",
    "jun june juni",
    "jul july juli",
    "aug august augustus",
    "sep sept september",
    "oct okt october oktober",
    "nov november",
    "dec dez december dezember",
)
_NUMBER_OF: Final = {
    word: number for number, words in enumerate(_MONTHS, start=1) for word in words.split()
}
_DAY_OF: Final = {word: day for day, words in enumerate(_WEEKDAYS) for word in words.split()}

_WEEKDAY: Final = re.compile("([a-z]+)[.,]* +(?=[0-9])")
_YEAR_FIRST: Final = re.compile("([0-9]{4})([-/.])([0-9]{1,2})\\2([0-9]{1,2})")
_DIGITS: Final = re.compile("([0-9]{4})([0-9]{2})([0-9]{2})")
_NUMBERS: Final = re.compile("([0-9]{1,2})([-/.])([0-9]{1,2})\\2([0-9]{4}|[0-9]{2})")
_DAY_MONTH: Final = re.compile(
    "([0-9]{1,2})(?:st|nd|rd|th|[.])?[- ]([a-z]+)[., -]+([0-9]{4}|[0-9]{2})"
)
_MONTH_DAY: Final = re.compile("([a-z]+)[.]? ([0-9]{1,2})(?:st|nd|rd|th)?,? ([0-9]{4})")


def read(text: str) -> Reading:
    """Return what a text such as `2027-01-09`, `Sat 9/1/27` or `9. Januar 2027` may mean.

    A weekday before it must be right. Two digits are a year of this century.

    Raises:
        LeftOutError: it is no date.
    """
    plain = _without_accents(text.strip().lower())
    weekday = _WEEKDAY.match(plain)
    if weekday and weekday[1] not in _DAY_OF:
        weekday = None
    found = _reading(plain[weekday.end() :] if weekday else plain)
    if not found:
        raise LeftOutError(f"{quoted(text)} is no date; write it as 2027-01-09")
    if weekday:
        day = _DAY_OF[weekday[1]]
        found = {order: each for order, each in found.items() if each.weekday() == day}
        if not found:
            raise LeftOutError(f"{quoted(text)} is no date: that day is another day of the week")
    return found


def proven(readings: Iterable[Reading]) -> frozenset[str]:
    """Return the orders in which every text of a column is a date; all orders if there is none."""
    orders = frozenset(ORDERS)
    for reading in readings:
        orders &= reading.keys()
    return orders or frozenset(ORDERS)


def is_doubtful(reading: Reading) -> bool:
    """Tell whether a text alone may mean several dates."""
    return len(set(reading.values())) > 1


def pick(reading: Reading, orders: frozenset[str], text: str) -> date:
    """Return the date of a text that is in one of these orders.

    Raises:
        LeftOutError: it is in none of them, or several make different dates of it.
    """
    dates = {reading[order] for order in orders if order in reading}
    if not dates:
        names = " or ".join(sorted(ORDERS[order] for order in orders))
        raise LeftOutError(f"{quoted(text)} is no {names} date; write it as 2027-01-09")
    if len(dates) > 1:
        meant = " or ".join(each.isoformat() for each in sorted(dates))
        raise LeftOutError(
            f"{quoted(text)} could be {meant}: say its order with --date-order, such as dmy"
        )
    return dates.pop()


def _reading(plain: str) -> Reading:
    if found := _YEAR_FIRST.fullmatch(plain):
        return _same(found[1], found[3], found[4])
    if found := _DIGITS.fullmatch(plain):
        return _same(found[1], found[2], found[3])
    if found := _NUMBERS.fullmatch(plain):
        first, second, third = found[1], found[3], found[4]
        each = {"dmy": (third, second, first), "mdy": (third, first, second)}
        if len(third) == len("27"):
            each["ymd"] = (first, second, third)
        dates = {order: _date(*parts) for order, parts in each.items()}
        return {order: one for order, one in dates.items() if one}
    if found := _DAY_MONTH.fullmatch(plain):
        return _same(found[3], str(_NUMBER_OF.get(found[2], 0)), found[1])
    if found := _MONTH_DAY.fullmatch(plain):
        return _same(found[3], str(_NUMBER_OF.get(found[1], 0)), found[2])
    return {}


def _same(year: str, month: str, day: str) -> Reading:
    found = _date(year, month, day)
    return dict.fromkeys(ORDERS, found) if found else {}


def _date(year: str, month: str, day: str) -> date | None:
    """Return the date, None if the calendar, or the manifests' 1900 to 2099, has none."""
    number = int(year) + (2000 if len(year) == len("27") else 0)
    try:
        return date(number, int(month), int(day)) if 1900 <= number <= 2099 else None  # noqa: PLR2004
    except ValueError:
        return None


def _without_accents(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKD", text) if char.isascii())
