"""Whose value is it? Design section 5: ours, the owner's untouched one, an echo, or an edit."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

from onair.model.names import MANAGER
from onair.plan.ledger import State
from onair.plan.observed import Autoscaler, Limits, Number, Workload

if TYPE_CHECKING:
    from collections.abc import Callable

    from onair.plan.ledger import Entry
    from onair.plan.situation import Situation


class Claim(StrEnum):
    """Who stands behind a live value."""

    OURS = "ours"
    BASELINE = "baseline"
    ECHO = "echo"
    OWNER = "owner"


def live_limits(steered: Autoscaler | Workload) -> Limits:
    """Return the limits in force, in replicas."""
    if isinstance(steered, Autoscaler):
        return Limits(steered.minimum.value, steered.maximum.value)
    return Limits(steered.replicas.value)


def claim_on_minimum(situation: Situation, entry: Entry) -> Claim:
    """Tell whose the live minimum (or replica count) is."""
    steered = situation.steered
    number = steered.minimum if isinstance(steered, Autoscaler) else _replicas(steered)
    return _claim(number, lambda limits: limits.minimum, entry, situation)


def claim_on_maximum(situation: Situation, entry: Entry) -> Claim:
    """Tell whose the live maximum is; a workload without HPA has none to claim."""
    steered = situation.steered
    if not isinstance(steered, Autoscaler):
        return Claim.BASELINE
    return _claim(steered.maximum, lambda limits: limits.maximum, entry, situation)


def is_in_place(situation: Situation) -> bool:
    """Tell whether numbers of ours stand, also where a process died before it could note that."""
    entry = situation.entry
    if entry is None:
        return False
    if entry.notes.state is State.CAPTURED and situation.steered is not None:
        claims = (claim_on_minimum(situation, entry), claim_on_maximum(situation, entry))
        return Claim.OURS in claims
    return entry.notes.state is State.RAISED


def edited_baseline(situation: Situation, entry: Entry) -> Limits | None:
    """Return the baseline after an owner's edit of the live object, None where there was none."""
    if situation.steered is None:
        return None
    live, baseline = live_limits(situation.steered), wished_baseline(situation, entry)
    if claim_on_minimum(situation, entry) is Claim.OWNER:
        baseline = replace(baseline, minimum=live.minimum)
    if claim_on_maximum(situation, entry) is Claim.OWNER:
        baseline = replace(baseline, maximum=live.maximum)
    return None if baseline == entry.baseline else baseline


def wished_baseline(situation: Situation, entry: Entry) -> Limits:
    """Return the baseline with what its owner wanted of numbers that the clamp has kept.

    A number that this hold has written is an echo of it, however late it is read: a note does not
    say when it was made.
    """
    steered, baseline = situation.steered, entry.baseline
    if steered is None:
        return baseline
    written = [w.limits for w in entry.notes.written if w.at <= situation.now]
    number = steered.minimum if isinstance(steered, Autoscaler) else steered.replicas
    if number.wish is not None and number.wish not in {limits.minimum for limits in written}:
        baseline = replace(baseline, minimum=number.wish)
    number = steered.maximum if isinstance(steered, Autoscaler) else number
    if baseline.maximum is None or number.wish is None:
        return baseline
    echo = number.wish in {limits.maximum for limits in written}
    return baseline if echo else replace(baseline, maximum=number.wish)


def _replicas(steered: Autoscaler | Workload | None) -> Number:
    if not isinstance(steered, Workload):
        raise TypeError("only a workload has a replica count")
    return steered.replicas


def _claim(
    number: Number, pick: Callable[[Limits], int | None], entry: Entry, situation: Situation
) -> Claim:
    written = [write.at for write in entry.notes.written if pick(write.limits) == number.value]
    if number.wish is not None:
        return Claim.OURS  # whoever owns the field: the clamp keeps what they do not want
    if number.value == pick(entry.baseline):
        return Claim.BASELINE
    if not number.managers - {MANAGER} and (written or MANAGER in number.managers):
        return Claim.OURS
    if written and MANAGER in number.managers:
        return Claim.OURS  # a tool that is told to ignore the number has adopted it
    if any(situation.now - situation.echo <= at <= situation.now for at in written):
        return Claim.ECHO
    return Claim.OWNER
