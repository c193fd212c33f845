"""The window of a preview, and the airings for which anything is held within it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from onair.plan.aims import SEEN_AHEAD
from onair.plan.demand import span
from onair.preview.announced import Announced
from onair.schedule.airings import HORIZON, Airing, airings, cut_at

WEEK: Final = timedelta(days=7)
"""How long a window is if nobody says it: a calendar of television repeats after it."""

LONGEST: Final = timedelta(days=366)
"""How long a window may be: a year, so that what comes around it is within the horizon, too."""


@dataclass(frozen=True, slots=True)
class Window:
    """The half-open stretch of time [after, before), in UTC."""

    after: datetime
    before: datetime


class Dated(NamedTuple):
    """An airing, the instant from which anything is held for it, and that from which nothing is."""

    airing: Airing
    warm_up: datetime
    cooled: datetime


def choose(announced: Sequence[Announced], after: datetime) -> Window:
    """Return the next seven days, or up to the end of the first airing if that comes later."""
    week = Window(after, after + WEEK)
    if any(True for each in announced for _ in dated(each, week)):
        return week
    year = Window(after, after + LONGEST)
    firsts = [next(dated(each, year), None) for each in announced]
    ends = [first.cooled for first in firsts if first]
    return Window(after, min(ends, default=week.before))


def dated(announced: Announced, window: Window) -> Iterator[Dated]:
    """Yield the airings for which anything is held within a window; none of a suspended campaign.

    In order of their starts.
    """
    if announced.spec.suspend:
        return
    lead = max(aim.lead for aim in announced.aims)
    cooling = max(aim.cool_down.length for aim in announced.aims)
    for airing in airings(announced.spec, *_seen(announced, window)):
        begins, ends = span(airing)
        found = Dated(airing, begins - lead, ends + cooling)
        if found.warm_up < window.before and window.after < found.cooled:
            yield found


def cut(announced: Announced, window: Window) -> datetime | None:
    """Return the start of the first airing that is left out of a window, None if none is."""
    if announced.spec.suspend:
        return None
    beyond = cut_at(announced.spec, *_seen(announced, window))
    return beyond if beyond and beyond < window.before else None


def following(announced: Announced, window: Window) -> Airing | None:
    """Return the first airing for which nothing is held before the end of a window."""
    later = Window(window.before, window.before + HORIZON)
    after = (each.airing for each in dated(announced, later) if each.warm_up >= window.before)
    return next(after, None)


def _seen(announced: Announced, window: Window) -> tuple[datetime, datetime]:
    """Return where an airing may be for which anything is held within a window."""
    cooling = max(aim.cool_down.length for aim in announced.aims)
    return window.after - cooling - SEEN_AHEAD, window.before + SEEN_AHEAD
