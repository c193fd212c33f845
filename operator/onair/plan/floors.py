"""The floor in force, and when it changes: the plan's, or what a change has left of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

from onair.plan.ladder import ladder
from onair.plan.ledger import State

if TYPE_CHECKING:
    from onair.plan.situation import Situation


def floor_in_force(situation: Situation) -> int:
    """Return the plan's floor, or what is left of a floor that a change ended, in replicas."""
    return max(situation.timeline.at(situation.now).floor, cooling(situation))


def cooling(situation: Situation) -> int:
    """Return what is left of a floor that a change ended, in replicas; 0 where none cools down."""
    notes = situation.entry.notes if situation.entry else None
    if notes is None or notes.changed is None:
        return 0
    elapsed = situation.now - notes.changed.since
    share = max((held.share_left(elapsed) for _, held in notes.campaigns), default=Fraction(0))
    left = ladder(ceil(notes.changed.floor * share))
    return min(notes.changed.floor, left)


def next_change(situation: Situation) -> datetime | None:
    """Return when the floor in force may change next."""
    due = situation.timeline.next_change(situation.now)
    notes = situation.entry.notes if situation.entry else None
    if notes is None or notes.changed is None:
        return due
    instants = [due] if due else []
    for _, held in notes.campaigns:
        begins = notes.changed.since + held.hold
        steps = max(0, -((begins - situation.now) // held.every))
        instants.append(begins + steps * held.every + timedelta(microseconds=1))
    return min(instants, default=None)


def next_rise(situation: Situation) -> datetime | None:
    """Return the first instant from now on at which the plan's floor is above zero."""
    instant: datetime | None = situation.now
    while instant is not None and situation.timeline.at(instant).floor == 0:
        instant = situation.timeline.next_change(instant)
    return instant


def is_wanted(situation: Situation) -> bool:
    """Tell whether anybody needs this target now or later."""
    return situation.aimed or floor_in_force(situation) > 0 or next_rise(situation) is not None


def is_over(situation: Situation) -> bool:
    """Tell whether a hold has ended: then everything goes back, whatever stands in the way."""
    entry = situation.entry
    ended = entry is not None and entry.notes.state is not State.CAPTURED
    return ended and floor_in_force(situation) == 0
