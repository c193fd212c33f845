"""Warnings about when something airs."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from onair.lint.context import Context, Warned
from onair.model.airtimes import Airtime
from onair.model.campaigns import CampaignSpec
from onair.model.quantities import format_duration
from onair.schedule.airings import HORIZON, airings, begins_after, cut_at
from onair.schedule.airtimes import Repeated, length, starts
from onair.schedule.rules import MAX_AIRINGS
from onair.schedule.zones import to_utc, to_wall_clock, zone

Said = tuple[datetime, datetime]
"""The wall clock that a manifest says for an airing, and the instant at which it starts."""


def nothing_ahead(context: Context) -> Iterator[Warned]:
    """Warn of campaigns and airtimes of which nothing is left, or nothing is planned yet."""
    for subject, spec in context.campaigns():
        idle = [n for n in range(len(spec.airtimes)) if not _airs(_only(spec, n), context.now)]
        if len(idle) == len(spec.airtimes):
            yield Warned(subject, "spec.airtimes", _why_idle(spec, context.now))
            continue
        for n in idle:
            path = f"spec.airtimes[{n}]"
            yield Warned(subject, path, _why_idle(_only(spec, n), context.now))


def too_many(context: Context) -> Iterator[Warned]:
    """Warn of campaigns that have more airings than can be planned at a time."""
    for subject, spec in context.campaigns():
        if beyond := cut_at(spec, context.now, context.now + HORIZON):
            message = (
                f"there are more than {MAX_AIRINGS:,} airings within {HORIZON.days} days: those"
                f" from {_day(to_wall_clock(beyond, zone(spec.time_zone)))} on are not planned"
                " until earlier ones are over; divide it into several campaigns"
            )
            yield Warned(subject, "spec.airtimes", message)


def shifted(context: Context) -> Iterator[Warned]:
    """Warn of airings that clocks move, or between which they leave a hole."""
    for subject, spec in context.campaigns():
        where = zone(spec.time_zone)
        for n, airtime in enumerate(spec.airtimes):
            said = sorted(_said(airtime, where, context.now), key=lambda each: each[1])
            moved = (_moved(each, where) for each in said)
            holes = (_hole(*pair, length(airtime, where)) for pair in pairwise(said))
            field = "starts" if airtime.starts else "start"
            for message in filter(None, (*moved, *holes)):
                yield Warned(subject, f"spec.airtimes[{n}].{field}", message)


def excludes_nothing(context: Context) -> Iterator[Warned]:
    """Warn of entries of `except` at which nothing would have aired, or no more than is out."""
    for subject, spec in context.campaigns():
        for n, airtime in enumerate(spec.airtimes):
            found = starts(airtime, zone(spec.time_zone))
            if isinstance(found, Repeated):
                for index, message in _useless(found):
                    yield Warned(subject, f"spec.airtimes[{n}].except[{index}]", message)


def _only(spec: CampaignSpec, n: int) -> CampaignSpec:
    """Return a campaign with its n-th airtime alone."""
    return spec.model_copy(update={"airtimes": spec.airtimes[n : n + 1]})


def _airs(spec: CampaignSpec, now: datetime) -> bool:
    return bool(airings(spec, now, now + HORIZON))


def _why_idle(spec: CampaignSpec, now: datetime) -> str:
    if begins_after(spec, now):
        return (
            f"the next airing is more than {HORIZON.days} days ahead, further than anything is"
            " planned"
        )
    return "nothing is left to come: every airing is over"


def _said(airtime: Airtime, where: ZoneInfo, now: datetime) -> Iterator[Said]:
    """Yield what an airtime says for its airings to come; not where it says the very instant."""
    found = starts(airtime, where)
    if not isinstance(found, Repeated):
        listed = (each for each in (airtime.start, *(airtime.starts or ())) if each)
        walls = ((said, to_utc(said, where)) for said in listed if said.tzinfo is None)
    else:
        clock = found.wall_clock.time()
        exact = airtime.start and airtime.start.tzinfo and found.start
        days = found.days.between(now.date() - timedelta(days=1), (now + HORIZON).date())
        left = ((day, found.start_on(day)) for day in days if day not in found.excluded)
        walls = ((datetime.combine(day, clock), start) for day, start in left if start != exact)
    return (each for each in walls if now <= each[1] < now + HORIZON)


def _moved(said: Said, where: ZoneInfo) -> str:
    """Return what happens at a wall clock that there is not, or twice; "" at all others."""
    wall, start = said
    shown = to_wall_clock(start, where)
    if shown != wall:
        day = f" on {_day(shown)}" if shown.date() != wall.date() else ""
        return (
            f"{wall:%H:%M} does not exist on {_day(wall)}, when clocks go forward: it airs at"
            f" {shown:%H:%M}{day}"
        )
    first, second = (wall.replace(tzinfo=where, fold=fold).utcoffset() for fold in (0, 1))
    if first != second:
        return (
            f"{wall:%H:%M} comes twice on {_day(wall)}, when clocks go back: it airs at the first"
        )
    return ""


def _hole(earlier: Said, later: Said, planned: timedelta) -> str:
    """Return where an airing would last until the next one, did clocks not go back between them."""
    (wall, start), (next_wall, next_start) = earlier, later
    hole = next_start - start - planned
    if next_wall - wall != planned or hole <= timedelta():
        return ""
    return (
        f"clocks go back after {wall:%H:%M} on {_day(wall)}: that airing of"
        f" {format_duration(planned)} ends {format_duration(hole)} before the next one begins; for"
        " no hole use timeZone: UTC, or another airtime for it"
    )


def _useless(found: Repeated) -> Iterator[tuple[int, str]]:
    """Yield the entries of `except` without which the same would air, and why."""
    taken: dict[date, int] = {}
    for index, entry in enumerate(found.exceptions):
        days = [day for day in found.meant(entry) if found.days.includes(day)]
        if not days:
            yield index, f"takes nothing out: {_nearest(entry, found)}"
        elif all(day in taken for day in days):
            yield index, f"takes out what except[{taken[days[0]]}] takes out already"
        for day in days:
            taken.setdefault(day, index)


def _nearest(entry: date, found: Repeated) -> str:
    day = date(entry.year, entry.month, entry.day)
    around = found.days.between(day - HORIZON, day + HORIZON)
    near = min(around, key=lambda each: abs(each - day), default=None)
    if near is None:
        return f"no airing is within {HORIZON.days} days of it"
    shown = to_wall_clock(found.start_on(near), found.where)
    return f"the nearest airing starts at {shown:%H:%M:%S} on {shown:%A} {_day(shown)}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
