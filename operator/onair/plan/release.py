"""Giving back: minimum first, maximum once it cuts nobody, ledger last.

The HPA controller cuts at once what is above a maximum, past its own stabilisation
(kubernetes/pkg/controller/podautoscaler/horizontal.go), hence the order and the waiting.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from math import ceil
from typing import TYPE_CHECKING

from onair.model import reasons
from onair.model.names import MANAGER
from onair.plan.claims import Claim, claim_on_maximum, claim_on_minimum, live_limits
from onair.plan.ledger import Entry, State
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
    if entry.notes.state is State.CAPTURED and not _anything_ours(situation, entry):
        return _forget_capture(situation, entry, rise)
    if entry.notes.state is State.RESTORED:
        return _forget_restored(situation, entry, rise)
    return _restore(situation, entry)


def _forget_capture(situation: Situation, entry: Entry, rise: datetime | None) -> Decision:
    if rise is not None and rise - situation.now <= CAPTURE_KEPT:
        return Decision(reasons.NOTHING_DUE, wake=rise)
    return _proof_missing(situation, entry) or Decision(reasons.NOTHING_DUE, step=Erase(entry))


def _restore(situation: Situation, entry: Entry) -> Decision:
    missing = _proof_missing(situation, entry)
    if missing:
        return missing
    if entry.notes.floor or entry.notes.state is State.CAPTURED:
        ended = replace(entry.notes, state=State.RAISED, floor=0, since=situation.now)
        return Decision(reasons.RESTORING, step=Annotate(entry, ended))
    steered = situation.steered
    if steered is None:
        return Decision(reasons.TARGET_MISSING)
    live = live_limits(steered)
    back, reason, wake = _what_can_go_back(situation, entry, live)
    if back != live:
        step = put(steered, live, back, "being given back")
        return Decision(reason, step=step, wake=wake, ceiling=back.maximum)
    if reason is not reasons.RESTORED:
        return Decision(reason, _why_kept(reason), wake=wake, ceiling=live.maximum)
    settled = replace(entry.notes, state=State.RESTORED, settled=situation.now, changed=None)
    return Decision(reasons.RESTORED, step=Annotate(entry, settled))


def _proof_missing(situation: Situation, entry: Entry) -> Decision | None:
    """Ending a need takes an uncached list made after the need was seen to end."""
    if not situation.proven:
        return Decision(reasons.RESTORING, "not every list has been read yet")
    if situation.confirmed is None or situation.confirmed < entry.notes.since:
        return Decision(reasons.RESTORING, step=Confirm())
    return None


def _what_can_go_back(
    situation: Situation, entry: Entry, live: Limits
) -> tuple[Limits, str, datetime | None]:
    """Return the limits that may stand now, the reason for what is kept, and when to look again."""
    minimum = live.minimum
    if claim_on_minimum(situation, entry) is Claim.OURS:
        minimum = entry.baseline.minimum
    if entry.baseline.maximum is None or live.maximum is None:
        return Limits(minimum), reasons.RESTORED, None
    if minimum != live.minimum or claim_on_maximum(situation, entry) is not Claim.OURS:
        reason = reasons.RESTORED if minimum == live.minimum else reasons.RESTORING
        return Limits(minimum, live.maximum), reason, None
    # No maximum may be below the minimum, which its owner may have raised since.
    lowest = max(entry.baseline.maximum, minimum)
    maximum, reason, wake = _maximum_now(situation, entry, lowest, live.maximum)
    return Limits(minimum, maximum), reason, wake


def _maximum_now(
    situation: Situation, entry: Entry, lowest: int, live: int
) -> tuple[int, str, datetime | None]:
    autoscaler, workload = situation.autoscalers[0], situation.workload
    if workload is None or workload.replicas.value <= lowest:
        return lowest, reasons.RESTORED, None
    if autoscaler.scale_down_disabled:
        return live, reasons.OWNER_FORBIDS_SCALE_DOWN, None
    if autoscaler.scaling_active:
        return live, reasons.CROWD_STAYS, None
    return _stepped_maximum(situation, entry, lowest, live)


def _stepped_maximum(
    situation: Situation, entry: Entry, lowest: int, live: int
) -> tuple[int, str, datetime | None]:
    """Step down for an HPA without metrics, which would keep its replicas for ever."""
    ceiling = max((w.limits.maximum or 0 for w in entry.notes.written), default=live)
    steps = [
        (held.every, replace(held, hold=held.every).share_left(situation.now - entry.notes.since))
        for _, held in entry.notes.campaigns
    ]
    every, share = max(steps, key=lambda step: step[1], default=(timedelta(minutes=1), 0))
    wake = situation.now + every
    return max(lowest, min(live, ceil(ceiling * share))), reasons.CANNOT_SCALE_DOWN, wake


def _why_kept(reason: str) -> str:
    return {
        reasons.CROWD_STAYS: "the maximum stays up for the crowd that is still there",
        reasons.OWNER_FORBIDS_SCALE_DOWN: "its owner forbids scaling down, so the maximum stays up",
        reasons.CANNOT_SCALE_DOWN: "it has no metrics, so the maximum comes down step by step",
    }.get(reason, "")


def _forget_restored(situation: Situation, entry: Entry, rise: datetime | None) -> Decision:
    steered = situation.steered
    if isinstance(steered, Autoscaler) and _marked(steered):
        return Decision(reasons.RESTORED, step=Release(steered.id))
    settled = entry.notes.settled or situation.now
    kept_until = settled + USUAL_KEPT
    if situation.now < kept_until and not _fallen_back(situation.workload, entry):
        return Decision(reasons.RESTORED, wake=min(filter(None, (kept_until, rise))))
    return _proof_missing(situation, entry) or Decision(reasons.RESTORED, step=Erase(entry))


def _fallen_back(workload: Workload | None, entry: Entry) -> bool:
    usual = max(entry.usual, entry.baseline.minimum)
    return workload is None or workload.replicas.value <= usual


def _marked(autoscaler: Autoscaler) -> bool:
    managers = autoscaler.minimum.managers | autoscaler.maximum.managers
    return autoscaler.annotated or MANAGER in managers


def _anything_ours(situation: Situation, entry: Entry) -> bool:
    claims = (claim_on_minimum(situation, entry), claim_on_maximum(situation, entry))
    return Claim.OURS in claims
