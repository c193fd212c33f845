"""The condition Contested: who undoes a floor, or could."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from onair.model import reasons
from onair.plan.rivals import NOT_PROBED, Contest
from onair.plan.status import build
from tests.unit.plan.imagined import T0
from tests.unit.plan.test_status import API, VIEW

if TYPE_CHECKING:
    from onair.plan.views import CampaignView

COULD = Contest(reasons.REVERT_WOULD_CUT, ("argocd", "helm"))
DOES = Contest(reasons.REVERTED, ("argocd",))
NOT_YET = Contest(NOT_PROBED, ("argocd",))


def contested(view: CampaignView, before: dict[str, Any] | None = None) -> dict[str, str]:
    """Return the condition, nothing if it is not there."""
    status = build(view, before or {}, T0)
    return next((c for c in status["conditions"] if c["type"] == "Contested"), {})


def view_of(*contests: Contest | None, **fields: Any) -> CampaignView:  # noqa: ANN401
    """Return a campaign with a target for each contest; `fields` are the first one's."""
    targets = [replace(API, name=f"t{n}", contest=c) for n, c in enumerate(contests)]
    return replace(VIEW, targets=(replace(targets[0], **fields), *targets[1:]))


def test_who_could_is_named_with_every_target() -> None:
    """Before air it is said who has written what, what that leads to and what to do about it."""
    condition = contested(view_of(COULD, None, COULD))
    assert (condition["status"], condition["reason"]) == ("Unknown", reasons.REVERT_WOULD_CUT)
    assert "(t0: argocd, helm; t2: argocd, helm)" in condition["message"]
    assert "cuts pods" in condition["message"]
    assert condition["message"].endswith("docs/other-writers.md")


def test_what_could_not_be_found_out_is_said() -> None:
    """Where nobody can say whether a clamp is in force, the warning comes and says just that."""
    condition = contested(view_of(COULD._replace(unclear=True)))
    assert (condition["status"], condition["reason"]) == ("Unknown", reasons.REVERT_WOULD_CUT)
    assert "it could not be found out whether a clamp keeps them" in condition["message"]
    assert "could not be found out" not in contested(view_of(COULD))["message"]


def test_who_does_comes_first() -> None:
    """One target whose floor is undone says more than others where that could be."""
    condition = contested(view_of(COULD, DOES))
    assert (condition["status"], condition["reason"]) == ("True", reasons.REVERTED)
    assert condition["message"].startswith("t1: argocd undid the floor more than once")


@pytest.mark.parametrize(
    "view",
    [
        pytest.param(view_of(None), id="nobody could"),
        pytest.param(replace(view_of(COULD), upcoming=()), id="nothing is announced"),
        pytest.param(view_of(COULD, reason=reasons.AT_ZERO), id="it is not raised"),
        pytest.param(view_of(NOT_YET), id="not known yet"),
    ],
)
def test_where_it_does_not_apply(view: CampaignView) -> None:
    """There is no such condition where nothing is at stake, or nothing is known."""
    assert contested(view) == {}


def test_a_floor_that_is_still_up_can_be_undone() -> None:
    """After the last airing it is said until the number is its owner's again."""
    view = replace(view_of(COULD, held=True), upcoming=())
    assert contested(view)["reason"] == reasons.REVERT_WOULD_CUT


def test_what_was_said_stays_until_the_probe_has_answered() -> None:
    """A process that begins does not take back what the one before it knew."""
    before = build(view_of(COULD), {}, T0)
    assert contested(view_of(NOT_YET), before) == contested(view_of(COULD))
    assert contested(view_of(None), before) == {}
