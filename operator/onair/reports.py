"""What is known of a target after a look at it: the ground for status, Events and metrics."""

from __future__ import annotations

from collections import UserDict, defaultdict
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

from onair.model import reasons
from onair.plan.claims import is_in_place, live_limits
from onair.plan.rivals import contest
from onair.plan.situation import Record
from onair.plan.timeline import required_now
from onair.plan.verdicts import verdict

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from onair.plan.ledger import Held
    from onair.plan.observed import TargetKey
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

    def verdicts_since(self, before: Report | None) -> list[str]:
        """Return the verdicts that an earlier report does not have."""
        known = before.verdicts if before else {}
        return [said for moment, said in self.verdicts.items() if moment not in known]

    @property
    def campaigns(self) -> tuple[tuple[str, Held], ...]:
        """The campaigns recorded in the target's ledger entry."""
        entry = self.situation.entry if self.situation else None
        return entry.notes.campaigns if entry else ()

    @property
    def held(self) -> bool:
        """Whether the target has numbers of ours in place."""
        return self.situation is not None and is_in_place(self.situation)


def shown(report: Report) -> tuple[object, ...]:
    """Return what of a report the status of a campaign shows; the rest may change unsaid."""
    situation, planned, decision = report.situation, report.planned, report.decision
    entry = situation.entry if situation else None
    steered = situation.steered if situation else None
    return (
        decision.reason,
        decision.message,
        decision.floor,
        decision.ceiling,
        report.ready,
        (steered.id.kind, steered.id.name) if steered else None,
        entry.baseline if entry else None,
        entry.notes.state if entry else None,
        report.held and {name for name, _ in report.campaigns},
        tuple(report.verdicts.items()),
        (planned.prints, planned.usual, planned.until) if planned else None,
        contest(situation) if situation else None,
    )


class Reports(UserDict["TargetKey", Report]):
    """The last report of each target, and which targets each campaign holds."""

    def __init__(self, reports: Mapping[TargetKey, Report] | None = None) -> None:
        self._holds: dict[str, set[TargetKey]] = defaultdict(set)
        self._marks: dict[TargetKey, int] = {}
        self._news = count(1)
        super().__init__(reports)

    def __setitem__(self, key: TargetKey, report: Report) -> None:
        """Take in a target's latest report."""
        before, mark = self.data.get(key), self._marks.get(key)
        if before is not None:
            del self[key]
        for name in _holders(report):
            self._holds[name].add(key)
        same = before is not None and mark and shown(before) == shown(report)
        self._marks[key] = mark if mark and same else next(self._news)
        self.data[key] = report

    def __delitem__(self, key: TargetKey) -> None:
        """Forget a target."""
        for name in _holders(self.data.pop(key)):
            self._holds[name].discard(key)
            if not self._holds[name]:
                del self._holds[name]
        del self._marks[key]

    def mark(self, key: TargetKey) -> int:
        """Return a number that moves with all that is shown of a target, 0 without a report."""
        return self._marks.get(key, 0)

    def held_for(self, campaign: str) -> list[TargetKey]:
        """Return the targets that a campaign still holds, whether it aims at them or not."""
        return sorted(self._holds.get(campaign, ()))


def _holders(report: Report) -> set[str]:
    return {name for name, _ in report.campaigns} if report.held else set()


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
