"""What keeps a target from being steered, each said before air and with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onair.model import reasons
from onair.plan.floors import is_over, is_wanted
from onair.plan.ledger import State
from onair.plan.situation import Decision

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onair.plan.observed import Autoscaler, Workload
    from onair.plan.situation import Situation

_MISSING = (reasons.TARGET_MISSING, "there is no such workload in this namespace")
_AT_ZERO = (reasons.AT_ZERO, "it is at zero replicas, its owner's off switch")
_HOW = "with --field-manager=onair as docs/getting-everything-back.md says"


def ledger_is_damaged(situation: Situation) -> Decision | None:
    """Say that nobody knows what the owner had, for as long as that is so; nothing is written."""
    damage = _damage(situation)
    if not damage:
        return None
    due = situation.timeline.at(situation.now).floor
    following = situation.timeline.next_change(situation.now)
    return Decision(reasons.LEDGER_DAMAGED, damage, wake=following, floor=due)


def workload_is_missing(situation: Situation) -> Decision | None:
    """Say that there is nothing to steer."""
    if situation.workload is not None:
        return None
    return Decision(*_MISSING)


def refused(situation: Situation) -> Decision | None:
    """Say why nothing is written to this target, except to give it back."""
    refusal = _refusal(situation.workload, situation.autoscalers)
    if refusal is None or is_over(situation) or not is_wanted(situation):
        return None
    return Decision(*refusal)


def stopped(situation: Situation) -> Decision | None:
    """Respect zero replicas: before air they are a refusal, on air a stop."""
    workload, entry = situation.workload, situation.entry
    if workload is None or workload.replicas.value > 0:
        return None
    if is_over(situation) or not is_wanted(situation):
        return None
    if entry is not None and entry.notes.state is State.RAISED:
        return Decision(
            reasons.STOPPED_BY_OWNER,
            "someone set it to zero replicas on air; scale it up to lift the stop",
            wake=situation.timeline.next_change(situation.now),
        )
    return Decision(*_AT_ZERO)


def obstacle(
    workload: Workload | None, autoscalers: Sequence[Autoscaler]
) -> tuple[str, str] | None:
    """Return the reason and the words for which nobody could begin to steer a target, if any."""
    if workload is None:
        return _MISSING
    return _refusal(workload, autoscalers) or (None if workload.replicas.value else _AT_ZERO)


def _damage(situation: Situation) -> str:
    if situation.damage:
        return situation.damage
    marked = [autoscaler.id.name for autoscaler in situation.autoscalers if autoscaler.annotated]
    if not marked or situation.entry is not None:
        return ""
    gone = f"{marked[0]} carries OnAir's marks, but its ledger entry is gone"
    return f"{gone}; set its limits to what they should be and remove the onair.dev marks, {_HOW}"


def _refusal(
    workload: Workload | None, autoscalers: Sequence[Autoscaler]
) -> tuple[str, str] | None:
    if len(autoscalers) > 1:
        several = " and ".join(sorted(a.id.name for a in autoscalers))
        return reasons.SEVERAL_HPAS, f"{several} scale the same workload; keep one of them"
    for autoscaler in autoscalers:
        if autoscaler.controller:
            owner = f"{autoscaler.id.name} belongs to {autoscaler.controller}"
            return reasons.HPA_OWNED, f"{owner}, which would undo what is written to it"
    if workload and workload.adopts_ledger:
        return (
            reasons.SELECTOR_MATCHES_LEDGER,
            "its selector matches the labels of OnAir's ledger; select by a label of its own",
        )
    return None
