"""How the crowd of past airings came and went: levels over time, and points for a manifest.

The first half of an airing is told from its start, the second half from its end, so that airings
may differ in length. All times are seconds.
"""

from __future__ import annotations

from datetime import timedelta
from math import ceil
from typing import TYPE_CHECKING, Final

from onair.fitting.blocks import Block, merged
from onair.fitting.quantiles import quantile
from onair.fitting.windows import AFTER, BEFORE
from onair.model.quantities import format_duration

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from onair.fitting.seeing import Seen
    from onair.schedule.airings import Airing

_BEFORE: Final = round(BEFORE.total_seconds())
_AFTER: Final = round(AFTER.total_seconds())

_CELLS: Final = 300
"""Into how many parts the time around an airing is divided before parts are put together."""

_BLOCKS: Final = 5
"""Of each half: 20 points in all, which a person can read; more save next to nothing."""

_USED: Final = 0.75
"""Of past levels at one time this quantile is used: more than the median, but no single airing."""

_MOVED: Final = 0.9
"""Of how far past peaks are from the median one this quantile is used."""

_LEAST: Final = 10
"""Percents of the peak: what is less, before all others or after them, is left to the HPA."""

_Cell = tuple[tuple[int, int], list[float]]
"""From when to when, and the levels that past airings had there."""

Profile = dict[str, list[Block]]
"""Adjoining blocks told from the edges `start` and `end`, levels in whole percents of the peak."""


def profile(past: Sequence[Seen], length: timedelta) -> Profile:
    """Return how the crowd of an airing so long comes and goes, judging by past ones.

    To at least one of these somebody came. Where peaks came earlier or later than others, it is as
    wide.
    """
    half = round(min(length, *map(_length, past)).total_seconds()) // 2
    step = past[0].step
    cell = step * ceil((_BEFORE + 2 * half + _AFTER) / _CELLS / step)
    moved = max(_moved(past), step)
    cells = {
        "start": list(_cells(past, "start", range(-_BEFORE, half, cell), half, moved)),
        "end": list(_cells(past, "end", range(-half, _AFTER, cell), _AFTER, moved)),
    }
    # Of airings of which none had its peak where another had, the highest level is used.
    return _shaped(cells, _USED) or _shaped(cells, 1)


def _shaped(cells: Mapping[str, Sequence[_Cell]], share: float) -> Profile:
    """Return the profile of a quantile of past levels; an empty one if that is zero throughout."""
    levels = {
        edge: [quantile(found, share) if found else 0.0 for _, found in each]
        for edge, each in cells.items()
    }
    top = max(max(each) for each in levels.values())
    if not top:
        return {}
    blocks = [
        (edge, Block(*span, ceil(round(100 * level / top, 6))))
        for edge, each in cells.items()
        for (span, _), level in zip(each, levels[edge], strict=True)
    ]
    used = [number for number, (_, block) in enumerate(blocks) if block.level >= _LEAST]
    kept = blocks[used[0] : used[-1] + 1]
    return {edge: merged([block for of, block in kept if of == edge], _BLOCKS) for edge in cells}


def points(found: Mapping[str, Sequence[Block]]) -> list[dict[str, str]]:
    """Return a profile as the points of a manifest's load."""
    return [
        {"at": _at(edge, offset), "level": f"{block.level:.0f}%"}
        for edge, blocks in found.items()
        for block in blocks
        for offset in (block.since, block.until)
    ]


def _cells(
    past: Sequence[Seen], edge: str, begins: range, end: int, moved: float
) -> Iterator[_Cell]:
    """Yield the highest levels of each past airing; the innermost reaches to its own middle."""
    for since in begins:
        until = min(since + begins.step, end)
        found = []
        for each in past:
            middle = _length(each).total_seconds() / 2
            first = min(since, -middle) if edge == "end" and since == begins[0] else since
            last = max(until, middle) if edge == "start" and until == end else until
            found.append(_most(each, edge, first - moved, last + moved))
        yield (since, until), [level for level in found if level is not None]


def _most(seen: Seen, edge: str, since: float, until: float) -> float | None:
    """Return the highest level between two distances from an edge; None outside the window."""
    anchor = (_edge(seen.dated.airing, edge) - seen.begin).total_seconds()
    first = max(0, int((anchor + since) // seen.step))
    last = max(0, ceil((anchor + until) / seen.step))
    found = seen.rises[first:last]
    return max(found) / seen.peak if found else None


def _moved(past: Sequence[Seen]) -> float:
    """Return how far peaks move, told from the edge from which they move less."""
    return min(_spread(past, "start"), _spread(past, "end"))


def _spread(past: Sequence[Seen], edge: str) -> float:
    offsets = [(each.busiest - _edge(each.dated.airing, edge)).total_seconds() for each in past]
    middle = quantile(offsets, 0.5)
    return quantile([abs(offset - middle) for offset in offsets], _MOVED)


def _length(seen: Seen) -> timedelta:
    return seen.dated.airing.end - seen.dated.airing.start


def _edge(airing: Airing, edge: str) -> datetime:
    return airing.start if edge == "start" else airing.end


def _at(edge: str, offset: int) -> str:
    if not offset:
        return edge
    return f"{edge}{'-' if offset < 0 else '+'}{format_duration(timedelta(seconds=abs(offset)))}"
