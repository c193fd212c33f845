"""One target at a time: look, decide, carry out one step, look again."""

from __future__ import annotations

import logging
from collections import defaultdict
from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING

from onair.cluster.errors import (
    ApiError,
    BusyError,
    ChangedError,
    ForbiddenError,
    MissingRightError,
)
from onair.gather import Gatherer, Reassertion
from onair.model import reasons
from onair.plan.decide import decide
from onair.plan.situation import Decision, Put, Record, Situation
from onair.reports import Report, judge

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from onair.apply import Applier
    from onair.clock import Clock
    from onair.cluster.lease import Lease
    from onair.metrics import Metrics
    from onair.plan.observed import TargetKey
    from onair.scheduler import Scheduler
    from onair.troubles import Troubles
    from onair.usual import History
    from onair.world import World

log = logging.getLogger(__name__)

STEPS_AT_ONCE = 20
"""Steps in one go; more than any honest sequence needs."""

AFTER_THE_OTHERS = 0.001
"""Real seconds: every floor that is due comes before anybody's bookkeeping."""

UNTIL_THE_LEASE = 0.2
"""Real seconds between two looks at whether this process may write again."""

FREE_REASSERTIONS = 2
REASSERT_EVERY = 60.0
REASSERTIONS_FORGOTTEN = 600.0
"""Real seconds: two re-assertions at once, then one a minute (invariant S7)."""

ECHO = 60.0
"""Real seconds for which our own value may come back from another writer (design section 5)."""

REFUSALS_UNTIL_BLOCKED = 3

JUDGED_WITHIN = 10.0
"""Real seconds after a moment within which it can still be judged."""


class Reconciler:
    """Brings targets to what the plan says and keeps a report of each."""

    def __init__(  # noqa: PLR0913 - the one place where the parts meet
        self,
        *,
        world: World,
        gatherer: Gatherer,
        applier: Applier,
        scheduler: Scheduler[TargetKey],
        clock: Clock,
        history: History,
        lease: Lease,
        metrics: Metrics,
        troubles: Troubles,
        changed: Callable[[TargetKey, Report | None, Report], None],
    ) -> None:
        self._world = world
        self._gatherer = gatherer
        self._applier = applier
        self._scheduler = scheduler
        self._clock = clock
        self._history = history
        self._lease = lease
        self._metrics = metrics
        self._troubles = troubles
        self._changed = changed
        self._reasserted: dict[TargetKey, list[float]] = defaultdict(list)
        self._refusals: dict[TargetKey, int] = defaultdict(int)
        self._blocked: dict[TargetKey, tuple[type, str]] = {}
        self._judged_since = clock.calendar_length(JUDGED_WITHIN)
        self.reports: dict[TargetKey, Report] = {}

    async def reconcile(self, key: TargetKey) -> float | None:
        """Take a target as far as it goes now; returns after how many seconds to try again."""
        for _ in range(STEPS_AT_ONCE):
            now = self._clock.now()
            decision = self._look(key, now)
            if decision.step is None:
                return self._rest(key, now, decision)
            if not self._lease.valid:
                return UNTIL_THE_LEASE
            try:
                await self._applier.execute(key, decision.step, now)
            except ApiError as error:
                return self._failed(key, decision, error)
            self._succeeded(key, decision, now)
            if isinstance(decision.step, Put):
                return AFTER_THE_OTHERS
        return 1.0

    def _look(self, key: TargetKey, now: datetime) -> Decision:
        situation = self._gatherer.situation(
            key, now, self._applier.confirmed(key.namespace), self._reassertion(key)
        )
        decision = decide(situation)
        self._remember_usual(key, situation, decision)
        planned = self._gatherer.plan(key, now)
        told = decision
        if decision.step is not None and key in self._blocked:
            told = replace(decision, reason=reasons.BLOCKED, message=self._blocked[key][1])
        report = Report(told, situation, planned)
        verdicts = judge(report, self.reports.get(key), now - self._judged_since)
        self._tell(key, replace(report, verdicts=verdicts))
        return decision

    def _rest(self, key: TargetKey, now: datetime, decision: Decision) -> float | None:
        planned = self._gatherer.plan(key, now)
        instants = (decision.wake, planned.next_moment(now), planned.until)
        self._scheduler.wake(key, min(filter(None, instants)))
        self._blocked.pop(key, None)
        left = decision.reason == reasons.OBSERVING and self.reports[key].held
        if left or decision.reason == reasons.LEDGER_DAMAGED:
            self._troubles.begin(key, f"{key.namespace}/{key.name}: {decision.message}")
        else:
            self._troubles.end(key)
        if decision.reason == reasons.REVERTED:
            return REASSERT_EVERY - (monotonic() - self._reasserted[key][-1])
        return None

    def _failed(self, key: TargetKey, decision: Decision, error: ApiError) -> float:
        text = f"{key.namespace}/{key.name}: {error}"
        if isinstance(error, ChangedError):
            self._refusals[key] += 1
        if isinstance(error, ChangedError) and self._refusals[key] < REFUSALS_UNTIL_BLOCKED:
            log.info("%s", text)
        else:
            # One right that is missing keeps many targets back: it is said once for all of them.
            lacks_right = isinstance(error, MissingRightError)
            self._troubles.begin(key, str(error) if lacks_right else text)
        if isinstance(error, BusyError):
            return error.retry_after
        if isinstance(error, ForbiddenError) or self._refusals[key] >= REFUSALS_UNTIL_BLOCKED:
            self._blocked[key] = (type(decision.step), str(error))
            blocked = replace(decision, reason=reasons.BLOCKED, message=str(error))
            self._tell(key, replace(self.reports[key], decision=blocked))
        return 0.0

    def _succeeded(self, key: TargetKey, decision: Decision, now: datetime) -> None:
        self._refusals.pop(key, None)
        if key not in self._blocked or isinstance(decision.step, self._blocked[key][0]):
            self._blocked.pop(key, None)
            self._troubles.end(key)
        if isinstance(decision.step, Record):
            self._reasserted.pop(key, None)  # an owner's edit is nobody's revert
        if not isinstance(decision.step, Put):
            return
        log.info("%s/%s: %s", key.namespace, key.name, decision.step.after)
        planned = self._gatherer.plan(key, now)
        self._metrics.wrote(self._clock, planned.timeline.at(now).at)
        if decision.reason == reasons.REVERTED:
            self._reasserted[key].append(monotonic())

    def _reassertion(self, key: TargetKey) -> Reassertion:
        now = monotonic()
        recent = [at for at in self._reasserted[key] if now - at < REASSERTIONS_FORGOTTEN]
        self._reasserted[key] = recent
        allowed = len(recent) < FREE_REASSERTIONS or now - recent[-1] >= REASSERT_EVERY
        return Reassertion(allowed, self._clock.calendar_length(ECHO))

    def _remember_usual(self, key: TargetKey, situation: Situation, decision: Decision) -> None:
        if situation.entry is not None:
            self._history.hold(key, situation.now, situation.entry.usual)
        elif decision.reason == reasons.OBSERVING:  # a crowd on air is not the usual load
            self._history.hold(key, situation.now, situation.usual)
        elif decision.reason != reasons.LEDGER_DAMAGED and situation.workload is not None:
            self._history.note(key, situation.now, situation.workload.replicas.value)

    def _tell(self, key: TargetKey, report: Report) -> None:
        before = self.reports.get(key)
        self.reports[key] = report
        self._changed(key, before, report)
