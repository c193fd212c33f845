"""Starts of airings that are alike, in as few airtimes as can be."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from heapq import heappop, heappush
from typing import Any, Final
from zoneinfo import ZoneInfo

from onair.importing.instants import written

MOST_STARTS: Final = 100
"""Of one airtime, as the model says."""


def lanes(starts: Iterable[datetime], duration: timedelta) -> list[list[datetime]]:
    """Return starts in as few airtimes as can be: none overlaps itself or has too many.

    Each start goes to the first airtime that is free then and has room.
    """
    found: list[list[datetime]] = []
    free: list[int] = []
    busy: list[tuple[datetime, int]] = []
    for start in sorted(starts):
        while busy and busy[0][0] <= start:
            heappush(free, heappop(busy)[1])
        if free:
            index = heappop(free)
        else:
            index = len(found)
            found.append([])
        found[index].append(start)
        if len(found[index]) < MOST_STARTS:
            heappush(busy, (start + duration, index))
    return found


def begins(starts: Sequence[datetime], where: ZoneInfo) -> dict[str, Any]:
    """Return the `start` or the `starts` of an airtime."""
    texts = [written(start, where) for start in starts]
    return {"starts": texts} if len(texts) > 1 else {"start": texts[0]}
