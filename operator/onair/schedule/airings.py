"""From the airtimes of a campaign to dated airings in UTC (design section 3.1)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import merge
from itertools import islice
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

from onair.model.airtimes import Airtime
from onair.model.campaigns import CampaignSpec
from onair.model.errors import InvalidManifest
from onair.model.loads import Load
from onair.schedule.airtimes import END_OF_TIME, Starts, length, starts
from onair.schedule.checks import check_airtime, check_points
from onair.schedule.recurrence import LAST_DAY
from onair.schedule.rules import MAX_AIRINGS
from onair.schedule.zones import zone

Read = TypeVar("Read")

HORIZON: Final = timedelta(days=400)
"""How far ahead anybody can look (design section 3.1)."""


@dataclass(frozen=True, slots=True)
class Airing:
    """One dated occurrence of an airtime: [start, end) in UTC; the end may come by `latest_end`.

    `load` is the demand that it adds.
    """

    start: datetime
    end: datetime
    latest_end: datetime
    airtime: str
    load: Load


def airings(spec: CampaignSpec, after: datetime, before: datetime) -> tuple[Airing, ...]:
    """Return the airings whose [start, latest_end) meets [after, before).

    Sorted by start, end and airtime; at most the first 2,000 (`cut_at` says what is beyond), and
    none that starts 400 days or more after `after`. Meant for a spec that `check` lets pass.

    Raises:
        InvalidManifest: UnknownTimeZone, UnparsableRule.
    """
    return tuple(islice(_all(spec, after, before), MAX_AIRINGS))


def cut_at(spec: CampaignSpec, after: datetime, before: datetime) -> datetime | None:
    """Return the start of the first airing that `airings` leaves out of a window, as too many.

    Raises:
        InvalidManifest: UnknownTimeZone, UnparsableRule.
    """
    beyond = next(islice(_all(spec, after, before), MAX_AIRINGS, None), None)
    return beyond.start if beyond else None


def begins_after(spec: CampaignSpec, instant: datetime) -> bool:
    """Return whether any airing starts after an instant, however far ahead.

    Raises:
        InvalidManifest: UnknownTimeZone, UnparsableRule.
    """
    later = (found.between(instant, END_OF_TIME) for found in _of_each(spec, starts))
    return any(start > instant for each in later for start in islice(each, 2))


def counts(spec: CampaignSpec) -> str:
    """Return how many airings a campaign has in words: `9 airings: 10 less 1 excluded`.

    Raises:
        InvalidManifest: UnknownTimeZone, UnparsableRule.
    """
    found = _of_each(spec, starts)
    totals = [each.total() for each in found]
    excluded = sum(each.left_out() for each in found)
    beside = f", less {excluded:,} excluded" if excluded else ""
    if None in totals:
        return f"airings without end{beside}"
    known = [total for total in totals if total is not None]
    if max(known) > MAX_AIRINGS:
        return f"more than {MAX_AIRINGS:,} airings{beside}"
    too_late = sum(each.too_late() for each in found)
    left = sum(known) - excluded
    said = f"{left:,} airing{'' if left == 1 else 's'}"
    missing = [(excluded, "excluded"), (too_late, f"after {LAST_DAY.year}")]
    less = " and ".join(f"{number:,} {why}" for number, why in missing if number)
    return f"{said}: {sum(known) + too_late:,} less {less}" if less else said


def check(spec: CampaignSpec) -> None:
    """Refuse what is wrong with the airtimes, or with the points for their length, at any time.

    Raises:
        InvalidManifest: UnknownTimeZone, UnparsableRule, StartOutsideRule, RuleNeverOccurs,
            AirtimeOverlapsItself, PointsOutOfOrder; InvalidManifest for an end that does not fit.
    """
    _of_each(spec, check_airtime)
    lengths = zip(spec.airtimes, spec.loads(), _of_each(spec, length), strict=True)
    for index, (airtime, load, planned) in enumerate(lengths):
        path = f"spec.airtimes[{index}].load.points" if airtime.load else "spec.load.points"
        check_points((load and load.points) or (), path, airtime.name, planned)


def _all(spec: CampaignSpec, after: datetime, before: datetime) -> Iterator[Airing]:
    """Yield all airings of a window, one by one: there may be many more than anybody wants."""
    before = min(before, after + HORIZON)
    planned = _of_each(spec, length)
    each = zip(spec.airtimes, spec.loads(), _of_each(spec, starts), planned, strict=True)
    expanded = (
        _expanded(airtime, load, found, long, (after, before))
        for airtime, load, found, long in each
        if load
    )
    return merge(*expanded, key=_order)


def _of_each(spec: CampaignSpec, read: Callable[[Airtime, ZoneInfo], Read]) -> list[Read]:
    """Return what each airtime means; every refusal begins with the path of its airtime."""
    where = zone(spec.time_zone)
    found: list[Read] = []
    refused: list[tuple[str, str]] = []
    for index, airtime in enumerate(spec.airtimes):
        try:
            found.append(read(airtime, where))
        except InvalidManifest as error:
            refused.append((error.reason, f"spec.airtimes[{index}].{error.message}"))
    if refused:
        raise InvalidManifest(refused[0][0], *(fault for _, fault in refused))
    return found


def _expanded(
    airtime: Airtime,
    load: Load,
    found: Starts,
    planned: timedelta,
    window: tuple[datetime, datetime],
) -> Iterator[Airing]:
    after, before = window
    longest = planned + airtime.end_slack
    for start in found.between(after - longest, before):
        if start < before and start + longest > after:
            yield Airing(start, start + planned, start + longest, airtime.name, load)


def _order(airing: Airing) -> tuple[datetime, datetime, str]:
    return airing.start, airing.end, airing.airtime
