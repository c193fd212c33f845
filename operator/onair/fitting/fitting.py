"""Loads fitted to past airings, walk forward: each from what was over before the airing."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from onair.fitting.loads import load_of
from onair.fitting.seeing import Looked, Seen, came, look
from onair.fitting.sizes import announced, forecast
from onair.fitting.windows import BEFORE, Dated
from onair.schedule.airings import HORIZON, airings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from onair.fitting.sizes import Size
    from onair.model.campaigns import CampaignSpec
    from onair.plan.aims import Named
    from onair.schedule.airings import Airing
    from onair.traces.trace import Trace

    Body = dict[str, Any]


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
        short = self.error
        if short is None or self.forecast is None:
            return False
        return (1 + short) * (1 + self.forecast.size.headroom) >= 1


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
        for airing in airings(spec, trace.begin, trace.begin + HORIZON)
    ]
    looked: dict[Named, list[Looked]] = defaultdict(list)
    for each in look(dated, trace):
        looked[each.dated.campaign].append(each)
    return {named: _fit(looked[named]) for named in calendar}


def _fit(looked: Sequence[Looked]) -> Fit:
    sizes = announced([each.dated.airing.load for each in looked])
    found = []
    for each, size in zip(looked, sizes, strict=True):
        begins = each.dated.airing.start - BEFORE
        past = [
            (other.seen, had)
            for other, had in zip(looked, sizes, strict=True)
            if other.seen and other.window.closes <= begins
        ]
        found.append(Fitted(each, _forecast(past, each.dated.airing, size)))
    everything = [(each.seen, had) for each, had in zip(looked, sizes, strict=True) if each.seen]
    load = _forecast(everything, looked[-1].dated.airing, sizes[-1]) if looked else None
    return Fit(tuple(found), load)


def _forecast(past: Sequence[tuple[Seen, float]], airing: Airing, size: float) -> Forecast | None:
    """Return what past airings say of one; None if nobody came to any of them."""
    seen = [each for each, _ in past]
    if not any(map(came, seen)):
        return None
    found = forecast([each.peak for each in seen], [had for _, had in past], size)
    return Forecast(found, load_of(found, seen, airing), len(past))
