"""From a target as it stands to what is told of its hold: the operator's own judgement."""

from datetime import datetime
from typing import Final, Literal

from onair.model.names import MANAGER
from onair.plan import observed
from onair.plan.claims import (
    Claim,
    claim_on_maximum,
    claim_on_minimum,
    edited_baseline,
    is_in_place,
)
from onair.plan.ledger import Entry, Notes, State
from onair.plan.observed import Autoscaler, TargetKey
from onair.plan.refusals import ledger_is_damaged
from onair.plan.situation import Situation
from onair.preview.holds import Damage, Hold, Holder, Limits, Number

_WHOSE: Final[dict[Claim, Literal["onair", "baseline", "echo", "owner"]]] = {
    Claim.OURS: "onair",
    Claim.BASELINE: "baseline",
    Claim.ECHO: "echo",
    Claim.OWNER: "owner",
}


def hold_of(key: TargetKey, situation: Situation, noted: datetime, unread: str = "") -> Hold | None:
    """Return what is held of a target; None where it has no ledger entry that can be read.

    `noted` is when its baseline was captured, `unread` why what steers it could not be read.
    """
    entry = situation.entry
    if entry is None:
        return None
    notes, unseen = entry.notes, unread or _gone(situation, entry)
    raised = not unseen and is_in_place(situation)
    holders = _holders(notes)
    baseline = (None if unseen else edited_baseline(situation, entry)) or entry.baseline
    return Hold(
        namespace=key.namespace,
        kind=key.kind,
        name=key.name,
        steered_by=f"{entry.steered.kind}/{entry.steered.name}",
        entry=entry.name,
        state=State.RAISED.value if raised else notes.state.value,
        noted=noted,
        floor=notes.floor,
        since=notes.since,
        ceiling=_ceiling(situation, notes),
        cooling_since=notes.changed.since if notes.changed else None,
        campaigns=holders,
        until=max((holder.until for holder in holders), default=None),
        baseline=Limits(minimum=baseline.minimum, maximum=baseline.maximum),
        usual_replicas=entry.usual,
        writers=tuple(name for name in entry.managers if name != MANAGER),
        numbers=() if unseen else _numbers(situation, entry),
        replicas=situation.workload.replicas.value if situation.workload else None,
        ready=situation.workload.ready if situation.workload else None,
        unseen=unseen or None,
    )


def damage_of(key: TargetKey, situation: Situation) -> Damage | None:
    """Return what is damaged about a target: its entry, or marks of ours without one."""
    damaged = ledger_is_damaged(situation)
    if damaged is None:
        return None
    about = f"{key.kind}/{key.name}"
    return Damage(namespace=key.namespace, about=about, why=damaged.message)


def _gone(situation: Situation, entry: Entry) -> str:
    """Return why nothing that the entry speaks of can be seen, "" if it can."""
    steered = situation.steered
    if steered is not None and steered.id.uid == entry.steered.uid:
        return ""
    return f"the {entry.steered.kind} {entry.steered.name} that was raised is not there any more"


def _ceiling(situation: Situation, notes: Notes) -> int | None:
    """Return the highest maximum written so far: a ceiling never falls within a hold."""
    if not notes.floor:
        return None
    written = (write.limits.maximum for write in notes.written if write.at <= situation.now)
    return max(filter(None, written), default=None)


def _holders(notes: Notes) -> tuple[Holder, ...]:
    """Return the campaigns of an entry; a change that cools down ends them all at once."""
    return tuple(
        Holder(
            campaign=campaign,
            airing=held.airing,
            demand_until=held.end,
            until=(notes.changed.since if notes.changed else held.end) + held.length,
        )
        for campaign, held in notes.campaigns
    )


def _numbers(situation: Situation, entry: Entry) -> tuple[Number, ...]:
    steered, minimum = situation.steered, claim_on_minimum(situation, entry)
    if isinstance(steered, Autoscaler):
        maximum = claim_on_maximum(situation, entry)
        return (
            _number("minReplicas", steered.minimum, minimum),
            _number("maxReplicas", steered.maximum, maximum),
        )
    return (_number("replicas", steered.replicas, minimum),) if steered else ()


def _number(
    field: Literal["minReplicas", "maxReplicas", "replicas"],
    number: observed.Number,
    claim: Claim,
) -> Number:
    others = tuple(sorted(number.managers - {MANAGER}))
    whose = _WHOSE[claim]
    return Number(field=field, value=number.value, whose=whose, managers=others, wanted=number.wish)
