"""Mode observe: a decision said instead of carried out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from onair.model import reasons
from onair.plan.claims import is_in_place, live_limits
from onair.plan.floors import next_rise
from onair.plan.situation import Decision
from onair.plan.wanted import CAPTURE_AHEAD, wanted_limits

if TYPE_CHECKING:
    from datetime import datetime

    from onair.plan.observed import Autoscaler, Limits, Workload
    from onair.plan.situation import Situation

ONLY_OBSERVES = "this operator only observes"

STILL_HELD = (
    f"raised by an operator in mode enforce; {ONLY_OBSERVES}: run `onair restore --take-over` with "
    "the rights of mode enforce to give it back"
)


def observed(situation: Situation, decision: Decision) -> Decision:
    """Return a decision without its step, and with what the step would have been about.

    Nothing is captured, so an owner's own numbers stand on air: the floor is the one that is due,
    the message says what an operator in mode enforce would write.
    """
    rise = next_rise(situation)
    due = situation.timeline.at(situation.now).floor
    following = situation.timeline.next_change(situation.now)
    if is_in_place(situation):
        return Decision(reasons.OBSERVING, STILL_HELD, wake=following, floor=due)
    steered = situation.steered
    if decision.step is None or steered is None or rise is None:
        return replace(decision, step=None)
    if situation.now < rise - CAPTURE_AHEAD:
        return replace(decision, step=None, wake=rise - CAPTURE_AHEAD)
    message = f"{_would(situation, steered, rise)}; {ONLY_OBSERVES}"
    return Decision(reasons.OBSERVING, message, wake=following, floor=due)


def _would(situation: Situation, steered: Autoscaler | Workload, rise: datetime) -> str:
    """Say what would be written to a steered object, and when."""
    live = live_limits(steered)
    wanted = wanted_limits(live, situation.timeline.at(rise).floor, situation.most)
    verb = "leave" if wanted == live else "raise"
    to = "at" if wanted == live else "to"
    when = "now" if rise == situation.now else f"at {rise:%H:%MZ}"
    return f"would {verb} {steered.id.name} {to} {_said(wanted)} {when}"


def _said(limits: Limits) -> str:
    return f"{limits.minimum}" if limits.maximum is None else f"{limits.minimum}..{limits.maximum}"
