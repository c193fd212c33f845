"""One target at a time: look, decide, carry out one step, look again."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import UTC, datetime
from time import monotonic
from typing import TYPE_CHECKING

from onair.cluster.errors import (
    ApiError,
    BusyError,
    ChangedError,
    MissingRightError,
    MutatedError,
)
from onair.cluster.lease import LapsedError
from onair.contests import Contests
from onair.failures import Failures
from onair.gather import Gatherer, Reassertion
from onair.model import reasons
from onair.plan.decide import decide
from onair.plan.situation import Decision, Put, Record, Situation
from onair.reports import Report, Reports, judge
from onair.usual import REMEMBERED
from onair.workqueue import UNTIL_RESUMED

if TYPE_CHECKING:
    from collections.abc import Callable

    from onair.apply import Applier
    from onair.clock import Clock
    from onair.leader import Leader
    from onair.metrics import Metrics
    from onair.plan.observed import TargetKey
    from onair.plan.situation import Step
    from onair.scheduler import Scheduler
    from onair.skew import Now, Skew
    from onair.troubles import Troubles
    from onair.usual import History
    from onair.world import World

log = logging.getLogger(__name__)

STEPS_AT_ONCE = 20
"""Steps in one go; more than any honest sequence needs."""

AFTER_THE_OTHERS = 0.001
"""Real seconds: every floor that is due comes before anybody's bookkeeping."""

ECHO = 60.0
"""Real seconds for which our own value may come back from another writer (design section 5)."""

JUDGED_WITHIN = 10.0
"""Real seconds after a moment within which it can still be judged."""

NOBODY_BEFORE = datetime.min.replace(tzinfo=UTC)
"""Since when nobody else has written, where nobody was seen to."""


