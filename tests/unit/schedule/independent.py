"""Another expansion of repetitions: day by day, as the table of RFC 5545 (3.3.10) reads.

Slow, without dateutil and without anything of ours, so that the two can only agree on the truth.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import groupby
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
NAMES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def dates(text: str, start: date, last: date) -> list[date]:
    """Return the dates of a rule without UNTIL, from its start to a day."""
    parts = dict(part.split("=") for part in text.split(";"))
    interval, origin = int(parts.get("INTERVAL", "1")), _period(parts, start)
    found = []
    begin = date(start.year, 1, 1) - 7 * DAY
    for number, days in groupby(
        _days(begin, _period_end(parts, last)), lambda day: _period(parts, day)
    ):
        if number >= origin and (number - origin) % interval == 0:
            named = [day for day in days if _is_named(parts, day, start)]
            found += [day for day in _placed(parts, named) if start <= day <= last]
    return found[: int(parts["COUNT"])] if "COUNT" in parts else found


def instant(wall_clock: datetime, where: ZoneInfo) -> datetime:
    """Return the first instant at which clocks show a time; in a gap, by the offset before it."""
    offsets = [(wall_clock + step).replace(tzinfo=where).utcoffset() for step in (-DAY, DAY)]
    before = wall_clock - (offsets[0] or timedelta())
    candidates = [(wall_clock - (offset or timedelta())).replace(tzinfo=UTC) for offset in offsets]
    shown = [each for each in candidates if _on_clocks(each, where) == wall_clock]
    return min(shown, default=before.replace(tzinfo=UTC))


def _on_clocks(moment: datetime, where: ZoneInfo) -> datetime:
    return moment.astimezone(where).replace(tzinfo=None)


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += DAY


def _period(parts: dict[str, str], day: date) -> int:
    """Return the number of the period of FREQ in which a day lies, counted from anywhere."""
    if parts["FREQ"] == "DAILY":
        return (day - date(1890, 1, 1)).days
    if parts["FREQ"] == "WEEKLY":
        return (_week_of(parts, day) - date(1890, 1, 1)).days // 7
    return day.year * 12 + day.month if parts["FREQ"] == "MONTHLY" else day.year


def _period_end(parts: dict[str, str], day: date) -> date:
    """Return the last day of the period in which a day lies."""
    end = day
    while _period(parts, end + DAY) == _period(parts, day):
        end += DAY
    return end


def _week_of(parts: dict[str, str], day: date) -> date:
    """Return the first day of the week in which a day lies."""
    return day - (day.weekday() - NAMES.index(parts.get("WKST", "MO"))) % 7 * DAY


def _is_named(parts: dict[str, str], day: date, start: date) -> bool:
    """Return whether all BY parts, said or taken from the start, name a day."""
    said = dict(parts)
    frequency = said["FREQ"]
    if not said.keys() & {"BYDAY", "BYMONTHDAY", "BYYEARDAY"}:
        if frequency == "WEEKLY" or "BYWEEKNO" in said:
            said["BYDAY"] = NAMES[start.weekday()]
        elif frequency != "DAILY":
            said["BYMONTHDAY"] = str(start.day)
            if frequency == "YEARLY":
                said.setdefault("BYMONTH", str(start.month))
    in_month = frequency == "MONTHLY" or "BYMONTH" in said
    month_length = (_next_month(day) - DAY).day
    year_day, year_length = day.timetuple().tm_yday, date(day.year, 12, 31).timetuple().tm_yday
    place, length = (day.day, month_length) if in_month else (year_day, year_length)
    name = NAMES[day.weekday()]
    names = {
        "BYMONTH": {str(day.month)},
        "BYWEEKNO": _week_numbers(parts, day) if "BYWEEKNO" in parts else set(),
        "BYYEARDAY": {str(year_day), str(year_day - year_length - 1)},
        "BYMONTHDAY": {str(day.day), str(day.day - month_length - 1)},
        "BYDAY": {name, f"{(place + 6) // 7}{name}", f"-{(length - place) // 7 + 1}{name}"},
    }
    return all(
        names[part] & set(value.replace("+", "").split(","))
        for part, value in said.items()
        if part in names
    )


def _next_month(day: date) -> date:
    return (day.replace(day=28) + 4 * DAY).replace(day=1)


def _week_numbers(parts: dict[str, str], day: date) -> set[str]:
    """Return the numbers of a day's week, from the start and from the end of the week's year."""
    week = _week_of(parts, day)
    weeks = _weeks_of_year((week + 3 * DAY).year, week.weekday())
    return {str(weeks.index(week) + 1), str(weeks.index(week) - len(weeks))}


@cache
def _weeks_of_year(year: int, first_day: int) -> list[date]:
    """Return the first days of the weeks that have most of their days in a year."""
    days = _days(date(year, 1, 1) - 3 * DAY, date(year, 12, 31) - 3 * DAY)
    return [day for day in days if day.weekday() == first_day]


def _placed(parts: dict[str, str], days: list[date]) -> list[date]:
    """Return the days of one period that stand at the places of BYSETPOS."""
    if "BYSETPOS" not in parts:
        return days
    places = {int(place) for place in parts["BYSETPOS"].split(",")}
    numbered = enumerate(days, start=1)
    return [day for place, day in numbered if {place, place - len(days) - 1} & places]
