"""When a row of a plan airs: its date, its time of day up to 26:59:59, and their zone or offset."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import Final

from onair.importing.instants import known_zone, no_zone
from onair.importing.notes import LeftOutError, quoted
from onair.importing.plans.dates import Reading, pick, read
from onair.schedule.zones import to_utc

LAST: Final = timedelta(hours=26, minutes=59, seconds=59)
"""A broadcast day may run on after midnight: Kantar's spot files go from 03:00:00 to 26:59:59."""

_CLOCK: Final = re.compile(
    "([0-9]{1,2})(?:[:.h]([0-9]{2})(?:[:.]([0-9]{2})(?:[.,]0+)?)?)? ?(am|pm|uhr|uur|h|hrs)?"
)
_DIGITS: Final = re.compile("([0-9]{1,2})([0-9]{2})([0-9]{2})?")
_BOTH: Final = re.compile(
    "(?P<date>.+?)(?:[tT](?=[0-9])|,? )"
    "(?P<time>[0-9]{1,2}[:.h][0-9]{2}(?:[:.][0-9]{2}(?:[.,]0+)?)?(?: ?[aApP][.]?[mM][.]?)?)"
)
_OFFSET: Final = re.compile(
    "(?<=[0-9mM.]) ?(?P<offset>Z|UTC|[+-](?:0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)$"
)
_RANGE: Final = re.compile(
    "(?:.* )?[0-9]{1,2}[:.][0-9]{2}([:.][0-9]{2})? ?[-\u2013] ?[0-9]{1,2}[:.][0-9]{2}.*"
)
_LONGEST: Final = 64
"""Characters of a date or a time of day in any spelling."""
# What spreadsheets add to a date without a time, and to a time without a date.
_MIDNIGHT: Final = re.compile("[T ]+0?0:00(:00([.]0+)?)?$")
_EPOCH: Final = re.compile("^(1899-12-3[01]|3[01][-/.]12[-/.]1899|1900-01-0[01])[T ]+")
_YEARS: Final = range(1990, 2099)
"""Those of the Web: what has aired is simulated, too."""


@dataclass(frozen=True, slots=True)
class When:
    """A date, which its column's order may still decide, and a time of day.

    Attributes:
        text: the date as the file writes it.
        reading: what it may mean.
        clock: how long after midnight; 24 hours and more are the next day's.
        offset: from UTC, if the file says it.
    """

    text: str
    reading: Reading
    clock: timedelta
    offset: tzinfo | None

    def wall_clock(self, orders: frozenset[str]) -> datetime:
        """Return the date and the time of day, naive.

        Raises:
            LeftOutError: the date is doubtful in these orders, or long ago or ahead.
        """
        day = pick(self.reading, orders, self.text)
        if day.year not in _YEARS:
            raise LeftOutError(
                f"{day} is not within {_YEARS.start} to {_YEARS.stop - 1}; correct the year"
            )
        return datetime.combine(day, time()) + self.clock


def time_of_day(text: str, *, has_seconds: bool = False) -> timedelta:
    """Return how long after midnight `20:30`, `20.30 uur`, `8:30 PM`, `203000` or `24:30` is.

    Digits alone are hhmm or hhmmss; spreadsheets drop their leading zeros, so that 1530 is a
    quarter past midnight in a column that `has_seconds`: it is refused there.

    Raises:
        LeftOutError: it is no time of day, could be two, or is later than 26:59:59.
    """
    plain = text.strip().lower().replace("a.m.", "am").replace("p.m.", "pm")
    if has_seconds and plain.isdigit() and len(plain) <= len("hhmm"):
        raise LeftOutError(f"{quoted(text)} could be hhmm or hhmmss; write it as 20:30:00")
    if plain.isascii() and plain.isdigit():
        found = _DIGITS.fullmatch(plain.zfill(len(plain) + len(plain) % 2))
        suffix = None
    else:
        found = _CLOCK.fullmatch(plain)
        suffix = found[4] if found else None
    if not found or (found[2] is None and suffix is None):
        raise LeftOutError(f"{quoted(text)} is no time of day; write it as 20:30 or 20:30:00")
    hours, minutes, seconds = (int(found[group] or 0) for group in (1, 2, 3))
    if suffix in {"am", "pm"}:
        if hours not in range(1, 13):
            raise LeftOutError(f"{quoted(text)} is no time of day; am and pm go from 1 to 12")
        hours = hours % 12 + (12 if suffix == "pm" else 0)
    if max(minutes, seconds) > 59:  # noqa: PLR2004 - minutes, seconds
        raise LeftOutError(f"{quoted(text)} is no time of day; write it as 20:30 or 20:30:00")
    since_midnight = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    if since_midnight > LAST:
        raise LeftOutError(
            f"{quoted(text)} is no time of day: the clock of a broadcast day ends at 26:59:59;"
            " write the next date"
        )
    return since_midnight


