"""A target behind an API server that refuses what is written to it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from onair.clock import Clock
from onair.gather import Reassertion
from onair.metrics import Metrics
from onair.plan.observed import TargetKey
from onair.plan.situation import Put
from onair.plans import Planned
from onair.reconcile import Reconciler
from onair.scheduler import Scheduler
from onair.skew import Skew
from onair.troubles import Troubles
from onair.usual import History
from onair.world import World
from tests.unit.plan.imagined import SHOW, T0, Imagined, minutes

if TYPE_CHECKING:
    from datetime import datetime

    from onair.cluster.errors import ApiError
    from onair.plan.situation import Situation, Step

KEY = TargetKey("tv", "Deployment", "api")


class Cluster:
    """A target behind an API server that refuses writes to it; everything else it does."""

    def __init__(self, error: ApiError | None = None) -> None:
        self.target = Imagined(SHOW)
        self.target.settle(4)
        self.error = error
        self.refused: list[int] = []
        self.valid = True
        self.concerned, self.forgotten = True, False
        self.minute = 5.0
        self.troubles, self.history = Troubles(), History()
        self.reconciler = Reconciler(
            world=World(),
            gatherer=self,  # type: ignore[arg-type]
            applier=self,  # type: ignore[arg-type]
            scheduler=Scheduler(self.clock, lambda _: None),
            clock=self.clock,
            skew=Skew(self.clock, lambda: None, lambda: None),
            history=self.history,
            leader=self,  # type: ignore[arg-type]
            metrics=Metrics(observes=False),
            troubles=self.troubles,
            changed=lambda *_: None,
        )

    @property
    def clock(self) -> Clock:
        """A calendar that stands still at five minutes, when the floor is due."""
        return Clock(T0 + minutes(5), Clock.real_now(), 1e-9)

    def situation(self, *said: object) -> Situation:
        """Return the situation so many minutes after T0, five unless a test says more."""
        reassertion = said[-2]
        assert isinstance(reassertion, Reassertion)
        self.target.now = T0 + minutes(self.minute)
        self.target.may_reassert = reassertion.allowed
        return replace(self.target.situation(), rivals=reassertion.rivals)

    def plan(self, *_: object) -> Planned:
        """Return a plan with nothing to judge."""
        until = T0 + minutes(300)
        return Planned((), 6, (), "one", 0, SHOW, (), until, aimed=True)

    def concerns(self, _: TargetKey) -> bool:
        """Tell whether the target is anybody's business."""
        return self.concerned

    def forget(self, _: TargetKey) -> None:
        """Forget what was known of it beside its report."""
        self.forgotten = True

    def confirmed(self, _: TargetKey, __: int) -> datetime | None:
        """Return that nothing was confirmed."""
        return None

    async def execute(self, _: TargetKey, step: Step, __: datetime) -> None:
        """Take a step, unless it is a write that is refused."""
        if isinstance(step, Put) and self.error is not None:
            self.refused.append(step.after.minimum)
            raise self.error
        self.target._take(step)  # noqa: SLF001 - as its own settle does

    def reconcile(self, times: int = 1) -> float | None:
        """Reconcile so often; returns when to try again."""
        again = None
        for _ in range(times):
            again = asyncio.run(self.reconciler.reconcile(KEY))
        return again

    @property
    def said(self) -> tuple[str, str]:
        """Reason and message of the target's report."""
        decision = self.reconciler.reports[KEY].decision
        return decision.reason, decision.message
