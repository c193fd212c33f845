"""One target as a process sees it that does not write, and what it takes up when it does."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from onair.clock import Clock
from onair.cluster.lease import LapsedError
from onair.plan.verdicts import READY
from onair.reconcile import NOBODY_BEFORE
from onair.workqueue import UNTIL_RESUMED
from tests.unit.plan.imagined import T0, minutes
from tests.unit.refusing import KEY, Cluster

if TYPE_CHECKING:
    from datetime import datetime

    from onair.plans import Planned

NOW = T0 + minutes(5)
JUST_NOW = NOW - minutes(0.1)
SHOW = "tv/show"


class Judged(Cluster):
    """The same target, with two moments that may be judged at five minutes: one is just over."""

    @property
    def clock(self) -> Clock:
        """A calendar at five minutes, on which moments are judged within ten seconds."""
        return Clock(NOW, Clock.real_now())

    def plan(self, *_: object) -> Planned:
        """Return a plan with these moments."""
        moments = ((JUST_NOW, SHOW), (NOW, SHOW))
        return replace(super().plan(), moments=moments)

    @property
    def verdicts(self) -> dict[datetime, str]:
        """The verdicts by moment."""
        report = self.reconciler.reports[KEY]
        return {moment: said for (_, moment), said in report.verdicts.items()}


def test_a_step_waits_at_no_cost() -> None:
    """A standby with a floor that is due does not look at it again and again."""
    cluster = Cluster()
    cluster.valid = False
    assert cluster.reconcile() == UNTIL_RESUMED == math.inf
    assert cluster.target.live() == (4, 20)
    cluster.valid = True
    cluster.reconcile(times=2)
    assert cluster.target.live() == (32, 40)


def test_a_write_that_came_too_late_is_no_trouble() -> None:
    """The Lease that lapses between decision and request blocks nothing and alarms nobody."""
    cluster = Cluster(LapsedError("not ours"))
    assert cluster.reconcile(times=2) == UNTIL_RESUMED
    assert cluster.troubles.of(KEY) == ""
    assert cluster.target.live() == (4, 20)


def test_moments_are_judged_by_a_standby_too() -> None:
    """Nobody knows later what was ready then."""
    cluster = Judged()
    cluster.valid = False
    cluster.reconcile()
    assert cluster.verdicts == {JUST_NOW: READY, NOW: READY}


@pytest.mark.parametrize(
    ("since", "kept"),
    [
        pytest.param(NOBODY_BEFORE, {JUST_NOW, NOW}, id="nobody was there before"),
        pytest.param(NOW - minutes(0.05), {NOW}, id="silent between two moments"),
        pytest.param(NOW + minutes(1), set(), id="judged both itself"),
    ],
)
def test_what_a_predecessor_judged_is_left_to_it(since: datetime, kept: set[datetime]) -> None:
    """A successor tells the verdicts since it fell silent, and does not judge earlier ones anew."""
    cluster = Judged()
    cluster.valid = False
    cluster.reconcile()
    assert cluster.reconciler.take_up(since) == [READY] * len(kept)
    assert cluster.verdicts.keys() == kept
    cluster.valid = True
    cluster.reconcile(times=2)
    assert cluster.verdicts.keys() == kept