NO_OBJECTS = ("", "")


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
        skew: Skew,
        history: History,
        leader: Leader,
        metrics: Metrics,
        troubles: Troubles,
        changed: Callable[[TargetKey, Report | None, Report], None],
    ) -> None:
        self._world = world
        self._gatherer = gatherer
        self._applier = applier
        self._scheduler = scheduler
        self._clock = clock
        self._skew = skew
        self._history = history
        self._leader = leader
        self._metrics = metrics
        self._troubles = troubles
        self._changed = changed
        self._contests = Contests(monotonic)
        self._failures = Failures(monotonic)
        self._left: dict[TargetKey, datetime] = {}
        self._judged_since = clock.calendar_length(JUDGED_WITHIN)
        self._judged_from = NOBODY_BEFORE
        self.reports = Reports()

    async def reconcile(self, key: TargetKey) -> float | None:
        """Take a target as far as it goes now; returns after how many seconds to try again."""
        for _ in range(STEPS_AT_ONCE):
            now = self._skew.now()
            decision = self._look(key, now)
            if decision.step is None or self._is_in_vain(key, decision.step):
                return self._rest(key, now, decision)
            if not self._leader.valid:
                return self._stand_by(key, now, decision)
            try:
                await self._applier.execute(key, decision.step, now.at)
            except LapsedError:
                return self._stand_by(key, now, decision)
            except ApiError as error:
                return self._failed(key, decision, decision.step, error)
            self._succeeded(key, decision, decision.step, now)
            if isinstance(decision.step, Put):
                return AFTER_THE_OTHERS
        return 1.0

    def _look(self, key: TargetKey, now: Now) -> Decision:
        planned = self._gatherer.plan(key, now.at, now.ahead)
        confirmed = self._applier.confirmed(key, planned.revision)
        situation = self._gatherer.situation(
            key, now.at, confirmed, self._reassertion(key), now.ahead
        )
        decision = decide(situation)
        if _objects(self.reports.get(key)) != _objects(Report(decision, situation, None)):
            self._failures.forget(key)  # they were another's, of the same name
            self._troubles.end(key)
        self._remember_usual(key, situation, decision)
        planned = self._gatherer.plan(key, now.at, now.ahead)
        told = decision
        if self._is_kept_back(key, decision):
            why = self._failures.why(key)
            told = replace(decision, reason=reasons.BLOCKED, message=why)
        report = Report(told, situation, planned)
        earliest = max(now.at - self._judged_since, self._judged_from)
        verdicts = judge(report, self.reports.get(key), earliest)
        self._tell(key, replace(report, verdicts=verdicts))
        return decision

    def take_up(self, since: datetime) -> list[str]:
        """Begin to write for all, whom nobody has written for since an instant (calendar time).

        What a predecessor has judged until then stays as it was said. Returns the verdicts since.
        """
        self._judged_from = since
        taken_up: list[str] = []
        judged = [(key, report) for key, report in self.reports.items() if report.verdicts]
        for key, report in judged:
            verdicts = {moment: v for moment, v in report.verdicts.items() if moment[1] >= since}
            self.reports[key] = replace(report, verdicts=verdicts)
            taken_up += verdicts.values()
        return taken_up

    def _stand_by(self, key: TargetKey, now: Now, decision: Decision) -> float:
        """Leave a step to whoever may write, and be there at the moments that are to be judged."""
        self._wake(key, now, decision)
        return UNTIL_RESUMED

    def _wake(self, key: TargetKey, now: Now, decision: Decision) -> None:
        planned = self._gatherer.plan(key, now.at, now.ahead)
        instants = (decision.wake, planned.next_moment(now.at), planned.until - now.ahead)
        self._scheduler.wake(key, now.by_own(min(filter(None, instants))))

    def _rest(self, key: TargetKey, now: Now, decision: Decision) -> float | None:
        self._wake(key, now, decision)
        if self._is_kept_back(key, decision):
            return self._contests.look_again(key)  # what has failed is tried again then
        if decision.reason != reasons.REVERTED:  # which may be refused again in a minute
            self._failures.forget(key)
        left = decision.reason == reasons.OBSERVING and self.reports[key].held
        if left or decision.reason == reasons.LEDGER_DAMAGED:
            self._troubles.begin(key, f"{key.namespace}/{key.name}: {decision.message}")
        else:
            self._troubles.end(key)
        if not decision.floor:
            self._contests.forget(key)
        if self._gatherer.concerns(key):
            self._left.pop(key, None)
        else:
            self._leave(key, now)
        return self._contests.look_again(key)

    def _leave(self, key: TargetKey, now: Now) -> None:
        """Forget a target that no campaign and no ledger entry names, as soon as it does no harm.

        Until then its usual load is kept, for the next campaign, unless it is gone itself.
        """
        until = self._left.setdefault(key, now.at) + REMEMBERED
        if now.at < until and _objects(self.reports.get(key)) != NO_OBJECTS:
            self._scheduler.wake(key, now.by_own(until))
            return
        parts = (self._gatherer, self._applier, self._history, self._metrics)
        for part in (*parts, self._contests, self._failures):
            part.forget(key)
        self._troubles.end(key)
        self._scheduler.wake(key, None)
        del self._left[key], self.reports[key]

    def _failed(self, key: TargetKey, decision: Decision, step: Step, error: ApiError) -> float:
        text = f"{key.namespace}/{key.name}: {error}"
        if isinstance(error, MutatedError):
            self._contests.answered(key, ())  # nobody has undone anything
        elif isinstance(error, ChangedError):
            self._answered(key, decision)
        blocked = self._failures.failed(key, step, error)
        if isinstance(error, ChangedError) and not blocked:
            log.info("%s", text)
        else:
            # One right that is missing keeps many targets back: it is said once for all of them.
            lacks_right = isinstance(error, MissingRightError)
            self._troubles.begin(key, str(error) if lacks_right else text)
        if blocked:
            told = replace(decision, reason=reasons.BLOCKED, message=str(error))
            self._tell(key, replace(self.reports[key], decision=told))
        return error.retry_after if isinstance(error, BusyError) else 0.0

    def _is_kept_back(self, key: TargetKey, decision: Decision) -> bool:
        """Tell whether there is something left to do which has failed so far."""
        waits = decision.step is not None or decision.reason == reasons.REVERTED
        return waits and self._failures.why(key) != ""

    def _is_in_vain(self, key: TargetKey, step: Step) -> bool:
        """Tell whether a write would be changed on its way as it was, and it is too soon to see."""
        return self._failures.was_changed(key, step) and not self._contests.allowed(key)

    def _succeeded(self, key: TargetKey, decision: Decision, step: Step, now: Now) -> None:
        if self._failures.succeeded(key, step):
            self._troubles.end(key)
        self._answered(key, decision)
        if not isinstance(decision.step, Put):
            return
        if decision.rivals:
            self._metrics.reasserted(key)
        log.info("%s/%s: %s", key.namespace, key.name, decision.step.after)
        planned = self._gatherer.plan(key, now.at, now.ahead)
        self._metrics.wrote(self._clock, now.by_own(planned.timeline.at(now.at).at))

    def _answered(self, key: TargetKey, decision: Decision) -> None:
        """Count a floor that is written again, or a baseline or marks where that is all to do."""
        match decision.step:
            case Put() if decision.rivals:
                self._contests.answered(key, decision.rivals)
            case Put(before=before, after=after, guarded=guarded) if before == after:
                self._contests.marked(key, guarded)
            case Record() if decision.floor and not decision.rivals:
                self._contests.answered(key, ())

    def _reassertion(self, key: TargetKey) -> Reassertion:
        allowed, rivals = self._contests.allowed(key), self._contests.rivals(key)
        return Reassertion(allowed, self._clock.calendar_length(ECHO), rivals)

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


def _objects(report: Report | None) -> tuple[str, str]:
    """Return the UIDs of the workload and of what steers it, "" where there is none."""
    situation = report.situation if report else None
    workload = situation.workload if situation else None
    steered = situation.steered if situation else None
    return workload.id.uid if workload else "", steered.id.uid if steered else ""
