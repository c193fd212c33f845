"""Weekly repetitions (RFC 5545, FREQ=WEEKLY) by arithmetic on day numbers.

Which date comes n-th, and how many there are up to a date, are both one division: so nothing has
to be counted up from the start, and no rule can take long.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from onair.model.errors import InvalidManifest
from onair.model.reasons import START_OUTSIDE_RULE, UNPARSABLE_RULE
from onair.schedule.zones import to_utc, to_wall_clock

_DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAY: Final = f"({'|'.join(_DAYS)})"
_VALUES: Final = {
    "FREQ": "WEEKLY",
    "INTERVAL": "[1-9][0-9]{0,8}",
    "COUNT": "[1-9][0-9]{0,8}",
    "UNTIL": "[0-9]{8}(T[0-9]{6}Z?)?",
    "BYDAY": f"{_DAY}(,{_DAY})*",
    "WKST": _DAY,
}
_HINTS: Final = {
    "FREQ": "this version repeats weekly: FREQ=WEEKLY",
    "INTERVAL": "say a number of weeks from 1, such as INTERVAL=2",
    "COUNT": "say a number of airings from 1, such as COUNT=10",
    "UNTIL": "say a date or an instant that exists, such as 20270313 or 20270313T193000Z",
    "BYDAY": "say days of the week without numbers, such as BYDAY=SA,SU",
    "WKST": "say one day of the week, such as WKST=MO",
}
_YEARS_WITH_NEIGHBOURS: Final = range(2, 9999)


@dataclass(frozen=True, slots=True)
class Weekly:
    """The dates of a weekly repetition.

    Attributes:
        origin: day number (`date.toordinal`) of the first day of the first week.
        days: the days of a week that count, as sorted distances from its first day.
        interval: every how many weeks.
        skipped: how many dates the first week would have before the start.
        total: the number of dates, None without an end.
    """

    origin: int
    days: tuple[int, ...]
    interval: int
    skipped: int
    total: int | None

    def count_to(self, day: date) -> int:
        """Return the number of dates up to and including a day."""
        weeks, rest = divmod(day.toordinal() - self.origin, 7 * self.interval)
        found = max(0, weeks * len(self.days) + bisect_right(self.days, rest) - self.skipped)
        return found if self.total is None else min(found, self.total)

    def includes(self, day: date) -> bool:
        """Return whether a day is one of the dates."""
        return self.count_to(day) > self.count_to(day - timedelta(days=1))

    def between(self, first: date, last: date) -> Iterator[date]:
        """Yield the dates from one day to another, both included."""
        for number in range(self.count_to(first - timedelta(days=1)), self.count_to(last)):
            yield date.fromordinal(self._ordinal(number))

    def shortest_gap(self) -> int | None:
        """Return the fewest days from one date to the next; None if there is one date only."""
        # The gaps repeat after as many dates as a week has.
        pairs = len(self.days) if self.total is None else min(len(self.days), self.total - 1)
        gaps = (self._ordinal(number + 1) - self._ordinal(number) for number in range(pairs))
        return min(gaps, default=None)

    def _ordinal(self, number: int) -> int:
        weeks, day = divmod(number + self.skipped, len(self.days))
        return self.origin + weeks * 7 * self.interval + self.days[day]


def weekly(text: str, start: datetime, where: ZoneInfo) -> Weekly:
    """Return the dates of a rule such as `FREQ=WEEKLY;COUNT=10;BYDAY=SA`.

    The first is that of `start`, a naive date-time on the clocks of `where`. UNTIL is the last
    moment at which one may start: in UTC with Z, else on these clocks; a date means all of it.

    Raises:
        InvalidManifest: UnparsableRule or StartOutsideRule; the message begins with `repeat: `.
    """
    values = _values(text)
    week_start = _DAYS.index(values.get("WKST", "MO"))
    names = values.get("BYDAY", _DAYS[start.weekday()]).split(",")
    days = tuple(sorted({(_DAYS.index(name) - week_start) % 7 for name in names}))
    first = (start.weekday() - week_start) % 7
    if first not in days:
        raise InvalidManifest(
            START_OUTSIDE_RULE,
            f"repeat: the start is a {_DAYS[start.weekday()]}, but the rule says"
            f" BYDAY={values['BYDAY']}; start on such a day or add {_DAYS[start.weekday()]}",
        )
    endless = Weekly(
        origin=start.toordinal() - first,
        days=days,
        interval=int(values.get("INTERVAL", 1)),
        skipped=days.index(first),
        total=None,
    )
    return replace(endless, total=_total(values, endless, start, where))


def _values(text: str) -> dict[str, str]:
    """Return the parts of a rule, each spelled as it must be and said once."""
    values: dict[str, str] = {}
    for part in text.upper().split(";"):
        name, _, value = part.partition("=")
        if name not in _VALUES:
            raise _unparsable(f"'{name}' is not a part that OnAir knows; use {', '.join(_VALUES)}")
        if name in values:
            raise _unparsable(f"{name} is there twice")
        if not re.fullmatch(_VALUES[name], value):
            raise _unparsable(f"{name}={value} is not possible; {_HINTS[name]}")
        values[name] = value
    if "FREQ" not in values:
        raise _unparsable("FREQ=WEEKLY is missing")
    if "COUNT" in values and "UNTIL" in values:
        raise _unparsable("COUNT and UNTIL exclude each other; keep one of them")
    return values


def _total(values: dict[str, str], endless: Weekly, start: datetime, where: ZoneInfo) -> int | None:
    if "COUNT" in values:
        return int(values["COUNT"])
    if "UNTIL" not in values:
        return None
    until, last = _until(values["UNTIL"], where)
    if last < start.date():
        return 0
    # A date counts if it begins no later: as an instant, because clocks skip and repeat hours.
    begins = datetime.combine(last, start.time())
    if last.year in _YEARS_WITH_NEIGHBOURS and to_utc(begins, where) > until:
        last -= timedelta(days=1)
    return endless.count_to(last)


def _until(text: str, where: ZoneInfo) -> tuple[datetime, date]:
    """Return the last instant that UNTIL admits, and its day on the clocks of `where`."""
    try:
        if "T" in text:
            said = datetime.fromisoformat(text)
        else:
            said = datetime.combine(date.fromisoformat(text), time.max)
    except ValueError:
        raise _unparsable(f"UNTIL={text} is not possible; {_HINTS['UNTIL']}") from None
    if said.year not in _YEARS_WITH_NEIGHBOURS:
        # At either end of the calendar there may be no such moment in another zone.
        return said.replace(tzinfo=UTC), said.date()
    if said.tzinfo:
        return said, to_wall_clock(said, where).date()
    return to_utc(said, where), said.date()


def _unparsable(message: str) -> InvalidManifest:
    return InvalidManifest(UNPARSABLE_RULE, f"repeat: {message}")
