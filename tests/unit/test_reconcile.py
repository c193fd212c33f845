"""What is said of a target whose steps the API server refuses."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from onair.clock import Clock
from onair.cluster.errors import (
    ApiError,
    BusyError,
    ChangedError,
    ForbiddenError,
    MissingRightError,
    NotFoundError,
    UnreachableError,
)
from onair.metrics import Metrics
from onair.model import reasons
from onair.plan.observed import TargetKey
from onair.plan.situation import Put
from onair.plans import Planned
from onair.reconcile import REFUSALS_UNTIL_BLOCKED, Reconciler
from onair.scheduler import Scheduler
from onair.troubles import Troubles
from onair.usual import History
from onair.world import World
from tests.unit.plan.imagined import SHOW, T0, Imagined, minutes

if TYPE_CHECKING:
    from datetime import datetime

    from onair.plan.situation import Situation, Step

KEY = TargetKey("tv", "Deployment", "api")
NO_RIGHT = MissingRightError("no right to patch deployments.apps/scale in namespace tv", 403)


class Cluster:
    """A target behind an API server that refuses writes to it; everything else it does."""

    def __init__(self, error: ApiError | None = None) -> None:
        self.target = Imagined(SHOW)
        self.target.settle(4)
        self.error = error
        self.valid = True
        self.troubles, self.history = Troubles(), History()
        self.reconciler = Reconciler(
            world=World(),
            gatherer=self,  # type: ignore[arg-type]
            applier=self,  # type: ignore[arg-type]
            scheduler=Scheduler(self.clock, lambda _: None),
            clock=self.clock,
            history=self.history,
            lease=self,  # type: ignore[arg-type]
            metrics=Metrics(observes=False),
            troubles=self.troubles,
            changed=lambda *_: None,
        )

    @property
    def clock(self) -> Clock:
        """A calendar that stands still at five minutes, when the floor is due."""
        return Clock(T0 + minutes(5), Clock.real_now(), 1e-9)

    def situation(self, *_: object) -> Situation:
        """Return the situation five minutes after T0."""
        self.target.now = T0 + minutes(5)
        return self.target.situation()

    def plan(self, *_: object) -> Planned:
        """Return a plan with nothing to judge."""
        until = T0 + minutes(300)
        return Planned((), 6, (), "one", SHOW, (), until, aimed=True)

    def confirmed(self, _: str) -> datetime | None:
        """Return that nothing was confirmed."""
        return None

    async def execute(self, _: TargetKey, step: Step, __: datetime) -> None:
        """Take a step, unless it is a write that is refused."""
        if isinstance(step, Put) and self.error is not None:
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


def test_a_missing_right_blocks_and_is_said(caplog: pytest.LogCaptureFixture) -> None:
    """However often it is tried, the report names the right, and the log does so once."""
    cluster = Cluster(NO_RIGHT)
    assert cluster.reconcile(times=3) == 0.0
    assert cluster.said == (reasons.BLOCKED, str(NO_RIGHT))
    assert caplog.text.count(str(NO_RIGHT)) == 1


def test_a_step_that_works_hides_no_right_that_is_missing(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A note in the ledger between two refused writes is no sign that writing works again."""
    cluster = Cluster(NO_RIGHT)
    cluster.reconcile()
    cluster.target.plan = "two"  # which is noted before the write is tried again
    cluster.reconcile()
    assert cluster.target.ledger[-1].notes.plan == "two"
    assert cluster.said[0] == reasons.BLOCKED
    assert caplog.text.count(str(NO_RIGHT)) == 1


def test_it_heals_by_itself() -> None:
    """As soon as the write works the target is held, and nothing is wrong with it."""
    cluster = Cluster(NO_RIGHT)
    cluster.reconcile()
    cluster.error = None
    cluster.reconcile(times=2)
    assert cluster.target.live() == (32, 40)
    assert cluster.said[0] == reasons.HOLDING
    assert cluster.troubles.of(KEY) == ""


@pytest.mark.parametrize(
    ("times", "want"),
    [
        pytest.param(REFUSALS_UNTIL_BLOCKED - 1, reasons.HOLDING, id="a conflict or two"),
        pytest.param(REFUSALS_UNTIL_BLOCKED, reasons.BLOCKED, id="again and again"),
    ],
)
def test_a_value_that_is_refused(times: int, want: str) -> None:
    """A conflict is nothing special, a value that is never accepted blocks."""
    cluster = Cluster(ChangedError("denied by a policy", 422))
    cluster.reconcile(times)
    assert cluster.said[0] == want


@pytest.mark.parametrize(
    ("error", "again"),
    [
        pytest.param(BusyError("too many requests", 429, 7.0), 7.0, id="busy"),
        pytest.param(UnreachableError("no answer"), 0.0, id="away"),
    ],
)
def test_a_server_in_trouble_is_said_once(
    error: ApiError, again: float, caplog: pytest.LogCaptureFixture
) -> None:
    """Whoever waits for the server says so once, with the target, and blames nobody."""
    cluster = Cluster(error)
    assert cluster.reconcile(times=3) == again
    assert cluster.said[0] == reasons.HOLDING
    assert [r.getMessage() for r in caplog.records] == [f"tv/api: {error}"]


@pytest.mark.parametrize(
    "error",
    [
        pytest.param(ForbiddenError("exceeded quota", 403), id="a policy or quota"),
        pytest.param(NotFoundError("there is no such HPA", 404), id="gone"),
    ],
)
def test_a_refusal_of_one_target_names_it(
    error: ApiError, caplog: pytest.LogCaptureFixture
) -> None:
    """What no right of all targets explains is said of the one that it keeps back, once."""
    Cluster(error).reconcile(times=3)
    assert [r.getMessage() for r in caplog.records] == [f"tv/api: {error}"]


def test_an_earlier_hold_is_a_trouble_while_it_lasts() -> None:
    """In mode observe it is said once, and is over when somebody else has given it back."""
    cluster = Cluster()
    cluster.reconcile(times=2)
    cluster.target.observes = True
    cluster.reconcile()
    assert cluster.troubles.of(KEY).startswith("tv/api: raised by an operator in mode enforce")
    cluster.target.ledger.clear()
    cluster.target.owner_sets(minimum=4, maximum=20)
    cluster.target.marked = False
    cluster.reconcile()
    assert cluster.said[0] == reasons.OBSERVING
    assert cluster.troubles.of(KEY) == ""


def test_a_damaged_entry_is_a_trouble_while_it_lasts() -> None:
    """It is logged, whoever still has a campaign to read it in, and over when it can be read."""
    cluster = Cluster()
    cluster.target.damage = "cannot be read"
    assert cluster.reconcile() is None
    assert cluster.said[0] == reasons.LEDGER_DAMAGED
    assert cluster.troubles.of(KEY).startswith("tv/api: its ledger entry cannot be read")
    cluster.target.damage = ""
    cluster.reconcile(times=3)
    assert cluster.said[0] == reasons.HOLDING
    assert cluster.troubles.of(KEY) == ""


def test_what_runs_beside_a_damaged_entry_is_not_usual() -> None:
    """It may be a floor of ours."""
    cluster = Cluster()
    cluster.target.damage, cluster.target.replicas = "cannot be read", 111
    cluster.reconcile()
    assert cluster.history.most(KEY) == 0


def test_nothing_is_written_without_the_lease() -> None:
    """A process that may not write waits, with its report as it is."""
    cluster = Cluster()
    cluster.valid = False
    assert cluster.reconcile() is not None
    assert cluster.target.live() == (4, 20)
