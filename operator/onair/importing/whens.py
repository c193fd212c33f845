"""When a row of a plan airs: its date, its time of day, and their zone or offset."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import Final

from onair.importing.clocks import time_of_day
from onair.importing.dates import Reading, pick, read
from onair.importing.moments import known_zone
from onair.importing.notes import LeftOutError, quoted
from onair.schedule.zones import to_utc

_BOTH: Final = re.compile(
    "(?P<date>.+?)(?:[tT](?=[0-9])|,? )"
    "(?P<time>[0-9]{1,2}[:.h][0-9]{2}(?:[:.][0-9]{2}(?:[.,]0+)?)?(?: ?[aApP][.]?[mM][.]?)?)"
)
_OFFSET: Final = re.compile("(?<=[0-9mM.]) ?(?P<offset>Z|UTC|[+-][0-9]{2}:[0-9]{2})$")
# What spreadsheets add to a date without a time, and to a time without a date.
_MIDNIGHT: Final = re.compile("[T ]+0?0:00(:00([.]0+)?)?$")
_EPOCH: Final = re.compile("^(1899-12-3[01]|3[01][-/.]12[-/.]1899|1900-01-0[01])[T ]+")
_YEARS: Final = range(2000, 2099)


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


def when(date: str, clock: str) -> When:
    """Return when a row airs, from the cells of its date and of its time.

    One of them may say both, as `2027-01-09 20:30` or with an offset as `2027-01-09T20:30+01:00`.

    Raises:
        LeftOutError: it has no date or no time of day, or one that is none.
    """
    date, clock = " ".join(date.split()), " ".join(clock.split())
    if date and clock:
        date, clock = _MIDNIGHT.sub("", date), _EPOCH.sub("", clock)
        clock, offset = _without_offset(clock)
        return When(date, read(date), time_of_day(clock), offset)
    both, offset = _without_offset(date or clock)
    found = _BOTH.fullmatch(both)
    if found and not _is_date(both):
        return When(found["date"], read(found["date"]), time_of_day(found["time"]), offset)
    missing = "time of day" if date else "date"
    raise LeftOutError(f"it has no {missing}" + (f", only {quoted(both)}" if both else ""))


def until(begins: When, text: str) -> When:
    """Return when a row ends that begins then.

    A time of day alone is that of the start's date or, if it is not later, of the next.

    Raises:
        LeftOutError: it is neither a time of day nor a date with one.
    """
    clock, offset = _without_offset(text)
    try:
        since_midnight = time_of_day(clock)
    except LeftOutError:
        return when("", text)
    later = timedelta(days=1) if since_midnight <= begins.clock else timedelta()
    return When(begins.text, begins.reading, since_midnight + later, offset or begins.offset)


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
        raise LeftOutError(f"{quoted(zone)} is no time zone; write it as Europe/Amsterdam")
    return to_utc(wall_clock, where)


def _without_offset(text: str) -> tuple[str, tzinfo | None]:
    found = _OFFSET.search(text)
    if not found:
        return text, None
    said = found["offset"]
    offset = UTC if said in {"Z", "UTC"} else datetime.strptime(said, "%z").tzinfo
    return text[: found.start()], offset


def _is_date(text: str) -> bool:
    try:
        return bool(read(text))
    except LeftOutError:
        return False
