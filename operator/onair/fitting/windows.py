"""Which stretch of a trace belongs to which airing, and what was usual before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby, pairwise
from statistics import median
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from onair.plan.aims import Named
    from onair.schedule.airings import Airing
    from onair.traces.trace import Trace

BEFORE: Final = timedelta(minutes=45)
"""How long before a start a crowd may come: as early as that of any shape, TicketSale's."""

AFTER: Final = timedelta(minutes=150)
"""How long after an end it may stay: as long as that of a Livestream."""

_USUAL: Final = timedelta(hours=1)
"""What counts as usual is of the last hour before anything is held (design section 3.3)."""


@dataclass(frozen=True, slots=True)
class Dated:
    """An airing of a campaign."""

    campaign: Named
    airing: Airing


@dataclass(frozen=True, slots=True)
class Window:
    """The stretch of time [opens, closes) of the airings that begin at one instant.

    Attributes:
        dated: the airings, who share the crowd.
        opens, closes: in UTC; airings that are close to each other divide the time between them.
        overlaps: whether another airing begins before they are over.
    """

    dated: tuple[Dated, ...]
    opens: datetime
    closes: datetime
    overlaps: bool


def windows(dated: Iterable[Dated]) -> list[Window]:
    """Return the windows of airings in order of time."""
    ordered = sorted(dated, key=_start)
    groups = [tuple(group) for _, group in groupby(ordered, key=_start)]
    ends = [max(each.airing.end for each in group) for group in groups]
    far = 2 * max(BEFORE, AFTER)
    pairs = pairwise(groups)
    between = [_start(later[0]) - end for (_, later), end in zip(pairs, ends, strict=False)]
    gaps = [far, *between, far]
    return [
        Window(
            dated=group,
            opens=_start(group[0]) - min(BEFORE, max(before, timedelta()) / 2),
            closes=end + min(AFTER, max(after, timedelta()) / 2),
            overlaps=min(before, after) < timedelta(),
        )
        for group, end, before, after in zip(groups, ends, gaps, gaps[1:], strict=False)
    ]


def usual_rates(found: Sequence[Window], trace: Trace) -> list[float | None]:
    """Return the requests/s that were usual before each window; None where the trace lacks them.

    That is the median of the hour before a window opens. Windows that follow each other within an
    hour have that of the first of which it is known: so the operator keeps the usual load of a
    hold, too.
    """
    rates: list[float | None] = []
    closes = trace.begin
    for window in found:
        kept = rates[-1] if rates and window.opens - closes < _USUAL else None
        rates.append(_median(trace, window.opens) if kept is None else kept)
        closes = max(closes, window.closes)
    return rates


def _median(trace: Trace, until: datetime) -> float | None:
    since = until - _USUAL
    if since < trace.begin or until > trace.end:
        return None
    return median(trace.between(since, until).rates)


def _start(dated: Dated) -> datetime:
    return dated.airing.start
