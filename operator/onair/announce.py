"""What changed between two reports of a target, as Events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onair import events
from onair.model import reasons
from onair.plan.ledger import State
from onair.plan.views import REFUSALS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onair.events import Event
    from onair.plan.ledger import Entry
    from onair.plan.observed import TargetKey
    from onair.reports import Report
    from onair.world import World

TOLD = REFUSALS - {reasons.TARGET_MISSING} | {
    reasons.BLOCKED,
    reasons.REVERTED,
    reasons.STOPPED_BY_OWNER,
}


def news(world: World, key: TargetKey, before: Report | None, report: Report) -> Iterator[Event]:
    """Yield an Event for each thing that a person would want to hear about."""
    old, new = _entry(before), _entry(report)
    workload = report.situation.workload if report.situation else None
    if workload is not None:
        yield from _about_hold(key, old, new, report)
        if report.decision.reason == reasons.OBSERVING and _rose(before, report):
            yield events.observed(key.namespace, workload.id, report.decision.message)
        if report.decision.reason in TOLD and (
            before is None or before.decision.reason != report.decision.reason
        ):
            decision = report.decision
            yield events.not_steered(key.namespace, workload.id, decision.reason, decision.message)
    known = before.verdicts if before else {}
    for (name, moment), said in report.verdicts.items():
        campaign = world.campaign(key.namespace, name.partition("/")[2])
        if (name, moment) not in known and campaign is not None:
            about = events.campaign_id(campaign)
            yield events.judged(key.namespace, about, moment, said, key.name)


def _about_hold(
    key: TargetKey, old: Entry | None, new: Entry | None, report: Report
) -> Iterator[Event]:
    if new is None:
        return
    was_raised = old is not None and old.notes.state is State.RAISED
    if new.notes.state is State.RAISED and (old is None or new.notes.floor > old.notes.floor):
        yield events.raised(key.namespace, new.workload, new.notes.floor, report.decision.ceiling)
    if new.notes.state is State.RESTORED and was_raised:
        yield events.restored(key.namespace, new.workload, new.baseline)
    if old is not None and new.sequence > old.sequence:
        yield events.owner_edited(key.namespace, new.workload, new.baseline)


def _rose(before: Report | None, report: Report) -> bool:
    """Tell whether more is due of a target that is only observed than at the look before."""
    observed = before is not None and before.decision.reason == reasons.OBSERVING
    return report.decision.floor > (before.decision.floor if before and observed else 0)


def _entry(report: Report | None) -> Entry | None:
    return report.situation.entry if report and report.situation else None
