"""From the spots of a plan to campaigns that keep to the limits of a manifest.

What a campaign is called follows from its spots alone, so that a later import of the changed plan
makes the same campaigns again.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from heapq import heappop, heappush
from operator import itemgetter
from typing import Final
from zoneinfo import ZoneInfo

from onair.importing.defaults import Defaults
from onair.importing.manifests import Body, campaign
from onair.importing.moments import written
from onair.importing.spots import Spot
from onair.schedule.rules import MAX_AIRINGS
from onair.schedule.zones import to_wall_clock, zone

_STARTS: Final = 100
"""Of one airtime, as the model says."""
_AIRTIMES: Final = 32
"""Of one campaign, as the model says."""
_PERIODS: Final = ("-%Y-%m", "-%d")
"""By which a campaign is divided that has more."""


def groups(spots: Iterable[Spot]) -> Iterator[list[Spot]]:
    """Yield the spots that belong to one campaign, sorted by its name."""
    found: dict[tuple[str, tuple[str, ...]], list[Spot]] = defaultdict(list)
    for spot in spots:
        found[spot.name, spot.target_sets].append(spot)
    yield from (group for _, group in sorted(found.items(), key=itemgetter(0)))


def campaigns(group: Sequence[Spot], defaults: Defaults) -> Iterator[Body]:
    """Yield the campaign of a group, or several where a manifest has limits.

    Raises:
        LeftOutError: OnAir would not take it, because of one of the spots.
    """
    one = group[0]
    time_zone = _time_zone(group, defaults)
    title = min(spot.title for spot in group)
    for name, airtimes in _pieces(one.name, group, zone(time_zone), _PERIODS):
        yield campaign(name, title, time_zone, airtimes, one.target_sets, defaults.namespace)


def _time_zone(group: Sequence[Spot], defaults: Defaults) -> str:
    """Return the zone of a campaign: that of its spots, if they have one, else the default."""
    zones = sorted({spot.zone for spot in group if spot.zone})
    if len(zones) == 1:
        return zones[0]
    return defaults.time_zone or (zones[0] if zones else "UTC")


def _pieces(
    name: str, group: Sequence[Spot], where: ZoneInfo, periods: Sequence[str]
) -> Iterator[tuple[str, list[Body]]]:
    """Yield the names and airtimes of the campaigns into which a group has to be divided."""
    airtimes = _airtimes(group, where)
    if len(airtimes) <= _AIRTIMES and len(group) <= MAX_AIRINGS:
        yield name, airtimes
    elif periods:
        parts: dict[str, list[Spot]] = defaultdict(list)
        for spot in group:
            parts[to_wall_clock(spot.start, where).strftime(periods[0])].append(spot)
        for period, part in sorted(parts.items()):
            yield from _pieces(name + period, part, where, periods[1:])
    else:
        most = MAX_AIRINGS // _STARTS
        for number, first in enumerate(range(0, len(airtimes), most), start=1):
            yield f"{name}-{number}", airtimes[first : first + most]


def _airtimes(group: Sequence[Spot], where: ZoneInfo) -> list[Body]:
    """Return the airtimes of a group, sorted by their first start."""
    alike: dict[tuple[str, ...], list[Spot]] = defaultdict(list)
    for spot in group:
        alike[spot.key].append(spot)
    named: Counter[str] = Counter()
    found = []
    for (name, *_), spots in sorted(alike.items()):
        for lane in _lanes(spots):
            named[name] += 1
            number = f"-{named[name]}" if named[name] > 1 else ""
            found.append((lane[0], _airtime(name + number, lane, spots[0].airtime, where)))
    return [airtime for _, airtime in sorted(found, key=lambda each: (each[0], each[1]["name"]))]


def _airtime(name: str, starts: list[datetime], airtime: Body, where: ZoneInfo) -> Body:
    texts = [written(start, where) for start in starts]
    when = {"starts": texts} if len(texts) > 1 else {"start": texts[0]}
    return {"name": name, **when, **airtime}


def _lanes(spots: Sequence[Spot]) -> list[list[datetime]]:
    """Return the starts of spots alike in as few airtimes as can be: none overlaps itself.

    Each spot goes to the first airtime that is free then and has room.
    """
    lanes: list[list[datetime]] = []
    free: list[int] = []
    busy: list[tuple[datetime, int]] = []
    for start in sorted(spot.start for spot in spots):
        while busy and busy[0][0] <= start:
            heappush(free, heappop(busy)[1])
        if free:
            index = heappop(free)
        else:
            index = len(lanes)
            lanes.append([])
        lanes[index].append(start)
        if len(lanes[index]) < _STARTS:
            heappush(busy, (start + spots[0].duration, index))
    return lanes
