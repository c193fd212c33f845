"""Repetitions as manifests write them (RFC 5545, 3.3.10): from text to checked parts.

What a part means for dates stands in `onair.schedule.recurrence`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Final, Literal, cast

from onair.model.errors import InvalidManifest
from onair.model.reasons import UNPARSABLE_RULE

Frequency = Literal["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]

DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
"""The days of the week as rules write them, in the order of `date.weekday`."""

MAX_AIRINGS: Final = 2000
"""Of one campaign, and so of one rule (design section 3.1)."""

_DAY: Final = f"({'|'.join(DAYS)})"
_ORDINAL: Final = f"([+-]?[1-9][0-9]?)?{_DAY}"
_NUMBERS: Final = "[+-]?[0-9]{1,3}(,[+-]?[0-9]{1,3})*"
_SPELLED: Final = {
    "FREQ": "(DAILY|WEEKLY|MONTHLY|YEARLY)",
    "INTERVAL": "[1-9][0-9]{0,2}",
    "COUNT": "[1-9][0-9]{0,3}",
    "UNTIL": "(19|20)[0-9]{6}(T[0-9]{6}Z?)?",
    "WKST": _DAY,
    "BYDAY": f"{_ORDINAL}(,{_ORDINAL})*",
    "BYMONTHDAY": _NUMBERS,
    "BYMONTH": _NUMBERS,
    "BYYEARDAY": _NUMBERS,
    "BYWEEKNO": _NUMBERS,
    "BYSETPOS": _NUMBERS,
}
_HINTS: Final = {
    "FREQ": "a rule repeats by the day or slower: FREQ=DAILY, WEEKLY, MONTHLY or YEARLY",
    "INTERVAL": "say a number from 1 to 999, such as INTERVAL=2",
    "COUNT": f"say a number of airings from 1 to {MAX_AIRINGS:,}, such as COUNT=10;"
    " without it the rule has no end",
    "UNTIL": "say a date or an instant that exists, from 1900 to 2099, such as 20270313 or"
    " 20270313T193000Z",
    "WKST": "say one day of the week, such as WKST=MO",
    "BYDAY": "say days of the week, such as BYDAY=SA,SU, in a monthly or yearly rule also numbered,"
    " such as BYDAY=1MO,-1FR",
    "BYMONTHDAY": "say days of the month from 1 to 31, or from -31 to -1 counted from its end",
    "BYMONTH": "say months from 1 to 12",
    "BYYEARDAY": "say days of the year from 1 to 366, or from -366 to -1 counted from its end",
    "BYWEEKNO": "say weeks of the year from 1 to 53, or from -53 to -1 counted from its end",
    "BYSETPOS": "say places from 1 to 366, or from -366 to -1 counted from the last date",
}
_MOST: Final = {"BYMONTHDAY": 31, "BYMONTH": 12, "BYYEARDAY": 366, "BYWEEKNO": 53, "BYSETPOS": 366}


@dataclass(frozen=True, slots=True)
class Rule:
    """A repetition, before it has a start.

    Attributes:
        frequency: the unit of the periods that repeat.
        interval: every how many periods.
        count: the number of dates, None without one.
        until: the last date or date-time, None without one; aware if it is in UTC.
        week_start: the day on which a week begins, as `date.weekday` has it.
        weekdays: BYDAY, each with its number in the month or year, 0 for every such day.
        numbers: BYMONTHDAY, BYMONTH, BYYEARDAY and BYWEEKNO, those that are said.
        positions: BYSETPOS.
    """

    frequency: Frequency
    interval: int
    count: int | None
    until: date | None
    week_start: int
    weekdays: tuple[tuple[int, int], ...]
    numbers: tuple[tuple[str, tuple[int, ...]], ...]
    positions: tuple[int, ...]


@lru_cache(maxsize=1024)
def parse_rule(text: str) -> Rule:
    """Return what `FREQ=WEEKLY;COUNT=10;BYDAY=SA` says.

    Raises:
        InvalidManifest: UnparsableRule; the message begins with `repeat: `.
    """
    values = _values(text)
    _check_combination(values)
    numbers = {name: _numbers(name, values[name]) for name in _MOST if name in values}
    positions = numbers.pop("BYSETPOS", ())
    return Rule(
        frequency=cast("Frequency", values["FREQ"]),
        interval=int(values.get("INTERVAL", 1)),
        count=_count(values.get("COUNT")),
        until=_until(values.get("UNTIL")),
        week_start=DAYS.index(values.get("WKST", "MO")),
        weekdays=_weekdays(values["BYDAY"]) if "BYDAY" in values else (),
        numbers=tuple(sorted(numbers.items())),
        positions=positions,
    )


def _values(text: str) -> dict[str, str]:
    """Return the parts of a rule, each spelled as it must be and said once."""
    values: dict[str, str] = {}
    for part in text.split(";"):
        name, _, value = part.partition("=")
        if name not in _SPELLED:
            raise _unparsable(
                f"'{name}' is not a part that OnAir knows; use {', '.join(_SPELLED)}; the time of"
                " day is that of start"
            )
        if name in values:
            raise _unparsable(f"{name} is there twice; keep one of them")
        if not re.fullmatch(_SPELLED[name], value):
            raise _impossible(name, value)
        values[name] = value
    if "FREQ" not in values:
        raise _unparsable("FREQ is missing; begin with one such as FREQ=WEEKLY")
    return values


def _check_combination(values: Mapping[str, str]) -> None:
    """Refuse parts that mean nothing, or nothing clear, beside each other (RFC 5545, 3.3.10)."""
    frequency = values["FREQ"]
    by = {name for name in values if name.startswith("BY")}
    numbered = bool(re.search("[0-9]", values.get("BYDAY", "")))
    faults = {
        "COUNT and UNTIL exclude each other; keep one of them": {"COUNT", "UNTIL"} <= values.keys(),
        "BYMONTHDAY has no meaning in a weekly rule; use FREQ=MONTHLY": "BYMONTHDAY" in by
        and frequency == "WEEKLY",
        "BYYEARDAY and BYWEEKNO stand in a yearly rule only; use FREQ=YEARLY": bool(
            by & {"BYYEARDAY", "BYWEEKNO"}
        )
        and frequency != "YEARLY",
        "a number in BYDAY counts the weeks of a month or year; use FREQ=MONTHLY or FREQ=YEARLY,"
        " or leave it out": numbered and frequency in {"DAILY", "WEEKLY"},
        "beside BYWEEKNO a day of the week has no number; write BYDAY=MO for the Monday of that"
        " week": "BYWEEKNO" in by and numbered,
        "weeks 1, 52 and 53 may lie in two years, so that it is not clear which of them INTERVAL"
        " and BYSETPOS mean; write the dates one by one in starts": _at_an_end(values)
        and (int(values.get("INTERVAL", 1)) > 1 or "BYSETPOS" in by),
        "BYSETPOS chooses among the dates of another part; add one such as BYDAY": by
        == {"BYSETPOS"},
    }
    for message, found in faults.items():
        if found:
            raise _unparsable(message)


def _at_an_end(values: Mapping[str, str]) -> bool:
    """Return whether BYWEEKNO names a week that may lie in two years, counted from either end."""
    weeks = values.get("BYWEEKNO")
    return bool(weeks) and not all(2 <= abs(n) <= 51 for n in _numbers("BYWEEKNO", weeks or ""))  # noqa: PLR2004


def _numbers(name: str, text: str) -> tuple[int, ...]:
    numbers = sorted({int(number) for number in text.split(",")})
    least = 1 if name == "BYMONTH" else -_MOST[name]
    if 0 in numbers or not (least <= numbers[0] and numbers[-1] <= _MOST[name]):
        raise _impossible(name, text)
    return tuple(numbers)


def _weekdays(text: str) -> tuple[tuple[int, int], ...]:
    """Return the days of a BYDAY: (5, -1) is the last Saturday, (5, 0) every one."""
    days = {(DAYS.index(day[-2:]), int(day[:-2] or 0)) for day in text.split(",")}
    if any(abs(number) > _MOST["BYWEEKNO"] for _, number in days):
        raise _impossible("BYDAY", text)
    return tuple(sorted(days))


def _count(text: str | None) -> int | None:
    if text is not None and int(text) > MAX_AIRINGS:
        raise _impossible("COUNT", text)
    return None if text is None else int(text)


def _until(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
    except ValueError:
        raise _impossible("UNTIL", text) from None


def _impossible(name: str, value: str) -> InvalidManifest:
    return _unparsable(f"{name}={value} is not possible; {_HINTS[name]}")


def _unparsable(message: str) -> InvalidManifest:
    return InvalidManifest(UNPARSABLE_RULE, f"repeat: {message}")
