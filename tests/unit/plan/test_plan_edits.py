"""What exactly is decided when a plan changes under a floor that is in force."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onair.model import reasons
from onair.plan.decide import decide
from onair.plan.ledger import Changed
from onair.plan.situation import Annotate, Confirm, Decision
from tests.unit.plan.imagined import CAMPAIGN, T0, held, minutes, on_air, plan


def test_a_plan_that_asks_for_as_much_is_only_noted() -> None:
    """An edit that lowers nothing ends nothing."""
    target = on_air()
    target.timeline, target.plan = plan((0, 111), (30, 0)), "later"
    target.held = ((CAMPAIGN, held(end=30)),)
    entry = target.ledger[-1]
    renewed = replace(entry.notes, plan="later", campaigns=target.held)
    want = Decision(reasons.HOLDING, step=Annotate(entry, renewed), floor=111)
    assert decide(target.situation()) == want


@pytest.mark.parametrize(
    ("proven", "confirmed", "step"),
    [
        pytest.param(False, T0, None, id="not every list was read"),
        pytest.param(False, None, None, id="nothing was read"),
        pytest.param(True, None, Confirm(), id="no uncached list yet"),
    ],
)
def test_a_lower_plan_waits_for_its_proof(
    confirmed: object, step: Confirm | None, *, proven: bool
) -> None:
    """Until the change is proven the floor stays where it is."""
    target = on_air()
    target.timeline, target.plan = plan(), "none"
    situation = replace(target.situation(), proven=proven, confirmed=confirmed)  # type: ignore[arg-type]
    want = Decision(reasons.HOLDING, "a change awaits its proof", step, floor=111)
    assert decide(situation) == want


def test_a_lower_plan_cools_down_for_old_and_new_campaigns() -> None:
    """The notes name both, sorted, and since when the floor cools down."""
    target = on_air()
    target.timeline, target.plan, target.confirmed = plan((0, 7)), "less", T0
    target.held = (("a/new", held(hold=3)), (CAMPAIGN, held(hold=9)))
    entry = target.ledger[-1]
    target.ledger[-1] = entry = replace(
        entry, notes=replace(entry.notes, campaigns=(("z/old", held()), (CAMPAIGN, held())))
    )
    cooling = replace(
        entry.notes,
        plan="less",
        campaigns=(("a/new", held(hold=3)), (CAMPAIGN, held(hold=9)), ("z/old", held())),
        changed=Changed(111, T0 + minutes(10), "one"),
    )
    want = Decision(reasons.HOLDING, step=Annotate(entry, cooling), floor=111)
    assert decide(target.situation()) == want


def test_an_owners_floor_above_ours_is_not_ours_to_cool_down() -> None:
    """A minimum that its owner raised does not become the floor that an edit ends."""
    target = on_air()
    target.owner_sets(minimum=130)
    target.timeline, target.plan, target.confirmed = plan((0, 7)), "less", T0
    decision = decide(target.situation())
    assert isinstance(decision.step, Annotate)
    assert decision.step.notes.changed == Changed(111, T0 + minutes(10), "one")
