"""What is known of a target after a look at it: the ground for status, Events and metrics."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from onair.model import reasons
from onair.plan.claims import is_in_place, live_limits
from onair.plan.situation import Record
from onair.plan.timeline import required_now
from onair.plan.verdicts import verdict

if TYPE_CHECKING:
    from datetime import datetime

    from onair.plan.ledger import Held
    from onair.plan.situation import Decision, Situation
    from onair.plans import Planned

KEPT_DOWN = frozenset({reasons.BLOCKED, reasons.REVERTED, reasons.LEDGER_DAMAGED})
"""Reasons for which the floor is not what it should be."""


@dataclass(frozen=True, slots=True)
class Report:
    """One look at a target: what was decided on what ground, and the verdicts so far.

    `verdicts` maps (campaign, moment) to a verdict.
    """

    decision: Decision
    situation: Situation | None
    planned: Planned | None
    verdicts: dict[tuple[str, datetime], str] = field(default_factory=dict)

    @property
    def ready(self) -> int:
        """Ready replicas."""
        workload = self.situation.workload if self.situation else None
        return workload.ready if workload else 0

    @property
    def campaigns(self) -> tuple[tuple[str, Held], ...]:
        """The campaigns recorded in the target's ledger entry."""
        entry = self.situation.entry if self.situation else None
        return entry.notes.campaigns if entry else ()

    @property
    def held(self) -> bool:
        """Whether the target has numbers of ours in place."""
        return self.situation is not None and is_in_place(self.situation)


def judge(
    report: Report, before: Report | None, earliest: datetime
) -> dict[tuple[str, datetime], str]:
    """Return the verdicts of a target, those of moments since `earliest` added once and for all."""
    planned, situation = report.planned, report.situation
    if planned is None or situation is None:
        return {}
    verdicts = dict(before.verdicts) if before else {}
    for at, campaign in planned.moments:
        if earliest <= at <= situation.now and (campaign, at) not in verdicts:
            required = required_now(planned.needs, planned.usual, at)
            floor = _asked_of(report.decision, situation)
            verdicts[campaign, at] = verdict(required=required, ready=report.ready, floor=floor)
    moments = {(campaign, at) for at, campaign in planned.moments}
    return {moment: said for moment, said in verdicts.items() if moment in moments}


def _asked_of(decision: Decision, situation: Situation) -> int:
    """Return what could be asked of a target; where it is only observed, all that its owner admits.

    So an HPA that could have and had not is late, one whose own maximum is too low is short. Where
    the baseline is only being captured, the raise is what comes next.
    """
    if isinstance(decision.step, Record):
        return situation.timeline.at(situation.now).floor
    if decision.reason == reasons.OBSERVING and situation.steered is not None:
        live = live_limits(situation.steered)
        return live.minimum if live.maximum is None else live.maximum
    return 0 if decision.reason in KEPT_DOWN else decision.floor