def has_seconds(clocks: Iterable[str]) -> bool:
    """Tell whether the times of a column that are digits alone have seconds."""
    return any(clock.isdigit() and len(clock) > len("hhmm") for clock in clocks)


def when(date: str, clock: str, *, has_seconds: bool = False, is_split: bool = False) -> When:
    """Return when a row airs, from the cells of its date and of its time.

    One of them may say both, as `2027-01-09 20:30` or with an offset as `2027-01-09T20:30+01:00`.
    `has_seconds` says how the digits of its column read; `is_split`, that there is a column of
    times: midnight behind a date is a spreadsheet's then, and no time of day.

    Raises:
        LeftOutError: it has no date or no time of day, or one that is none.
    """
    date, clock = " ".join(date.split()), " ".join(clock.split())
    if max(len(date), len(clock)) > _LONGEST:
        raise LeftOutError(f"{quoted(max(date, clock, key=len))} is no date and no time of day")
    if is_split and not clock:
        date = _MIDNIGHT.sub("", date)
    if date and clock:
        date, clock = _MIDNIGHT.sub("", date), _EPOCH.sub("", clock)
        clock, offset = _without_offset(clock)
        return When(date, read(date), time_of_day(clock, has_seconds=has_seconds), offset)
    both, offset = _without_offset(date or clock)
    found = _BOTH.fullmatch(both)
    if found and not is_date(both):
        return When(found["date"], read(found["date"]), time_of_day(found["time"]), offset)
    missing = "time of day" if date else "date"
    raise LeftOutError(f"it has no {missing}" + (f", only {quoted(both)}" if both else ""))


def until(begins: When, date: str, clock: str, *, has_seconds: bool = False) -> tuple[When, bool]:
    """Return when a row ends that begins then, and whether its end says its own date.

    A time of day alone is that of the start's date. `has_seconds` is as for `when`.

    Raises:
        LeftOutError: it is neither a time of day nor a date with one.
    """
    if date:
        return when(date, clock, has_seconds=has_seconds), True
    text, offset = _without_offset(_EPOCH.sub("", " ".join(clock.split())))
    if _BOTH.fullmatch(text):
        return when("", clock), True
    since_midnight = time_of_day(text, has_seconds=has_seconds)
    return When(begins.text, begins.reading, since_midnight, offset or begins.offset), False


def instant(wall_clock: datetime, offset: tzinfo | None, zone: str | None) -> datetime:
    """Return the instant (UTC) of a wall-clock time.

    Raises:
        LeftOutError: neither an offset nor a zone is known.
    """
    if offset:
        return wall_clock.replace(tzinfo=offset).astimezone(UTC)
    if zone is None:
        raise LeftOutError("its time has no zone; say one with --time-zone or in a column")
    where = known_zone(zone)
    if where is None:
        raise LeftOutError(no_zone(zone))
    return to_utc(wall_clock, where)


def _without_offset(text: str) -> tuple[str, tzinfo | None]:
    if _RANGE.fullmatch(text):
        raise LeftOutError(
            f"{quoted(text)} could be a start and an end, or a time with an offset; write the end"
            " in a column of its own"
        )
    found = _OFFSET.search(text)
    if not found:
        return text, None
    said = found["offset"]
    offset = UTC if said in {"Z", "UTC"} else datetime.strptime(said, "%z").tzinfo
    return text[: found.start()], offset


def is_date(text: str) -> bool:
    """Tell whether a text is a date without a time of day."""
    try:
        return bool(read(text))
    except LeftOutError:
        return False
