"""Of a target that nobody names any more nothing is kept, and nothing of it meets a namesake."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from onair.cluster.errors import MissingRightError
from onair.model import reasons
from onair.plan.observed import ObjectId
from onair.plans import NO_STEPS
from onair.skew import Now
from onair.usual import REMEMBERED
from tests.unit.plan.imagined import SHOW, T0, minutes
from tests.unit.refusing import KEY, Cluster

if TYPE_CHECKING:
    from onair.plan.situation import Situation
    from onair.plans import Planned

NO_RIGHT = MissingRightError("no right to patch horizontalpodautoscalers.autoscaling", 403)
AN_HOUR = REMEMBERED / minutes(1)


class Left(Cluster):
    """A target whose campaign is deleted; `uid` is that of its workload, "" once it is gone."""

    def __init__(self) -> None:
        super().__init__()
        self.uid = "uid-api"
        skew = SimpleNamespace(now=lambda: Now(T0 + minutes(self.minute)), apart=0.0)
        self.reconciler._skew = skew  # type: ignore[assignment]  # noqa: SLF001 - hours pass
        self.leave()

    def leave(self) -> None:
        """Let nobody name it any more."""
        self.target.timeline, self.target.aimed, self.concerned = NO_STEPS, False, False

    def announce(self) -> None:
        """Let a campaign name it again, of which a floor is due."""
        self.target.timeline, self.target.aimed, self.concerned = SHOW, True, True

    def plan(self, *said: object) -> Planned:
        """Return the plan of what is announced."""
        return replace(super().plan(*said), timeline=self.target.timeline)

    def situation(self, *said: object) -> Situation:
        """Return what is seen of the workload, if it is there."""
        seen = super().situation(*said)
        if not self.uid or seen.workload is None:
            return replace(seen, workload=None, autoscalers=())
        mine = ObjectId("apps/v1", "Deployment", "api", self.uid)
        return replace(seen, workload=replace(seen.workload, id=mine))

    @property
    def known(self) -> bool:
        """Whether anything is known of it."""
        return KEY in self.reconciler.reports


def test_what_nobody_names_is_forgotten_after_an_hour() -> None:
    """Until then its usual load is kept: the next campaign may come at once."""
    cluster = Left()
    cluster.reconcile()
    assert cluster.history.most(KEY) == 4
    cluster.minute += AN_HOUR - 1
    cluster.reconcile()
    assert cluster.known
    assert not cluster.forgotten
    cluster.minute += 1
    cluster.reconcile()
    assert not cluster.known
    assert cluster.forgotten
    assert cluster.history.most(KEY) == 0


def test_what_is_gone_itself_is_forgotten_at_once() -> None:
    """Whatever comes under its name is another workload."""
    cluster = Left()
    cluster.uid = ""
    cluster.reconcile()
    assert not cluster.known


def test_what_is_named_again_is_kept() -> None:
    """The hour begins anew when the last campaign goes."""
    cluster = Left()
    cluster.minute -= AN_HOUR - 1
    cluster.reconcile()
    cluster.minute += AN_HOUR - 1
    cluster.announce()
    cluster.reconcile(times=2)
    assert cluster.target.live()[0] > 4
    cluster.target.owner_sets(minimum=4, maximum=20)
    cluster.target.ledger.clear()
    cluster.leave()
    cluster.minute += 2
    cluster.reconcile()
    assert cluster.known


@pytest.mark.parametrize(
    ("uid", "want"),
    [
        pytest.param("uid-new", reasons.HOLDING, id="a namesake"),
        pytest.param("uid-api", reasons.BLOCKED, id="the same"),
    ],
)
def test_a_namesake_is_not_blamed(uid: str, want: str) -> None:
    """What kept one object back says nothing about another one of its name."""
    cluster = Left()
    cluster.announce()
    cluster.error = NO_RIGHT
    cluster.reconcile()
    assert cluster.said[0] == reasons.BLOCKED
    cluster.uid, cluster.error, cluster.valid = uid, None, False
    cluster.reconcile()
    assert cluster.said[0] == want
