"""The conditions of a campaign's status: what is promised, and whether it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from onair.model import conditions, reasons
from onair.plan.observing import ONLY_OBSERVES
from onair.plan.rivals import NOT_PROBED
from onair.plan.views import REFUSALS, CampaignView, TargetView

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from onair.model.status import Condition

CUTS: Final = "who writes the old numbers again on air cuts pods"

UNCLEAR: Final = "it could not be found out whether a clamp keeps them from undoing it"

NEXT_STEP: Final = (
    "let them leave replicas, minReplicas and maxReplicas alone, or let OnAir's chart install the"
    " clamp: docs/other-writers.md"
)


def conditions_of(
    view: CampaignView, before: Mapping[str, Any], now: datetime
) -> list[dict[str, Any]]:
    """Return a campaign's conditions; `before` is the status that it has."""
    said: list[dict[str, Any]] = list(before.get("conditions") or ())
    for kind, tell in CONDITIONS.items():
        condition = tell(view)
        if condition is not None:
            said = conditions.set_condition(said, condition, now)
        elif kind != conditions.CONTESTED or _probed(view):
            said = conditions.drop_condition(said, kind)
    return said


def _condition(view: CampaignView, kind: str, *said: str) -> Condition:
    return conditions.condition(view.generation, kind, *said)


def _valid(view: CampaignView) -> Condition:
    if view.invalid:
        return _condition(
            view, conditions.VALID, "False", view.invalid.reason, view.invalid.message
        )
    for target in view.targets:
        if target.reason in REFUSALS:
            return _condition(view, conditions.VALID, "False", target.reason, _about(target))
    return _condition(view, conditions.VALID, "True", reasons.ACCEPTED, view.counts)


def _ready(view: CampaignView) -> Condition:
    if view.unread:
        message = f"{view.unread}; what is known of the targets may be old"
        return _condition(view, conditions.READY, "Unknown", reasons.CANNOT_READ, message)
    due = [target for target in view.targets if target.due]
    if not due:
        return _condition(
            view, conditions.READY, "True", reasons.NOTHING_DUE, "no floor is due now"
        )
    for target in due:
        if target.ready < target.due or target.reason == reasons.LEDGER_DAMAGED:
            kept = target.reason in REFUSALS or target.reason in {
                reasons.BLOCKED,
                reasons.REVERTED,
                reasons.STOPPED_BY_OWNER,
                reasons.OBSERVING,
            }
            reason = target.reason if kept else reasons.FLOOR_UNMET
            counts = f"{target.name}: {target.ready} of {target.due} ready"
            message = f"{counts}; {target.message}" if target.message else counts
            return _condition(view, conditions.READY, "False", reason, message)
    met = "every floor that is due is met"
    if view.observing:
        raised = any(target.held for target in due)
        whose = "what an operator in mode enforce raised" if raised else "what the owners set"
        met += f" by {whose}; {ONLY_OBSERVES}"
    return _condition(view, conditions.READY, "True", reasons.FLOOR_MET, met)


def _restored(view: CampaignView) -> Condition:
    for target in view.targets:
        if target.held:
            reason = target.reason if target.reason not in REFUSALS else reasons.HOLDING
            message = f"{target.name}: {target.baseline} is kept for its owner"
            message += f"; {target.message}" if target.message else ""
            return _condition(view, conditions.RESTORED, "False", reason, message)
    for target in view.targets:
        if target.reason == reasons.LEDGER_DAMAGED:  # nobody knows what its owner had
            return _condition(
                view, conditions.RESTORED, "Unknown", reasons.LEDGER_DAMAGED, _about(target)
            )
    if view.unread:
        return _condition(view, conditions.RESTORED, "Unknown", reasons.CANNOT_READ, view.unread)
    return _condition(
        view, conditions.RESTORED, "True", reasons.RESTORED, "every number is its owner's"
    )


def _feasible(view: CampaignView) -> Condition | None:
    for target in view.targets:
        if target.limited:
            reason, message = target.limited
            message = f"{target.name}: {message}"
            return _condition(view, conditions.FEASIBLE, "False", reason, message)
    return None


def _stopped(view: CampaignView) -> Condition | None:
    for target in view.targets:
        if target.reason == reasons.STOPPED_BY_OWNER:
            return _condition(
                view, conditions.STOPPED, "True", reasons.STOPPED_BY_OWNER, _about(target)
            )
    return None


def _contested(view: CampaignView) -> Condition | None:
    """Name those who undo a floor, else those who could while an airing is upcoming or on air."""
    said = {target.name: target.contest for target in view.targets if target.contest}
    for name, (reason, rivals, _) in said.items():
        if reason == reasons.REVERTED:
            message = f"{name}: {' and '.join(rivals)} undid the floor more than once; {NEXT_STEP}"
            return _condition(view, conditions.CONTESTED, "True", reason, message)
    raised = {t.name for t in view.targets if t.held or (view.upcoming and not _refused(t))}
    who = "; ".join(f"{t}: {', '.join(c.rivals)}" for t, c in said.items() if t in raised)
    if not who or not _probed(view):
        return None
    unclear = any(contest.unclear for name, contest in said.items() if name in raised)
    cuts = f"{UNCLEAR}; {CUTS} where there is none" if unclear else CUTS
    message = f"others have written what is raised here ({who}); {cuts}; {NEXT_STEP}"
    return _condition(view, conditions.CONTESTED, "Unknown", reasons.REVERT_WOULD_CUT, message)


def _probed(view: CampaignView) -> bool:
    """Tell whether it is known if a clamp is in force: until then what was said before stays."""
    return all(t.contest is None or t.contest.reason != NOT_PROBED for t in view.targets)


def _refused(target: TargetView) -> bool:
    return target.reason in REFUSALS


def _clock_skew(view: CampaignView) -> Condition | None:
    if not view.clocks:
        return None
    return _condition(view, conditions.CLOCK_SKEW, "True", reasons.CLOCKS_DIFFER, view.clocks)


def _about(target: TargetView) -> str:
    return f"{target.name} ({target.kind} {target.workload}): {target.message}"


CONDITIONS: Final[dict[str, Callable[[CampaignView], Condition | None]]] = {
    conditions.VALID: _valid,
    conditions.READY: _ready,
    conditions.RESTORED: _restored,
    conditions.FEASIBLE: _feasible,
    conditions.STOPPED: _stopped,
    conditions.CONTESTED: _contested,
    conditions.CLOCK_SKEW: _clock_skew,
}
"""How each condition comes about; None where it does not apply."""
