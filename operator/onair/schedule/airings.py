"""From the airtimes of a campaign to dated airings in UTC (design section 3.1)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import merge
from itertools import islice, pairwise
from typing import Final

from onair.model.airtimes import Airtime
from onair.model.campaigns import CampaignSpec
from onair.model.errors import InvalidManifest
from onair.model.loads import Point
from onair.model.reasons import INVALID_MANIFEST, POINTS_OUT_OF_ORDER
from onair.schedule.airtimes import Dates, dates
from onair.schedule.zones import zone

MAX_AIRINGS: Final = 2000
"""Of one campaign (design section 3.1)."""

HORIZON: Final = timedelta(days=400)
"""How far ahead anybody can look (design section 3.1)."""

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Airing:
    """One dated occurrence of an airtime: [start, end) in UTC; the end may come by `latest_end`."""

    start: datetime
    end: datetime
    latest_end: datetime
    airtime: str


def airings(spec: CampaignSpec, after: datetime, before: datetime) -> tuple[Airing, ...]:
    """Return the airings whose [start, latest_end) meets [after, before), sorted by start.

    At most the first 2,000, and none that starts 400 days or more after `after`.

    Raises:
        InvalidManifest: as `check`, but for the points.
    """
    before = min(before, after + HORIZON)
    expanded = (_expanded(*each, after, before) for each in _airtimes(spec))
    return tuple(islice(merge(*expanded), MAX_AIRINGS))


def counts(spec: CampaignSpec) -> str:
    """Return how many airings a campaign has in words: `9 airings: 10 less 1 excluded`.

    Raises:
        InvalidManifest: as `check`, but for the points.
    """
    found = [each for _, each in _airtimes(spec)]
    totals = [each.rule.total for each in found]
    excluded = sum(len(each.excluded) for each in found)
    if None in totals:
        less = f", less {excluded} excluded" if excluded else ""
        return f"airings without end{less}"
    total = sum(count for count in totals if count is not None)
    left = total - excluded
    less = f": {total} less {excluded} excluded" if excluded else ""
    return f"{left} airing{'' if left == 1 else 's'}{less}"


def check(spec: CampaignSpec) -> None:
    """Refuse what is wrong with the airtimes, or with the points for their length, at any time.

    Raises:
        InvalidManifest: UnknownTimeZone, UnparsableRule, StartOutsideRule, RuleNeverOccurs,
            AirtimeOverlapsItself, PointsOutOfOrder.
    """
    for airtime, _ in _airtimes(spec):
        _check_points(spec.load.points or (), airtime)


def _airtimes(spec: CampaignSpec) -> list[tuple[Airtime, Dates]]:
    where = zone(spec.time_zone)
    found = []
    for index, airtime in enumerate(spec.airtimes):
        try:
            found.append((airtime, dates(airtime, where)))
        except InvalidManifest as error:
            message = f"spec.airtimes[{index}].{error.message}"
            raise InvalidManifest(error.reason, message) from error
    return found


def _expanded(
    airtime: Airtime, found: Dates, after: datetime, before: datetime
) -> Iterator[Airing]:
    longest = airtime.duration + airtime.end_slack
    # A local date is at most one day from the date in UTC.
    first, last = (after - longest - _DAY).date(), (before + _DAY).date()
    for start in found.between(first, last):
        if start < before and start + longest > after:
            end = start + airtime.duration
            yield Airing(start, end, start + longest, airtime.name)


def _check_points(points: tuple[Point, ...], airtime: Airtime) -> None:
    """Refuse points that go back in time, or that span no crowd, in an airing of this length."""
    ends = {"start": timedelta(), "end": airtime.duration}
    instants = [ends[point.at.edge] + point.at.offset for point in points]
    for index, (earlier, later) in enumerate(pairwise(instants), start=1):
        if later < earlier:
            raise InvalidManifest(
                POINTS_OUT_OF_ORDER,
                f"spec.load.points[{index}].at: in the airtime {airtime.name} it comes before the"
                " point above it; sort the points by time for every airtime",
            )
    lines = pairwise(zip(instants, points, strict=True))
    if points and not any(t < u and (p.level or q.level) for (t, p), (u, q) in lines):
        raise InvalidManifest(
            INVALID_MANIFEST,
            f"spec.load.points: in the airtime {airtime.name} no crowd lies between them;"
            " a level above 0% must last for some time",
        )
