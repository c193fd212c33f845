"""Giving back: minimum first, maximum once it cuts nobody, ledger last.

The HPA controller cuts at once what is above a maximum, past its own stabilisation
(kubernetes/pkg/controller/podautoscaler/horizontal.go), hence the order and the waiting.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

from onair.model import reasons
from onair.model.names import MANAGER
from onair.plan.claims import (
    Claim,
    claim_on_maximum,
    claim_on_minimum,
    is_in_place,
    live_limits,
)
from onair.plan.ledger import Entry, State
from onair.plan.marks import lacks_marks
from onair.plan.observed import Autoscaler, Limits, Workload
from onair.plan.situation import Annotate, Confirm, Decision, Erase, Release, Situation, put

if TYPE_CHECKING:
    from datetime import datetime

CAPTURE_KEPT = timedelta(minutes=2)
"""A capture whose raise is this near is kept: it was made for it."""

USUAL_KEPT = timedelta(hours=1)
"""How long after the restore replicas may still carry our floor (design section 3.3)."""


def give_back(situation: Situation, entry: Entry, rise: datetime | None) -> Decision:
    """Return the next step of giving a target back; `rise` is when it is needed again."""
    if entry.notes.state is State.CAPTURED and not is_in_place(situation):
        return _forget_capture(situation, entry, rise)
    if entry.notes.state is State.RESTORED and not _stands_again(situation, entry):
        return _forget_restored(situation, entry, rise)
    return _restore(situation, entry)


def _stands_again(situation: Situation, entry: Entry) -> bool:
    """Tell whether a number of ours has come to light since it was noted that all is back.

    So it is with a last raise whose answer was lost, and which the watch told of too late.
    """
    if situation.steered is None:
        return False
    live = live_limits(situation.steered)
    return _what_can_go_back(situation, entry, live) != Back(live, reasons.RESTORED)


def _forget_capture(situation: Situation, entry: Entry, rise: datetime | None) -> Decision:
    if rise is not None and rise - situation.now <= CAPTURE_KEPT:
        return Decision(reasons.NOTHING_DUE, wake=rise)
    release = _release(situation)  # a hold that began anew may carry the marks of the one before
    if release:
        return Decision(reasons.NOTHING_DUE, step=release)
    return _proof_missing(situation, entry) or Decision(reasons.NOTHING_DUE, step=Erase(entry))


def _restore(situation: Situation, entry: Entry) -> Decision:
    missing = _proof_missing(situation, entry)
    if missing:
        return missing
    if entry.notes.floor or entry.notes.state is State.CAPTURED or _raised_since(situation, entry):
        ended = replace(entry.notes, state=State.RAISED, floor=0, since=situation.now)
        return Decision(reasons.RESTORING, step=Annotate(entry, ended))
    if situation.steered is None:
        return Decision(reasons.TARGET_MISSING)
    return _step_back(situation, entry, situation.steered)


def _raised_since(situation: Situation, entry: Entry) -> bool:
    """Tell whether a raise was due after the last end that was noted, and was over unnoted.

    Then a list from before it proves nothing about it.
    """
    return any(
        entry.notes.since < write.at <= situation.now
        and write.limits.minimum > entry.baseline.minimum
        for write in entry.notes.written
    )


def _step_back(situation: Situation, entry: Entry, steered: Autoscaler | Workload) -> Decision:
    live = live_limits(steered)
    back = _what_can_go_back(situation, entry, live)
    if back.noted is not None:
        notes = entry.notes.with_write(back.noted, situation.now)
        return Decision(back.reason, step=Annotate(entry, notes), ceiling=live.maximum)
    waits = back.reason is not reasons.RESTORED
    maximum = back.limits.maximum or 0
    guarded = Limits(0, maximum if maximum > (entry.baseline.maximum or 0) else 0)
    if back.limits != live or (waits and lacks_marks(situation, guarded)):
        step = put(steered, live, back.limits, "being given back", guarded)
        return Decision(back.reason, step=step, wake=back.wake, ceiling=back.limits.maximum)
    if waits:
        why = _why_kept(back.reason)
        return Decision(back.reason, why, wake=back.wake, ceiling=live.maximum)
    settled = replace(entry.notes, state=State.RESTORED, settled=situation.now, changed=None)
    return Decision(reasons.RESTORED, step=Annotate(entry, settled))


def _proof_missing(situation: Situation, entry: Entry) -> Decision | None:
    """Ending a need takes an uncached list made after the need was seen to end."""
    if not situation.proven:
        return Decision(reasons.RESTORING, "not every list has been read yet")
    if entry.notes.since > situation.now:  # a clock was set back: no proof could be newer
        anew = replace(entry.notes, since=situation.now)
        return Decision(reasons.RESTORING, step=Annotate(entry, anew))
    if situation.confirmed is None or situation.confirmed < entry.notes.since:
        return Decision(reasons.RESTORING, step=Confirm())
    return None


@dataclass(frozen=True, slots=True)
class Back:
    """The limits that may stand now, why, when to look again, and what to note before."""

    limits: Limits
    reason: str
    wake: datetime | None = None
    noted: Limits | None = None


def _what_can_go_back(situation: Situation, entry: Entry, live: Limits) -> Back:
    minimum = live.minimum
    if claim_on_minimum(situation, entry) is Claim.OURS:
        minimum = entry.baseline.minimum
    if entry.baseline.maximum is None or live.maximum is None:
        return Back(Limits(minimum), reasons.RESTORED)
    if minimum != live.minimum:
        return Back(Limits(minimum, live.maximum), reasons.RESTORING)
    if claim_on_maximum(situation, entry) is not Claim.OURS:
        return Back(live, reasons.RESTORED)
    # No maximum may be below the minimum, which its owner may have raised since.
    return _maximum_back(situation, entry, max(entry.baseline.maximum, minimum), live)


def _maximum_back(situation: Situation, entry: Entry, lowest: int, live: Limits) -> Back:
    autoscaler, workload = situation.steered, situation.workload
    if workload is None or workload.replicas.value <= lowest:
        return Back(replace(live, maximum=lowest), reasons.RESTORED)
    if isinstance(autoscaler, Autoscaler) and autoscaler.scale_down_disabled:
        return Back(live, reasons.OWNER_FORBIDS_SCALE_DOWN)
    if isinstance(autoscaler, Autoscaler) and autoscaler.scaling_active:
        return Back(live, reasons.CROWD_STAYS)
    return _stepped_back(situation, entry, lowest, live)


def _stepped_back(situation: Situation, entry: Entry, lowest: int, live: Limits) -> Back:
    """Step down for an HPA without metrics, which would keep its replicas for ever.

    That metrics are missing is noted first, and each step after it: so one failed look at the
    metrics cuts nobody, and a restart goes on where it was.
    """
    reason, notes = reasons.CANNOT_SCALE_DOWN, entry.notes
    past = [write for write in notes.written if write.at <= situation.now]
    newest = max(reversed(past), key=lambda write: write.at, default=None)  # the last of equals
    every = max((held.every for _, held in notes.campaigns), default=timedelta(minutes=1))
    if newest and lowest <= (newest.limits.maximum or 0) < (live.maximum or 0):
        return Back(replace(live, maximum=newest.limits.maximum), reason, situation.now + every)
    if newest is None or newest.limits != live:
        return Back(live, reason, noted=live)
    if situation.now < newest.at + every:
        return Back(live, reason, newest.at + every)
    step = min((held.step for _, held in notes.campaigns), default=Fraction(1, 4))
    ceiling = max(write.limits.maximum or 0 for write in notes.written)
    following = max(lowest, (live.maximum or 0) - ceil(ceiling * step))
    return Back(live, reason, noted=replace(live, maximum=following))


def _why_kept(reason: str) -> str:
    return {
        reasons.CROWD_STAYS: "the maximum stays up for the crowd that is still there",
        reasons.OWNER_FORBIDS_SCALE_DOWN: "its owner forbids scaling down, so the maximum stays up",
        reasons.CANNOT_SCALE_DOWN: "it has no metrics, so the maximum comes down step by step",
    }.get(reason, "")


def _forget_restored(situation: Situation, entry: Entry, rise: datetime | None) -> Decision:
    release = _release(situation)
    if release:
        return Decision(reasons.RESTORED, step=release)
    settled = entry.notes.settled or situation.now
    kept_until = settled + USUAL_KEPT
    if situation.now < kept_until and not _fallen_back(situation.workload, entry):
        return Decision(reasons.RESTORED, wake=min(filter(None, (kept_until, rise))))
    return _proof_missing(situation, entry) or Decision(reasons.RESTORED, step=Erase(entry))


def _fallen_back(workload: Workload | None, entry: Entry) -> bool:
    usual = max(entry.usual, entry.baseline.minimum)
    return workload is None or workload.replicas.value <= usual


def _release(situation: Situation) -> Release | None:
    """Return the step that takes what is left of ours off an HPA, None where nothing is."""
    steered = situation.steered
    if not isinstance(steered, Autoscaler):
        return None
    owned = MANAGER in steered.minimum.managers | steered.maximum.managers
    return Release(steered.id) if steered.annotated or owned else None
