"""From the spots of a plan to campaigns that keep to the limits of a manifest.

What a campaign is called follows from its spots alone, so that a later import of the changed plan
makes the same campaigns again.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Final
from zoneinfo import ZoneInfo

from onair.importing.lanes import begins, lanes
from onair.importing.loads import Defaults
from onair.importing.manifests import Body, campaign
from onair.importing.plans.spots import Identity, Spot
from onair.schedule.rules import MAX_AIRINGS
from onair.schedule.zones import zone

_AIRTIMES: Final = 32
"""Of one campaign, as the model says."""


def groups(spots: Iterable[Spot]) -> Iterator[list[Spot]]:
    """Yield the spots that belong to one campaign, sorted by its name."""
    found: dict[Identity, list[Spot]] = defaultdict(list)
    for spot in spots:
        found[spot.identity].append(spot)
    yield from (group for _, group in sorted(found.items(), key=itemgetter(0)))


def campaigns(group: Sequence[Spot], defaults: Defaults) -> list[Body]:
    """Return the campaign of a group, or several where a manifest has limits.

    The first has the name of the group and the others have numbers behind it, so that a plan that
    grows adds names and leaves none behind (ADR 15).

    Raises:
        LeftOutError: OnAir would not take it, because of one of the spots.
    """
    one = group[0].identity
    time_zone = _time_zone(group, defaults)
    title = min(spot.title for spot in group)
    return [
        campaign(
            one.name if number == 1 else f"{one.name}-part-{number}",
            title,
            time_zone,
            airtimes,
            one.target_sets,
            defaults.namespace,
        )
        for number, airtimes in enumerate(_pieces(_airtimes(group, zone(time_zone))), start=1)
    ]


def _time_zone(group: Sequence[Spot], defaults: Defaults) -> str:
    """Return the zone of a campaign: that of its spots, if they have one, else the default."""
    zones = sorted({spot.zone for spot in group if spot.zone})
    if len(zones) == 1:
        return zones[0]
    return defaults.time_zone or (zones[0] if zones else "UTC")


def _pieces(airtimes: Iterable[Body]) -> Iterator[list[Body]]:
    """Yield airtimes in as many as one campaign can have, in their order."""
    piece: list[Body] = []
    count = 0
    for airtime in airtimes:
        more = len(airtime.get("starts", "1"))
        if len(piece) == _AIRTIMES or count + more > MAX_AIRINGS:
            yield piece
            piece, count = [], 0
        piece.append(airtime)
        count += more
    yield piece


def _airtimes(group: Sequence[Spot], where: ZoneInfo) -> list[Body]:
    """Return the airtimes of a group, sorted by their first start."""
    alike: dict[tuple[str, ...], list[Spot]] = defaultdict(list)
    for spot in group:
        alike[spot.key].append(spot)
    named: Counter[str] = Counter()
    found = []
    for (name, *_), spots in sorted(alike.items()):
        for lane in lanes((spot.start for spot in spots), spots[0].duration):
            named[name] += 1
            number = f"-{named[name]}" if named[name] > 1 else ""
            airtime = {"name": name + number, **begins(lane, where), **spots[0].airtime}
            found.append((lane[0], airtime))
    return [airtime for _, airtime in sorted(found, key=lambda each: (each[0], each[1]["name"]))]
