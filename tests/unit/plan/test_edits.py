"""Whose value it is: owners' edits, reverts and echoes on air."""

from __future__ import annotations

from onair.model import reasons
from onair.plan.observed import Limits
from tests.unit.plan.imagined import SHOW, Imagined, on_air, plan


def test_an_owner_who_forbids_scaling_down_keeps_the_maximum() -> None:
    """With scaleDown Disabled a restored maximum would cut pods at once, so it stays."""
    target = on_air()
    target.scale_down_disabled = True
    assert target.settle(30).reason == reasons.OWNER_FORBIDS_SCALE_DOWN
    assert target.live() == (4, 139)


def test_an_owner_who_lowers_the_minimum_gets_that_back() -> None:
    """An edit below the floor becomes the baseline; the floor stays; history is kept."""
    target = on_air()
    target.owner_sets(minimum=3)
    target.settle(12)
    assert target.live() == (111, 139)
    assert [entry.baseline for entry in target.ledger] == [Limits(4, 20), Limits(3, 20)]


def test_an_owner_above_the_floor_stays_there() -> None:
    """The effective minimum is the larger of the owner's and the floor, no maximum is below it."""
    target = on_air()
    target.owner_sets(minimum=130)
    target.settle(12)
    assert target.live() == (130, 139)
    target.settle(21)
    assert target.live() == (130, 130)
    assert target.ledger == []


def test_a_revert_is_written_again_only_if_allowed() -> None:
    """The baseline put back on air is a revert: re-asserted, but not for ever at once."""
    target = on_air()
    target.owner_sets(minimum=4, maximum=20)
    target.settle(12)
    assert target.live() == (111, 139)
    target.owner_sets(minimum=4, maximum=20, by="argocd")
    target.may_reassert = False
    assert target.settle(13).reason == reasons.REVERTED
    assert target.live() == (4, 20)


def test_an_echo_of_our_own_value_is_no_edit() -> None:
    """Our value of a moment ago, written by someone else, does not become the baseline."""
    target = on_air()
    target.owner_sets(minimum=111, by="flux")
    target.settle(10.5)
    assert len(target.ledger) == 1


def test_our_value_applied_by_the_owner_later_is_an_edit() -> None:
    """A co-owner of our value after the echo time wants that number."""
    target = on_air()
    target.owner_sets(minimum=111)
    target.settle(15)
    assert target.ledger[-1].baseline == Limits(111, 20)


def test_an_owners_value_that_we_plan_to_write_is_the_owners() -> None:
    """Only what this hold has written can come back as an echo."""
    target = Imagined(SHOW)
    target.settle(4)
    target.settle(5)
    target.owner_sets(minimum=111, maximum=139)
    target.settle(6)
    assert target.live() == (111, 139)
    assert target.ledger[-1].baseline == Limits(111, 139)


def test_a_former_maximum_of_the_owners_is_no_ceiling() -> None:
    """An owner who raises the maximum and lowers it again gets the ceiling of the plan."""
    target = on_air()
    target.owner_sets(maximum=500)
    target.settle(11)
    target.settle(20)
    target.owner_sets(maximum=150)
    target.settle(20.5)
    assert target.maximum == 150


def test_an_edit_that_undoes_the_floor_waits_its_turn() -> None:
    """After two answers an edit is kept, and the floor put back, when the next one may be given."""
    target = on_air()
    target.may_reassert = False
    target.owner_sets(minimum=3)
    assert target.settle(12).reason == reasons.REVERTED
    assert (target.minimum, len(target.ledger)) == (3, 1)
    target.may_reassert = True
    assert target.settle(13).reason == reasons.HOLDING
    assert (target.minimum, target.ledger[-1].baseline.minimum) == (111, 3)


def test_a_maximum_that_leaves_no_room_for_the_floor_waits_its_turn() -> None:
    """Who lowers only the maximum undoes the floor as well: it is what the HPA may grow to."""
    target = on_air()
    target.may_reassert = False
    target.owner_sets(maximum=120, by="helm")
    decision = target.settle(12)
    assert (decision.reason, decision.rivals) == (reasons.REVERTED, ("helm",))


def test_an_edit_above_the_floor_waits_its_turn_and_stands() -> None:
    """Who raises a number again and again undoes nothing: it stays, and the last one is kept."""
    target = on_air()
    target.may_reassert = False
    for minute, maximum in enumerate((200, 210, 220)):
        target.owner_sets(maximum=maximum)
        assert target.settle(12 + minute).reason == reasons.HOLDING
        assert (target.live(), len(target.ledger)) == ((111, maximum), 1)
    target.may_reassert = True
    target.settle(15)
    assert [entry.baseline.maximum for entry in target.ledger] == [20, 220]


def test_the_next_step_of_the_plan_does_not_wait() -> None:
    """A floor that rises is written at once, whoever has changed the number before it."""
    target = Imagined(plan((5, 32), (10, 111), (20, 0)))
    target.settle(4)
    target.settle(6)
    target.may_reassert = False
    target.owner_sets(minimum=3)
    assert target.settle(7).reason == reasons.REVERTED
    assert target.settle(10).reason == reasons.HOLDING
    assert target.minimum == 111


def test_an_edit_that_waited_until_the_hold_was_over_stays() -> None:
    """What was never answered is the owner's all the same: nothing puts an older number back."""
    target = on_air()
    target.may_reassert = False
    target.owner_sets(minimum=3)
    target.settle(12)
    target.settle(21)
    target.settle(21)
    assert target.minimum == 3


def test_marks_without_an_entry_are_not_captured() -> None:
    """An HPA that still carries our marks while its entry is gone is nobody's baseline."""
    target = on_air()
    target.ledger.clear()
    assert target.settle(12).reason == reasons.LEDGER_DAMAGED
    assert target.ledger == []
