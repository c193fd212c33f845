"""What a trace shows of airings that are over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from onair.fitting.windows import Dated, Window, usual_rates, windows

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterable
    from datetime import datetime

    from onair.traces.trace import Trace


@dataclass(frozen=True, slots=True)
class Seen:
    """The crowd of one airing.

    Attributes:
        dated: the airing.
        window: where its crowd was looked for.
        usual: requests/s that came anyway.
        peak: requests/s beyond the usual ones in the busiest step, at least 1.
        busiest: when that step began.
        step: seconds from one rise to the next.
        rises: requests/s beyond the usual ones, from `begin` on, step by step.
    """

    dated: Dated
    window: Window
    usual: float
    peak: float
    busiest: datetime
    step: int
    begin: datetime
    rises: array[float]


@dataclass(frozen=True, slots=True)
class Looked:
    """An airing with what the trace shows of it, or why that is nothing."""

    dated: Dated
    window: Window
    seen: Seen | None = None
    why_not: str = ""


def came(seen: Seen) -> bool:
    """Tell whether anybody came beyond the usual load."""
    return any(seen.rises)


def look(dated: Iterable[Dated], trace: Trace) -> list[Looked]:
    """Return what a trace shows of each airing, in order of time.

    Airings that begin at one instant share the crowd alike.
    """
    found = windows(dated)
    usuals = usual_rates(found, trace)
    pairs = zip(found, usuals, strict=True)
    return [_look(each, window, usual, trace) for window, usual in pairs for each in window.dated]


def _look(dated: Dated, window: Window, usual: float | None, trace: Trace) -> Looked:
    if window.opens >= trace.end:
        return Looked(dated, window, why_not="after the trace")
    if window.opens < trace.begin or window.closes > trace.end:
        return Looked(dated, window, why_not="not all of it is in the trace")
    if window.overlaps:
        return Looked(dated, window, why_not="another airing begins or ends while it airs")
    if usual is None:
        return Looked(dated, window, why_not="the trace lacks the hour before it")
    part = trace.between(window.opens, window.closes)
    rises = _above(part.rates, usual, len(window.dated))
    peak = max(rises)
    busiest = part.begin + rises.index(peak) * (part.end - part.begin) / len(rises)
    seen = Seen(dated, window, usual, max(peak, 1.0), busiest, part.step, part.begin, rises)
    return Looked(dated, window, seen)


def _above(rates: array[float], usual: float, sharing: int) -> array[float]:
    above = rates[:]
    for index, rate in enumerate(rates):
        above[index] = max(0.0, rate - usual) / sharing
    return above
