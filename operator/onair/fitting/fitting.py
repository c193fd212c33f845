"""Loads fitted to past airings, walk forward: each from what was over before the airing."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from onair.fitting.loads import load_of
from onair.fitting.seeing import Looked, Seen, came, look
from onair.fitting.sizes import LATEST, announced, forecast
from onair.fitting.windows import Dated
from onair.plan.same import Same
from onair.schedule.airings import HORIZON, airings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from onair.fitting.sizes import Size
    from onair.model.campaigns import CampaignSpec
    from onair.model.loads import Load
    from onair.plan.aims import Named
    from onair.schedule.airings import Airing
    from onair.traces.trace import Trace

    Body = dict[str, Any]

AHEAD: Final = timedelta(hours=6)
"""How long before a start its forecast is made: longer than any warm-up takes, and time to apply
it."""

_MONTH: Final = timedelta(days=30)
"""32 airtimes have fewer airings in it than are listed at once."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """What could be known of an airing before it began.

    Attributes:
        size: of its crowd.
        load: as a manifest says it.
        past: how many airings speak for it.
    """

    size: Size
    load: Body
    past: int


@dataclass(frozen=True, slots=True)
class Fitted:
    """An airing: what was seen of it, and the forecast; None where its class had no past."""

    looked: Looked
    forecast: Forecast | None

    @property
    def error(self) -> float | None:
        """How far the forecast of the peak was above what came, in parts of that; None unknown."""
        seen = self.looked.seen
        if seen is None or self.forecast is None:
            return None
        return self.forecast.size.peak / seen.peak - 1

    @property
    def covered(self) -> bool:
        """Whether the forecast with its headroom was enough."""
        seen, forecast = self.looked.seen, self.forecast
        if seen is None or forecast is None:
            return False
        return forecast.size.peak * (1 + forecast.size.headroom) >= seen.peak


@dataclass(frozen=True, slots=True)
class Fit:
    """A campaign: its airings in order of time, and the load for one like the last of them."""

    airings: tuple[Fitted, ...]
    load: Forecast | None


def fit(trace: Trace, calendar: Mapping[Named, CampaignSpec]) -> dict[Named, Fit]:
    """Return what a trace says of the campaigns of a calendar, each a class of its own.

    All campaigns are looked at together: their crowds come to the same site. The airings are those
    around the trace, and those up to 400 days later.
    """
    dated = [
        Dated(named, airing)
        for named, spec in calendar.items()
        for airing in _airings(spec, trace.begin, trace.end + HORIZON)
    ]
    looked: dict[Named, list[Looked]] = defaultdict(list)
    for each in look(dated, trace):
        looked[each.dated.campaign].append(each)
    return {named: _fit(looked[named]) for named in calendar}


def _airings(spec: CampaignSpec, after: datetime, before: datetime) -> Iterator[Airing]:
    """Yield all airings that begin between two instants, however many."""
    while after < before:
        until = min(after + _MONTH, before)
        yield from (each for each in airings(spec, after, until) if after <= each.start)
        after = until


def _fit(looked: Sequence[Looked]) -> Fit:
    past = _Past(looked)
    found = [Fitted(each, past.before(each.dated.airing)) for each in looked]
    return Fit(tuple(found), past.whole(looked[-1].dated.airing) if looked else None)


class _Past:
    """The airings of a class to which anybody came, in the order in which they were over."""

    def __init__(self, looked: Sequence[Looked]) -> None:
        crowds = [each.seen for each in looked if each.seen and came(each.seen)]
        self._crowds = sorted(crowds, key=_over)
        self._known: dict[tuple[int, timedelta, Same[Load]], Forecast] = {}

    def before(self, airing: Airing) -> Forecast | None:
        """Return what could be known of an airing when its forecast is made."""
        return self._forecast(airing, bisect_right(self._crowds, airing.start - AHEAD, key=_over))

    def whole(self, airing: Airing) -> Forecast | None:
        """Return what all of them say of an airing."""
        return self._forecast(airing, len(self._crowds))

    def _forecast(self, airing: Airing, count: int) -> Forecast | None:
        if not count:
            return None
        key = count, airing.end - airing.start, Same(airing.load)
        if key not in self._known:
            past = self._crowds[max(0, count - 2 * LATEST) : count]
            *had, size = announced([*[each.dated.airing.load for each in past], airing.load])
            found = forecast([each.peak for each in past], had, size)
            self._known[key] = Forecast(found, load_of(found, past[-LATEST:], airing), count)
        return self._known[key]


def _over(seen: Seen) -> datetime:
    return seen.window.closes
