"""Warnings about when something airs."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from onair.lint.context import Context, Warned
from onair.model.airtimes import Airtime
from onair.model.campaigns import CampaignSpec
from onair.schedule.airings import HORIZON, airings, begins_after
from onair.schedule.zones import to_utc, to_wall_clock, zone


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


def shifted(context: Context) -> Iterator[Warned]:
    """Warn of times of day that clocks skip or show twice on the date of an airing."""
    for subject, spec in context.campaigns():
        where = zone(spec.time_zone)
        for n, airtime in enumerate(spec.airtimes):
            for airing in airings(_only(spec, n), context.now, context.now + HORIZON):
                said = _said(airtime, airing.start, where)
                if said and (message := _moved(said, airing.start, where)):
                    field = "starts" if airtime.starts else "start"
                    yield Warned(subject, f"spec.airtimes[{n}].{field}", message)


def _only(spec: CampaignSpec, n: int) -> CampaignSpec:
    """Return a campaign with its n-th airtime alone."""
    return spec.model_copy(update={"airtimes": spec.airtimes[n : n + 1]})


def _airs(spec: CampaignSpec, now: datetime) -> bool:
    return bool(airings(spec, now, now + HORIZON))


def _why_idle(spec: CampaignSpec, now: datetime) -> str:
    if begins_after(spec, now):
        return (
            f"the first airing is more than {HORIZON.days} days ahead, further than anything is"
            " planned"
        )
    if any(airtime.repeat for airtime in spec.airtimes):
        return f"nothing airs within the next {HORIZON.days} days"
    return "nothing is left to come: every airing is over"


def _said(airtime: Airtime, start: datetime, where: ZoneInfo) -> datetime | None:
    """Return the wall clock that a manifest says for an airing; None if it says an instant."""
    if airtime.starts:
        walls = [said for said in airtime.starts if said.tzinfo is None]
        return next((said for said in walls if to_utc(said, where) == start), None)
    if airtime.start is None or (airtime.start.tzinfo and not airtime.repeat):
        return None
    wall = to_wall_clock(airtime.start, where) if airtime.start.tzinfo else airtime.start
    return datetime.combine(to_wall_clock(start, where), wall.time())


def _moved(said: datetime, start: datetime, where: ZoneInfo) -> str:
    """Return what happens at a wall clock that there is not, or twice; "" at all others."""
    shown = to_wall_clock(start, where)
    day = f"{said.day} {said:%B %Y}"
    if shown != said:
        return (
            f"{said:%H:%M} does not exist on {day}, when clocks go forward: it airs at"
            f" {shown:%H:%M}"
        )
    first, second = (said.replace(tzinfo=where, fold=fold).utcoffset() for fold in (0, 1))
    if first != second:
        return f"{said:%H:%M} comes twice on {day}, when clocks go back: it airs at the first"
    return ""
